//! Forms of people that were not saved: which there are, and what each holds.

use portico_core::id::ExternalUserId;
use portico_store::Connection;
use portico_store::draft;
use portico_store::table::external_user;

use super::save::person_name;
use crate::error::ApiError;
use crate::numbers::time_ms;
use crate::types::users::{DraftRow, UserForm};

/// What kind of record these drafts are of.
pub(super) const ENTITY: &str = "external_user";

/// All of them, the last one edited first. One that an older program wrote and this one cannot read is left out.
pub(super) fn list(c: &Connection) -> Result<Vec<DraftRow>, ApiError> {
    let mut rows = Vec::new();
    for kept in draft::list(c)?.into_iter().filter(|kept| kept.entity == ENTITY) {
        let Ok(form) = serde_json::from_str::<UserForm>(&kept.form) else {
            continue;
        };
        let id = kept.key.parse::<ExternalUserId>().ok();
        let user = id.map(|id| external_user::find(c, id)).transpose()?.flatten();
        rows.push(DraftRow {
            user: user.map(|row| row.id.to_string()),
            name: person_name(&form),
            login: form.login,
            at: time_ms(kept.at),
            key: kept.key,
        });
    }
    Ok(rows)
}

/// The form kept under a key.
pub(super) fn get(c: &Connection, key: &str) -> Result<Option<UserForm>, ApiError> {
    Ok(draft::get(c, key)?.and_then(|draft| serde_json::from_str(&draft.form).ok()))
}
