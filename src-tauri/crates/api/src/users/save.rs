//! Writing a form: the same closure saves it and, rolled back, previews it.

use std::collections::BTreeSet;

use portico_core::id::{AccountId, ExternalUserId, GroupId};
use portico_core::model::Validity;
use portico_store::Tx;
use portico_store::draft;
use portico_store::history::Intent;
use portico_store::table::{external_user, user_account, user_group};

use super::check;
use crate::error::{ApiError, Code, id};
use crate::session::Session;
use crate::types::users::{SaveUser, Saved, UserForm};

/// Saves the form as one change and forgets its draft.
pub(super) fn save(session: &Session, input: &SaveUser) -> Result<Saved, ApiError> {
    let user = input
        .id
        .as_deref()
        .map(|text| id::<ExternalUserId>("external user", text))
        .transpose()?;
    let code = if user.is_some() {
        "intent.save_user"
    } else {
        "intent.create_user"
    };
    let intent = Intent::new(code)
        .with("name", person_name(&input.form))
        .with("login", input.form.login.as_str());
    let (saved, change) = session.store().transact(session.actor(), &intent, |tx| {
        if let (Some(user), Some(edited)) = (user, &input.version) {
            refuse_stale(tx, user, edited)?;
        }
        let saved = write_form(tx, session.desk(), user, &input.form)?;
        draft::discard_saved(tx, input.id.as_deref().unwrap_or("new"))?;
        Ok::<_, ApiError>(saved)
    })?;
    Ok(Saved {
        id: saved.to_string(),
        change: change.map_or(0, |change| crate::numbers::small(change.0)),
    })
}

fn refuse_stale(tx: &Tx<'_>, user: ExternalUserId, edited: &str) -> Result<(), ApiError> {
    let saved = super::form::version(tx, user)?;
    if saved == edited {
        return Ok(());
    }
    Err(ApiError::new(
        Code::Stale,
        "somebody saved this person meanwhile; look at the saved state, then save again",
    ))
}

/// Checks and writes a form; a new person gets an id. Rolled back, it is the preview of the draft.
pub(crate) fn write_form(
    tx: &Tx<'_>,
    desk: &str,
    user: Option<ExternalUserId>,
    form: &UserForm,
) -> Result<ExternalUserId, ApiError> {
    let errors: Vec<_> = check::problems(tx, desk, user, form)?
        .into_iter()
        .filter(|p| !p.warning)
        .collect();
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors));
    }
    let before = user.map(|user| found(tx, user)).transpose()?;
    let is_new = before.is_none();
    let row = filled(before.unwrap_or_else(fresh), form)?;
    let user = row.id;
    if is_new {
        external_user::insert(tx, &row)?;
    } else {
        external_user::update(tx, &row)?;
    }
    user_account::set_all_replaces_existing(tx, user, &further_accounts(form)?)?;
    user_group::set_all_replaces_existing(tx, user, &group_rights(form)?)?;
    Ok(user)
}

fn found(tx: &Tx<'_>, user: ExternalUserId) -> Result<external_user::Row, ApiError> {
    Ok(external_user::get(tx, user)?)
}

/// An empty row with an id of its own.
fn fresh() -> external_user::Row {
    external_user::Row {
        id: ExternalUserId::new(),
        desk_key: None,
        login: String::new(),
        title: String::new(),
        first_name: String::new(),
        last_name: String::new(),
        email: String::new(),
        phone: String::new(),
        mobile: String::new(),
        fax: String::new(),
        street: String::new(),
        zip: String::new(),
        city: String::new(),
        country: String::new(),
        description: String::new(),
        account_id: None,
        validity: Validity::Valid,
        has_password: None,
        present: true,
    }
}

fn filled(mut row: external_user::Row, form: &UserForm) -> Result<external_user::Row, ApiError> {
    row.login.clone_from(&form.login);
    row.title.clone_from(&form.title);
    row.first_name.clone_from(&form.first_name);
    row.last_name.clone_from(&form.last_name);
    row.email.clone_from(&form.email);
    row.phone.clone_from(&form.phone);
    row.mobile.clone_from(&form.mobile);
    row.fax.clone_from(&form.fax);
    row.street.clone_from(&form.street);
    row.zip.clone_from(&form.zip);
    row.city.clone_from(&form.city);
    row.country.clone_from(&form.country);
    row.description.clone_from(&form.description);
    row.validity = Validity::from_name(&form.status)
        .ok_or_else(|| ApiError::refused(format!("status: {:?} is no validity", form.status)))?;
    row.account_id = match form.account.as_str() {
        "" => None,
        account => Some(id::<AccountId>("account", account)?),
    };
    row.present = true;
    Ok(row)
}

fn further_accounts(form: &UserForm) -> Result<Vec<AccountId>, ApiError> {
    let mut seen = BTreeSet::new();
    let ids = form
        .further_accounts
        .iter()
        .map(|text| id::<AccountId>("account", text))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}

fn group_rights(form: &UserForm) -> Result<Vec<(GroupId, String)>, ApiError> {
    let mut rights = BTreeSet::new();
    for right in &form.groups {
        let group: GroupId = id("group", &right.group)?;
        for permission in &right.permissions {
            rights.insert((group, permission.clone()));
        }
    }
    Ok(rights.into_iter().collect())
}

/// What people call the person of a form.
pub(crate) fn person_name(form: &UserForm) -> String {
    let name = format!("{} {}", form.first_name.trim(), form.last_name.trim());
    if name.trim().is_empty() {
        form.login.clone()
    } else {
        name.trim().to_owned()
    }
}
