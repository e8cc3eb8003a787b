//! Who saved what meanwhile: a fingerprint of a form, and what differs when it no longer fits.

use portico_core::error::FieldProblem;
use portico_core::form::check::warning;
use portico_core::form::field::Entity;
use portico_core::id::ExternalUserId;
use portico_store::Connection;
use portico_store::history::{self, Change, Kind, Line};

use crate::error::{ApiError, Code};
use crate::types::users::UserForm;

/// Digits of the whole form; the fields follow.
const WHOLE: usize = 16;
/// Digits of a field: enough to tell which one differs once it is known that one does.
const FIELD: usize = 4;
/// How far back the log is searched for who it was.
const LOOK_BACK: u32 = 200;

/// A fingerprint of the saved form: equal as long as nobody saved something else.
pub(super) fn version(form: &UserForm) -> Result<String, ApiError> {
    let mut version = digest(form, WHOLE)?;
    for field in Entity::ExternalUser.fields() {
        version += &digest(&form.value(field.name), FIELD)?;
    }
    Ok(version)
}

fn digest(value: &impl serde::Serialize, digits: usize) -> Result<String, ApiError> {
    let json = serde_json::to_vec(value).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(crate::digest::short(&json).chars().take(digits).collect())
}

/// Refuses a save of a form that was read before somebody else saved; says which fields differ, and who it was.
pub(super) fn refuse_stale(c: &Connection, user: ExternalUserId, edited: &str) -> Result<(), ApiError> {
    let form = super::load::form(c, user)?;
    let saved = version(&form)?;
    if saved == edited {
        return Ok(());
    }
    let fields = differing(&saved, edited);
    let theirs = theirs(c, user, &fields)?;
    let told: Vec<String> = theirs.iter().map(|p| format!("{}: {}", p.field, p.message)).collect();
    let message = "somebody saved this person meanwhile; look at the saved state, then save again";
    let mut error = ApiError::new(Code::Stale, message).with_detail(told);
    error.fields = theirs;
    Err(error)
}

/// Fields whose digits differ; all of them where the two cannot be compared.
fn differing(saved: &str, edited: &str) -> Vec<&'static str> {
    let comparable = edited.is_ascii() && edited.len() == saved.len();
    let field_digits = |version: &str, n: usize| {
        version
            .get(WHOLE + n * FIELD..WHOLE + (n + 1) * FIELD)
            .map(str::to_owned)
    };
    let names = Entity::ExternalUser.fields().iter().map(|field| field.name).enumerate();
    let differs = |n: usize| !comparable || field_digits(saved, n) != field_digits(edited, n);
    names.filter(|(n, _)| differs(*n)).map(|(_, name)| name).collect()
}

/// Beside each field, who changed it last and to what.
fn theirs(c: &Connection, user: ExternalUserId, fields: &[&str]) -> Result<Vec<FieldProblem>, ApiError> {
    let mut log = Vec::new();
    let mut import = None;
    for change in history::list(c, None, LOOK_BACK)? {
        if change.kind == Kind::Import {
            // An import says nothing of single fields, and what came before it is not meant.
            import = Some(change);
            break;
        }
        let lines = history::lines(c, change.id)?;
        log.push((change, lines));
    }
    let told = fields.iter().map(|field| {
        let found = log.iter().find_map(|(change, lines)| {
            let line = lines
                .iter()
                .find(|line| line.user == Some(user) && field_of(line) == *field)?;
            Some((change, Some(line)))
        });
        told(field, found.or(import.as_ref().map(|change| (change, None))))
    });
    Ok(told.collect())
}

fn told(field: &str, found: Option<(&Change, Option<&Line>)>) -> FieldProblem {
    let Some((change, line)) = found else {
        let message = "changed meanwhile".to_owned();
        return warning(field, "problem.changed_meanwhile", Vec::new(), message);
    };
    let mut detail = vec![
        ("actor".to_owned(), change.actor.clone()),
        ("at".to_owned(), crate::numbers::time_ms(change.at)),
    ];
    let Some(line) = line else {
        let message = format!("changed meanwhile by an import of {}", change.actor);
        return warning(field, "problem.changed_by_import", detail, message);
    };
    let (from, to) = (
        line.from.clone().unwrap_or_default(),
        line.to.clone().unwrap_or_default(),
    );
    let message = format!("changed meanwhile by {}: {from:?} -> {to:?}", change.actor);
    detail.extend([("from".to_owned(), from), ("to".to_owned(), to)]);
    warning(field, "problem.changed_by", detail, message)
}

/// The form's field that a line of the log is about.
fn field_of(line: &Line) -> &str {
    match line.table {
        "external_user" => super::form::field(&line.field),
        "user_address" if line.field.ends_with(" write") => "write_addresses",
        table => super::load::field_of_link(table).unwrap_or_default(),
    }
}
