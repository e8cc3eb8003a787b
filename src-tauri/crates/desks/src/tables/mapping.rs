//! Which column of a table is which field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a table holds and how its cells are read. As JSON it can be kept in a file:
/// `{"kind": "people", "columns": {"Login": "login", "Firma": "account"}, "separator": ";"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The kind of record, named as in [`super::KINDS`].
    pub kind: String,
    /// Fields by heading. An empty field says that the column is not read; a column that is not here is guessed.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// What stands between the entries of a list: `;` or `,`; empty for what it was the last time.
    #[serde(default = "semicolon")]
    pub separator: String,
    /// The sheet of a workbook; `None` for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What stands between the cells of a text: `;`, `,`, `|` or a tab; `None` to tell it from the first rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<char>,
    /// Whether columns that are not named are left out instead of guessed.
    #[serde(default)]
    pub exact: bool,
}

pub(super) fn semicolon() -> String {
    ";".to_owned()
}

impl Mapping {
    /// All columns guessed, lists separated by semicolons.
    pub fn guessed(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            columns: BTreeMap::new(),
            separator: semicolon(),
            sheet: None,
            cells: None,
            exact: false,
        }
    }
}
