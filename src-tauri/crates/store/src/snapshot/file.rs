//! Where the file lies, which one belongs to the workspace, and how a new one takes its place.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::error::{Result, StoreError};
use crate::open::{Place, attach_immutable};

/// The tables, without what is made after loading.
pub(crate) const CREATE: &str = "
CREATE TABLE {s}meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE {s}dict (
    kind INTEGER NOT NULL, id INTEGER NOT NULL, key TEXT NOT NULL, simple TEXT NOT NULL, full TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE {s}ticket (
    id INTEGER NOT NULL PRIMARY KEY, number TEXT NOT NULL, title TEXT NOT NULL, owner INTEGER NOT NULL,
    account INTEGER NOT NULL, queue INTEGER NOT NULL, state INTEGER NOT NULL, state_kind INTEGER NOT NULL,
    ticket_type INTEGER NOT NULL, priority INTEGER NOT NULL, service INTEGER NOT NULL, age INTEGER NOT NULL,
    changed INTEGER NOT NULL, archived INTEGER NOT NULL, cell INTEGER NOT NULL
);
CREATE TABLE {s}cell (
    id INTEGER NOT NULL PRIMARY KEY, account INTEGER NOT NULL, queue INTEGER NOT NULL, state_kind INTEGER NOT NULL,
    archived INTEGER NOT NULL, count INTEGER NOT NULL, newest INTEGER NOT NULL
);
CREATE TABLE {s}activity (
    ticket INTEGER NOT NULL, position INTEGER NOT NULL, channel INTEGER NOT NULL, sender INTEGER NOT NULL,
    visible INTEGER NOT NULL, author TEXT NOT NULL, subject TEXT NOT NULL, created INTEGER NOT NULL,
    PRIMARY KEY (ticket, position)
) WITHOUT ROWID;
CREATE TABLE {s}activity_body (
    ticket INTEGER NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (ticket, position)
) WITHOUT ROWID;
";

/// What is made once everything is loaded.
pub(crate) const INDEX: &str = "
CREATE UNIQUE INDEX {s}dict_key ON dict (kind, key);
CREATE INDEX {s}dict_simple ON dict (kind, simple);
CREATE INDEX {s}dict_full ON dict (kind, full);
CREATE UNIQUE INDEX {s}ticket_number ON ticket (number);
CREATE INDEX {s}ticket_cell ON ticket (cell, age, id);
CREATE INDEX {s}ticket_owner ON ticket (owner, cell, age, id);
CREATE INDEX {s}ticket_age ON ticket (age, id, cell);
";

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// `name.portico-tickets` beside `name.portico`.
fn final_of(workspace: &Path) -> PathBuf {
    workspace.with_extension("portico-tickets")
}

/// Where the snapshot with this id is built: `name.portico-tickets.<id>.part`.
pub(crate) fn part_of(workspace: &Path, id: &str) -> PathBuf {
    with_suffix(&final_of(workspace), &format!(".{id}.part"))
}

/// Attaches the snapshot with this id in the place of what is attached; an empty one if the file is not there.
pub(crate) fn attach(conn: &Connection, workspace: &Place, id: Option<&str>) -> Result<()> {
    conn.execute_batch("DETACH tickets")?;
    attach_beside(conn, workspace, id)
}

/// As [`attach`], to a connection that has none yet.
pub(crate) fn attach_beside(conn: &Connection, workspace: &Place, id: Option<&str>) -> Result<()> {
    let Some(id) = id else { return attach_empty(conn) };
    // Between commit and renaming the new one still has its other name.
    for path in [final_of(&workspace.path), part_of(&workspace.path, id)] {
        if !path.is_file() {
            continue;
        }
        let there =
            attach_immutable(conn, &path, "tickets", workspace.key.as_ref()).and_then(|()| id_of_attached(conn));
        match there {
            Ok(Some(found)) if found == id => return Ok(()),
            Ok(_) => conn.execute_batch("DETACH tickets")?,
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "cannot read the ticket snapshot");
                let attached = conn.query_row(
                    "SELECT count(*) FROM pragma_database_list WHERE name = 'tickets'",
                    [],
                    |r| r.get(0),
                );
                if attached == Ok(1) {
                    conn.execute_batch("DETACH tickets")?;
                }
            }
        }
    }
    tracing::warn!(id, "the ticket snapshot that belongs to the workspace is not there");
    attach_empty(conn)
}

/// The id of the snapshot that is attached; `None` for an empty one.
pub(crate) fn id_of_attached(conn: &Connection) -> Result<Option<String>> {
    let sql = "SELECT value FROM tickets.meta WHERE key = 'snapshot_id'";
    Ok(conn.query_row(sql, [], |r| r.get(0)).optional()?)
}

/// Attaches empty tables, so that questions about tickets need not ask first whether there are any.
pub(crate) fn attach_empty(conn: &Connection) -> Result<()> {
    conn.execute("ATTACH 'file::memory:?mode=memory' AS tickets KEY ''", [])?;
    let query_only: bool = conn.pragma_query_value(None, "query_only", |r| r.get(0))?;
    if query_only {
        conn.pragma_update(None, "query_only", false)?;
    }
    conn.execute_batch(&CREATE.replace("{s}", "tickets."))?;
    conn.execute_batch(&INDEX.replace("{s}", "tickets."))?;
    if query_only {
        conn.pragma_update(None, "query_only", true)?;
    }
    Ok(())
}

/// Gives a finished snapshot its final name; it belongs to the workspace already.
pub(crate) fn take_over(workspace: &Path, id: &str) -> Result<()> {
    let part = part_of(workspace, id);
    match std::fs::rename(&part, final_of(workspace)) {
        // Somebody who opened the workspace meanwhile has completed it.
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(|e| StoreError::io(&part, e)),
    }
}

/// Copies the snapshot with this id, if it is there, so that it belongs to the workspace `to`.
pub(crate) fn copy_to(workspace: &Path, id: &str, to: &Path) -> Result<()> {
    for path in [final_of(workspace), part_of(workspace, id)] {
        let copy = part_of(to, id);
        match std::fs::copy(&path, &copy) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(StoreError::io(&copy, e)),
            Ok(_) => return take_over(to, id),
        }
    }
    Ok(())
}

/// Completes a take-over that was interrupted, and removes what interrupted imports left behind.
pub(crate) fn recover(workspace: &Path, id: Option<&str>) {
    let file = final_of(workspace);
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return;
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let wanted = id.map(|id| part_of(workspace, id));
    let prefix = format!("{}.", name.to_string_lossy());
    for path in entries.flatten().map(|e| e.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with(&prefix) || path.extension() != Some("part".as_ref()) {
            continue;
        }
        let result = if Some(&path) == wanted.as_ref() {
            std::fs::rename(&path, &file)
        } else if is_in_use(&path) {
            Ok(())
        } else {
            std::fs::remove_file(&path)
        };
        if let Err(error) = result {
            tracing::warn!(path = %path.display(), %error, "cannot clear up after an interrupted import");
        }
    }
}

/// Whether an import that still runs is building this file: it holds a lock on it to the end.
fn is_in_use(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(conn) = Connection::open_with_flags(path, flags) else {
        return false;
    };
    if conn.busy_timeout(std::time::Duration::ZERO).is_err() {
        return false;
    }
    let free = conn.execute_batch("BEGIN EXCLUSIVE; ROLLBACK;");
    matches!(free.map_err(StoreError::from), Err(StoreError::Busy))
}
