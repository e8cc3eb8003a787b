//! Forms that were not saved yet, kept so that a crash loses nothing.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::store::Store;
use crate::transact::{Tx, now};

pub(crate) const CREATE: &str = "
CREATE TABLE draft (
    key TEXT NOT NULL PRIMARY KEY,
    entity TEXT NOT NULL,
    form TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
";

/// A form that was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form: an entity's id, or the caller's own name for a new one.
    pub key: String,
    /// What it is about (`external_user`).
    pub entity: String,
    /// The form, as its owner wrote it (JSON).
    pub form: String,
    /// When it was last kept, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
}

/// Keeps a form in the place of an older one with the same key.
pub fn put(store: &Store, key: &str, entity: &str, form: &str) -> Result<()> {
    store.apart(|c| {
        c.execute(
            "INSERT OR REPLACE INTO draft (key, entity, form, at) VALUES (?1, ?2, ?3, ?4)",
            (key, entity, form, now()),
        )?;
        Ok(())
    })
}

/// Forgets a form.
pub fn discard(store: &Store, key: &str) -> Result<()> {
    store.apart(|c| forget(c, key))
}

/// Forgets a form in the transaction that saves it.
pub fn discard_saved(tx: &Tx<'_>, key: &str) -> Result<()> {
    forget(tx, key)
}

fn forget(c: &Connection, key: &str) -> Result<()> {
    c.execute("DELETE FROM draft WHERE key = ?1", [key])?;
    Ok(())
}

/// The form kept under this key.
pub fn get(c: &Connection, key: &str) -> Result<Option<Draft>> {
    let sql = "SELECT key, entity, form, at FROM draft WHERE key = ?1";
    Ok(c.prepare_cached(sql)?.query_row([key], read).optional()?)
}

/// All forms kept, newest first.
pub fn list(c: &Connection) -> Result<Vec<Draft>> {
    let mut statement = c.prepare_cached("SELECT key, entity, form, at FROM draft ORDER BY at DESC, key")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        key: row.get(0)?,
        entity: row.get(1)?,
        form: row.get(2)?,
        at: row.get(3)?,
    })
}
