//! What the file says about itself.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;

pub(crate) const CREATE: &str = "
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
";

/// The workspace's name, for people.
pub const NAME: &str = "name";
/// The desk's id.
pub const DESK: &str = "desk";
/// The id of the ticket snapshot that belongs to the configuration; absent while there is none.
pub const SNAPSHOT: &str = "snapshot_id";

/// Where a note of this name is kept.
pub fn note(name: &str) -> String {
    format!("note.{name}")
}

/// The value kept under `key`.
pub fn get(c: &Connection, key: &str) -> Result<Option<String>> {
    Ok(c.prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |r| r.get(0))
        .optional()?)
}

pub(crate) fn put(c: &Connection, key: &str, value: &str) -> Result<()> {
    c.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )?;
    Ok(())
}
