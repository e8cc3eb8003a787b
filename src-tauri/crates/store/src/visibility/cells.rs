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
    /// Cell id to position.
    positions: std::collections::HashMap<i64, u32>,
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
        let mut cells = Self {
            snapshot: snapshot_id(c)?,
            ..Self::default()
        };
        let mut statement = c.prepare(
            "SELECT id, account, queue, state_kind, archived, count, newest FROM tickets.cell
             ORDER BY queue, state_kind, archived, account",
        )?;
        let mut rows = statement.query([])?;
        while let Some(r) = rows.next()? {
            let (queue, kind) = (r.get::<_, u32>(2)? as usize, r.get::<_, u32>(3)? as usize);
            let archived: bool = r.get::<_, i64>(4)? != 0;
            let at = cells.ids.len();
            let same = cells
                .classes
                .last()
                .is_some_and(|k| (k.queue, k.kind, k.archived) == (queue, kind, archived));
            if !same {
                cells.classes.push(Class {
                    queue,
                    kind,
                    archived,
                    range: at..at,
                    total: 0,
                });
            }
            let count = r.get::<_, i64>(5)?.unsigned_abs();
            if let Some(class) = cells.classes.last_mut() {
                class.range.end = at + 1;
                class.total += count;
            }
            cells
                .class_of
                .push(u32::try_from(cells.classes.len() - 1).unwrap_or(u32::MAX));
            cells.positions.insert(r.get(0)?, u32::try_from(at).unwrap_or(u32::MAX));
            cells.ids.push(r.get(0)?);
            cells.accounts.push(r.get(1)?);
            cells.counts.push(count);
            cells.newest.push(r.get(6)?);
            cells.total += count;
        }
        let mut order: Vec<u32> = (0..).take(cells.ids.len()).collect();
        order.sort_by_key(|&at| cells.newest[at as usize]);
        cells.by_newest = order;
        Ok(cells)
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
        self.positions.get(&id).map(|&at| at as usize)
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
