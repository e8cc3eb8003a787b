//! Copies of a workspace.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::error::{Result, StoreError};
use crate::open::Place;
use crate::store::Store;
use crate::table::meta;
use crate::{open, passphrase, snapshot};

/// Pages copied at a time; in between others may write.
const STRIDE: i32 = 1024;

impl Store {
    /// Copies the workspace as it is now to the new file `to`, with its tickets beside it; `Exists` if there is one.
    ///
    /// The copy of a workspace with a passphrase has the same one.
    ///
    /// Others may read and write meanwhile. The copy belongs together: the tickets are those it names.
    pub fn backup(&self, to: &Path) -> Result<()> {
        match std::fs::OpenOptions::new().write(true).create_new(true).open(to) {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => return Err(StoreError::Exists(to.to_owned())),
            Err(e) => return Err(StoreError::io(to, e)),
            Ok(_) => {}
        }
        let to = open::absolute(to);
        let copied = self.read(|conn| self.copy(conn, &to));
        if copied.is_err() {
            // Half a copy must not be taken for one. What went wrong is told already.
            let _removed = std::fs::remove_file(&to);
        }
        copied
    }

    /// The same copy, opened: things can be tried out in it, also where this one only reads.
    pub fn copy_apart(&self, to: &Path) -> Result<Self> {
        self.backup(to)?;
        Self::enter(Place {
            path: open::absolute(to),
            key: self.place().key.clone(),
        })
    }

    fn copy(&self, conn: &Connection, to: &Path) -> Result<()> {
        let mut copy = Connection::open(to)?;
        // The pages are copied as they are in memory; the copy's own key locks them again.
        open::set_up(&copy, self.place().key.as_ref())?;
        Backup::new(conn, &mut copy)?.run_to_completion(STRIDE, Duration::ZERO, None)?;
        if let Some(id) = meta::get(conn, meta::SNAPSHOT)? {
            snapshot::copy_to(self.path(), &id, to)?;
        }
        passphrase::copy_to(self.place(), to)
    }
}
