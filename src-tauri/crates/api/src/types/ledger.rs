//! The ledger of exports, and what came of them.

use serde::{Deserialize, Serialize};

use super::transfer::{ExportedFile, FieldChange};

/// An export of this workspace.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ExportRow {
    /// Its id, as in its `manifest.json`.
    pub id: String,
    /// When it was made (RFC 3339).
    pub at: String,
    /// Who made it.
    pub actor: String,
    /// The version of Portico that made it.
    pub program: String,
    /// The folder it was written into, or the address of the database that it was applied to.
    pub folder: String,
    /// Whether it was applied to the desk's database, instead of written into files.
    pub applied: bool,
    /// How many of its operations went to the desk's database without anybody knowing whether they arrived: the connection
    /// broke at the very end. A verification finds out.
    pub unsure: u32,
    /// Its files, the manifest not among them.
    pub files: Vec<ExportedFile>,
    /// How many operations it has.
    pub operations: u32,
    /// How many of them are steps for a person.
    pub steps: u32,
    /// How many of these steps are ticked.
    pub done: u32,
    /// How many changes the desk could not take.
    pub not_exported: u32,
    /// How many passwords it sets.
    pub passwords: u32,
}

/// One operation of an export, as it went out.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct LedgerOperation {
    /// Its place in the export, from 0.
    pub position: u32,
    /// `create`, `update`, `deactivate`, `link`, `unlink`.
    pub kind: String,
    /// `external_user`, `user_group`, ...
    pub entity: String,
    /// The desk's key, readable.
    pub key: String,
    /// Whom it concerns; may be empty.
    pub subject: String,
    /// Id of the external user, where there is one.
    pub user: Option<String>,
    /// Where in the export it stands: a table, or a file.
    pub target: String,
    /// Whether a person does it by hand.
    pub by_hand: bool,
    /// Old and new values by field.
    pub changes: Vec<FieldChange>,
    /// Who ticked it as done.
    pub done_by: Option<String>,
    /// When (RFC 3339).
    pub done_at: Option<String>,
}

/// What to lay an export against.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct VerifyInput {
    /// A folder, a .zip, or the address of a database, as for an import.
    pub path: String,
    /// `postgresql` or `mysql`; `None` where the workspace knows it already.
    pub database: Option<String>,
    /// The export; `None` for the last one.
    pub export: Option<String>,
}

/// What became of an operation, or of one of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It cannot be told; a reason says why.
    Unknown,
    /// The desk has what was exported.
    Applied,
    /// The desk has what it had before.
    NotApplied,
    /// The desk has neither: somebody changed it there.
    Drifted,
}

/// Why an outcome cannot be told, or what else is to say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeReason {
    /// What was read does not speak of this record.
    List,
    /// What was read does not hold this field.
    Field,
    /// No desk gives a password away.
    Password,
    /// The desk gives the key of what is new, so it cannot be found again.
    NoKey,
    /// The desk does not have the record any more.
    Gone,
}

/// A field of an operation against what the desk has.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct VerifiedField {
    /// The field, as in the form.
    pub field: String,
    /// Before the export.
    pub old: Option<String>,
    /// As exported.
    pub new: Option<String>,
    /// What the desk has now; `None` for nothing, and where it cannot be told.
    pub found: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it cannot be told.
    pub reason: Option<OutcomeReason>,
}

/// An operation against what the desk has.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct VerifiedOperation {
    /// As it went out.
    pub operation: LedgerOperation,
    /// What became of it: the worst of its fields, those left out that cannot be told.
    pub outcome: Outcome,
    /// Why it cannot be told, or that the record is gone.
    pub reason: Option<OutcomeReason>,
    /// Field by field; empty for links, which are there or not.
    pub fields: Vec<VerifiedField>,
    /// Whether it can be settled ([`super::super::desk::settle_operations`]): the desk has something else.
    pub open: bool,
}

/// What became of an export.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct VerifyReport {
    /// The export.
    pub export: ExportRow,
    /// Operations that the desk has.
    pub applied: u32,
    /// Operations that it does not have.
    pub not_applied: u32,
    /// Operations of which it has something else.
    pub drifted: u32,
    /// Operations of which it cannot be told.
    pub unknown: u32,
    /// Records and links that were pending until now, and are no more: the desk has them.
    pub moved: u32,
    /// All operations, in their order.
    pub operations: Vec<VerifiedOperation>,
}

/// What shall become of operations of which the desk has something else.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SettleOperations {
    /// The export, as it was verified last.
    pub export: String,
    /// Which of them, and how.
    pub choices: Vec<OperationChoice>,
}

/// What shall become of one operation.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OperationChoice {
    /// Its place in the export, from 0.
    pub position: u32,
    /// `theirs`: the workspace takes what the desk has. `again`: it goes out again, against what the desk has now.
    pub keep: String,
}

/// A file of an export as it lies in its folder.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct CheckedFile {
    /// Its name.
    pub name: String,
    /// `same`, `changed` or `missing`.
    pub state: String,
}

/// The files of an export against its manifest.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct FilesReport {
    /// The export's id, as its manifest says.
    pub export: String,
    /// Whether this workspace made it: then the files are compared with its own ledger, and the manifest too.
    pub known: bool,
    /// Files, the manifest last.
    pub files: Vec<CheckedFile>,
}
