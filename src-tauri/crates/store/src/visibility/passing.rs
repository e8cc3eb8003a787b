//! Which cells pass a condition, exactly: own tickets, for which the answer can differ from that of their cell, are
//! counted apart.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::cells::{Cells, Class};
use super::condition::{Condition, Owner};
use super::directory::Here;
use super::leaves::{Key, Leaves};
use crate::error::Result;

/// A person's own tickets in one cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnCell {
    pub(super) at: usize,
    pub(super) count: u64,
    pub(super) newest: i64,
    pub(super) passes: bool,
}

/// The cells that pass.
#[derive(Debug, Clone)]
pub(super) struct Passing {
    bits: Vec<u64>,
    /// By class: how many tickets its passing cells hold.
    counts: Vec<u64>,
    /// By owner.
    pub(super) own: BTreeMap<i64, Vec<OwnCell>>,
    /// Cells in which some owner's tickets get another answer than the cell; by owner, in order.
    mixed: HashMap<usize, Vec<(i64, bool)>>,
    /// What [`Self::newest_first`] found.
    newest_first: OnceLock<Option<Box<[u32]>>>,
}

/// So many cells are few, in any workspace.
const FEW: usize = if cfg!(test) { 2 } else { 4_096 };

/// The part of a list that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Everything.
    All,
    /// What the desk calls open.
    Open,
    /// The others.
    Closed,
}

impl Tab {
    /// From `all`, `open` or `closed`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "all" => Some(Self::All),
            "open" => Some(Self::Open),
            "closed" => Some(Self::Closed),
            _ => None,
        }
    }

    pub(super) fn shows(self, open: bool) -> bool {
        match self {
            Self::All => true,
            Self::Open => open,
            Self::Closed => !open,
        }
    }
}

/// What is left of a condition by class, for strangers; worked out once for classes that it cannot tell apart.
pub(super) struct ByClass<'a> {
    condition: &'a Condition,
    leaves: Leaves<'a>,
    known: HashMap<Key<'a>, Condition>,
}

impl<'a> ByClass<'a> {
    pub(super) fn new(condition: &'a Condition) -> Self {
        let mut leaves = Leaves::default();
        condition.leaves(&mut leaves);
        Self {
            condition,
            leaves,
            known: HashMap::new(),
        }
    }

    pub(super) fn left(&mut self, class: &Class, here: &Here<'a>) -> Result<&Condition> {
        let group = here.directory.queues.get(class.queue).map_or("", |q| q.group.as_str());
        Ok(match self.known.entry(self.leaves.key(class, group, group)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(slot) => slot.insert(self.condition.in_class(class, Owner::Stranger, here)?),
        })
    }
}

pub(super) fn own_cells(here: &Here<'_>, cells: &Cells, owner: i64) -> Result<Vec<OwnCell>> {
    let sql =
        "SELECT cell, count(*), min(age) FROM tickets.ticket INDEXED BY ticket_owner WHERE owner = ?1 GROUP BY cell";
    let mut statement = here.c.prepare_cached(sql)?;
    let mut rows = statement.query([owner])?;
    let mut own = Vec::new();
    while let Some(r) = rows.next()? {
        if let Some(at) = cells.position(r.get(0)?) {
            let count = r.get::<_, i64>(1)?.unsigned_abs();
            own.push(OwnCell {
                at,
                count,
                newest: r.get(2)?,
                passes: false,
            });
        }
    }
    Ok(own)
}

impl Passing {
    /// Reads the condition for every cell, class by class.
    pub(super) fn of(condition: &Condition, here: &Here<'_>, cells: &Cells) -> Result<Self> {
        let mut bits = vec![0_u64; cells.len().div_ceil(64)];
        let mut counts = Vec::with_capacity(cells.classes.len());
        let mut by_class = ByClass::new(condition);
        for class in &cells.classes {
            let left = by_class.left(class, here)?;
            counts.push(mark(left, class, cells, &mut bits));
        }
        let mut passing = Self {
            bits,
            counts,
            own: BTreeMap::new(),
            mixed: HashMap::new(),
            newest_first: OnceLock::new(),
        };
        let mut owners = BTreeSet::new();
        condition.owners(&mut owners);
        let mut lists = Vec::new();
        condition.owner_lists(&mut lists);
        // Owners in the same lists get the same answers.
        let mut alike: HashMap<Vec<bool>, usize> = HashMap::new();
        let mut left: HashMap<(usize, u32), Condition> = HashMap::new();
        for owner in owners {
            let mut own = own_cells(here, cells, owner)?;
            let mut among: Vec<bool> = lists.iter().map(|list| list.binary_search(&owner).is_ok()).collect();
            among.push(owner == 0);
            let next = alike.len();
            let kind = *alike.entry(among).or_insert(next);
            for cell in &mut own {
                let rest = match left.entry((kind, cells.class_of[cell.at])) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(slot) => {
                        slot.insert(condition.in_class(cells.class(cell.at), Owner::Is(owner), here)?)
                    }
                };
                cell.passes = rest.for_account(cells.accounts[cell.at]);
                if cell.passes != passing.cell(cell.at) {
                    passing.mixed.entry(cell.at).or_default().push((owner, cell.passes));
                }
            }
            passing.own.insert(owner, own);
        }
        Ok(passing)
    }

    /// Whether a stranger's tickets in the cell pass.
    pub(super) fn cell(&self, at: usize) -> bool {
        has_bit(&self.bits, at)
    }

    /// The owners whose tickets in the cell get another answer than the cell, with that answer.
    pub(super) fn mixed(&self, at: usize) -> &[(i64, bool)] {
        self.mixed.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Whether this owner's tickets in the cell pass.
    pub(super) fn passes(&self, at: usize, owner: i64) -> bool {
        let mixed = self.mixed(at);
        match mixed.binary_search_by_key(&owner, |(o, _)| *o) {
            Ok(place) => mixed[place].1,
            Err(_) => self.cell(at),
        }
    }

    /// How many cells of own tickets are told apart.
    pub(super) fn own_cells(&self) -> usize {
        self.own.values().map(Vec::len).sum()
    }

    /// Positions of the cells that pass, those with the newest tickets first; `None` where they are many.
    pub(super) fn newest_first(&self, cells: &Cells) -> Option<&[u32]> {
        let few = FEW.max(cells.len() / 64);
        let found = self.newest_first.get_or_init(|| {
            let mut found: Vec<u32> = self.cells().take(few + 1).map_while(|at| at.try_into().ok()).collect();
            found.sort_unstable_by_key(|at| (cells.newest[*at as usize], *at));
            (found.len() <= few).then(|| found.into())
        });
        found.as_deref()
    }

    /// Positions of the cells that pass, ascending.
    pub(super) fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        set_bits(&self.bits)
    }

    /// Tickets that pass in the classes of cells that `wanted` picks.
    pub(super) fn count(&self, cells: &Cells, wanted: impl Fn(usize) -> bool) -> u64 {
        let strangers: u64 = (0..self.counts.len())
            .filter(|&class| wanted(class))
            .map(|class| self.counts[class])
            .sum();
        let own = self.own.values().flatten();
        let own = own.filter(|o| o.passes != self.cell(o.at) && wanted(cells.class_of[o.at] as usize));
        own.fold(strangers, |sum, o| if o.passes { sum + o.count } else { sum - o.count })
    }

    /// What passes here and does not pass there.
    pub(super) fn less(&self, other: &Self, cells: &Cells) -> Self {
        self.with(other, cells, |here, there| here & !there)
    }

    /// What passes here or there.
    pub(super) fn or(&self, other: &Self, cells: &Cells) -> Self {
        self.with(other, cells, |here, there| here | there)
    }

    /// Both taken together, bit by bit.
    fn with(&self, other: &Self, cells: &Cells, both: fn(u64, u64) -> u64) -> Self {
        let bits: Vec<u64> = self.bits.iter().zip(&other.bits).map(|(a, b)| both(*a, *b)).collect();
        let mut counts = vec![0; self.counts.len()];
        for at in set_bits(&bits) {
            counts[cells.class_of[at] as usize] += cells.counts[at];
        }
        let mut left = Self {
            bits,
            counts,
            own: BTreeMap::new(),
            mixed: HashMap::new(),
            newest_first: OnceLock::new(),
        };
        for (&owner, list) in self.own.iter().chain(&other.own) {
            let mut own = list.clone();
            if left.own.contains_key(&owner) {
                continue;
            }
            for cell in &mut own {
                let (here, there) = (self.passes(cell.at, owner), other.passes(cell.at, owner));
                cell.passes = both(here.into(), there.into()) & 1 == 1;
                if cell.passes != left.cell(cell.at) {
                    left.mixed.entry(cell.at).or_default().push((owner, cell.passes));
                }
            }
            left.own.insert(owner, own);
        }
        left.mixed.values_mut().for_each(|mixed| mixed.sort_unstable());
        left
    }

    /// Tickets that pass here and do not pass there.
    pub(super) fn count_beyond(&self, other: &Self, cells: &Cells) -> u64 {
        let bits: Vec<u64> = self.bits.iter().zip(&other.bits).map(|(a, b)| a & !b).collect();
        let strangers: u64 = set_bits(&bits).map(|at| cells.counts[at]).sum();
        let mut own: BTreeMap<(i64, usize), u64> = BTreeMap::new();
        for (owner, list) in self.own.iter().chain(&other.own) {
            own.extend(list.iter().map(|o| ((*owner, o.at), o.count)));
        }
        own.iter().fold(strangers, |sum, (&(owner, at), count)| {
            let now = self.passes(at, owner) && !other.passes(at, owner);
            match (has_bit(&bits, at), now) {
                (false, true) => sum + count,
                (true, false) => sum - count,
                _ => sum,
            }
        })
    }
}

fn has_bit(bits: &[u64], at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

/// Positions of the bits that are set, ascending.
fn set_bits(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(word, &bits)| {
        std::iter::successors(Some(bits), |b| Some(b & b.wrapping_sub(1)))
            .take_while(|b| *b != 0)
            .map(move |b| word * 64 + b.trailing_zeros() as usize)
    })
}

/// Marks the cells of a class for whose account the rest of the condition holds; returns how many tickets they hold.
fn mark(left: &Condition, class: &Class, cells: &Cells, bits: &mut [u64]) -> u64 {
    let range = class.range.clone();
    let mut set = |at: usize| bits[at / 64] |= 1 << (at % 64);
    if let Condition::Const(value) = left {
        if *value {
            range.for_each(set);
            return class.total;
        }
        return 0;
    }
    let accounts = &cells.accounts[range.clone()];
    let mut count = 0;
    if let Some(only) = left.only_accounts().filter(|only| only.len() * 4 < accounts.len()) {
        for account in only {
            if let Ok(at) = accounts.binary_search(&account)
                && left.for_account(account)
            {
                set(range.start + at);
                count += cells.counts[range.start + at];
            }
        }
        return count;
    }
    for (at, &account) in range.zip(accounts) {
        if left.for_account(account) {
            set(at);
            count += cells.counts[at];
        }
    }
    count
}
