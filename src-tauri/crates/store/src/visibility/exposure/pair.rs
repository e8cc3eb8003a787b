//! What two viewpoints, one of each state, come to: worked out once for all who share them.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::beyond::{Beyond, Classes, both_ways};
use super::tally::Tally;
use super::{Login, PersonDifference};
use crate::error::Result;
use crate::snapshot::{Dict, ids_of};
use crate::visibility::cells::Cells;
use crate::visibility::condition::{Condition, Folds, Owner, compare};
use crate::visibility::directory::Here;
use crate::visibility::leaves::Leaves;
use crate::visibility::passing::{OwnCell, own_cells};

/// What a person sees for certain, and what at most.
pub(super) struct Sight {
    pub(super) login: Option<bool>,
    pub(super) lower: Condition,
    /// `None` where all is certain.
    pub(super) upper: Option<Condition>,
}

impl Sight {
    pub(super) fn nothing() -> Self {
        Self {
            login: Some(false),
            lower: Condition::Const(false),
            upper: None,
        }
    }

    pub(super) fn upper(&self) -> &Condition {
        self.upper.as_ref().unwrap_or(&self.lower)
    }

    /// Whether a ticket of the cell is seen, for certain and at most.
    fn verdicts(&self, owner: Owner, at: usize, cells: &Cells, here: &Here<'_>) -> Result<[bool; 2]> {
        let (class, account) = (cells.class(at), cells.accounts[at]);
        let lower = self.lower.holds(class, account, owner, here)?;
        let upper = match &self.upper {
            Some(upper) => upper.holds(class, account, owner, here)?,
            None => lower,
        };
        Ok([lower, upper])
    }
}

/// Whether an account's tickets are seen before (for certain, at most) and after (for certain, at most).
type Verdicts = [bool; 4];

fn gained([_, then_most, now, _]: Verdicts) -> bool {
    now && !then_most
}

fn lost([then, _, _, now_most]: Verdicts) -> bool {
    then && !now_most
}

fn more([then, _, _, now_most]: Verdicts) -> bool {
    now_most && !then
}

fn less([_, then_most, now, _]: Verdicts) -> bool {
    then_most && !now
}

/// Two viewpoints and what strangers' tickets come to for everybody who shares them.
pub(super) struct Pair {
    then: Sight,
    now: Sight,
    pub(super) gained: Beyond,
    pub(super) lost: Beyond,
    /// What may be gained or lost at most, where it is not certain.
    most: Option<[Beyond; 2]>,
    pub(super) people: u32,
    /// Under which comparisons conditions speak of the person herself.
    mine: Folds,
    /// Owners whom conditions name.
    named: Vec<i64>,
}

/// Where tickets are looked up.
pub(super) struct Place<'a> {
    pub(super) cells: &'a Cells,
    pub(super) classes: &'a Classes,
    pub(super) before: &'a Here<'a>,
    pub(super) after: &'a Here<'a>,
    pub(super) owners: &'a OwnersCells,
}

/// So many cells are kept.
const KEPT: usize = if cfg!(test) { 10 } else { 500_000 };

/// The cells of owners whom conditions name: many people may have the same one among theirs.
#[derive(Default)]
pub(super) struct OwnersCells {
    known: RefCell<HashMap<i64, Rc<[OwnCell]>>>,
    kept: Cell<usize>,
}

impl OwnersCells {
    fn of(&self, owner: i64, here: &Here<'_>, cells: &Cells) -> Result<Rc<[OwnCell]>> {
        let mut known = self.known.borrow_mut();
        if let Some(own) = known.get(&owner) {
            return Ok(Rc::clone(own));
        }
        let own: Rc<[OwnCell]> = own_cells(here, cells, owner)?.into();
        let more = own.len() + 1;
        if self.kept.get() + more > KEPT {
            known.clear();
            self.kept.set(0);
        }
        self.kept.set(self.kept.get() + more);
        known.insert(owner, Rc::clone(&own));
        Ok(own)
    }
}

/// Above so many names and stretches of cells it takes long to work a pair out.
const HEAVY: usize = if cfg!(test) { 1 } else { 200 };

impl Pair {
    /// Whether it takes long to work it out.
    pub(super) fn is_heavy(&self) -> bool {
        self.named.len() + self.gained.ranges.len() + self.lost.ranges.len() > HEAVY
    }

    /// The same, before anybody was asked about.
    pub(super) fn for_nobody(self) -> Self {
        Self { people: 0, ..self }
    }

    pub(super) fn of([then, now]: [Sight; 2], at: &Place<'_>) -> Result<Self> {
        let both =
            |now: &Condition, then: &Condition| both_ways((now, at.after), (then, at.before), at.cells, at.classes);
        let (gained, lost, most) = if then.upper.is_none() && now.upper.is_none() {
            let [gained, lost] = both(&now.lower, &then.lower)?;
            (gained, lost, None)
        } else {
            let [gained, less] = both(&now.lower, then.upper())?;
            let [more, lost] = both(now.upper(), &then.lower)?;
            (gained, lost, Some([more, less]))
        };
        let mut leaves = Leaves::default();
        let mut named = std::collections::BTreeSet::new();
        for condition in [&then.lower, then.upper(), &now.lower, now.upper()] {
            condition.leaves(&mut leaves);
            condition.owners(&mut named);
        }
        let mine = leaves.mine;
        Ok(Self {
            gained,
            lost,
            most,
            people: 0,
            mine,
            named: named.into_iter().collect(),
            then,
            now,
        })
    }

    /// What it comes to for the person with this login; own tickets that differ from those of strangers are noted.
    pub(super) fn tell(&mut self, login: &str, at: &Place<'_>, tallies: [&mut Tally; 2]) -> Result<PersonDifference> {
        self.people += 1;
        let mut sums = [
            Some(&self.gained),
            Some(&self.lost),
            self.most.as_ref().map(|m| &m[0]),
            self.most.as_ref().map(|m| &m[1]),
        ]
        .map(|beyond| beyond.map_or(0, |b| b.count));
        let [gains, losses] = tallies;
        for (owner, list) in self.owners(login, at)? {
            for cell in list.iter() {
                let strangers = self.verdicts(Owner::Stranger, cell, at)?;
                let mine = self.verdicts(owner, cell, at)?;
                if mine == strangers {
                    continue;
                }
                for (sum, test) in sums.iter_mut().zip([gained, lost, more, less]) {
                    match (test(mine), test(strangers)) {
                        (true, false) => *sum += cell.count,
                        (false, true) => *sum = sum.saturating_sub(cell.count),
                        _ => {}
                    }
                }
                for (tally, test) in [(&mut *gains, gained as fn(Verdicts) -> bool), (&mut *losses, lost)] {
                    if test(mine) != test(strangers) {
                        tally.note(owner.id().unwrap_or(0), cell, test(mine));
                    }
                }
            }
        }
        let [gained, lost, more, less] = sums;
        Ok(PersonDifference {
            gained,
            lost,
            login: self.login(),
            unknown: self.most.is_some() && (more > gained || less > lost),
        })
    }

    fn login(&self) -> Login {
        match (self.then.login, self.now.login) {
            (Some(false), Some(true)) => Login::Gained,
            (Some(true), Some(false)) => Login::Lost,
            _ => Login::Same,
        }
    }

    /// Owners whose tickets may get another answer than their cells, with those tickets.
    fn owners(&self, login: &str, at: &Place<'_>) -> Result<Vec<(Owner, Rc<[OwnCell]>)>> {
        let mut folds: BTreeMap<i64, Folds> = self.named.iter().map(|id| (*id, Folds::default())).collect();
        for fold in Folds::ALL.into_iter().filter(|fold| self.mine.has(*fold)) {
            for id in ids_of(at.before.c, Dict::Owner, compare(fold), login)? {
                folds.entry(id).or_default().add(fold);
            }
        }
        let own = |(id, folds)| {
            // Nobody else has her own.
            let cells = if folds == Folds::default() {
                at.owners.of(id, at.before, at.cells)?
            } else {
                own_cells(at.before, at.cells, id)?.into()
            };
            Ok((Owner::Myself(id, folds), cells))
        };
        folds.into_iter().map(own).collect()
    }

    fn verdicts(&self, owner: Owner, cell: &OwnCell, at: &Place<'_>) -> Result<Verdicts> {
        let [then, then_most] = self.then.verdicts(owner, cell.at, at.cells, at.before)?;
        let [now, now_most] = self.now.verdicts(owner, cell.at, at.cells, at.after)?;
        Ok([then, then_most, now, now_most])
    }
}
