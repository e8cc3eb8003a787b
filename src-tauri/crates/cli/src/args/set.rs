//! The arguments of `set`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::File;
use crate::edit::Edit;

const EXAMPLES: &str = "Examples:
  porticoctl set support.portico --user a.nowak accounts-=PRJ-EINVOICE
  porticoctl set support.portico --users-from logins.txt groups+=finance:ro --dry-run
  porticoctl set support.portico --new e.maier --like a.nowak first_name=Eva last_name=Maier email=e.maier@acme.example

Lists take += and -=; several entries stand between commas, a comma within a name is written \\, .";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Set {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(long, value_name = "LOGIN", required_unless_present_any = ["users_from", "new"], conflicts_with = "users_from")]
    pub(crate) user: Option<String>,
    /// A file with one login a line, or - for stdin
    #[arg(long, value_name = "LIST", value_hint = ValueHint::FilePath)]
    pub(crate) users_from: Option<PathBuf>,
    /// Add a person with this login
    #[arg(long, value_name = "LOGIN", conflicts_with_all = ["user", "users_from"])]
    pub(crate) new: Option<String>,
    /// Give the new person the rights of this one
    #[arg(long, value_name = "LOGIN", requires = "new", conflicts_with_all = ["user", "users_from", "template"])]
    pub(crate) like: Option<String>,
    /// Give the rights of this template first; fields that it leaves out stay
    #[arg(long, value_name = "NAME")]
    pub(crate) template: Option<String>,
    /// What to change: field=value, list+=entry, list-=entry
    #[arg(value_name = "CHANGE", required_unless_present_any = ["template", "password_file", "new"])]
    pub(crate) edits: Vec<Edit>,
    /// A file with the person's password, kept until the next export; only in a workspace with a passphrase
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "users_from")]
    pub(crate) password_file: Option<PathBuf>,
    /// Check and report, write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}
