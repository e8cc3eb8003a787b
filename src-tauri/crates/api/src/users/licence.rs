//! Licences for external users, where the desk counts them.

use portico_core::form::check::Licences as Counted;
use portico_core::model::Validity;
use portico_store::Connection;
use portico_store::table::{desk_setting, external_user};

use crate::error::ApiError;
use crate::numbers::small;
use crate::types::users::Licences;

/// The licences as they are counted: whoever is active occupies one.
pub(crate) fn count(c: &Connection, desk: &str) -> Result<Option<Licences>, ApiError> {
    let Some(setting) = crate::forms::rules(desk)?.licences else {
        return Ok(None);
    };
    let Some(total) = desk_setting::find(c, setting)?.and_then(|row| row.value.trim().parse::<u32>().ok()) else {
        return Ok(None);
    };
    let active = external_user::ListQuery {
        status: vec![Validity::Valid],
        ..external_user::ListQuery::default()
    };
    let occupied = small(external_user::count_matching(c, &active)?);
    Ok(Some(Licences {
        total,
        occupied,
        free: total.saturating_sub(occupied),
    }))
}

/// As the check of a form takes them.
pub(super) fn counted(c: &Connection, desk: &str) -> Result<Option<Counted>, ApiError> {
    let licences = count(c, desk)?;
    Ok(licences.map(|licences| Counted {
        total: licences.total,
        free: licences.free,
    }))
}
