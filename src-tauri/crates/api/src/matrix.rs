//! Rights on groups as a matrix: reading it, and changing cells or whole columns, each as one change.

mod change;

pub(crate) use change::{column_effect, exposure_of, write_cells};

use std::collections::{BTreeMap, BTreeSet};

use portico_core::access::registry::{self as models, group_rights};
use portico_core::access::setting::SettingKind;
use portico_core::form::registry as forms;
use portico_core::id::GroupId;
use portico_core::model::{Context, Validity};
use portico_store::Connection;
use portico_store::table::matrix::{self, MatrixQuery as Query, Side};
use portico_store::table::{desk_setting, permission_group, queue};

use crate::error::{ApiError, id};
use crate::exposure::Work;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::exposure::Exposure;
use crate::types::matrix::{
    MatrixAim, MatrixCell, MatrixColumn, MatrixColumnEdit, MatrixEdits, MatrixEffect, MatrixHead, MatrixPage,
    MatrixQuery, MatrixRow, MatrixSaved, MatrixSwitch,
};

/// The most rows a page may have.
const MOST_ROWS: u32 = 1_000;

/// The columns, `counted` with counts under the conditions on rows, and what decides whether rights count. Counting takes
/// seconds where a hundred thousand people have a million rights; all the rest is there at once.
pub fn matrix_head(session: &Session, query: &MatrixQuery, counted: bool) -> Result<MatrixHead, ApiError> {
    session.may(Action::Read)?;
    let query = asked(session.desk(), query)?;
    session.store().read(|c| {
        let rights = group_rights(session.desk());
        let switch = |setting: Option<&str>| setting.map(|name| switch(c, name)).transpose();
        Ok(MatrixHead {
            of_accounts: rights.of_accounts,
            support: switch(rights.support)?,
            other_context: switch(rights.other_context)?,
            total: small(matrix::count(c, &query)?),
            all: small(matrix::count(c, &everything(&query))?),
            columns: columns(c, session.desk(), &query, counted)?,
            counted,
            permissions: query.permissions,
        })
    })
}

/// A stretch of the rows, with their rights.
pub fn matrix_page(session: &Session, query: &MatrixQuery, offset: u32, limit: u32) -> Result<MatrixPage, ApiError> {
    session.may(Action::Read)?;
    let query = asked(session.desk(), query)?;
    session.store().read(|c| {
        let rows = matrix::page(c, &query, offset.into(), limit.min(MOST_ROWS).into())?;
        Ok(MatrixPage {
            total: small(matrix::count(c, &query)?),
            rows: rows.into_iter().map(row).collect(),
        })
    })
}

/// Where a row stands, from 0; `None` where it is not among those that match.
pub fn matrix_place(session: &Session, query: &MatrixQuery, aim: &MatrixAim) -> Result<Option<u32>, ApiError> {
    session.may(Action::Read)?;
    let query = asked(session.desk(), query)?;
    session.store().read(|c| {
        let place = if aim.id.is_empty() {
            matrix::find(c, &query, &aim.text)?
        } else {
            matrix::place(c, &query, change::row_id(&aim.id)?)?
        };
        Ok(place.map(small))
    })
}

/// What saving these cells would do.
pub fn exposure_of_cells(session: &Session, edits: &MatrixEdits, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
    session.may(Action::Preview)?;
    exposure_of(session, edits, work, None)
}

/// Saves cells as one change. A cell that holds something else than when it was edited stops all of them.
pub fn save_cells(session: &Session, edits: &MatrixEdits) -> Result<MatrixSaved, ApiError> {
    session.may(Action::Edit)?;
    change::save_cells(session, edits)
}

/// How many cells changing a column would change.
pub fn count_column(session: &Session, edit: &MatrixColumnEdit) -> Result<u32, ApiError> {
    session.may(Action::Read)?;
    change::count_column(session, edit)
}

/// What changing a column would do.
pub fn effect_of_column(
    session: &Session,
    edit: &MatrixColumnEdit,
    work: &mut Work<'_>,
) -> Result<MatrixEffect, ApiError> {
    session.may(Action::Preview)?;
    column_effect(session, edit, work, None)
}

/// Changes a column for all rows that match, as one change.
pub fn save_column(session: &Session, edit: &MatrixColumnEdit) -> Result<MatrixSaved, ApiError> {
    session.may(Action::Edit)?;
    change::save_column(session, edit)
}

/// Keeps cells that are not saved yet, in the place of those kept before; none forgets them.
pub fn put_cells(session: &Session, edits: &MatrixEdits) -> Result<(), ApiError> {
    session.may(Action::Draft)?;
    change::put_draft(session, edits)
}

/// The cells that were left unsaved, if any.
pub fn kept_cells(session: &Session) -> Result<Option<MatrixEdits>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(change::draft)
}

fn side(desk: &str, rows: &str, context: &str) -> Result<Side, ApiError> {
    match rows {
        "users" => Ok(Side::Users),
        "accounts" if group_rights(desk).of_accounts => {
            let context = if context.is_empty() {
                Context::Same.name()
            } else {
                context
            };
            let known = Context::from_name(context);
            let known =
                known.ok_or_else(|| ApiError::refused(format!("context: {context:?} is neither same nor other")));
            Ok(Side::Accounts(known?))
        }
        _ => Err(ApiError::refused(format!(
            "rows: {rows:?} have no rights on groups in this desk"
        ))),
    }
}

fn group_id(text: &str) -> Result<Option<GroupId>, ApiError> {
    (!text.is_empty()).then(|| id("group", text)).transpose()
}

/// The query as the store understands it.
fn asked(desk: &str, query: &MatrixQuery) -> Result<Query, ApiError> {
    let rules = forms::rules(desk).ok_or_else(|| ApiError::not_found("desk", desk))?;
    let status = query.status.iter().map(|name| {
        let known = Validity::from_name(name);
        known.ok_or_else(|| ApiError::refused(format!("status: {name:?} is none")))
    });
    Ok(Query {
        side: side(desk, &query.rows, &query.context)?,
        search: query.search.clone(),
        status: status.collect::<Result<_, _>>()?,
        with_people: query.with_people,
        with_right: query.with_right,
        on_group: group_id(&query.on_group)?,
        by_group: group_id(&query.by_group)?,
        permissions: rules.permissions.iter().map(|key| (*key).to_owned()).collect(),
    })
}

/// The same side without conditions.
fn everything(query: &Query) -> Query {
    Query {
        side: query.side,
        search: String::new(),
        status: Vec::new(),
        with_people: false,
        with_right: false,
        on_group: None,
        by_group: None,
        permissions: query.permissions.clone(),
    }
}

fn switch(c: &Connection, name: &str) -> Result<MatrixSwitch, ApiError> {
    let row = desk_setting::find(c, name)?;
    Ok(MatrixSwitch {
        setting: name.to_owned(),
        on: row.and_then(|row| serde_json::from_str(&row.value).ok()),
    })
}

fn columns(c: &Connection, desk: &str, query: &Query, counted: bool) -> Result<Vec<MatrixColumn>, ApiError> {
    let always = always(c, desk)?;
    let mut queues: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    for queue in queue::all(c)? {
        if let Some(group) = queue.group_id.filter(|_| queue.present) {
            queues.entry(group).or_default().push(queue.name);
        }
    }
    let mut counts: BTreeMap<GroupId, Vec<(String, u32)>> = BTreeMap::new();
    let found = if counted {
        matrix::columns(c, query)?
    } else {
        Vec::new()
    };
    for count in found {
        let place = count.strongest.checked_sub(1).map(|n| n as usize);
        let key = place
            .and_then(|n| query.permissions.get(n))
            .cloned()
            .unwrap_or_default();
        counts.entry(count.group).or_default().push((key, small(count.rows)));
    }
    let changed: BTreeSet<GroupId> = matrix::changed_groups(c, query.side)?.into_iter().collect();
    let mut groups = permission_group::all(c)?;
    groups.retain(|group| group.present);
    groups.sort_by_cached_key(|group| portico_core::fold::full(&group.name));
    let column = |group: permission_group::Row| {
        let mut queues = queues.remove(&group.id).unwrap_or_default();
        queues.sort();
        MatrixColumn {
            queues,
            always: always.get(&group.name).cloned().unwrap_or_default(),
            counts: counts.remove(&group.id).unwrap_or_default(),
            changed: changed.contains(&group.id),
            id: group.id.to_string(),
            name: group.name,
            status: group.validity.name().to_owned(),
        }
    };
    Ok(groups.into_iter().map(column).collect())
}

/// Settings that give a group to everybody, by its name.
fn always(c: &Connection, desk: &str) -> Result<BTreeMap<String, Vec<String>>, ApiError> {
    let needed = models::model(desk).map(|model| model.settings).unwrap_or_default();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for setting in needed.iter().filter(|s| matches!(s.kind, SettingKind::Groups)) {
        let row = desk_setting::find(c, setting.name)?;
        let names = row.and_then(|row| serde_json::from_str::<Vec<String>>(&row.value).ok());
        for name in names.unwrap_or_default() {
            found.entry(name).or_default().push(setting.name.to_owned());
        }
    }
    Ok(found)
}

fn row(row: matrix::MatrixRow) -> MatrixRow {
    let cell = |cell: matrix::MatrixCell| MatrixCell {
        group: cell.group.to_string(),
        permissions: cell.permissions,
        changed: cell.changed,
    };
    let (first_name, name) = row.name;
    let nameless = first_name.is_empty() && name.is_empty();
    MatrixRow {
        id: uuid::Uuid::from_bytes(row.id).to_string(),
        name: if nameless { row.key.clone() } else { name },
        key: row.key,
        first_name,
        status: row.validity.name().to_owned(),
        present: row.present,
        people: small(row.people),
        cells: row.cells.into_iter().map(cell).collect(),
    }
}
