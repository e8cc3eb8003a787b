//! Reading changesets.

use std::io::Read;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action;
use rusqlite::session::{ChangesetItem, ChangesetIter};
use rusqlite::types::{Value, ValueRef};
use serde_json::Value as Json;

use crate::error::{Result, StoreError};
use crate::table::Table;
use crate::table::cell::{from_json, to_json};

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Insert,
    Update,
    Delete,
}

/// A row before and after. Values by column; `None` where a changeset does not hold one: all old values of an
/// insertion, all new ones of a deletion, what did not change in an update, columns that were added later.
#[derive(Debug)]
pub(crate) struct RowChange {
    pub(crate) table: &'static Table,
    pub(crate) op: Op,
    pub(crate) old: Vec<Option<Value>>,
    pub(crate) new: Vec<Option<Value>>,
}

impl RowChange {
    /// The row's key as text.
    pub(crate) fn key(&self) -> String {
        let side = if self.op == Op::Insert { &self.new } else { &self.old };
        let values: Vec<Value> = side
            .iter()
            .take(self.table.key)
            .map(|v| v.clone().unwrap_or(Value::Null))
            .collect();
        key_text(&values)
    }

    /// The 16 bytes of the person whom the row is about, if it is about one.
    pub(crate) fn user(&self) -> Option<[u8; 16]> {
        let side = if self.op == Op::Insert { &self.new } else { &self.old };
        user_of(self.table, side.first()?.as_ref()?)
    }
}

/// The person whom a row with this first key column is about.
pub(crate) fn user_of(table: &Table, first: &Value) -> Option<[u8; 16]> {
    let about = table.name == "external_user" || table.columns.first().is_some_and(|c| c.name == "user_id");
    match first {
        Value::Blob(bytes) if about => bytes.as_slice().try_into().ok(),
        _ => None,
    }
}

/// A key as text: the value itself, or a JSON array where the key has several columns.
pub(crate) fn key_text(values: &[Value]) -> String {
    let mut parts: Vec<Json> = values.iter().map(|v| to_json(ValueRef::from(v))).collect();
    match (parts.len(), parts.pop()) {
        (1, Some(Json::String(text))) => text,
        (_, Some(last)) => {
            parts.push(last);
            Json::Array(parts).to_string()
        }
        (_, None) => String::new(),
    }
}

/// The values that [`key_text`] wrote.
pub(crate) fn key_values(table: &Table, text: &str) -> Result<Vec<Value>> {
    let parts: Vec<Json> = if table.key == 1 {
        vec![Json::String(text.to_owned())]
    } else {
        serde_json::from_str(text).map_err(|e| StoreError::Damaged(format!("key of {}: {e}", table.name)))?
    };
    Ok(table
        .columns
        .iter()
        .zip(&parts)
        .map(|(c, part)| from_json(c.kind, part))
        .collect())
}

/// All rows of a changeset, in its order.
pub(crate) fn parse(bytes: &[u8]) -> Result<Vec<RowChange>> {
    let mut input = bytes;
    let input: &mut dyn Read = &mut input;
    let mut items = ChangesetIter::start_strm(&input)?;
    let mut changes = Vec::new();
    while let Some(item) = items.next()? {
        changes.push(row_change(item)?);
    }
    Ok(changes)
}

fn row_change(item: &ChangesetItem) -> Result<RowChange> {
    let operation = item.op()?;
    let table = Table::named(operation.table_name())
        .ok_or_else(|| StoreError::Damaged(format!("a change of an unknown table {}", operation.table_name())))?;
    let op = match operation.code() {
        Action::SQLITE_INSERT => Op::Insert,
        Action::SQLITE_DELETE => Op::Delete,
        _ => Op::Update,
    };
    let columns = usize::try_from(operation.number_of_columns()).unwrap_or_default();
    let side = |old: bool| {
        (0..table.columns.len())
            .map(|n| {
                let value = if n >= columns {
                    return None;
                } else if old {
                    item.old_value(n)
                } else {
                    item.new_value(n)
                };
                // An error here says "not in the changeset".
                value.ok().and_then(|v| Value::try_from(v).ok())
            })
            .collect()
    };
    let (old, new) = match op {
        Op::Insert => (vec![None; table.columns.len()], side(false)),
        Op::Delete => (side(true), vec![None; table.columns.len()]),
        Op::Update => (side(true), side(false)),
    };
    Ok(RowChange { table, op, old, new })
}
