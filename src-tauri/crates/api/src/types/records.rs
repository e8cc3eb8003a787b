//! Records of the directory: contacts, accounts, addresses and all the others.

use std::collections::BTreeMap;

use portico_core::error::FieldProblem;
use serde::{Deserialize, Serialize};

use super::form::FieldValue;
use super::lists::ListColumn;

/// A record, as far as it takes to tell it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct RecordChoice {
    /// Its id.
    pub id: String,
    /// What tells it from all others, read letter by letter: a login, a number, a path.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// A word more, to tell those of one name apart.
    pub note: String,
    /// Whether the desk has a record of it; false for something that is only named by others.
    pub present: bool,
}

/// Values by the form's field names. A reference is an id; empty for none.
pub type Values = BTreeMap<String, FieldValue>;

/// Which records, in which order.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct RecordQuery {
    /// Words that must all occur in what the record is found by; empty for all.
    pub search: String,
    /// Key of the column to sort by; empty for the name.
    pub sort: String,
    /// Backwards.
    pub descending: bool,
    /// Fields with the value that they must have: an id, a word, `yes` or `no`; empty for none.
    pub filters: Vec<(String, String)>,
    /// Only records that differ from what the desk has.
    pub changed: bool,
}

/// A list of records to write into a file.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ExportRecords {
    /// The kind of record: the name of its table.
    pub entity: String,
    /// Which, in which order.
    pub query: RecordQuery,
    /// At most so many; all without it.
    pub limit: Option<u32>,
    /// Its columns, from left to right; at least one.
    pub columns: Vec<ListColumn>,
    /// `csv` or `xlsx`.
    pub format: String,
    /// What stands between the cells of a CSV line: `,` or `;` (which spreadsheets of some languages expect).
    pub separator: String,
    /// The file; one that is there already is replaced.
    pub path: String,
}

/// A column that a list of records can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordColumn {
    /// Its key.
    pub key: &'static str,
    /// Whether the workspace's desk has it: a field that it knows, or no field at all.
    pub known: bool,
}

/// A stretch of the list.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct RecordPage {
    /// All that match.
    pub total: u32,
    /// The rows from the offset asked for.
    pub rows: Vec<RecordRow>,
}

/// How many records of one kind refer to another by one of their fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct UseCount {
    /// What they are: the name of their table.
    pub entity: String,
    /// The field by which they refer.
    pub field: String,
    /// How many.
    pub total: u32,
}

/// A right between two records: of an account or a person on a group, of a group or a person on an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct RecordRight {
    /// What stands at the other end: the name of its table.
    pub entity: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The permission key, or the level.
    pub right: String,
    /// `same` or `other` where the right depends on whose tickets it is about; empty otherwise.
    pub context: String,
}

/// A line of the list.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct RecordRow {
    /// Its id.
    pub id: String,
    /// What tells it from all others.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// `valid`, `invalid`, `invalid-temporarily`; empty for records that have none.
    pub status: String,
    /// Whether the desk has a record of it.
    pub present: bool,
    /// What stands in its fields.
    pub values: Values,
    /// Names of what its fields refer to, by field.
    pub names: BTreeMap<String, String>,
    /// Saved but not exported.
    pub changed: bool,
    /// What refers to it.
    pub used: Vec<UseCount>,
    /// The rights that it gives itself: an account's on groups.
    pub rights: Vec<RecordRight>,
}

/// What refers to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Usage {
    /// What they are: the name of their table.
    pub entity: String,
    /// The field by which they refer.
    pub field: String,
    /// How many.
    pub total: u32,
    /// The first of them, by name.
    pub some: Vec<RecordChoice>,
    /// Whether these are the record's own links: they go with it.
    pub own: bool,
    /// Whether the desk wants the field filled in: then it cannot be left empty.
    pub wanted: bool,
}

/// A record with what surrounds the form.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct RecordDetail {
    /// The kind of record: the name of its table.
    pub entity: String,
    /// Its id; empty for a new one.
    pub id: String,
    /// What people call it; empty for a new one.
    pub name: String,
    /// Changes whenever it is saved; handed back on save.
    pub version: String,
    /// Whether the desk has it already.
    pub in_desk: bool,
    /// False for a placeholder of something that is only named by others.
    pub present: bool,
    /// The form as saved.
    pub values: Values,
    /// A draft left from before, if there is one.
    pub draft: Option<Values>,
    /// Names of everything that form and draft refer to.
    pub labels: Vec<RecordChoice>,
    /// Fields that differ from what the desk has.
    pub changed_fields: Vec<String>,
    /// What refers to it.
    pub used_by: Vec<Usage>,
    /// Rights on it (an object's) or of it (an account's), at most 200.
    pub rights: Vec<RecordRight>,
    /// What it lies in, from the root down; for objects of the portal.
    pub path: Vec<RecordChoice>,
    /// Problems and warnings of the saved form.
    pub problems: Vec<FieldProblem>,
}

/// A form to save.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SaveRecord {
    /// The kind of record: the name of its table.
    pub entity: String,
    /// The record; `None` for a new one.
    pub id: Option<String>,
    /// The version that was edited; `None` for a new one.
    pub version: Option<String>,
    /// The form; fields that are not named stay as they are.
    pub values: Values,
}

/// What is to become of what refers to a record that goes.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct DeleteHow {
    /// `refuse` while something refers to it, `move` to another one, or `unlink`.
    pub how: String,
    /// The other one, for `move`.
    pub to: Option<String>,
}

/// What deleting a record leads to.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Deletion {
    /// What refers to it.
    pub used_by: Vec<Usage>,
    /// How many of those there are, its own links left out.
    pub total: u32,
    /// What the desk makes of it at the next export: `none` (it never had it), `deactivate`, or a key
    /// of the catalogue for why it is not exported.
    pub desk: String,
    /// The same in English.
    pub desk_text: String,
}

/// A record is gone.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Deleted {
    /// The number of the change.
    pub change: u32,
    /// How many rows were moved or unlinked.
    pub touched: u32,
}

/// A stretch of what lies in an object of the portal.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct TreePage {
    /// All that lies in it.
    pub total: u32,
    /// The nodes from the offset asked for.
    pub nodes: Vec<TreeNode>,
}

/// An object of the portal in its tree.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct TreeNode {
    /// Its id.
    pub id: String,
    /// Its path.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is: `page`, `section`, `app`, ...
    pub kind: String,
    /// `valid`, `invalid`, `invalid-temporarily`.
    pub status: String,
    /// Whether the rights of what it lies in hold here too.
    pub inherits: bool,
    /// Whether the desk has a record of it.
    pub present: bool,
    /// Saved but not exported.
    pub changed: bool,
    /// How many objects lie directly in it.
    pub children: u32,
    /// How many groups have a right of their own on it.
    pub groups: u32,
    /// How many people have a right of their own on it.
    pub people: u32,
}

/// How many records there are of each kind that the desk has.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct EntityCount {
    /// The kind of record: the name of its table.
    pub entity: String,
    /// How many, placeholders included.
    pub total: u32,
}
