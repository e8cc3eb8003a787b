//! The same tickets in two workspaces, side by side in memory: some twenty bytes a ticket.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::across::Seen;
use super::tally::{OfPlace, Sum};
use crate::error::{Result, StoreError};
use crate::snapshot;
use crate::visibility::cells::Cells;
use crate::visibility::places::Places;

/// How many tickets are named for each person.
pub(super) const NUMBERS: usize = 5;

/// One workspace's columns, by the tickets' positions.
#[derive(Default)]
struct Column {
    cell: Vec<u32>,
    owner: Vec<i64>,
    by_owner: HashMap<i64, Vec<u32>>,
}

impl Column {
    fn take(&mut self, at: u32, cell: u32, owner: i64) {
        self.cell.push(cell);
        self.owner.push(owner);
        self.by_owner.entry(owner).or_default().push(at);
    }

    fn of_owner(&self, owner: i64) -> &[u32] {
        self.by_owner.get(&owner).map_or(&[], Vec::as_slice)
    }
}

/// Tickets that lie in the same cell here and in the same cell there.
struct Row {
    here: u32,
    there: u32,
    count: u64,
}

/// All tickets that both have.
pub(super) struct Abreast {
    ids: Vec<i64>,
    age: Vec<i64>,
    here: Column,
    there: Column,
    rows: Vec<Row>,
    row_of: Vec<u32>,
}

/// What one person gains and loses.
pub(super) struct Sums {
    pub(super) gained: u64,
    pub(super) lost: u64,
    /// Whether there may be more.
    pub(super) unknown: bool,
}

/// Whether a ticket is gained for certain, lost for certain, gained at most, lost at most.
type Verdict = [bool; 4];

const ALL: &str = "SELECT id, cell, owner, age FROM tickets.ticket ORDER BY id";

impl Abreast {
    /// Reads the tickets of both; `Damaged` where they are not the same.
    pub(super) fn read(here: (&Connection, &Cells), there: (&Connection, &Cells)) -> Result<Self> {
        let mut all = Self {
            ids: Vec::new(),
            age: Vec::new(),
            here: Column::default(),
            there: Column::default(),
            rows: Vec::new(),
            row_of: Vec::new(),
        };
        let mut known: HashMap<(u32, u32), u32> = HashMap::new();
        let (mut a, mut b) = (here.0.prepare(ALL)?, there.0.prepare(ALL)?);
        let (mut a, mut b) = (a.query([])?, b.query([])?);
        let differ = || StoreError::Damaged("the two workspaces do not hold the same tickets".to_owned());
        loop {
            let (x, y) = match (a.next()?, b.next()?) {
                (None, None) => return Ok(all),
                (Some(x), Some(y)) if x.get::<_, i64>(0)? == y.get::<_, i64>(0)? => (x, y),
                _ => return Err(differ()),
            };
            let place = |cells: &Cells, cell: i64| cells.position(cell).ok_or_else(differ);
            let pair = (number(place(here.1, x.get(1)?)?), number(place(there.1, y.get(1)?)?));
            let at = number(all.ids.len());
            all.ids.push(x.get(0)?);
            all.age.push(x.get(3)?);
            all.here.take(at, pair.0, x.get(2)?);
            all.there.take(at, pair.1, y.get(2)?);
            let row = *known.entry(pair).or_insert_with(|| {
                let (here, there) = pair;
                all.rows.push(Row { here, there, count: 0 });
                number(all.rows.len() - 1)
            });
            all.rows[row as usize].count += 1;
            all.row_of.push(row);
        }
    }

    /// What becomes of a ticket, or of all of strangers in a row: a cell and an owner in each.
    fn verdict(seen: [&Seen; 2], cells: [u32; 2], owners: [Option<i64>; 2]) -> Verdict {
        let [then, now] = seen;
        let certainly = |of: &Seen, n: usize| of.certainly(cells[n], owners[n]);
        let maybe = |of: &Seen, n: usize| of.maybe(cells[n], owners[n]);
        [
            certainly(now, 1) && !maybe(then, 0),
            certainly(then, 0) && !maybe(now, 1),
            maybe(now, 1) && !certainly(then, 0),
            maybe(then, 0) && !certainly(now, 1),
        ]
    }

    fn of_row(&self, row: u32, seen: [&Seen; 2]) -> Verdict {
        let row = &self.rows[row as usize];
        Self::verdict(seen, [row.here, row.there], [None, None])
    }

    fn of_ticket(&self, at: u32, seen: [&Seen; 2]) -> Verdict {
        let n = at as usize;
        let cells = [self.here.cell[n], self.there.cell[n]];
        Self::verdict(seen, cells, [Some(self.here.owner[n]), Some(self.there.owner[n])])
    }

    /// The tickets whose owner, here or there, gets answers of her own; each once.
    fn own<'s>(&'s self, seen: [&'s Seen; 2]) -> impl Iterator<Item = u32> + 's {
        let here = seen[0].owners().flat_map(|owner| self.here.of_owner(owner));
        let there = seen[1].owners().flat_map(|owner| self.there.of_owner(owner));
        let there = there.filter(move |at| !seen[0].has_owner(self.here.owner[**at as usize]));
        here.chain(there).copied()
    }

    /// What a person gains and loses; noted for the sums over everybody.
    pub(super) fn compare(&self, here: &Seen, there: &Seen, once: &mut Once) -> Sums {
        let seen = [here, there];
        let mut sums = [0_u64; 4];
        let mut rows: Vec<(u32, Verdict)> = Vec::new();
        for (n, row) in (0_u32..).zip(&self.rows) {
            let verdict = self.of_row(n, seen);
            for (sum, passes) in sums.iter_mut().zip(verdict) {
                *sum += if passes { row.count } else { 0 };
            }
            if verdict[0] || verdict[1] {
                rows.push((n, verdict));
            }
        }
        let mut apart: Vec<(u32, u32, Verdict)> = Vec::new();
        for at in self.own(seen) {
            let row = self.row_of[at as usize];
            let (strangers, mine) = (self.of_row(row, seen), self.of_ticket(at, seen));
            if strangers == mine {
                continue;
            }
            for (sum, (strangers, mine)) in sums.iter_mut().zip(strangers.into_iter().zip(mine)) {
                match (strangers, mine) {
                    (false, true) => *sum += 1,
                    (true, false) => *sum -= 1,
                    _ => {}
                }
            }
            apart.push((row, at, mine));
        }
        once.gained.note(&rows, &apart, 0);
        once.lost.note(&rows, &apart, 1);
        let certain = here.is_certain() && there.is_certain();
        Sums {
            gained: sums[0],
            lost: sums[1],
            unknown: !certain && (sums[2] > sums[0] || sums[3] > sums[1]),
        }
    }

    /// Numbers of the newest tickets that a person gains, and that she loses, at most `limit` of each.
    pub(super) fn numbers(&self, c: &Connection, here: &Seen, there: &Seen, limit: usize) -> Result<[Vec<String>; 2]> {
        let mut newest: [Vec<(i64, i64)>; 2] = [Vec::new(), Vec::new()];
        for at in 0..number(self.ids.len()) {
            let verdict = self.of_ticket(at, [here, there]);
            for (list, passes) in newest.iter_mut().zip(verdict) {
                if passes {
                    list.push((self.age[at as usize], self.ids[at as usize]));
                }
            }
        }
        let mut numbers = [Vec::new(), Vec::new()];
        for (list, numbers) in newest.iter_mut().zip(&mut numbers) {
            list.sort_unstable();
            for (_, id) in list.iter().take(limit) {
                numbers.extend(snapshot::ticket(c, *id)?.map(|ticket| ticket.number));
            }
        }
        Ok(numbers)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Tickets that somebody gains, and that somebody loses, each once.
#[derive(Default)]
pub(super) struct Once {
    gained: Tickets,
    lost: Tickets,
}

/// Tickets of which something is true for somebody.
#[derive(Default)]
struct Tickets {
    /// Rows of which it is true for strangers, with the tickets that are left out so far: own ones, of which it is not
    /// true for any of those people.
    rows: HashMap<u32, HashSet<u32>>,
    /// Own tickets of which it is true, with their rows.
    apart: HashMap<u32, u32>,
}

impl Tickets {
    /// Notes what is true for one person; `which` of the verdicts is meant.
    fn note(&mut self, rows: &[(u32, Verdict)], apart: &[(u32, u32, Verdict)], which: usize) {
        let mut without: HashMap<u32, HashSet<u32>> = HashMap::new();
        for (row, at, mine) in apart {
            if mine[which] {
                self.apart.insert(*at, *row);
            } else {
                without.entry(*row).or_default().insert(*at);
            }
        }
        for (row, _) in rows.iter().filter(|(_, verdict)| verdict[which]) {
            let without = without.remove(row).unwrap_or_default();
            self.rows
                .entry(*row)
                .and_modify(|left| left.retain(|at| without.contains(at)))
                .or_insert(without);
        }
    }

    fn finish(&self, all: &Abreast, cells: &Cells, places: &Places) -> Sum {
        let mut sums: HashMap<usize, u64> = HashMap::new();
        let mut add = |row: u32, count: u64| {
            let place = places.of_cell(cells, all.rows[row as usize].here as usize);
            *sums.entry(place).or_default() += count;
        };
        for (row, left) in &self.rows {
            let left = left.iter().filter(|at| !self.apart.contains_key(at)).count() as u64;
            add(*row, all.rows[*row as usize].count - left);
        }
        for row in self.apart.values().filter(|row| !self.rows.contains_key(row)) {
            add(*row, 1);
        }
        let of = |(place, tickets)| OfPlace {
            place: places.name(place),
            tickets,
        };
        Sum::of(sums.into_iter().filter(|(_, tickets)| *tickets > 0).map(of).collect())
    }
}

impl Once {
    /// The sums over everybody: gained and lost, by the places of the first workspace.
    pub(super) fn finish(&self, all: &Abreast, cells: &Cells, places: &Places) -> (Sum, Sum) {
        (
            self.gained.finish(all, cells, places),
            self.lost.finish(all, cells, places),
        )
    }
}
