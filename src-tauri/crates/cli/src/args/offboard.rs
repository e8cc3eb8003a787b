//! What `offboard` takes.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::File;

#[derive(Debug, Args)]
pub(crate) struct Offboard {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(
        long,
        value_name = "LOGIN",
        required_unless_present = "users_from",
        conflicts_with = "users_from"
    )]
    pub(crate) user: Option<String>,
    /// A file with one login a line, or - for stdin
    #[arg(long, value_name = "LIST", value_hint = ValueHint::FilePath)]
    pub(crate) users_from: Option<PathBuf>,
    /// The status that ends access [default: the desk's lasting one]
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Option<String>,
    /// The last day of access, unless it was earlier already [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// Lists that are left as they are; the others are emptied
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(crate) keep: Vec<String>,
    /// Show what would happen, write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}
