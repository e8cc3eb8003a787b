//! What every writer of a desk takes and gives. A writer makes texts; who calls it writes the files.

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

/// Turns what differs into a plan, and a plan into files.
pub trait Writer {
    /// What an export would do, in dependency order, and what it cannot do.
    fn plan(&self, input: &PlanInput) -> Plan;

    /// The files of an export; refused while the plan is.
    fn write(&self, plan: &Plan) -> Result<Vec<ExportFile>, DeskError>;
}
