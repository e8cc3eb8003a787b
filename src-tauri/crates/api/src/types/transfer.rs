//! In and out: import, plan, export, conflicts.

use portico_core::error::FieldProblem;
use portico_core::snapshot::Problem;
use serde::{Deserialize, Serialize};

use super::exposure::Exposure;
use super::history::ChangeLine;
use super::passphrase::Secret;

/// Where to read a desk from.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ImportInput {
    /// A folder, a .zip or a file; or the address of the desk's database (`postgres://NAME@SERVER/DATABASE`) or of its
    /// interface (`https://SERVER`).
    pub path: String,
    /// A file of settings; `None` for what lies in the source.
    pub settings: Option<String>,
    /// `postgresql` or `mysql`; `None` where the workspace knows it already.
    pub database: Option<String>,
    /// `none`, `short` (the first 4 KB), `full`.
    pub bodies: String,
    /// Read and report, write nothing.
    pub dry_run: bool,
    /// What a table holds; `None` for what the desk itself gives.
    pub table: Option<TableMapping>,
}

/// What a table holds, and which column is which field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TableMapping {
    /// The kind of record (`people`, `accounts`, ...); empty to have it guessed.
    pub kind: String,
    /// Columns. One that is not here is taken for what it was the last time, or guessed.
    pub columns: Vec<TableColumn>,
    /// What stands between the entries of a list: `;` or `,`; empty for what it was the last time.
    pub separator: String,
    /// The sheet of a workbook; `None` for the first.
    pub sheet: Option<String>,
    /// What stands between the cells of a text: `;`, `,`, `|` or a tab; `None` to tell it from the first rows.
    pub cells: Option<String>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TableColumn {
    /// Its heading.
    pub heading: String,
    /// The field of the form, or `desk_key`; empty where it is not read.
    pub field: String,
}

/// A table before it is read.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct TableLook {
    /// Its name.
    pub file: String,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// What stands between the cells of a text; `None` for other formats.
    pub cells: Option<String>,
    /// The kinds of record that the desk has.
    pub kinds: Vec<TableKind>,
    /// What it is taken for, with all its columns from left to right.
    pub mapping: TableMapping,
    /// Who said what each of these columns is.
    pub origins: Vec<ColumnOrigin>,
    /// Fields that a column can be, in the form's order; `desk_key` is the desk's own key.
    pub fields: Vec<String>,
    /// Fields that say which record a row is; a column must be one of them.
    pub keys: Vec<String>,
    /// Fields without which nothing is read: each must be a column.
    pub needs: Vec<String>,
    /// Its first rows, as the cells stand there.
    pub rows: Vec<Vec<String>>,
    /// The same as they would be read; none while its kind is not known.
    pub first: Vec<TableRow>,
    /// Why it cannot be read at all.
    pub problems: Vec<Problem>,
    /// What was noticed of its headings and its encoding.
    pub findings: Vec<Problem>,
}

/// A kind of record that tables can hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TableKind {
    /// Its name in mappings.
    pub name: String,
    /// The record's name everywhere else.
    pub entity: String,
}

/// Who said what a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ColumnOrigin {
    /// Who asked.
    Said,
    /// The last import of such a table.
    Remembered,
    /// Its heading, which looks like the field's name.
    Guessed,
    /// Nobody, and nothing fits: it is not read.
    Open,
}

/// A row as an import would read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TableRow {
    /// Where it stands in the file.
    #[specta(type = specta_typescript::Number)]
    pub line: u64,
    /// Whether the workspace has its record; `None` where that cannot be told.
    pub known: Option<bool>,
    /// Cells of the columns that are read, from left to right.
    pub cells: Vec<TableCell>,
    /// What is wrong with the row as a whole.
    pub problem: Option<Problem>,
}

/// A cell as an import would read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TableCell {
    /// Its heading.
    pub heading: String,
    /// A status by Portico's name, a flag as `true` or `false`, other records by login, key or number, the rest as it stands.
    pub value: String,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// What became of the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TableRows {
    /// The kind of record, as in [`KindCount`].
    pub kind: String,
    /// All rows.
    #[specta(type = specta_typescript::Number)]
    pub all: u64,
    /// Those whose record the workspace had already.
    #[specta(type = specta_typescript::Number)]
    pub known: u64,
    /// Those of them that differ in a field; lists are counted as records of their own.
    #[specta(type = specta_typescript::Number)]
    pub changed: u64,
}

/// Added, changed and removed records of one kind.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "each field is named like what it counts")]
pub struct KindCount {
    pub kind: String,
    #[specta(type = specta_typescript::Number)]
    pub added: u64,
    #[specta(type = specta_typescript::Number)]
    pub changed: u64,
    #[specta(type = specta_typescript::Number)]
    pub removed: u64,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ImportReport {
    /// By kind of record.
    pub counts: Vec<KindCount>,
    /// Fields changed on both sides.
    pub conflicts: u32,
    /// Settings that are needed before visibility can be told.
    pub unknown: Vec<String>,
    /// Things that are legal in the desk but worth a look.
    pub findings: Vec<Problem>,
    /// How many more of them there are.
    #[specta(type = specta_typescript::Number)]
    pub more_findings: u64,
    /// What was taken in although the forms would not take it.
    pub misfits: Vec<Misfit>,
    /// The newest time in the tickets (RFC 3339).
    pub as_of: Option<String>,
    /// Tables that were read, by kind of record.
    pub tables: Vec<TableRows>,
    /// Whether it was only a rehearsal.
    pub dry_run: bool,
    /// Of a rehearsal: what the import would do to people, told with the tickets that are here now; `None` where there
    /// are none yet.
    pub exposure: Option<Exposure>,
}

/// Records of the desk that its form would not take, all for the same reason.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Misfit {
    /// What kind of record.
    pub entity: String,
    /// What is wrong with the first of them.
    pub problem: FieldProblem,
    /// How many there are.
    #[specta(type = specta_typescript::Number)]
    pub count: u64,
    /// The first few, by login, key or name.
    pub examples: Vec<String>,
}

/// How far long work is.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Progress {
    /// The job.
    pub job: String,
    /// `reading`, `writing`, `indexing`, ... a key of the catalogue.
    pub phase: String,
    /// What is being handled (`tickets`).
    pub kind: String,
    /// How many so far.
    #[specta(type = specta_typescript::Number)]
    pub done: u64,
}

/// What an export would do.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct PlanView {
    /// In dependency order; where only the first were asked for, those that concern the first people and records.
    pub operations: Vec<PlanOperation>,
    /// How many operations there are.
    pub total: u32,
    /// How many people and records they concern.
    pub concerns: u32,
    /// How many there are of each kind, in the order in which they are carried out.
    pub kinds: Vec<PlanKind>,
    /// What the desk cannot take; where only the first were asked for, as many of it.
    pub not_exported: Vec<NotExported>,
    /// How much the desk cannot take.
    pub not_exported_total: u32,
    /// Why an export is refused; empty when it is not.
    pub refused: Vec<String>,
    /// Unsettled conflicts.
    pub conflicts: u32,
    /// People for whom the export makes an initial password, if it is asked to.
    pub initial_passwords: u32,
    /// Rights and exposure in one line a person: who gains, who loses.
    pub since: Option<String>,
    /// What tells this plan from another one; nothing to show.
    pub mark: String,
}

/// The operations of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct PlanKind {
    /// `create`, `update`, `deactivate`, `link`, `unlink`.
    pub kind: String,
    /// How many.
    pub count: u32,
    /// The desk's tables they go to, readable, in the order in which they appear.
    pub targets: Vec<String>,
}

/// One operation.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct PlanOperation {
    /// `create`, `update`, `deactivate`, `link`, `unlink`.
    pub kind: String,
    /// `external_user`, `user_group`, ...
    pub entity: String,
    /// The desk's key, readable.
    pub key: String,
    /// Whom it concerns, for people.
    pub subject: String,
    /// Id of the external user, where there is one.
    pub user: Option<String>,
    /// Old and new values by field.
    pub changes: Vec<FieldChange>,
    /// The desk's table it goes to, readable (`customer_user`).
    pub target: String,
}

/// Old and new value of a field.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "old and new value of a field")]
pub struct FieldChange {
    pub field: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Something the desk cannot take.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct NotExported {
    /// What kind of record.
    pub entity: String,
    /// The desk's key.
    pub key: String,
    /// The field.
    pub field: String,
    /// Why, and what to do instead; in English.
    pub reason: String,
    /// A key of the catalogue for the reason.
    pub code: String,
    /// Old and new value.
    pub old: Option<String>,
    /// Old and new value.
    pub new: Option<String>,
}

/// Initial passwords that an export makes for those whose form says so.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct InitialPasswords {
    /// The file that lists them, which must not be there yet: comma-separated values, encrypted with age.
    pub path: String,
    /// What opens that file.
    pub passphrase: Secret,
}

/// What an export wrote.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ExportReport {
    /// Its id, as in `manifest.json`, which lies beside the files.
    pub id: String,
    /// The folder.
    pub folder: String,
    /// Files: name, SHA-256, bytes.
    pub files: Vec<ExportedFile>,
    /// Operations written.
    pub operations: u32,
    /// Changes that were not.
    pub not_exported: u32,
    /// Passwords that it sets: those that were typed, which are forgotten now, and initial ones.
    pub passwords: u32,
    /// The encrypted file that lists the initial ones; `None` where none was made.
    pub initial_passwords: Option<String>,
}

/// A file of an export.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "name, digest and size of a file")]
pub struct ExportedFile {
    pub name: String,
    pub sha256: String,
    #[specta(type = specta_typescript::Number)]
    pub bytes: u64,
}

/// A field changed on both sides.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ConflictRow {
    /// Its id.
    pub id: u32,
    /// What differs; `from` is the base, `to` is mine.
    pub line: ChangeLine,
    /// The desk's value.
    pub theirs: Option<String>,
    /// When it was found (RFC 3339).
    pub at: String,
}

/// How to settle a conflict.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct Settle {
    /// The conflict.
    pub id: u32,
    /// `mine` or `theirs`.
    pub keep: String,
}
