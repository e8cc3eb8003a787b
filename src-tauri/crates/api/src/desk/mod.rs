//! In and out: import, plan, export, what became of it, conflicts.

mod apply;
mod database;
mod export;
mod import;
mod judge;
mod keyring;
mod ledger;
mod live;
mod passwords;
mod plan;
mod private;
mod settle;
mod shown;
mod table;
mod verify;

use portico_core::error::FieldProblem;
use portico_core::form::field::Entity;
use portico_desks::reader::Database;
use portico_desks::registry as desks;
use portico_store::Connection;
use portico_store::base::RowMap;
use portico_store::conflict::{self, Conflict, Keep};
use portico_store::history::{Intent, label};
use portico_store::table::record::{self, Columns, Id};
use serde_json::Value as Json;

use crate::error::ApiError;
use crate::numbers::{small, time_ms};
use crate::session::{Action, Session};
use crate::types::history::ChangeLine;
use crate::types::transfer::{ConflictRow, PlanView, Settle};
use crate::types::workspace::WorkspaceInfo;

pub use apply::{apply_desk, refusal_in_words};
pub use database::{database_password, keep_if_asked, look_at_database};
pub use export::export_desk;
pub use import::{import_desk, import_desk_as, read_settings};
pub use keyring::{database_login, forget_password, is_database, keep_password, kept_password};
pub use ledger::{check_export_files, export_operations, list_exports, tick_steps};
pub use live::{estimate_reading, interface_name, is_interface};
pub use private::clear_leftovers;
pub use settle::settle_operations;
pub use table::{look_at_table, read_mapping};
pub use verify::{verify_export, verify_export_as};

pub(crate) use import::{take_in, take_source};
pub(crate) use settle::Verified;

/// What an export would do now.
pub fn plan(session: &Session) -> Result<PlanView, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| shown::plan(c, session.desk(), None))
}

/// The same, of so many people and records with all their operations, the first ones: a window draws no million lines.
/// All figures are of the whole plan.
pub fn plan_of_first(session: &Session, concerns: u32) -> Result<PlanView, ApiError> {
    session.may(Action::Read)?;
    session
        .store()
        .read(|c| shown::plan(c, session.desk(), Some(concerns as usize)))
}

/// What an admin runs on the desk's server to get a dump.
pub fn dump_script(desk: &str, database: &str) -> Result<String, ApiError> {
    let database = Database::from_name(database)
        .ok_or_else(|| ApiError::refused(format!("{database:?} is no database; say postgresql or mysql")))?;
    Ok(desks::dump_script(desk, database)?)
}

/// Fields changed on both sides, unsettled.
pub fn conflicts(session: &Session) -> Result<Vec<ConflictRow>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        conflict::list(c)?
            .into_iter()
            .map(|found| conflict_row(c, &found))
            .collect()
    })
}

/// Settles conflicts, as one change.
pub fn settle(session: &Session, choices: &[Settle]) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Edit)?;
    let keep = |choice: &Settle| match choice.keep.as_str() {
        "mine" => Ok(Keep::Mine),
        "theirs" => Ok(Keep::Theirs),
        other => Err(ApiError::refused(format!("keep: {other:?} is neither mine nor theirs"))),
    };
    let intent = Intent::new("intent.settle").with("count", choices.len().to_string());
    session.store().transact(session.actor(), &intent, |tx| {
        for choice in choices {
            conflict::settle(tx, choice.id.into(), keep(choice)?)?;
        }
        Ok::<_, ApiError>(())
    })?;
    crate::workspace::workspace_info(session)
}

fn conflict_row(c: &Connection, found: &Conflict) -> Result<ConflictRow, ApiError> {
    let names = plan::Names::new(c);
    let subject = names.subject(found.table, &found.key)?;
    let user = (found.table == "external_user").then(|| found.key.clone());
    let text = |value: &Json| names.text(found.table, &found.field, value);
    Ok(ConflictRow {
        id: small(found.id),
        theirs: text(&found.theirs)?,
        line: ChangeLine {
            entity: found.table.to_owned(),
            subject,
            user,
            kind: "update".to_owned(),
            field: crate::users::field(&found.field).to_owned(),
            from: text(&found.base)?,
            to: text(&found.mine)?,
        },
        at: time_ms(found.at),
    })
}

/// What the desk would not take of a record that it has, if these columns were saved.
pub(crate) fn not_taken(
    c: &Connection,
    desk: &str,
    entity: Entity,
    id: Id,
    row: &RowMap,
    columns: &Columns,
) -> Result<Vec<FieldProblem>, ApiError> {
    let mut current = row.clone();
    for (name, value) in &mut current {
        if let Some(new) = columns.get(*name) {
            value.clone_from(new);
        }
    }
    let base = desk_row(c, entity, id, row)?;
    if base == current {
        return Ok(Vec::new());
    }
    let found = plan::of_one(c, desk, entity.name(), &base, Some(&current))?.not_exported;
    Ok(found.into_iter().map(crate::records::check::from_plan).collect())
}

/// The record as the desk has it.
fn desk_row(c: &Connection, entity: Entity, id: Id, row: &RowMap) -> Result<RowMap, ApiError> {
    let pending = record::pending(c, entity, id)?;
    Ok(pending.and_then(|pending| pending.base).unwrap_or_else(|| row.clone()))
}

/// What an export makes of a record that is deleted here: `none` where the desk does not have it,
/// `deactivate`, or a key of the catalogue for why it is not exported; and the same in English.
pub(crate) fn removal(
    c: &Connection,
    desk: &str,
    entity: Entity,
    id: Id,
    row: &RowMap,
) -> Result<(String, String), ApiError> {
    let here_only = record::pending(c, entity, id)?.is_some_and(|pending| pending.base.is_none())
        || row.get("present").and_then(Json::as_i64) == Some(0);
    if here_only {
        return Ok(("none".to_owned(), "the desk does not have it".to_owned()));
    }
    let base = desk_row(c, entity, id, row)?;
    let plan = plan::of_one(c, desk, entity.name(), &base, None)?;
    let kind = plan
        .operations
        .first()
        .map(|operation| operation.kind.name().to_owned());
    let refused = plan
        .not_exported
        .into_iter()
        .next()
        .map(|found| (found.code.to_owned(), found.reason));
    let done = || {
        (
            kind.unwrap_or_else(|| "none".to_owned()),
            "the desk keeps it, out of force".to_owned(),
        )
    };
    Ok(refused.unwrap_or_else(done))
}

/// What people call the row of a table; an id that no row has is its own name.
pub(crate) fn name_of(c: &Connection, table: &str, id: &str) -> Result<String, ApiError> {
    let bytes = uuid::Uuid::parse_str(id).map_err(|_| ApiError::not_found(table, id))?;
    Ok(label(c, table, bytes.into_bytes())?)
}
