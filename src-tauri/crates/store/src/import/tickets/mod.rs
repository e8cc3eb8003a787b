//! The ticket file: loaded in one go, its names interned, its cells counted, its indexes made at the end.

mod merge;

use std::collections::HashMap;
use std::path::PathBuf;

use portico_core::fold;
use portico_core::model::{Activity, Ticket};
use rusqlite::{Connection, OpenFlags};

pub(super) use merge::Merge;
use merge::Merging;

use super::homes::Homes;
use super::{CancelFlag, KindCount};
use crate::error::{Result, StoreError};
use crate::open::{self, Place};
use crate::snapshot::{self, Dict};

const KINDS: usize = 10;

/// What distinguishes a cell: account, queue, kind of state, archived.
type CellKey = (i64, i64, i64, bool);

struct Cell {
    id: i64,
    count: i64,
    newest: i64,
}

/// A ticket file that is being made. Unless it is kept, it goes when this goes.
pub(super) struct TicketFile {
    id: String,
    path: PathBuf,
    conn: Option<Connection>,
    names: [HashMap<String, i64>; KINDS],
    cells: HashMap<CellKey, Cell>,
    tickets: u64,
    activities: u64,
    newest: Option<i64>,
    /// Where the source tells some tickets, and the others stay.
    merging: Option<Merging>,
    kept: bool,
}

/// Numbers of the names of a ticket in the dictionaries.
struct Ids {
    owner: i64,
    account: i64,
    queue: i64,
    state: i64,
    state_kind: i64,
    ticket_type: i64,
    priority: i64,
    service: i64,
}

impl TicketFile {
    /// Makes the file beside the workspace, locked until the end so that nobody takes it for a leftover. With a merge,
    /// what the workspace has stays where nothing else comes.
    pub(super) fn begin(workspace: &Place, merge: Option<Merge>, cancel: &CancelFlag) -> Result<Self> {
        let id = uuid::Uuid::now_v7().to_string();
        let path = snapshot::part_of(&workspace.path, &id);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&path, flags)?;
        let mut file = Self {
            id,
            path,
            conn: None,
            names: Default::default(),
            cells: HashMap::new(),
            tickets: 0,
            activities: 0,
            newest: None,
            merging: None,
            kept: false,
        };
        let key = workspace.key.as_ref();
        open::set_up(&conn, key)?;
        cancel.watch(&conn)?;
        // Whatever goes wrong, the file is thrown away: it needs no journal.
        conn.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             PRAGMA cache_size = -64000;",
        )?;
        conn.execute_batch(open::temp_store(key))?;
        // Nothing can be attached within a transaction.
        file.merging = merge.map(|how| Merging::begin(&conn, workspace, how)).transpose()?;
        conn.execute_batch("BEGIN EXCLUSIVE")?;
        conn.execute_batch(&snapshot::CREATE.replace("{s}", ""))?;
        file.conn = Some(conn);
        Ok(file)
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Whether it can take the place of the snapshot with this id: of any, or of the one that its tickets joined.
    pub(super) fn follows(&self, before: Option<&str>) -> bool {
        let joined = self.merging.as_ref().map(|merging| merging.how.before.as_deref());
        joined.is_none_or(|joined| joined == before)
    }

    pub(super) fn tickets(&self) -> u64 {
        self.tickets
    }

    pub(super) fn activities(&self) -> u64 {
        self.activities
    }

    /// It belongs to the workspace now.
    pub(super) fn keep(&mut self) {
        self.kept = true;
        self.conn = None;
    }

    fn intern(&mut self, dict: Dict, key: &str) -> i64 {
        if key.is_empty() {
            return 0;
        }
        let names = &mut self.names[dict as usize - 1];
        if let Some(id) = names.get(key) {
            return *id;
        }
        let id = as_i64(names.len()) + 1;
        names.insert(key.to_owned(), id);
        id
    }

    /// The cell's number; counts the ticket in.
    fn cell(&mut self, key: CellKey, age: i64) -> i64 {
        let next = as_i64(self.cells.len()) + 1;
        let cell = self.cells.entry(key).or_insert(Cell {
            id: next,
            count: 0,
            newest: age,
        });
        cell.count += 1;
        cell.newest = cell.newest.min(age);
        cell.id
    }

    /// Adds tickets; `Duplicate` for an id that was there already.
    pub(super) fn put_tickets(&mut self, tickets: Vec<Ticket>, homes: Option<&mut Homes<'_>>) -> Result<()> {
        let Some(conn) = self.conn.take() else { return Ok(()) };
        let result = self.insert_tickets(&conn, tickets, homes);
        self.conn = Some(conn);
        result
    }

    fn insert_tickets(
        &mut self,
        conn: &Connection,
        tickets: Vec<Ticket>,
        mut homes: Option<&mut Homes<'_>>,
    ) -> Result<()> {
        for ticket in tickets {
            let mut t = ticket;
            let before = match &mut self.merging {
                Some(merging) => merging.join(conn, &mut t)?,
                None => None,
            };
            if let Some(homes) = homes.as_deref_mut() {
                t.account = homes.account_of(&t.owner)?;
            }
            if let (Some(merging), Some(before)) = (&mut self.merging, before) {
                merging.count(&before, &t);
            }
            let ids = Ids {
                owner: self.intern(Dict::Owner, &t.owner),
                account: self.intern(Dict::Account, &t.account),
                queue: self.intern(Dict::Queue, &t.queue),
                state: self.intern(Dict::State, &t.state),
                state_kind: self.intern(Dict::StateKind, &t.state_kind),
                ticket_type: self.intern(Dict::TicketType, &t.ticket_type),
                priority: self.intern(Dict::Priority, &t.priority),
                service: self.intern(Dict::Service, &t.service),
            };
            insert_ticket(self, conn, &t, &ids)?;
            self.tickets += 1;
        }
        Ok(())
    }

    /// Adds activities; `Duplicate` for a position that was taken already.
    pub(super) fn put_activities(&mut self, activities: &[Activity]) -> Result<()> {
        let Some(conn) = self.conn.take() else { return Ok(()) };
        let result = self.insert_activities(&conn, activities);
        self.conn = Some(conn);
        result
    }

    fn insert_activities(&mut self, conn: &Connection, activities: &[Activity]) -> Result<()> {
        let mut statement = conn.prepare_cached(
            "INSERT INTO activity (ticket, position, channel, sender, visible, author, subject, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let mut bodies =
            conn.prepare_cached("INSERT INTO activity_body (ticket, position, body) VALUES (?1, ?2, ?3)")?;
        for a in activities {
            let (channel, sender) = (
                self.intern(Dict::Channel, &a.channel),
                self.intern(Dict::Sender, &a.sender),
            );
            statement
                .execute((
                    a.ticket, a.position, channel, sender, a.visible, &a.from, &a.subject, a.created,
                ))
                .map_err(|e| StoreError::from(e).with_value(|_| a.ticket.to_string()))?;
            if let Some(body) = &a.body {
                bodies.execute((a.ticket, a.position, body))?;
            }
            self.newest = self.newest.max(Some(a.created));
        }
        self.activities += activities.len() as u64;
        Ok(())
    }

    /// Writes names, cells and what the file says about itself, makes the indexes, and brings all of it to the disk.
    pub(super) fn finish(&mut self) -> Result<Option<i64>> {
        let as_of = self.newest.filter(|_| self.tickets > 0);
        let Some(conn) = &self.conn else { return Ok(as_of) };
        self.write_names(conn)?;
        let mut cells = conn.prepare("INSERT INTO cell VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for ((account, queue, state_kind, archived), cell) in &self.cells {
            cells.execute((cell.id, account, queue, state_kind, archived, cell.count, cell.newest))?;
        }
        let meta = [
            ("snapshot_id", self.id.clone()),
            ("as_of", as_of.unwrap_or_default().to_string()),
            ("read_at", crate::transact::now().div_euclid(1000).to_string()),
            ("ticket_count", self.tickets.to_string()),
            ("activity_count", self.activities.to_string()),
            ("schema_version", "1".to_owned()),
        ];
        for (key, value) in meta {
            conn.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", (key, value))?;
        }
        conn.execute_batch(&snapshot::INDEX.replace("{s}", "")).map_err(|e| {
            StoreError::from(e).with_value(|_| {
                let twice = "SELECT number FROM ticket GROUP BY number HAVING count(*) > 1 LIMIT 1";
                conn.query_row(twice, [], |r| r.get(0)).unwrap_or_default()
            })
        })?;
        // SQLite brings the file to the disk with one more write: whoever opens and closes it besides SQLite takes
        // away the lock on it.
        conn.execute_batch(
            "COMMIT; PRAGMA main.optimize = 0x10002; PRAGMA synchronous = FULL; UPDATE meta SET value = value;",
        )?;
        Ok(as_of)
    }

    fn write_names(&self, conn: &Connection) -> Result<()> {
        let mut statement =
            conn.prepare("INSERT INTO dict (kind, id, key, simple, full) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (kind, names) in (1_i64..).zip(&self.names) {
            let mut names: Vec<(&String, &i64)> = names.iter().collect();
            names.sort_unstable_by_key(|(_, id)| **id);
            for (key, id) in names {
                statement.execute((kind, id, key, fold::simple(key), fold::full(key)))?;
            }
        }
        Ok(())
    }

    /// What is new, changed and gone against the tickets that the workspace had.
    pub(super) fn compare(&self, workspace: &Place, before: Option<&str>) -> Result<KindCount> {
        let mut count = KindCount {
            kind: "tickets",
            added: self.tickets,
            changed: 0,
            removed: 0,
        };
        if let Some(merging) = &self.merging {
            return Ok(merging.counts());
        }
        let Some(conn) = &self.conn else { return Ok(count) };
        snapshot::attach_beside(conn, workspace, before)?;
        let ask = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0)).map(i64::unsigned_abs);
        count.added =
            ask("SELECT count(*) FROM main.ticket n LEFT JOIN tickets.ticket o ON o.id = n.id WHERE o.id IS NULL")?;
        count.removed =
            ask("SELECT count(*) FROM tickets.ticket o LEFT JOIN main.ticket n ON n.id = o.id WHERE n.id IS NULL")?;
        count.changed = ask(
            "SELECT count(*) FROM main.ticket n JOIN tickets.ticket o ON o.id = n.id
             WHERE (n.changed, n.age, n.number, n.title, n.archived) IS NOT (o.changed, o.age, o.number, o.title, o.archived)",
        )?;
        Ok(count)
    }
}

impl Drop for TicketFile {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        self.conn = None;
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(path = %self.path.display(), %error, "cannot remove an unfinished ticket file");
        }
    }
}

/// Adds a ticket and counts it into its cell; `Duplicate` for an id that was there already.
fn insert_ticket(file: &mut TicketFile, conn: &Connection, t: &Ticket, ids: &Ids) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO main.ticket (id, number, title, owner, account, queue, state, state_kind, ticket_type, priority,
                                  service, age, changed, archived, cell)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    let age = -t.created;
    let cell = file.cell((ids.account, ids.queue, ids.state_kind, t.archived), age);
    statement
        .execute((
            t.id,
            &t.number,
            &t.title,
            ids.owner,
            ids.account,
            ids.queue,
            ids.state,
            ids.state_kind,
            ids.ticket_type,
            ids.priority,
            ids.service,
            age,
            t.changed,
            t.archived,
            cell,
        ))
        .map_err(|e| StoreError::from(e).with_value(|_| t.id.to_string()))?;
    file.newest = file.newest.max(Some(t.created.max(t.changed)));
    Ok(())
}

fn as_i64(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn it_is_locked_until_it_belongs_to_the_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place {
            path: folder.path().join("one.portico"),
            key: None,
        };
        let mut file = TicketFile::begin(&place, None, &CancelFlag::new()).unwrap();
        file.put_tickets(vec![Ticket::default()], None).unwrap();
        file.finish().unwrap();
        let inode = format!(":{} ", std::fs::metadata(&file.path).unwrap().ino());
        let locks = std::fs::read_to_string("/proc/locks").unwrap();
        assert!(
            locks
                .lines()
                .any(|lock| lock.contains(&inode) && lock.contains("WRITE")),
            "{locks}"
        );
    }
}
