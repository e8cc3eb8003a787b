//! Tickets that several people gain (or lose), counted once.

use std::collections::{BTreeMap, HashMap};

use super::beyond::Beyond;
use crate::visibility::cells::Cells;
use crate::visibility::passing::OwnCell;
use crate::visibility::places::Places;

/// Tickets of many people: what strangers gain, by cell, and own tickets whose answer is another than that of their cell.
pub(super) struct Tally {
    /// By cell: how many people more gain its tickets as strangers than those of the cell before it. Small numbers:
    /// there are millions of cells, and never as many people as these hold.
    steps: Vec<i32>,
    /// By owner and cell: how many tickets their owner gains though strangers would not.
    apart: HashMap<(i64, usize), u64>,
    /// By owner and cell: how many tickets their owner does not gain though strangers would, and for how many people.
    without: HashMap<(i64, usize), (u64, u32)>,
}

/// Tickets of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfPlace {
    /// The place's name; empty for one that is not recorded, or for none.
    pub place: String,
    /// How many tickets.
    pub tickets: u64,
}

/// Tickets, each counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub tickets: u64,
    /// By place, most first.
    pub places: Vec<OfPlace>,
}

impl Sum {
    /// Puts them in order.
    pub(super) fn of(mut places: Vec<OfPlace>) -> Self {
        places.sort_by(|a, b| b.tickets.cmp(&a.tickets).then_with(|| a.place.cmp(&b.place)));
        Self {
            tickets: places.iter().map(|of| of.tickets).sum(),
            places,
        }
    }
}

/// An owner whose tickets in a cell are kept out: how many tickets, for how many people.
type KeptOut = (i64, (u64, u32));

impl Tally {
    pub(super) fn of(cells: &Cells) -> Self {
        Self {
            steps: vec![0; cells.len() + 1],
            apart: HashMap::new(),
            without: HashMap::new(),
        }
    }

    /// Forgets everybody.
    pub(super) fn clear(&mut self) {
        self.steps.fill(0);
        self.apart.clear();
        self.without.clear();
    }

    /// Adds what so many people gain as strangers.
    pub(super) fn add(&mut self, beyond: &Beyond, people: u32) {
        let people = people.cast_signed();
        for range in &beyond.ranges {
            self.steps[range.start as usize] += people;
            self.steps[range.end as usize] -= people;
        }
    }

    /// Notes own tickets that their owner gains (or not), against the answer of their cell.
    pub(super) fn note(&mut self, owner: i64, cell: &OwnCell, mine: bool) {
        if mine {
            self.apart.insert((owner, cell.at), cell.count);
        } else {
            let (count, people) = self.without.entry((owner, cell.at)).or_default();
            *count = cell.count;
            *people += 1;
        }
    }

    /// All of it.
    pub(super) fn sum(&self, cells: &Cells, places: &Places) -> Sum {
        let of = |(place, tickets)| OfPlace {
            place: places.name(place),
            tickets,
        };
        Sum::of(self.by_place(cells, places).into_iter().map(of).collect())
    }

    /// The same by the place's number; only places with such tickets.
    pub(super) fn by_place(&self, cells: &Cells, places: &Places) -> BTreeMap<usize, u64> {
        let mut without: HashMap<usize, Vec<KeptOut>> = HashMap::new();
        for (&(owner, at), &of) in &self.without {
            without.entry(at).or_default().push((owner, of));
        }
        let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
        let mut add = |at: usize, count: u64| *sums.entry(places.of_cell(cells, at)).or_default() += count;
        let gainers = self.gainers();
        for (at, &people) in gainers
            .iter()
            .enumerate()
            .take(cells.len())
            .filter(|(_, people)| **people > 0)
        {
            let kept_out: u64 = without.get(&at).map_or(0, |list| {
                let out = list
                    .iter()
                    .filter(|(owner, of)| of.1.cast_signed() == people && !self.apart.contains_key(&(*owner, at)));
                out.map(|(_, of)| of.0).sum()
            });
            add(at, cells.counts[at] - kept_out);
        }
        for (&(_, at), &count) in &self.apart {
            if gainers[at] <= 0 {
                add(at, count);
            }
        }
        sums.retain(|_, tickets| *tickets > 0);
        sums
    }

    /// By cell: how many people gain its tickets as strangers.
    fn gainers(&self) -> Vec<i32> {
        let sum = |sum: &mut i32, step: &i32| {
            *sum += step;
            Some(*sum)
        };
        self.steps.iter().scan(0, sum).collect()
    }
}
