//! The workspace's passphrase.
//!
//! A workspace with a passphrase is locked as a whole by SQLCipher: the workspace file with its WAL and journal, and
//! the ticket snapshot. The key is derived by argon2id; its parameters and the salt lie beside the file, in
//! `name.portico-key`. What SQLite would put into temporary files stays in memory.
//!
//! Setting, changing and removing write both files anew, beside the old ones, and put them in their place at the
//! end: renaming the workspace file is the one moment at which everything changes. Before it nothing has happened;
//! after it, opening completes what is missing.

mod key;
mod key_file;
mod rewrite;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

pub(crate) use key::Key;
use key::SALT;
pub use key::{Cost, Passphrase};
use key_file::KeyFile;
pub(crate) use rewrite::recover;
pub use rewrite::{NotRelocked, Relock};

use crate::error::{Result, StoreError};
use crate::open::Place;

/// What a file without a key begins with.
const IN_CLEAR: [u8; SALT] = *b"SQLite format 3\0";
/// Locked files consist of whole pages.
const PAGE: u64 = 4096;
/// How often a file that is replaced while it is being opened is tried again.
const TRIES: usize = 3;

/// Whether the file is locked, judged by its first bytes. A file that cannot be read is not.
pub fn is_locked(path: &Path) -> bool {
    salt_of(path).is_some()
}

/// The first bytes of a file that may be a locked workspace: they are its salt.
fn salt_of(path: &Path) -> Option<[u8; SALT]> {
    let about = std::fs::metadata(path).ok()?;
    if !about.is_file() || about.len() == 0 || about.len() % PAGE != 0 {
        return None;
    }
    // By SQLite: whoever opens and closes the file besides it takes from this process all locks that it has on it.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).ok()?;
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "00".repeat(32)))
        .ok()?;
    let first: String = conn.query_row("PRAGMA cipher_salt", [], |r| r.get(0)).ok()?;
    let first = key_file::bytes(&first)?;
    (first != IN_CLEAR).then_some(first)
}

/// Finds the key to the file at `path`, or that it needs none.
fn place(path: &Path, passphrase: Option<&Passphrase>) -> Result<Place> {
    let key = match salt_of(path) {
        None => None,
        Some(salt) => {
            let key_file = KeyFile::find(path, salt)?;
            let passphrase = passphrase.ok_or_else(|| StoreError::Locked(path.to_owned()))?;
            Some(key_file.unlock(passphrase, path)?)
        }
    };
    Ok(Place {
        path: path.to_owned(),
        key,
    })
}

/// Opens the file at `path` with its key. Looks again when another process has changed the passphrase meanwhile.
pub(crate) fn enter<T>(path: &Path, passphrase: Option<&Passphrase>, open: impl Fn(Place) -> Result<T>) -> Result<T> {
    let mut tries = 1;
    loop {
        let before = salt_of(path);
        let opened = place(path, passphrase).and_then(&open);
        let replaced = opened.is_err() && salt_of(path) != before;
        if !replaced || tries == TRIES {
            return opened;
        }
        tries += 1;
    }
}

/// Writes the key file of a copy of the workspace, locked with the same key. `Exists` where there is one already.
pub(crate) fn copy_to(workspace: &Place, to: &Path) -> Result<()> {
    let Some(key) = &workspace.key else { return Ok(()) };
    let key_file = KeyFile::find(&workspace.path, key.salt())?;
    let there = key_file::path_of(to);
    if there.exists() {
        return Err(StoreError::Exists(there));
    }
    key_file.write(&there)
}
