//! Opening a file: what is asked of it, and how every connection is set up.

use std::path::{Path, PathBuf};
use std::time::Duration;

use memchr::memmem::Finder;
use portico_core::fold;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::passphrase::Key;
use crate::table::external_user;
use crate::text::searchable;
use crate::{migrate, snapshot};

/// `PoRt`: tells `file` and other programs that this is a Portico workspace.
const APPLICATION_ID: i64 = 0x506f_5274;
/// How long a connection waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Read and write.
    Write,
    /// Read a file that other connections of this process may write to.
    Read,
    /// Read a file (or folder) that cannot be written to.
    ReadOnly,
}

/// A workspace's file, and the key to it where it is locked.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The absolute path, links resolved.
    pub(crate) path: PathBuf,
    /// The key to the workspace and to its tickets.
    pub(crate) key: Option<Key>,
}

/// The one place where a key is applied: to a file just opened, before anything is read from it.
/// Attached files get theirs from [`attach_key`].
fn apply_key(conn: &Connection, key: Option<&Key>) -> Result<()> {
    let Some(key) = key else { return Ok(()) };
    // What goes wrong is told by our own errors, not on the terminal.
    let words = format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA key = \"{}\"",
        key.spec().as_str()
    );
    let words = Zeroizing::new(words);
    // The database's own complaint would repeat the key.
    let applied = conn.execute_batch(&words);
    applied.map_err(|_| StoreError::Damaged("the key cannot be used".to_owned()))?;
    // What is sorted or staged outside of the file is not locked by its key: it stays in memory.
    Ok(conn.execute_batch("PRAGMA temp_store = MEMORY")?)
}

/// The value that gives an attached file its key: an empty one is none, whatever the main file has.
fn attach_key(key: Option<&Key>) -> Zeroizing<String> {
    key.map(Key::spec).unwrap_or_default()
}

/// Where what is sorted or staged goes: to files, unless it must not lie there in clear.
pub(crate) fn temp_store(key: Option<&Key>) -> &'static str {
    if key.is_some() {
        "PRAGMA temp_store = MEMORY;"
    } else {
        "PRAGMA temp_store = FILE;"
    }
}

/// A connection to the workspace, the ticket snapshot attached as `tickets`.
pub(crate) fn connect(place: &Place, mode: Mode) -> Result<Connection> {
    let path = &place.path;
    let access = match mode {
        Mode::Write | Mode::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let conn = Connection::open_with_flags(path, access | common()).map_err(|e| cannot_open(path, e))?;
    set_up(&conn, place.key.as_ref()).map_err(|e| not_ours(place, e))?;
    snapshot::attach_empty(&conn)?;
    if mode != Mode::Write {
        conn.pragma_update(None, "query_only", true)?;
    }
    Ok(conn)
}

fn common() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI
}

fn cannot_open(path: &Path, error: rusqlite::Error) -> StoreError {
    if path.is_dir() {
        return StoreError::NotAWorkspace(path.to_owned());
    }
    match std::fs::metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => StoreError::NotFound {
            what: "workspace",
            key: path.display().to_string(),
        },
        Err(e) => StoreError::io(path, e),
        Ok(_) => error.into(),
    }
}

/// Names the file when it turns out to be no database, or not one for this key.
fn not_ours(place: &Place, error: StoreError) -> StoreError {
    match error {
        StoreError::Sqlite(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            if place.key.is_some() {
                StoreError::Damaged(format!(
                    "the passphrase is right, but {} cannot be read with it",
                    place.path.display()
                ))
            } else {
                StoreError::NotAWorkspace(place.path.clone())
            }
        }
        other => other,
    }
}

/// What every connection needs, whatever its file.
pub(crate) fn set_up(conn: &Connection, key: Option<&Key>) -> Result<()> {
    apply_key(conn, key)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(256);
    // Otherwise a statement about analysed tables is planned anew for each value, which takes longer than most answers.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    for (name, function) in [
        ("portico_search", searchable as fn(&str) -> String),
        ("portico_simple", fold::simple),
        ("portico_full", fold::full),
    ] {
        conn.create_scalar_function(name, 1, flags, move |c| {
            let text: Option<String> = c.get(0)?;
            Ok(text.map(|t| function(&t)))
        })?;
    }
    // The 16 bytes of an id that is kept as text.
    conn.create_scalar_function("portico_id", 1, flags, |c| {
        let text: Option<String> = c.get(0)?;
        Ok(text
            .and_then(|t| uuid::Uuid::parse_str(&t).ok())
            .map(|id| id.into_bytes().to_vec()))
    })?;
    // Whether one of two texts contains the third. SQLite's own instr() takes three times as long.
    conn.create_scalar_function("portico_contains", 3, flags, |c| {
        let needle = c.get_or_create_aux(2, |value| -> Result<_, FromSqlError> {
            Ok(Finder::new(value.as_bytes()?).into_owned())
        })?;
        let has = |at: usize| -> rusqlite::Result<bool> { Ok(needle.find(c.get_raw(at).as_bytes()?).is_some()) };
        Ok(has(0)? || has(1)?)
    })?;
    conn.create_scalar_function("portico_sort_name", 4, flags, |c| {
        let (last, first, title, login): (String, String, String, String) =
            (c.get(0)?, c.get(1)?, c.get(2)?, c.get(3)?);
        Ok(external_user::sort_name(&last, &first, &title, &login))
    })?;
    conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000;")?;
    Ok(())
}

/// Attaches the file `path` as `name`, as a file that nobody will ever change.
pub(crate) fn attach_immutable(conn: &Connection, path: &Path, name: &str, key: Option<&Key>) -> Result<()> {
    let uri = format!("file:{}?mode=ro&immutable=1", escaped(path));
    let sql = format!("ATTACH ?1 AS {name} KEY ?2");
    conn.execute(&sql, (uri, attach_key(key).as_str()))?;
    Ok(())
}

/// Attaches the new, empty file `path` as `name`, to be locked with `key`.
pub(crate) fn attach_new(conn: &Connection, path: &Path, name: &str, key: Option<&Key>) -> Result<()> {
    let uri = format!("file:{}?mode=rw", escaped(path));
    let sql = format!("ATTACH ?1 AS {name} KEY ?2");
    conn.execute(&sql, (uri, attach_key(key).as_str()))?;
    Ok(())
}

/// The path as it stands in a URI.
fn escaped(path: &Path) -> String {
    let mut uri = String::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => uri.push(byte.into()),
            b'\\' => uri.push('/'),
            other => uri.extend([format!("%{other:02X}")]),
        }
    }
    uri
}

/// Makes a new, empty workspace file, locked by the key where there is one.
pub(crate) fn create(path: &Path, key: Option<&Key>) -> Result<Connection> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| StoreError::io(folder, e))?;
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(_) => {}
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => return Err(StoreError::Exists(path.to_owned())),
        Err(e) => return Err(StoreError::io(path, e)),
    }
    let mut conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | common())?;
    set_up(&conn, key)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    migrate::run(&mut conn)?;
    snapshot::attach_empty(&conn)?;
    Ok(conn)
}

/// Whether the file is a workspace that this program can read; brings its tables up to date if it may.
pub(crate) fn check(conn: &mut Connection, place: &Place, mode: Mode) -> Result<()> {
    let path = &place.path;
    let id = conn.query_row("PRAGMA main.application_id", [], |r| r.get::<_, i64>(0));
    let id = id.map_err(|e| not_ours(place, e.into()))?;
    if id != APPLICATION_ID {
        return Err(StoreError::NotAWorkspace(path.clone()));
    }
    let found: i64 = conn.query_row("PRAGMA main.user_version", [], |r| r.get(0))?;
    let known = migrate::newest();
    if found > known {
        return Err(StoreError::TooNew {
            path: path.clone(),
            found,
            known,
        });
    }
    if found < known {
        if mode == Mode::ReadOnly {
            return Err(StoreError::ReadOnly);
        }
        migrate::run(conn)?;
    }
    if mode == Mode::Write {
        conn.pragma_update(None, "journal_mode", "wal")?;
    }
    Ok(())
}

/// The absolute path, links resolved, so that files beside it are found by everybody.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    path.canonicalize()
        .unwrap_or_else(|_| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// A workspace in memory with all tables; for tests of single parts.
#[cfg(test)]
pub(crate) fn scratch() -> Result<Connection> {
    let mut conn = Connection::open_in_memory()?;
    set_up(&conn, None)?;
    migrate::run(&mut conn)?;
    snapshot::attach_empty(&conn)?;
    Ok(conn)
}
