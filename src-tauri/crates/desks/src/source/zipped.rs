//! An archive, read entry by entry.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::{Entry, MAX_FILES, Place, broken};
use crate::error::DeskError;

/// The most bytes one entry may have.
const MAX_ENTRY: u64 = 64 << 30;
/// An entry of this size that shrinks more than [`MAX_RATIO`] times is no export but a trap.
const LARGE: u64 = 256 << 20;
const MAX_RATIO: u64 = 200;
/// All entries together; a thousand small traps are one large one.
const MAX_ALL: u64 = 256 << 30;

pub(super) struct Zipped {
    path: PathBuf,
    // Its directory is read once, not again for each page.
    archive: RefCell<ZipArchive<BufReader<File>>>,
}

impl std::fmt::Debug for Zipped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Zipped")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Zipped {
    pub(super) fn open(path: &Path) -> Result<Self, DeskError> {
        let file = File::open(path).map_err(|e| DeskError::io(path, e))?;
        let archive = ZipArchive::new(BufReader::new(file))
            .map_err(|e| broken(path, format!("is not a complete .zip ({e}); copy or download it again")))?;
        Ok(Self {
            path: path.to_owned(),
            archive: RefCell::new(archive),
        })
    }

    fn broken(&self, reason: String) -> DeskError {
        broken(&self.path, reason)
    }

    /// The entries that are wanted; one that is not safe refuses them all.
    pub(super) fn list(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Entry>, DeskError> {
        let mut archive = self.archive.borrow_mut();
        if archive.len() > MAX_FILES {
            let reason = format!("has {} entries; no export has more than {MAX_FILES}", archive.len());
            return Err(self.broken(reason));
        }
        let (mut entries, mut names, mut all) = (Vec::new(), HashSet::new(), 0_u64);
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|e| self.broken(e.to_string()))?;
            if !entry.is_file() {
                continue;
            }
            let Some(path) = entry.enclosed_name() else {
                let number = index + 1;
                return Err(self.broken(format!(
                    "entry {number} points outside the archive; make the archive again"
                )));
            };
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let name = parts.join("/");
            if parts.iter().any(|part| part == "__MACOSX") || !wanted(&name) {
                continue;
            }
            if entry.encrypted() {
                return Err(self.broken(format!("{name} is encrypted; unpack it and give the folder")));
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            all = all.saturating_add(size);
            if size > MAX_ENTRY || all > MAX_ALL || (size > LARGE && size / packed.max(1) > MAX_RATIO) {
                return Err(self.broken(format!(
                    "{name} claims {size} bytes packed into {packed}; unpack it yourself and give the folder if that is right"
                )));
            }
            if !names.insert(name.clone()) {
                return Err(self.broken(format!("holds {name} more than once; keep one")));
            }
            entries.push(Entry {
                name,
                place: Place::Zipped(index),
            });
        }
        Ok(entries)
    }

    pub(super) fn read<T>(
        &self,
        index: usize,
        work: &mut dyn FnMut(&mut dyn Read) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let mut archive = self.archive.borrow_mut();
        let entry = archive.by_index(index).map_err(|e| self.broken(e.to_string()))?;
        // An entry that yields more than it claims would go round the check of its size.
        let claimed = entry.size();
        work(&mut entry.take(claimed))
    }
}
