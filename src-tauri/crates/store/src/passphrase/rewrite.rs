//! Writing a workspace's files anew, locked with another key or with none.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::key_file::{self, KeyFile};
use super::{Cost, Key, Passphrase};
use crate::error::{Result, StoreError};
use crate::import::{CancelFlag, Progress};
use crate::open::{self, Mode, Place};
use crate::snapshot;
use crate::store::Store;
use crate::table::{meta, user_secret};

/// What to do with a workspace's passphrase.
#[derive(Debug, Clone, Copy)]
pub enum Relock<'a> {
    /// Give it one; `HasPassphrase` where it has one.
    Set {
        /// The passphrase.
        new: &'a Passphrase,
        /// What one guess shall cost.
        cost: Cost,
    },
    /// Give it another, and another salt and key with it; `NoPassphrase` where it has none.
    Change {
        /// The one it has; `WrongPassphrase` where it has another.
        old: &'a Passphrase,
        /// The one it gets.
        new: &'a Passphrase,
        /// What one guess shall cost.
        cost: Cost,
    },
    /// Take it away: from then on everybody who can read the files can read the workspace.
    Remove {
        /// The one it has.
        old: &'a Passphrase,
    },
}

/// A passphrase that was not set, changed or removed: nothing has happened to the files.
#[derive(Debug)]
pub struct NotRelocked {
    /// Why not.
    pub error: StoreError,
    /// The workspace, open as before; `None` where it could not be opened again.
    pub store: Option<Store>,
}

impl Store {
    /// Sets, changes or removes the passphrase and opens the workspace again. All or nothing, also after a crash.
    ///
    /// `Busy` while anybody else, this process included, has the workspace open.
    pub fn relock(
        self,
        how: Relock<'_>,
        progress: &mut dyn FnMut(Progress),
        cancel: &CancelFlag,
    ) -> Result<Self, Box<NotRelocked>> {
        let to = match prepare(&self, how) {
            Ok(to) => to,
            Err(error) => {
                let store = Some(self);
                return Err(Box::new(NotRelocked { error, store }));
            }
        };
        let from = self.place().clone();
        let after = Place {
            path: from.path.clone(),
            key: to.as_ref().map(|(_, key)| key.clone()),
        };
        // Nobody may have the files open that are put out of the way, we neither.
        drop(self);
        let rewritten = Rewriting::begin(&from, cancel).and_then(|it| it.write(to.as_ref(), progress)?.finish());
        match rewritten {
            Ok(()) => Self::enter(after).map_err(|error| Box::new(NotRelocked { error, store: None })),
            Err(error) => {
                let store = Self::enter(from).ok();
                Err(Box::new(NotRelocked { error, store }))
            }
        }
    }
}

/// Asks whether it can be done; derives the new key.
fn prepare(store: &Store, how: Relock<'_>) -> Result<Option<(KeyFile, Key)>> {
    let Place { path, key } = store.place();
    if store.is_read_only() {
        return Err(StoreError::ReadOnly);
    }
    match (how, key) {
        (Relock::Set { .. }, Some(_)) => return Err(StoreError::HasPassphrase(path.clone())),
        (Relock::Change { .. } | Relock::Remove { .. }, None) => return Err(StoreError::NoPassphrase(path.clone())),
        (Relock::Set { .. }, None) => {}
        (Relock::Change { old, .. } | Relock::Remove { old }, Some(key)) => {
            KeyFile::find(path, key.salt())?.unlock(old, path)?;
        }
    }
    match how {
        Relock::Set { new, cost } | Relock::Change { new, cost, .. } => Ok(Some(KeyFile::fresh(new, cost)?)),
        Relock::Remove { .. } => Ok(None),
    }
}

/// `name.portico.<id>.part`: the workspace file that will take the old one's place.
fn part_of(workspace: &Path, id: &str) -> PathBuf {
    let mut name = workspace.as_os_str().to_owned();
    name.push(format!(".{id}.part"));
    name.into()
}

/// Files that are not yet the workspace's. They go when this goes.
struct Parts(Vec<PathBuf>);

impl Drop for Parts {
    fn drop(&mut self) {
        for path in &self.0 {
            discard(path);
        }
    }
}

fn discard(path: &Path) {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(path = %path.display(), error = %e, "cannot remove a leftover");
        }
        _ => {}
    }
}

/// A workspace that nobody else has open, and whose files are being written anew.
struct Rewriting<'a> {
    from: &'a Place,
    /// The old file, locked against everybody.
    old: Connection,
    /// The id of the old ticket snapshot, where it is there.
    tickets: Option<String>,
    cancel: &'a CancelFlag,
}

/// All new files are written; the old ones are the workspace's still.
struct Written<'a> {
    from: &'a Place,
    old: Option<Connection>,
    workspace: PathBuf,
    tickets: Option<String>,
    locked: bool,
    parts: Parts,
}

impl<'a> Rewriting<'a> {
    fn begin(from: &'a Place, cancel: &'a CancelFlag) -> Result<Self> {
        let mut old = open::connect(from, Mode::Write)?;
        open::check(&mut old, from, Mode::Write)?;
        let id = meta::get(&old, meta::SNAPSHOT)?;
        snapshot::recover(&from.path, id.as_deref());
        recover(from);
        cancel.watch(&old)?;
        snapshot::attach(&old, from, id.as_deref())?;
        let there = snapshot::id_of_attached(&old)?;
        keep_alone(&old)?;
        Ok(Self {
            from,
            old,
            tickets: there.filter(|there| Some(there) == id.as_ref()),
            cancel,
        })
    }

    /// Writes all that is new beside the old files and brings it to the disk.
    fn write(self, to: Option<&(KeyFile, Key)>, progress: &mut dyn FnMut(Progress)) -> Result<Written<'a>> {
        let path = &self.from.path;
        let mut parts = Parts(Vec::new());
        if let Some((key_file, _)) = to {
            let part = key_file::part_of(path);
            parts.0.push(part.clone());
            key_file.write(&part)?;
        }
        let key = to.map(|(_, key)| key);
        // A new id: so the new snapshot belongs to the new workspace file, and the old to the old one.
        let new_id = self.tickets.as_ref().map(|_| uuid::Uuid::now_v7().to_string());
        if let Some(id) = &new_id {
            self.tell("tickets", progress)?;
            let part = snapshot::part_of(path, id);
            parts.0.push(part.clone());
            self.export("tickets", &part, key, Some(id))?;
        }
        self.tell("workspace", progress)?;
        let workspace = part_of(path, &uuid::Uuid::now_v7().to_string());
        parts.0.push(workspace.clone());
        self.export("main", &workspace, key, new_id.as_deref())?;
        self.tell("workspace", progress)?;
        sync_folder(path)?;
        Ok(Written {
            from: self.from,
            old: Some(self.old),
            workspace,
            tickets: new_id,
            locked: to.is_some(),
            parts,
        })
    }

    fn tell(&self, kind: &'static str, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        progress(Progress {
            phase: "rewriting",
            kind,
            done: 0,
        });
        if self.cancel.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        Ok(())
    }

    /// Copies the file attached as `source` to the new file `part`, which names the snapshot `id`.
    fn export(&self, source: &str, part: &Path, key: Option<&Key>, id: Option<&str>) -> Result<()> {
        let conn = &self.old;
        // Whoever may not read the old file shall not read the new one either, not even while it is written.
        let file = std::fs::File::create_new(part).map_err(|e| StoreError::io(part, e))?;
        let allowed = std::fs::metadata(&self.from.path).map(|about| about.permissions());
        let allowed = allowed.and_then(|allowed| file.set_permissions(allowed));
        allowed.map_err(|e| StoreError::io(part, e))?;
        drop(file);
        open::attach_new(conn, part, "part", key)?;
        // Whatever goes wrong, the file is thrown away: it needs no journal.
        conn.execute_batch(
            "PRAGMA part.journal_mode = OFF; PRAGMA part.synchronous = OFF; PRAGMA part.cache_size = -32000;",
        )?;
        conn.query_row("SELECT sqlcipher_export('part', ?1)", [source], |_| Ok(()))?;
        for number in ["application_id", "user_version"] {
            let value: i64 = conn.pragma_query_value(Some(source), number, |r| r.get(0))?;
            conn.pragma_update(Some("part"), number, value)?;
        }
        if let Some(id) = id {
            conn.execute("UPDATE part.meta SET value = ?1 WHERE key = 'snapshot_id'", [id])?;
        }
        if key.is_none() && source == "main" {
            user_secret::wipe(conn, "part")?;
        }
        conn.execute_batch("DETACH part")?;
        let synced = std::fs::File::open(part).and_then(|file| file.sync_all());
        synced.map_err(|e| StoreError::io(part, e))
    }
}

impl Written<'_> {
    fn finish(mut self) -> Result<()> {
        self.take_over()?;
        self.settle();
        Ok(())
    }

    /// The moment at which everything changes.
    fn take_over(&mut self) -> Result<()> {
        let path = &self.from.path;
        if cfg!(windows) {
            // There a file that is open cannot be replaced.
            self.old = None;
        }
        std::fs::rename(&self.workspace, path).map_err(|e| StoreError::io(path, e))?;
        // From here on these files are the workspace's, whatever happens.
        self.parts.0.clear();
        Ok(())
    }

    /// Puts the rest in its place. What does not succeed is done when the workspace is opened.
    fn settle(self) {
        let path = &self.from.path;
        let before = self.from.key.as_ref().map(Key::salt);
        let settled = if self.locked {
            KeyFile::settle(path, before)
        } else {
            forget(path, before)
        };
        let taken = self.tickets.as_ref().map_or(Ok(()), |id| snapshot::take_over(path, id));
        let synced = sync_folder(path);
        // Somebody who waits for the old file must not take it for the workspace: it has no name any more.
        let spoil = "PRAGMA main.journal_mode = OFF; PRAGMA main.application_id = 0;";
        let spoilt = self.old.as_ref().map_or(Ok(()), |old| Ok(old.execute_batch(spoil)?));
        for error in [settled, taken, synced, spoilt].into_iter().filter_map(Result::err) {
            tracing::warn!(path = %path.display(), %error, "a change of passphrase was not cleared up after");
        }
    }
}

/// Removes the key file that nothing needs any more.
fn forget(workspace: &Path, before: Option<[u8; super::SALT]>) -> Result<()> {
    let path = key_file::path_of(workspace);
    if before.is_some_and(|salt| KeyFile::belongs(&path, salt)) {
        std::fs::remove_file(&path).map_err(|e| StoreError::io(&path, e))?;
    }
    Ok(())
}

/// Locks the workspace file against everybody; `Busy` while anybody has it open.
fn keep_alone(conn: &Connection) -> Result<()> {
    let mode = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, String>(0));
    // Only a connection that is alone can leave the WAL.
    mode("PRAGMA main.journal_mode = DELETE")?;
    // Not before: a journal that is written under an exclusive lock stays behind.
    conn.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA main.locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;")?;
    // Somebody who came in between has gone back to the WAL, beside which an exclusive lock is none.
    if mode("PRAGMA main.journal_mode")? == "delete" {
        Ok(())
    } else {
        Err(StoreError::Busy)
    }
}

/// Brings the folder's list of names to the disk.
fn sync_folder(workspace: &Path) -> Result<()> {
    let Some(folder) = workspace.parent().filter(|_| cfg!(unix)) else {
        return Ok(());
    };
    let synced = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|e| StoreError::io(folder, e))
}

/// Completes a change of passphrase that was interrupted after it had happened, and removes what one that was
/// interrupted before left behind. Only for whoever has the workspace open: then nobody else is changing it.
pub(crate) fn recover(workspace: &Place) {
    let path = &workspace.path;
    let next = key_file::part_of(path);
    if next.exists() {
        let salt = workspace.key.as_ref().map(Key::salt);
        if salt.is_some_and(|salt| KeyFile::belongs(&next, salt)) {
            if let Err(error) = KeyFile::settle(path, None) {
                tracing::warn!(path = %next.display(), %error, "cannot complete a change of passphrase");
            }
        } else {
            discard(&next);
        }
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str())) else {
        return;
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let file = entry.file_name();
        let id = file
            .to_str()
            .and_then(|file| file.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".part"));
        if id.is_some_and(|id| uuid::Uuid::try_parse(id).is_ok()) {
            discard(&entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
