//! Tickets with the rule that decided.

use portico_core::access::decide::{Case, Nothing, Subject, decide};
use portico_core::access::explain::{Decided, Explained};
use portico_core::access::hangs::hangs_on;
use portico_core::access::model::{List, Permission};
use portico_core::access::rule::{Node, Rule};
use portico_core::access::untold::Untold;

use super::page::Cursor;
use super::passing::Tab;
use super::places::PlaceNames;
use super::{Eyes, Question};
use crate::error::Result;
use crate::snapshot::Ticket;

/// An answer about a ticket and what decided it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasoned {
    /// The answer; `None` where it cannot be told.
    pub answer: Option<bool>,
    /// The rule that decided, and the facts that entered.
    pub decided: Decided,
    /// Rules that are only assumed and decided something.
    pub assumed: Vec<Rule>,
    /// What is missing, where it cannot be told.
    pub untold: Vec<Untold>,
}

impl From<&Explained> for Reasoned {
    fn from(explained: &Explained) -> Self {
        Self {
            answer: explained.answer(),
            decided: explained.decided(),
            assumed: explained.assumed(),
            untold: explained.untold(),
        }
    }
}

/// A ticket on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The ticket, its references as the desk's keys.
    pub ticket: Ticket,
    /// Name of the place where it lies; what it keeps of it where that is not recorded.
    pub place: String,
    /// Name of its state.
    pub state: String,
    /// Where it is in the order.
    pub at: Cursor,
    /// Why it is among the tickets of the question; for hidden ones, why no list shows it, and for those
    /// that cannot be told, why not.
    pub why: Reasoned,
    /// Whether it can be opened for reading; `None` where it cannot be told.
    pub openable: Option<bool>,
}

impl Eyes<'_> {
    /// A page with the reasons.
    pub fn rows(&self, question: &Question, tab: Tab, after: Option<Cursor>, limit: usize) -> Result<Vec<Row>> {
        let mut names = PlaceNames::default();
        self.page(question, tab, after, limit)?
            .into_iter()
            .map(|at| self.row(question, at, &mut names))
            .collect()
    }

    /// The answer of a tree about a ticket, with a verdict on every node.
    pub fn explain(&self, node: &Node, ticket: &Ticket) -> Result<Explained> {
        self.explain_about(node, &self.here.subject(ticket))
    }

    /// The answer of a tree that is about the person alone (log-in, whether a list is there).
    pub fn explain_alone(&self, node: &Node) -> Result<Explained> {
        self.explain_about(node, &Nothing)
    }

    /// The answer of a tree about something else than a ticket, with a verdict on every node.
    pub fn explain_about(&self, node: &Node, subject: &dyn Subject) -> Result<Explained> {
        let case = Case {
            person: self.person,
            subject,
            workspace: &self.here,
        };
        let hangs_on = hangs_on(node, &case, &self.here.directory.unconfirmed);
        let explained = Explained {
            hangs_on,
            ..decide(node, &case)
        };
        self.here.checked(explained)
    }

    pub(super) fn row(&self, question: &Question, at: Cursor, names: &mut PlaceNames) -> Result<Row> {
        let ticket = self.ticket(at.id)?;
        let why = self.why(question, &ticket)?;
        let openable = self.sees(&Question::Openable(Permission::Ro), &ticket)?;
        let place = names.of(self.here.c, self.model.sorted_by, &ticket)?;
        let state = self.here.directory.state_name(&ticket);
        Ok(Row {
            ticket,
            place,
            state,
            at,
            why,
            openable,
        })
    }

    /// Why the ticket is among those of the question, or not. For hidden tickets the reason is that of the search
    /// (where it does not find the ticket) or of the last list that does not show it.
    pub fn why(&self, question: &Question, ticket: &Ticket) -> Result<Reasoned> {
        if *question == Question::Untold {
            return self.why_untold(ticket);
        }
        if *question != Question::Hidden {
            return Ok(Reasoned::from(&self.explain(&self.tree(question)?, ticket)?));
        }
        let found = self.explain(&self.tree(&Question::Searchable(Permission::Ro))?, ticket)?;
        if found.answer() != Some(true) {
            return Ok(Reasoned::from(&found));
        }
        let last = self.model.lists.last().map(List::shows);
        match last {
            Some(node) => Ok(Reasoned::from(&self.explain(&node, ticket)?)),
            None => Ok(Reasoned::from(&found)),
        }
    }
}
