//! Accounts against what tickets are sorted by: how many tickets of each group, address or app the people of an account
//! see, each ticket once.
//!
//! Who belongs to an account says [`account_people`]. A ticket is seen as in [`super::exposure`]: the person may log
//! in, and a list shows it or it can be opened; only what is certain counts. Where tickets lie in queues and
//! some queue has a group, a column is a group; otherwise it is a place.

#[cfg(test)]
pub(super) mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use portico_core::id::{AccountId, ExternalUserId};
use rusqlite::Connection;

use super::cells::Cells;
use super::exposure::{Comparison, Reading, Scene, Viewpoints};
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
    cells: &'a Cells,
    scene: &'a Scene,
    places: Arc<Places>,
    columns: Vec<Column>,
    by_groups: bool,
    /// By the place's number.
    column_of: HashMap<usize, usize>,
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
            cells,
            scene,
            places,
            by_groups,
            column_of,
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
        let mut asking = Asking::of(self);
        for (_, id) in account_people::of(self.c, account, None, u64::MAX)? {
            step()?;
            row.people += 1;
            row.unknown += u64::from(asking.add(id)?);
        }
        row.cells = asking.by_column();
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
                let mut asking = Asking::of(self);
                let unknown = asking.add(id)?;
                let seen = asking.by_column();
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

/// What several people see, against nothing.
struct Asking<'h, 'a> {
    heat: &'h Heat<'a>,
    comparison: Comparison<'a>,
    points: Viewpoints,
    reading: Reading,
    sets: Vec<portico_core::access::fact::Set>,
}

impl<'h, 'a> Asking<'h, 'a> {
    fn of(heat: &'h Heat<'a>) -> Self {
        Self {
            comparison: Comparison::new(heat.c, heat.cells, heat.scene, heat.scene),
            points: Viewpoints::default(),
            reading: Reading::default(),
            sets: heat.scene.sets_with(heat.scene),
            heat,
        }
    }

    /// Adds somebody; whether there may be more that she sees.
    fn add(&mut self, user: ExternalUserId) -> Result<bool> {
        let point = self.points.load(self.heat.c, &self.sets, user, &mut self.reading)?;
        let seen = self.comparison.of(&self.points, None, point.as_ref())?;
        Ok(seen.unknown)
    }

    fn by_column(&mut self) -> BTreeMap<usize, u64> {
        let mut columns = BTreeMap::new();
        for (place, tickets) in self.comparison.gained_by_place(&self.heat.places) {
            if let Some(column) = self.heat.column_of.get(&place) {
                *columns.entry(*column).or_default() += tickets;
            }
        }
        columns
    }
}
