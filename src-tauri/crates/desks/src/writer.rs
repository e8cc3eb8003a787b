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

/// Turns what differs into a plan, and a plan into files.
pub trait Writer {
    /// What an export would do, in dependency order, and what it cannot do.
    fn plan(&self, input: &PlanInput) -> Plan;

    /// The files of an export, with the passwords in the desk's own format and never in clear; refused while the plan
    /// is, and where a password that the plan sets is not among `passwords`.
    fn write(&self, plan: &Plan, passwords: &Passwords) -> Result<Vec<ExportFile>, DeskError>;
}
