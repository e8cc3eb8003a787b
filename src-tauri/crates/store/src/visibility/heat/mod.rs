//! Accounts against what tickets are sorted by: how many tickets of each group, address or app the people of an account
//! see, each ticket once.
//!
//! Who belongs to an account says [`account_people`]. A ticket is seen as in [`super::exposure`]: the person may log
//! in, and a list shows it or it can be opened; only what is certain counts. Where tickets lie in queues and
//! some queue has a group, a column is a group; otherwise it is a place.

#[cfg(test)]
pub(super) mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use portico_core::access::fact::Set;
use portico_core::id::{AccountId, ExternalUserId};
use rusqlite::Connection;

use super::cells::Cells;
use super::exposure::{Comparison, Reading, Scene, Viewpoint, Viewpoints};
use super::places::Places;
use super::who::SeerCursor;
use crate::error::Result;
use crate::table::account_people;

/// A group with the tickets of its queues, or a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Names it among the columns: the group's name, or the place's number.
    pub key: String,
    /// Its name; empty for queues without a group, or tickets of places that are not recorded, or of none.
    pub name: String,
    /// How many tickets there are.
    pub tickets: u64,
}

/// What the people of one account see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// How many people.
    pub people: u64,
    /// Of how many it cannot be told whether they see more.
    pub unknown: u64,
    /// Tickets that somebody of them sees, each once.
    pub tickets: u64,
    /// By the column's place: how many of those tickets; columns without any are left out.
    pub cells: BTreeMap<usize, u64>,
}

/// Somebody of an account who sees tickets of a column, or may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beholder {
    /// Who.
    pub at: SeerCursor,
    /// How many tickets of the column.
    pub tickets: u64,
    /// Whether there may be more, of whichever column, which cannot be told.
    pub unknown: bool,
}

/// The whole of it, in one state of the workspace.
pub struct Heat<'a> {
    c: &'a Connection,
    scene: &'a Scene,
    places: Arc<Places>,
    columns: Vec<Column>,
    by_groups: bool,
    /// By the place's number.
    column_of: HashMap<usize, usize>,
    /// For row after row.
    asking: RefCell<Asking<'a>>,
}

/// Called before each person, so that long work can be watched; its error ends the work.
pub type Step<'s> = &'s mut dyn FnMut() -> Result<()>;

impl<'a> Heat<'a> {
    /// Finds the columns. `cells` and `scene` belong to the workspace behind `c`.
    pub fn new(c: &'a Connection, cells: &'a Cells, scene: &'a Scene) -> Result<Self> {
        let directory = scene.directory();
        let places = directory.places(c)?;
        let in_queues = directory.sorted_by.key().is_none();
        let by_groups = in_queues && directory.queues.iter().any(|queue| !queue.group.is_empty());
        let mut tickets: BTreeMap<usize, u64> = BTreeMap::new();
        for (at, count) in cells.counts.iter().enumerate() {
            *tickets.entry(places.of_cell(cells, at)).or_default() += count;
        }
        let mut sums: BTreeMap<(String, String), (u64, Vec<usize>)> = BTreeMap::new();
        for (place, count) in tickets {
            let named = if by_groups {
                let group = directory.queues.get(place).map_or("", |queue| queue.group.as_str());
                (group.to_owned(), group.to_owned())
            } else {
                (places.name(place), place.to_string())
            };
            let sum = sums.entry(named).or_default();
            sum.0 += count;
            sum.1.push(place);
        }
        let mut column_of = HashMap::new();
        let column = |(at, ((name, key), (tickets, places))): (usize, (_, (u64, Vec<usize>)))| {
            column_of.extend(places.into_iter().map(|place| (place, at)));
            Column { key, name, tickets }
        };
        Ok(Self {
            columns: sums.into_iter().enumerate().map(column).collect(),
            c,
            scene,
            places,
            by_groups,
            column_of,
            asking: RefCell::new(Asking::of(c, cells, scene)),
        })
    }

    /// The columns, by name: all that have tickets.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Whether a column is a group; otherwise it is a place.
    pub fn by_groups(&self) -> bool {
        self.by_groups
    }

    /// What a column is: `group`, or [`SortedBy::name`](portico_core::access::sorted::SortedBy::name).
    pub fn by(&self) -> &'static str {
        if self.by_groups {
            "group"
        } else {
            self.scene.directory().sorted_by.name()
        }
    }

    /// What the people of an account see; of those without one for `None`.
    pub fn row(&self, account: Option<AccountId>, step: Step<'_>) -> Result<Row> {
        let mut row = Row::default();
        let mut asking = self.asking.borrow_mut();
        asking.begin(self);
        for (_, id) in account_people::of(self.c, account, None, u64::MAX)? {
            step()?;
            row.people += 1;
            row.unknown += u64::from(asking.add(id)?);
        }
        row.cells = asking.by_column(self);
        row.tickets = row.cells.values().sum();
        Ok(row)
    }

    /// People of an account by login, after a cursor: those who see tickets of the column (of any for `None`), and
    /// those of whom it cannot be told whether they see more than they do.
    pub fn beholders(
        &self,
        account: Option<AccountId>,
        column: Option<usize>,
        after: Option<&SeerCursor>,
        limit: usize,
        step: Step<'_>,
    ) -> Result<Vec<Beholder>> {
        let mut found = Vec::new();
        let mut after = after.map(|at| (at.login.clone(), at.id));
        while found.len() < limit {
            let some = account_people::of(self.c, account, after.as_ref(), STRETCH)?;
            let Some(last) = some.last().cloned() else {
                break;
            };
            for (login, id) in some {
                step()?;
                let mut asking = self.asking.borrow_mut();
                asking.begin(self);
                let unknown = asking.add(id)?;
                let seen = asking.by_column(self);
                let tickets = column.map_or_else(|| seen.values().sum(), |at| seen.get(&at).copied().unwrap_or(0));
                if tickets > 0 || unknown {
                    let at = SeerCursor { login, id };
                    found.push(Beholder { at, tickets, unknown });
                }
                if found.len() == limit {
                    break;
                }
            }
            after = Some(last);
        }
        Ok(found)
    }
}

/// People who are read at once.
const STRETCH: u64 = 500;

/// Above so many values somebody takes long to read, and is known to the next rows: who helps many accounts is in many.
const HEAVY: usize = if cfg!(test) { 1 } else { 200 };
/// So many viewpoints are kept from row to row.
const KEPT: usize = if cfg!(test) { 3 } else { 20_000 };

/// What several people see, against nothing.
struct Asking<'a> {
    c: &'a Connection,
    comparison: Comparison<'a>,
    points: Viewpoints,
    heavy: HashMap<ExternalUserId, Viewpoint>,
    reading: Reading,
    sets: Vec<Set>,
    /// Whether somebody was added since the last answer.
    begun: bool,
}

impl<'a> Asking<'a> {
    fn of(c: &'a Connection, cells: &'a Cells, scene: &'a Scene) -> Self {
        Self {
            c,
            comparison: Comparison::new(c, cells, scene, scene),
            points: Viewpoints::default(),
            heavy: HashMap::new(),
            reading: Reading::default(),
            sets: scene.sets_with(scene),
            begun: false,
        }
    }

    /// Forgets whom an answer that was broken off has added.
    fn begin(&mut self, heat: &Heat<'_>) {
        if self.begun {
            self.by_column(heat);
        }
    }

    /// Adds somebody; whether there may be more that she sees.
    fn add(&mut self, user: ExternalUserId) -> Result<bool> {
        self.begun = true;
        let known = self.heavy.get(&user).cloned();
        let point = match known {
            Some(point) => Some(point),
            None => self.points.load(self.c, &self.sets, user, &mut self.reading)?,
        };
        if let Some(point) = point.as_ref().filter(|point| self.points.values(point) > HEAVY) {
            self.heavy.insert(user, point.clone());
        }
        let seen = self.comparison.of(&self.points, None, point.as_ref())?;
        Ok(seen.unknown)
    }

    /// What those who were added see, each ticket once; the next are asked about from nothing.
    fn by_column(&mut self, heat: &Heat<'_>) -> BTreeMap<usize, u64> {
        let mut columns = BTreeMap::new();
        self.begun = false;
        let known = self.points.len() <= KEPT;
        for (place, tickets) in self.comparison.gained_by_place(&heat.places, known) {
            if let Some(column) = heat.column_of.get(&place) {
                *columns.entry(*column).or_default() += tickets;
            }
        }
        if !known {
            self.points = Viewpoints::default();
            self.heavy.clear();
        }
        columns
    }
}
