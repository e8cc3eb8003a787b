//! What is known before a tree is asked: the person for lists, the subject for "who can see".

use std::borrow::Cow;

use super::decide::{Case, Nothing, Person, Subject, Workspace};
use super::fact::{Fact, Flag, Set};
use super::rule::{Known, Node};
use super::setting::Value;

/// Knows the settings and the person, not the subject: what a list is reduced by.
pub struct ForPerson<'a> {
    /// Who asks.
    pub person: &'a dyn Person,
    /// Where.
    pub workspace: &'a dyn Workspace,
}

impl Known for ForPerson<'_> {
    fn fact(&self, fact: &Fact) -> Option<Node> {
        let case = Case {
            person: self.person,
            subject: &Nothing,
            workspace: self.workspace,
        };
        match fact {
            Fact::Some(_) | Fact::One(_) | Fact::Flag(_) => Some(constant(case.fact(fact))),
            // An empty set holds nobody's key; the key itself is the ticket's.
            Fact::In(_, set, _) => match case.values(set) {
                None => Some(Node::Unknown("a setting is missing")),
                Some(values) if values.is_empty() => Some(Node::False),
                Some(_) => None,
            },
            Fact::Only(_, set, _) => match case.values(set) {
                None => Some(Node::Unknown("a setting is missing")),
                Some(values) if values.len() != 1 => Some(Node::False),
                Some(_) => None,
            },
            Fact::Dimension(_) | Fact::AccountRow(_) => None,
        }
    }

    fn setting(&self, name: &str) -> Option<Option<Value>> {
        Some(self.workspace.setting(name))
    }
}

/// Knows the subject's own properties, neither the person nor the settings: what "who can see" is reduced by.
pub struct ForSubject<'a>(pub &'a dyn Subject);

impl Known for ForSubject<'_> {
    fn fact(&self, fact: &Fact) -> Option<Node> {
        match fact {
            Fact::Dimension(d) => Some(constant(Some(self.0.is(d)))),
            Fact::In(key, ..) | Fact::Only(key, ..) if self.0.key(*key).is_empty() => Some(Node::False),
            _ => None,
        }
    }

    fn setting(&self, _: &str) -> Option<Option<Value>> {
        None
    }
}

/// Knows the settings and the subject, not the person: what is left says who may.
pub struct ForTicket<'a> {
    /// About what.
    pub subject: &'a dyn Subject,
    /// Where.
    pub workspace: &'a dyn Workspace,
}

impl Known for ForTicket<'_> {
    fn fact(&self, fact: &Fact) -> Option<Node> {
        let same_for_all = match fact {
            Fact::Dimension(_) => true,
            Fact::In(key, ..) | Fact::Only(key, ..) if self.subject.key(*key).is_empty() => return Some(Node::False),
            Fact::AccountRow(row) => row.except.is_none_or(Set::is_common),
            fact => fact.set().is_some_and(Set::is_common),
        };
        same_for_all.then(|| {
            let case = Case {
                person: &Nobody,
                subject: self.subject,
                workspace: self.workspace,
            };
            constant(case.fact(fact))
        })
    }

    fn setting(&self, name: &str) -> Option<Option<Value>> {
        Some(self.workspace.setting(name))
    }
}

/// Stands in for the person where nothing is asked of her.
struct Nobody;

impl Person for Nobody {
    fn values(&self, _: &Set) -> Cow<'_, [String]> {
        Cow::Borrowed(&[])
    }

    fn flag(&self, _: Flag) -> bool {
        false
    }
}

fn constant(verdict: Option<bool>) -> Node {
    match verdict {
        Some(true) => Node::True,
        Some(false) => Node::False,
        None => Node::Unknown("a setting is missing"),
    }
}
