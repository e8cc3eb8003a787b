//! Arguments of `heat`.

use std::path::PathBuf;

use clap::Args;

use super::File;

#[derive(Debug, Args)]
pub(crate) struct Heat {
    #[command(flatten)]
    pub(crate) file: File,
    /// Only accounts whose name or key contains these words
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub(crate) search: String,
    /// At most so many rows; all without it
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// Write the whole table as CSV into this file
    #[arg(long, value_name = "PATH", conflicts_with_all = ["xlsx", "limit"])]
    pub(crate) csv: Option<PathBuf>,
    /// Write the whole table as a workbook into this file
    #[arg(long, value_name = "PATH", conflicts_with = "limit")]
    pub(crate) xlsx: Option<PathBuf>,
}
