//! The ledger of exports: keeping one, listing them, ticking steps, and whether the files are still what was written.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use portico_core::id::ExportId;
use portico_core::model::Validity;
use portico_desks::database::address::is_address;
use portico_desks::plan::{BY_HAND, Change, PASSWORD, Plan};
use portico_store::ledger::{self, Export, FieldChange as KeptChange, File, Operation};
use portico_store::{Connection, base, table};
use serde_json::{Value as Json, json};

use super::plan::{first, plan_field};
use crate::digest::sha256;
use crate::error::{ApiError, Code, id};
use crate::numbers::{small, time_ms};
use crate::session::{Action, Session};
use crate::types::ledger::{CheckedFile, ExportRow, FilesReport, LedgerOperation};
use crate::types::transfer::{ExportedFile, FieldChange};

/// The file that says what an export is.
pub(super) const MANIFEST: &str = "manifest.json";

/// The exports of this workspace, newest first.
pub fn list_exports(session: &Session) -> Result<Vec<ExportRow>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let exports = ledger::list(c)?.into_iter();
        exports.map(|export| row(c, export)).collect()
    })
}

/// The operations of an export, in their order.
pub fn export_operations(session: &Session, export: &str) -> Result<Vec<LedgerOperation>, ApiError> {
    session.may(Action::Read)?;
    let export: ExportId = id("export", export)?;
    session.store().read(|c| {
        ledger::get(c, export)?;
        Ok(ledger::operations(c, export)?.into_iter().map(view).collect())
    })
}

/// Ticks steps of an export as done, or takes ticks back; who ticked what, and when, is kept.
pub fn tick_steps(session: &Session, export: &str, positions: &[u32], done: bool) -> Result<ExportRow, ApiError> {
    session.may(Action::Edit)?;
    let export: ExportId = id("export", export)?;
    session.store().tick(session.actor(), export, positions, done)?;
    session.store().read(|c| row(c, ledger::get(c, export)?))
}

/// Whether the files of an export are still what was written, by the ledger where the export is in it, else by its manifest.
pub fn check_export_files(session: &Session, folder: &Path) -> Result<FilesReport, ApiError> {
    session.may(Action::Read)?;
    let text = std::fs::read(folder.join(MANIFEST)).map_err(|e| {
        let message = format!("{}: {e}; name the folder of an export", folder.join(MANIFEST).display());
        ApiError::new(Code::Storage, message)
    })?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|e| {
        let message = format!("{}: is no manifest of an export: {e}", folder.join(MANIFEST).display());
        ApiError::new(Code::BadSource, message)
    })?;
    let kept = session.store().read(|c| {
        let all = ledger::list(c)?;
        Ok::<_, ApiError>(all.into_iter().find(|export| export.id == manifest.id))
    })?;
    let expected = kept.as_ref().map_or(&manifest.files, |export| &export.files);
    let mut files: Vec<CheckedFile> = expected.iter().map(|file| checked(folder, file)).collect();
    if let Some(export) = &kept {
        files.push(CheckedFile {
            name: MANIFEST.to_owned(),
            state: same(sha256(&text) == export.manifest).to_owned(),
        });
    }
    Ok(FilesReport {
        export: manifest.id.to_string(),
        known: kept.is_some(),
        files,
    })
}

#[derive(serde::Deserialize)]
struct Manifest {
    id: ExportId,
    files: Vec<File>,
}

fn same(same: bool) -> &'static str {
    if same { "same" } else { "changed" }
}

/// A name in a manifest may come from anywhere: only its last part is looked for, in the folder itself.
fn checked(folder: &Path, file: &File) -> CheckedFile {
    let name = Path::new(&file.name).file_name().unwrap_or_default();
    let state = match std::fs::read(folder.join(name)) {
        Ok(bytes) => same(sha256(&bytes) == file.sha256),
        Err(_) => "missing",
    };
    CheckedFile {
        name: file.name.clone(),
        state: state.to_owned(),
    }
}

/// An export's manifest: what it is and what it holds, and nothing secret.
pub(super) fn manifest(session: &Session, export: &Export, plan: &Plan, base: &str) -> String {
    let (mut kinds, mut records) = (BTreeMap::<&str, u64>::new(), BTreeMap::<&str, u64>::new());
    for operation in &plan.operations {
        *kinds.entry(operation.kind.name()).or_default() += 1;
        *records.entry(&operation.entity).or_default() += 1;
    }
    let told = json!({
        "id": export.id,
        "made_at": time_ms(export.at),
        "made_by": export.actor,
        "program": format!("portico {}", export.program),
        "desk": session.desk(),
        "desk_read_at": (!base.is_empty()).then_some(base),
        "operations": plan.operations.len(),
        "by_kind": kinds,
        "by_record": records,
        "not_exported": export.not_exported,
        "passwords": export.passwords,
        "files": export.files,
    });
    format!("{told:#}\n")
}

/// The operations of a plan as the ledger keeps them: with the values that a column holds, to be found again.
pub(super) fn operations(c: &Connection, plan: &Plan) -> Result<Vec<Operation>, ApiError> {
    let mut of_record: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (position, operation) in plan.operations.iter().enumerate() {
        let record = (operation.entity.as_str(), operation.record.as_str());
        of_record.entry(record).or_default().push(position);
    }
    let mut kept: Vec<Option<Operation>> = plan.operations.iter().map(|_| None).collect();
    base::each_pending(c, |row| {
        for &position in of_record.get(&(row.table, row.key.as_str())).into_iter().flatten() {
            kept[position] = Some(operation(plan, position, row.base.as_ref(), row.current.as_ref()));
        }
        Ok::<_, ApiError>(())
    })?;
    let kept = kept.into_iter().enumerate();
    Ok(kept
        .map(|(position, one)| one.unwrap_or_else(|| operation(plan, position, None, None)))
        .collect())
}

/// One of them, by the row before and after.
fn operation(plan: &Plan, position: usize, before: Option<&base::RowMap>, after: Option<&base::RowMap>) -> Operation {
    let operation = &plan.operations[position];
    let side = |row: Option<&base::RowMap>, column: Option<&str>| {
        column.and_then(|column| row?.get(column)).cloned().unwrap_or_default()
    };
    let changes = operation.changes.iter().map(|change| {
        let column = column(&operation.entity, &change.field);
        KeptChange {
            old_value: status(change, change.old.as_ref()).unwrap_or_else(|| side(before, column)),
            new_value: status(change, change.new.as_ref()).unwrap_or_else(|| side(after, column)),
            field: change.field.clone(),
            column: column.map(str::to_owned),
            old: change.old.clone(),
            new: change.new.clone(),
        }
    });
    Operation {
        position: small(position),
        kind: operation.kind.name().to_owned(),
        entity: operation.entity.clone(),
        record: operation.record.clone(),
        key: operation.key.clone(),
        subject: operation.subject.clone(),
        target: operation.target.clone(),
        is_new: before.is_none(),
        natural: side(after.or(before), table::natural(&operation.entity)),
        changes: changes.collect(),
        done: None,
    }
}

/// The column that holds a field of a record; `None` for links, and for passwords, which no file tells.
fn column(entity: &str, field: &str) -> Option<&'static str> {
    if field == PASSWORD || !base::link_columns(entity).is_empty() {
        return None;
    }
    table::columns(entity)
        .into_iter()
        .find(|column| plan_field(column) == field)
}

/// A status as its column holds it: a plan ends the access of what is gone here, of which there is no row.
fn status(change: &Change, text: Option<&String>) -> Option<Json> {
    let text = text.filter(|_| change.field == "status")?;
    Validity::from_name(text).map(|validity| validity.number().into())
}

/// An export with its counts.
pub(super) fn row(c: &Connection, export: Export) -> Result<ExportRow, ApiError> {
    let count = ledger::count(c, export.id, BY_HAND)?;
    let files = export.files.into_iter().map(|file| ExportedFile {
        name: file.name,
        sha256: file.sha256,
        bytes: file.bytes,
    });
    let applied = is_address(&export.folder);
    Ok(ExportRow {
        id: export.id.to_string(),
        at: time_ms(export.at),
        actor: export.actor,
        program: export.program,
        applied,
        unsure: if applied { count.open } else { 0 },
        folder: export.folder,
        files: files.collect(),
        operations: count.operations,
        steps: count.steps,
        done: count.done,
        not_exported: export.not_exported,
        passwords: export.passwords,
    })
}

/// An operation as people see it.
pub(super) fn view(operation: Operation) -> LedgerOperation {
    let user = if operation.entity == "external_user" {
        Some(operation.record)
    } else {
        let owner = base::link_columns(&operation.entity).first().copied();
        (owner == Some("user_id")).then(|| first(&operation.record))
    };
    let changes = operation.changes.into_iter().map(|change| FieldChange {
        field: change.field,
        old: change.old,
        new: change.new,
    });
    let (done_by, done_at) = operation.done.map(|(by, at)| (by, time_ms(at))).unzip();
    LedgerOperation {
        position: operation.position,
        kind: operation.kind,
        entity: operation.entity,
        key: operation.key,
        subject: operation.subject,
        user,
        by_hand: operation.target == BY_HAND,
        target: operation.target,
        changes: changes.collect(),
        done_by,
        done_at,
    }
}
