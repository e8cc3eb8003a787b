//! Writing the files of an export: all of them, or none.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_desks::registry as desks;
use portico_store::history::Intent;

use super::plan;
use crate::digest::sha256;
use crate::error::{ApiError, Code};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::transfer::{ExportReport, ExportedFile, Progress};

/// Writes what is pending as files for the desk into a folder; refused while something makes it unsafe.
///
/// Files of the same names are replaced; the others stay. What was exported stays pending until the desk
/// is imported again: only then it is known that the files were applied.
pub fn export_desk(
    session: &Session,
    folder: &Path,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ExportReport, ApiError> {
    session.may(Action::Export)?;
    let (plan, _) = session.store().read(|c| plan::plan(c, session.desk()))?;
    if !plan.refused.is_empty() {
        return Err(ApiError::new(Code::Unsafe, "the export is refused").with_detail(plan.refused));
    }
    if plan.operations.is_empty() && plan.not_exported.is_empty() {
        return Err(ApiError::new(
            Code::Conflict,
            "there is nothing to export: the desk has all of this already",
        ));
    }
    let files = desks::writer(session.desk())?.write(&plan)?;
    let storage = |path: &Path| {
        let path = path.display().to_string();
        move |e: std::io::Error| ApiError::new(Code::Storage, format!("{path}: {e}"))
    };
    std::fs::create_dir_all(folder).map_err(storage(folder))?;
    let mut parts = Vec::new();
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
        // A part that is not kept is deleted by its drop, so a failure half way leaves the folder as it was.
        let mut part = tempfile::NamedTempFile::new_in(folder).map_err(storage(folder))?;
        part.write_all(file.text.as_bytes())
            .and_then(|()| part.as_file().sync_all())
            .map_err(storage(folder))?;
        parts.push((part, folder.join(file.name)));
    }
    for (part, path) in parts {
        part.persist(&path).map_err(|e| storage(&path)(e.error))?;
    }
    let written = files.iter().map(|file| ExportedFile {
        name: file.name.to_owned(),
        sha256: sha256(file.text.as_bytes()),
        bytes: file.text.len() as u64,
    });
    let report = ExportReport {
        folder: folder.display().to_string(),
        files: written.collect(),
        operations: small(plan.operations.len()),
        not_exported: small(plan.not_exported.len()),
    };
    note(session, &report)?;
    Ok(report)
}

/// A workspace that can only be read keeps no log of its exports.
fn note(session: &Session, report: &ExportReport) -> Result<(), ApiError> {
    if session.store().is_read_only() {
        return Ok(());
    }
    let intent = Intent::new("intent.export")
        .with("folder", report.folder.as_str())
        .with("operations", report.operations.to_string())
        .with(
            "files",
            report
                .files
                .iter()
                .map(|f| format!("{} {}", f.name, f.sha256))
                .collect::<Vec<_>>()
                .join("\n"),
        );
    session.store().note_export(session.actor(), &intent)?;
    Ok(())
}
