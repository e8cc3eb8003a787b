//! A reduced tree in the numbers of a snapshot, read for cells.

use std::collections::BTreeSet;
use std::sync::Arc;

use portico_core::access::decide::{Case, Nothing, Person};
use portico_core::access::fact::{AccountRow, Dimension, Fact, Fold, Key, Set};
use portico_core::access::rule::Node;

use super::cells::Class;
use super::directory::{Here, QueueEntry};
use crate::error::Result;
use crate::snapshot::{Compare, Dict, ids_of};

/// A tree without settings and rules; everything it needs to know about the person is in it.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Const(bool),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The ticket's owner is one of these.
    Owner(Arc<[i64]>),
    HasOwner,
    /// The ticket's account is one of these (ordered).
    Account(Arc<[i64]>),
    HasAccount,
    /// The ticket's queue is one of those that are true here.
    Queue(Arc<[bool]>),
    /// The kind of the ticket's state is one of those that are true here.
    Kind(Arc<[bool]>),
    Archived,
    /// The ticket's account has a row on the ticket's group.
    Row(AccountRow, Arc<[String]>),
}

pub(super) fn compare(fold: Fold) -> Compare {
    match fold {
        Fold::Exact => Compare::Exact,
        Fold::Simple => Compare::Simple,
        Fold::Full => Compare::Full,
    }
}

/// Turns trees into conditions for one person.
pub(super) struct Compiler<'a> {
    pub(super) here: &'a Here<'a>,
    pub(super) person: &'a dyn Person,
}

impl Compiler<'_> {
    /// The condition of a tree that is reduced by the person and bounded, so that nothing in it is unknown.
    pub(super) fn compile(&self, node: &Node) -> Result<Condition> {
        let list = |nodes: &[Node]| nodes.iter().map(|n| self.compile(n)).collect::<Result<Vec<_>>>();
        Ok(match node {
            Node::True => Condition::Const(true),
            // Bounded trees hold no unknown and no switch; were there one, it must not show anything.
            Node::False | Node::Unknown(_) | Node::Switch(..) => Condition::Const(false),
            Node::All(nodes) => Condition::All(list(nodes)?),
            Node::Any(nodes) => Condition::Any(list(nodes)?),
            Node::Not(node) => Condition::Not(Box::new(self.compile(node)?)),
            Node::Rule(_, node) => self.compile(node)?,
            Node::Is(fact) => self.fact(fact)?,
        })
    }

    fn values(&self, set: &Set) -> Vec<String> {
        let case = Case {
            person: self.person,
            subject: &Nothing,
            workspace: self.here,
        };
        case.values(set).map(std::borrow::Cow::into_owned).unwrap_or_default()
    }

    fn fact(&self, fact: &Fact) -> Result<Condition> {
        match fact {
            Fact::In(key, set, fold) => self.key_in(*key, &self.values(set), *fold),
            Fact::Only(key, set, fold) => {
                let values = self.values(set);
                if values.len() == 1 {
                    self.key_in(*key, &values, *fold)
                } else {
                    Ok(Condition::Const(false))
                }
            }
            Fact::Dimension(dimension) => Ok(self.dimension(dimension)),
            Fact::AccountRow(row) => {
                let except = row.except.map(|set| self.values(&set)).unwrap_or_default();
                Ok(Condition::Row(*row, except.into()))
            }
            Fact::Some(_) | Fact::One(_) | Fact::Flag(_) => {
                let case = Case {
                    person: self.person,
                    subject: &Nothing,
                    workspace: self.here,
                };
                Ok(Condition::Const(case.fact(fact) == Some(true)))
            }
        }
    }

    fn key_in(&self, key: Key, values: &[String], fold: Fold) -> Result<Condition> {
        Ok(match key {
            Key::Owner => Condition::Owner(self.ids(Dict::Owner, values, fold)?),
            Key::Account => Condition::Account(self.ids(Dict::Account, values, fold)?),
            Key::Group => self.queues(|q| !q.group.is_empty() && values.iter().any(|v| fold.same(v, &q.group))),
            Key::Service => Condition::Const(false),
        })
    }

    fn ids(&self, dict: Dict, values: &[String], fold: Fold) -> Result<Arc<[i64]>> {
        let mut ids = BTreeSet::new();
        for value in values {
            ids.extend(ids_of(self.here.c, dict, compare(fold), value)?);
        }
        Ok(ids.into_iter().collect())
    }

    fn queues(&self, holds: impl Fn(&QueueEntry) -> bool) -> Condition {
        Condition::Queue(self.here.directory.queues.iter().map(holds).collect())
    }

    fn dimension(&self, dimension: &Dimension) -> Condition {
        match dimension {
            Dimension::GroupValid => self.queues(|q| q.group_valid),
            Dimension::FollowUp(kind) => self.queues(|q| q.follow_up == *kind),
            Dimension::StateKind(kinds) => Condition::Kind(
                self.here
                    .directory
                    .kinds
                    .iter()
                    .map(|k| kinds.contains(&k.as_str()))
                    .collect(),
            ),
            Dimension::Has(Key::Owner) => Condition::HasOwner,
            Dimension::Has(Key::Account) => Condition::HasAccount,
            Dimension::Has(Key::Group) => self.queues(|q| !q.group.is_empty()),
            Dimension::Archived => Condition::Archived,
            Dimension::Has(Key::Service) | Dimension::Valid | Dimension::VisibleForCustomer => Condition::Const(false),
        }
    }
}

/// Whose tickets are meant while cells are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Those of people whom no rule here speaks of.
    Stranger,
    /// Those of this person.
    Is(i64),
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
            Self::Owner(ids) => Self::Const(matches!(owner, Owner::Is(id) if ids.contains(&id))),
            Self::HasOwner => Self::Const(owner != Owner::Is(0)),
            Self::Queue(list) => Self::Const(at(list, class.queue)),
            Self::Kind(list) => Self::Const(at(list, class.kind)),
            Self::Archived => Self::Const(class.archived),
            Self::Row(row, except) => {
                let Some(group) = here.directory.queues.get(class.queue).map(|q| q.group.as_str()) else {
                    return Ok(Self::Const(false));
                };
                if group.is_empty() {
                    return Ok(Self::Const(false));
                }
                let rows = here.directory.rows(here.c, group, row.any_of)?;
                let mut ids: Vec<i64> = rows
                    .iter()
                    .filter(|(_, k)| !except.contains(k))
                    .map(|(id, _)| *id)
                    .collect();
                ids.dedup();
                Self::Account(ids.into())
            }
        })
    }

    /// Whether it holds for this account, once nothing else is left to ask.
    pub(super) fn for_account(&self, account: i64) -> bool {
        match self {
            Self::Const(value) => *value,
            Self::All(list) => list.iter().all(|c| c.for_account(account)),
            Self::Any(list) => list.iter().any(|c| c.for_account(account)),
            Self::Not(inner) => !inner.for_account(account),
            Self::Account(ids) => account != 0 && ids.binary_search(&account).is_ok(),
            Self::HasAccount => account != 0,
            Self::Owner(_) | Self::HasOwner | Self::Queue(_) | Self::Kind(_) | Self::Archived | Self::Row(..) => false,
        }
    }

    /// The only accounts for which it can hold (ordered, each once), where there are few.
    pub(super) fn only_accounts(&self) -> Option<Vec<i64>> {
        match self {
            Self::Const(false) => Some(Vec::new()),
            Self::Account(ids) => Some(ids.to_vec()),
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
    Ok(match kept.len() {
        0 => Condition::Const(!decides),
        1 => kept.remove(0),
        _ if decides => Condition::Any(kept),
        _ => Condition::All(kept),
    })
}
