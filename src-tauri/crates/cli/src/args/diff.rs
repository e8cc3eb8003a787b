//! Arguments of `diff`.

use std::path::PathBuf;

use clap::Args;

use super::File;

const EXAMPLES: &str = "Examples:
  porticoctl diff support.portico
  porticoctl diff support.portico --since 41 --json
  porticoctl diff support.portico --undo 57
  porticoctl diff support.portico --users jana.novakova,a.nowak
  porticoctl diff support.portico --desk zoho --keep zoho.portico

Without an option: what all that is pending does, held against what the desk had at the last import. Tickets are
today's on both sides. Ends with 1 where something is gained or lost, or cannot be told.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) file: File,
    /// What was done after this change (see log)
    #[arg(long, value_name = "CHANGE", conflicts_with_all = ["undo", "users"])]
    pub(crate) since: Option<u32>,
    /// What taking back this change would do
    #[arg(long, value_name = "CHANGE", conflicts_with = "users")]
    pub(crate) undo: Option<u32>,
    /// What the first of two people sees and the second does not, and the other way round
    #[arg(long, value_name = "LOGIN,LOGIN", value_delimiter = ',')]
    pub(crate) users: Vec<String>,
    /// What the same people would see by the rules of another desk; what does not translate is told first
    #[arg(long, value_name = "OTHER", conflicts_with_all = ["since", "undo", "users"])]
    pub(crate) desk: Option<String>,
    /// Keep the workspace of that desk as this new file, to look around in
    #[arg(long, value_name = "FILE", requires = "desk")]
    pub(crate) keep: Option<PathBuf>,
    /// Write everybody who gains or loses something as CSV into this file
    #[arg(long, value_name = "PATH", conflicts_with_all = ["xlsx", "users", "desk"])]
    pub(crate) csv: Option<PathBuf>,
    /// Write everybody who gains or loses something as a workbook into this file
    #[arg(long, value_name = "PATH", conflicts_with_all = ["users", "desk"])]
    pub(crate) xlsx: Option<PathBuf>,
}
