//! Arguments of `import`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueHint};

use super::{Bodies, Database, File, Login};

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = true, args = ["from", "settings", "database"])]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) file: File,
    // Help that is no Markdown.
    #[arg(
        long,
        value_name = "PATH",
        value_hint = ValueHint::AnyPath,
        help = "A folder or .zip with the desk's dump, or its database: postgres://NAME@SERVER/DATABASE, mysql://NAME@SERVER/DATABASE, or its interface: https://SERVER; with --kind, --map or --mapping a table (.csv, .xlsx, .json)"
    )]
    pub(crate) from: Option<PathBuf>,
    /// A JSON file of settings: name to value. Without --from only the settings are taken in
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) settings: Option<PathBuf>,
    /// The desk's database; needed once
    #[arg(long)]
    pub(crate) database: Option<Database>,
    /// How much of the tickets' texts to read
    #[arg(long, default_value = "short", requires = "from")]
    pub(crate) bodies: Bodies,
    /// Read and report, write nothing
    #[arg(long, requires = "from")]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) login: Login,
    #[command(flatten)]
    pub(crate) table: Table,
}

#[derive(Debug, Args)]
pub(crate) struct Table {
    /// What the rows of a table are: people, accounts, contacts, groups, ...
    #[arg(long, value_name = "KIND", requires = "from")]
    pub(crate) kind: Option<String>,
    /// Which field a column of a table is; no field leaves it out. Others are remembered or guessed
    #[arg(long = "map", value_name = "COLUMN=FIELD", requires = "from")]
    pub(crate) columns: Vec<Mapped>,
    /// A file that says it for all columns
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "from")]
    pub(crate) mapping: Option<PathBuf>,
    /// The sheet of a workbook [default: the first]
    #[arg(long, value_name = "NAME", requires = "from")]
    pub(crate) sheet: Option<String>,
    /// What stands between the entries of a list in a cell: ; or , [default: ;]
    #[arg(long, value_name = "SIGN", value_parser = [";", ","], requires = "from")]
    pub(crate) between: Option<String>,
    /// What stands between the cells of a text [default: told from the first rows]
    #[arg(long, value_name = "SIGN", value_parser = [";", ",", "|", "tab"], requires = "from")]
    pub(crate) cells: Option<String>,
}

impl Table {
    /// Whether a table is meant.
    pub(crate) fn is_meant(&self) -> bool {
        self.kind.is_some()
            || !self.columns.is_empty()
            || self.mapping.is_some()
            || self.sheet.is_some()
            || self.between.is_some()
            || self.cells.is_some()
    }
}

/// A column and its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapped {
    pub(crate) heading: String,
    pub(crate) field: String,
}

impl FromStr for Mapped {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        // A heading may hold the sign itself; no field does.
        let (heading, field) = typed.rsplit_once('=').ok_or("write COLUMN=FIELD")?;
        Ok(Self {
            heading: heading.to_owned(),
            field: field.trim().to_owned(),
        })
    }
}
