//! What was done.

use serde::Serialize;

/// A change in the log, newest first.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ChangeRow {
    /// Its number.
    pub id: u32,
    /// What was meant: a key of the catalogue (`intent.save_user`, `intent.import`, `intent.undo`).
    pub intent: String,
    /// Names and values for the words.
    pub detail: Vec<(String, String)>,
    /// Who.
    pub actor: String,
    /// When (RFC 3339).
    pub at: String,
    /// Whether it was undone later.
    pub undone: bool,
    /// Whether it can be undone now.
    pub undoable: bool,
    /// What differs, one line an entity and field.
    pub lines: Vec<ChangeLine>,
    /// How many more differences there are than those told.
    pub more_lines: u32,
}

/// One difference.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ChangeLine {
    /// `external_user`, `user_group`, ...
    pub entity: String,
    /// Whom or what it concerns, for people ("Jana Nováková").
    pub subject: String,
    /// Id of the external user it concerns, where there is one.
    pub user: Option<String>,
    /// `create`, `update`, `delete`, `link`, `unlink`.
    pub kind: String,
    /// The field, or what the link leads to ("finance ro").
    pub field: String,
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
}
