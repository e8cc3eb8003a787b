//! `exports` and `verify`: what was exported, and what became of it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::desk;
use portico_api::session::Session;
use portico_api::types::ledger::{
    FilesReport, LedgerOperation, Outcome, OutcomeReason, VerifiedField, VerifiedOperation, VerifyInput, VerifyReport,
};
use serde_json::{Map, json};

use super::{database, live, progress, progress_is_over};
use crate::args::{Exports, Verify};
use crate::failure::{Ending, Failure};
use crate::output::{Output, counted};

pub(super) fn list(args: &Exports, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if let Some(id) = &args.export {
        return operations(&desk::export_operations(session, id)?, output);
    }
    let exports = desk::list_exports(session)?;
    if output.is_json() {
        output.value(&json!({ "exports": exports }))?;
        return Ok(Ending::Done);
    }
    if exports.is_empty() {
        output.line("Nothing was exported yet.")?;
    }
    let rows = exports.iter().map(|export| {
        let steps = if export.steps > 0 {
            format!("{} of {} steps done", export.done, export.steps)
        } else {
            String::new()
        };
        vec![
            export.id.clone(),
            export.at.clone(),
            export.actor.clone(),
            counted(export.operations.into(), "operation", "operations"),
            steps,
            export.folder.clone(),
        ]
    });
    output.columns(&rows.collect::<Vec<_>>())?;
    Ok(Ending::Done)
}

fn operations(operations: &[LedgerOperation], output: &mut Output) -> Result<Ending, Failure> {
    if output.is_json() {
        output.value(&json!({ "operations": operations }))?;
        return Ok(Ending::Done);
    }
    for operation in operations {
        let done = match (&operation.done_by, &operation.done_at) {
            (Some(by), Some(at)) => format!("  done by {by}, {at}"),
            _ => String::new(),
        };
        output.line(&format!("{}{done}", in_words(operation)))?;
    }
    Ok(Ending::Done)
}

fn in_words(operation: &LedgerOperation) -> String {
    format!("{:10} {} {}", operation.kind, operation.entity, operation.key)
}

pub(super) fn verify(args: &Verify, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let files = args
        .files
        .as_deref()
        .map(|folder| desk::check_export_files(session, folder));
    let files = files.transpose()?;
    let report = args.from.as_deref().map(|from| read(args, from, session)).transpose()?;
    if output.is_json() {
        output.value(&as_json(report.as_ref(), files.as_ref()))?;
    } else {
        if let Some(files) = &files {
            files_as_text(files, output)?;
        }
        if let Some(report) = &report {
            as_text(report, output)?;
        }
    }
    let trouble = report.is_some_and(|report| report.not_applied + report.drifted > 0);
    let other = files.is_some_and(|files| files.files.iter().any(|file| file.state != "same"));
    Ok(Ending::look_if(trouble || other))
}

fn read(args: &Verify, from: &Path, session: &Session) -> Result<VerifyReport, Failure> {
    let input = VerifyInput {
        path: from.display().to_string(),
        database: args.database.map(|database| database.name().to_owned()),
        export: args.export.clone(),
    };
    let never = Arc::new(AtomicBool::new(false));
    let password = database::password(&input.path, &args.login)?;
    live::estimate(session, &input.path, password.as_ref(), false)?;
    let result = desk::verify_export_as(
        session,
        &input,
        password.as_ref(),
        "verify",
        &mut |p| progress(&p),
        &never,
    );
    progress_is_over();
    let report = result.map_err(|error| database::explained(error, &input.path, password.as_ref()))?;
    database::after(&input.path, &args.login, password.as_ref())?;
    Ok(report)
}

fn as_json(report: Option<&VerifyReport>, files: Option<&FilesReport>) -> serde_json::Value {
    let mut told = Map::new();
    if let Some(report) = report {
        let operation = |one: &VerifiedOperation| {
            let LedgerOperation {
                kind,
                entity,
                key,
                target,
                ..
            } = &one.operation;
            json!({
                "kind": kind, "entity": entity, "key": key, "target": target,
                "outcome": one.outcome, "reason": one.reason, "fields": one.fields,
            })
        };
        told.insert("export".to_owned(), json!(report.export));
        told.insert("applied".to_owned(), json!(report.applied));
        told.insert("not_applied".to_owned(), json!(report.not_applied));
        told.insert("drifted".to_owned(), json!(report.drifted));
        told.insert("unknown".to_owned(), json!(report.unknown));
        let operations: Vec<_> = report.operations.iter().map(operation).collect();
        told.insert("operations".to_owned(), json!(operations));
    }
    if let Some(files) = files {
        told.insert("files".to_owned(), json!(files));
    }
    told.into()
}

fn files_as_text(files: &FilesReport, output: &mut Output) -> Result<(), Failure> {
    if !files.known {
        output.line(&format!(
            "Export {} is not in this workspace's ledger: its files are compared with its own manifest.",
            files.export
        ))?;
    }
    let rows = files
        .files
        .iter()
        .map(|file| vec![file.state.clone(), file.name.clone()]);
    output.columns(&rows.collect::<Vec<_>>())
}

fn as_text(report: &VerifyReport, output: &mut Output) -> Result<(), Failure> {
    let export = &report.export;
    output.line(&format!("Export {} of {} by {}", export.id, export.at, export.actor))?;
    let told = report.operations.iter().filter(|one| one.outcome != Outcome::Applied);
    for one in told {
        let reason = one
            .reason
            .map_or_else(String::new, |reason| format!("  ({})", because(reason)));
        output.line(&format!(
            "{:13} {}{reason}",
            word(one.outcome),
            in_words(&one.operation)
        ))?;
        for field in one.fields.iter().filter(|field| field.outcome != Outcome::Applied) {
            output.line(&format!("              {}", field_in_words(field)))?;
        }
    }
    output.line(&format!(
        "{} applied, {} not applied, {} drifted, {} cannot be told",
        report.applied, report.not_applied, report.drifted, report.unknown
    ))?;
    if report.not_applied > 0 {
        output.line("What is not applied stays pending: the next export holds it again.")?;
    }
    if report.drifted > 0 {
        output.line("To take over what the desk has, import the same files; what is pending here and differs there becomes a conflict.")?;
    }
    Ok(())
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Applied => "applied",
        Outcome::NotApplied => "not applied",
        Outcome::Drifted => "drifted",
        Outcome::Unknown => "cannot tell",
    }
}

fn because(reason: OutcomeReason) -> &'static str {
    match reason {
        OutcomeReason::List => "the files do not speak of this record",
        OutcomeReason::Field => "the files do not hold it",
        OutcomeReason::Password => "no file holds a password",
        OutcomeReason::NoKey => "the desk gives new records a key of its own",
        OutcomeReason::Gone => "the desk does not have the record any more",
    }
}

fn field_in_words(field: &VerifiedField) -> String {
    if field.outcome == Outcome::Unknown {
        let reason = field.reason.map_or("", because);
        return format!("{}: {reason}", field.field);
    }
    let text = |text: &Option<String>| {
        text.as_ref()
            .map_or_else(|| "nothing".to_owned(), |text| format!("{text:?}"))
    };
    format!(
        "{}: was {}, exported {}, the desk has {}",
        field.field,
        text(&field.old),
        text(&field.new),
        text(&field.found)
    )
}
