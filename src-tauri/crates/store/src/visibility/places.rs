//! Where tickets lie, as the desk sorts them: a queue, an address, an app of the portal.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use portico_core::access::fact::Key;
use portico_core::access::sorted::SortedBy;
use rusqlite::Connection;

use super::Directory;
use super::cells::Cells;
use crate::error::Result;
use crate::snapshot::{Dict, Ticket};
use crate::table::{address, portal_object, queue};

/// A place of tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name; empty where it is not recorded, or for no place.
    pub(super) name: String,
    /// What tells it apart from another one of this name.
    mark: String,
}

/// The places of all tickets of a snapshot.
#[derive(Debug)]
pub(super) struct Places {
    /// By number; 0 is no place.
    entries: Vec<Entry>,
    /// Numbers of places by the number of what a ticket belongs to in the snapshot; `None` where its queue is the place.
    of_home: Option<Vec<u32>>,
}

impl Places {
    /// `c` sees the directory's state.
    pub(super) fn load(c: &Connection, directory: &Directory) -> Result<Self> {
        match directory.sorted_by.key() {
            Some(Key::Object) => of_objects(c),
            Some(_) => of_addresses(c),
            None => {
                let entry = |queue: &super::QueueEntry| Entry {
                    name: queue.name.clone(),
                    mark: String::new(),
                };
                let entries = directory.queues.iter().map(entry).collect();
                Ok(Self { entries, of_home: None })
            }
        }
    }

    /// The place of the tickets of a cell.
    pub(super) fn of_cell(&self, cells: &Cells, at: usize) -> usize {
        match &self.of_home {
            None => cells.class(at).queue,
            Some(of_home) => {
                let home = usize::try_from(cells.accounts[at]).ok();
                home.and_then(|home| of_home.get(home))
                    .map_or(0, |place| *place as usize)
            }
        }
    }

    /// Its name; empty where it is not recorded, or for no place. Of several with one name each bears what tells them
    /// apart.
    pub(super) fn name(&self, place: usize) -> String {
        let Some(Entry { name, mark }) = self.entries.get(place) else {
            return String::new();
        };
        if mark.is_empty() {
            name.clone()
        } else {
            format!("{name} ({mark})")
        }
    }

    fn of_homes(mut entries: Vec<Entry>, of_home: Vec<u32>) -> Self {
        let mut names: HashMap<&str, u32> = HashMap::new();
        for entry in &entries {
            *names.entry(&entry.name).or_default() += 1;
        }
        let alone: Vec<bool> = entries.iter().map(|entry| names[entry.name.as_str()] == 1).collect();
        for (entry, alone) in entries.iter_mut().zip(alone) {
            if alone {
                entry.mark.clear();
            }
        }
        Self {
            entries,
            of_home: Some(of_home),
        }
    }
}

impl Directory {
    /// Where tickets lie, read when it is first asked for; `c` sees the directory's state.
    pub(super) fn places(&self, c: &Connection) -> Result<Arc<Places>> {
        if let Some(places) = self.places.get() {
            return Ok(Arc::clone(places));
        }
        let places = Arc::new(Places::load(c, self)?);
        Ok(Arc::clone(self.places.get_or_init(|| places)))
    }
}

/// What tickets belong to, with its number in the snapshot: of whatever kind there is.
const HOMES: &str = "FROM tickets.dict d CROSS JOIN";

fn named(name: String, mark: String) -> Entry {
    if name.is_empty() {
        return Entry {
            name: mark,
            mark: String::new(),
        };
    }
    Entry { name, mark }
}

fn put(of_home: &mut Vec<u32>, home: usize, place: u32) {
    if of_home.len() <= home {
        of_home.resize(home + 1, 0);
    }
    of_home[home] = place;
}

fn of_addresses(c: &Connection) -> Result<Places> {
    let sql = format!(
        "SELECT d.id, x.name, x.number {HOMES} address x ON x.desk_key = d.key AND x.present = 1 WHERE d.kind = ?1"
    );
    let (mut entries, mut of_home) = (vec![Entry::default()], Vec::new());
    let mut statement = c.prepare_cached(&sql)?;
    let mut rows = statement.query([Dict::Account.number()])?;
    while let Some(row) = rows.next()? {
        put(&mut of_home, row.get::<_, u32>(0)? as usize, number(entries.len()));
        entries.push(named(row.get(1)?, row.get(2)?));
    }
    Ok(Places::of_homes(entries, of_home))
}

/// An object on the way up from what a ticket belongs to.
struct Above {
    parent: Option<Vec<u8>>,
    app: Option<u32>,
}

/// Upwards to the nearest app; what lies above many is read once.
fn of_objects(c: &Connection) -> Result<Places> {
    let sql = format!(
        "SELECT d.id, x.id, x.parent_id, x.kind = 'app', x.name, x.path {HOMES} portal_object x
         ON x.desk_key = d.key AND x.present = 1 WHERE d.kind = ?1"
    );
    let mut tree = Tree {
        c,
        entries: vec![Entry::default()],
        known: HashMap::new(),
    };
    let mut of_home = Vec::new();
    let mut statement = c.prepare_cached(&sql)?;
    let mut rows = statement.query([Dict::Account.number()])?;
    while let Some(row) = rows.next()? {
        let place = if row.get(3)? {
            tree.place(row.get(1)?)?
        } else {
            match row.get::<_, Option<Vec<u8>>>(2)? {
                Some(parent) => tree.place(parent)?,
                None => 0,
            }
        };
        put(&mut of_home, row.get::<_, u32>(0)? as usize, place);
    }
    Ok(Places::of_homes(tree.entries, of_home))
}

struct Tree<'a> {
    c: &'a Connection,
    entries: Vec<Entry>,
    /// Places of objects in which something lies.
    known: HashMap<Vec<u8>, u32>,
}

impl Tree<'_> {
    /// The place of an object: the nearest app that it is, or lies in.
    fn place(&mut self, object: Vec<u8>) -> Result<u32> {
        let (mut at, mut passed) = (Some(object), Vec::new());
        let mut place = 0;
        while let Some(here) = at {
            if let Some(known) = self.known.get(&here) {
                place = *known;
                break;
            }
            let above = self.above(&here)?;
            // Whoever comes by again goes in a circle: it holds no app.
            self.known.insert(here.clone(), 0);
            passed.push(here);
            if let Some(app) = above.app {
                place = app;
                break;
            }
            at = above.parent;
        }
        for object in passed {
            self.known.insert(object, place);
        }
        Ok(place)
    }

    fn above(&mut self, object: &[u8]) -> Result<Above> {
        let mut statement = self.c.prepare_cached(
            "SELECT parent_id, kind = 'app' AND present = 1, name, path FROM portal_object WHERE id = ?1",
        )?;
        let mut rows = statement.query([object])?;
        let Some(row) = rows.next()? else {
            return Ok(Above {
                parent: None,
                app: None,
            });
        };
        let app = if row.get(1)? {
            self.entries.push(named(row.get(2)?, row.get(3)?));
            Some(number(self.entries.len() - 1))
        } else {
            None
        };
        Ok(Above {
            parent: row.get(0)?,
            app,
        })
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Names of the places of some tickets, each looked up once.
#[derive(Debug, Default)]
pub struct PlaceNames(BTreeMap<String, String>);

impl PlaceNames {
    /// Where a ticket lies; what it keeps where that is not recorded, and nothing where it keeps nothing or lies in no
    /// app.
    pub fn of(&mut self, c: &Connection, by: SortedBy, ticket: &Ticket) -> Result<String> {
        let key = if by.key().is_some() {
            &ticket.account
        } else {
            &ticket.queue
        };
        if key.is_empty() {
            return Ok(String::new());
        }
        if let Some(name) = self.0.get(key) {
            return Ok(name.clone());
        }
        let name = place_of(c, by, key)?;
        self.0.insert(key.clone(), name.clone());
        Ok(name)
    }
}

fn place_of(c: &Connection, by: SortedBy, key: &str) -> Result<String> {
    Ok(match by.key() {
        None => {
            let found = queue::by_desk_key(c, key)?.filter(|queue| queue.present);
            found.map_or_else(|| key.to_owned(), |queue| queue.name)
        }
        Some(Key::Object) => {
            let Some(object) = portal_object::by_desk_key(c, key)?.filter(|object| object.present) else {
                return Ok(key.to_owned());
            };
            let mut tree = Tree {
                c,
                entries: vec![Entry::default()],
                known: HashMap::new(),
            };
            let place = tree.place(object.id.as_bytes().to_vec())?;
            tree.entries[place as usize].name.clone()
        }
        Some(_) => {
            let found = address::by_desk_key(c, key)?.filter(|address| address.present);
            found.map_or_else(|| key.to_owned(), |address| named(address.name, address.number).name)
        }
    })
}
