//! What `plan` and `export` take.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::File;

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) file: File,
    /// End with 1 where there are operations
    #[arg(long)]
    pub(crate) exit_code: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) file: File,
    /// The folder to write into
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) to: PathBuf,
    /// Make initial passwords for those whose form says so, and list them in this new file, encrypted with age
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) initial_passwords: Option<PathBuf>,
    // Help that is no Markdown.
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        requires = "initial_passwords",
        help = "A file with the passphrase that opens that list [default: the environment variable PORTICO_LIST_PASSPHRASE]"
    )]
    pub(crate) list_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Bundle {
    #[command(flatten)]
    pub(crate) file: File,
    /// The folder to make; nothing may be there yet
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) to: PathBuf,
    /// What the files are
    #[arg(long, value_enum, default_value_t = BundleForm::Portico, value_name = "FORM")]
    pub(crate) form: BundleForm,
    /// Tables as workbooks (.xlsx) instead of CSV
    #[arg(long)]
    pub(crate) xlsx: bool,
}

/// Forms of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BundleForm {
    /// All records: JSON with its JSON Schema, and a table per kind
    Portico,
    /// People and groups as resources of SCIM 2.0
    Scim,
    /// Who can open which ticket, as a model and tuples of OpenFGA
    Openfga,
}
