//! What every writer of a desk takes and gives. A writer makes texts; who calls it writes the files.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use crate::error::DeskError;
use crate::plan::{Plan, PlanInput};

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

/// Turns what differs into a plan, and a plan into files.
pub trait Writer {
    /// What an export would do, in dependency order, and what it cannot do.
    fn plan(&self, input: &PlanInput) -> Plan;

    /// The files of an export, with the passwords in the desk's own format and never in clear; refused while the plan
    /// is, and where a password that the plan sets is not among `passwords`.
    fn write(&self, plan: &Plan, passwords: &Passwords, occasion: &Occasion) -> Result<Vec<ExportFile>, DeskError>;
}
