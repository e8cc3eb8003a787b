//! What the store refuses, and what can go wrong with a file.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was written by a newer program; opening it could destroy what this one does not know.
    #[error("{} was written by a newer Portico (version {found} of its tables, this program knows {known})", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// The version of its tables.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The file is not a workspace, or is damaged.
    #[error("{} is not a Portico workspace", .0.display())]
    NotAWorkspace(PathBuf),
    /// There is a file already where a new workspace should be.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// Another process holds the workspace, longer than we wait.
    #[error("another process is writing to the workspace")]
    Busy,
    /// The file needs a passphrase, and none was given.
    #[error("{} is locked: it needs its passphrase", .0.display())]
    Locked(PathBuf),
    /// The passphrase is another.
    #[error("this is not the passphrase of {}", .0.display())]
    WrongPassphrase(PathBuf),
    /// Nothing is no passphrase.
    #[error("a passphrase has at least one character that is not a space")]
    EmptyPassphrase,
    /// The workspace has a passphrase already; it can be changed.
    #[error("{} has a passphrase already; change it instead", .0.display())]
    HasPassphrase(PathBuf),
    /// The workspace has no passphrase that could be changed or removed.
    #[error("{} has no passphrase", .0.display())]
    NoPassphrase(PathBuf),
    /// The file beside a locked workspace that says how its passphrase becomes its key cannot be used.
    #[error("{} {problem}", path.display())]
    KeyFile {
        /// Where it is, or should be.
        path: PathBuf,
        /// What is wrong with it.
        problem: KeyFileProblem,
    },
    /// The workspace was opened for reading only.
    #[error("the workspace is open for reading only")]
    ReadOnly,
    /// There is no such thing.
    #[error("there is no {what} {key}")]
    NotFound {
        /// What was looked for (`external_user`).
        what: &'static str,
        /// Its id or key.
        key: String,
    },
    /// Somebody changed it since it was read.
    #[error("it was changed meanwhile")]
    Stale,
    /// A value that must be unique is taken.
    #[error("{table}: {field} {value:?} is taken")]
    Duplicate {
        /// The table (`external_user`).
        table: String,
        /// The column (`login`).
        field: String,
        /// The value.
        value: String,
    },
    /// Something else still refers to it, or it refers to something that is not there.
    #[error("something refers to what is not there, or would be left without what it refers to")]
    Reference,
    /// What the desk has cannot be taken over alone.
    #[error("{table} {key}: {}", if field.is_empty() { "something here refers to it, or it to something that is not here".to_owned() } else { format!("its {field} names a record that only the desk has") })]
    NotTaken {
        /// The table (`external_user`).
        table: &'static str,
        /// The row's key.
        key: String,
        /// The column that names a record which is not here; empty where something stands against the row itself.
        field: &'static str,
    },
    /// A change cannot be undone (or done again), because a later one built on it.
    #[error("change {change} cannot be undone: {}", later.as_ref().map_or_else(|| "the data has changed since".to_owned(), |l| format!("change {} ({}) came later", l.id.0, l.intent.code)))]
    Conflict {
        /// The change that was to be undone.
        change: i64,
        /// The later change that touched the same, where the log has one.
        later: Option<Box<crate::history::Change>>,
    },
    /// There is nothing to undo, or nothing to do again, since the last import.
    #[error("there is nothing to undo or to do again")]
    NothingToUndo,
    /// A state from before the last import: an import keeps what the desk has, not what it had.
    #[error("change {0} came before the last import: what the desk had then is not kept")]
    BeforeImport(i64),
    /// What was read from the file makes no sense.
    #[error("the workspace is damaged: {0}")]
    Damaged(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// It was cancelled; nothing has changed.
    #[error("cancelled")]
    Cancelled,
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The tables could not be brought to this program's version.
    #[error("the workspace's tables could not be brought up to date: {0}")]
    Migration(#[from] rusqlite_migration::Error),
    /// Anything else that the database says.
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
}

/// What is wrong with the key file of a locked workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileProblem {
    /// It is not there. Whether the file beside it is a locked workspace at all cannot be told without it.
    #[error(
        "is missing: if the file beside it is a workspace with a passphrase, it cannot be opened without its key file; \
         bring it back from where the workspace was, or from a backup"
    )]
    Missing,
    /// It is another workspace's.
    #[error("belongs to another workspace: bring back the key file that this workspace had beside it")]
    Other,
    /// It cannot be read.
    #[error("is damaged: bring back the key file that this workspace had beside it, from a backup")]
    Damaged,
    /// A newer program wrote it.
    #[error("was written by a newer Portico")]
    TooNew,
}

impl StoreError {
    /// An error of the file system about `path`.
    pub(crate) fn io(path: &std::path::Path, source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            Self::Full
        } else {
            Self::Io {
                path: path.to_owned(),
                source,
            }
        }
    }

    /// Names the value in a refusal that knows only table and column.
    pub(crate) fn with_value(self, text: impl FnOnce(&str) -> String) -> Self {
        match self {
            Self::Duplicate { table, field, value } if value.is_empty() => {
                let value = text(&field);
                Self::Duplicate { table, field, value }
            }
            other => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            return Self::Sqlite(error);
        };
        let text = message.as_deref().unwrap_or_default();
        match code.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::OperationInterrupted => Self::Cancelled,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::ConstraintViolation => match text.strip_prefix("UNIQUE constraint failed: ") {
                Some(place) => {
                    let first = place.split(", ").next().unwrap_or(place);
                    let (table, field) = first.split_once('.').unwrap_or(("", first));
                    Self::Duplicate {
                        table: table.to_owned(),
                        field: field.to_owned(),
                        value: String::new(),
                    }
                }
                None if text.starts_with("FOREIGN KEY") => Self::Reference,
                None => Self::Sqlite(error),
            },
            _ => Self::Sqlite(error),
        }
    }
}

/// A result whose error is the store's.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn who_waits_in_vain_is_told_that_it_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let (one, two) = (
            rusqlite::Connection::open(&path).unwrap(),
            rusqlite::Connection::open(&path).unwrap(),
        );
        one.execute_batch("BEGIN IMMEDIATE").unwrap();
        two.busy_timeout(std::time::Duration::ZERO).unwrap();
        let refused = two.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from);
        assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    }
}
