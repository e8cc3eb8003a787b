//! What every writer of a desk takes and gives. A writer makes texts; who calls it writes the files.

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use crate::error::DeskError;
use crate::plan::{Operation, Plan, PlanInput};
use crate::reader::Database;

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Its name, without folders.
    pub name: &'static str,
    /// Its text.
    pub text: String,
}

/// Passwords as they were typed or made, by the key of the operation that sets each.
pub type Passwords = BTreeMap<String, Zeroizing<String>>;

/// What stands at the head of the files.
#[derive(Debug, Clone, Default)]
pub struct Occasion {
    /// What the workspace is called.
    pub workspace: String,
    /// The day, as people write it.
    pub date: String,
    /// What the desk was last read for: the same change over another reading is another one.
    pub base: String,
}

/// The script of an export for the desk's database, in the pieces that a connection runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statements {
    /// The script that they are the pieces of.
    pub script: ExportFile,
    /// Tables that are changed.
    pub tables: BTreeSet<String>,
    /// Before the transaction. They commit by themselves, and change nothing that is the desk's.
    pub before: Vec<String>,
    /// Begins the transaction.
    pub begin: Vec<String>,
    /// Of each operation, in the plan's order.
    pub operations: Vec<Vec<String>>,
    /// After the transaction, however it ended.
    pub after: Vec<String>,
}

/// What a database said against a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its SQLSTATE.
    pub state: String,
    /// Its words.
    pub message: String,
    /// The column, where it names one.
    pub column: Option<String>,
    /// What stands there, where the words do not say it.
    pub found: Option<String>,
}

/// Why an operation, and with it a whole export, does not get into a database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
    #[default]
    Other,
}

/// What stands against an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
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

/// Something that stays to be done on the desk's server, after an export was applied to its database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// A key of the catalogue.
    pub code: &'static str,
    /// What to do and why, in English.
    pub words: &'static str,
    /// The command.
    pub command: String,
}

/// Turns what differs into a plan, and a plan into files.
pub trait Writer {
    /// What an export would do, in dependency order, and what it cannot do.
    fn plan(&self, input: &PlanInput) -> Plan;

    /// The files of an export, with the passwords in the desk's own format and never in clear; refused while the plan
    /// is, and where a password that the plan sets is not among `passwords`.
    fn write(&self, plan: &Plan, passwords: &Passwords, occasion: &Occasion) -> Result<Vec<ExportFile>, DeskError>;

    /// The same as statements for the desk's database; refused alike.
    fn statements(&self, _plan: &Plan, _passwords: &Passwords, _database: Database) -> Result<Statements, DeskError> {
        Err(DeskError::NoDatabase)
    }

    /// What a database's words against an operation mean.
    fn refusal(&self, _operation: &Operation, said: &Said) -> Refusal {
        Refusal {
            said: said.message.clone(),
            ..Refusal::default()
        }
    }

    /// What stays to be done once these statements were applied.
    fn left(&self, _plan: &Plan) -> Vec<Left> {
        Vec::new()
    }
}
