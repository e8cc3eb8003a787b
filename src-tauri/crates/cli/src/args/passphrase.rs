//! What `passphrase` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::File;

#[derive(Debug, Args)]
pub(crate) struct Passphrase {
    #[command(flatten)]
    pub(crate) file: File,
    /// What to do
    pub(crate) action: PassphraseAction,
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help = "A file with the passphrase it gets [default: the environment variable PORTICO_NEW_PASSPHRASE]"
    )]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

/// What shall become of a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PassphraseAction {
    /// Give the workspace one
    Set,
    /// Give it another
    Change,
    /// Take it away
    Remove,
}
