//! What can go wrong with other people's formats.

use std::path::PathBuf;

use portico_core::snapshot::{Problem, Stopped};

/// Why a desk could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is no desk of that id.
    #[error("Portico knows no desk named {0:?}")]
    UnknownDesk(String),
    /// Portico knows the desk, but not yet how to do this with it.
    #[error("{desk} cannot be {what} yet; the workspace keeps everything until then")]
    NotYet {
        /// The desk's name for people.
        desk: String,
        /// `read` or `written`.
        what: &'static str,
    },
    /// There is no such database for this desk.
    #[error("{0:?} is no database of this desk; say postgresql or mysql (MariaDB is mysql)")]
    UnknownDatabase(String),
    /// The source contains what the desk itself would refuse, or cannot be understood. Nothing was yielded.
    #[error("the source has {} problem(s); nothing was read", .problems.len() as u64 + .more)]
    BadSource {
        /// The first thousand.
        problems: Vec<Problem>,
        /// How many more there are.
        more: u64,
    },
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The archive is broken, encrypted, or of a shape that is not safe to read.
    #[error("{}: {reason}", path.display())]
    Archive {
        /// Which.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A file was checked, and was another one when it was read.
    #[error("{0} changed while it was read; wait until the dump is complete, or make it again")]
    Changed(String),
    /// The one who takes the batches, or an admin, stopped the work.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// A record cannot be written as this desk's dump.
    #[error("cannot be written as a dump: {0}")]
    Unwritable(String),
    /// A database cannot be read.
    #[error(transparent)]
    Database(#[from] crate::database::DatabaseError),
    /// An interface cannot be read.
    #[error(transparent)]
    Rest(#[from] crate::rest::RestError),
    /// Changes are not applied to this desk's database.
    #[error("Portico writes files for this desk, and nothing into a database of its own")]
    NoDatabase,
    /// An export would be unsafe.
    #[error("the export is refused: {}", .0.join("; "))]
    Refused(Vec<String>),
}

impl DeskError {
    /// An error of the file system at `path`.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io {
            path: path.into(),
            source,
        }
    }
}
