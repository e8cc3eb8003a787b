//! What `exports` and `verify` take.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueHint};

use super::{Database, File, Login};

/// Operations that a verification found open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// One, by its number from 1.
    Number(u32),
    /// Those of which the desk has something else.
    Drifted,
    /// Those that the desk does not have.
    NotApplied,
    /// Both.
    All,
}

impl FromStr for Which {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "drifted" => Ok(Self::Drifted),
            "not-applied" => Ok(Self::NotApplied),
            "all" => Ok(Self::All),
            _ => match text.parse() {
                Ok(number) if number > 0 => Ok(Self::Number(number)),
                _ => Err("say a number as it is listed, drifted, not-applied or all".to_owned()),
            },
        }
    }
}

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
    /// Take what the desk has of these operations: numbers as they are listed, drifted, not-applied, or all of both
    #[arg(long, value_name = "OPERATION", value_delimiter = ',', requires = "from")]
    pub(crate) take_theirs: Vec<Which>,
    /// Let these operations go out again, against what the desk has now: numbers, drifted, not-applied, all
    #[arg(long, value_name = "OPERATION", value_delimiter = ',', requires = "from")]
    pub(crate) export_again: Vec<Which>,
    /// The folder of an export: are its files still what was written?
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) files: Option<PathBuf>,
}
