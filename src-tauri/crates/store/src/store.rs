//! A workspace that is open.

use std::fmt::{self, Debug, Formatter};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Result, StoreError};
use crate::open::{self, Mode, Place};
use crate::passphrase::{self, Passphrase};
use crate::snapshot;
use crate::table::meta;

/// How many reading connections are kept for the next reader.
const KEPT_READERS: usize = 4;

/// What a new workspace is called and which desk it is about.
#[derive(Debug, Clone)]
pub struct NewWorkspace {
    /// Its name, for people.
    pub name: String,
    /// The desk's id.
    pub desk: String,
}

/// A connection with the snapshot that it has attached.
pub(crate) struct Line {
    pub(crate) conn: Connection,
    /// The id of the snapshot attached as `tickets`; `None` for the empty one.
    pub(crate) snapshot: Option<String>,
}

/// An open workspace: one writing connection, a few reading ones. May be shared between threads.
pub struct Store {
    place: Place,
    writer: Option<Mutex<Line>>,
    readers: Mutex<Vec<Line>>,
    watch: Mutex<Connection>,
}

/// A panic while the lock was held has rolled its transaction back; the connection is as good as before.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection that is only asked whether somebody wrote. SQLite counts the pages that all connections may keep
/// together, so that what this one does not need is not kept by another.
fn watching(conn: Connection) -> Result<Mutex<Connection>> {
    conn.execute_batch("PRAGMA cache_size = 10")?;
    Ok(Mutex::new(conn))
}

impl Debug for Store {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a new workspace file and opens it; `Exists` when there is a file already.
    pub fn create(path: &Path, new: &NewWorkspace) -> Result<Self> {
        let conn = open::create(path, None)?;
        meta::put(&conn, meta::NAME, &new.name)?;
        meta::put(&conn, meta::DESK, &new.desk)?;
        drop(conn);
        Self::open(path)
    }

    /// Makes a new workspace file that has the passphrase of this one, where it has one, and opens it; `Exists` when
    /// there is a file already.
    pub fn create_alike(&self, path: &Path, new: &NewWorkspace) -> Result<Self> {
        let path = open::absolute(path);
        let key = self.place.key.clone();
        let conn = open::create(&path, key.as_ref())?;
        meta::put(&conn, meta::NAME, &new.name)?;
        meta::put(&conn, meta::DESK, &new.desk)?;
        drop(conn);
        passphrase::copy_to(&self.place, &path)?;
        Self::enter(Place { path, key })
    }

    /// Opens a workspace that has no passphrase, to read and write; `Locked` when it has one. Else as [`Store::unlock`].
    pub fn open(path: &Path) -> Result<Self> {
        Self::unlock(path, None)
    }

    /// Opens a workspace to read and write. A passphrase is not looked at where the workspace has none.
    ///
    /// Refuses a file that is not a workspace (`NotAWorkspace`) or newer than this program (`TooNew`); one that needs
    /// a passphrase (`Locked`) or another one (`WrongPassphrase`); one whose key file is missing or damaged
    /// (`KeyFile`). A take-over of tickets or a change of passphrase that was interrupted is completed, what
    /// interrupted work left behind is removed.
    pub fn unlock(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self> {
        passphrase::enter(&open::absolute(path), passphrase, Self::enter)
    }

    /// Opens a workspace whose key is known.
    pub(crate) fn enter(place: Place) -> Result<Self> {
        let mut conn = open::connect(&place, Mode::Write)?;
        open::check(&mut conn, &place, Mode::Write)?;
        snapshot::recover(&place.path, meta::get(&conn, meta::SNAPSHOT)?.as_deref());
        passphrase::recover(&place);
        let watch = watching(open::connect(&place, Mode::Read)?)?;
        Ok(Self {
            place,
            writer: Some(Mutex::new(Line { conn, snapshot: None })),
            readers: Mutex::new(Vec::new()),
            watch,
        })
    }

    /// Opens a workspace that has no passphrase to read only.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        Self::unlock_read_only(path, None)
    }

    /// Opens a workspace to read only.
    pub fn unlock_read_only(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self> {
        passphrase::enter(&open::absolute(path), passphrase, |place| {
            let mut watch = open::connect(&place, Mode::ReadOnly)?;
            open::check(&mut watch, &place, Mode::ReadOnly)?;
            Ok(Self {
                place,
                writer: None,
                readers: Mutex::new(Vec::new()),
                watch: watching(watch)?,
            })
        })
    }

    /// The workspace file.
    pub fn path(&self) -> &Path {
        &self.place.path
    }

    /// The workspace file and its key.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Whether the workspace has a passphrase: its files are locked with the key that comes from it.
    pub fn is_encrypted(&self) -> bool {
        self.place.key.is_some()
    }

    /// Whether it was opened to read only.
    pub fn is_read_only(&self) -> bool {
        self.writer.is_none()
    }

    /// A value that changes with every commit by anyone, this process or another; for caches.
    pub fn data_version(&self) -> Result<i64> {
        Ok(lock(&self.watch).query_row("PRAGMA data_version", [], |r| r.get(0))?)
    }

    /// Reads in one transaction, so that all answers belong together; the tickets are attached as `tickets`.
    pub fn read<T, E: From<StoreError>>(&self, read: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        let mut line = self.reader()?;
        let result = line.within(&self.place, TransactionBehavior::Deferred, |conn| read(conn));
        let mut kept = lock(&self.readers);
        if kept.len() < KEPT_READERS {
            kept.push(line);
        }
        result
    }

    fn reader(&self) -> Result<Line> {
        if let Some(line) = lock(&self.readers).pop() {
            return Ok(line);
        }
        let mode = if self.is_read_only() {
            Mode::ReadOnly
        } else {
            Mode::Read
        };
        Ok(Line {
            conn: open::connect(&self.place, mode)?,
            snapshot: None,
        })
    }

    /// The connection that writes, alone for as long as the guard lives.
    pub(crate) fn writer(&self) -> Result<MutexGuard<'_, Line>> {
        self.writer.as_ref().map(lock).ok_or(StoreError::ReadOnly)
    }
}

impl Line {
    /// Runs `work` in a transaction that sees the snapshot belonging to its configuration, and rolls back.
    pub(crate) fn within<T, E: From<StoreError>>(
        &mut self,
        place: &Place,
        behavior: TransactionBehavior,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self.begin(place, behavior)?;
        let result = work(&tx);
        tx.rollback().map_err(StoreError::from)?;
        result
    }

    /// Begins a transaction with the right snapshot attached (which is only possible outside of one).
    pub(crate) fn begin(&mut self, place: &Place, behavior: TransactionBehavior) -> Result<rusqlite::Transaction<'_>> {
        let Self {
            conn,
            snapshot: attached,
        } = self;
        let conn: &Connection = conn;
        // Another process may take over a snapshot between the two looks; then this one looks again.
        for _ in 0..8 {
            let wanted = meta::get(conn, meta::SNAPSHOT)?;
            if wanted != *attached {
                snapshot::attach(conn, place, wanted.as_deref())?;
                attached.clone_from(&wanted);
            }
            let tx = rusqlite::Transaction::new_unchecked(conn, behavior)?;
            if meta::get(&tx, meta::SNAPSHOT)? == wanted {
                return Ok(tx);
            }
        }
        Err(StoreError::Busy)
    }
}
