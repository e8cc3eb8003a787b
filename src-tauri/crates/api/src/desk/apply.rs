//! Carrying an export out in the desk's own database: in one transaction, with the guards of its script.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_core::id::ExportId;
use portico_desks::database::address::Address;
use portico_desks::database::apply::{self, ApplyError, Changed};
use portico_desks::error::DeskError;
use portico_desks::plan::Plan;
use portico_desks::registry as desks;
use portico_desks::writer::{RefusalReason as DeskReason, Said, Statements, Writer};
use portico_store::Connection;
use portico_store::ledger::{self as kept, Operation};

use super::export::{check_initial, export, keep, list, refuse};
use super::import::connection;
use super::passwords::{self, Leaving};
use super::{ledger, plan};
use crate::digest::sha256;
use crate::error::{ApiError, Code};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::apply::{ApplyInput, ApplyRefusal, ApplyReport, LeftToDo, RefusalReason};
use crate::types::passphrase::Secret;
use crate::types::transfer::Progress;

/// All that goes out, as it was in one moment of the workspace.
struct Going {
    plan: Plan,
    leaving: Vec<Leaving>,
    operations: Vec<Operation>,
    base: String,
}

/// Carries what is pending out in the desk's database: all of it, or nothing. What is there already is left as it is; a
/// value that somebody changed meanwhile refuses everything, and the report says which.
///
/// Kept in the ledger like an export whose operations are all done; where the connection broke at the very end, like one of
/// which nobody knows yet. As after an export, the changes stay pending until the desk is verified or imported. The
/// password is kept nowhere.
pub fn apply_desk(
    session: &Session,
    input: &ApplyInput,
    password: Option<&Secret>,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ApplyReport, ApiError> {
    session.may(Action::Apply)?;
    let desk = desks::desk(session.desk())?;
    if !desk.applies {
        return Err(DeskError::NoDatabase.into());
    }
    let initial = input.initial.as_ref();
    initial.map_or(Ok(()), check_initial)?;
    let connection = connection(&input.to, password)?;
    let going = going(session, input)?;
    refuse(session, &going.plan, &going.leaving, initial)?;
    let writer = desks::writer(desk.id)?;
    let passwords = passwords::for_writer(&going.leaving);
    let statements = writer.statements(&going.plan, &passwords, connection.address.kind)?;
    let mut report = report(&connection.address, input, &going);
    let mut watch = |done: usize| {
        tell(progress(job, done));
        if cancelled.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let changed = match apply::run(&connection, &statements, &mut watch) {
        Ok(changed) => changed,
        Err(ApplyError::Refused { operation, said }) => {
            report.refused = Some(refusal(&*writer, &going.plan, operation, &said)?);
            return Ok(report);
        }
        Err(ApplyError::Cancelled) => return Err(ApiError::new(Code::Cancelled, "cancelled; nothing was changed")),
        Err(ApplyError::Database(error)) => return Err(DeskError::from(error).into()),
    };
    report.applied = small(changed.changed.iter().filter(|changed| **changed).count());
    report.there = report.operations - report.applied;
    finish(
        session,
        input,
        &connection.address,
        &going,
        &statements,
        changed,
        &mut report,
    )?;
    if !input.dry_run {
        report.left = writer.left(&going.plan).into_iter().map(left).collect();
    }
    Ok(report)
}

fn going(session: &Session, input: &ApplyInput) -> Result<Going, ApiError> {
    session.store().read(|c| {
        let agreed = input.agreed.as_deref().filter(|mark| !mark.is_empty());
        if let Some(agreed) = agreed
            && plan::mark(&plan::plan(c, session.desk(), false)?.0) != agreed
        {
            let message = "the changes are others than those that were agreed to: look at the plan again";
            return Err(ApiError::new(Code::Stale, message));
        }
        let (plan, people) = plan::plan(c, session.desk(), input.initial.is_some())?;
        Ok(Going {
            leaving: passwords::leaving(c, session.desk(), &plan, &people)?,
            operations: ledger::operations(c, &plan)?,
            base: plan::occasion(c)?.base,
            plan,
        })
    })
}

fn report(address: &Address, input: &ApplyInput, going: &Going) -> ApplyReport {
    ApplyReport {
        server: address.server(),
        database: address.database.clone(),
        dry_run: input.dry_run,
        operations: small(going.plan.operations.len()),
        applied: 0,
        there: 0,
        not_exported: small(going.plan.not_exported.len()),
        passwords: small(going.leaving.len()),
        initial_passwords: None,
        export: None,
        refused: None,
        left: Vec::new(),
    }
}

/// Makes it final, or takes it back, and keeps what is to be kept of it.
fn finish(
    session: &Session,
    input: &ApplyInput,
    address: &Address,
    going: &Going,
    statements: &Statements,
    mut changed: Changed<'_>,
    report: &mut ApplyReport,
) -> Result<(), ApiError> {
    if input.dry_run {
        changed.take_back();
        return Ok(());
    }
    if let Some(initial) = &input.initial {
        // First: passwords that are in the desk and in no list would be lost.
        let listed = list(session, &going.leaving, initial).and_then(|(part, path)| {
            let failed =
                |e: tempfile::PersistError| ApiError::new(Code::Storage, format!("{}: {}", path.display(), e.error));
            part.persist_noclobber(&path).map_err(failed)
        });
        if let Err(error) = listed {
            changed.take_back();
            return Err(error);
        }
        report.initial_passwords = Some(initial.path.clone());
    }
    if let Err(error) = changed.keep() {
        let is_known = !matches!(error, portico_desks::database::DatabaseError::Unsure { .. });
        if let Some(initial) = input.initial.as_ref().filter(|_| is_known) {
            let _ = std::fs::remove_file(&initial.path);
        }
        if !is_known {
            // Whoever looks later must find that something went out, and can verify it.
            write_down(session, address, going, statements, false)?;
        }
        return Err(DeskError::from(error).into());
    }
    note(session, address, going, statements, report).map_err(|error| {
        let message = format!("the changes are in the desk, but Portico could not note that: {error}");
        ApiError { message, ..error }
    })
}

/// The ledger's entry, where there is something new to tell; and the passwords that went out are forgotten.
fn note(
    session: &Session,
    address: &Address,
    going: &Going,
    statements: &Statements,
    report: &mut ApplyReport,
) -> Result<(), ApiError> {
    passwords::forget(session, &going.leaving)?;
    let place = address.to_string();
    if report.applied == 0
        && let Some(told) = session.store().read(|c| told_already(c, &place, &going.operations))?
    {
        // Where it was not known whether they arrived, it is now.
        let all: Vec<u32> = (0..told.1).collect();
        return Ok(session.store().tick(session.actor(), told.0, &all, true)?);
    }
    report.export = Some(write_down(session, address, going, statements, true)?);
    Ok(())
}

/// Keeps the entry; its operations are done, or it is not known whether they arrived.
fn write_down(
    session: &Session,
    address: &Address,
    going: &Going,
    statements: &Statements,
    is_known: bool,
) -> Result<String, ApiError> {
    let script = std::slice::from_ref(&statements.script);
    let mut entry = export(session, &address.to_string(), script, &going.plan, going.leaving.len());
    let manifest = ledger::manifest(session, &entry, &going.plan, &going.base);
    entry.manifest = sha256(manifest.as_bytes());
    let done = is_known.then(|| (entry.actor.clone(), entry.at));
    let operations: Vec<Operation> = going
        .operations
        .iter()
        .map(|operation| Operation {
            done: done.clone(),
            ..operation.clone()
        })
        .collect();
    let intent = if is_known {
        "intent.apply"
    } else {
        "intent.apply_unsure"
    };
    keep(session, intent, &entry, &operations)?;
    Ok(entry.id.to_string())
}

/// The ledger's last entry with its number of operations, where it is of the same database and holds all of this:
/// passwords are in no second one.
fn told_already(c: &Connection, place: &str, operations: &[Operation]) -> Result<Option<(ExportId, u32)>, ApiError> {
    let Some(last) = kept::newest(c)?.map(|id| kept::get(c, id)).transpose()? else {
        return Ok(None);
    };
    let told = kept::operations(c, last.id)?;
    let is_in = |one: &Operation| {
        let same = |other: &&Operation| other.entity == one.entity && other.record == one.record;
        let changes = |other: &Operation| one.changes.iter().all(|change| other.changes.contains(change));
        told.iter().filter(same).any(changes)
    };
    let is_same = last.folder == place && operations.iter().all(is_in);
    Ok(is_same.then(|| (last.id, small(told.len()))))
}

fn progress(job: &str, done: usize) -> Progress {
    Progress {
        job: job.to_owned(),
        phase: "applying".to_owned(),
        kind: "operations".to_owned(),
        done: done as u64,
    }
}

fn refusal(writer: &dyn Writer, plan: &Plan, position: usize, said: &Said) -> Result<ApplyRefusal, ApiError> {
    let nothing = || ApiError::new(Code::Internal, "an operation was refused that is not in the plan");
    let operation = plan.operations.get(position).ok_or_else(nothing)?;
    let refusal = writer.refusal(operation, said);
    Ok(ApplyRefusal {
        position: small(position),
        kind: operation.kind.name().to_owned(),
        entity: operation.entity.clone(),
        key: operation.key.clone(),
        subject: operation.subject.clone(),
        reason: match refusal.reason {
            DeskReason::Value => RefusalReason::Value,
            DeskReason::Rows => RefusalReason::Rows,
            DeskReason::There => RefusalReason::There,
            DeskReason::Names => RefusalReason::Names,
            DeskReason::Other => RefusalReason::Other,
        },
        field: refusal.field,
        expected: refusal.expected,
        wanted: refusal.wanted,
        found: refusal.found,
        said: refusal.said,
    })
}

fn left(left: portico_desks::writer::Left) -> LeftToDo {
    LeftToDo {
        code: left.code.to_owned(),
        words: left.words.to_owned(),
        command: left.command,
    }
}

/// A refusal in English, for callers that have no words of their own.
pub fn refusal_in_words(refused: &ApplyRefusal) -> String {
    let text = |text: &Option<String>| match text.as_deref() {
        None | Some("") => "nothing".to_owned(),
        Some(text) => format!("{text:?}"),
    };
    let row = format!("{} {}", refused.entity, refused.key);
    let why = match refused.reason {
        RefusalReason::Value => format!(
            "{} of {row} is {}, where {} was expected (or {}, the new value)",
            refused.field.as_deref().unwrap_or_default(),
            text(&refused.found),
            text(&refused.expected),
            text(&refused.wanted)
        ),
        RefusalReason::Rows | RefusalReason::There | RefusalReason::Names | RefusalReason::Other => {
            format!("{row}: {}", refused.said)
        }
    };
    format!(
        "the database does not take operation {} ({} {row}): {why}. Nothing was changed: all of it is one transaction",
        refused.position + 1,
        refused.kind
    )
}
