//! Private folders among the system's temporary files. Each is locked while a process uses it, so that what a killed one
//! left behind can be told from what another still needs.

use std::fs::{self, DirEntry, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What its name begins with.
const NAME: &str = "portico-pages-";
/// The same before it is locked.
const BEGUN: &str = "portico-begun-";
const LOCK: &str = "in-use";
/// Beside the lock, so that nobody takes that for a page.
const INSIDE: &str = "pages";
/// What has no lock, and cannot be told by it, is left alone for so long.
const OLD: Duration = Duration::from_hours(24);

/// A folder for nobody but whoever runs this; gone with its value.
pub(super) struct Private {
    /// Given up before the folder is removed.
    lock: Option<File>,
    folder: PathBuf,
    inside: PathBuf,
}

impl Private {
    /// Makes one, and removes those that nobody uses any more.
    pub(super) fn make() -> io::Result<Self> {
        let root = std::env::temp_dir();
        clear(&root);
        Self::make_in(&root)
    }

    fn make_in(root: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(BEGUN);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let begun = builder.tempdir_in(root)?;
        let lock = File::create(begun.path().join(LOCK))?;
        lock.lock()?;
        let name = begun.path().file_name().unwrap_or_default().to_string_lossy();
        let folder = root.join(format!("{NAME}{}", name.trim_start_matches(BEGUN)));
        // Under this name it is locked from the first moment.
        fs::rename(begun.keep(), &folder)?;
        let made = Self {
            lock: Some(lock),
            inside: folder.join(INSIDE),
            folder,
        };
        fs::create_dir(&made.inside)?;
        Ok(made)
    }

    /// Where what is private lies.
    pub(super) fn path(&self) -> &Path {
        &self.inside
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        drop(self.lock.take());
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "a folder for pages could not be removed");
        }
    }
}

/// Removes what readings left behind whose process was killed, and leaves what a living process reads into.
pub fn clear_leftovers() {
    clear(&std::env::temp_dir());
}

fn clear(root: &Path) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && (name.starts_with(NAME) || name.starts_with(BEGUN)) && is_left(&entry, name.starts_with(NAME)) {
            match fs::remove_dir_all(entry.path()) {
                Ok(()) => tracing::info!("removed pages that a reading had left behind"),
                // Somebody else's, most likely.
                Err(error) => tracing::debug!(%error, "a folder with pages could not be removed"),
            }
        }
    }
}

/// Whether nobody uses it. The lock is given up at once, and nobody takes one that is there.
fn is_left(entry: &DirEntry, is_named: bool) -> bool {
    let is_old = || {
        let changed = entry.metadata().and_then(|about| about.modified());
        changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age > OLD))
    };
    match File::open(entry.path().join(LOCK)) {
        Ok(lock) => match lock.try_lock() {
            Ok(()) => is_named || is_old(),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
        },
        Err(_) => is_old(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::{LOCK, OLD, Private, clear};

    #[test]
    fn what_is_left_goes_and_what_is_used_stays() {
        let root = tempfile::tempdir().unwrap();
        let used = Private::make_in(root.path()).unwrap();
        fs::write(used.path().join("list-1.json"), "{}").unwrap();
        let of = |name: &str, lock: bool| {
            let folder = root.path().join(name);
            fs::create_dir_all(folder.join("pages")).unwrap();
            fs::write(folder.join("pages/list-1.json"), "{}").unwrap();
            if lock {
                File::create(folder.join(LOCK)).unwrap();
            }
            folder
        };
        let (killed, young, old) = (
            of("portico-pages-killed", true),
            of("portico-pages-young", false),
            of("portico-pages-old", false),
        );
        let (begun, other) = (of("portico-begun-now", true), of("other", false));
        let then = SystemTime::now() - OLD - Duration::from_mins(1);
        File::open(&old).unwrap().set_modified(then).unwrap();
        clear(root.path());
        assert!(!killed.exists() && !old.exists());
        assert!(young.exists() && begun.exists() && other.exists());
        assert!(used.path().join("list-1.json").exists(), "a reading goes on");
        drop(used);
        let left = fs::read_dir(root.path()).unwrap().count();
        assert_eq!(left, 3, "it is gone with whoever used it");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_looks_into_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let made = Private::make_in(root.path()).unwrap();
        let rights = fs::metadata(&made.folder).unwrap().permissions().mode();
        assert_eq!(rights & 0o777, 0o700);
    }
}
