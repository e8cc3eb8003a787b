//! `set`: changing fields of one person or of many.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use portico_api::error::ApiError;
use portico_api::session::Session;
use portico_api::types::users::{SaveUser, UserForm};
use portico_api::users;
use portico_core::actor::Actor;
use portico_core::error::FieldProblem;
use serde_json::{Map, Value, json};

use super::{look, work};
use crate::args::Set;
use crate::failure::{Ending, Failure};
use crate::output::Output;
use crate::people::{self, Directory, one_line};

/// A person's form after the changes, and what differs.
struct Changed {
    login: String,
    input: SaveUser,
    /// Field, before, after.
    differs: Vec<(&'static str, Value, Value)>,
    /// What is wrong or worth knowing about the fields that differ, and all that stops a save.
    problems: Vec<FieldProblem>,
}

pub(super) fn run(args: &Set, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    let session = if args.dry_run {
        look(&args.file.path, actor)?
    } else {
        work(&args.file.path, actor)?
    };
    let mut all = Vec::new();
    for name in names(args)? {
        all.push(change(args, &session, &name)?);
    }
    // All are checked before the first is saved.
    refuse_errors(&all)?;
    let mut numbers = Vec::new();
    for changed in &all {
        let number = if args.dry_run || changed.differs.is_empty() {
            0
        } else {
            users::save_user(&session, &changed.input)?.change
        };
        numbers.push(number);
    }
    tell(args.dry_run, &all, &numbers, output)?;
    Ok(Ending::look_if(all.iter().any(|changed| !changed.problems.is_empty())))
}

/// Whom to change: one person, or those of a list, each once.
fn names(args: &Set) -> Result<Vec<String>, Failure> {
    let Some(list) = &args.users_from else {
        return Ok(args.user.iter().cloned().collect());
    };
    let text = if list == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(list)
    };
    let text = text.map_err(|source| Failure::File {
        path: list.display().to_string(),
        source,
    })?;
    let mut names: Vec<String> = Vec::new();
    for name in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    if names.is_empty() {
        return Err(Failure::Usage(format!("{} names nobody", list.display())));
    }
    Ok(names)
}

fn change(args: &Set, session: &Session, name: &str) -> Result<Changed, Failure> {
    let detail = people::detail(session, name)?;
    let mut directory = Directory::around(session, &detail);
    let mut form: UserForm = detail.form.clone();
    for edit in &args.edits {
        edit.apply(&mut form, &mut directory)?;
    }
    let before = directory.fields(&detail.form);
    let differs: Vec<_> = before
        .into_iter()
        .zip(directory.fields(&form))
        .filter(|((_, old), (_, new))| old != new)
        .map(|((field, old), (_, new))| (field, old, new))
        .collect();
    let mut problems = users::check_user(session, Some(&detail.id), &form)?;
    problems
        .retain(|problem| !problem.warning || differs.iter().any(|(field, _, _)| shown_as(&problem.field) == *field));
    let input = SaveUser {
        id: Some(detail.id),
        version: Some(detail.version),
        form,
    };
    Ok(Changed {
        login: detail.form.login,
        input,
        differs,
        problems,
    })
}

/// The form's field under the name that is typed.
fn shown_as(field: &str) -> &str {
    if field == "further_accounts" { "accounts" } else { field }
}

fn refuse_errors(all: &[Changed]) -> Result<(), Failure> {
    let wrong: Vec<_> = all
        .iter()
        .filter(|changed| changed.problems.iter().any(|p| !p.warning))
        .collect();
    let Some(first) = wrong.first() else { return Ok(()) };
    let mut error = ApiError::invalid(first.problems.iter().filter(|p| !p.warning).cloned().collect());
    error.message = format!("{}: {}", first.login, error.message);
    error.fields.clear();
    error.detail = wrong
        .iter()
        .skip(1)
        .flat_map(|changed| {
            changed
                .problems
                .iter()
                .filter(|p| !p.warning)
                .map(|p| (&changed.login, p))
        })
        .map(|(login, problem)| format!("{login}: {}: {}", problem.field, problem.message))
        .collect();
    Err(error.into())
}

fn tell(dry_run: bool, all: &[Changed], numbers: &[u32], output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let users: Vec<Value> = all
            .iter()
            .zip(numbers)
            .map(|(changed, number)| as_json(changed, *number))
            .collect();
        return output.value(&json!({ "dry_run": dry_run, "users": users }));
    }
    for changed in all {
        if changed.differs.is_empty() {
            output.line(&format!("{}: nothing to change", changed.login))?;
        }
        for (field, old, new) in &changed.differs {
            let (old, new) = (one_line(old), one_line(new));
            let shown = |text: String| if text.is_empty() { "(empty)".to_owned() } else { text };
            output.line(&format!("{}: {field}: {} -> {}", changed.login, shown(old), shown(new)))?;
        }
        for problem in &changed.problems {
            crate::output::say(&format!(
                "{}: {}: {}",
                changed.login,
                shown_as(&problem.field),
                problem.message
            ));
        }
    }
    if dry_run {
        output.line("Nothing was written (--dry-run).")?;
    }
    Ok(())
}

fn as_json(changed: &Changed, number: u32) -> Value {
    let by_field: Map<String, Value> = changed
        .differs
        .iter()
        .map(|(field, old, new)| ((*field).to_owned(), json!([old, new])))
        .collect();
    json!({
        "login": changed.login,
        "changes": by_field,
        "problems": changed.problems,
        "change": if number == 0 { Value::Null } else { json!(number) },
    })
}
