//! What was worked out for the people who were asked about last. It hangs on the directory, so it goes when that does:
//! as soon as anything changes.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use portico_core::access::fact::Set;
use portico_core::access::model::AccessModel;
use portico_core::access::rule::Rule;
use portico_core::id::ExternalUserId;
use rusqlite::Connection;

use super::memory::Memory;
use super::passing::Passing;
use super::person::PersonFacts;
use super::{Counts, Question};
use crate::error::Result;

/// So many people are kept.
const PEOPLE: usize = 8;
/// So many values of theirs are kept, over all people.
const VALUES: usize = if cfg!(test) { 100 } else { 600_000 };
/// Above so many values somebody takes long to read.
const HEAVY: usize = if cfg!(test) { 3 } else { 500 };
/// An answer that names more own tickets apart than so many cells of them is not kept.
const OWN: usize = if cfg!(test) { 3 } else { 100_000 };

/// Cells under both bounds; where all is certain, the same ones.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) lower: Arc<Passing>,
    pub(super) upper: Arc<Passing>,
    pub(super) counts: Arc<OnceLock<Counts>>,
    /// The assumed rules that decide on some ticket.
    pub(super) assumed: Arc<OnceLock<BTreeSet<Rule>>>,
}

impl Seen {
    pub(super) fn between(lower: Arc<Passing>, upper: Arc<Passing>) -> Self {
        Self {
            lower,
            upper,
            counts: Arc::default(),
            assumed: Arc::default(),
        }
    }
}

/// Whether a tab shows a class of cells, by class.
pub(super) type Open = Arc<[bool]>;

/// Answers by question.
type Answers = HashMap<Question, Seen>;

/// A person's facts with what was worked out from them.
pub struct Kept {
    facts: PersonFacts,
    answers: Mutex<Answers>,
    open: OnceLock<Open>,
}

impl Kept {
    /// Of facts that belong to nobody who is kept: of a draft.
    pub fn new(facts: PersonFacts) -> Self {
        Self {
            facts,
            answers: Mutex::default(),
            open: OnceLock::new(),
        }
    }

    /// The facts.
    pub fn facts(&self) -> &PersonFacts {
        &self.facts
    }
}

/// Answers of one look, or of all looks at a person who is kept.
pub(super) enum Known<'a> {
    Here(RefCell<Answers>),
    Kept(&'a Kept),
}

impl Known<'_> {
    /// What the tab Open shows, where that is kept.
    pub(super) fn open(&self) -> Option<&Open> {
        match self {
            Self::Here(_) => None,
            Self::Kept(kept) => kept.open.get(),
        }
    }

    pub(super) fn keep_open(&self, open: &Open) {
        if let Self::Kept(kept) = self {
            kept.open.get_or_init(|| Arc::clone(open));
        }
    }

    pub(super) fn get(&self, question: &Question) -> Option<Seen> {
        match self {
            Self::Here(answers) => answers.borrow().get(question).cloned(),
            Self::Kept(kept) => {
                let answers = kept.answers.lock().unwrap_or_else(PoisonError::into_inner);
                answers.get(question).cloned()
            }
        }
    }

    pub(super) fn put(&self, question: &Question, seen: &Seen) {
        match self {
            Self::Here(answers) => drop(answers.borrow_mut().insert(question.clone(), seen.clone())),
            Self::Kept(kept) => {
                let mut answers = kept.answers.lock().unwrap_or_else(PoisonError::into_inner);
                let own = |seen: &Seen| seen.lower.own_cells();
                if answers.values().chain([seen]).map(own).sum::<usize>() <= OWN {
                    answers.insert(question.clone(), seen.clone());
                }
            }
        }
    }
}

/// Who, and whether with whom else she sees.
type Who = (ExternalUserId, bool);

/// The people who were asked about last, the last one first.
#[derive(Default)]
pub(super) struct People(Mutex<VecDeque<(Who, Arc<Kept>)>>);

impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("People").finish_non_exhaustive()
    }
}

impl People {
    /// A person's facts in the state behind `c`, which is the directory's.
    pub(super) fn get(
        &self,
        c: &Connection,
        model: &AccessModel,
        user: ExternalUserId,
        colleagues: bool,
    ) -> Result<Arc<Kept>> {
        // What is behind a connection that can write may not be committed.
        if !is_reader(c)? {
            return read(c, model, user, colleagues);
        }
        if let Some(kept) = self.kept((user, colleagues)) {
            return Ok(kept);
        }
        // Not under the lock: another person need not wait for this one.
        let kept = read(c, model, user, colleagues)?;
        self.put((user, colleagues), &kept);
        Ok(kept)
    }

    /// The same of one of many people, of whom only those are kept who take long to read. `sets` are those of the model.
    pub(super) fn one_of_many(
        &self,
        c: &Connection,
        user: ExternalUserId,
        sets: &[Set],
        memory: &mut Memory,
    ) -> Result<Option<Arc<Kept>>> {
        let reader = is_reader(c)?;
        if let Some(kept) = self.kept((user, false)).filter(|_| reader) {
            return Ok(Some(kept));
        }
        let Some(facts) = PersonFacts::of_sets(c, user, sets, memory)? else {
            return Ok(None);
        };
        let kept = Arc::new(Kept::new(facts));
        if reader && kept.facts.len() > HEAVY {
            self.put((user, false), &kept);
        }
        Ok(Some(kept))
    }

    fn put(&self, who: Who, kept: &Arc<Kept>) {
        let mut people = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        people.retain(|(of, _)| *of != who);
        people.push_front((who, Arc::clone(kept)));
        people.truncate(PEOPLE);
        let values =
            |people: &VecDeque<(Who, Arc<Kept>)>| people.iter().map(|(_, kept)| kept.facts.len()).sum::<usize>();
        while !people.is_empty() && values(&people) > VALUES {
            people.pop_back();
        }
    }

    fn kept(&self, who: Who) -> Option<Arc<Kept>> {
        let mut people = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = people.iter().position(|(of, _)| *of == who)?;
        let found = people.remove(at)?;
        let kept = Arc::clone(&found.1);
        people.push_front(found);
        Some(kept)
    }
}

fn read(c: &Connection, model: &AccessModel, user: ExternalUserId, colleagues: bool) -> Result<Arc<Kept>> {
    let facts = PersonFacts::load(c, user, model)?;
    Ok(Arc::new(Kept::new(if colleagues {
        facts.with_colleagues(c, user, model)?
    } else {
        facts
    })))
}

/// Whether nothing can be written through this connection.
pub(super) fn is_reader(c: &Connection) -> Result<bool> {
    Ok(c.prepare_cached("PRAGMA query_only")?.query_row([], |r| r.get(0))?)
}
