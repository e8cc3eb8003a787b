//! What is wrong with a form: the desk's limits from core, and what only the workspace knows.

use portico_core::error::FieldProblem;
use portico_core::form::{self, Circumstances, problem, registry, warning};
use portico_core::id::ExternalUserId;
use portico_core::model::Validity;
use portico_store::Connection;
use portico_store::table::{account, external_user};

use crate::error::{ApiError, id};
use crate::types::users::UserForm;

/// All problems of a form, errors and warnings, in the form's order.
pub(super) fn problems(
    c: &Connection,
    desk: &str,
    user: Option<ExternalUserId>,
    form: &UserForm,
) -> Result<Vec<FieldProblem>, ApiError> {
    let rules = registry::rules(desk).ok_or_else(|| ApiError::not_found("desk", desk))?;
    let saved = user.map(|user| external_user::find(c, user)).transpose()?.flatten();
    let at = Circumstances {
        in_desk: saved.as_ref().is_some_and(|row| row.desk_key.is_some()),
        has_links: !form.further_accounts.is_empty() || form.groups.iter().any(|right| !right.permissions.is_empty()),
    };
    let mut found = form::check(rules, &|field| text(form, field), at);
    if Validity::from_name(&form.status).is_none() {
        found.push(problem(
            "status",
            "problem.status",
            vec![],
            format!("{:?} is no validity", form.status),
        ));
    }
    if rules.login_is_key {
        found.extend(renamed(saved.as_ref(), form));
    }
    found.extend(twice(c, user, form)?);
    found.extend(accounts(c, form)?);
    Ok(found)
}

/// The text of a field by its name in the form.
pub(crate) fn text<'a>(form: &'a UserForm, field: &str) -> &'a str {
    match field {
        "login" => &form.login,
        "title" => &form.title,
        "first_name" => &form.first_name,
        "last_name" => &form.last_name,
        "email" => &form.email,
        "phone" => &form.phone,
        "mobile" => &form.mobile,
        "fax" => &form.fax,
        "street" => &form.street,
        "zip" => &form.zip,
        "city" => &form.city,
        "country" => &form.country,
        "description" => &form.description,
        "status" => &form.status,
        "account" => &form.account,
        _ => "",
    }
}

fn renamed(saved: Option<&external_user::Row>, form: &UserForm) -> Option<FieldProblem> {
    let key = saved?.desk_key.as_ref().filter(|key| **key != form.login)?;
    let detail = vec![("old".into(), key.clone())];
    let message = format!("the desk knows this person as {key}; renaming drops her links and is not exported");
    Some(warning("login", "problem.renamed", detail, message))
}

/// Who else has this login or this e-mail.
fn twice(c: &Connection, user: Option<ExternalUserId>, form: &UserForm) -> Result<Vec<FieldProblem>, ApiError> {
    let mut found = Vec::new();
    for other in external_user::by_folded_login(c, &form.login)? {
        if Some(other.id) == user || !other.present {
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

fn accounts(c: &Connection, form: &UserForm) -> Result<Vec<FieldProblem>, ApiError> {
    let mut found = Vec::new();
    let further = form.further_accounts.iter().map(|text| ("further_accounts", text));
    for (field, text) in [("account", &form.account)]
        .into_iter()
        .filter(|(_, t)| !t.is_empty())
        .chain(further)
    {
        let Some(row) = account::find(c, id("account", text)?)? else {
            found.push(problem(
                field,
                "problem.no_account",
                vec![],
                "there is no such account".into(),
            ));
            continue;
        };
        let detail = vec![("account".into(), row.key.clone())];
        if !row.present {
            let message = format!(
                "the desk has no record of {}; then the company list is not filtered",
                row.key
            );
            found.push(warning(field, "problem.account_without_record", detail, message));
        }
    }
    Ok(found)
}
