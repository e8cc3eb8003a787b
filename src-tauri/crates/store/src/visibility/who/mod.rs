//! The reverse question: who can see this ticket, or something said on it.
//!
//! The tree is reduced by the settings and the ticket, and what is left is asked of sets of people ([`people`]): of whom
//! a fact holds is found out once for as long as nothing changes.

mod facts;
mod hanging;
mod known;
mod numbers;
mod objects;
mod people;
mod reach;
mod sets;
#[cfg(test)]
mod tests;
mod values;

use portico_core::access::decide::{Case, Person, Subject, decide, holds};
use portico_core::access::explain::Explained;
use portico_core::access::fact::{Dimension, Key, Set};
use portico_core::access::hangs::hangs_on;
use portico_core::access::known::ForTicket;
use portico_core::access::model::AccessModel;
use portico_core::access::rule::{Node, any, not};
use portico_core::id::ExternalUserId;
use portico_core::model::Activity;
use rusqlite::Connection;

use super::Reasoned;
use super::directory::{Directory, Here};
use super::kept::is_reader;
use super::memory::Memory;
use super::subject::TicketSubject;
use crate::error::{Result, StoreError};
use crate::snapshot::Ticket;
pub(crate) use facts::people_where;
pub(super) use known::KnownPeople;

/// Which of those who see the ticket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Seers {
    /// All: a list shows it to them, or they can open it.
    #[default]
    All,
    /// Those of them who may log in.
    MayLogIn,
    /// Those to whom a list shows it.
    Listed,
    /// Those who can open it.
    Openable,
    /// Those of whom it cannot be told.
    Unknown,
}

/// How many people each part has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named like its variant of Seers")]
pub struct SeerCounts {
    pub all: u64,
    pub may_log_in: u64,
    pub listed: u64,
    pub openable: u64,
    pub unknown: u64,
}

/// Where a page ended: the login, and the id among equal ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeerCursor {
    /// The last login.
    pub login: String,
    /// The person.
    pub id: ExternalUserId,
}

/// Somebody who sees the ticket, or of whom it cannot be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Seer {
    /// Who.
    pub at: SeerCursor,
    /// Whether she may log in; `None` where it cannot be told.
    pub may_log_in: Option<bool>,
    /// The lists that show it to her.
    pub lists: Vec<&'static str>,
    /// Whether a list shows it; `None` where it cannot be told.
    pub listed: Option<bool>,
    /// Whether she can open it.
    pub openable: Option<bool>,
    /// Whether she can reply to it.
    pub reply: Option<bool>,
    /// Why: of opening it or, where only that is certain, of the list.
    pub why: Reasoned,
}

/// A ticket, or something said on it, about which everybody is asked.
pub struct Watched<'a> {
    here: Here<'a>,
    model: &'a AccessModel,
    subject: Shown<'a>,
    /// Of whom facts hold, where that must not stay: behind a connection that can write may be what is not committed.
    own: Option<KnownPeople>,
}

/// The ticket with, where one is meant, the activity.
struct Shown<'a> {
    ticket: TicketSubject<'a>,
    activity: Option<&'a Activity>,
}

impl Subject for Shown<'_> {
    fn key(&self, key: Key) -> &str {
        self.ticket.key(key)
    }

    fn is(&self, dimension: &Dimension) -> bool {
        match (dimension, self.activity) {
            (Dimension::VisibleForCustomer, Some(activity)) => activity.visible,
            (Dimension::Channel(kinds), Some(activity)) => {
                kinds.iter().any(|kind| kind.eq_ignore_ascii_case(&activity.channel))
            }
            (dimension, _) => self.ticket.is(dimension),
        }
    }
}

/// What is asked, bounded from below and above.
struct Bounds {
    lower: Node,
    upper: Node,
}

impl<'a> Watched<'a> {
    /// A ticket of the snapshot; with an activity, what is asked is who reads that.
    pub fn new(
        c: &'a Connection,
        model: &'a AccessModel,
        directory: &'a Directory,
        ticket: &'a Ticket,
        activity: Option<&'a Activity>,
    ) -> Self {
        let here = Here::new(c, directory);
        let ticket = here.subject(ticket);
        Self {
            here,
            model,
            subject: Shown { ticket, activity },
            own: (!is_reader(c).unwrap_or(false)).then(KnownPeople::default),
        }
    }

    fn listed(&self) -> Node {
        // What was said is read on the ticket's page only.
        if self.subject.activity.is_some() {
            Node::False
        } else {
            self.model.listed()
        }
    }

    fn openable(&self) -> Node {
        let page = self.model.openable.ro.clone();
        match self.subject.activity {
            Some(_) => Node::All(vec![page, self.model.activity.clone()]),
            None => page,
        }
    }

    fn bounds(&self, node: &Node) -> Bounds {
        let node = node.reduce(&ForTicket {
            subject: &self.subject,
            workspace: &self.here,
        });
        Bounds {
            lower: node.lower(),
            upper: node.upper(),
        }
    }

    /// The tree that holds for exactly these people.
    fn tree(&self, seers: Seers) -> Node {
        let seen = self.bounds(&any([self.listed(), self.openable()]));
        let certain = |node: Node| self.bounds(&node).lower;
        match seers {
            Seers::All => seen.lower,
            Seers::MayLogIn => Node::All(vec![certain(self.model.login.clone()), seen.lower]),
            Seers::Listed => certain(self.listed()),
            Seers::Openable => certain(self.openable()),
            // Where all is certain, it is of nobody.
            Seers::Unknown if seen.upper == seen.lower => Node::False,
            Seers::Unknown => Node::All(vec![seen.upper, not(seen.lower)]),
        }
    }

    /// How many people see it, exactly.
    pub fn counts(&self) -> Result<SeerCounts> {
        // What is listed can often be opened and the other way round: the same question is asked once.
        let mut known: Vec<(Node, u64)> = Vec::new();
        let mut count = |seers| {
            let tree = bare(&self.tree(seers));
            if let Some((_, count)) = known.iter().find(|(of, _)| *of == tree) {
                return Ok(*count);
            }
            let count = self.people(&tree)?.len();
            known.push((tree, count));
            Ok::<_, StoreError>(count)
        };
        Ok(SeerCounts {
            all: count(Seers::All)?,
            may_log_in: count(Seers::MayLogIn)?,
            listed: count(Seers::Listed)?,
            openable: count(Seers::Openable)?,
            unknown: count(Seers::Unknown)?,
        })
    }

    /// How many people one part has.
    pub fn count(&self, seers: Seers) -> Result<u64> {
        Ok(self.people(&bare(&self.tree(seers)))?.len())
    }

    /// A page of people by login, after a cursor.
    pub fn ids(&self, seers: Seers, after: Option<&SeerCursor>, limit: usize) -> Result<Vec<SeerCursor>> {
        self.in_order(&self.people(&bare(&self.tree(seers)))?, after, limit)
    }

    /// A page with everything that is told of each person.
    pub fn page(&self, seers: Seers, after: Option<&SeerCursor>, limit: usize) -> Result<Vec<Seer>> {
        // What follows from accounts alone is read once for people who have the same.
        let (sets, mut memory) = (self.here.directory.sets_of(self.model), Memory::default());
        let people = self.ids(seers, after, limit)?.into_iter();
        people.map(|at| self.seer(at, &sets, &mut memory)).collect()
    }

    fn seer(&self, at: SeerCursor, sets: &[Set], memory: &mut Memory) -> Result<Seer> {
        let facts = self.here.directory.facts_of(self.here.c, at.id, sets, memory)?;
        let facts = facts.ok_or_else(|| StoreError::NotFound {
            what: "external_user",
            key: at.id.to_string(),
        })?;
        let case = self.case(facts.facts());
        let mut lists = Vec::new();
        if self.subject.activity.is_none() {
            let shows = |list: &&portico_core::access::model::List| holds(&list.shows(), &case) == Some(true);
            lists.extend(self.model.lists.iter().filter(shows).map(|list| list.name));
        }
        let decided = |node: &Node| Explained {
            hangs_on: hangs_on(node, &case, &self.here.directory.unconfirmed),
            ..decide(node, &case)
        };
        let (opened, listed) = (decided(&self.openable()), decided(&self.listed()));
        // What is certain tells more than what cannot be told.
        let told = [Some(true), None].into_iter().find_map(|answer| {
            let by = [&opened, &listed].into_iter().find(|by| by.answer() == answer);
            by.map(Reasoned::from)
        });
        let why = told.unwrap_or_else(|| Reasoned::from(&opened));
        self.here.checked(Seer {
            may_log_in: holds(&self.model.login, &case),
            lists,
            listed: listed.answer(),
            openable: opened.answer(),
            reply: holds(&self.model.reply.allowed, &case),
            why,
            at,
        })
    }

    fn case<'c>(&'c self, person: &'c dyn Person) -> Case<'c> {
        Case {
            person,
            subject: &self.subject,
            workspace: &self.here,
        }
    }
}

/// The tree without the names of rules and without parts that say the same again.
fn bare(node: &Node) -> Node {
    let parts = |nodes: &[Node], same_kind: fn(Node) -> Result<Vec<Node>, Node>| {
        let mut kept: Vec<Node> = Vec::new();
        for node in nodes {
            let inner = same_kind(bare(node)).unwrap_or_else(|other| vec![other]);
            for part in inner {
                if !kept.contains(&part) {
                    kept.push(part);
                }
            }
        }
        kept
    };
    let one = |mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node| match nodes.len() {
        1 => nodes.remove(0),
        _ => join(nodes),
    };
    match node {
        Node::Rule(_, node) => bare(node),
        Node::Not(node) => not(bare(node)),
        Node::All(nodes) => {
            let flat = parts(nodes, |node| match node {
                Node::All(inner) => Ok(inner),
                other => Err(other),
            });
            one(flat, Node::All)
        }
        Node::Any(nodes) => {
            let flat = parts(nodes, |node| match node {
                Node::Any(inner) => Ok(inner),
                other => Err(other),
            });
            one(flat, Node::Any)
        }
        other => other.clone(),
    }
}
