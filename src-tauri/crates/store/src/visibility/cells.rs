//! Cells: the distinct combinations of the ticket keys that access models mention, held in memory.
//!
//! Forward questions do not run over tickets but over cells: a million tickets have some ten thousand of them.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::error::Result;

/// Cells that differ only in their account: all that a rule can say about queue and state is the same for them.
#[derive(Debug, Clone)]
pub(super) struct Class {
    pub(super) queue: usize,
    pub(super) kind: usize,
    pub(super) archived: bool,
    /// Where its cells are, ordered by account.
    pub(super) range: std::ops::Range<usize>,
    /// Tickets in all of them.
    pub(super) total: u64,
}

/// A cell with what its class does not say.
struct Cell {
    id: i64,
    account: i64,
    count: u64,
    newest: i64,
}

/// All cells of a snapshot, ordered by class, then account.
#[derive(Debug, Default)]
pub struct Cells {
    snapshot: String,
    pub(super) ids: Vec<i64>,
    pub(super) accounts: Vec<i64>,
    pub(super) counts: Vec<u64>,
    /// The smallest age (that is: minus the newest creation) of its tickets.
    pub(super) newest: Vec<i64>,
    pub(super) class_of: Vec<u32>,
    pub(super) classes: Vec<Class>,
    /// Positions in the order of `newest`.
    pub(super) by_newest: Vec<u32>,
    /// Positions in the order of ids. A million cells are kept: a map would take ten times as much.
    by_id: Vec<u32>,
    pub(super) total: u64,
}

/// The id of the attached snapshot; empty without one.
pub(super) fn snapshot_id(c: &Connection) -> Result<String> {
    use rusqlite::OptionalExtension as _;
    let sql = "SELECT value FROM tickets.meta WHERE key = 'snapshot_id'";
    Ok(c.prepare_cached(sql)?
        .query_row([], |r| r.get(0))
        .optional()?
        .unwrap_or_default())
}

impl Cells {
    /// Reads the cells of the attached snapshot; some hundred milliseconds for a million cells.
    pub fn load(c: &Connection) -> Result<Self> {
        let count: i64 = c.query_row("SELECT count(*) FROM tickets.cell", [], |r| r.get(0))?;
        let mut cells = Self {
            snapshot: snapshot_id(c)?,
            ..Self::with_room(usize::try_from(count).unwrap_or_default())
        };
        let mut statement = c.prepare(
            "SELECT id, account, queue, state_kind, archived, count, newest FROM tickets.cell
             ORDER BY queue, state_kind, archived, account",
        )?;
        let mut rows = statement.query([])?;
        while let Some(r) = rows.next()? {
            let kept = Cell {
                id: r.get(0)?,
                account: r.get(1)?,
                count: r.get::<_, i64>(5)?.unsigned_abs(),
                newest: r.get(6)?,
            };
            let (queue, kind) = (r.get::<_, u32>(2)? as usize, r.get::<_, u32>(3)? as usize);
            cells.take((queue, kind, r.get::<_, i64>(4)? != 0), &kept);
        }
        cells.order();
        Ok(cells)
    }

    /// None yet; so many take no more memory than they need, not even while they are read.
    fn with_room(cells: usize) -> Self {
        Self {
            ids: Vec::with_capacity(cells),
            accounts: Vec::with_capacity(cells),
            counts: Vec::with_capacity(cells),
            newest: Vec::with_capacity(cells),
            class_of: Vec::with_capacity(cells),
            ..Self::default()
        }
    }

    /// Adds a cell; those of a class come one after the other.
    fn take(&mut self, (queue, kind, archived): (usize, usize, bool), cell: &Cell) {
        let at = self.ids.len();
        let last = self.classes.last();
        if last.is_none_or(|k| (k.queue, k.kind, k.archived) != (queue, kind, archived)) {
            self.classes.push(Class {
                queue,
                kind,
                archived,
                range: at..at,
                total: 0,
            });
        }
        if let Some(class) = self.classes.last_mut() {
            class.range.end = at + 1;
            class.total += cell.count;
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.class_of.push(number(self.classes.len() - 1));
        self.ids.push(cell.id);
        self.accounts.push(cell.account);
        self.counts.push(cell.count);
        self.newest.push(cell.newest);
        self.total += cell.count;
    }

    fn order(&mut self) {
        let mut order: Vec<u32> = (0..).take(self.ids.len()).collect();
        // Of equally new ones, those first that come first.
        order.sort_unstable_by_key(|&at| (self.newest[at as usize], at));
        self.by_newest = order;
        let mut order: Vec<u32> = (0..).take(self.ids.len()).collect();
        order.sort_unstable_by_key(|&at| self.ids[at as usize]);
        self.by_id = order;
    }

    /// Those of some queues and accounts (their numbers in the snapshot), as if there were no others.
    pub(super) fn only(&self, keep: impl Fn(usize, i64) -> bool) -> Self {
        let mut only = Self::default();
        for class in &self.classes {
            for at in class.range.clone().filter(|at| keep(class.queue, self.accounts[*at])) {
                let cell = Cell {
                    id: self.ids[at],
                    account: self.accounts[at],
                    count: self.counts[at],
                    newest: self.newest[at],
                };
                only.take((class.queue, class.kind, class.archived), &cell);
            }
        }
        only.order();
        only
    }

    /// Whether they are all cells of this snapshot.
    pub(super) fn are_of(&self, snapshot: &str) -> bool {
        !snapshot.is_empty() && self.snapshot == snapshot
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// How many tickets there are.
    pub fn tickets(&self) -> u64 {
        self.total
    }

    pub(super) fn position(&self, id: i64) -> Option<usize> {
        let place = self.by_id.binary_search_by_key(&id, |&at| self.ids[at as usize]).ok()?;
        Some(self.by_id[place] as usize)
    }

    pub(super) fn class(&self, at: usize) -> &Class {
        &self.classes[self.class_of[at] as usize]
    }
}

/// Keeps the cells of the snapshot that was asked for last.
#[derive(Debug, Default)]
pub struct CellCache(Mutex<Option<Arc<Cells>>>);

impl CellCache {
    /// The cells of the snapshot that is attached to `c`, loaded once per snapshot.
    pub fn get(&self, c: &Connection) -> Result<Arc<Cells>> {
        let id = snapshot_id(c)?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cells) = kept.as_ref().filter(|k| k.snapshot == id && !id.is_empty()) {
            return Ok(Arc::clone(cells));
        }
        let cells = Arc::new(Cells::load(c)?);
        *kept = Some(Arc::clone(&cells));
        Ok(cells)
    }
}
