//! Arguments of `preview`.

use clap::Args;

use super::File;

#[derive(Debug, Args)]
#[group(id = "whom", required = true, multiple = false, args = ["user", "all", "visitor"])]
pub(crate) struct Preview {
    #[command(flatten)]
    pub(crate) file: File,
    /// The person's login, or # and the desk's key
    #[arg(long, value_name = "LOGIN")]
    pub(crate) user: Option<String>,
    /// As it was right after this change (see log); tickets are today's
    #[arg(long, value_name = "CHANGE", requires = "user")]
    pub(crate) at: Option<u32>,
    /// Everybody
    #[arg(long)]
    pub(crate) all: bool,
    /// Somebody who has not logged in
    #[arg(long)]
    pub(crate) visitor: bool,
    /// By the rules of another desk
    #[arg(long, value_name = "OTHER", conflicts_with_all = ["at", "visitor"])]
    pub(crate) desk: Option<String>,
}
