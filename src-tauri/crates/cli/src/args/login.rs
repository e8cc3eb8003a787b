//! What opens a desk's database or interface.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// What opens a desk's database or interface.
#[derive(Debug, Args)]
pub(crate) struct Login {
    // Help that is no Markdown.
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        requires = "from",
        help = "A file with the password of the desk's database or the token for its interface [default: the environment variable PORTICO_DATABASE_PASSWORD or PORTICO_DESK_TOKEN, else the system's keyring, else it is asked for]"
    )]
    pub(crate) password_file: Option<PathBuf>,
    /// Keep the password or the token in the system's keyring, once it has opened what it is for
    #[arg(long, requires = "from", conflicts_with = "forget_password")]
    pub(crate) keep_password: bool,
    /// Take the password or the token out of the system's keyring, after this
    #[arg(long, requires = "from")]
    pub(crate) forget_password: bool,
}
