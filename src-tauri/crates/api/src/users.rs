//! External users: list, form, save, drafts.

mod check;
mod form;
mod save;

use portico_core::error::FieldProblem;
use portico_core::id::ExternalUserId;
use portico_store::draft;
use portico_store::table::{account_list, external_user};

use crate::error::{ApiError, id};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::users::{AccountChoice, SaveUser, Saved, UserDetail, UserFacets, UserForm, UserPage, UserQuery};

pub(crate) use form::{always_groups, field, form};
pub(crate) use save::{person_name, write_form};

/// The most rows a page may have.
const MOST_ROWS: u32 = 1_000;

/// A stretch of the people that match, and how many there are.
pub fn list_users(session: &Session, query: &UserQuery, offset: u32, limit: u32) -> Result<UserPage, ApiError> {
    session.may(Action::Read)?;
    let query = form::list_query(query)?;
    session.store().read(|c| {
        let rows = external_user::list(c, &query, offset.into(), limit.min(MOST_ROWS).into())?;
        Ok(UserPage {
            total: small(external_user::count_matching(c, &query)?),
            rows: form::rows(c, rows)?,
        })
    })
}

/// Counts beside the list, each under all other conditions of the query.
pub fn user_facets(session: &Session, query: &UserQuery) -> Result<UserFacets, ApiError> {
    session.may(Action::Read)?;
    let query = form::list_query(query)?;
    session.store().read(|c| form::facets(c, &query))
}

/// A person with all that surrounds the form.
pub fn get_user(session: &Session, user: &str) -> Result<UserDetail, ApiError> {
    session.may(Action::Read)?;
    let user: ExternalUserId = id("external user", user)?;
    session.store().read(|c| form::detail(c, session.desk(), user))
}

/// An empty form, or one with the rights of `like`.
pub fn new_user(session: &Session, like: Option<&str>) -> Result<UserDetail, ApiError> {
    session.may(Action::Read)?;
    let like = like
        .map(|text| id::<ExternalUserId>("external user", text))
        .transpose()?;
    session.store().read(|c| form::fresh(c, session.desk(), like))
}

/// What is wrong, or worth knowing, about a form.
pub fn check_user(session: &Session, user: Option<&str>, form: &UserForm) -> Result<Vec<FieldProblem>, ApiError> {
    session.may(Action::Read)?;
    let user = user
        .map(|text| id::<ExternalUserId>("external user", text))
        .transpose()?;
    session.store().read(|c| check::problems(c, session.desk(), user, form))
}

/// Saves a form as one change. An unchanged form is no change.
pub fn save_user(session: &Session, input: &SaveUser) -> Result<Saved, ApiError> {
    session.may(Action::Edit)?;
    save::save(session, input)
}

/// Keeps a form that is being edited; `key` is the person's id, or `new`.
pub fn put_draft(session: &Session, key: &str, form: &UserForm) -> Result<(), ApiError> {
    session.may(Action::Draft)?;
    let json = serde_json::to_string(form).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(draft::put(session.store(), key, "external_user", &json)?)
}

/// Forgets a draft.
pub fn discard_draft(session: &Session, key: &str) -> Result<(), ApiError> {
    session.may(Action::Draft)?;
    Ok(draft::discard(session.store(), key)?)
}

/// Accounts whose name or key contains the text, for a field that chooses one.
pub fn search_accounts(session: &Session, search: &str, limit: u32) -> Result<Vec<AccountChoice>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let found = account_list::search(c, search, 0, limit.min(MOST_ROWS).into())?;
        Ok(found.into_iter().map(form::account_choice).collect())
    })
}
