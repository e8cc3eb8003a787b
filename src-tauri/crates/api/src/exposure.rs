//! The exposure difference of a pending change: who would gain and lose what. The change is tried out and taken back;
//! nothing here writes.

mod export;
mod source;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_core::id::ExternalUserId;
use portico_core::snapshot::Sink;
use portico_store::import::{CancelFlag, ImportOptions, ImportOutcome, Progress as StoreProgress};
use portico_store::table::expectation;
pub(crate) use portico_store::visibility::exposure::Each;
use portico_store::visibility::exposure::expect::Checked;
use portico_store::visibility::exposure::{Example, Named, OfAccount, Outcome, Step, Trial};
use portico_store::{Connection, Tx};

use crate::error::ApiError;
use crate::numbers::small;
use crate::preview::model;
use crate::session::{Action, Session};
use crate::types::expectations::ExpectationCheck;
use crate::types::exposure::{Exposure, ExposureDoubt, ExposureOf, ExposureOfAccount, ExposureOfPlace};
use crate::types::records::{DeleteHow, Values};
use crate::types::transfer::Progress;
use crate::types::users::UserForm;
use crate::types::workspace::SettingInput;
pub use export::{export_exposure, exposure_columns};

/// Places told of one by one, at most.
const MOST_PLACES: usize = 50;

/// Long work that can be watched and cancelled.
pub struct Work<'a> {
    /// The name under which it is told of.
    pub job: &'a str,
    /// Hears how far it is.
    pub tell: &'a mut dyn FnMut(Progress),
    /// Stops it.
    pub cancelled: &'a Arc<AtomicBool>,
}

/// What a write would do: `write` is the closure that would save it; its errors are the save's. `each` hears of everybody
/// who is concerned.
pub(crate) fn tried(
    session: &Session,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
    write: impl FnOnce(&Tx<'_>) -> Result<(), ApiError>,
) -> Result<Exposure, ApiError> {
    Look::of_all(session).at_each(work, write, each)
}

/// What everything that is pending does: from what the desk had at the last import to the workspace as it is.
pub fn of_pending(session: &Session, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    source::pending(session, work, None)
}

/// What was done after a change, up to the workspace as it is.
pub fn since(session: &Session, change: u32, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    source::since(session, change, work, None)
}

/// What taking back one change would do.
pub fn of_undo(session: &Session, change: u32, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    source::undo(session, change, work, None)
}

/// What a write would do to everybody but one person.
pub(crate) fn for_all_but(
    session: &Session,
    but: Option<ExternalUserId>,
    work: &mut Work<'_>,
    write: impl FnOnce(&Tx<'_>) -> Result<(), ApiError>,
) -> Result<Exposure, ApiError> {
    Look {
        but,
        ..Look::of_all(session)
    }
    .at_each(work, write, None)
}

/// How to look at a write.
struct Look<'a> {
    session: &'a Session,
    /// Who is left out of account.
    but: Option<ExternalUserId>,
    /// Whether the write leads back to where things came from.
    backwards: bool,
}

impl<'a> Look<'a> {
    fn of_all(session: &'a Session) -> Self {
        Self {
            session,
            but: None,
            backwards: false,
        }
    }

    fn back(session: &'a Session) -> Self {
        Self {
            backwards: true,
            ..Self::of_all(session)
        }
    }

    /// What the write would do; `each` hears of everybody who is concerned.
    fn at_each(
        &self,
        work: &mut Work<'_>,
        write: impl FnOnce(&Tx<'_>) -> Result<(), ApiError>,
        each: Option<Each<'_>>,
    ) -> Result<Exposure, ApiError> {
        let cancel = CancelFlag::from(Arc::clone(work.cancelled));
        let job = work.job;
        let mut watch = |step: Step| (work.tell)(told_of(job, step));
        let outcome = self.trial(&cancel).run_each(write, &mut watch, each)?;
        outcome.map_or_else(|| Ok(Exposure::default()), |outcome| whole(self.session, outcome))
    }

    fn trial<'b>(&'b self, cancel: &'b CancelFlag) -> Trial<'b> {
        Trial {
            store: self.session.store(),
            desk: self.session.desk(),
            directory: self.session.directory(),
            cells: self.session.cells(),
            cancel,
            but: self.but,
            backwards: self.backwards,
        }
    }
}

pub(crate) fn told_of(job: &str, step: Step) -> Progress {
    Progress {
        job: job.to_owned(),
        phase: step.phase.to_owned(),
        kind: "external_users".to_owned(),
        done: step.people,
    }
}

/// Rehearses an import, and says what it would do to people, with the tickets that are here now; `None` where the desk
/// has no access model.
pub(crate) fn of_import(
    session: &Session,
    read: &mut dyn FnMut(&mut Sink<'_>) -> Result<(), ApiError>,
    how: &ImportOptions,
    job: &str,
    cancel: &CancelFlag,
    tell: &mut dyn FnMut(Heard),
) -> Result<(ImportOutcome, Option<Exposure>), ApiError> {
    let tell = RefCell::new(tell);
    let look = Look::of_all(session);
    let (outcome, found) = look.trial(cancel).of_import(
        read,
        how,
        &mut |progress| tell.borrow_mut()(Heard::Import(progress)),
        &mut |step| tell.borrow_mut()(Heard::People(told_of(job, step))),
    )?;
    let exposure = found.map(|found| whole(session, found)).transpose()?;
    Ok((outcome, exposure))
}

/// How far a rehearsal is.
pub(crate) enum Heard {
    /// With the import itself.
    Import(StoreProgress),
    /// With the people.
    People(Progress),
}

fn whole(session: &Session, mut outcome: Outcome) -> Result<Exposure, ApiError> {
    let found = std::mem::take(&mut outcome.broken);
    let broken = if found.is_empty() {
        Vec::new()
    } else {
        session.store().read(|c| broken(c, &found))?
    };
    Ok(Exposure {
        broken,
        assumed: assumed(session)?,
        ..told(outcome)
    })
}

/// The settings about tickets that nobody has confirmed.
fn assumed(session: &Session) -> Result<Vec<String>, ApiError> {
    session.store().read(|c| {
        let model = model(c, session.desk())?;
        let directory = session.directory().get(c, &model)?;
        let names = directory.assumed_of_tickets(&model);
        Ok(names.into_iter().map(str::to_owned).collect())
    })
}

fn broken(c: &Connection, found: &[Checked]) -> Result<Vec<ExpectationCheck>, ApiError> {
    let mut broken = Vec::with_capacity(found.len());
    for one in found {
        // What was removed meanwhile is expected no more.
        if let Some(of) = expectation::find(c, one.id)? {
            broken.push(crate::expectations::check(c, &of, one)?);
        }
    }
    Ok(broken)
}

/// What saving a person's form would do; `user` is `None` for a new person.
pub fn of_user_form(
    session: &Session,
    user: Option<&str>,
    form: &UserForm,
    work: &mut Work<'_>,
) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    source::user_form(session, user, form, work, None)
}

/// What saving a record's form would do; `record` is `None` for a new one.
pub fn of_record(
    session: &Session,
    entity: &str,
    record: Option<&str>,
    form: &Values,
    work: &mut Work<'_>,
) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    source::record_form(session, (entity, record), form, work, None)
}

/// What deleting a record would do, with what becomes of what refers to it.
pub fn of_deletion(
    session: &Session,
    entity: &str,
    record: &str,
    how: &DeleteHow,
    work: &mut Work<'_>,
) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    source::deletion(session, (entity, record), how, work, None)
}

/// What giving settings these values would do.
pub fn of_settings(session: &Session, settings: &[SettingInput], work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    source::settings(session, settings, work, None)
}

pub(crate) fn told(outcome: Outcome) -> Exposure {
    let mut places: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for of in &outcome.gained_tickets.places {
        places.entry(of.place.clone()).or_default().0 += of.tickets;
    }
    for of in &outcome.lost_tickets.places {
        places.entry(of.place.clone()).or_default().1 += of.tickets;
    }
    let mut places: Vec<ExposureOfPlace> = places
        .into_iter()
        .map(|(place, (gained, lost))| ExposureOfPlace { place, gained, lost })
        .collect();
    places.sort_by_key(|of| std::cmp::Reverse(of.gained + of.lost));
    let places_total = small(places.len() as u64);
    places.truncate(MOST_PLACES);
    Exposure {
        by: outcome.by.to_owned(),
        people: small(outcome.people),
        affected: small(outcome.affected),
        gaining: small(outcome.gaining),
        losing: small(outcome.losing),
        gained: outcome.gained,
        lost: outcome.lost,
        tickets_gained: outcome.gained_tickets.tickets,
        tickets_lost: outcome.lost_tickets.tickets,
        logins_gained: small(outcome.logins_gained),
        logins_lost: small(outcome.logins_lost),
        unknown: small(outcome.unknown),
        complete: outcome.unknown == 0,
        places,
        places_total,
        examples: outcome.examples.into_iter().map(example).collect(),
        accounts: outcome.accounts.into_iter().map(of_account).collect(),
        accounts_total: small(outcome.accounts_total),
        doubtful: outcome.doubtful.into_iter().map(doubt).collect(),
        broken: Vec::new(),
        assumed: Vec::new(),
    }
}

fn example(of: Example) -> ExposureOf {
    ExposureOf {
        id: of.id.to_string(),
        login: of.login,
        name: of.name,
        account: of.account,
        gained: of.difference.gained,
        lost: of.difference.lost,
        login_change: of.difference.login.name().to_owned(),
        gained_tickets: of.gained,
        lost_tickets: of.lost,
    }
}

fn of_account(of: OfAccount) -> ExposureOfAccount {
    ExposureOfAccount {
        id: of.account.map(|id| id.to_string()),
        name: of.name,
        people: small(of.people),
        gaining: small(of.gaining),
        losing: small(of.losing),
        gained: of.gained,
        lost: of.lost,
    }
}

fn doubt(of: Named) -> ExposureDoubt {
    ExposureDoubt {
        id: of.id.to_string(),
        login: of.login,
        name: of.name,
        account: of.account,
    }
}

#[cfg(test)]
mod tests {
    use portico_store::visibility::exposure::{OfPlace, Sum};

    use super::*;

    fn sum(places: impl Iterator<Item = (u64, u64)>) -> Sum {
        let places: Vec<OfPlace> = places
            .map(|(n, tickets)| OfPlace {
                place: format!("place {n}"),
                tickets,
            })
            .collect();
        Sum {
            tickets: places.iter().map(|of| of.tickets).sum(),
            places,
        }
    }

    #[test]
    fn of_many_places_those_with_most_are_told_and_how_many_there_are() {
        let found = told(Outcome {
            gained_tickets: sum((0..40).map(|n| (n, 1))),
            lost_tickets: sum((30..70).map(|n| (n, n))),
            ..Outcome::default()
        });
        assert_eq!((found.places.len(), found.places_total), (50, 70));
        let first = &found.places[0];
        assert_eq!((first.place.as_str(), first.gained, first.lost), ("place 69", 0, 69));
        assert!(
            found
                .places
                .iter()
                .any(|of| (of.place.as_str(), of.gained, of.lost) == ("place 35", 1, 35)),
            "a place with both is one"
        );
    }
}
