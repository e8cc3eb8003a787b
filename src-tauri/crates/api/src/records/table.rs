//! Lists of records as tables: what is shown, with the columns and in the order in which it is shown.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_core::form::field::Entity;
use portico_store::table::record::{self, Column};

use super::{kind, list};
use crate::error::ApiError;
use crate::lists::{ListTarget, begin, no_column};
use crate::session::{Action, Session};
use crate::types::lists::ListFile;
use crate::types::records::{ExportRecords, RecordColumn, RecordQuery};
use crate::types::transfer::Progress;

/// The column of a kind of record with this key.
pub(super) fn column(entity: Entity, key: &str) -> Result<Column, ApiError> {
    Column::named(entity, key).ok_or_else(|| {
        let keys: Vec<_> = Column::of(entity).map(Column::key).collect();
        no_column(key, &keys)
    })
}

/// All columns that a list of records of this kind can have, in the order in which they are offered.
pub fn record_columns(session: &Session, entity: &str) -> Result<Vec<RecordColumn>, ApiError> {
    session.may(Action::Read)?;
    let entity = kind(entity)?;
    let rules = crate::forms::rules(session.desk())?;
    let column = |column: Column| RecordColumn {
        key: column.key(),
        known: match column {
            Column::Field(field) => rules.knows(entity, field.name),
            _ => true,
        },
    };
    Ok(Column::of(entity).map(column).collect())
}

/// Hands over what columns of a list hold, record by record; at most `limit`.
pub fn each_record(
    session: &Session,
    entity: &str,
    query: &RecordQuery,
    (columns, limit): (&[&str], Option<u32>),
    take: &mut dyn FnMut(&[String]) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    session.may(Action::Read)?;
    let entity = kind(entity)?;
    let query = list::query(entity, query)?;
    let columns: Vec<Column> = columns
        .iter()
        .map(|key| column(entity, key))
        .collect::<Result<_, _>>()?;
    let most = limit.map(u64::from);
    session
        .store()
        .read(|c| record::each(c, entity, &query, (&columns, most), take))
}

/// Writes a list of records. The file is there as a whole or not at all; one that is there already is replaced.
pub fn export_records(
    session: &Session,
    input: &ExportRecords,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<ListFile, ApiError> {
    session.may(Action::Export)?;
    let keys: Vec<&str> = input.columns.iter().map(|column| column.key.as_str()).collect();
    let entity = kind(&input.entity)?;
    for key in &keys {
        column(entity, key)?;
    }
    let target = ListTarget {
        path: Path::new(&input.path),
        format: &input.format,
        separator: &input.separator,
        is_number: |key| key == Column::Used.key(),
    };
    let mut writing = begin(session, &target, &input.columns, (job, entity.name()), tell, cancelled)?;
    let rows = (keys.as_slice(), input.limit);
    each_record(session, entity.name(), &input.query, rows, &mut |cells| {
        writing.row(cells)
    })?;
    writing.finish()
}
