//! Changing the matrix: the same closure saves and, rolled back, says what it would do.

use std::cell::Cell;
use std::collections::BTreeSet;

use portico_core::form::registry as forms;
use portico_core::id::GroupId;
use portico_store::history::Intent;
use portico_store::table::matrix::{self, CellEdit, Side};
use portico_store::table::permission_group;
use portico_store::{Connection, StoreError, Tx, draft};

use super::{asked, side};
use crate::error::{ApiError, Code, id};
use crate::exposure::{Each, Work, tried};
use crate::numbers::small;
use crate::session::Session;
use crate::types::exposure::Exposure;
use crate::types::matrix::{MatrixColumnEdit, MatrixEdit, MatrixEdits, MatrixEffect, MatrixSaved};

/// The 16 bytes of a row's id.
pub(super) fn row_id(text: &str) -> Result<[u8; 16], ApiError> {
    let parsed = uuid::Uuid::parse_str(text);
    Ok(parsed.map_err(|_| ApiError::not_found("row", text))?.into_bytes())
}

/// What the words call the side: `accounts` or `users`.
fn side_word(side: Side) -> &'static str {
    match side {
        Side::Users => "users",
        Side::Accounts(_) => "accounts",
    }
}

fn edit_of(edit: &MatrixEdit) -> Result<CellEdit, ApiError> {
    let set: BTreeSet<&String> = edit.permissions.iter().collect();
    Ok(CellEdit {
        row: row_id(&edit.row)?,
        group: id("group", &edit.group)?,
        before: edit.before.clone(),
        permissions: set.into_iter().cloned().collect(),
    })
}

/// Only what the desk has, or the cell had already, can be given.
fn check(desk: &str, edit: &MatrixEdit) -> Result<(), ApiError> {
    let known = forms::rules(desk).map(|rules| rules.permissions).unwrap_or_default();
    let strange = edit
        .permissions
        .iter()
        .find(|key| !known.contains(&key.as_str()) && !edit.before.contains(key));
    match strange {
        Some(key) => Err(ApiError::refused(format!("permission: {key:?} is none of this desk"))),
        None => Ok(()),
    }
}

/// Writes the cells: how many differ, in how many rows.
pub(crate) fn write_cells(tx: &Tx<'_>, desk: &str, edits: &MatrixEdits) -> Result<(u64, u64), ApiError> {
    let side = side(desk, &edits.rows, &edits.context)?;
    let (mut cells, mut rows) = (0, BTreeSet::new());
    let mut meanwhile = Vec::new();
    for edit in &edits.cells {
        check(desk, edit)?;
        let cell = edit_of(edit)?;
        match matrix::set_cell(tx, side, &cell) {
            Ok(true) => {
                cells += 1;
                rows.insert(cell.row);
            }
            Ok(false) => {}
            Err(StoreError::Stale) => meanwhile.push(cell_name(tx, side, &cell)?),
            Err(error) => return Err(error.into()),
        }
    }
    if meanwhile.is_empty() {
        return Ok((cells, rows.len() as u64));
    }
    let message = "somebody changed these cells meanwhile; look at what is there now, then save again";
    Err(ApiError::new(Code::Stale, message).with_detail(meanwhile))
}

/// What people call a cell: the row and the group.
fn cell_name(c: &Connection, side: Side, cell: &CellEdit) -> Result<String, ApiError> {
    let table = match side {
        Side::Users => "external_user",
        Side::Accounts(_) => "account",
    };
    let row = portico_store::history::label(c, table, cell.row)?;
    let group = portico_store::history::label(c, "permission_group", *cell.group.as_bytes())?;
    Ok(format!("{row}: {group}"))
}

/// What saving cells would do; `each` hears of everybody who is concerned.
pub(crate) fn exposure_of(
    session: &Session,
    edits: &MatrixEdits,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    tried(session, work, each, |tx| {
        write_cells(tx, session.desk(), edits).map(drop)
    })
}

pub(super) fn save_cells(session: &Session, edits: &MatrixEdits) -> Result<MatrixSaved, ApiError> {
    let side = side(session.desk(), &edits.rows, &edits.context)?;
    let count = edits.cells.len().to_string();
    let intent = Intent::new(&format!("intent.rights_of_{}", side_word(side))).with("count", count);
    let ((cells, rows), change) = session.store().transact(session.actor(), &intent, |tx| {
        draft::discard_saved(tx, DRAFT)?;
        write_cells(tx, session.desk(), edits)
    })?;
    Ok(MatrixSaved {
        cells: small(cells),
        rows: small(rows),
        change: change.map_or(0, |change| small(change.0)),
    })
}

/// Under which unsaved cells are kept.
const DRAFT: &str = "matrix";

pub(super) fn put_draft(session: &Session, edits: &MatrixEdits) -> Result<(), ApiError> {
    if edits.cells.is_empty() {
        return Ok(draft::discard(session.store(), DRAFT)?);
    }
    let json = serde_json::to_string(edits).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(draft::put(session.store(), DRAFT, "matrix", &json)?)
}

/// What an older program wrote and this one cannot read is as good as nothing.
pub(super) fn draft(c: &Connection) -> Result<Option<MatrixEdits>, ApiError> {
    Ok(draft::get(c, DRAFT)?.and_then(|draft| serde_json::from_str(&draft.form).ok()))
}

/// The permission to give; `None` for none.
fn permission_of<'e>(desk: &str, edit: &'e MatrixColumnEdit) -> Result<Option<&'e str>, ApiError> {
    let known = forms::rules(desk).map(|rules| rules.permissions).unwrap_or_default();
    match edit.permission.as_str() {
        "" => Ok(None),
        key if known.contains(&key) => Ok(Some(key)),
        key => Err(ApiError::refused(format!("permission: {key:?} is none of this desk"))),
    }
}

pub(super) fn count_column(session: &Session, edit: &MatrixColumnEdit) -> Result<u32, ApiError> {
    let query = asked(session.desk(), &edit.query)?;
    let (group, permission) = (id("group", &edit.group)?, permission_of(session.desk(), edit)?);
    let count = |c: &Connection| matrix::cells_of_column(c, &query, group, permission, edit.only_empty);
    Ok(small(session.store().read(count)?))
}

fn write_column(tx: &Tx<'_>, desk: &str, edit: &MatrixColumnEdit) -> Result<u64, ApiError> {
    let query = asked(desk, &edit.query)?;
    let group: GroupId = id("group", &edit.group)?;
    let permission = permission_of(desk, edit)?;
    permission_group::get(tx, group)?;
    Ok(matrix::set_column(tx, &query, group, permission, edit.only_empty)?)
}

/// What changing a column would do; `each` hears of everybody who is concerned.
pub(crate) fn column_effect(
    session: &Session,
    edit: &MatrixColumnEdit,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<MatrixEffect, ApiError> {
    let cells = Cell::new(0);
    let exposure = tried(session, work, each, |tx| {
        cells.set(write_column(tx, session.desk(), edit)?);
        Ok(())
    })?;
    Ok(MatrixEffect {
        cells: small(cells.get()),
        exposure,
    })
}

pub(super) fn save_column(session: &Session, edit: &MatrixColumnEdit) -> Result<MatrixSaved, ApiError> {
    let side = side(session.desk(), &edit.query.rows, &edit.query.context)?;
    let group: GroupId = id("group", &edit.group)?;
    let name = session.store().read(|c| permission_group::get(c, group))?.name;
    let cells = count_column(session, edit)?;
    let intent = Intent::new(&format!("intent.column_of_{}", side_word(side)))
        .with("group", name)
        .with(
            "permission",
            if edit.permission.is_empty() {
                "–"
            } else {
                &edit.permission
            },
        )
        .with("count", cells.to_string());
    let (cells, change) = session
        .store()
        .transact(session.actor(), &intent, |tx| write_column(tx, session.desk(), edit))?;
    Ok(MatrixSaved {
        cells: small(cells),
        rows: small(cells),
        change: change.map_or(0, |change| small(change.0)),
    })
}
