//! The reverse question: who can see this ticket, or something said on it.
//!
//! The tree is reduced by the settings and the ticket, and what is left is asked of sets of people ([`people`]): of whom
//! a fact holds is found out once for as long as nothing changes. In a state that is not committed it is asked in SQL:
//! the most selective of its sets names those who come into question, the whole of it is asked of each of them.

mod known;
mod objects;
mod people;
mod sets;
#[cfg(test)]
mod tests;
mod tree;
mod values;

use portico_core::access::decide::{Case, Person, Subject, decide, holds};
use portico_core::access::fact::{Dimension, Key, Set};
use portico_core::access::known::ForTicket;
use portico_core::access::model::AccessModel;
use portico_core::access::rule::{Node, any, not};
use portico_core::id::ExternalUserId;
use portico_core::model::Activity;
use rusqlite::{Connection, Row, params_from_iter};

use super::Reasoned;
use super::directory::{Directory, Here};
use super::kept::is_reader;
use super::memory::Memory;
use super::subject::TicketSubject;
use crate::error::{Result, StoreError};
use crate::snapshot::Ticket;
use crate::table::cell;
pub(super) use known::KnownPeople;
use sets::Params;
use tree::{Writer, Written};

/// Above so many candidates people are picked in the order of the page, until it is full.
const MANY: usize = if cfg!(test) { 2 } else { 1_000 };

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

    fn write(&self, node: &Node) -> Result<(Written, Params)> {
        let mut writer = Writer {
            here: &self.here,
            subject: &self.subject,
            params: Params::default(),
        };
        let written = writer.node(node)?;
        Ok((written, writer.params))
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
            let count = self.count_of(&tree)?;
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
        self.count_of(&bare(&self.tree(seers)))
    }

    /// A page of people by login, after a cursor.
    pub fn ids(&self, seers: Seers, after: Option<&SeerCursor>, limit: usize) -> Result<Vec<SeerCursor>> {
        let tree = bare(&self.tree(seers));
        if is_reader(self.here.c)? {
            return self.in_order(&self.people(&tree)?, after, limit);
        }
        let (written, mut params) = self.write(&tree)?;
        if written.text == "0" || limit == 0 {
            return Ok(Vec::new());
        }
        let few = match &written.candidates {
            Some(found) if params.count(self.here.c, &found.raw, MANY + 1)? <= MANY => Some(found.raw.as_slice()),
            _ => None,
        };
        let after = after.map(|after| {
            let login = params.add(after.login.clone());
            let id = params.add(after.id.as_bytes().to_vec());
            format!(" AND (u.login, u.id) > ({login}, {id})")
        });
        let after = after.unwrap_or_default();
        let Some(few) = few else {
            let limit = params.add(i64::try_from(limit).unwrap_or(i64::MAX));
            let from = from(None);
            let sql = format!(
                "SELECT u.login, u.id FROM {from}{after} AND {} ORDER BY u.login, u.id LIMIT {limit}",
                written.text
            );
            return self.cursors(&sql, &params);
        };
        // In the order of the page, so that those after it need not be asked.
        let from = from(Some(few));
        let in_order = format!("SELECT u.login, u.id FROM {from}{after} ORDER BY u.login, u.id");
        let id = params.add(Vec::new());
        let is_one = format!(
            "SELECT EXISTS (SELECT 1 FROM external_user u WHERE u.id = {id} AND {})",
            written.text
        );
        let mut found = Vec::new();
        for at in self.cursors(&in_order, &params)? {
            if found.len() == limit {
                break;
            }
            if let Some(last) = params.0.last_mut() {
                *last = at.id.as_bytes().to_vec().into();
            }
            if params.number(self.here.c, &is_one)? != 0 {
                found.push(at);
            }
        }
        Ok(found)
    }

    fn cursors(&self, sql: &str, params: &Params) -> Result<Vec<SeerCursor>> {
        let cursor = |r: &Row<'_>| {
            Ok(SeerCursor {
                login: r.get(0)?,
                id: cell::column(r, 1)?,
            })
        };
        let mut statement = self.here.c.prepare_cached(sql)?;
        let used = statement.parameter_count();
        let rows = statement.query_map(params_from_iter(params.0.iter().take(used)), cursor)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A page with everything that is told of each person.
    pub fn page(&self, seers: Seers, after: Option<&SeerCursor>, limit: usize) -> Result<Vec<Seer>> {
        // What follows from accounts alone is read once for people who have the same.
        let (sets, mut memory) = (self.model.sets_under(self.here.directory.settings()), Memory::default());
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
        let opened = decide(&self.openable(), &case);
        let listed = decide(&self.listed(), &case);
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

/// The people who come into question, as a source that further conditions can follow with AND.
fn from(candidates: Option<&[String]>) -> String {
    match candidates {
        None => "external_user u WHERE u.present = 1".to_owned(),
        Some([]) => "external_user u WHERE 0".to_owned(),
        Some(queries) => format!(
            "(SELECT 0 AS id WHERE 0 UNION {}) k CROSS JOIN external_user u ON u.id = k.id WHERE u.present = 1",
            queries.join(" UNION ")
        ),
    }
}
