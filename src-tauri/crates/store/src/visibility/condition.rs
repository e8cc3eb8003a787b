//! A reduced tree in the numbers of a snapshot, read for cells.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use portico_core::access::fact::{AccountRow, Fold};

use super::cells::Class;
use super::directory::Here;
use crate::error::Result;
use crate::snapshot::Compare;

/// A tree without settings and rules; everything it needs to know about the person is in it.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Const(bool),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The ticket's owner is one of these, in order.
    Owner(Arc<[i64]>),
    /// The ticket's owner is the person; the condition is shared, and who that is is said when it is asked.
    Mine(Fold),
    HasOwner,
    /// The ticket's account is one of these.
    Account(Accounts),
    HasAccount,
    /// The ticket's queue is one of those that are true here.
    Queue(Arc<[bool]>),
    /// The kind of the ticket's state is one of those that are true here.
    Kind(Arc<[bool]>),
    Archived,
    /// The ticket's account has a row on the ticket's group.
    Row(Rc<RowCondition>),
}

/// Numbers of accounts, as a list and (where it is long) as a map of bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accounts {
    /// Ordered, each once.
    list: Rc<[i64]>,
    bits: Option<Rc<[u64]>>,
}

impl Accounts {
    /// Above so many a look at a bit is quicker than a search.
    const MANY: usize = 4;

    /// From numbers in order, each once.
    pub(super) fn new(list: Rc<[i64]>) -> Self {
        let at = |id: i64| usize::try_from(id).unwrap_or(0);
        let bits = (list.len() > Self::MANY).then(|| {
            let mut bits = vec![0_u64; at(list.last().copied().unwrap_or(0)) / 64 + 1];
            for &id in list.iter() {
                bits[at(id) / 64] |= 1 << (at(id) % 64);
            }
            bits.into()
        });
        Self { list, bits }
    }

    /// The numbers, in order.
    pub(super) fn list(&self) -> &[i64] {
        &self.list
    }

    fn contains(&self, id: i64) -> bool {
        let Some(bits) = &self.bits else {
            return id != 0 && self.list.binary_search(&id).is_ok();
        };
        let at = usize::try_from(id).unwrap_or(0);
        at != 0 && bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

/// Which accounts have a row on a group, less some; found out group by group.
#[derive(Debug)]
pub(super) struct RowCondition {
    row: AccountRow,
    except: HashSet<String>,
    by_group: RefCell<HashMap<String, Accounts>>,
}

impl RowCondition {
    pub(super) fn new(row: AccountRow, except: HashSet<String>) -> Self {
        Self {
            row,
            except,
            by_group: RefCell::default(),
        }
    }

    fn on(&self, group: &str, here: &Here<'_>) -> Result<Accounts> {
        if let Some(accounts) = self.by_group.borrow().get(group) {
            return Ok(accounts.clone());
        }
        let rows = here.directory.rows(here.c, group, self.row.any_of)?;
        let mut ids: Vec<i64> = rows
            .iter()
            .filter(|(_, k)| !self.except.contains(k))
            .map(|(id, _)| *id)
            .collect();
        ids.dedup();
        let accounts = Accounts::new(ids.into());
        self.by_group.borrow_mut().insert(group.to_owned(), accounts.clone());
        Ok(accounts)
    }
}

pub(super) fn compare(fold: Fold) -> Compare {
    match fold {
        Fold::Exact => Compare::Exact,
        Fold::Simple => Compare::Simple,
        Fold::Full => Compare::Full,
    }
}

/// Whose tickets are meant while cells are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Those of people whom no rule here speaks of.
    Stranger,
    /// Those of this person.
    Is(i64),
    /// Those of this person, who is under these comparisons the one who looks.
    Myself(i64, Folds),
}

impl Owner {
    pub(super) fn id(self) -> Option<i64> {
        match self {
            Self::Stranger => None,
            Self::Is(id) | Self::Myself(id, _) => Some(id),
        }
    }

    fn is_me(self, fold: Fold) -> bool {
        matches!(self, Self::Myself(_, folds) if folds.has(fold))
    }
}

/// Some of the comparisons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Folds(u8);

impl Folds {
    pub(super) const ALL: [Fold; 3] = [Fold::Exact, Fold::Simple, Fold::Full];

    pub(super) fn add(&mut self, fold: Fold) {
        self.0 |= 1 << fold as u8;
    }

    pub(super) fn has(self, fold: Fold) -> bool {
        self.0 >> fold as u8 & 1 == 1
    }
}

impl Condition {
    /// The people this condition speaks of.
    pub(super) fn owners(&self, found: &mut BTreeSet<i64>) {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|c| c.owners(found)),
            Self::Not(inner) => inner.owners(found),
            Self::Owner(ids) => found.extend(ids.iter()),
            // Tickets without an owner are not a stranger's.
            Self::HasOwner => {
                found.insert(0);
            }
            _ => {}
        }
    }

    /// The lists of owners in it.
    pub(super) fn owner_lists<'c>(&'c self, found: &mut Vec<&'c [i64]>) {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().for_each(|c| c.owner_lists(found)),
            Self::Not(inner) => inner.owner_lists(found),
            Self::Owner(ids) => found.push(ids),
            _ => {}
        }
    }

    /// What is left to ask about the account, for the cells of a class and tickets of this owner.
    pub(super) fn in_class(&self, class: &Class, owner: Owner, here: &Here<'_>) -> Result<Self> {
        let at = |list: &[bool], id: usize| list.get(id).copied().unwrap_or(false);
        Ok(match self {
            Self::Const(_) | Self::Account(_) | Self::HasAccount => self.clone(),
            Self::All(list) => fold(list, false, |c| c.in_class(class, owner, here))?,
            Self::Any(list) => fold(list, true, |c| c.in_class(class, owner, here))?,
            Self::Not(inner) => match inner.in_class(class, owner, here)? {
                Self::Const(value) => Self::Const(!value),
                other => Self::Not(Box::new(other)),
            },
            Self::Owner(ids) => Self::Const(owner.id().is_some_and(|id| ids.binary_search(&id).is_ok())),
            Self::Mine(fold) => Self::Const(owner.is_me(*fold)),
            Self::HasOwner => Self::Const(owner.id() != Some(0)),
            Self::Queue(list) => Self::Const(at(list, class.queue)),
            Self::Kind(list) => Self::Const(at(list, class.kind)),
            Self::Archived => Self::Const(class.archived),
            Self::Row(row) => match here.directory.queues.get(class.queue) {
                Some(queue) if !queue.group.is_empty() => Self::Account(row.on(&queue.group, here)?),
                _ => Self::Const(false),
            },
        })
    }

    /// Whether it holds for tickets of a class, an account and an owner.
    pub(super) fn holds(&self, class: &Class, account: i64, owner: Owner, here: &Here<'_>) -> Result<bool> {
        let at = |list: &[bool], id: usize| list.get(id).copied().unwrap_or(false);
        Ok(match self {
            Self::All(list) => {
                for part in list {
                    if !part.holds(class, account, owner, here)? {
                        return Ok(false);
                    }
                }
                true
            }
            Self::Any(list) => {
                for part in list {
                    if part.holds(class, account, owner, here)? {
                        return Ok(true);
                    }
                }
                false
            }
            Self::Not(inner) => !inner.holds(class, account, owner, here)?,
            Self::Owner(ids) => owner.id().is_some_and(|id| ids.binary_search(&id).is_ok()),
            Self::Mine(fold) => owner.is_me(*fold),
            Self::HasOwner => owner.id() != Some(0),
            Self::Queue(list) => at(list, class.queue),
            Self::Kind(list) => at(list, class.kind),
            Self::Archived => class.archived,
            Self::Row(row) => match here.directory.queues.get(class.queue) {
                Some(queue) if !queue.group.is_empty() => row.on(&queue.group, here)?.contains(account),
                _ => false,
            },
            Self::Const(_) | Self::Account(_) | Self::HasAccount => self.for_account(account),
        })
    }

    /// Whether it holds for this account, once nothing else is left to ask.
    pub(super) fn for_account(&self, account: i64) -> bool {
        match self {
            Self::Const(value) => *value,
            Self::All(list) => list.iter().all(|c| c.for_account(account)),
            Self::Any(list) => list.iter().any(|c| c.for_account(account)),
            Self::Not(inner) => !inner.for_account(account),
            Self::Account(accounts) => accounts.contains(account),
            Self::HasAccount => account != 0,
            Self::Owner(_)
            | Self::Mine(_)
            | Self::HasOwner
            | Self::Queue(_)
            | Self::Kind(_)
            | Self::Archived
            | Self::Row(..) => false,
        }
    }

    /// The only accounts for which it can hold (ordered, each once), where there are few.
    pub(super) fn only_accounts(&self) -> Option<Vec<i64>> {
        match self {
            Self::Const(false) => Some(Vec::new()),
            Self::Account(accounts) => Some(accounts.list.to_vec()),
            Self::All(list) => list.iter().filter_map(Self::only_accounts).min_by_key(Vec::len),
            Self::Any(list) => {
                let mut ids = Vec::new();
                for part in list {
                    ids.extend(part.only_accounts()?);
                }
                ids.sort_unstable();
                ids.dedup();
                Some(ids)
            }
            _ => None,
        }
    }
}

/// Joins what is left of a junction; `decides` is the value that decides it.
fn fold(list: &[Condition], decides: bool, left: impl Fn(&Condition) -> Result<Condition>) -> Result<Condition> {
    let mut kept = Vec::new();
    for condition in list {
        match left(condition)? {
            Condition::Const(value) if value == decides => return Ok(Condition::Const(decides)),
            Condition::Const(_) => {}
            other => kept.push(other),
        }
    }
    Ok(joined(kept, decides))
}

/// A junction without what says nothing in it.
pub(super) fn joined(mut list: Vec<Condition>, decides: bool) -> Condition {
    if list
        .iter()
        .any(|c| matches!(c, Condition::Const(value) if *value == decides))
    {
        return Condition::Const(decides);
    }
    list.retain(|c| !matches!(c, Condition::Const(_)));
    match list.len() {
        0 => Condition::Const(!decides),
        1 => list.remove(0),
        _ if decides => Condition::Any(list),
        _ => Condition::All(list),
    }
}
