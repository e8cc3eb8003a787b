//! `set`: changing fields of one person or of many, and adding a person.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use portico_api::error::ApiError;
use portico_api::session::Session;
use portico_api::types::passphrase::Secret;
use portico_api::types::users::{SaveUser, UserDetail, UserForm};
use portico_api::{templates, users};
use portico_core::actor::Actor;
use portico_core::error::FieldProblem;
use portico_core::form::check::NOT_KEPT;
use serde_json::{Map, Value, json};

use super::{look, template, work};
use crate::args::Set;
use crate::failure::{Ending, Failure};
use crate::field::shown_as;
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
        look(&args.file, actor)?
    } else {
        work(&args.file, actor)?
    };
    let template = args
        .template
        .as_deref()
        .map(|name| template::id_of(&session, name))
        .transpose()?;
    let secret = args
        .password_file
        .as_deref()
        .map(crate::secret::from_file)
        .transpose()?;
    let mut directory = Directory::of(&session)?;
    let mut all = Vec::new();
    let given = (template.as_deref(), secret.as_ref());
    if let Some(login) = &args.new {
        let start = beginning(args, &session, login)?;
        all.push(change(args, given, &session, &mut directory, start)?);
    } else {
        for name in names(args.user.as_ref(), args.users_from.as_deref())? {
            let start = Start::of(people::detail(&session, &name)?);
            all.push(change(args, given, &session, &mut directory, start)?);
        }
    }
    // All problems are told at once, not only the first that would stop the save.
    refuse_errors(&all)?;
    let number = if args.dry_run {
        0
    } else {
        save(&session, &all, secret.as_ref())?
    };
    tell(args.dry_run, &all, number, output)?;
    Ok(Ending::look_if(all.iter().any(|changed| !changed.problems.is_empty())))
}

/// Saves those who differ as one change; its number, 0 where nobody does.
fn save(session: &Session, all: &[Changed], secret: Option<&Secret>) -> Result<u32, Failure> {
    if let (Some(secret), [one]) = (secret, all) {
        return Ok(users::save_typed_user(session, &one.input, None, secret)?.change);
    }
    let differing: Vec<&Changed> = all.iter().filter(|changed| !changed.differs.is_empty()).collect();
    match differing.as_slice() {
        [] => Ok(0),
        [one] => Ok(users::save_user(session, &one.input)?.change),
        several => {
            let inputs: Vec<SaveUser> = several.iter().map(|changed| changed.input.clone()).collect();
            Ok(users::save_users(session, &inputs)?)
        }
    }
}

/// Whom to change: one person, or those of a list, each once.
pub(super) fn names(user: Option<&String>, list: Option<&Path>) -> Result<Vec<String>, Failure> {
    let Some(list) = list else {
        return Ok(user.into_iter().cloned().collect());
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

/// A form to begin with, and what it is compared with.
struct Start {
    /// `None` for a new person.
    id: Option<String>,
    version: Option<String>,
    before: UserForm,
    form: UserForm,
}

impl Start {
    fn of(detail: UserDetail) -> Self {
        Self {
            id: Some(detail.id),
            version: Some(detail.version),
            before: detail.form.clone(),
            form: detail.form,
        }
    }
}

/// A new person's form: empty, or with the rights of somebody.
fn beginning(args: &Set, session: &Session, login: &str) -> Result<Start, Failure> {
    let like = args
        .like
        .as_deref()
        .map(|name| people::id_of(session, name))
        .transpose()?;
    let mut form = users::new_user(session, like.as_deref())?.form;
    login.clone_into(&mut form.login);
    Ok(Start {
        id: None,
        version: None,
        before: users::new_user(session, None)?.form,
        form,
    })
}

fn change(
    args: &Set,
    (template, secret): (Option<&str>, Option<&Secret>),
    session: &Session,
    directory: &mut Directory<'_>,
    start: Start,
) -> Result<Changed, Failure> {
    let mut form: UserForm = match template {
        Some(template) => templates::apply_template(session, template, &start.form)?,
        None => start.form,
    };
    for edit in &args.edits {
        edit.apply(&mut form, directory)?;
    }
    if secret.is_some() {
        "typed".clone_into(&mut form.password);
    }
    let before = directory.fields(&start.before)?;
    let differs: Vec<_> = before
        .into_iter()
        .zip(directory.fields(&form)?)
        .filter(|((_, old), (_, new))| old != new)
        .map(|((named, old), (_, new))| (named.name, old, new))
        .collect();
    let mut problems = users::check_user(session, start.id.as_deref(), &form)?;
    if let Some(secret) = secret {
        problems.retain(|problem| problem.code != NOT_KEPT);
        problems.extend(users::check_password(session, secret)?);
    }
    problems
        .retain(|problem| !problem.warning || differs.iter().any(|(field, _, _)| shown_as(&problem.field) == *field));
    let login = if start.id.is_some() {
        start.before.login
    } else {
        form.login.clone()
    };
    let input = SaveUser {
        id: start.id,
        version: start.version,
        form,
    };
    Ok(Changed {
        login,
        input,
        differs,
        problems,
    })
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

fn tell(dry_run: bool, all: &[Changed], number: u32, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let users: Vec<Value> = all.iter().map(|changed| as_json(changed, number)).collect();
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
        "change": if number == 0 || changed.differs.is_empty() { Value::Null } else { json!(number) },
    })
}
