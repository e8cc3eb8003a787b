//! What a condition asks about cells: so that classes of cells that it cannot tell apart are asked once.

use super::cells::Class;
use super::condition::{Condition, Folds};

/// The lists in the leaves of conditions.
#[derive(Default)]
pub(super) struct Leaves<'c> {
    queues: Vec<&'c [bool]>,
    kinds: Vec<&'c [bool]>,
    archived: bool,
    rows: bool,
    /// Under which comparisons the person herself is spoken of.
    pub(super) mine: Folds,
}

/// All that the leaves say about a class of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key<'a> {
    queues: u64,
    kinds: u64,
    archived: bool,
    /// Names of the queue's group in both states, where rows of accounts may be asked for.
    groups: [&'a str; 2],
    /// The class itself, where there are more leaves than bits.
    alone: Option<(usize, usize)>,
}

/// More leaves than this are not told apart by bits.
const BITS: usize = 64;

fn bits(lists: &[&[bool]], at: usize) -> u64 {
    let bit = |list: &&[bool]| u64::from(list.get(at).copied().unwrap_or(false));
    lists.iter().take(BITS).fold(0, |bits, list| bits << 1 | bit(list))
}

/// Adds a list, unless it is there: conditions share the lists of a fact.
fn once<'c>(lists: &mut Vec<&'c [bool]>, list: &'c [bool]) {
    if !lists.iter().any(|known| std::ptr::eq(*known, list)) {
        lists.push(list);
    }
}

impl Leaves<'_> {
    /// Whether classes of one queue are all the same to the leaves.
    pub(super) fn only_queues(&self) -> bool {
        self.kinds.is_empty() && !self.archived && self.queues.len() <= BITS
    }

    /// By queue what the leaves say about its classes, where they say nothing else.
    pub(super) fn by_queue(&self) -> Option<Vec<u64>> {
        if !self.only_queues() || self.rows {
            return None;
        }
        let mut by_queue = vec![0; self.queues.iter().map(|list| list.len()).max().unwrap_or(0)];
        for (n, list) in self.queues.iter().enumerate() {
            for (bits, &is) in by_queue.iter_mut().zip(*list) {
                *bits |= u64::from(is) << n;
            }
        }
        Some(by_queue)
    }

    /// What the leaves say about a class.
    pub(super) fn key<'a>(&self, class: &Class, before: &'a str, after: &'a str) -> Key<'a> {
        let many = self.queues.len() > BITS || self.kinds.len() > BITS;
        Key {
            queues: bits(&self.queues, class.queue),
            kinds: bits(&self.kinds, class.kind),
            archived: self.archived && class.archived,
            groups: if self.rows { [before, after] } else { ["", ""] },
            alone: many.then_some((class.queue, class.kind)),
        }
    }
}

impl Condition {
    /// Collects what the condition asks about classes of cells.
    pub(super) fn leaves<'c>(&'c self, found: &mut Leaves<'c>) {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|c| c.leaves(found)),
            Self::Not(inner) => inner.leaves(found),
            Self::Queue(list) => once(&mut found.queues, list),
            Self::Kind(list) => once(&mut found.kinds, list),
            Self::Archived => found.archived = true,
            Self::Row(_) => found.rows = true,
            Self::Mine(fold) => found.mine.add(*fold),
            Self::Const(_) | Self::Owner(_) | Self::HasOwner | Self::Account(_) | Self::HasAccount => {}
        }
    }

    /// Whether two conditions that ask about nothing but the account are the same. `false` says nothing.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let all = |a: &[Self], b: &[Self]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_the_same(b));
        match (self, other) {
            (Self::Const(a), Self::Const(b)) => a == b,
            (Self::All(a), Self::All(b)) | (Self::Any(a), Self::Any(b)) => all(a, b),
            (Self::Not(a), Self::Not(b)) => a.says_the_same(b),
            (Self::Account(a), Self::Account(b)) => a == b,
            (Self::HasAccount, Self::HasAccount) => true,
            _ => false,
        }
    }
}
