//! `offboard`: ending the access of people who leave, as one change.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::offboard;
use portico_api::selection::Selection;
use portico_api::session::Session;
use portico_api::types::bulk::{Leaver, Offboard as Input, OffboardOptions, OffboardPreview};
use portico_api::types::exposure::Exposure;
use portico_core::actor::Actor;
use serde_json::{Map, Value, json};

use super::{set, work};
use crate::args::Offboard;
use crate::failure::{Ending, Failure};
use crate::field::{self, shown_as};
use crate::output::{Output, counted, say};
use crate::people;

pub(super) fn run(args: &Offboard, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    // The exposure is found by trying the change out and taking it back: for that the file must be writable.
    let session = work(&args.file, actor)?;
    let input = input(args, &session)?;
    let preview = watched(|work| offboard::offboard_preview(&session, &input, work))?;
    let exposure = if preview.edit.invalid == 0 && preview.edit.changed > 0 {
        Some(watched(|work| offboard::offboard_exposure(&session, &input, work))?)
    } else {
        None
    };
    let change = if args.dry_run {
        None
    } else {
        let version = Some(preview.edit.version.as_str());
        let saved = watched(|work| offboard::offboard(&session, &input, version, work))?;
        (saved.change > 0).then_some(saved.change)
    };
    super::progress_is_over();
    tell(args, &preview, exposure.as_ref(), change, output)?;
    Ok(Ending::look_if(preview.edit.invalid > 0))
}

fn input(args: &Offboard, session: &Session) -> Result<Input, Failure> {
    let choices = offboard::offboard_choices(session)?;
    let keep = args.keep.iter().map(|name| field::find(name).map_err(Failure::Usage));
    let keep: Vec<&str> = keep
        .map(|named| Ok(named?.field.name))
        .collect::<Result<_, Failure>>()?;
    let remove = choices.usual.into_iter().filter(|name| !keep.contains(&name.as_str()));
    let names = set::names(args.user.as_ref(), args.users_from.as_deref())?;
    let ids = names.iter().map(|name| people::id_of(session, name));
    let first = choices.statuses.into_iter().next().unwrap_or_default();
    Ok(Input {
        people: Selection {
            ids: ids.collect::<Result<_, _>>()?,
            ..Selection::default()
        },
        options: OffboardOptions {
            status: args.status.clone().unwrap_or(first),
            remove: remove.collect(),
            end_date: args.until.clone().unwrap_or(choices.today),
        },
        skip_invalid: false,
    })
}

fn watched<T, E>(run: impl FnOnce(&mut Work<'_>) -> Result<T, E>) -> Result<T, E> {
    let never = Arc::new(AtomicBool::new(false));
    run(&mut Work {
        job: "offboard",
        tell: &mut |progress| super::progress(&progress),
        cancelled: &never,
    })
}

fn tell(
    args: &Offboard,
    preview: &OffboardPreview,
    exposure: Option<&Exposure>,
    change: Option<u32>,
    output: &mut Output,
) -> Result<(), Failure> {
    if output.is_json() {
        return output.value(&json!({
            "dry_run": args.dry_run,
            "people": preview.edit.people,
            "changed": preview.edit.changed,
            "users": preview.leavers.iter().map(as_json).collect::<Vec<_>>(),
            "exposure": exposure,
            "authored": preview.authored,
            "problems": preview.edit.problems,
            "change": change,
        }));
    }
    for leaver in &preview.leavers {
        output.line(&in_words(leaver))?;
    }
    let more = preview.edit.people as usize - preview.leavers.len();
    if more > 0 {
        output.line(&format!("and {more} more"))?;
    }
    let authored = &preview.authored;
    if authored.objects > 0 {
        let names = authored.names.join(", ");
        output.line(&format!(
            "rights as Author stay on {}: {names}",
            counted(authored.objects.into(), "object", "objects")
        ))?;
    }
    if let Some(exposure) = exposure {
        let (losing, lost, logins) = (exposure.losing, exposure.lost, exposure.logins_lost);
        let people = counted(losing.into(), "person loses", "people lose");
        let tickets = counted(lost, "ticket", "tickets");
        output.line(&format!("{people} {tickets}; {logins} may no longer log in"))?;
    }
    for of in &preview.edit.problems {
        say(&format!(
            "{}: {}: {}",
            of.login,
            shown_as(&of.problem.field),
            of.problem.message
        ));
    }
    if args.dry_run {
        output.line("Nothing was written (--dry-run).")?;
    }
    Ok(())
}

fn in_words(leaver: &Leaver) -> String {
    let mut said = Vec::new();
    let (before, after) = &leaver.status;
    if before != after {
        said.push(format!("status {before} -> {after}"));
    }
    if leaver.end.0 != leaver.end.1 {
        said.push(format!("access until {}", leaver.end.1));
    }
    let removed = leaver.removed.iter();
    said.extend(removed.map(|(field, names)| format!("{} -= {}", shown_as(field), names.join(", "))));
    if said.is_empty() {
        said.push("nothing to change".to_owned());
    }
    format!("{}: {}", leaver.login, said.join("; "))
}

fn as_json(leaver: &Leaver) -> Value {
    let removed: Map<String, Value> = leaver
        .removed
        .iter()
        .map(|(field, names)| (shown_as(field).to_owned(), json!(names)))
        .collect();
    json!({
        "login": leaver.login,
        "status": [leaver.status.0, leaver.status.1],
        "expires": [leaver.end.0, leaver.end.1],
        "removed": removed,
    })
}
