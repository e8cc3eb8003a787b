//! Lists as files: which one was asked for, and its columns.

use std::path::Path;

use portico_api::types::lists::{ListColumn, ListFile};

use crate::failure::{Ending, Failure};
use crate::output::Output;

/// The file that was asked for, and its format.
pub(super) fn target<'a>(csv: Option<&'a Path>, xlsx: Option<&'a Path>) -> Option<(&'a Path, &'static str)> {
    let csv = csv.map(|path| (path, "csv"));
    csv.or_else(|| xlsx.map(|path| (path, "xlsx")))
}

/// Columns whose headings are their keys.
pub(super) fn columns(keys: impl IntoIterator<Item = impl Into<String>>) -> Vec<ListColumn> {
    let column = |key: String| ListColumn {
        title: key.clone(),
        key,
        words: Vec::new(),
    };
    keys.into_iter().map(|key| column(key.into())).collect()
}

/// Says where the list is and how many rows of what it has.
pub(super) fn done(file: &ListFile, what: &str, output: &mut Output) -> Result<Ending, Failure> {
    if output.is_json() {
        output.value(file)?;
    } else {
        output.line(&format!("{}: {} {what}", file.path, file.rows))?;
    }
    Ok(Ending::Done)
}
