//! Everybody who gains or loses something, as a file for a spreadsheet.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use portico_store::StoreError;
use portico_store::visibility::exposure::{Named, PersonDifference};

use super::{Work, source};
use crate::error::ApiError;
use crate::lists::{ListTarget, begin, only_known};
use crate::session::{Action, Session};
use crate::types::exposure::{ExportExposure, Exposure};
use crate::types::lists::ListFile;
use crate::types::transfer::Progress;

const COLUMNS: [&str; 7] = ["login", "name", "account", "gained", "lost", "login_change", "unknown"];

/// Keys of the columns, in the order in which they are offered.
pub fn exposure_columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter()
}

fn cell(named: &Named, difference: &PersonDifference, key: &str) -> String {
    match key {
        "login" => named.login.clone(),
        "name" => named.name.clone(),
        "account" => named.account.clone(),
        "gained" => difference.gained.to_string(),
        "lost" => difference.lost.to_string(),
        "login_change" => difference.login.name().to_owned(),
        _ if difference.unknown => "yes".to_owned(),
        _ => String::new(),
    }
}

/// Writes everybody who gains or loses something, or of whom it cannot be told, those for whom it means most first;
/// what it comes to is told as ever. The file is there as a whole or not at all.
pub fn export_exposure(
    session: &Session,
    input: &ExportExposure,
    work: &mut Work<'_>,
) -> Result<(ListFile, Exposure), ApiError> {
    session.may(Action::Export)?;
    only_known(&input.columns, &COLUMNS)?;
    let target = ListTarget {
        path: Path::new(&input.path),
        format: &input.format,
        separator: &input.separator,
        is_number: |key| key == "gained" || key == "lost",
    };
    // The look tells of its progress, then the file of its own.
    let (job, cancelled) = (work.job, Arc::clone(work.cancelled));
    let tell = RefCell::new(&mut *work.tell);
    let mut of_rows = |news: Progress| (tell.borrow_mut())(news);
    let mut of_people = |news: Progress| (tell.borrow_mut())(news);
    let who = (job, "external_users");
    let mut writing = begin(session, &target, &input.columns, who, &mut of_rows, &cancelled)?;
    let mut failed = None;
    let mut each = |named: &Named, difference: &PersonDifference| {
        let cells: Vec<String> = input
            .columns
            .iter()
            .map(|column| cell(named, difference, &column.key))
            .collect();
        writing.row(&cells).map_err(|error| {
            failed = Some(error);
            StoreError::Cancelled
        })
    };
    let mut looking = Work {
        job,
        tell: &mut of_people,
        cancelled: &cancelled,
    };
    let found = source::of(session, &input.source, &mut looking, Some(&mut each));
    match (failed, found) {
        (Some(error), _) | (None, Err(error)) => Err(error),
        (None, Ok(exposure)) => Ok((writing.finish()?, exposure)),
    }
}
