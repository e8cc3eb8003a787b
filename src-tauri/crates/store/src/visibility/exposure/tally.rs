//! Tickets that several people gain, counted once.

use std::collections::{BTreeMap, HashMap};

use super::beyond::Beyond;
use crate::visibility::cells::Cells;
use crate::visibility::directory::Here;
use crate::visibility::passing::OwnCell;

/// Own tickets whose answer is another than that of their cell, over all people.
#[derive(Default)]
pub(super) struct Tally {
    /// By owner and cell: how many tickets their owner gains though strangers would not.
    apart: HashMap<(i64, usize), u64>,
    /// By owner and cell: how many tickets their owner does not gain though strangers would, and for how many people.
    without: HashMap<(i64, usize), (u64, u32)>,
}

/// Tickets of one queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfQueue {
    /// The queue's name; empty for a queue that is not recorded.
    pub queue: String,
    /// How many tickets.
    pub tickets: u64,
}

/// Tickets, each counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub tickets: u64,
    /// By queue, most first.
    pub queues: Vec<OfQueue>,
}

/// An owner whose tickets in a cell are kept out: how many tickets, for how many people.
type KeptOut = (i64, (u64, u32));

impl Tally {
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

    /// All of it, with the cells that strangers gain and how many people do.
    pub(super) fn sum<'b>(
        &self,
        shared: impl Iterator<Item = (&'b Beyond, u32)>,
        cells: &Cells,
        here: &Here<'_>,
    ) -> Sum {
        let mut queues: Vec<OfQueue> = self
            .by_queue(shared, cells)
            .into_iter()
            .map(|(queue, tickets)| OfQueue {
                queue: here
                    .directory
                    .queues
                    .get(queue)
                    .map_or_else(String::new, |q| q.name.clone()),
                tickets,
            })
            .collect();
        queues.sort_by(|a, b| b.tickets.cmp(&a.tickets).then_with(|| a.queue.cmp(&b.queue)));
        Sum {
            tickets: queues.iter().map(|q| q.tickets).sum(),
            queues,
        }
    }

    /// The same by the queue's number in the snapshot; only queues with such tickets.
    pub(super) fn by_queue<'b>(
        &self,
        shared: impl Iterator<Item = (&'b Beyond, u32)>,
        cells: &Cells,
    ) -> BTreeMap<usize, u64> {
        let gainers = Gainers::of(shared);
        let mut without: HashMap<usize, Vec<KeptOut>> = HashMap::new();
        for (&(owner, at), &of) in &self.without {
            without.entry(at).or_default().push((owner, of));
        }
        let mut queues: BTreeMap<usize, u64> = BTreeMap::new();
        let mut add = |at: usize, count: u64| *queues.entry(cells.class(at).queue).or_default() += count;
        for (range, people) in &gainers.0 {
            for at in range.clone() {
                let kept_out: u64 = without.get(&at).map_or(0, |list| {
                    let out = list
                        .iter()
                        .filter(|(owner, of)| of.1 == *people && !self.apart.contains_key(&(*owner, at)));
                    out.map(|(_, of)| of.0).sum()
                });
                add(at, cells.counts[at] - kept_out);
            }
        }
        for (&(_, at), &count) in &self.apart {
            if gainers.at(at) == 0 {
                add(at, count);
            }
        }
        queues.retain(|_, tickets| *tickets > 0);
        queues
    }
}

/// Stretches of cells whose tickets people gain as strangers, ascending, with how many people do.
struct Gainers(Vec<(std::ops::Range<usize>, u32)>);

impl Gainers {
    fn of<'b>(shared: impl Iterator<Item = (&'b Beyond, u32)>) -> Self {
        let mut steps: BTreeMap<u32, i64> = BTreeMap::new();
        for (beyond, people) in shared {
            for range in &beyond.ranges {
                *steps.entry(range.start).or_default() += i64::from(people);
                *steps.entry(range.end).or_default() -= i64::from(people);
            }
        }
        let (mut found, mut from, mut now) = (Vec::new(), 0, 0);
        for (at, step) in steps {
            if now > 0 {
                found.push((from..at as usize, u32::try_from(now).unwrap_or(u32::MAX)));
            }
            (from, now) = (at as usize, now + step);
        }
        Self(found)
    }

    /// How many people gain the tickets of a cell.
    fn at(&self, cell: usize) -> u32 {
        let place = self.0.partition_point(|(range, _)| range.end <= cell);
        self.0
            .get(place)
            .filter(|(range, _)| range.contains(&cell))
            .map_or(0, |(_, people)| *people)
    }
}
