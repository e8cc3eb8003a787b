//! What is wrong with a form: the one check from core, and what only the workspace knows.

use portico_core::error::FieldProblem;
use portico_core::form::check::{self, Circumstances, Form, problem, warning};
use portico_core::form::field::Entity;
use portico_core::id::ExternalUserId;
use portico_store::Connection;
use portico_store::table::{external_user, user_secret};

use crate::error::ApiError;
use crate::known::known;
use crate::types::users::UserForm;

/// All problems of a form, errors and warnings, in the form's order.
pub(crate) fn problems(
    c: &Connection,
    desk: &str,
    user: Option<ExternalUserId>,
    form: &UserForm,
) -> Result<Vec<FieldProblem>, ApiError> {
    let row = user.map(|user| external_user::find(c, user)).transpose()?.flatten();
    // A placeholder was never saved: it is a name that others mention.
    let saved = match &row {
        Some(row) if row.present => Some(super::load::form(c, row.id)?),
        _ => None,
    };
    let desk_key = row.as_ref().and_then(|row| row.desk_key.as_deref());
    look(c, desk, user, desk_key, saved.as_ref(), form)
}

/// All problems of a form whose saved state is known: for whoever checks many.
pub(crate) fn problems_since(
    c: &Connection,
    desk: &str,
    user: ExternalUserId,
    saved: &UserForm,
    form: &UserForm,
) -> Result<Vec<FieldProblem>, ApiError> {
    let row = external_user::find(c, user)?;
    let desk_key = row.as_ref().and_then(|row| row.desk_key.as_deref());
    look(c, desk, Some(user), desk_key, Some(saved), form)
}

fn look(
    c: &Connection,
    desk: &str,
    user: Option<ExternalUserId>,
    desk_key: Option<&str>,
    saved: Option<&UserForm>,
    form: &UserForm,
) -> Result<Vec<FieldProblem>, ApiError> {
    let known = known(c, check::references(Entity::ExternalUser, form))?;
    // Counted only where somebody would need one: that takes a look at everybody.
    let needs_licence = saved.is_none_or(|saved| saved.status != form.status);
    let at = Circumstances {
        saved: saved.map(|form| form as &dyn Form),
        desk_key,
        known: Some(&known),
        today: Some(crate::numbers::today()),
        has_secret: match user {
            Some(user) => user_secret::is_sealed(c, user)?,
            None => false,
        },
        licences: if needs_licence {
            super::licence::counted(c, desk)?
        } else {
            None
        },
    };
    let mut found = check::check(crate::forms::rules(desk)?, Entity::ExternalUser, form, &at);
    found.extend(twice(c, user, form)?);
    let fields = Entity::ExternalUser.fields();
    found.sort_by_key(|problem| fields.iter().position(|field| field.name == problem.field));
    Ok(found)
}

/// Who else has this login or this e-mail.
fn twice(c: &Connection, user: Option<ExternalUserId>, form: &UserForm) -> Result<Vec<FieldProblem>, ApiError> {
    let mut found = Vec::new();
    for other in external_user::by_folded_login(c, &form.login)? {
        if Some(other.id) == user || !other.present || form.login.is_empty() {
            continue;
        }
        let detail = vec![("login".into(), other.login.clone())];
        found.push(if other.login == form.login {
            problem(
                "login",
                "problem.login_taken",
                detail,
                format!("{} is taken", other.login),
            )
        } else {
            let message = format!(
                "{} differs only in case; the desk may take the two for one",
                other.login
            );
            warning("login", "problem.login_case", detail, message)
        });
    }
    if !form.email.trim().is_empty()
        && let Some(other) = external_user::by_email(c, form.email.trim())?
            .into_iter()
            .find(|o| Some(o.id) != user)
    {
        let detail = vec![("login".into(), other.login.clone())];
        found.push(warning(
            "email",
            "problem.email_taken",
            detail,
            format!("{} has it too", other.login),
        ));
    }
    Ok(found)
}
