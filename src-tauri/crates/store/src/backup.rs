//! Copies of a workspace.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::error::{Result, StoreError};
use crate::store::Store;
use crate::table::meta;
use crate::{open, snapshot};

/// Pages copied at a time; in between others may write.
const STRIDE: i32 = 1024;

impl Store {
    /// Copies the workspace as it is now to the new file `to`, with its tickets beside it; `Exists` if there is one.
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

    fn copy(&self, conn: &Connection, to: &Path) -> Result<()> {
        let mut copy = Connection::open(to)?;
        open::set_up(&copy)?;
        Backup::new(conn, &mut copy)?.run_to_completion(STRIDE, Duration::ZERO, None)?;
        match meta::get(conn, meta::SNAPSHOT)? {
            Some(id) => snapshot::copy_to(self.path(), &id, to),
            None => Ok(()),
        }
    }
}
