//! Lists as files: which one was asked for, and its columns.

use std::path::Path;

use portico_api::types::lists::ListColumn;

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
