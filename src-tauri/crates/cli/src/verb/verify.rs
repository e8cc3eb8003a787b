//! `exports` and `verify`: what was exported, and what became of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::desk;
use portico_api::session::Session;
use portico_api::types::ledger::{
    FilesReport, LedgerOperation, OperationChoice, Outcome, OutcomeReason, SettleOperations, VerifiedField,
    VerifiedOperation, VerifyInput, VerifyReport,
};
use serde_json::{Map, json};

use super::{database, live, progress, progress_is_over};
use crate::args::{Exports, Verify, Which};
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
        let steps = if export.unsure > 0 {
            "outcome not known: verify it, or apply again".to_owned()
        } else if export.steps > 0 {
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
    let settled = report
        .as_ref()
        .map(|report| settle(args, report, session))
        .transpose()?;
    let settled = settled.unwrap_or_default();
    if output.is_json() {
        output.value(&as_json(report.as_ref(), settled, files.as_ref()))?;
    } else {
        if let Some(files) = &files {
            files_as_text(files, output)?;
        }
        if let Some(report) = &report {
            as_text(report, settled, output)?;
        }
    }
    let open = |report: &VerifyReport| report.operations.iter().filter(|one| is_open(one)).count();
    let trouble = report.is_some_and(|report| open(&report) > settled.theirs + settled.again);
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

/// How many operations were settled.
#[derive(Debug, Default, Clone, Copy)]
struct Settled {
    theirs: usize,
    again: usize,
}

fn is_open(one: &VerifiedOperation) -> bool {
    matches!(one.outcome, Outcome::NotApplied | Outcome::Drifted)
}

/// Settles what the arguments name; nothing where one of them cannot be.
fn settle(args: &Verify, report: &VerifyReport, session: &Session) -> Result<Settled, Failure> {
    let theirs = chosen(&args.take_theirs, report)?;
    let again = chosen(&args.export_again, report)?;
    if let Some(both) = theirs.intersection(&again).next() {
        let message = format!("operation {} cannot be taken and go out again", both + 1);
        return Err(Failure::Usage(message));
    }
    let settled = Settled {
        theirs: theirs.len(),
        again: again.len(),
    };
    let choice = |keep: &'static str| {
        move |position: u32| OperationChoice {
            position,
            keep: keep.to_owned(),
        }
    };
    let choices: Vec<_> = theirs
        .into_iter()
        .map(choice("theirs"))
        .chain(again.into_iter().map(choice("again")))
        .collect();
    if !choices.is_empty() {
        let export = report.export.id.clone();
        desk::settle_operations(session, &SettleOperations { export, choices })?;
    }
    Ok(settled)
}

fn chosen(which: &[Which], report: &VerifyReport) -> Result<BTreeSet<u32>, Failure> {
    let mut positions = BTreeSet::new();
    for one in which {
        if let Which::Number(number) = one
            && *number as usize > report.operations.len()
        {
            let all = report.operations.len();
            return Err(Failure::Usage(format!(
                "there is no operation {number}: this export has {all}"
            )));
        }
        let found = report.operations.iter().filter(|operation| match one {
            Which::Number(number) => operation.operation.position + 1 == *number,
            Which::Drifted => operation.open && operation.outcome == Outcome::Drifted,
            Which::NotApplied => operation.open && operation.outcome == Outcome::NotApplied,
            Which::All => operation.open,
        });
        positions.extend(found.map(|operation| operation.operation.position));
    }
    Ok(positions)
}

fn as_json(report: Option<&VerifyReport>, settled: Settled, files: Option<&FilesReport>) -> serde_json::Value {
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
                "number": one.operation.position + 1,
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
        told.insert("moved".to_owned(), json!(report.moved));
        told.insert("taken".to_owned(), json!(settled.theirs));
        told.insert("again".to_owned(), json!(settled.again));
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

fn as_text(report: &VerifyReport, settled: Settled, output: &mut Output) -> Result<(), Failure> {
    let export = &report.export;
    output.line(&format!("Export {} of {} by {}", export.id, export.at, export.actor))?;
    let told = report.operations.iter().filter(|one| one.outcome != Outcome::Applied);
    for one in told {
        let reason = one
            .reason
            .map_or_else(String::new, |reason| format!("  ({})", because(reason)));
        output.line(&format!(
            "{:>4} {:13} {}{reason}",
            one.operation.position + 1,
            word(one.outcome),
            in_words(&one.operation)
        ))?;
        for field in one.fields.iter().filter(|field| field.outcome != Outcome::Applied) {
            output.line(&format!("                   {}", field_in_words(field)))?;
        }
    }
    output.line(&format!(
        "{} applied, {} not applied, {} drifted, {} cannot be told",
        report.applied, report.not_applied, report.drifted, report.unknown
    ))?;
    if report.moved > 0 {
        output.line("What is applied is pending no more.")?;
    }
    if settled.theirs > 0 {
        output.line(&format!("{} taken as the desk has it", settled.theirs))?;
    }
    if settled.again > 0 {
        output.line(&format!(
            "{} will go out again, against what the desk has now",
            settled.again
        ))?;
    }
    if settled.theirs + settled.again > 0 {
        return Ok(());
    }
    if report.not_applied > 0 {
        output.line("What is not applied stays pending: the next export holds it again. --take-theirs takes what the desk has instead.")?;
    }
    if report.drifted > 0 {
        output.line("Of what drifted, --take-theirs NUMBER takes what the desk has, --export-again NUMBER lets it go out once more.")?;
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
        OutcomeReason::List => "what was read does not speak of this record",
        OutcomeReason::Field => "what was read does not hold it",
        OutcomeReason::Password => "no desk gives a password away",
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
