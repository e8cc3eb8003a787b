//! Editing many people at once: what they have in common, what an edit would do, whom it exposes to what, and
//! writing it as one change.

mod change;
mod edit;
mod spread;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use portico_core::form::field::Entity;
use portico_core::id::ExternalUserId;
use portico_store::history::Intent;

use crate::error::ApiError;
use crate::exposure::{Each, Work, tried};
use crate::session::{Action, Session};
use crate::types::bulk::{BulkEdit, BulkForm, BulkPreview, BulkSaved};
use crate::types::exposure::Exposure;
use crate::types::selection::Selection;
use crate::types::transfer::Progress;

pub(crate) use change::{Change, Person, Pulse, Terms, tally, write};
pub(crate) use spread::label;

/// What some people have in common, field by field.
pub fn bulk_form(session: &Session, people: &Selection) -> Result<BulkForm, ApiError> {
    session.may(Action::Read)?;
    session
        .store()
        .read(|c| spread::form(c, &crate::selection::people(c, people)?))
}

/// What an edit would change in whom, and whose form would become invalid.
pub fn bulk_preview(session: &Session, edit: &BulkEdit, work: &mut Work<'_>) -> Result<BulkPreview, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let people = crate::selection::people(c, &edit.people)?;
        let change = change_of(session, edit, people.len())?;
        let mut told = telling(work, "reading");
        let mut pulse = told.pulse();
        let tally = tally(c, session.desk(), &people, &change, &mut pulse, &mut |_| Ok(()))?;
        Ok(tally.preview(&change))
    })
}

/// Who would gain and lose what through an edit. Its errors are those of the save.
pub fn bulk_exposure(session: &Session, edit: &BulkEdit, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    exposure_of(session, edit, work, None)
}

/// The same; `each` hears of everybody who is concerned.
pub(crate) fn exposure_of(
    session: &Session,
    edit: &BulkEdit,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    let people = session.store().read(|c| crate::selection::people(c, &edit.people))?;
    let change = change_of(session, edit, people.len())?;
    exposed(session, &people, &change, edit.skip_invalid, work, each)
}

/// Writes an edit as one change; nothing where everything is so already. `version` is that of the preview: what
/// somebody changed meanwhile is not written over. Where forms would become invalid nothing is written, unless the
/// edit says that those people are passed over.
pub fn bulk_save(
    session: &Session,
    edit: &BulkEdit,
    version: Option<&str>,
    work: &mut Work<'_>,
) -> Result<BulkSaved, ApiError> {
    session.may(Action::Edit)?;
    let terms = Terms {
        version,
        skip_invalid: edit.skip_invalid,
    };
    saved(session, "intent.bulk_edit", terms, work, |c| {
        let people = crate::selection::people(c, &edit.people)?;
        let change = change_of(session, edit, people.len())?;
        Ok((people, change))
    })
}

/// The edits as one change of a form.
fn change_of(session: &Session, edit: &BulkEdit, people: usize) -> Result<Change<'static>, ApiError> {
    let rules = crate::forms::rules(session.desk())?;
    let edits = edit.edits.iter().map(|edit| edit::Edit::read(rules, edit, people));
    let edits = edits.collect::<Result<Vec<_>, _>>()?;
    let named = |name: &str| edits.iter().any(|edit| edit.field.name == name);
    Ok(Change {
        fields: fields_where(named),
        apply: Box::new(move |form| edits.iter().for_each(|edit| edit.apply(form))),
    })
}

/// Names of the form's fields for which something holds, in the form's order.
pub(crate) fn fields_where(holds: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let names = Entity::ExternalUser.fields().iter().map(|field| field.name);
    names.filter(|name| holds(name)).collect()
}

/// The exposure of a change, tried out and taken back.
pub(crate) fn exposed(
    session: &Session,
    people: &[ExternalUserId],
    change: &Change<'_>,
    skip_invalid: bool,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    let cancelled = Arc::clone(work.cancelled);
    tried(session, work, each, |tx| {
        let mut pulse = Pulse {
            done: &mut |_| (),
            cancelled: &cancelled,
        };
        let terms = Terms {
            version: None,
            skip_invalid,
        };
        write(tx, session.desk(), people, change, terms, &mut pulse)?;
        Ok(())
    })
}

/// Writes a change of many people; `what` says whom and what, in the transaction that writes.
pub(crate) fn saved<'a>(
    session: &Session,
    intent: &str,
    terms: Terms<'_>,
    work: &mut Work<'_>,
    what: impl FnOnce(&portico_store::Connection) -> Result<(Vec<ExternalUserId>, Change<'a>), ApiError>,
) -> Result<BulkSaved, ApiError> {
    let mut told = telling(work, "writing");
    let (tally, change) = session.store().transact_and_say(session.actor(), |tx| {
        let (people, change) = what(tx)?;
        let tally = write(tx, session.desk(), &people, &change, terms, &mut told.pulse())?;
        let said = Intent::new(intent)
            .with("count", tally.written().to_string())
            .with("fields", tally.fields(&change).join(", "));
        Ok::<_, ApiError>((tally, said))
    })?;
    Ok(BulkSaved {
        change: change.map_or(0, |change| crate::numbers::small(change.0)),
        people: tally.written(),
        skipped: tally.invalid(),
    })
}

/// Tells of a phase of long work, person by person.
pub(crate) struct Telling<'w> {
    tell: Box<dyn FnMut(u64) + 'w>,
    cancelled: Arc<std::sync::atomic::AtomicBool>,
}

impl Telling<'_> {
    pub(crate) fn pulse(&mut self) -> Pulse<'_> {
        Pulse {
            done: &mut *self.tell,
            cancelled: &self.cancelled,
        }
    }
}

/// Progress of a phase through the voice of long work.
pub(crate) fn telling<'w>(work: &'w mut Work<'_>, phase: &'static str) -> Telling<'w> {
    let cancelled = Arc::clone(work.cancelled);
    let tell = Box::new(move |done| {
        (work.tell)(Progress {
            job: work.job.to_owned(),
            phase: phase.to_owned(),
            kind: "external_users".to_owned(),
            done,
        });
    });
    Telling { tell, cancelled }
}
