//! Writing a form: the same closure saves it and, rolled back, previews it.

use portico_core::error::FieldProblem;
use portico_core::form::check::NOT_KEPT;
use portico_core::id::ExternalUserId;
use portico_core::model::Validity;
use portico_store::Tx;
use portico_store::draft;
use portico_store::history::Intent;
use portico_store::table::external_user;

use super::check;
use crate::error::{ApiError, id};
use crate::session::Session;
use crate::types::passphrase::Secret;
use crate::types::users::{SaveUser, Saved, UserForm};

/// Saves the form as one change and forgets its draft: the person's own, and the one under the key of a new form. A
/// password that was typed is kept with it.
pub(super) fn save(
    session: &Session,
    input: &SaveUser,
    key: Option<&str>,
    typed: Option<&Secret>,
) -> Result<Saved, ApiError> {
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
            super::version::refuse_stale(tx, user, edited)?;
        }
        let saved = match typed {
            Some(clear) => super::secret::write_form(session, tx, user, &input.form, clear)?,
            None => write_form(tx, session.desk(), user, &input.form)?,
        };
        for key in input.id.as_deref().into_iter().chain(key) {
            draft::discard_saved(tx, key)?;
        }
        Ok::<_, ApiError>(saved)
    })?;
    Ok(Saved {
        id: saved.to_string(),
        change: change.map_or(0, |change| crate::numbers::small(change.0)),
    })
}

/// Saves several forms as one change; an error says whose form it is about.
pub(super) fn save_many(session: &Session, inputs: &[SaveUser]) -> Result<u32, ApiError> {
    let intent = Intent::new("intent.save_users").with("count", inputs.len().to_string());
    let ((), change) = session.store().transact(session.actor(), &intent, |tx| {
        for input in inputs {
            save_one(tx, session.desk(), input).map_err(|mut error| {
                error.message = format!("{}: {}", input.form.login, error.message);
                error
            })?;
        }
        Ok::<_, ApiError>(())
    })?;
    Ok(change.map_or(0, |change| crate::numbers::small(change.0)))
}

fn save_one(tx: &Tx<'_>, desk: &str, input: &SaveUser) -> Result<(), ApiError> {
    let text = input
        .id
        .as_deref()
        .ok_or_else(|| ApiError::refused("only people who are there can be saved together"))?;
    let user: ExternalUserId = id("external user", text)?;
    if let Some(edited) = &input.version {
        super::version::refuse_stale(tx, user, edited)?;
    }
    write_form(tx, desk, Some(user), &input.form)?;
    Ok(draft::discard_saved(tx, text)?)
}

/// Checks and writes a form that is only tried out: a password that is being typed is not there yet.
pub(crate) fn try_form(
    tx: &Tx<'_>,
    desk: &str,
    user: Option<ExternalUserId>,
    form: &UserForm,
) -> Result<ExternalUserId, ApiError> {
    let mut problems = check::problems(tx, desk, user, form)?;
    problems.retain(|problem| problem.code != NOT_KEPT);
    write_checked(tx, user, form, problems)
}

/// Checks and writes a form that is only tried out, of which only these fields were changed: what is wrong with the
/// others was so before.
pub(crate) fn try_fields(
    tx: &Tx<'_>,
    desk: &str,
    user: Option<ExternalUserId>,
    form: &UserForm,
    fields: &[&str],
) -> Result<ExternalUserId, ApiError> {
    let mut problems = check::problems(tx, desk, user, form)?;
    problems.retain(|problem| fields.contains(&problem.field.as_str()));
    write_checked(tx, user, form, problems)
}

/// Checks and writes a form; a new person gets an id.
pub(crate) fn write_form(
    tx: &Tx<'_>,
    desk: &str,
    user: Option<ExternalUserId>,
    form: &UserForm,
) -> Result<ExternalUserId, ApiError> {
    let problems = check::problems(tx, desk, user, form)?;
    write_checked(tx, user, form, problems)
}

/// Writes a form that was checked, unless something in it is wrong.
pub(super) fn write_checked(
    tx: &Tx<'_>,
    user: Option<ExternalUserId>,
    form: &UserForm,
    mut problems: Vec<FieldProblem>,
) -> Result<ExternalUserId, ApiError> {
    problems.retain(|problem| !problem.warning);
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let before = user.map(|user| found(tx, user)).transpose()?;
    let is_new = before.is_none();
    let row = filled(before.unwrap_or_else(external_user::fresh), form)?;
    let user = row.id;
    if is_new {
        external_user::insert(tx, &row)?;
    } else {
        external_user::update(tx, &row)?;
    }
    super::links::write(tx, user, form)?;
    Ok(user)
}

fn found(tx: &Tx<'_>, user: ExternalUserId) -> Result<external_user::Row, ApiError> {
    Ok(external_user::get(tx, user)?)
}

/// The person's row with what the form says.
pub(super) fn filled(mut row: external_user::Row, form: &UserForm) -> Result<external_user::Row, ApiError> {
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
    row.language.clone_from(&form.language);
    row.secondary_email.clone_from(&form.secondary_email);
    row.category.clone_from(&form.category);
    row.region.clone_from(&form.region);
    row.twitter.clone_from(&form.twitter);
    row.facebook.clone_from(&form.facebook);
    row.custom.clone_from(&form.custom);
    row.linked_resource.clone_from(&form.linked_resource);
    row.password.clone_from(&form.password);
    row.invited.clone_from(&form.invited);
    row.expires.clone_from(&form.expires);
    row.sponsor.clone_from(&form.sponsor);
    row.present = true;
    with_rights(row, form)
}

fn with_rights(mut row: external_user::Row, form: &UserForm) -> Result<external_user::Row, ApiError> {
    row.external = form.external;
    row.account_contacts = form.account_contacts;
    row.account_tickets = form.account_tickets;
    row.external_comments = form.external_comments;
    row.right_addresses = form.right_addresses;
    row.right_machines = form.right_machines;
    row.right_contact_person = form.right_contact_person;
    row.restrict_states = form.restrict_states;
    row.excel_export = form.excel_export;
    row.validity = Validity::from_name(&form.status)
        .ok_or_else(|| ApiError::refused(format!("status: {:?} is no validity", form.status)))?;
    row.account_id = optional("account", &form.account)?;
    row.contact_person_id = optional("contact", &form.contact_person)?;
    row.address_id = optional("address", &form.address)?;
    row.main_group_id = optional("group", &form.main_group)?;
    row.backend_id = optional("back end", &form.backend)?;
    Ok(row)
}

fn optional<T: std::str::FromStr>(what: &str, text: &str) -> Result<Option<T>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    id(what, text).map(Some)
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
