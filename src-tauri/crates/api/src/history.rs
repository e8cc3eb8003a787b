//! What was done, and taking it back.

use portico_store::Connection;
use portico_store::history::{self, Change, ChangeId};

use crate::error::ApiError;
use crate::numbers::{small, time_ms};
use crate::session::{Action, Session};
use crate::types::history::{ChangeLine, ChangeRow};
use crate::types::workspace::WorkspaceInfo;

/// The most changes a page may have.
const MOST_ROWS: u32 = 200;

/// The log, newest first, from before a change (or the newest), with what each changed.
pub fn list_changes(session: &Session, before: Option<u32>, limit: u32) -> Result<Vec<ChangeRow>, ApiError> {
    session.may(Action::Read)?;
    list(session, before, limit, usize::MAX)
}

/// The same with the first differences of each change only, and how many more there are: a change of many people has
/// hundreds of thousands.
pub fn list_changes_in_short(
    session: &Session,
    before: Option<u32>,
    limit: u32,
    lines: u32,
) -> Result<Vec<ChangeRow>, ApiError> {
    session.may(Action::Read)?;
    list(session, before, limit, lines as usize)
}

fn list(session: &Session, before: Option<u32>, limit: u32, lines: usize) -> Result<Vec<ChangeRow>, ApiError> {
    session.store().read(|c| {
        let before = before.map(|number| ChangeId(number.into()));
        let changes = history::list(c, before, limit.min(MOST_ROWS))?;
        changes.into_iter().map(|change| row(c, change, lines)).collect()
    })
}

fn row(c: &Connection, change: Change, most: usize) -> Result<ChangeRow, ApiError> {
    let (lines, more) = history::first_lines(c, change.id, most)?;
    let intent = match change.kind {
        history::Kind::Undo => "intent.undo".to_owned(),
        history::Kind::Redo => "intent.redo".to_owned(),
        _ => change.intent.code,
    };
    Ok(ChangeRow {
        id: small(change.id.0),
        intent,
        detail: change.intent.detail,
        actor: change.actor,
        at: time_ms(change.at),
        undone: change.undone,
        undoable: change.undoable,
        lines: lines.into_iter().map(line).collect(),
        more_lines: small(more as u64),
    })
}

fn line(line: history::Line) -> ChangeLine {
    ChangeLine {
        entity: line.table.to_owned(),
        subject: line.subject,
        user: line.user.map(|user| user.to_string()),
        kind: line.kind.name().to_owned(),
        field: crate::users::field(&line.field).to_owned(),
        from: line.from,
        to: line.to,
    }
}

/// Takes back the last change that is in force.
pub fn undo(session: &Session) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Undo)?;
    session.store().undo(session.actor())?;
    crate::workspace::workspace_info(session)
}

/// Takes back one change, whatever came after it; refused where a later one built on it.
pub fn undo_change(session: &Session, change: u32) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Undo)?;
    session.store().undo_change(session.actor(), ChangeId(change.into()))?;
    crate::workspace::workspace_info(session)
}

/// Does again what was undone last.
pub fn redo(session: &Session) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Undo)?;
    session.store().redo(session.actor())?;
    crate::workspace::workspace_info(session)
}
