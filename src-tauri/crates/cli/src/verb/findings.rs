//! `findings`: what in a workspace is probably not meant.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::findings;
use portico_api::session::Session;
use portico_api::types::findings::{FindingCounts, FindingQuery, FindingRow, MuteFinding};
use portico_core::actor::Actor;
use serde_json::json;

use super::{look, work};
use crate::args::Findings;
use crate::failure::{Ending, Failure};
use crate::output::{Output, say_progress};

/// Findings that are asked for at once.
const PAGE: u32 = 500;

pub(super) fn run(args: &Findings, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    if let Some(finding) = &args.mute {
        let input = MuteFinding {
            finding: finding.clone(),
            reason: args.reason.clone().unwrap_or_default(),
        };
        findings::mute_finding(&work(&args.file, actor)?, &input)?;
        return told(finding, "muted", output);
    }
    if let Some(finding) = &args.unmute {
        findings::unmute_finding(&work(&args.file, actor)?, finding)?;
        return told(finding, "unmuted", output);
    }
    let session = look(&args.file, actor)?;
    match &args.kind {
        Some(kind) => one_by_one(&session, kind, output),
        None => counted(&session, output),
    }
}

fn told(finding: &str, what: &str, output: &mut Output) -> Result<Ending, Failure> {
    if output.is_json() {
        output.value(&json!({ "finding": finding, what: true }))?;
    } else {
        output.line(&format!("{finding}: {what}"))?;
    }
    Ok(Ending::Done)
}

pub(super) fn counts(session: &Session) -> Result<FindingCounts, Failure> {
    let mut tell = |progress: portico_api::types::transfer::Progress| say_progress(&progress.kind);
    let mut how = Work {
        job: "findings",
        tell: &mut tell,
        cancelled: &Arc::new(AtomicBool::new(false)),
    };
    let counts = findings::count_findings(session, &mut how)?;
    say_progress("");
    Ok(counts)
}

fn counted(session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let counts = counts(session)?;
    if output.is_json() {
        output.value(&counts)?;
    } else {
        let any = counts.kinds.iter().filter(|kind| kind.shown + kind.muted > 0);
        let rows = any.map(|kind| {
            let muted = match (kind.muted, &kind.kind_muted) {
                (0, None) => String::new(),
                (muted, Some(reason)) if !reason.is_empty() => format!("({muted} muted: {reason})"),
                (muted, _) => format!("({muted} muted)"),
            };
            vec![
                kind.shown.to_string(),
                kind.severity.clone(),
                kind.id.clone(),
                format!("{} {muted}", kind.text),
            ]
        });
        output.columns(&rows.collect::<Vec<_>>())?;
        if counts.total == 0 {
            output.line("Nothing was found.")?;
        }
    }
    Ok(Ending::look_if(counts.total > 0))
}

fn one_by_one(session: &Session, kind: &str, output: &mut Output) -> Result<Ending, Failure> {
    let mut query = FindingQuery {
        kind: kind.to_owned(),
        limit: PAGE,
        ..FindingQuery::default()
    };
    // Of a kind that is muted nothing is shown, and nothing is to be looked at.
    let muted = counts(session)?
        .kinds
        .iter()
        .any(|of| of.id == kind && of.kind_muted.is_some());
    let mut all: Vec<FindingRow> = Vec::new();
    let mut more = !muted;
    while more {
        let page = findings::list_findings(session, &query)?;
        all.extend(page.rows);
        more = page.next.is_some();
        query.after = page.next;
    }
    if output.is_json() {
        output.value(&json!({ "kind": kind, "total": all.len(), "findings": all }))?;
    } else {
        let rows = all.iter().map(|row| {
            let name = if row.login.is_empty() { &row.subject } else { &row.login };
            vec![
                name.clone(),
                row.name.clone(),
                row.account.clone(),
                row.note.clone(),
                row.text.clone(),
            ]
        });
        output.columns(&rows.collect::<Vec<_>>())?;
        if all.is_empty() {
            output.line("Nothing was found.")?;
        }
    }
    Ok(Ending::look_if(!all.is_empty()))
}
