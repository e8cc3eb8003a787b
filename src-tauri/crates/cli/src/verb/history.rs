//! `log` and `undo`.

use portico_api::history;
use portico_api::session::Session;
use portico_api::types::history::{ChangeLine, ChangeRow};
use serde_json::json;

use crate::args::{Log, Undo};
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn log(args: &Log, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let mut changes: Vec<ChangeRow> = Vec::new();
    while changes.len() < args.limit as usize {
        let left = args.limit - u32::try_from(changes.len()).unwrap_or(args.limit);
        let page = history::list_changes(session, changes.last().map(|change| change.id), left)?;
        if page.is_empty() {
            break;
        }
        changes.extend(page);
    }
    if output.is_json() {
        output.value(&json!({ "changes": changes }))?;
        return Ok(Ending::Done);
    }
    for change in &changes {
        let undone = if change.undone { "  (undone)" } else { "" };
        let detail: Vec<String> = change
            .detail
            .iter()
            .map(|(name, value)| format!("{name} {}", value.replace('\n', "; ")))
            .collect();
        let intent = change.intent.strip_prefix("intent.").unwrap_or(&change.intent);
        output.line(&format!(
            "{:>5}  {}  {}  {intent}  {}{undone}",
            change.id,
            change.at,
            change.actor,
            detail.join(", ")
        ))?;
        for line in &change.lines {
            output.line(&format!("         {}", in_words(line)))?;
        }
    }
    Ok(Ending::Done)
}

fn in_words(line: &ChangeLine) -> String {
    let head = format!("{} {}: {} {}", line.entity, line.subject, line.kind, line.field);
    let values = match (&line.from, &line.to) {
        (Some(from), Some(to)) => format!(": {from:?} -> {to:?}"),
        (None, Some(to)) => format!(": {to:?}"),
        (Some(from), None) => format!(": {from:?} removed"),
        (None, None) => String::new(),
    };
    format!("{}{values}", head.trim_end())
}

pub(super) fn undo(args: &Undo, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let info = match args.change {
        Some(change) => history::undo_change(session, change)?,
        None => history::undo(session)?,
    };
    let last = history::list_changes(session, None, 1)?.into_iter().next();
    if output.is_json() {
        output.value(&json!({ "change": last.map(|change| change.id), "pending": info.pending, "next": info.undo.map(|next| next.intent) }))?;
    } else {
        output.line("Undone.")?;
        for line in last.iter().flat_map(|change| &change.lines) {
            output.line(&format!("  {}", in_words(line)))?;
        }
    }
    Ok(Ending::Done)
}
