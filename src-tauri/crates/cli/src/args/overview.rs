//! What `overview` takes.

use clap::Args;

use super::File;

#[derive(Debug, Args)]
pub(crate) struct Overview {
    #[command(flatten)]
    pub(crate) file: File,
    /// Leave out findings: they are looked for, which takes time in a large workspace
    #[arg(long)]
    pub(crate) no_findings: bool,
}
