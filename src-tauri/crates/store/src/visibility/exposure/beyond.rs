//! Which cells pass one condition and not another: the classes of cells for which the two say the same are passed over.

use std::collections::HashMap;
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

/// What two conditions say about a class, with only the account left to ask; `None` where nothing can be beyond.
fn left(a: Read<'_>, b: Read<'_>, class: &Class) -> Result<Option<(Condition, Condition)>> {
    let first = a.0.in_class(class, Owner::Stranger, a.1)?;
    if matches!(first, Condition::Const(false)) {
        return Ok(None);
    }
    let second = b.0.in_class(class, Owner::Stranger, b.1)?;
    if matches!(second, Condition::Const(true)) || first.says_the_same(&second) {
        return Ok(None);
    }
    Ok(Some((first, second)))
}

impl Beyond {
    /// Strangers' tickets that pass `a` and not `b`.
    pub(super) fn of_strangers(a: Read<'_>, b: Read<'_>, cells: &Cells, classes: &Classes) -> Result<Self> {
        let mut leaves = Leaves::default();
        a.0.leaves(&mut leaves);
        b.0.leaves(&mut leaves);
        let mut beyond = Self::default();
        let mut known: HashMap<_, Option<(Condition, Condition)>> = HashMap::new();
        for (queue, range) in &classes.0 {
            let same_throughout = leaves.only_queues();
            let mut last = None;
            for class in &cells.classes[range.clone()] {
                // Classes that no leaf tells apart get the same answer.
                let key = match last {
                    Some(key) if same_throughout => key,
                    _ => leaves.key(class, group(a.1, *queue), group(b.1, *queue)),
                };
                last = Some(key);
                let both = match known.entry(key) {
                    std::collections::hash_map::Entry::Occupied(slot) => slot.into_mut(),
                    std::collections::hash_map::Entry::Vacant(slot) => slot.insert(left(a, b, class)?),
                };
                match both {
                    None if same_throughout => break,
                    None => {}
                    Some((a, b)) => beyond.mark(a, b, class, cells),
                }
            }
        }
        Ok(beyond)
    }

    fn mark(&mut self, a: &Condition, b: &Condition, class: &Class, cells: &Cells) {
        let range = class.range.clone();
        if matches!((a, b), (Condition::Const(true), Condition::Const(false))) {
            self.push(range);
            self.count += class.total;
            return;
        }
        let accounts = &cells.accounts[range.clone()];
        let passes = |account| a.for_account(account) && !b.for_account(account);
        if let Some(only) = a.only_accounts().filter(|only| only.len() * 4 < accounts.len()) {
            for account in only {
                if let Ok(at) = accounts.binary_search(&account)
                    && passes(account)
                {
                    self.push(range.start + at..range.start + at + 1);
                    self.count += cells.counts[range.start + at];
                }
            }
            return;
        }
        for (at, &account) in range.zip(accounts) {
            if passes(account) {
                self.push(at..at + 1);
                self.count += cells.counts[at];
            }
        }
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
