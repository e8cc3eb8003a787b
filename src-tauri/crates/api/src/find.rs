//! Ids behind the names that people type: for callers without a list to choose from.

use portico_core::id::ExternalUserId;
use portico_store::table::{account, external_user, permission_group};

use crate::error::ApiError;
use crate::session::{Action, Session};

/// The id of the person with exactly this login.
pub fn user_by_login(session: &Session, login: &str) -> Result<Option<String>, ApiError> {
    session.may(Action::Read)?;
    session
        .store()
        .read(|c| Ok(external_user::by_login(c, login)?.map(|row| row.id.to_string())))
}

/// The id of the person with this key of the desk, or with this id.
pub fn user_by_key(session: &Session, key: &str) -> Result<Option<String>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let by_key = external_user::by_key(c, key)?;
        let by_id = || {
            key.parse::<ExternalUserId>()
                .ok()
                .map(|id| external_user::get(c, id))
                .transpose()
        };
        let row = if by_key.is_some() { by_key } else { by_id()? };
        Ok(row.filter(|row| row.present).map(|row| row.id.to_string()))
    })
}

/// The id of the account with exactly this key; of one without a record too.
pub fn account_by_key(session: &Session, key: &str) -> Result<Option<String>, ApiError> {
    session.may(Action::Read)?;
    session
        .store()
        .read(|c| Ok(account::by_key(c, key)?.map(|row| row.id.to_string())))
}

/// The id of the group with exactly this name.
pub fn group_by_name(session: &Session, name: &str) -> Result<Option<String>, ApiError> {
    session.may(Action::Read)?;
    session
        .store()
        .read(|c| Ok(permission_group::by_name(c, name)?.map(|row| row.id.to_string())))
}
