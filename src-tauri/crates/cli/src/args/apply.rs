//! What `apply` takes.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{File, Login};

#[derive(Debug, Args)]
pub(crate) struct Apply {
    #[command(flatten)]
    pub(crate) file: File,
    // Under the name that the options of a login ask for; help that is no Markdown.
    #[arg(
        id = "from",
        long = "to",
        value_name = "ADDRESS",
        help = "The address of the desk's database: postgres://NAME@SERVER/DATABASE or mysql://NAME@SERVER/DATABASE"
    )]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) login: Login,
    /// Make initial passwords for those whose form says so, and list them in this new file, encrypted with age
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "dry_run")]
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
    /// Carry it out and take it back
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}
