//! A workspace of one desk in the terms of another, as one who moves would set it up: so that it can be asked who
//! would see more or less there.
//!
//! Between two desks stands a middle form, which is a stream of batches like any other:
//! * accounts; people, each with her main account; the further accounts of a person ([`Batch::UserAccounts`]);
//! * accounts of hers whose tickets she sees ([`Batch::UserAccountViews`]);
//! * tickets whose owner is a person's key and whose account is an account's key, each or both empty.
//!
//! One half reads a desk into the middle form, another writes a desk from it; what either cannot keep as it is stands
//! in its [`Statement`]s. A desk without halves has no such accounts or people, and is not translated at all.
//!
//! Records come in an order: settings; accounts and addresses; contacts; links; people; tickets; activities.

mod daktela;
mod innosoft;
mod otobo;
mod registry;
#[cfg(test)]
mod tests;
mod zoho;

use std::collections::{BTreeMap, HashMap};

pub use registry::{DESKS, STATEMENTS};

use crate::model::{DeskSetting, SettingOrigin, Ticket};
use crate::snapshot::Batch;

/// What a statement means for those outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Somebody may see more than before.
    More,
    /// Somebody may see less than before.
    Less,
    /// It is not carried over; it decides nothing about which tickets are seen.
    Lost,
    /// It means the same there.
    Same,
}

/// What becomes of something on the way from one desk to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    /// A name that stays.
    pub id: &'static str,
    /// What it means for those outside.
    pub effect: Effect,
    /// What it says, in English.
    pub text: &'static str,
    /// Whether it is told how many records it is about.
    counted: bool,
}

impl Statement {
    const fn new(id: &'static str, effect: Effect, text: &'static str) -> Self {
        let counted = false;
        Self {
            id,
            effect,
            text,
            counted,
        }
    }

    const fn counted(id: &'static str, effect: Effect, text: &'static str) -> Self {
        let counted = true;
        Self {
            id,
            effect,
            text,
            counted,
        }
    }
}

/// A statement about one workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// What is said.
    pub statement: &'static Statement,
    /// How many records it is about; `None` where that is not counted.
    pub count: Option<u64>,
}

/// What is passed on, and how many records each statement was about.
#[derive(Debug, Default)]
struct Out {
    batches: Vec<Batch>,
    counts: BTreeMap<&'static str, u64>,
}

impl Out {
    fn give(&mut self, batch: Batch) {
        if !batch.is_empty() {
            self.batches.push(batch);
        }
    }

    fn note(&mut self, statement: &Statement, count: usize) {
        *self.counts.entry(statement.id).or_default() += count as u64;
    }
}

/// A half: of a desk's records makes those of the middle form, or the other way round.
trait Half: Send {
    /// What it says.
    fn statements(&self) -> &'static [Statement];

    /// Takes a batch; what comes of it is given to `out`.
    fn take(&mut self, batch: Batch, out: &mut Out);

    /// What is known only at the end.
    fn finish(&mut self, _out: &mut Out) {}
}

/// Translates the stream of one workspace.
pub struct Translator {
    from: Box<dyn Half>,
    to: Box<dyn Half>,
    counts: BTreeMap<&'static str, u64>,
}

impl Translator {
    /// Between two desks; `None` where there is no translation.
    pub fn new(from: &str, to: &str) -> Option<Self> {
        if from == to {
            return None;
        }
        Some(Self {
            from: registry::reads(from)?,
            to: registry::writes(to)?,
            counts: BTreeMap::new(),
        })
    }

    /// The next batch of the one desk, as batches of the other.
    pub fn take(&mut self, batch: Batch) -> Vec<Batch> {
        let mut middle = Out::default();
        self.from.take(batch, &mut middle);
        self.on(middle, false)
    }

    /// What is left when all has come.
    pub fn finish(&mut self) -> Vec<Batch> {
        let mut middle = Out::default();
        self.from.finish(&mut middle);
        self.on(middle, true)
    }

    fn on(&mut self, middle: Out, last: bool) -> Vec<Batch> {
        let mut out = Out::default();
        for batch in middle.batches {
            self.to.take(batch, &mut out);
        }
        if last {
            self.to.finish(&mut out);
        }
        for (id, count) in middle.counts.into_iter().chain(out.counts) {
            *self.counts.entry(id).or_default() += count;
        }
        out.batches
    }

    /// All that may have to be said: what does not translate first.
    pub fn statements(&self) -> Vec<&'static Statement> {
        let mut all: Vec<&Statement> = self.from.statements().iter().chain(self.to.statements()).collect();
        all.sort_by_key(|statement| statement.effect);
        all
    }

    /// What there is to say of this workspace: what does not translate first. Statements that turned out to be about nothing are left
    /// out.
    pub fn told(&self) -> Vec<Told> {
        let told = self.statements().into_iter().map(|statement| Told {
            statement,
            count: (statement.counted).then(|| self.counts.get(statement.id).copied().unwrap_or(0)),
        });
        told.filter(|told| told.count != Some(0)).collect()
    }
}

/// Gives tickets the owners that a map has for theirs; nobody where it has none.
fn rename_owners(mut tickets: Vec<Ticket>, by: &HashMap<String, String>) -> Batch {
    for ticket in &mut tickets {
        ticket.owner = by.get(&ticket.owner).cloned().unwrap_or_default();
    }
    Batch::Tickets(tickets)
}

/// A setting of the new desk, as a statement says it.
fn setting(name: &str, value: &str) -> DeskSetting {
    DeskSetting {
        name: name.to_owned(),
        value: value.to_owned(),
        origin: SettingOrigin::Confirmed,
    }
}
