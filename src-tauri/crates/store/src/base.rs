//! What the desk had at the last import, kept as an overlay: only what differs from it now is stored.
//!
//! For a changed row the old values of the changed columns (the first old value wins), for a row added here a
//! mark, for a removed row all of it. The overlay follows every change by its changeset, so a change that is
//! taken back leaves nothing behind, and asking what is pending costs what is pending.

mod pending;

use std::collections::BTreeMap;

use portico_core::id::ExternalUserId;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::{Map, Value as Json};

use crate::error::{Result, StoreError};
use crate::history::changeset::{Op, RowChange, key_values, user_of};
use crate::table::cell::{self, to_json};
use crate::table::{Role, Table};

pub(crate) use pending::pending_row;
pub use pending::{count_pending, each_pending, pending, pending_of};

pub(crate) const CREATE: &str = "
CREATE TABLE base (
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('inserted', 'updated', 'deleted')),
    row TEXT NOT NULL,
    user_id BLOB,
    PRIMARY KEY (tbl, pk)
) WITHOUT ROWID;
CREATE INDEX base_user ON base (user_id) WHERE user_id IS NOT NULL;
";

/// A row by column: ids hyphenated as everywhere, texts, whole numbers, null.
pub type RowMap = BTreeMap<&'static str, Json>;

/// A row whose state differs from what the desk had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The table.
    pub table: &'static str,
    /// The row's key: an id, or a JSON array of the key columns.
    pub key: String,
    /// The person it is about, for people and their links.
    pub user: Option<ExternalUserId>,
    /// What the desk had; `None` for what was created here.
    pub base: Option<RowMap>,
    /// What is now; `None` for what was removed here.
    pub current: Option<RowMap>,
}

impl Pending {
    /// The columns that differ, with both values; empty for what was created or removed.
    pub fn changes(&self) -> Vec<(&'static str, Json, Json)> {
        let (Some(base), Some(current), Some(table)) = (&self.base, &self.current, Table::named(self.table)) else {
            return Vec::new();
        };
        let null = Json::Null;
        table
            .columns
            .iter()
            .filter(|c| c.role.tracked())
            .map(|c| {
                (
                    c.name,
                    base.get(c.name).unwrap_or(&null),
                    current.get(c.name).unwrap_or(&null),
                )
            })
            .filter(|(_, old, new)| old != new)
            .map(|(name, old, new)| (name, old.clone(), new.clone()))
            .collect()
    }
}

/// The table whose ids a column holds; `None` for a column of anything else.
pub fn referred(table: &str, column: &str) -> Option<&'static str> {
    let found = Table::named(table)?.columns.iter().find(|c| c.name == column)?;
    match found.role {
        Role::Reference(table) => Some(table),
        _ => None,
    }
}

/// The desk's key of a row; `None` where the desk does not have it yet, and where there is no such row.
pub fn desk_key(c: &Connection, table: &str, id: &str) -> Result<Option<String>> {
    let found = Table::named(table).and_then(|table| Some((table, table.with_role(Role::DeskKey)?)));
    let Some((table, column)) = found else {
        return Ok(None);
    };
    let row = current(c, table, id)?;
    Ok(row.and_then(|row| Some(row.get(column)?.as_str()?.to_owned())))
}

/// What tells a table's links apart, the column of whom they belong to first; empty for a table of records.
pub fn link_columns(table: &str) -> Vec<&'static str> {
    let links = Table::named(table).filter(|table| table.key > 1);
    links.map_or_else(Vec::new, |table| {
        table.columns[..table.key].iter().map(|c| c.name).collect()
    })
}

/// How a row differs from the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The desk had no such row.
    Inserted,
    /// The desk had other values in these columns.
    Updated(Map<String, Json>),
    /// The desk had this row, now there is none.
    Deleted(Map<String, Json>),
}

impl Entry {
    pub(crate) fn read(kind: &str, row: &str) -> Result<Self> {
        let map = || serde_json::from_str(row).map_err(|e| StoreError::Damaged(format!("base row: {e}")));
        match kind {
            "inserted" => Ok(Self::Inserted),
            "updated" => Ok(Self::Updated(map()?)),
            "deleted" => Ok(Self::Deleted(map()?)),
            other => Err(StoreError::Damaged(format!("base row of kind {other}"))),
        }
    }
}

/// The overlay's entry for a row.
pub(crate) fn entry(c: &Connection, table: &Table, key: &str) -> Result<Option<Entry>> {
    let found: Option<(String, String)> = c
        .prepare_cached("SELECT kind, row FROM base WHERE tbl = ?1 AND pk = ?2")?
        .query_row((table.name, key), |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    found.map(|(kind, row)| Entry::read(&kind, &row)).transpose()
}

/// Replaces the overlay's entry for a row; `None`, and an update of nothing, remove it.
pub(crate) fn put(c: &Connection, table: &Table, key: &str, entry: Option<&Entry>) -> Result<()> {
    let (kind, row) = match entry {
        None => return remove(c, table, key),
        Some(Entry::Updated(old)) if old.is_empty() => return remove(c, table, key),
        Some(Entry::Inserted) => ("inserted", "{}".to_owned()),
        Some(Entry::Updated(old)) => ("updated", Json::Object(old.clone()).to_string()),
        Some(Entry::Deleted(old)) => ("deleted", Json::Object(old.clone()).to_string()),
    };
    let user = key_values(table, key)?.first().and_then(|v| user_of(table, v));
    c.prepare_cached("INSERT OR REPLACE INTO base (tbl, pk, kind, row, user_id) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((table.name, key, kind, row, user))?;
    Ok(())
}

fn remove(c: &Connection, table: &Table, key: &str) -> Result<()> {
    c.prepare_cached("DELETE FROM base WHERE tbl = ?1 AND pk = ?2")?
        .execute((table.name, key))?;
    Ok(())
}

/// Lets the overlay follow what a transaction has changed.
pub(crate) fn follow(c: &Connection, changes: &[RowChange]) -> Result<()> {
    for change in changes.iter().filter(|ch| ch.table.based) {
        let key = change.key();
        let before = entry(c, change.table, &key)?;
        let after = match change.op {
            Op::Insert => Some(inserted(change, before)),
            Op::Update => Some(updated(change, before)),
            Op::Delete => deleted(change, before),
        };
        put(c, change.table, &key, after.as_ref())?;
    }
    Ok(())
}

fn inserted(change: &RowChange, before: Option<Entry>) -> Entry {
    let Some(Entry::Deleted(old)) = before else {
        return Entry::Inserted;
    };
    let differing = tracked(change.table)
        .filter_map(|(n, name)| {
            let base = old.get(name)?;
            let now = change.new[n].as_ref().map_or(Json::Null, |v| to_json(v.into()));
            (*base != now).then(|| (name.to_owned(), base.clone()))
        })
        .collect();
    Entry::Updated(differing)
}

fn updated(change: &RowChange, before: Option<Entry>) -> Entry {
    let mut overlay = match before {
        None => Map::new(),
        Some(Entry::Updated(overlay)) => overlay,
        Some(other) => return other,
    };
    for (n, name) in tracked(change.table) {
        let (Some(old), Some(new)) = (&change.old[n], &change.new[n]) else {
            continue;
        };
        let (old, new) = (to_json(old.into()), to_json(new.into()));
        match overlay.get(name) {
            Some(base) if *base == new => {
                overlay.remove(name);
            }
            Some(_) => {}
            None if old == new => {}
            None => {
                overlay.insert(name.to_owned(), old);
            }
        }
    }
    Entry::Updated(overlay)
}

fn deleted(change: &RowChange, before: Option<Entry>) -> Option<Entry> {
    if before == Some(Entry::Inserted) {
        return None;
    }
    let mut row = Map::new();
    for (column, old) in change.table.columns.iter().zip(&change.old) {
        row.insert(
            column.name.to_owned(),
            old.as_ref().map_or(Json::Null, |v| to_json(v.into())),
        );
    }
    if let Some(Entry::Updated(overlay)) = before {
        row.extend(overlay);
    }
    Some(Entry::Deleted(row))
}

fn tracked(table: &'static Table) -> impl Iterator<Item = (usize, &'static str)> {
    table
        .columns
        .iter()
        .enumerate()
        .skip(table.key)
        .filter(|(_, c)| c.role.tracked())
        .map(|(n, c)| (n, c.name))
}

/// The row with this key as it is now.
pub(crate) fn current(c: &Connection, table: &'static Table, key: &str) -> Result<Option<RowMap>> {
    let columns: Vec<&'static str> = table.columns.iter().map(|column| column.name).collect();
    part_of(c, table, key, &columns)
}

/// Some columns of it, and by what it is told whether it is there.
fn part_of(c: &Connection, table: &'static Table, key: &str, columns: &[&'static str]) -> Result<Option<RowMap>> {
    let mut columns = columns.to_vec();
    let present = table.columns.iter().find(|column| column.role == Role::Present);
    columns.extend(present.map(|column| column.name).filter(|name| !columns.contains(name)));
    let names = if columns.is_empty() {
        "1".to_owned()
    } else {
        columns.join(", ")
    };
    let sql = format!("SELECT {names} FROM {} WHERE {}", table.name, table.by_key());
    let values = key_values(table, key)?;
    let row = c
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&values), |r| {
            let columns = columns.iter().enumerate();
            columns
                .map(|(n, name)| Ok((*name, to_json(r.get_ref(n)?))))
                .collect::<rusqlite::Result<RowMap>>()
        })
        .optional()?;
    Ok(row)
}

/// How many rows differ from what the desk had.
pub fn count(c: &Connection) -> Result<u64> {
    Ok(c.prepare_cached("SELECT count(*) FROM base")?
        .query_row([], |r| r.get::<_, i64>(0))?
        .unsigned_abs())
}

/// The people who differ from what the desk had, themselves or by their links.
pub fn changed_users(c: &Connection) -> Result<Vec<ExternalUserId>> {
    let mut statement = c.prepare_cached("SELECT DISTINCT user_id FROM base WHERE user_id IS NOT NULL")?;
    let rows = statement.query_map([], |r| cell::column(r, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The value of a JSON map's column as it is kept.
pub(crate) fn value(table: &Table, column: &str, json: &Json) -> Value {
    let found = table.columns.iter().find(|c| c.name == column);
    found.map_or(Value::Null, |c| cell::from_json(c.kind, json))
}

/// Whether this column can differ from the desk's.
pub(crate) fn is_tracked(table: &Table, column: &str) -> bool {
    let mut columns = table.columns.iter().filter(|c| c.role != Role::Present);
    columns.any(|c| c.name == column && c.role.tracked())
}
