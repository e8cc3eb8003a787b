//! Doing the same to the forms of many people: what would differ, what would be wrong, and writing it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_core::error::FieldProblem;
use portico_core::id::ExternalUserId;
use portico_store::table::external_user::Row;
use portico_store::{Connection, Tx};

use crate::error::{ApiError, Code};
use crate::types::bulk::{BulkPreview, BulkProblem, FieldCount};
use crate::types::users::UserForm;
use crate::users;

/// People whose forms are in memory at a time.
const AT_A_TIME: usize = 500;
/// Problems that are told of, and people that are named in a refusal.
const MOST_PROBLEMS: usize = 100;

/// What is done to the form of everybody.
pub(crate) struct Change<'a> {
    /// The form's fields that it may change, in the form's order, each once.
    pub(crate) fields: Vec<&'static str>,
    /// Changes a form.
    pub(crate) apply: Box<dyn Fn(&mut UserForm) + 'a>,
}

/// A person before and after a change.
pub(crate) struct Person {
    pub(crate) row: Row,
    pub(crate) before: UserForm,
    pub(crate) after: UserForm,
    /// What would be wrong and was not before.
    pub(crate) problems: Vec<FieldProblem>,
}

/// Hears how many people are done with, and stops the work.
pub(crate) struct Pulse<'a> {
    pub(crate) done: &'a mut dyn FnMut(u64),
    pub(crate) cancelled: &'a Arc<AtomicBool>,
}

impl Pulse<'_> {
    fn beat(&mut self, people: usize) -> Result<(), ApiError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(ApiError::new(Code::Cancelled, "cancelled; nothing was written"));
        }
        (self.done)(people as u64);
        Ok(())
    }
}

/// What a change comes to in all the people.
#[derive(Default)]
pub(crate) struct Tally {
    people: u32,
    changed: u32,
    fields: BTreeMap<&'static str, u32>,
    invalid: u32,
    problems: Vec<BulkProblem>,
    fingerprints: Vec<String>,
}

impl Tally {
    fn count(&mut self, change: &Change<'_>, person: &Person) -> Result<(), ApiError> {
        self.people += 1;
        let held: Vec<_> = change.fields.iter().map(|field| person.before.value(field)).collect();
        let held = serde_json::to_vec(&(person.row.id, held)).map_err(|e| ApiError::refused(e.to_string()))?;
        self.fingerprints.push(crate::digest::short(&held));
        if person.before == person.after {
            return Ok(());
        }
        self.changed += 1;
        for field in &change.fields {
            if person.before.value(field) != person.after.value(field) {
                *self.fields.entry(field).or_default() += 1;
            }
        }
        if !person.problems.is_empty() {
            self.invalid += 1;
        }
        let room = MOST_PROBLEMS.saturating_sub(self.problems.len());
        self.problems
            .extend(person.problems.iter().take(room).map(|problem| BulkProblem {
                id: person.row.id.to_string(),
                login: person.row.login.clone(),
                name: users::person_name(&person.before),
                problem: problem.clone(),
            }));
        Ok(())
    }

    /// Fingerprint of who is meant and what the fields hold now, whatever the order.
    fn version(&self) -> String {
        let mut all = self.fingerprints.clone();
        all.sort_unstable();
        crate::digest::short(all.concat().as_bytes())
    }

    /// In how many people something changed that were not passed over.
    pub(crate) fn written(&self) -> u32 {
        self.changed - self.invalid
    }

    /// How many were passed over.
    pub(crate) fn invalid(&self) -> u32 {
        self.invalid
    }

    /// The fields that change in somebody, in the form's order.
    pub(crate) fn fields(&self, change: &Change<'_>) -> Vec<&'static str> {
        let changed = change.fields.iter().filter(|field| self.fields.contains_key(*field));
        changed.copied().collect()
    }

    /// As it is told before it is written.
    pub(crate) fn preview(self, change: &Change<'_>) -> BulkPreview {
        let counted = |field: &&'static str| FieldCount {
            field: (*field).to_owned(),
            people: self.fields.get(field).copied().unwrap_or_default(),
        };
        BulkPreview {
            people: self.people,
            changed: self.changed,
            unchanged: self.people - self.changed,
            fields: self.fields(change).iter().map(counted).collect(),
            invalid: self.invalid,
            version: self.version(),
            problems: self.problems,
        }
    }

    /// The refusal of the whole change, because of people whose form would become invalid.
    fn refusal(&self) -> ApiError {
        let told = |of: &BulkProblem| format!("{}: {}: {}", of.login, of.problem.field, of.problem.message);
        let detail: Vec<String> = self.problems.iter().map(told).collect();
        let message = format!(
            "nothing was written: the form of {} of {} people would become invalid",
            self.invalid, self.people
        );
        ApiError::refused(message).with_detail(detail)
    }
}

/// Hands over everybody before and after the change, in the order of `people`. Nothing is written.
fn each(
    c: &Connection,
    desk: &str,
    people: &[ExternalUserId],
    change: &Change<'_>,
    pulse: &mut Pulse<'_>,
    visit: &mut dyn FnMut(Person) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    let mut done = 0;
    for some in people.chunks(AT_A_TIME) {
        pulse.beat(done)?;
        for (row, before) in users::forms(c, some)? {
            let mut after = before.clone();
            (change.apply)(&mut after);
            let problems = if before == after {
                Vec::new()
            } else {
                new_errors(c, desk, row.id, &before, &after)?
            };
            visit(Person {
                row,
                before,
                after,
                problems,
            })?;
        }
        done += some.len();
    }
    pulse.beat(done)
}

/// What would stop a save and did not before. What was wrong in a field that stays as it is, is none of this change's
/// business: the person would stay as invalid as she is.
fn new_errors(
    c: &Connection,
    desk: &str,
    user: ExternalUserId,
    before: &UserForm,
    after: &UserForm,
) -> Result<Vec<FieldProblem>, ApiError> {
    let errors = |form: &UserForm| -> Result<Vec<FieldProblem>, ApiError> {
        let mut found = users::problems_since(c, desk, user, before, form)?;
        found.retain(|problem| !problem.warning);
        Ok(found)
    };
    let mut found = errors(after)?;
    if !found.is_empty() {
        let known = errors(before)?;
        found.retain(|problem| !known.contains(problem) || before.value(&problem.field) != after.value(&problem.field));
    }
    Ok(found)
}

/// What the change would come to; `also` sees everybody.
pub(crate) fn tally(
    c: &Connection,
    desk: &str,
    people: &[ExternalUserId],
    change: &Change<'_>,
    pulse: &mut Pulse<'_>,
    also: &mut dyn FnMut(&Person) -> Result<(), ApiError>,
) -> Result<Tally, ApiError> {
    let mut tally = Tally::default();
    each(c, desk, people, change, pulse, &mut |person| {
        tally.count(change, &person)?;
        also(&person)
    })?;
    Ok(tally)
}

/// Whom a write takes for granted.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    /// The fingerprint of the preview that was seen; `None` to write whatever it is now.
    pub(crate) version: Option<&'a str>,
    /// Whether people whose form would become invalid are passed over.
    pub(crate) skip_invalid: bool,
}

/// Writes the change: of each person only the fields that it may change, of those only what differs. An error leaves
/// the transaction to be rolled back.
pub(crate) fn write(
    tx: &Tx<'_>,
    desk: &str,
    people: &[ExternalUserId],
    change: &Change<'_>,
    terms: Terms<'_>,
    pulse: &mut Pulse<'_>,
) -> Result<Tally, ApiError> {
    let mut tally = Tally::default();
    each(tx, desk, people, change, pulse, &mut |person| {
        tally.count(change, &person)?;
        if person.problems.is_empty() && person.before != person.after {
            users::write_fields(tx, &person.row, &person.after, &change.fields)?;
        }
        Ok(())
    })?;
    if terms.version.is_some_and(|seen| seen != tally.version()) {
        return Err(ApiError::new(
            Code::Stale,
            "somebody changed these people meanwhile; nothing was written: look at the difference again",
        ));
    }
    if tally.invalid > 0 && !terms.skip_invalid {
        return Err(tally.refusal());
    }
    Ok(tally)
}
