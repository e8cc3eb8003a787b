//! Taking a desk's state in: from a dump, or from an invented world.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_core::error::FieldProblem;
use portico_core::form::check::misfit::{self, Misfits};
use portico_core::snapshot::{Batch, Sink, Source, Stopped};
use portico_desks::database::Connection;
use portico_desks::database::address::{Address, is_address};
use portico_desks::error::DeskError;
use portico_desks::reader::{Bodies, Database, ReadOptions, Step};
use portico_desks::registry as desks;
use portico_desks::report::TableCount;
use portico_store::import::{CancelFlag, ImportOptions, ImportOutcome, Progress as StoreProgress};
use zeroize::Zeroizing;

use super::{live, table};
use crate::error::{ApiError, Code};
use crate::exposure::{self, Heard};
use crate::numbers::{small, time};
use crate::session::{Action, Session};
use crate::types::passphrase::Secret;
use crate::types::transfer::{ImportInput, ImportReport, KindCount, Misfit, Progress, TableRows};
use crate::types::workspace::SettingInput;
use crate::workspace::workspace_info;

/// Takes a dump in as what the desk has now, or rehearses that. All problems of the dump come in one error,
/// and then nothing is written.
pub fn import_desk(
    session: &Session,
    input: &ImportInput,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ImportReport, ApiError> {
    session.may(Action::Import)?;
    import_desk_as(session, input, None, job, tell, cancelled)
}

/// The same with the password of the database, or the token of the interface, that the path is the address of. It is kept
/// nowhere.
pub fn import_desk_as(
    session: &Session,
    input: &ImportInput,
    password: Option<&Secret>,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ImportReport, ApiError> {
    session.may(Action::Import)?;
    // The reader tells of its first pass from inside `read`, the store of everything else: both through one voice.
    let checked = Arc::new(Mutex::new(None::<Progress>));
    let mut options = options(input, password, job, &checked, cancelled)?;
    let notes = table::prepare(session, input, &mut options)?;
    // Before anything is locked: it may take long.
    let pages = live::pages(session, &input.path, password, true, job, tell, cancelled)?;
    if let Some(pages) = &pages {
        pages.folder().clone_into(&mut options.path);
    }
    let mut reader = desks::reader(session.desk(), options)?;
    let mut scope = reader.scope();
    if let Some(pages) = &pages {
        pages.narrow(&mut scope);
    }
    let mut misfits = Misfits::new(crate::forms::rules(session.desk())?);
    let (outcome, exposure) = {
        let mut read = |sink: &mut Sink<'_>| {
            let mut looked_at = |batch: Batch| {
                misfits.look(&batch);
                sink(batch)
            };
            reader.read(&mut looked_at).map_err(ApiError::from)
        };
        let mut hear = |heard: Heard| match heard {
            Heard::Import(progress) => voice(job, &checked, progress, tell),
            Heard::People(progress) => tell(progress),
        };
        let flag = CancelFlag::from(Arc::clone(cancelled));
        let how = ImportOptions {
            dry_run: input.dry_run,
            keep_settings: true,
            scope,
            notes,
        };
        if input.dry_run && workspace_info(session)?.as_of.is_some() {
            exposure::of_import(session, &mut read, &how, job, &flag, &mut hear)?
        } else {
            let mut voice = |progress: StoreProgress| hear(Heard::Import(progress));
            let (store, desk) = (session.store(), session.desk());
            (
                store.import(session.actor(), desk, &mut read, &how, &mut voice, &flag)?,
                None,
            )
        }
    };
    let report = reader.report();
    let mut findings = pages
        .as_ref()
        .map(|pages| pages.findings().to_vec())
        .unwrap_or_default();
    findings.extend_from_slice(&report.findings);
    let info = workspace_info(session)?;
    let mut unknown = info.unknown_settings;
    if input.dry_run {
        // What the workspace knows stays known, whatever the source leaves out.
        unknown.retain(|name| report.unknown.contains(name));
    }
    if let Some(pages) = pages.filter(|_| !input.dry_run) {
        pages.done()?;
    }
    Ok(ImportReport {
        counts: counts(&outcome),
        conflicts: small(outcome.conflicts),
        unknown,
        findings,
        more_findings: report.more_findings,
        misfits: misfits.into_vec().into_iter().map(misfit).collect(),
        as_of: outcome.as_of.map(time),
        tables: report.tables.iter().map(|table| rows(table, &outcome)).collect(),
        dry_run: input.dry_run,
        exposure,
    })
}

/// Tells what the reader did first, where it did something, and then what the store does.
pub(super) fn voice(
    job: &str,
    checked: &Mutex<Option<Progress>>,
    progress: StoreProgress,
    tell: &mut dyn FnMut(Progress),
) {
    if let Some(step) = checked.lock().unwrap_or_else(PoisonError::into_inner).take() {
        tell(step);
    }
    tell(told(job, progress));
}

fn misfit(found: misfit::Misfit) -> Misfit {
    Misfit {
        entity: found.entity.name().to_owned(),
        problem: FieldProblem {
            field: found.field,
            code: found.code,
            detail: found.detail,
            message: found.message,
            warning: true,
        },
        count: found.count,
        examples: found.examples,
    }
}

pub(super) fn options(
    input: &ImportInput,
    password: Option<&Secret>,
    job: &str,
    checked: &Arc<Mutex<Option<Progress>>>,
    cancelled: &Arc<AtomicBool>,
) -> Result<ReadOptions, ApiError> {
    let bodies = Bodies::from_name(&input.bodies)
        .ok_or_else(|| ApiError::refused(format!("bodies: {:?} is none of none, short, full", input.bodies)))?;
    let database = input.database.as_deref().filter(|name| !name.is_empty());
    let database = database.map(|name| {
        Database::from_name(name)
            .ok_or_else(|| ApiError::refused(format!("database: {name:?} is neither postgresql nor mysql")))
    });
    let (job, checked, cancelled) = (job.to_owned(), Arc::clone(checked), Arc::clone(cancelled));
    let watch = move |step: Step<'_>| {
        let progress = Progress {
            job: job.clone(),
            phase: step.phase.to_owned(),
            kind: step.what.to_owned(),
            done: step.rows,
        };
        *checked.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
        if cancelled.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let connection = is_address(&input.path).then(|| connection(&input.path, password));
    Ok(ReadOptions {
        path: PathBuf::from(&input.path),
        connection: connection.transpose()?,
        settings: input
            .settings
            .as_ref()
            .filter(|path| !path.is_empty())
            .map(PathBuf::from),
        database: database.transpose()?,
        bodies,
        watch: Some(Arc::new(watch)),
        ..ReadOptions::default()
    })
}

pub(super) fn connection(address: &str, password: Option<&Secret>) -> Result<Connection, ApiError> {
    Ok(Connection {
        address: Address::parse(address).map_err(DeskError::from)?,
        password: password.map(|secret| Zeroizing::new(secret.text().to_owned())),
    })
}

fn told(job: &str, progress: StoreProgress) -> Progress {
    Progress {
        job: job.to_owned(),
        phase: progress.phase.to_owned(),
        kind: progress.kind.to_owned(),
        done: progress.done,
    }
}

fn counts(outcome: &ImportOutcome) -> Vec<KindCount> {
    let count = |c: &portico_store::import::KindCount| KindCount {
        kind: c.kind.to_owned(),
        added: c.added,
        changed: c.changed,
        removed: c.removed,
    };
    outcome.counts.iter().map(count).collect()
}

fn rows(table: &TableCount, outcome: &ImportOutcome) -> TableRows {
    let count = outcome.counts.iter().find(|count| count.kind == table.kind);
    // The reader does not know the tickets that are there.
    let added = count.map(|count| count.added).unwrap_or_default();
    let known = if table.kind == "tickets" {
        table.rows.saturating_sub(added)
    } else {
        table.known
    };
    TableRows {
        kind: table.kind.to_owned(),
        all: table.rows,
        known,
        changed: count.map(|count| count.changed).unwrap_or_default(),
    }
}

/// Takes an invented world in.
pub(crate) fn take_in<S: Source>(
    session: &Session,
    world: &mut S,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<(), ApiError> {
    let broken = || ApiError::new(Code::Internal, "the invented world could not be taken in");
    take_source(session, world, "sample", tell, cancelled, |_| broken())
}

/// Takes in what a source that is no desk hands over; `refused` says what its own errors mean.
pub(crate) fn take_source<S: Source>(
    session: &Session,
    source: &mut S,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
    refused: impl Fn(Option<S::Error>) -> ApiError,
) -> Result<(), ApiError> {
    let mut read = |sink: &mut Sink<'_>| {
        // A source ends early where the store stopped it; the store then says why.
        let mut stopped = None;
        let read = source
            .read(&mut |batch| sink(batch).inspect_err(|stop| stopped = Some(matches!(stop, Stopped::Cancelled))));
        match (read, stopped) {
            (Ok(()), None) => Ok(()),
            (_, Some(true)) => Err(ApiError::new(Code::Cancelled, "cancelled")),
            (read, _) => Err(refused(read.err())),
        }
    };
    let mut voice = |progress: StoreProgress| tell(told(job, progress));
    let flag = CancelFlag::from(Arc::clone(cancelled));
    let how = ImportOptions::default();
    session
        .store()
        .import(session.actor(), session.desk(), &mut read, &how, &mut voice, &flag)?;
    Ok(())
}

/// Reads a file of settings as an import would; `file` names it in problems.
pub fn read_settings(session: &Session, file: &str, text: &str) -> Result<Vec<SettingInput>, ApiError> {
    session.may(Action::Read)?;
    let settings = desks::read_settings(session.desk(), file, text)?;
    Ok(settings
        .into_iter()
        .map(|s| SettingInput {
            name: s.name,
            value: Some(s.value),
        })
        .collect())
}
