//! Those who can see a ticket, as a file for a spreadsheet.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::PAGE;
use super::who::{look, part, people};
use crate::error::ApiError;
use crate::lists::{ListTarget, begin, only_known};
use crate::session::{Action, Session};
use crate::types::lists::ListFile;
use crate::types::tickets::{ExportWho, WhoPerson};
use crate::types::transfer::Progress;

/// Keys of the columns that the list can have.
const COLUMNS: [&str; 8] = [
    "login",
    "name",
    "account",
    "may_log_in",
    "listed",
    "openable",
    "reply",
    "reason",
];

/// Keys of the columns, in the order in which they are offered.
pub fn who_columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter()
}

fn cell(person: &WhoPerson, key: &str) -> String {
    let answer = |answer: Option<bool>| match answer {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => "unknown".to_owned(),
    };
    match key {
        "login" => person.login.clone(),
        "name" => person.name.clone(),
        "account" => person.account.clone(),
        "may_log_in" => answer(person.may_log_in),
        "listed" => answer(person.listed),
        "openable" => answer(person.openable),
        "reply" => answer(person.reply),
        _ => person.reason.text.clone(),
    }
}

/// Writes all of them: the file is there as a whole or not at all.
pub fn export_who(
    session: &Session,
    input: &ExportWho,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ListFile, ApiError> {
    session.may(Action::Export)?;
    let seers = part(&input.part)?;
    only_known(&input.columns, &COLUMNS)?;
    let target = ListTarget {
        path: Path::new(&input.path),
        format: &input.format,
        separator: &input.separator,
        is_number: |_| false,
    };
    let mut writing = begin(
        session,
        &target,
        &input.columns,
        (job, "external_users"),
        tell,
        cancelled,
    )?;
    look(session, &input.ticket, input.activity, |scene| {
        let watched = scene.watched();
        let mut after = None;
        loop {
            let page = watched.page(seers, after.as_ref(), PAGE)?;
            let last = page.last().filter(|_| page.len() == PAGE).map(|seer| seer.at.clone());
            for person in people(scene.c, page)? {
                let cells: Vec<String> = input.columns.iter().map(|column| cell(&person, &column.key)).collect();
                writing.row(&cells)?;
            }
            match last {
                Some(last) => after = Some(last),
                None => return Ok(()),
            }
        }
    })?;
    writing.finish()
}
