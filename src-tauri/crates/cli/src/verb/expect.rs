//! `expect` and `check`: what people are to see, or never to see, and whether it is so.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::session::Session;
use portico_api::types::expectations::{ExpectationCheck, ExpectationInput, ExpectationRow};
use portico_api::types::transfer::Progress;
use portico_api::{error::ApiError, expectations};
use portico_core::actor::Actor;
use portico_core::form::field::Entity;
use serde_json::json;

use super::{look, work};
use crate::args::{Expect, ExpectWhat, Seeing, Thing, Whom};
use crate::edit::{Names, noun};
use crate::failure::{Ending, Failure};
use crate::output::{Output, say_progress};
use crate::people::{self, Directory};

pub(super) fn run(args: &Expect, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    match &args.what {
        ExpectWhat::List => {
            let rows = expectations::list_expectations(&look(&args.file, actor)?)?;
            listed("expectations", &rows, output)?;
        }
        ExpectWhat::Add { who, seeing, what } => {
            let session = work(&args.file, actor)?;
            let input = input(&session, who, *seeing, what)?;
            let added = expectations::add_expectations(&session, &[input])?;
            listed("added", &added, output)?;
        }
        ExpectWhat::Remove { id } => {
            expectations::remove_expectation(&work(&args.file, actor)?, id)?;
            listed("added", &[], output)?;
        }
        ExpectWhat::From { user, dry_run } => from(args, user, *dry_run, actor, output)?,
    }
    Ok(Ending::Done)
}

/// What a person sees today as expectations.
fn from(args: &Expect, user: &str, dry_run: bool, actor: Actor, output: &mut Output) -> Result<(), Failure> {
    let session = if dry_run {
        look(&args.file, actor)?
    } else {
        work(&args.file, actor)?
    };
    let id = people::id_of(&session, user)?;
    let proposed = watched(|how| expectations::propose_expectations(&session, &id, how))?;
    if dry_run {
        return listed("proposed", &proposed.proposed, output);
    }
    let inputs: Vec<_> = proposed.proposed.iter().map(as_input).collect();
    let added = expectations::add_expectations(&session, &inputs)?;
    listed("added", &added, output)
}

fn as_input(row: &ExpectationRow) -> ExpectationInput {
    ExpectationInput {
        who: row.who.clone(),
        who_key: row.who_key.clone(),
        sees: row.sees,
        what: row.what.clone(),
        what_key: row.what_key.clone(),
    }
}

/// Does work that a person may watch.
fn watched<T>(asked: impl FnOnce(&mut Work<'_>) -> Result<T, ApiError>) -> Result<T, Failure> {
    let mut tell = |progress: Progress| {
        if progress.done.is_multiple_of(1000) {
            say_progress(&format!("{} people", progress.done));
        }
    };
    let mut how = Work {
        job: "expectations",
        tell: &mut tell,
        cancelled: &Arc::new(AtomicBool::new(false)),
    };
    let answer = asked(&mut how)?;
    say_progress("");
    Ok(answer)
}

fn record(session: &Session, entity: Entity, name: &str) -> Result<String, Failure> {
    let found = Directory::of(session)?.record(entity, name)?;
    found.ok_or_else(|| Failure::missing(&noun(entity), name))
}

fn input(session: &Session, who: &Whom, seeing: Seeing, what: &Thing) -> Result<ExpectationInput, Failure> {
    let (who, who_key) = match who {
        Whom::Everyone => ("everyone", String::new()),
        Whom::User(login) => ("external_user", people::id_of(session, login)?),
        Whom::Account(key) => ("account", record(session, Entity::Account, key)?),
    };
    let what_key = match Entity::from_name(what.kind) {
        Some(entity) => record(session, entity, &what.name)?,
        None => what.name.clone(),
    };
    Ok(ExpectationInput {
        who: who.to_owned(),
        who_key,
        sees: seeing == Seeing::Sees,
        what: what.kind.to_owned(),
        what_key,
    })
}

fn listed(member: &str, rows: &[ExpectationRow], output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return output.value(&json!({ member: rows }));
    }
    let told = |row: &ExpectationRow| vec![row.id.clone(), expectations::sentence(row)];
    output.columns(&rows.iter().map(told).collect::<Vec<_>>())
}

/// How all expectations stand.
pub(super) fn check(session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let report = watched(|how| expectations::check_expectations(session, how))?;
    if output.is_json() {
        output.value(&report)?;
    } else {
        for one in report.expectations.iter().filter(|one| one.state != "held") {
            told(one, output)?;
        }
        output.line(&format!(
            "{} hold, {} broken, {} cannot be told",
            report.held, report.broken, report.unknown
        ))?;
    }
    Ok(Ending::look_if(report.broken + report.unknown > 0))
}

pub(super) fn told(one: &ExpectationCheck, output: &mut Output) -> Result<(), Failure> {
    let because = match one.because.as_str() {
        "gone" => ": it is not there any more",
        "no_tickets" => ": there is no ticket of it",
        "nobody" => ": there is nobody of whom it could hold",
        "cannot_tell" => ": the rules cannot tell",
        _ => "",
    };
    let sentence = expectations::sentence(&one.expectation);
    output.line(&format!("{}: {sentence}{because}", one.state))?;
    for against in &one.examples {
        let ticket = against
            .ticket
            .as_deref()
            .map_or_else(String::new, |number| format!(", ticket {number}"));
        output.line(&format!("  {} ({} tickets{ticket})", against.login, against.tickets))?;
    }
    let more = (one.against as usize).saturating_sub(one.examples.len());
    if more > 0 {
        output.line(&format!("  and {more} more people"))?;
    }
    Ok(())
}
