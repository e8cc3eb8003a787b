//! Fields that were changed here and in the desk: kept until somebody settles them.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value as Json;

use crate::base;
use crate::error::{Result, StoreError};
use crate::history::changeset::key_values;
use crate::table::{Role, SYNCED, Table, derived, row};
use crate::transact::{Tx, now};

pub(crate) const CREATE: &str = "
CREATE TABLE conflict (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    field TEXT NOT NULL,
    base TEXT NOT NULL,
    mine TEXT NOT NULL,
    theirs TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (tbl, pk, field)
);
";

/// A field changed on both sides. The desk's value is the base already; mine is pending until it is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its number.
    pub id: i64,
    /// The table.
    pub table: &'static str,
    /// The row's key, as in [`base::Pending`].
    pub key: String,
    /// The column; empty for the row as a whole (changed here, removed there or the other way round).
    pub field: String,
    /// What the desk had before; null for nothing.
    pub base: Json,
    /// What was made of it here.
    pub mine: Json,
    /// What the desk has now.
    pub theirs: Json,
    /// When it was found, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
}

/// Whose value stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// What was made of it here; it stays pending.
    Mine,
    /// What the desk has now.
    Theirs,
}

/// A conflict before it has a number.
pub(crate) struct Found<'a> {
    pub(crate) table: &'static Table,
    pub(crate) key: &'a str,
    pub(crate) field: &'a str,
    pub(crate) base: &'a Json,
    pub(crate) mine: &'a Json,
    pub(crate) theirs: &'a Json,
}

/// Keeps a conflict; a newer one about the same field takes the older one's place.
pub(crate) fn put(c: &Connection, found: &Found<'_>) -> Result<()> {
    c.prepare_cached(
        "INSERT INTO conflict (tbl, pk, field, base, mine, theirs, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (tbl, pk, field) DO UPDATE SET mine = excluded.mine, theirs = excluded.theirs, at = excluded.at",
    )?
    .execute((
        found.table.name,
        found.key,
        found.field,
        found.base.to_string(),
        found.mine.to_string(),
        found.theirs.to_string(),
        now(),
    ))?;
    Ok(())
}

/// Forgets what is no conflict any more, because mine is no longer pending.
pub(crate) fn sweep(c: &Connection) -> Result<()> {
    for conflict in stored(c)? {
        if !stands(c, &conflict)? {
            c.execute("DELETE FROM conflict WHERE id = ?1", [conflict.id])?;
        }
    }
    Ok(())
}

/// All conflicts that wait for somebody to settle them, oldest first.
pub fn list(c: &Connection) -> Result<Vec<Conflict>> {
    let mut found = Vec::new();
    for conflict in stored(c)? {
        if stands(c, &conflict)? {
            found.push(conflict);
        }
    }
    Ok(found)
}

/// Whether mine is still pending: edited back, or undone, it contradicts nothing.
fn stands(c: &Connection, conflict: &Conflict) -> Result<bool> {
    let Some(table) = Table::named(conflict.table) else {
        return Ok(false);
    };
    Ok(match base::entry(c, table, &conflict.key)? {
        None => false,
        Some(base::Entry::Updated(overlay)) => overlay.contains_key(&conflict.field),
        Some(base::Entry::Inserted | base::Entry::Deleted(_)) => conflict.field.is_empty(),
    })
}

fn stored(c: &Connection) -> Result<Vec<Conflict>> {
    let mut statement =
        c.prepare_cached("SELECT id, tbl, pk, field, base, mine, theirs, at FROM conflict ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &rusqlite::Row<'_>) -> Result<Conflict> {
    let table: String = row.get(1)?;
    let json = |n: usize| -> Result<Json> {
        let text: String = row.get(n)?;
        serde_json::from_str(&text).map_err(|e| StoreError::Damaged(format!("conflict: {e}")))
    };
    Ok(Conflict {
        id: row.get(0)?,
        table: Table::named(&table)
            .ok_or_else(|| StoreError::Damaged(format!("conflict in {table}")))?
            .name,
        key: row.get(2)?,
        field: row.get(3)?,
        base: json(4)?,
        mine: json(5)?,
        theirs: json(6)?,
        at: row.get(7)?,
    })
}

/// Settles a conflict; what follows from it is part of the transaction and can be undone.
pub fn settle(tx: &Tx<'_>, id: i64, keep: Keep) -> Result<()> {
    let conflict = stored(tx)?
        .into_iter()
        .find(|c| c.id == id)
        .ok_or_else(|| StoreError::NotFound {
            what: "conflict",
            key: id.to_string(),
        })?;
    let table = Table::named(conflict.table).ok_or_else(|| StoreError::Damaged(conflict.table.to_owned()))?;
    match (conflict.field.is_empty(), keep) {
        (true, Keep::Mine) => {}
        (true, Keep::Theirs) if conflict.theirs.is_null() => remove(tx, table, &conflict.key)?,
        (true, Keep::Theirs) => restore(tx, table, &conflict)?,
        (false, Keep::Mine) => write(tx, table, &conflict, &conflict.mine)?,
        (false, Keep::Theirs) => write(tx, table, &conflict, &conflict.theirs)?,
    }
    tx.execute("DELETE FROM conflict WHERE id = ?1", [id])?;
    Ok(())
}

/// Gives the field its value. Mine is in place already, except where it had to give way to another record's name.
fn write(tx: &Tx<'_>, table: &'static Table, conflict: &Conflict, value: &Json) -> Result<()> {
    let Some(current) = base::current(tx, table, &conflict.key)? else {
        return Ok(());
    };
    let field = conflict.field.as_str();
    if !base::is_tracked(table, field) {
        return Err(StoreError::Damaged(format!("conflict in {}.{field}", table.name)));
    }
    if current.get(field) != Some(value) {
        let sql = format!("UPDATE {} SET {field} = ?2 WHERE id = ?1", table.name);
        let key = key_values(table, &conflict.key)?;
        tx.execute(
            &sql,
            (key.first().unwrap_or(&Value::Null), base::value(table, field, value)),
        )
        .map_err(|e| StoreError::from(e).with_value(|_| value.as_str().unwrap_or_default().to_owned()))?;
        return derived::refresh(tx, table, key.first());
    }
    // Nothing changes, so the overlay cannot follow: an equal value must not stay behind in it.
    if let Some(base::Entry::Updated(mut overlay)) = base::entry(tx, table, &conflict.key)?
        && overlay.get(field) == Some(value)
    {
        overlay.remove(field);
        base::put(tx, table, &conflict.key, Some(&base::Entry::Updated(overlay)))?;
    }
    Ok(())
}

/// The desk has it no more: it goes here too, with its links.
pub(crate) fn remove(tx: &Tx<'_>, table: &Table, key: &str) -> Result<()> {
    let values = key_values(table, key)?;
    let id = values.first().unwrap_or(&Value::Null);
    for link in SYNCED.iter().filter(|t| !t.is_entity()) {
        for column in link
            .columns
            .iter()
            .filter(|c| matches!(c.role, Role::Reference(to) if to == table.name))
        {
            tx.execute(&format!("DELETE FROM {} WHERE {} = ?1", link.name, column.name), [id])?;
        }
    }
    tx.execute(&format!("DELETE FROM {} WHERE id = ?1", table.name), [id])?;
    Ok(())
}

/// It was removed here, and changed there: it comes back as the desk has it.
fn restore(tx: &Tx<'_>, table: &Table, conflict: &Conflict) -> Result<()> {
    let Json::Object(theirs) = &conflict.theirs else {
        return Ok(());
    };
    let there: Option<i64> = tx
        .query_row(
            &format!("SELECT 1 FROM {} WHERE {}", table.name, table.by_key()),
            rusqlite::params_from_iter(key_values(table, &conflict.key)?),
            |r| r.get(0),
        )
        .optional()?;
    if there.is_some() {
        return Ok(());
    }
    row::insert(tx, table, &row::kept(table, theirs))?;
    derived::refresh(tx, table, key_values(table, &conflict.key)?.first())
}
