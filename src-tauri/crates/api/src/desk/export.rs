//! Writing the files of an export: all of them, or none.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_core::error::FieldProblem;
use portico_core::id::ExportId;
use portico_desks::plan::Plan;
use portico_desks::registry as desks;
use portico_desks::writer::ExportFile;
use portico_store::history::Intent;
use portico_store::ledger::{Export, File, Operation};

use super::passwords::{self, Leaving};
use super::{ledger, plan};
use crate::digest::sha256;
use crate::error::{ApiError, Code};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::transfer::{ExportReport, ExportedFile, InitialPasswords, Progress};

/// Writes what is pending as files for the desk into a folder; refused while something makes it unsafe.
///
/// Files of the same names are replaced; the others stay. What was exported stays pending until the desk
/// is imported again: only then it is known that the files were applied. Passwords that were typed are forgotten once
/// all files are there; `initial` asks for those that the export makes.
pub fn export_desk(
    session: &Session,
    folder: &Path,
    initial: Option<&InitialPasswords>,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ExportReport, ApiError> {
    session.may(Action::Export)?;
    initial.map_or(Ok(()), check_initial)?;
    let (plan, leaving, occasion, operations) = session.store().read(|c| {
        let (plan, people) = plan::plan(c, session.desk(), initial.is_some())?;
        let leaving = passwords::leaving(c, session.desk(), &plan, &people)?;
        let operations = ledger::operations(c, &plan)?;
        Ok::<_, ApiError>((plan, leaving, plan::occasion(c)?, operations))
    })?;
    refuse(session, &plan, &leaving, initial)?;
    let files = desks::writer(session.desk())?.write(&plan, &passwords::for_writer(&leaving), &occasion)?;
    std::fs::create_dir_all(folder).map_err(storage(folder))?;
    let mut parts = Vec::new();
    if let Some(initial) = initial {
        // First: passwords that are in the desk and in no list would be lost.
        parts.push(list(session, &leaving, initial)?);
    }
    for (done, file) in files.iter().enumerate() {
        if cancelled.load(Ordering::Relaxed) {
            return Err(ApiError::new(Code::Cancelled, "cancelled; nothing was written"));
        }
        tell(Progress {
            job: job.to_owned(),
            phase: "writing".into(),
            kind: file.name.to_owned(),
            done: done as u64,
        });
        parts.push(part(folder, file.name, &file.text)?);
    }
    let place = absolute(folder).display().to_string();
    let mut export = export(session, &place, &files, &plan, leaving.len());
    let manifest = ledger::manifest(session, &export, &plan, &occasion.base);
    export.manifest = sha256(manifest.as_bytes());
    // Last: what has a manifest is complete.
    parts.push(part(folder, ledger::MANIFEST, &manifest)?);
    for (part, path) in parts {
        part.persist(&path).map_err(|e| storage(&path)(e.error))?;
    }
    passwords::forget(session, &leaving)?;
    keep(session, "intent.export", &export, &operations)?;
    Ok(report(export, &operations, initial))
}

/// A file, complete but not under its name yet. One that is not kept is deleted by its drop, so a failure half way
/// leaves the folder as it was.
fn part(folder: &Path, name: &str, text: &str) -> Result<(tempfile::NamedTempFile, PathBuf), ApiError> {
    let mut part = tempfile::NamedTempFile::new_in(folder).map_err(storage(folder))?;
    part.write_all(text.as_bytes())
        .and_then(|()| part.as_file().sync_all())
        .map_err(storage(folder))?;
    Ok((part, folder.join(name)))
}

/// The folder from wherever it is looked for later: the window works elsewhere than a terminal.
fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

/// What the ledger keeps of an export; its manifest is not made yet. `place` is a folder, or a database's address.
pub(super) fn export(session: &Session, place: &str, files: &[ExportFile], plan: &Plan, passwords: usize) -> Export {
    let files = files.iter().map(|file| File {
        name: file.name.to_owned(),
        sha256: sha256(file.text.as_bytes()),
        bytes: file.text.len() as u64,
    });
    Export {
        id: ExportId::new(),
        at: jiff::Timestamp::now().as_millisecond(),
        actor: session.actor().0.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        folder: place.to_owned(),
        manifest: String::new(),
        files: files.collect(),
        not_exported: small(plan.not_exported.len()),
        passwords: small(passwords),
    }
}

fn report(export: Export, operations: &[Operation], initial: Option<&InitialPasswords>) -> ExportReport {
    let files = export.files.into_iter().map(|file| ExportedFile {
        name: file.name,
        sha256: file.sha256,
        bytes: file.bytes,
    });
    ExportReport {
        id: export.id.to_string(),
        folder: export.folder,
        files: files.collect(),
        operations: small(operations.len()),
        not_exported: export.not_exported,
        passwords: export.passwords,
        initial_passwords: initial.map(|initial| initial.path.clone()),
    }
}

fn storage(path: &Path) -> impl Fn(std::io::Error) -> ApiError {
    let path = path.display().to_string();
    move |e| ApiError::new(Code::Storage, format!("{path}: {e}"))
}

/// The list must be new, and somebody must be able to keep it from others.
pub(super) fn check_initial(initial: &InitialPasswords) -> Result<(), ApiError> {
    let problem = crate::passphrase::check_passphrase(&initial.passphrase).filter(|problem| !problem.warning);
    if let Some(problem) = problem {
        let field = "passphrase".to_owned();
        return Err(ApiError::invalid(vec![FieldProblem { field, ..problem }]));
    }
    if initial.path.trim().is_empty() {
        return Err(ApiError::refused("say in which file to list the initial passwords"));
    }
    if Path::new(&initial.path).exists() {
        let message = format!(
            "{} is there already, and may hold other passwords: choose another name",
            initial.path
        );
        return Err(ApiError::new(Code::Conflict, message));
    }
    Ok(())
}

/// Says why there will be no export.
pub(super) fn refuse(
    session: &Session,
    plan: &Plan,
    leaving: &[Leaving],
    initial: Option<&InitialPasswords>,
) -> Result<(), ApiError> {
    if !plan.refused.is_empty() {
        return Err(ApiError::new(Code::Unsafe, "the export is refused").with_detail(plan.refused.clone()));
    }
    let conflict = |message: &str| Err(ApiError::new(Code::Conflict, message));
    if plan.operations.is_empty() && plan.not_exported.is_empty() {
        return conflict("there is nothing to export: the desk has all of this already");
    }
    if initial.is_some() && passwords::made(leaving) == 0 {
        return conflict("nobody waits for an initial password: no form says so");
    }
    if session.store().is_read_only() && !leaving.is_empty() {
        let message = "this workspace is open for reading only: it could not forget the passwords of the export";
        return Err(ApiError::new(Code::Forbidden, message));
    }
    Ok(())
}

/// The encrypted list of initial passwords, complete but not under its name yet.
pub(super) fn list(
    session: &Session,
    leaving: &[Leaving],
    initial: &InitialPasswords,
) -> Result<(tempfile::NamedTempFile, PathBuf), ApiError> {
    let path = std::path::absolute(&initial.path).map_err(storage(Path::new(&initial.path)))?;
    let folder = path.parent().unwrap_or(&path);
    let mut part = tempfile::NamedTempFile::new_in(folder).map_err(storage(folder))?;
    session
        .store()
        .read(|c| passwords::write_list(c, leaving, &initial.passphrase, part.as_file_mut()))?;
    part.as_file().sync_all().map_err(storage(&path))?;
    Ok((part, path))
}

/// A workspace that can only be read keeps no ledger and no log of its exports.
pub(super) fn keep(session: &Session, intent: &str, export: &Export, operations: &[Operation]) -> Result<(), ApiError> {
    if session.store().is_read_only() {
        return Ok(());
    }
    let files: Vec<String> = export
        .files
        .iter()
        .map(|f| format!("{} {}", f.name, f.sha256))
        .collect();
    let intent = Intent::new(intent)
        .with("folder", export.folder.as_str())
        .with("operations", operations.len().to_string())
        .with("files", files.join("\n"))
        .with("export", export.id.to_string());
    session
        .store()
        .keep_export(session.actor(), &intent, export, operations)?;
    Ok(())
}
