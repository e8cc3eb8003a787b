//! Who sees what, asked of the store: a model's tree is reduced by settings and person, and what is left is asked
//! of the cells in memory ([`Eyes::count`], [`Eyes::page`]) or of SQLite ([`Eyes::each`]).
//!
//! One look: [`DirectoryCache::get`], [`CellCache::get`], [`PersonFacts::load`] (for a draft: inside `what_if`), then
//! [`Eyes::new`].

mod assumed;
mod cells;
mod changed;
mod compile;
mod condition;
mod directory;
pub mod exposure;
mod flip;
pub mod heat;
mod kept;
mod leaves;
mod links;
mod memory;
mod objects;
pub(crate) mod owners_home;
mod page;
mod passing;
mod person;
mod places;
mod question;
mod reason;
mod sql;
mod subject;
#[cfg(test)]
mod tests;
mod unconfirmed;
mod untold;
pub mod who;
mod within;

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use portico_core::access::decide::{Case, holds};
use portico_core::access::known::ForPerson;
use portico_core::access::model::AccessModel;
use portico_core::access::rule::{Node, not};
use rusqlite::Connection;

pub use cells::{CellCache, Cells};
pub use changed::Change;

pub use directory::{Directory, DirectoryCache, QueueEntry, model, setting_value, settings};
pub use flip::answer_apart;
pub use kept::Kept;
pub use page::Cursor;
pub use passing::Tab;
pub use person::PersonFacts;
pub use places::PlaceNames;
pub use question::Question;
pub use reason::{Reasoned, Row};
pub(crate) use who::people_where;

use crate::error::{Result, StoreError};
use crate::snapshot::{self, Ticket};
use compile::Compiler;
use condition::Condition;
use directory::Here;
use kept::{Known, Open, Seen};
use passing::{ByClass, Passing};
use sql::{Where, Writer};

/// How many tickets an answer has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that are certain.
    pub all: u64,
    /// Of them, those under the tab Open.
    pub open: u64,
    /// Of them, the others.
    pub closed: u64,
    /// Tickets for which it cannot be told.
    pub unknown: u64,
}

/// How a list differs from the one other eyes see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Tickets that only these eyes see.
    pub gained: u64,
    /// Tickets that only the others see.
    pub lost: u64,
}

/// What is certain, and what may be.
#[derive(Debug, Clone)]
struct Bounds {
    lower: Node,
    upper: Node,
    certain: bool,
}

/// The eyes of one person over the attached snapshot. Answers are kept, so ask several questions of the same eyes.
pub struct Eyes<'a> {
    here: Here<'a>,
    model: &'a AccessModel,
    person: &'a PersonFacts,
    cells: &'a Cells,
    /// What the tab Open shows, once that was asked.
    open: OnceCell<Open>,
    known: Known<'a>,
}

impl<'a> Eyes<'a> {
    /// Looks through a person's eyes. `directory` and `cells` must belong to the workspace behind `c`; `person` may
    /// have been read elsewhere (a draft).
    pub fn new(
        c: &'a Connection,
        model: &'a AccessModel,
        directory: &'a Directory,
        person: &'a PersonFacts,
        cells: &'a Cells,
    ) -> Result<Self> {
        Ok(Self {
            here: Here::new(c, directory),
            model,
            person,
            cells,
            open: OnceCell::new(),
            known: Known::Here(RefCell::default()),
        })
    }

    /// Whether the tab Open shows a class of cells, by class. There are thousands, and answers that are kept need none.
    fn open(&self) -> Result<Open> {
        if let Some(open) = self.open.get().or_else(|| self.known.open()) {
            return Ok(Arc::clone(open));
        }
        let tab = self
            .model
            .open_tab
            .reduce(&ForPerson {
                person: self.person,
                workspace: &self.here,
            })
            .lower();
        let tab = Compiler::new(&self.here, self.person).compile(&tab)?;
        let mut by_class = ByClass::new(&tab);
        let mut open = Vec::with_capacity(self.cells.classes.len());
        for class in &self.cells.classes {
            open.push(matches!(by_class.left(class, &self.here)?, Condition::Const(true)));
        }
        let open: Open = open.into();
        self.known.keep_open(&open);
        Ok(Arc::clone(self.open.get_or_init(|| open)))
    }

    /// The same, where answers are kept for the next look. `kept` is of the directory or of a draft.
    pub fn of(
        c: &'a Connection,
        model: &'a AccessModel,
        directory: &'a Directory,
        kept: &'a Kept,
        cells: &'a Cells,
    ) -> Result<Self> {
        let eyes = Self::new(c, model, directory, kept.facts(), cells)?;
        // Some of the cells, or those of other tickets, are other answers.
        let known = if cells.are_of(&directory.snapshot) {
            Known::Kept(kept)
        } else {
            Known::Here(RefCell::default())
        };
        Ok(Self { known, ..eyes })
    }

    /// The person whose eyes these are.
    pub fn person(&self) -> &PersonFacts {
        self.person
    }

    /// The model they look by.
    pub fn model(&self) -> &AccessModel {
        self.model
    }

    /// The tree behind a question.
    pub fn tree(&self, question: &Question) -> Result<Node> {
        question.tree(self.model)
    }

    fn bounds(&self, question: &Question) -> Result<Bounds> {
        if *question == Question::Untold {
            return self.untold_bounds();
        }
        let node = self.tree(question)?.reduce(&ForPerson {
            person: self.person,
            workspace: &self.here,
        });
        Ok(Bounds {
            lower: node.lower(),
            upper: node.upper(),
            certain: node.is_certain(),
        })
    }

    fn seen(&self, question: &Question) -> Result<Seen> {
        if let Some(seen) = self.known.get(question) {
            return Ok(seen);
        }
        let seen = if *question == Question::Untold {
            self.seen_untold()?
        } else {
            self.seen_first(question)?
        };
        self.known.put(question, &seen);
        Ok(seen)
    }

    fn seen_first(&self, question: &Question) -> Result<Seen> {
        let bounds = self.bounds(question)?;
        let compiler = Compiler::new(&self.here, self.person);
        let within = self.within(question)?;
        let passing = |node: &Node| {
            let condition = within::narrowed(compiler.compile(node)?, within.as_ref());
            Passing::of(&condition, &self.here, self.cells).map(Arc::new)
        };
        let lower = passing(&bounds.lower)?;
        let upper = if bounds.certain {
            Arc::clone(&lower)
        } else {
            passing(&bounds.upper)?
        };
        Ok(Seen::between(lower, upper))
    }

    /// How many tickets, exactly.
    pub fn count(&self, question: &Question) -> Result<Counts> {
        self.counted(&self.seen(question)?)
    }

    fn counted(&self, seen: &Seen) -> Result<Counts> {
        if let Some(counts) = seen.counts.get() {
            return Ok(*counts);
        }
        let shown = self.open()?;
        let all = seen.lower.count(self.cells, |_| true);
        let open = seen.lower.count(self.cells, |class| shown[class]);
        let unknown = if Arc::ptr_eq(&seen.lower, &seen.upper) {
            0
        } else {
            seen.upper.count(self.cells, |_| true) - all
        };
        Ok(*seen.counts.get_or_init(|| Counts {
            all,
            open,
            closed: all - open,
            unknown,
        }))
    }

    /// Hands over the ids of all tickets that are certain (or, with `unknown`, of those for which it cannot be told),
    /// in the portal's order, read by SQLite from the tickets themselves.
    pub fn each(&self, question: &Question, unknown: bool, visit: &mut dyn FnMut(i64) -> Result<()>) -> Result<()> {
        let bounds = self.bounds(question)?;
        if unknown && bounds.certain {
            return Ok(());
        }
        let mut writer = Writer {
            here: &self.here,
            person: self.person,
            out: Where::default(),
        };
        if unknown {
            writer.node(&Node::All(vec![bounds.upper, not(bounds.lower)]))?;
        } else {
            writer.node(&bounds.lower)?;
        }
        if let Some(within) = self.within(question)? {
            writer.out.text.push_str(&within.written());
        }
        let sql = format!(
            "SELECT t.id FROM tickets.ticket t WHERE {} ORDER BY t.age, t.id",
            writer.out.text
        );
        let mut statement = self.here.c.prepare(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(&writer.out.params))?;
        while let Some(row) = rows.next()? {
            visit(row.get(0)?)?;
        }
        Ok(())
    }

    /// Whether the ticket is among those of the question; `None` where it cannot be told.
    pub fn sees(&self, question: &Question, ticket: &Ticket) -> Result<Option<bool>> {
        if *question == Question::Untold {
            return self.is_untold(ticket).map(Some);
        }
        if !self.lies_within(question, ticket)? {
            return Ok(Some(false));
        }
        self.answer(&self.tree(question)?, ticket)
    }

    /// The answer of a tree about a ticket.
    pub fn answer(&self, node: &Node, ticket: &Ticket) -> Result<Option<bool>> {
        let subject = self.here.subject(ticket);
        let answer = holds(
            node,
            &Case {
                person: self.person,
                subject: &subject,
                workspace: &self.here,
            },
        );
        self.here.checked(answer)
    }

    /// The answer of a tree about something else than a ticket: a queue, a type, a state, an activity.
    pub fn answer_about(
        &self,
        node: &Node,
        subject: &dyn portico_core::access::decide::Subject,
    ) -> Result<Option<bool>> {
        let answer = holds(
            node,
            &Case {
                person: self.person,
                subject,
                workspace: &self.here,
            },
        );
        self.here.checked(answer)
    }

    /// How a question's tickets differ from those that other eyes over the same snapshot see.
    pub fn difference(&self, other: &Eyes<'_>, question: &Question) -> Result<Difference> {
        let (mine, theirs) = (self.seen(question)?.lower, other.seen(question)?.lower);
        Ok(Difference {
            gained: mine.count_beyond(&theirs, self.cells),
            lost: theirs.count_beyond(&mine, self.cells),
        })
    }

    /// The ticket's queue.
    pub fn queue(&self, ticket: &Ticket) -> QueueEntry {
        self.here.directory.queue(ticket)
    }

    fn ticket(&self, id: i64) -> Result<Ticket> {
        snapshot::ticket(self.here.c, id)?.ok_or_else(|| StoreError::NotFound {
            what: "ticket",
            key: id.to_string(),
        })
    }
}
