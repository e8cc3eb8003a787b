//! How a workspace stands, in figures. Each is a count that a list, a form or the title bar tells too.

use portico_core::model::Validity;
use portico_store::history::{self, Change};
use portico_store::table::{expectation, external_user};
use portico_store::{Connection, base, conflict, snapshot};

use crate::error::ApiError;
use crate::numbers::{small, time, time_ms};
use crate::session::{Action, Session};
use crate::types::overview::{Happened, Overview};
use crate::types::users::FacetValue;

/// People by status, licences, what is pending, what is expected, when the desk was read and written last.
pub fn overview(session: &Session) -> Result<Overview, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let everybody = external_user::ListQuery::default();
        let counted = external_user::status_facet(c, &everybody)?;
        Ok(Overview {
            people: small(counted.iter().map(|(_, count)| count).sum::<u64>()),
            status: by_status(session.desk(), &counted)?,
            changed: small(external_user::changed_facet(c, &everybody)?),
            licences: crate::users::count_licences(c, session.desk())?,
            pending: small(base::count_pending(c)?),
            conflicts: small(conflict::list(c)?.len()),
            expectations: small(expectation::all(c)?.len()),
            last_import: last(c, history::Kind::Import)?,
            last_export: last(c, history::Kind::Export)?,
            tickets: snapshot::count(c)?,
            as_of: snapshot::as_of(c)?.map(time),
        })
    })
}

/// The desk's statuses in its own order and words, then those that people have and the desk does not know.
fn by_status(desk: &str, counted: &[(Validity, u64)]) -> Result<Vec<FacetValue>, ApiError> {
    let rules = crate::forms::rules(desk)?.status;
    let known = rules.offered.iter().copied().zip(rules.words.iter().copied());
    let mut order: Vec<(Validity, &str)> = known.collect();
    for (validity, _) in counted {
        if !rules.offered.contains(validity) {
            order.push((*validity, validity.name()));
        }
    }
    let count = |of: Validity| counted.iter().find(|(found, _)| *found == of).map_or(0, |(_, n)| *n);
    let told = order.into_iter().map(|(validity, word)| FacetValue {
        value: validity.name().to_owned(),
        label: word.to_owned(),
        count: small(count(validity)),
    });
    Ok(told.collect())
}

fn last(c: &Connection, kind: history::Kind) -> Result<Option<Happened>, ApiError> {
    Ok(history::last(c, kind)?.map(happened))
}

fn happened(change: Change) -> Happened {
    Happened {
        id: small(change.id.0),
        intent: change.intent.code,
        detail: change.intent.detail,
        actor: change.actor,
        at: time_ms(change.at),
    }
}
