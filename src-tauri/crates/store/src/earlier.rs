//! States that a workspace was in, put in the place of today's inside a transaction that is taken back.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::{Map, Value as Json};

use crate::base::Entry;
use crate::error::{Result, StoreError};
use crate::history::changeset::key_values;
use crate::history::{self, ChangeId, undo};
use crate::table::cell::from_json;
use crate::table::{Role, SYNCED, Table, derived, row};
use crate::transact::Tx;

/// A state to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// What the desk had at the last import: nothing that is pending.
    Desk,
    /// Right after a change.
    After(ChangeId),
    /// Today, without one change.
    Without(ChangeId),
}

/// Brings that state about. For a transaction that is taken back: nothing is left to say what was meant.
///
/// `BeforeImport` for what came before the last import, `Conflict` where a change cannot be left out because a later
/// one built on it.
pub fn go_back(tx: &Tx<'_>, point: Point) -> Result<()> {
    // Rows come back in an order in which some refer to others that are not there yet.
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    match point {
        Point::Desk => restore(tx),
        Point::After(id) => {
            since_import(tx, id)?;
            for later in after(tx, id)? {
                undo::take_back(tx, later)?;
            }
            Ok(())
        }
        Point::Without(id) => {
            since_import(tx, id)?;
            undo::take_back(tx, id)
        }
    }
}

/// Whether the log still leads back to a change: an import has no way back.
fn since_import(c: &Connection, id: ChangeId) -> Result<()> {
    history::get(c, id)?;
    if id.0 < history::last_import(c)? {
        return Err(StoreError::BeforeImport(id.0));
    }
    Ok(())
}

/// The later changes that wrote something, newest first.
fn after(c: &Connection, id: ChangeId) -> Result<Vec<ChangeId>> {
    let mut statement =
        c.prepare_cached("SELECT id FROM change WHERE id > ?1 AND changeset IS NOT NULL ORDER BY id DESC")?;
    let rows = statement.query_map([id.0], |r| r.get(0).map(ChangeId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Gives every row the values that the desk had.
fn restore(tx: &Tx<'_>) -> Result<()> {
    // What was added here goes first: it may hold the name that something else had.
    let mut kept = Vec::new();
    for table in SYNCED.iter().rev().copied() {
        for (key, entry) in entries(tx, table)? {
            if entry == Entry::Inserted {
                let sql = format!("DELETE FROM {} WHERE {}", table.name, table.by_key());
                tx.prepare_cached(&sql)?
                    .execute(params_from_iter(key_values(table, &key)?))?;
            } else {
                kept.push((table, key, entry));
            }
        }
    }
    for (table, key, entry) in &kept {
        if let Entry::Updated(old) = entry {
            make_way(tx, table, key, old)?;
        }
    }
    for (table, key, entry) in &kept {
        match entry {
            Entry::Inserted => {}
            Entry::Updated(old) => update(tx, table, key, old)?,
            Entry::Deleted(old) => insert(tx, table, old)?,
        }
        if table.is_entity() {
            derived::refresh(tx, table, key_values(table, key)?.first())?;
        }
    }
    Ok(())
}

/// All entries of a table, by key.
fn entries(c: &Connection, table: &Table) -> Result<Vec<(String, Entry)>> {
    let mut statement = c.prepare_cached("SELECT pk, kind, row FROM base WHERE tbl = ?1 ORDER BY pk")?;
    let mut rows = statement.query([table.name])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, text): (String, String) = (row.get(1)?, row.get(2)?);
        found.push((row.get(0)?, Entry::read(&kind, &text)?));
    }
    Ok(found)
}

/// Two that changed names with each other cannot take their old ones one after the other.
fn make_way(tx: &Tx<'_>, table: &'static Table, key: &str, old: &Map<String, Json>) -> Result<()> {
    let natural = table.with_role(Role::Natural).filter(|name| old.contains_key(*name));
    let Some(natural) = natural else { return Ok(()) };
    let sql = format!("UPDATE {} SET {natural} = ?2 WHERE id = ?1", table.name);
    let id = key_values(table, key)?.into_iter().next().unwrap_or(Value::Null);
    tx.prepare_cached(&sql)?.execute((id, format!("\u{1}{key}")))?;
    Ok(())
}

fn update(tx: &Tx<'_>, table: &'static Table, key: &str, old: &Map<String, Json>) -> Result<()> {
    let mut values = key_values(table, key)?;
    let mut sets = Vec::new();
    for column in table.columns {
        if let Some(value) = old.get(column.name) {
            values.push(from_json(column.kind, value));
            sets.push(format!("{} = ?{}", column.name, values.len()));
        }
    }
    if sets.is_empty() {
        return Ok(());
    }
    let sql = format!("UPDATE {} SET {} WHERE {}", table.name, sets.join(", "), table.by_key());
    tx.prepare_cached(&sql)?.execute(params_from_iter(&values))?;
    Ok(())
}

fn insert(tx: &Tx<'_>, table: &'static Table, old: &Map<String, Json>) -> Result<()> {
    let values = row::kept(table, old);
    // A placeholder may have taken its place meanwhile: something still mentions it.
    let key = &values[..table.key];
    let there: Option<i64> = tx
        .prepare_cached(&format!("SELECT 1 FROM {} WHERE {}", table.name, table.by_key()))?
        .query_row(params_from_iter(key), |r| r.get(0))
        .optional()?;
    if there.is_some() {
        let sql = format!("DELETE FROM {} WHERE {}", table.name, table.by_key());
        tx.execute(&sql, params_from_iter(key))?;
    }
    row::insert(tx, table, &values)
}
