//! One person by the rules of another desk: what she would see there, and what of hers does not translate. The
//! workspace in the terms of that desk is kept for as long as this one stands as it is; it is only looked at.

use std::sync::{Arc, Mutex, PoisonError};

use portico_core::id::ExternalUserId;
use portico_core::snapshot::Batch;
use portico_core::translate::{Told, Translator};
use portico_store::visibility::exposure::across_one;
use portico_store::{Connection, StoreError, handed};

use crate::compare::tickets;
use crate::error::{ApiError, Code, id};
use crate::exposure::Work;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::translate::{self, Elsewhere};
use crate::types::translate::{PersonElsewhere, TranslationStatement};

/// Tickets named of those that are gained, and of those that are lost.
const NAMED: usize = 50;

/// The workspace in the terms of the desk that was looked at last.
#[derive(Default)]
pub(crate) struct ElsewhereCache(Mutex<Option<Arc<Elsewhere>>>);

impl ElsewhereCache {
    /// Keeps one for the looks that follow.
    pub(crate) fn keep(&self, there: Arc<Elsewhere>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(there);
    }

    /// The one that is kept, where it is of this desk and of the workspace as it is.
    fn get(&self, session: &Session, to: &str) -> Result<Option<Arc<Elsewhere>>, ApiError> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let stamp = session.store().read(translate::stamp)?;
        Ok(kept.filter(|kept| kept.session.desk() == to && *kept.stamp() == stamp))
    }
}

/// The workspace by the rules of another desk, as it was made last. A look that follows others does not wait for a
/// translation: it is refused where there is none of the workspace as it is.
pub(crate) fn kept(session: &Session, to: &str) -> Result<Arc<Elsewhere>, ApiError> {
    session.elsewhere().get(session, to)?.ok_or_else(|| {
        ApiError::new(
            Code::Stale,
            "the workspace has changed since it was translated; look at the person again",
        )
    })
}

/// The id of a person there.
pub(crate) fn there(session: &Session, to: &str, user: ExternalUserId) -> Result<ExternalUserId, ApiError> {
    let key = session.store().read(|c| key(c, user))?;
    Ok(ExternalUserId::from_desk(to, &key))
}

/// The desk's key; what the desk does not have yet goes by its id, as it is handed over.
fn key(c: &Connection, user: ExternalUserId) -> Result<String, ApiError> {
    let key = portico_store::visibility::exposure::key_of(c, user)?;
    key.ok_or_else(|| ApiError::not_found("external user", &user.to_string()))
}

/// What one person would see by the rules of another desk, against what she sees here. The workspace is translated
/// first, unless that was done already.
pub fn person_elsewhere(
    session: &Session,
    to: &str,
    user: &str,
    work: &mut Work<'_>,
) -> Result<PersonElsewhere, ApiError> {
    session.may(Action::Preview)?;
    let user: ExternalUserId = id("external user", user)?;
    let of = session.store().read(|c| key(c, user))?;
    let made = if let Some(made) = session.elsewhere().get(session, to)? {
        made
    } else {
        let made = Arc::new(Elsewhere::new(session, to, work)?);
        session.elsewhere().keep(Arc::clone(&made));
        made
    };
    let statements = about(session, to, &of)?;
    let there = &made.session;
    session.store().read(|c| {
        if translate::stamp(c)? != *made.stamp() {
            let message = "somebody changed the workspace while it was translated; look at the person again";
            return Err(ApiError::new(Code::Busy, message));
        }
        let seen = there.store().read(|d| {
            let ends = (translate::end(session, c), translate::end(there, d));
            across_one(&ends.0, &ends.1, user, NAMED).map_err(ApiError::from)
        })?;
        let Some((difference, [gained, lost])) = seen else {
            return Err(ApiError::refused(
                "there is no access model of this desk: nothing can be compared",
            ));
        };
        Ok(PersonElsewhere {
            statements,
            gained: difference.gained,
            lost: difference.lost,
            login_change: difference.login.name().to_owned(),
            unknown: difference.unknown,
            gained_tickets: tickets(c, session.desk(), &gained)?,
            lost_tickets: tickets(c, session.desk(), &lost)?,
        })
    })
}

/// Why the records were read no further.
enum Left {
    Enough,
    Store(StoreError),
}

impl From<StoreError> for Left {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What there is to say about one person: each statement with how many records fewer it would be about without her
/// (her tickets are not looked at), and those that hold for everybody. What does not translate comes first.
fn about(session: &Session, to: &str, key: &str) -> Result<Vec<TranslationStatement>, ApiError> {
    let (mut whole, mut without) = (translate::translator(session, to)?, translate::translator(session, to)?);
    let read = session.store().read(|c| {
        handed::records(c, &mut |batch| {
            if matches!(batch, Batch::Tickets(_) | Batch::Activities(_)) {
                return Err(Left::Enough);
            }
            without.take(less(batch.clone(), key));
            whole.take(batch);
            Ok(())
        })
    });
    match read {
        Err(Left::Store(error)) => return Err(error.into()),
        Ok(()) | Err(Left::Enough) => {}
    }
    Ok(difference(&mut whole, &mut without))
}

fn difference(whole: &mut Translator, without: &mut Translator) -> Vec<TranslationStatement> {
    whole.finish();
    without.finish();
    let others = without.told();
    let about = |told: &Told| {
        let left = others.iter().find(|other| other.statement.id == told.statement.id);
        let left = left.and_then(|other| other.count).unwrap_or(0);
        told.count.map(|count| count.saturating_sub(left))
    };
    let told = whole.told().into_iter().map(|told| (about(&told), told));
    told.filter(|(count, _)| *count != Some(0))
        .map(|(count, told)| TranslationStatement {
            id: told.statement.id.to_owned(),
            effect: told.statement.effect,
            text: told.statement.text.to_owned(),
            count: count.map(small),
        })
        .collect()
}

/// The batch without the person and what is linked to her.
fn less(mut batch: Batch, key: &str) -> Batch {
    match &mut batch {
        Batch::ExternalUsers(all) => all.retain(|one| one.key != key),
        Batch::UserAccounts(all) => all.retain(|one| one.user != key),
        Batch::UserAccountViews(all) => all.retain(|one| one.user != key),
        Batch::UserContacts(all) => all.retain(|one| one.user != key),
        Batch::UserAddresses(all) => all.retain(|one| one.user != key),
        Batch::UserGroups(all) => all.retain(|one| one.user != key),
        Batch::UserServices(all) => all.retain(|one| one.user != key),
        Batch::UserTicketTypes(all) => all.retain(|one| one.user != key),
        Batch::UserTicketStates(all) => all.retain(|one| one.user != key),
        Batch::UserResponsibleGroups(all) => all.retain(|one| one.user != key),
        Batch::UserResponsibleAgents(all) => all.retain(|one| one.user != key),
        Batch::UserObjects(all) => all.retain(|one| one.user != key),
        _ => {}
    }
    batch
}
