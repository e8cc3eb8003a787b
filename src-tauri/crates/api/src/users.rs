//! External users: list, form, save, drafts.

mod check;
mod condition;
mod drafts;
mod find;
mod form;
mod licence;
mod links;
mod load;
mod many;
mod propose;
mod save;
mod secret;
mod value;
mod version;

use portico_core::error::FieldProblem;
use portico_core::id::ExternalUserId;
use portico_store::draft;
use portico_store::table::account_list;

use crate::error::{ApiError, id};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::passphrase::Secret;
use crate::types::users::{
    AccountChoice, DraftRow, FacetValue, Licences, SaveUser, Saved, UserDetail, UserFacets, UserForm, UserPage,
    UserQuery,
};

pub use find::{find_emails, find_logins, query_names};
pub use secret::{check_login, check_password};

pub(crate) use check::problems_since;
pub(crate) use form::{always_groups, blank, field, form, fresh_detail, list_query};
pub(crate) use licence::count as count_licences;
pub(crate) use load::{form as saved_form, is_right};
pub(crate) use many::{forms, in_order, write_fields};
pub(crate) use save::{person_name, try_fields, try_form};

/// The most rows a page may have.
const MOST_ROWS: u32 = 1_000;

/// A stretch of the people that match, and how many there are.
pub fn list_users(session: &Session, query: &UserQuery, offset: u32, limit: u32) -> Result<UserPage, ApiError> {
    session.may(Action::Read)?;
    let query = form::list_query(query)?;
    session.store().read(|c| {
        let (rows, total) = session
            .orders()
            .list(c, &query, offset.into(), limit.min(MOST_ROWS).into())?;
        Ok(UserPage {
            total: small(total),
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

/// The groups of the people who match, with how many people each has, under all other conditions of the query.
pub fn group_facet(session: &Session, query: &UserQuery) -> Result<Vec<FacetValue>, ApiError> {
    session.may(Action::Read)?;
    let query = form::list_query(query)?;
    session.store().read(|c| form::group_facet(c, &query))
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

/// How many licences the desk has for external users and how many are in use; `None` for a desk that counts none, and
/// while their number is not known.
pub fn licences(session: &Session) -> Result<Option<Licences>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| licence::count(c, session.desk()))
}

/// Saves a form as one change. An unchanged form is no change.
pub fn save_user(session: &Session, input: &SaveUser) -> Result<Saved, ApiError> {
    session.may(Action::Edit)?;
    save::save(session, input, None, None)
}

/// Saves the forms of people who are there, all of them as one change or none. The answer is the number of the change;
/// 0 when nothing differed.
pub fn save_users(session: &Session, inputs: &[SaveUser]) -> Result<u32, ApiError> {
    session.may(Action::Edit)?;
    save::save_many(session, inputs)
}

/// Saves a form that was kept under a key of its own, as a new person's is, and forgets that draft with the same change.
pub fn save_kept_user(session: &Session, input: &SaveUser, key: &str) -> Result<Saved, ApiError> {
    session.may(Action::Edit)?;
    save::save(session, input, Some(key), None)
}

/// Saves a form that says that a password was typed, and keeps that until the next export; else as [`save_user`] and,
/// with a key, [`save_kept_user`]. What the desk demands of a password is an error beside the field. Refused in a
/// workspace without a passphrase: the password would lie open.
pub fn save_typed_user(
    session: &Session,
    input: &SaveUser,
    key: Option<&str>,
    clear: &Secret,
) -> Result<Saved, ApiError> {
    session.may(Action::Edit)?;
    save::save(session, input, key, Some(clear))
}

/// A login for the new person of a form, made from what the desk makes it from; nobody has it yet. Empty where the
/// form does not hold that yet.
pub fn propose_login(session: &Session, form: &UserForm) -> Result<String, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| propose::login(c, session.desk(), form))
}

/// Forms of people that were not saved, the last one edited first.
pub fn list_drafts(session: &Session) -> Result<Vec<DraftRow>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(drafts::list)
}

/// The form kept under a key; `None` where there is none.
pub fn get_draft(session: &Session, key: &str) -> Result<Option<UserForm>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| drafts::get(c, key))
}

/// Keeps a form that is being edited; `key` is the person's id, or the caller's own for each new one (`new-1`).
pub fn put_draft(session: &Session, key: &str, form: &UserForm) -> Result<(), ApiError> {
    session.may(Action::Draft)?;
    let json = serde_json::to_string(form).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(draft::put(session.store(), key, drafts::ENTITY, &json)?)
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
