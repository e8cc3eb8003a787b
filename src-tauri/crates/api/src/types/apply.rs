//! Carrying an export out in the desk's own database.

use serde::{Deserialize, Serialize};

use super::transfer::InitialPasswords;

/// Which database to change, and how.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ApplyInput {
    /// The address of the desk's database (`postgres://NAME@SERVER/DATABASE`), without a password.
    pub to: String,
    /// Initial passwords to be made and listed, as for an export.
    pub initial: Option<InitialPasswords>,
    /// Carry it out, and take it back.
    pub dry_run: bool,
    /// The mark of the plan that was agreed to ([`super::transfer::PlanView::mark`]); another plan is not applied.
    /// `None` to apply whatever is pending.
    pub agreed: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ApplyReport {
    /// The server, for people.
    pub server: String,
    /// The database's name there.
    pub database: String,
    /// Whether it was taken back again.
    pub dry_run: bool,
    /// Operations in all.
    pub operations: u32,
    /// Those that changed something.
    pub applied: u32,
    /// Those whose result was there already.
    pub there: u32,
    /// Changes that the desk cannot take.
    pub not_exported: u32,
    /// Passwords that it set.
    pub passwords: u32,
    /// The encrypted file that lists the initial ones; `None` where none was made.
    pub initial_passwords: Option<String>,
    /// Its id in the ledger; `None` where nothing new was applied, or it was refused.
    pub export: Option<String>,
    /// What stood against it; nothing was changed then.
    pub refused: Option<ApplyRefusal>,
    /// What is left to do on the desk's server.
    pub left: Vec<LeftToDo>,
}

/// Why an operation, and with it all of them, was refused.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ApplyRefusal {
    /// Its place in the plan, from 0.
    pub position: u32,
    /// `create`, `update`, `deactivate`, `link`, `unlink`.
    pub kind: String,
    /// `external_user`, `user_group`, ...
    pub entity: String,
    /// The desk's key, readable.
    pub key: String,
    /// Whom it concerns; may be empty.
    pub subject: String,
    /// What stands against it.
    pub reason: RefusalReason,
    /// The field, for a value.
    pub field: Option<String>,
    /// The value that was expected.
    pub expected: Option<String>,
    /// The value that it was to get, which would have been well too.
    pub wanted: Option<String>,
    /// The value, or the number of rows, that was found.
    pub found: Option<String>,
    /// The database's own words.
    pub said: String,
}

/// What can stand against an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// A value is neither the one before nor the one after.
    Value,
    /// There is not exactly one such row: none, or several.
    Rows,
    /// What would be new is there already, in capitals or with other values.
    There,
    /// Of the names before and after there is not exactly one.
    Names,
    /// The database itself says no.
    Other,
}

/// Something to be done on the desk's server.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct LeftToDo {
    /// A key of the catalogue.
    pub code: String,
    /// What and why, in English.
    pub words: String,
    /// The command.
    pub command: String,
}
