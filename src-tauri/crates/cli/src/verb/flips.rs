//! `why --flips`: the smallest changes that would lead to another answer.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::flips::{self, Counting};
use portico_api::session::Session;
use portico_api::types::flips::{Flip, FlipChange, Flips};
use portico_api::types::preview::Viewer;
use serde_json::{Value, json};

use super::{progress, progress_is_over};
use crate::failure::Failure;
use crate::output::Output;

/// What would flip each of the answers; whom else that touches is counted for all, or where it may be thousands at most.
pub(super) fn of_all(
    session: &Session,
    viewer: &Viewer,
    ticket: &str,
    questions: &[&str],
    count_all: bool,
) -> Result<Vec<Flips>, Failure> {
    let counting = if count_all { Counting::All } else { Counting::Near };
    let never = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "flips",
        tell: &mut |p| progress(&p),
        cancelled: &never,
    };
    let told = questions
        .iter()
        .map(|question| Ok(flips::flips(session, viewer, ticket, question, counting, &mut work)?))
        .collect();
    progress_is_over();
    told
}

/// One list a proposal, of its changes.
pub(super) fn as_json(of: &[Flips]) -> Value {
    let proposals = of.iter().flat_map(|told| {
        told.flips.iter().map(|flip| {
            let changes = flip.changes.iter().map(|change| {
                json!({
                    "entity": change.entity,
                    "key": change.key,
                    "field": change.field,
                    "from": change.from,
                    "to": change.to,
                    "question": told.question,
                    "others": flip.touches.map(|touch| touch.others),
                })
            });
            Value::from(changes.collect::<Vec<_>>())
        })
    });
    Value::from(proposals.collect::<Vec<_>>())
}

pub(super) fn as_text(of: &[Flips], output: &mut Output) -> Result<(), Failure> {
    for told in of {
        output.line("")?;
        let now = super::why::answer(told.answer);
        if told.flips.is_empty() {
            let why = match told.answer {
                Some(_) => "no small change of what can be set here would lead to another answer",
                None => "nothing is proposed",
            };
            output.line(&format!("{} ({now}): {why}", told.question))?;
            continue;
        }
        output.line(&format!("{} ({now}) would change with one of:", told.question))?;
        told.flips.iter().try_for_each(|flip| write_flip(flip, output))?;
    }
    Ok(())
}

fn write_flip(flip: &Flip, output: &mut Output) -> Result<(), Failure> {
    for (n, change) in flip.changes.iter().enumerate() {
        let sign = if n == 0 { "-" } else { " " };
        output.line(&format!("  {sign} {}", words(change)))?;
    }
    if let Some(touch) = flip.touches {
        let unknown = match touch.unknown {
            0 => String::new(),
            n => format!("; of {n} it cannot be told"),
        };
        output.line(&format!("      touches {} others{unknown}", touch.others))?;
    } else {
        output.line("      concerns more people than are counted unasked: --count-all says whom it touches")?;
    }
    Ok(())
}

/// `account ACME, groups: + Support:ro`.
fn words(change: &FlipChange) -> String {
    let FlipChange {
        entity,
        key,
        field,
        from,
        to,
        ..
    } = change;
    let what = match (from.as_str(), to.as_str()) {
        ("", to) => format!("+ {to}"),
        (from, "") => format!("- {from}"),
        (from, to) => format!("{from} -> {to}"),
    };
    format!("{} {key}, {field}: {what}", entity.replace('_', " "))
}
