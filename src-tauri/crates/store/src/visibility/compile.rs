//! Turns trees into conditions: what a tree knows by names becomes numbers of the snapshot.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use portico_core::access::decide::{Case, Nothing, Person};
use portico_core::access::fact::{Dimension, Fact, Fold, Key, Place, Set};
use portico_core::access::rule::Node;

use super::condition::{Accounts, Condition, RowCondition, compare, joined};
use super::directory::{Here, QueueEntry};
use crate::error::Result;
use crate::snapshot::{Dict, ids_of, ids_of_any};

/// Above so many values they are looked up all at once and not kept.
const FEW: usize = 8;

/// Turns trees into conditions for one person; each fact once, however often the trees ask about it.
pub(super) struct Compiler<'a> {
    pub(super) here: &'a Here<'a>,
    person: &'a dyn Person,
    /// Whether the conditions are for everybody who differs from the person only in the login.
    shared: bool,
    known: RefCell<HashMap<Fact, Condition>>,
}

impl<'a> Compiler<'a> {
    /// For this person alone.
    pub(super) fn new(here: &'a Here<'a>, person: &'a dyn Person) -> Self {
        Self {
            here,
            person,
            shared: false,
            known: RefCell::default(),
        }
    }

    /// For everybody who differs from the person only in the login.
    pub(super) fn shared(here: &'a Here<'a>, person: &'a dyn Person) -> Self {
        Self {
            shared: true,
            ..Self::new(here, person)
        }
    }

    /// The condition of a tree that is reduced by the person and bounded, so that nothing in it is unknown.
    pub(super) fn compile(&self, node: &Node) -> Result<Condition> {
        let list = |nodes: &[Node]| nodes.iter().map(|n| self.compile(n)).collect::<Result<Vec<_>>>();
        Ok(match node {
            Node::True => Condition::Const(true),
            // Bounded trees hold no unknown and no switch; were there one, it must not show anything.
            Node::False | Node::Unknown(_) | Node::Switch(..) => Condition::Const(false),
            Node::All(nodes) => joined(list(nodes)?, false),
            Node::Any(nodes) => joined(list(nodes)?, true),
            Node::Not(node) => match self.compile(node)? {
                Condition::Const(value) => Condition::Const(!value),
                other => Condition::Not(Box::new(other)),
            },
            Node::Rule(_, node) => self.compile(node)?,
            Node::Is(fact) => self.fact(fact)?,
        })
    }

    fn fact(&self, fact: &Fact) -> Result<Condition> {
        // What is said about tickets by the workspace alone is the same for everybody.
        let common = match fact {
            Fact::Dimension(_) => true,
            Fact::In(_, set, _) | Fact::Only(_, set, _) => set.is_common(),
            _ => false,
        };
        let known = if common { &self.here.conditions } else { &self.known };
        if let Some(condition) = known.borrow().get(fact) {
            return Ok(condition.clone());
        }
        let condition = self.worked_out(fact)?;
        known.borrow_mut().insert(*fact, condition.clone());
        Ok(condition)
    }

    fn case(&self) -> Case<'_> {
        Case {
            person: self.person,
            subject: &Nothing,
            workspace: self.here,
        }
    }

    fn with_values<T>(&self, set: &Set, read: impl FnOnce(&[String]) -> T) -> T {
        read(&self.case().values(set).unwrap_or(Cow::Borrowed(&[])))
    }

    fn worked_out(&self, fact: &Fact) -> Result<Condition> {
        match fact {
            Fact::In(key, Set::Login, fold) | Fact::Only(key, Set::Login, fold)
                if self.shared && key.place() == Place::Owner =>
            {
                Ok(Condition::Mine(*fold))
            }
            Fact::In(key, set, fold) => self.with_values(set, |values| self.key_in(*key, values, *fold)),
            Fact::Only(key, set, fold) => self.with_values(set, |values| {
                if values.len() == 1 {
                    self.key_in(*key, values, *fold)
                } else {
                    Ok(Condition::Const(false))
                }
            }),
            Fact::Dimension(dimension) => Ok(self.dimension(dimension)),
            Fact::AccountRow(row) => {
                let except = row
                    .except
                    .map(|set| self.with_values(&set, |values| values.iter().cloned().collect()));
                Ok(Condition::Row(Rc::new(RowCondition::new(
                    *row,
                    except.unwrap_or_default(),
                ))))
            }
            Fact::Some(_) | Fact::One(_) | Fact::Flag(_) => Ok(Condition::Const(self.case().fact(fact) == Some(true))),
        }
    }

    fn key_in(&self, key: Key, values: &[String], fold: Fold) -> Result<Condition> {
        if values.is_empty() {
            return Ok(Condition::Const(false));
        }
        Ok(match key.place() {
            Place::Owner => Condition::Owner(self.ids(Dict::Owner, values, fold)?),
            Place::Home => Condition::Account(Accounts::new(
                self.ids(Dict::Account, values, fold)?.iter().copied().collect(),
            )),
            Place::OwnersHome => self.owners_home(values, fold)?,
            Place::Queue => self.queues_in(values, fold),
            Place::None => Condition::Const(false),
        })
    }

    pub(super) fn ids(&self, dict: Dict, values: &[String], fold: Fold) -> Result<Arc<[i64]>> {
        let c = self.here.c;
        let mut ids = if dict == Dict::Account && values.len() <= FEW {
            let mut ids = Vec::new();
            for value in values {
                ids.extend_from_slice(&self.account_ids(value, fold)?);
            }
            ids
        } else {
            ids_of_any(c, dict, compare(fold), values)?
        };
        ids.sort_unstable();
        ids.dedup();
        Ok(ids.into())
    }

    /// The numbers of one account; kept, because many people have the same.
    fn account_ids(&self, key: &str, fold: Fold) -> Result<Rc<[i64]>> {
        if let Some(ids) = self.here.accounts.borrow().get(&fold).and_then(|of| of.get(key)) {
            return Ok(Rc::clone(ids));
        }
        let ids: Rc<[i64]> = ids_of(self.here.c, Dict::Account, compare(fold), key)?.into();
        let mut known = self.here.accounts.borrow_mut();
        known.entry(fold).or_default().insert(key.to_owned(), Rc::clone(&ids));
        Ok(ids)
    }

    fn queues_in(&self, groups: &[String], fold: Fold) -> Condition {
        let directory = self.here.directory;
        if fold != Fold::Exact {
            let folded: HashSet<String> = groups.iter().map(|group| fold.apply(group)).collect();
            return self.queues(|q| !q.group.is_empty() && folded.contains(&fold.apply(&q.group)));
        }
        let mut queues = vec![false; directory.queues.len()];
        let mut any = false;
        for group in groups.iter().filter(|group| !group.is_empty()) {
            for &at in directory.queues_of(group) {
                queues[at] = true;
                any = true;
            }
        }
        if any {
            Condition::Queue(queues.into())
        } else {
            Condition::Const(false)
        }
    }

    fn queues(&self, holds: impl Fn(&QueueEntry) -> bool) -> Condition {
        let queues: Arc<[bool]> = self.here.directory.queues.iter().map(holds).collect();
        if queues.contains(&true) {
            Condition::Queue(queues)
        } else {
            Condition::Const(false)
        }
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
            Dimension::ExternalComments => self.queues(|q| q.external_comments),
            Dimension::Has(key) => match key.place() {
                Place::Owner => Condition::HasOwner,
                Place::Home => Condition::HasAccount,
                Place::Queue => self.queues(|q| !q.group.is_empty()),
                // No model asks the first.
                Place::OwnersHome | Place::None => Condition::Const(false),
            },
            Dimension::Archived => Condition::Archived,
            Dimension::Valid | Dimension::VisibleForCustomer | Dimension::Channel(_) => Condition::Const(false),
        }
    }
}
