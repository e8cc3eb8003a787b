//! Which cells pass one condition and not another: the classes of cells for which the two say the same are passed over.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use super::scene::Scene;
use crate::error::Result;
use crate::visibility::cells::{Cells, Class};
use crate::visibility::condition::{Condition, Owner};
use crate::visibility::directory::Here;
use crate::visibility::leaves::Leaves;

/// One of the two states.
pub(super) struct Side<'a> {
    pub(super) here: Here<'a>,
    pub(super) scene: &'a Scene,
}

/// The classes of cells by queue.
pub(super) struct Classes(Vec<(usize, Range<usize>)>);

impl Classes {
    pub(super) fn of(cells: &Cells) -> Self {
        let mut queues: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, class) in cells.classes.iter().enumerate() {
            match queues.last_mut() {
                Some((queue, range)) if *queue == class.queue => range.end = at + 1,
                _ => queues.push((class.queue, at..at + 1)),
            }
        }
        Self(queues)
    }
}

/// Stretches of cells, and how many tickets they hold.
#[derive(Debug, Default)]
pub(super) struct Beyond {
    pub(super) ranges: Vec<Range<u32>>,
    pub(super) count: u64,
}

/// A condition with the directory it is read by.
pub(super) type Read<'a> = (&'a Condition, &'a Here<'a>);

/// What two conditions say about some classes, with only the account left to ask.
struct Said {
    /// Which pass the first and not the second, and the other way round.
    ways: [Way; 2],
}

impl Said {
    fn mark(&self, beyond: &mut [Beyond; 2], class: &Class, cells: &Cells) {
        for (beyond, way) in beyond.iter_mut().zip(&self.ways) {
            beyond.mark(way, class, cells);
        }
    }
}

/// Which accounts pass one condition and not another.
enum Way {
    None,
    All,
    /// These alone, in order.
    Few(Vec<i64>),
    Some(Condition, Condition),
}

impl Way {
    fn of(a: &Condition, b: &Condition) -> Self {
        match (a, b) {
            (Condition::Const(false), _) | (_, Condition::Const(true)) => Self::None,
            (Condition::Const(true), Condition::Const(false)) => Self::All,
            _ => match a.only_accounts() {
                Some(mut few) => {
                    few.retain(|&account| passes(a, b, account));
                    Self::Few(few)
                }
                None => Self::Some(a.clone(), b.clone()),
            },
        }
    }
}

fn passes(a: &Condition, b: &Condition, account: i64) -> bool {
    a.for_account(account) && !b.for_account(account)
}

/// What is said about a class; `None` where both say the same.
fn said(a: Read<'_>, b: Read<'_>, class: &Class) -> Result<Option<Said>> {
    let first = a.0.in_class(class, Owner::Stranger, a.1)?;
    let second = b.0.in_class(class, Owner::Stranger, b.1)?;
    if first.says_the_same(&second) {
        return Ok(None);
    }
    Ok(Some(Said {
        ways: [Way::of(&first, &second), Way::of(&second, &first)],
    }))
}

/// Strangers' tickets that pass `a` and not `b`, and those that pass `b` and not `a`.
pub(super) fn both_ways(a: Read<'_>, b: Read<'_>, cells: &Cells, classes: &Classes) -> Result<[Beyond; 2]> {
    let mut leaves = Leaves::default();
    a.0.leaves(&mut leaves);
    b.0.leaves(&mut leaves);
    let mut beyond = [Beyond::default(), Beyond::default()];
    if let Some(by_queue) = leaves.by_queue() {
        let mut known = Known::default();
        for (queue, range) in &classes.0 {
            let Some(first) = cells.classes.get(range.start) else {
                continue;
            };
            let bits = by_queue.get(*queue).copied().unwrap_or(0);
            if let Some(said) = known.get(bits, || said(a, b, first))? {
                for class in &cells.classes[range.clone()] {
                    said.mark(&mut beyond, class, cells);
                }
            }
        }
        return Ok(beyond);
    }
    let same_throughout = leaves.only_queues();
    let mut known = Known::default();
    for (queue, range) in &classes.0 {
        let groups = [group(a.1, *queue), group(b.1, *queue)];
        for class in &cells.classes[range.clone()] {
            // Classes that no leaf tells apart get the same answer.
            let key = leaves.key(class, groups[0], groups[1]);
            match known.get(key, || said(a, b, class))? {
                None if same_throughout => break,
                None => {}
                Some(said) => said.mark(&mut beyond, class, cells),
            }
        }
    }
    Ok(beyond)
}

/// What is said about the classes with a key.
struct Known<K> {
    places: HashMap<K, usize>,
    said: Vec<Option<Said>>,
    /// The keys of the first places, which are found sooner by looking at each.
    first: Vec<K>,
}

impl<K> Default for Known<K> {
    fn default() -> Self {
        Self {
            places: HashMap::new(),
            said: Vec::new(),
            first: Vec::new(),
        }
    }
}

impl<K: Copy + Eq + Hash> Known<K> {
    const FIRST: usize = 8;

    fn get(&mut self, key: K, say: impl FnOnce() -> Result<Option<Said>>) -> Result<Option<&Said>> {
        let known = self.first.iter().position(|known| *known == key);
        let place = known.or_else(|| self.places.get(&key).copied());
        let place = if let Some(place) = place {
            place
        } else {
            let place = self.said.len();
            self.said.push(say()?);
            if place < Self::FIRST {
                self.first.push(key);
            } else {
                self.places.insert(key, place);
            }
            place
        };
        Ok(self.said[place].as_ref())
    }
}

impl Beyond {
    /// Marks the cells of a class whose accounts pass.
    fn mark(&mut self, way: &Way, class: &Class, cells: &Cells) {
        let range = class.range.clone();
        let accounts = &cells.accounts[range.clone()];
        match way {
            Way::None => {}
            Way::All => {
                self.push(range);
                self.count += class.total;
            }
            Way::Few(few) if few.len() * 4 < accounts.len() => {
                for account in few {
                    if let Ok(at) = accounts.binary_search(account) {
                        self.take(range.start + at, cells);
                    }
                }
            }
            Way::Few(few) => self.each(range, accounts, cells, |account| few.binary_search(&account).is_ok()),
            Way::Some(a, b) => self.each(range, accounts, cells, |account| passes(a, b, account)),
        }
    }

    fn each(&mut self, range: Range<usize>, accounts: &[i64], cells: &Cells, passes: impl Fn(i64) -> bool) {
        for (at, &account) in range.zip(accounts) {
            if passes(account) {
                self.take(at, cells);
            }
        }
    }

    fn take(&mut self, at: usize, cells: &Cells) {
        self.push(at..at + 1);
        self.count += cells.counts[at];
    }

    fn push(&mut self, range: Range<usize>) {
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let range = at(range.start)..at(range.end);
        match self.ranges.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.ranges.push(range),
        }
    }
}

/// Name of a queue's group, as far as rows of accounts may be asked for it.
fn group<'a>(here: &Here<'a>, queue: usize) -> &'a str {
    here.directory.queues.get(queue).map_or("", |q| q.group.as_str())
}
