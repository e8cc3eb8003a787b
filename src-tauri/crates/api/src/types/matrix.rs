//! Rights on groups as a matrix: people or accounts down, groups across.

use serde::{Deserialize, Serialize};

use super::exposure::Exposure;

/// Which rows, in which order.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct MatrixQuery {
    /// What stands down the side: `accounts` or `users`.
    pub rows: String,
    /// Of accounts: for whose tickets the rights count, `same` (their own) or `other`.
    pub context: String,
    /// Words that must occur in what people call the row; empty for all.
    pub search: String,
    /// Statuses to include; empty for all.
    pub status: Vec<String>,
    /// Of accounts, only those with people.
    pub with_people: bool,
    /// Only rows with a right on some group.
    pub with_right: bool,
    /// Only rows with a right on the group of this id; empty for all.
    pub on_group: String,
    /// Id of the group by whose right the rows are ordered, strongest first; empty for by name.
    pub by_group: String,
}

/// A group, as a column.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixColumn {
    /// The group's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its status.
    pub status: String,
    /// Names of its queues.
    pub queues: Vec<String>,
    /// Names of the settings that give it to everybody; empty where none does.
    pub always: Vec<String>,
    /// How many of the rows that match have which permission as their strongest; a key that is not the desk's is empty.
    pub counts: Vec<(String, u32)>,
    /// Whether some right on it differs from what the desk has.
    pub changed: bool,
}

/// A switch of the desk that decides whether rights count.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixSwitch {
    /// The setting's name.
    pub setting: String,
    /// Whether it is on; `None` while unknown.
    pub on: Option<bool>,
}

/// The matrix but for its rows.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixHead {
    /// The desk's permission keys, weakest first; empty where the desk has no groups.
    pub permissions: Vec<String>,
    /// Whether accounts have rights, too.
    pub of_accounts: bool,
    /// Without it, rights have no effect and everybody is in every valid group; `None` where there is no such switch.
    pub support: Option<MatrixSwitch>,
    /// Without it, rights of accounts on tickets of other accounts have no effect; `None` where there is no such switch.
    pub other_context: Option<MatrixSwitch>,
    /// Rows that match.
    pub total: u32,
    /// All rows.
    pub all: u32,
    /// All groups, by name.
    pub columns: Vec<MatrixColumn>,
    /// Whether their counts are there; else they are empty.
    pub counted: bool,
}

/// The rights of a row on one group.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixCell {
    /// The group's id.
    pub group: String,
    /// The permission keys; empty where only the desk has something.
    pub permissions: Vec<String>,
    /// Whether it differs from what the desk has.
    pub changed: bool,
}

/// A row.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixRow {
    /// Id of the person or account.
    pub id: String,
    /// Login of a person, key of an account.
    pub key: String,
    /// A person's given name; empty for accounts.
    pub first_name: String,
    /// A person's family name, an account's name (its key where it has no name).
    pub name: String,
    /// Its status.
    pub status: String,
    /// Whether the desk has a record of it.
    pub present: bool,
    /// Of an account: people whose primary account it is.
    pub people: u32,
    /// Where there are rights, or differences.
    pub cells: Vec<MatrixCell>,
}

/// A stretch of the rows.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixPage {
    /// All that match.
    pub total: u32,
    /// The rows from the offset asked for.
    pub rows: Vec<MatrixRow>,
}

/// A row to find: by its id, or the first whose name begins with a text.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct MatrixAim {
    /// The row's id; empty to look for a text.
    pub id: String,
    /// The beginning of a name.
    pub text: String,
}

/// A cell to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MatrixEdit {
    /// Id of the row.
    pub row: String,
    /// Id of the group.
    pub group: String,
    /// What it held when it was edited; a cell that holds something else by now is not written.
    pub before: Vec<String>,
    /// The permission keys it shall hold.
    pub permissions: Vec<String>,
}

/// Cells to change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct MatrixEdits {
    /// What stands down the side: `accounts` or `users`.
    pub rows: String,
    /// Of accounts: `same` or `other`.
    pub context: String,
    /// The cells, each once.
    pub cells: Vec<MatrixEdit>,
}

/// A whole column to change: that of all rows that match.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct MatrixColumnEdit {
    /// Which rows.
    pub query: MatrixQuery,
    /// Id of the group.
    pub group: String,
    /// The permission; empty for none.
    pub permission: String,
    /// Only where there is no right yet.
    pub only_empty: bool,
}

/// What changing a column would do.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixEffect {
    /// How many cells would differ.
    pub cells: u32,
    /// Who would gain and lose what.
    pub exposure: Exposure,
}

/// What was saved.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MatrixSaved {
    /// Cells that differ from before.
    pub cells: u32,
    /// Rows they are in.
    pub rows: u32,
    /// The number of the change; 0 when nothing differed.
    pub change: u32,
}
