//! Where other people's files lie, and how they are read without trusting them: a folder, a .zip or one file. Nothing is
//! ever unpacked to disk, and no file can make the memory grow.

pub(crate) mod json;
pub(crate) mod once;
pub(crate) mod out;
pub(crate) mod pages;
pub(crate) mod places;
pub(crate) mod record;
pub(crate) mod said;
pub(crate) mod spoken;
pub(crate) mod taken;
pub(crate) mod tally;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod totals;
mod zipped;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

pub(crate) use self::said::SENTENCES;
use self::zipped::Zipped;
use crate::error::DeskError;

/// The most files that a source may have.
pub(crate) const MAX_FILES: usize = 200_000;
/// How deep folders may lie in each other.
const MAX_DEPTH: usize = 12;

/// A file of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its name for people: the path within the source, parts joined by `/`.
    pub(crate) name: String,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    Zipped(usize),
}

impl Entry {
    /// What follows the last dot, in lower case; empty for none.
    pub(crate) fn ending(&self) -> String {
        self.name
            .rsplit_once('.')
            .map_or_else(String::new, |(_, ending)| ending.to_lowercase())
    }

    /// The name without its ending.
    pub(crate) fn stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem)
    }
}

/// An opened source: its files by name.
#[derive(Debug)]
pub(crate) struct Files {
    zipped: Option<Zipped>,
    entries: Vec<Entry>,
}

impl Files {
    /// Lists the files that have one of the endings. A single file is taken whatever its ending.
    pub(crate) fn open(path: &Path, endings: &[&str]) -> Result<Self, DeskError> {
        let meta = std::fs::metadata(path).map_err(|e| DeskError::io(path, e))?;
        let wanted = |name: &str| {
            name.rsplit_once('.')
                .is_some_and(|(_, ending)| endings.iter().any(|one| one.eq_ignore_ascii_case(ending)))
        };
        let mut files = Self {
            zipped: None,
            entries: Vec::new(),
        };
        if meta.is_dir() {
            files.list(path, "", 0, &wanted)?;
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip")) {
            let zipped = Zipped::open(path)?;
            files.entries = zipped.list(&wanted)?;
            files.zipped = Some(zipped);
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str());
            files.entries.push(Entry {
                name: name.to_string_lossy().into_owned(),
                place: Place::File(path.to_owned()),
            });
        }
        files.entries.sort_by(|a, b| in_turn(&a.name, &b.name));
        Ok(files)
    }

    /// The files, pages in the order of their numbers.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Opens a file and hands over its bytes.
    pub(crate) fn read<T>(
        &self,
        entry: &Entry,
        work: &mut dyn FnMut(&mut dyn Read) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        match (&entry.place, &self.zipped) {
            (Place::Zipped(index), Some(zipped)) => zipped.read(*index, work),
            (Place::File(path), _) => work(&mut File::open(path).map_err(|e| DeskError::io(path, e))?),
            (Place::Zipped(_), None) => Err(DeskError::io(
                &entry.name,
                std::io::Error::from(std::io::ErrorKind::NotFound),
            )),
        }
    }

    fn list(
        &mut self,
        folder: &Path,
        prefix: &str,
        depth: usize,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(), DeskError> {
        for entry in std::fs::read_dir(folder).map_err(|e| DeskError::io(folder, e))? {
            let entry = entry.map_err(|e| DeskError::io(folder, e))?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(|e| DeskError::io(folder, e))?);
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            // Links to folders are not followed: they may lead in a circle.
            if kind.is_dir() && depth < MAX_DEPTH {
                self.list(&path, &format!("{name}/"), depth + 1, wanted)?;
            } else if path.is_file() && wanted(&name) {
                self.entries.push(Entry {
                    name,
                    place: Place::File(path),
                });
            }
            if self.entries.len() > MAX_FILES {
                let reason = format!("holds more than {MAX_FILES} files; choose the folder of the export alone");
                return Err(broken(folder, reason));
            }
        }
        Ok(())
    }
}

/// An archive or folder that cannot be read safely.
fn broken(path: &Path, reason: String) -> DeskError {
    DeskError::Archive {
        path: path.to_owned(),
        reason,
    }
}

/// Names in the order in which people count: page 2 comes before page 10.
fn in_turn(a: &str, b: &str) -> std::cmp::Ordering {
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}

/// A name as its words and numbers; numbers by their length first, so that they need not fit into a type.
fn parts(name: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let number = part.trim_start_matches('0');
        parts.push(if digits {
            (number.len(), number)
        } else {
            (usize::MAX, part)
        });
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::io::Write;

    use super::*;

    fn names(files: &Files) -> Vec<&str> {
        files.entries().iter().map(|e| e.name.as_str()).collect()
    }

    #[test]
    fn folders_are_walked_and_pages_stand_in_the_order_of_their_numbers() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("accounts/4000")).unwrap();
        for name in [
            "contacts-10.json",
            "contacts-2.json",
            "accounts/4000/contacts.JSON",
            "notes.doc",
        ] {
            std::fs::write(folder.path().join(name), "[]").unwrap();
        }
        let files = Files::open(folder.path(), &["json"]).unwrap();
        assert_eq!(
            names(&files),
            ["accounts/4000/contacts.JSON", "contacts-2.json", "contacts-10.json"]
        );
        assert_eq!(files.entries()[0].ending(), "json");
    }

    #[test]
    fn an_archive_is_read_in_place_and_one_file_alone_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for name in ["export/contacts.json", "__MACOSX/contacts.json", "export/readme.md"] {
            zip.start_file(name, options).unwrap();
            zip.write_all(b"[1]").unwrap();
        }
        zip.finish().unwrap();
        let files = Files::open(&path, &["json"]).unwrap();
        assert_eq!(names(&files), ["export/contacts.json"]);
        let text = |files: &Files| {
            files
                .read(&files.entries()[0], &mut |bytes| {
                    let mut text = String::new();
                    bytes.read_to_string(&mut text).unwrap();
                    Ok(text)
                })
                .unwrap()
        };
        assert_eq!(text(&files), "[1]");
        let one = folder.path().join("people.dat");
        std::fs::write(&one, "x").unwrap();
        assert_eq!(text(&Files::open(&one, &["json"]).unwrap()), "x");
    }

    #[test]
    fn archives_that_are_cut_or_lead_outside_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.zip");
        let write = |name: &str| {
            let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"[1]").unwrap();
            zip.finish().unwrap();
        };
        write("../../contacts.json");
        let outside = Files::open(&path, &["json"]).unwrap_err().to_string();
        assert!(outside.contains("outside"), "{outside}");
        write("contacts.json");
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 30]).unwrap();
        let cut = Files::open(&path, &["json"]).unwrap_err().to_string();
        assert!(cut.contains("complete"), "{cut}");
    }

    #[test]
    fn a_small_archive_that_claims_much_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        zip.start_file("contacts.json", zip::write::SimpleFileOptions::default())
            .unwrap();
        for _ in 0..257 {
            zip.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        zip.finish().unwrap();
        let bomb = Files::open(&path, &["json"]).unwrap_err().to_string();
        assert!(bomb.contains("claims"), "{bomb}");
    }
}
