//! What became of an export: the desk is read again and laid beside the ledger.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use portico_core::id::ExportId;
use portico_core::snapshot::Sink;
use portico_desks::registry as desks;
use portico_store::history::Intent;
use portico_store::import::{CancelFlag, Progress as StoreProgress};
use portico_store::ledger::{self, Operation};

use super::import::{options, voice};
use super::judge::{Judged, judge_all};
use super::ledger::row;
use super::live;
use super::settle::Verified;
use crate::error::{ApiError, Code, id};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::ledger::{ExportRow, Outcome, VerifyInput, VerifyReport};
use crate::types::passphrase::Secret;
use crate::types::transfer::{ImportInput, Progress};

/// Reads a desk as an import does, and says of each operation of an export whether the desk has it. What it has is pending
/// no more; nothing else in the workspace changes, and nobody else can write it while the two are compared. What the desk
/// has instead is remembered for [`super::settle_operations`].
pub fn verify_export(
    session: &Session,
    input: &VerifyInput,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<VerifyReport, ApiError> {
    session.may(Action::Import)?;
    verify_export_as(session, input, None, job, tell, cancelled)
}

/// The same with the password of the database, or the token of the interface, that the path is the address of. It is kept
/// nowhere.
pub fn verify_export_as(
    session: &Session,
    input: &VerifyInput,
    password: Option<&Secret>,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<VerifyReport, ApiError> {
    session.may(Action::Import)?;
    let (id, export, operations) = exported(session, input)?;
    if desks::desk(session.desk())?.reads_tables {
        return Err(ApiError::new(
            Code::NotYet,
            "tables tell only a part of the desk, so what they lack is no proof; compare by hand",
        ));
    }
    let source = ImportInput {
        path: input.path.clone(),
        settings: None,
        database: input.database.clone(),
        bodies: "none".to_owned(),
        dry_run: true,
        table: None,
    };
    let checked = Arc::new(Mutex::new(None::<Progress>));
    let mut options = options(&source, password, job, &checked, cancelled)?;
    let pages = live::pages(session, &source.path, password, false, job, tell, cancelled)?;
    if let Some(pages) = &pages {
        pages.folder().clone_into(&mut options.path);
    }
    let mut reader = desks::reader(session.desk(), options)?;
    let mut scope = reader.scope();
    if let Some(pages) = &pages {
        pages.narrow(&mut scope);
    }
    let judged = session.store().compare(
        session.desk(),
        &mut |sink: &mut Sink<'_>| reader.read(sink).map_err(ApiError::from),
        &scope,
        &mut |progress: StoreProgress| voice(job, &checked, progress, tell),
        &CancelFlag::from(Arc::clone(cancelled)),
        |compared| judge_all(compared, operations),
    )?;
    found(session, id, &export, judged)
}

/// The export that is meant, with its operations.
fn exported(session: &Session, input: &VerifyInput) -> Result<(ExportId, ExportRow, Vec<Operation>), ApiError> {
    let wanted = input.export.as_deref().filter(|id| !id.is_empty());
    let wanted = wanted.map(|text| id("export", text)).transpose()?;
    session.store().read(|c| {
        let none = || {
            ApiError::new(
                Code::NotFound,
                "this workspace has exported nothing that could be verified",
            )
        };
        let id = match wanted {
            Some(id) => id,
            None => ledger::newest(c)?.ok_or_else(none)?,
        };
        Ok::<_, ApiError>((id, row(c, ledger::get(c, id)?)?, ledger::operations(c, id)?))
    })
}

/// Moves the base where the desk has what went out, and remembers what it has instead.
fn found(
    session: &Session,
    id: ExportId,
    export: &ExportRow,
    (verified, applied, open): Judged,
) -> Result<VerifyReport, ApiError> {
    let count = |outcome| small(verified.iter().filter(|one| one.outcome == outcome).count());
    let intent = Intent::new("intent.verify").with("export", &export.id);
    let intent = intent.with("count", count(Outcome::Applied).to_string());
    let moved = session.store().move_base(session.actor(), &intent, &applied)?;
    *session.verified() = Some(Verified::new(session, id, open)?);
    if export.unsure > 0 {
        let arrived = verified.iter().filter(|one| one.outcome == Outcome::Applied);
        let arrived: Vec<u32> = arrived.map(|one| one.operation.position).collect();
        session.store().tick(session.actor(), id, &arrived, true)?;
    }
    Ok(VerifyReport {
        export: session.store().read(|c| row(c, ledger::get(c, id)?))?,
        applied: count(Outcome::Applied),
        not_applied: count(Outcome::NotApplied),
        drifted: count(Outcome::Drifted),
        unknown: count(Outcome::Unknown),
        moved: small(moved),
        operations: verified,
    })
}
