//! Arguments of `who`.

use std::path::PathBuf;

use clap::Args;

use super::File;

#[derive(Debug, Args)]
pub(crate) struct Who {
    #[command(flatten)]
    pub(crate) file: File,
    /// The ticket's number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) ticket: String,
    /// Who reads what was said at this position on it, from 1
    #[arg(long, value_name = "POSITION")]
    pub(crate) activity: Option<u32>,
    /// Whom to tell: all who see it, those of them who may log in, to whom a list shows it, who can open it; or those
    /// of whom it cannot be told
    #[arg(long, value_name = "PART", default_value = "all", value_parser = ["all", "may_log_in", "listed", "openable", "unknown"])]
    pub(crate) part: String,
    /// At most so many people; all without it
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Write all of them as CSV into this file
    #[arg(long, value_name = "PATH", conflicts_with = "xlsx")]
    pub(crate) csv: Option<PathBuf>,
    /// Write all of them as a workbook into this file
    #[arg(long, value_name = "PATH")]
    pub(crate) xlsx: Option<PathBuf>,
}
