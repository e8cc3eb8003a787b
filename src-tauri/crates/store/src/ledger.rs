//! The ledger of exports: what each wrote, operation by operation, and which of them somebody says are done.
//!
//! It is bookkeeping: no undo takes it back, and no import touches it.

use portico_core::actor::Actor;
use portico_core::id::ExportId;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::error::{Result, StoreError};
use crate::history::{self, ChangeId, Intent, Kind};
use crate::store::Store;
use crate::transact::{Label, now};

pub(crate) const CREATE: &str = "
CREATE TABLE export (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    program TEXT NOT NULL,
    folder TEXT NOT NULL,
    manifest TEXT NOT NULL,
    files TEXT NOT NULL,
    not_exported INTEGER NOT NULL,
    passwords INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE export_operation (
    export_id BLOB NOT NULL REFERENCES export (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entity TEXT NOT NULL,
    record TEXT NOT NULL,
    key TEXT NOT NULL,
    subject TEXT NOT NULL,
    target TEXT NOT NULL,
    is_new INTEGER NOT NULL,
    natural TEXT NOT NULL,
    changes TEXT NOT NULL,
    done_by TEXT,
    done_at INTEGER,
    PRIMARY KEY (export_id, position)
) WITHOUT ROWID;
";

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// Its SHA-256, 64 hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// An export, without its operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its id, as in its manifest.
    pub id: ExportId,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// The version of the program that wrote it.
    pub program: String,
    /// The folder it was written into, or the address of the database that it was applied to.
    pub folder: String,
    /// The SHA-256 of its manifest.
    pub manifest: String,
    /// Its files, the manifest not among them.
    pub files: Vec<File>,
    /// How many changes the desk could not take.
    pub not_exported: u32,
    /// How many passwords it sets.
    pub passwords: u32,
}

/// Old and new value of a field: as people read them, and as the column holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field of the form.
    pub field: String,
    /// The column of the record's table; `None` where nothing can be read back.
    pub column: Option<String>,
    /// Before, as text.
    pub old: Option<String>,
    /// After, as text.
    pub new: Option<String>,
    /// Before, as the column holds it; null for nothing.
    pub old_value: Json,
    /// After, as the column holds it.
    pub new_value: Json,
}

/// One operation of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its place in the export, from 0.
    pub position: u32,
    /// `create`, `update`, `deactivate`, `link` or `unlink`.
    pub kind: String,
    /// The table of the record.
    pub entity: String,
    /// The record's key in that table, as in [`crate::base::Pending`].
    pub record: String,
    /// The desk's key, readable.
    pub key: String,
    /// Whom it concerns; may be empty.
    pub subject: String,
    /// Where in the export it stands.
    pub target: String,
    /// Whether the desk had no such record.
    pub is_new: bool,
    /// The name by which a new record is known again; null where it has none.
    pub natural: Json,
    /// What it changes; empty for links, whose record says all.
    pub changes: Vec<FieldChange>,
    /// Who ticked it as done or applied it, and when (milliseconds since 1970-01-01 UTC).
    pub done: Option<(String, i64)>,
}

const COLUMNS: &str = "id, at, actor, program, folder, manifest, files, not_exported, passwords";

fn export(row: &Row<'_>) -> Result<Export> {
    let files: String = row.get(6)?;
    Ok(Export {
        id: ExportId::from_bytes(row.get(0)?),
        at: row.get(1)?,
        actor: row.get(2)?,
        program: row.get(3)?,
        folder: row.get(4)?,
        manifest: row.get(5)?,
        files: read_json(&files)?,
        not_exported: row.get(7)?,
        passwords: row.get(8)?,
    })
}

fn read_json<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(format!("ledger of exports: {e}")))
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// All exports, newest first.
pub fn list(c: &Connection) -> Result<Vec<Export>> {
    let mut statement = c.prepare_cached(&format!("SELECT {COLUMNS} FROM export ORDER BY at DESC, id DESC"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(export(row)?);
    }
    Ok(found)
}

/// The export with this id; `NotFound` when the workspace has none.
pub fn get(c: &Connection, id: ExportId) -> Result<Export> {
    let mut statement = c.prepare_cached(&format!("SELECT {COLUMNS} FROM export WHERE id = ?1"))?;
    let mut rows = statement.query([id.as_bytes()])?;
    match rows.next()? {
        Some(row) => export(row),
        None => Err(StoreError::NotFound {
            what: "export",
            key: id.to_string(),
        }),
    }
}

/// The id of the newest export; `None` before the first one.
pub fn newest(c: &Connection) -> Result<Option<ExportId>> {
    let sql = "SELECT id FROM export ORDER BY at DESC, id DESC LIMIT 1";
    let id: Option<[u8; 16]> = c.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?;
    Ok(id.map(ExportId::from_bytes))
}

/// Operations of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// All of them.
    pub operations: u32,
    /// Those that go to one target.
    pub steps: u32,
    /// How many of these are ticked.
    pub done: u32,
    /// Those that nobody has ticked or applied.
    pub open: u32,
}

/// How many operations an export has, and how many of those that go to `target` are ticked.
pub fn count(c: &Connection, id: ExportId, target: &str) -> Result<Count> {
    let sql = "SELECT count(*), count(iif(target = ?2, 1, NULL)), count(iif(target = ?2, done_by, NULL)),
                      count(iif(done_by IS NULL, 1, NULL))
               FROM export_operation WHERE export_id = ?1";
    Ok(c.prepare_cached(sql)?.query_row((id.as_bytes(), target), |r| {
        Ok(Count {
            operations: r.get(0)?,
            steps: r.get(1)?,
            done: r.get(2)?,
            open: r.get(3)?,
        })
    })?)
}

/// The operations of an export, in their order.
pub fn operations(c: &Connection, id: ExportId) -> Result<Vec<Operation>> {
    let mut statement = c.prepare_cached(
        "SELECT position, kind, entity, record, key, subject, target, is_new, natural, changes, done_by, done_at
         FROM export_operation WHERE export_id = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([id.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (natural, changes): (String, String) = (row.get(8)?, row.get(9)?);
        let (by, at): (Option<String>, Option<i64>) = (row.get(10)?, row.get(11)?);
        found.push(Operation {
            position: row.get(0)?,
            kind: row.get(1)?,
            entity: row.get(2)?,
            record: row.get(3)?,
            key: row.get(4)?,
            subject: row.get(5)?,
            target: row.get(6)?,
            is_new: row.get(7)?,
            natural: read_json(&natural)?,
            changes: read_json(&changes)?,
            done: by.zip(at),
        });
    }
    Ok(found)
}

fn insert(c: &Connection, export: &Export, operations: &[Operation]) -> Result<()> {
    let sql = format!("INSERT INTO export ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    c.prepare_cached(&sql)?.execute((
        export.id.as_bytes(),
        export.at,
        &export.actor,
        &export.program,
        &export.folder,
        &export.manifest,
        json(&export.files)?,
        export.not_exported,
        export.passwords,
    ))?;
    let mut statement = c.prepare_cached(
        "INSERT INTO export_operation
            (export_id, position, kind, entity, record, key, subject, target, is_new, natural, changes, done_by, done_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    for operation in operations {
        statement.execute((
            export.id.as_bytes(),
            operation.position,
            &operation.kind,
            &operation.entity,
            &operation.record,
            &operation.key,
            &operation.subject,
            &operation.target,
            operation.is_new,
            operation.natural.to_string(),
            json(&operation.changes)?,
            operation.done.as_ref().map(|(by, _)| by),
            operation.done.as_ref().map(|(_, at)| at),
        ))?;
    }
    Ok(())
}

impl Store {
    /// Keeps an export in the ledger, and notes in the log that something left the workspace.
    pub fn keep_export(
        &self,
        actor: &Actor,
        intent: &Intent,
        export: &Export,
        operations: &[Operation],
    ) -> Result<ChangeId> {
        self.apart(|c| {
            insert(c, export, operations)?;
            let label = Label {
                kind: Kind::Export,
                actor,
                intent,
                undoes: None,
            };
            history::write(c, &label, None)
        })
    }

    /// Ticks operations of an export as done by `actor`, or takes ticks back. What is ticked already keeps who did it.
    pub fn tick(&self, actor: &Actor, id: ExportId, positions: &[u32], done: bool) -> Result<()> {
        let sql = if done {
            "UPDATE export_operation SET done_by = coalesce(done_by, ?3), done_at = coalesce(done_at, ?4)
             WHERE export_id = ?1 AND position = ?2"
        } else {
            "UPDATE export_operation SET done_by = NULL, done_at = NULL
             WHERE export_id = ?1 AND position = ?2 AND ?3 IS NOT NULL AND ?4 IS NOT NULL"
        };
        self.apart(|c| {
            let at = now();
            let mut statement = c.prepare_cached(sql)?;
            for position in positions {
                if statement.execute((id.as_bytes(), position, &actor.0, at))? == 0 {
                    return Err(StoreError::NotFound {
                        what: "operation of this export",
                        key: position.to_string(),
                    });
                }
            }
            Ok(())
        })
    }
}
