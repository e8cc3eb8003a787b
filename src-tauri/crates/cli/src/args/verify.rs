//! What `exports` and `verify` take.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{Database, File, Login};

#[derive(Debug, Args)]
pub(crate) struct Exports {
    #[command(flatten)]
    pub(crate) file: File,
    /// List the operations of this export instead
    #[arg(long, value_name = "ID")]
    pub(crate) export: Option<String>,
}

#[derive(Debug, Args)]
#[group(id = "against", required = true, multiple = true, args = ["from", "files"])]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) file: File,
    /// A folder or .zip with what the desk has now, or its database or interface, as for import
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) from: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) login: Login,
    /// The desk's database; needed where the workspace does not know it
    #[arg(long, requires = "from")]
    pub(crate) database: Option<Database>,
    /// The export's id [default: the last one]
    #[arg(long, value_name = "ID", requires = "from")]
    pub(crate) export: Option<String>,
    /// The folder of an export: are its files still what was written?
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) files: Option<PathBuf>,
}
