//! Lists as files.

use serde::{Deserialize, Serialize};

use super::selection::Selection;

/// A column to write.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ListColumn {
    /// Its key.
    pub key: String,
    /// Its heading, in the reader's language.
    pub title: String,
    /// Values that are written as other words: the value, and the word.
    pub words: Vec<(String, String)>,
}

/// A list of people to write into a file.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ExportUsers {
    /// Who is in it.
    pub people: Selection,
    /// Key of the column it is ordered by; empty for the name.
    pub sort: String,
    /// Descending.
    pub descending: bool,
    /// Its columns, from left to right; at least one.
    pub columns: Vec<ListColumn>,
    /// `csv` or `xlsx`.
    pub format: String,
    /// What stands between the cells of a CSV line: `,` or `;` (which spreadsheets of some languages expect).
    pub separator: String,
    /// The file; one that is there already is replaced.
    pub path: String,
}

/// A list that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ListFile {
    /// The file.
    pub path: String,
    /// How many rows it has below its headings.
    pub rows: u32,
}
