//! A page of a list: the newest tickets that pass, after a cursor.

use std::collections::BinaryHeap;

use rusqlite::Connection;

use super::cells::Cells;
use super::kept::Open;
use super::passing::{Passing, Tab};
use super::{Eyes, Question};
use crate::error::Result;

/// Where a page ended: minus the creation time, and the ticket's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Minus the creation time in seconds.
    pub age: i64,
    /// The ticket's id.
    pub id: i64,
}

/// Before the first ticket.
const START: Cursor = Cursor {
    age: i64::MIN,
    id: i64::MIN,
};

/// What one look at an index costs, in rows of a scan; measured.
const PROBE: u64 = 25;

pub(super) struct Pages<'a> {
    pub(super) c: &'a Connection,
    pub(super) cells: &'a Cells,
    pub(super) passing: &'a Passing,
    /// Whether the tab shows a class of cells.
    pub(super) wanted: &'a dyn Fn(usize) -> bool,
    /// How many tickets pass in the tab.
    pub(super) total: u64,
}

impl Eyes<'_> {
    /// A page of the tickets that are certain, in the portal's order, after a cursor.
    pub fn page(&self, question: &Question, tab: Tab, after: Option<Cursor>, limit: usize) -> Result<Vec<Cursor>> {
        self.with_pages(question, tab, |pages| pages.after(after, limit))
    }

    pub(super) fn with_pages<T>(
        &self,
        question: &Question,
        tab: Tab,
        read: impl FnOnce(&Pages<'_>) -> Result<T>,
    ) -> Result<T> {
        let seen = self.seen(question)?;
        let counts = self.counted(&seen)?;
        // The tab of all asks about no class.
        let shown = if tab == Tab::All { Open::default() } else { self.open()? };
        let wanted = |class: usize| tab == Tab::All || tab.shows(shown[class]);
        let total = match tab {
            Tab::All => counts.all,
            Tab::Open => counts.open,
            Tab::Closed => counts.closed,
        };
        read(&Pages {
            c: self.here.c,
            cells: self.cells,
            passing: &seen.lower,
            wanted: &wanted,
            total,
        })
    }
}

/// A stretch of an index, ordered by age and id.
enum Stretch {
    Cell(usize),
    Own(i64, usize),
}

impl Pages<'_> {
    /// At most `limit` tickets after the cursor, in order, read the way that costs least.
    pub(super) fn after(&self, after: Option<Cursor>, limit: usize) -> Result<Vec<Cursor>> {
        if self.total == 0 || limit == 0 {
            return Ok(Vec::new());
        }
        let after = after.unwrap_or(START);
        // Where tickets that pass are spread evenly, so many rows hold a page of them.
        let rows = (limit as u64).saturating_mul(self.cells.total) / self.total + 1;
        if self.has_probes(after, limit, rows / PROBE)
            && let Some(page) = self.scan(after, limit, rows.saturating_mul(8))?
        {
            return Ok(page);
        }
        self.probe(after, limit, &self.stretches())
    }

    /// Whether more than `bound` stretches would have to be looked into: all that begin before the cursor, and about
    /// a page of others.
    fn has_probes(&self, after: Cursor, limit: usize, bound: u64) -> bool {
        let bound = usize::try_from(bound).unwrap_or(usize::MAX);
        let page = limit.min(usize::try_from(self.total).unwrap_or(limit));
        let begun = |at: &usize| self.cells.newest[*at] <= after.age;
        page > bound || self.cells_that_pass().take_while(begun).nth(bound - page).is_some()
    }

    fn in_tab(&self, at: usize) -> bool {
        (self.wanted)(self.cells.class_of[at] as usize)
    }

    /// The cells of the tab that pass, newest first.
    fn cells_that_pass(&self) -> impl Iterator<Item = usize> + '_ {
        let few = self.passing.newest_first(self.cells);
        // Of many, the order of all is walked along.
        let all = few.unwrap_or(&self.cells.by_newest).iter().map(|&at| at as usize);
        all.filter(move |&at| (few.is_some() || self.passing.cell(at)) && self.in_tab(at))
    }

    /// Everything that can hold a ticket that passes, newest first.
    fn stretches(&self) -> Vec<(i64, Stretch)> {
        let mut found: Vec<(i64, Stretch)> = self
            .cells_that_pass()
            .map(|at| (self.cells.newest[at], Stretch::Cell(at)))
            .collect();
        let before = found.len();
        for (owner, own) in &self.passing.own {
            let apart = own
                .iter()
                .filter(|o| o.passes && !self.passing.cell(o.at) && self.in_tab(o.at));
            found.extend(apart.map(|o| (o.newest, Stretch::Own(*owner, o.at))));
        }
        if found.len() > before {
            found.sort_by_key(|(newest, _)| *newest);
        }
        found
    }

    fn probe(&self, after: Cursor, limit: usize, stretches: &[(i64, Stretch)]) -> Result<Vec<Cursor>> {
        let mut best = BinaryHeap::with_capacity(limit + 1);
        for (newest, stretch) in stretches {
            if best.len() == limit && best.peek().is_some_and(|worst: &Cursor| *newest > worst.age) {
                break;
            }
            for row in self.read(stretch, after, limit)? {
                if best.len() == limit && best.peek().is_some_and(|worst| row >= *worst) {
                    break;
                }
                best.push(row);
                if best.len() > limit {
                    best.pop();
                }
            }
        }
        Ok(best.into_sorted_vec())
    }

    fn read(&self, stretch: &Stretch, after: Cursor, limit: usize) -> Result<Vec<Cursor>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let cursor = |r: &rusqlite::Row<'_>| {
            Ok(Cursor {
                age: r.get(0)?,
                id: r.get(1)?,
            })
        };
        match *stretch {
            Stretch::Cell(at) => {
                let others = self.passing.mixed(at);
                let without: Vec<String> = others.iter().filter(|(_, p)| !p).map(|(o, _)| o.to_string()).collect();
                let filter = match without.len() {
                    0 => String::new(),
                    _ => format!("AND +owner NOT IN ({})", without.join(", ")),
                };
                let sql = format!(
                    "SELECT age, id FROM tickets.ticket INDEXED BY ticket_cell
                     WHERE cell = ?1 AND (age, id) > (?2, ?3) {filter} ORDER BY age, id LIMIT ?4"
                );
                let mut statement = self.c.prepare_cached(&sql)?;
                let rows = statement.query_map((self.cells.ids[at], after.age, after.id, limit), cursor)?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            }
            Stretch::Own(owner, at) => {
                let mut statement = self.c.prepare_cached(
                    "SELECT age, id FROM tickets.ticket INDEXED BY ticket_owner
                     WHERE owner = ?1 AND cell = ?2 AND (age, id) > (?3, ?4) ORDER BY age, id LIMIT ?5",
                )?;
                let rows = statement.query_map((owner, self.cells.ids[at], after.age, after.id, limit), cursor)?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            }
        }
    }

    /// Reads tickets by age and keeps those that pass; `None` where `budget` rows were not enough for a page.
    fn scan(&self, after: Cursor, limit: usize, budget: u64) -> Result<Option<Vec<Cursor>>> {
        let mut statement = self.c.prepare_cached(
            "SELECT age, id, cell FROM tickets.ticket INDEXED BY ticket_age
             WHERE (age, id) > (?1, ?2) ORDER BY age, id",
        )?;
        let mut owner_of = self
            .c
            .prepare_cached("SELECT owner FROM tickets.ticket WHERE id = ?1")?;
        let mut rows = statement.query((after.age, after.id))?;
        let mut page = Vec::with_capacity(limit);
        let mut seen = 0;
        while let Some(r) = rows.next()? {
            seen += 1;
            if seen > budget {
                return Ok(None);
            }
            let row = Cursor {
                age: r.get(0)?,
                id: r.get(1)?,
            };
            let Some(at) = self.cells.position(r.get(2)?) else {
                continue;
            };
            if !self.in_tab(at) {
                continue;
            }
            let passes = if self.passing.mixed(at).is_empty() {
                self.passing.cell(at)
            } else {
                self.passing.passes(at, owner_of.query_row([row.id], |r| r.get(0))?)
            };
            if passes {
                page.push(row);
                if page.len() == limit {
                    break;
                }
            }
        }
        Ok(Some(page))
    }
}

#[cfg(test)]
impl Pages<'_> {
    /// The page by looking into every stretch, whatever it costs.
    pub(super) fn probed(&self, after: Option<Cursor>, limit: usize) -> Result<Vec<Cursor>> {
        self.probe(after.unwrap_or(START), limit, &self.stretches())
    }

    /// The page by reading tickets by age, whatever it costs.
    pub(super) fn scanned(&self, after: Option<Cursor>, limit: usize) -> Result<Vec<Cursor>> {
        Ok(self.scan(after.unwrap_or(START), limit, u64::MAX)?.unwrap_or_default())
    }
}
