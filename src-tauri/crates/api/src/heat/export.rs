//! The table of accounts and groups as a file for a spreadsheet.

use std::path::Path;

use super::{Watch, look, row, stretch};
use crate::error::ApiError;
use crate::exposure::Work;
use crate::lists::{ListTarget, begin, only_known};
use crate::session::{Action, Session};
use crate::types::heat::{ExportHeat, HeatRow};
use crate::types::lists::{ListColumn, ListFile};

/// Accounts read at once.
const STRETCH: u64 = 500;

/// Keys of the columns that can stand before those of the groups.
const COLUMNS: [&str; 5] = ["key", "account", "people", "unknown", "tickets"];

/// Keys of the columns that can stand before those of the groups, in the order in which they are offered.
pub fn heat_columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter()
}

fn cell(row: &HeatRow, key: &str) -> String {
    match key {
        "key" => row.key.clone(),
        "account" => row.name.clone(),
        "people" => row.people.to_string(),
        "unknown" => row.unknown.to_string(),
        "tickets" => row.tickets.to_string(),
        group => {
            let found = row
                .cells
                .iter()
                .find(|cell| format!("{COLUMN}{}", cell.column) == group);
            found.map_or_else(|| "0".to_owned(), |cell| cell.tickets.to_string())
        }
    }
}

/// Keeps the keys of groups apart from those of the columns before them.
const COLUMN: &str = "column ";

/// Whether a column holds numbers.
fn is_number(key: &str) -> bool {
    key != "key" && key != "account"
}

/// Writes the whole table: the file is there as a whole or not at all.
pub fn export_heat(session: &Session, input: &ExportHeat, work: &mut Work<'_>) -> Result<ListFile, ApiError> {
    session.may(Action::Export)?;
    only_known(&input.columns, &COLUMNS)?;
    let target = ListTarget {
        path: Path::new(&input.path),
        format: &input.format,
        separator: &input.separator,
        is_number,
    };
    look(session, |at| {
        let groups = at.heat.columns().iter().map(|column| ListColumn {
            key: format!("{COLUMN}{}", column.key),
            title: if column.name.is_empty() {
                &input.nameless
            } else {
                &column.name
            }
            .clone(),
            words: Vec::new(),
        });
        let columns: Vec<ListColumn> = input.columns.iter().cloned().chain(groups).collect();
        // Progress is told by people: an account may have very many.
        let (job, cancelled) = (work.job.to_owned(), work.cancelled.clone());
        let mut silent = |_| {};
        let mut writing = begin(session, &target, &columns, (&job, "accounts"), &mut silent, &cancelled)?;
        let mut watch = Watch::new(work);
        let mut offset = 0;
        loop {
            let found = stretch(at.c, &input.search, offset, STRETCH)?;
            let without = found.without.then_some(None);
            for account in without.into_iter().chain(found.accounts.iter().map(Some)) {
                let row = row(at, account, &mut watch)?;
                let cells: Vec<String> = columns.iter().map(|column| cell(&row, &column.key)).collect();
                writing.row(&cells)?;
            }
            offset += STRETCH;
            if offset >= found.total {
                return writing.finish();
            }
        }
    })
}
