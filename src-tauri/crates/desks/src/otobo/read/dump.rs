//! Where tables lie: a folder, a .zip, or the database itself. Nothing is ever unpacked to disk.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::records::USERS;
use crate::database::{self, Connection, DatabaseError, Moment};
use crate::error::DeskError;
use crate::otobo::dump_script;
use crate::reader::Bodies;

/// The most entries an archive may have.
const MAX_ENTRIES: usize = 10_000;
/// The most bytes one table may have.
const MAX_TABLE: u64 = 64 << 30;
/// Text of this size that shrinks more than [`MAX_RATIO`] times is no dump but a trap.
const LARGE: u64 = 256 << 20;
const MAX_RATIO: u64 = 200;
/// The most bytes a file of settings may have.
const MAX_SETTINGS: u64 = 8 << 20;

const ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];

enum Place {
    File(PathBuf),
    Entry(usize),
    Query(String),
}

/// An opened source.
pub(super) struct Dump {
    path: PathBuf,
    zipped: bool,
    /// The database, where it is one; every table is asked for at the same moment of it.
    moment: Option<RefCell<Box<dyn Moment>>>,
    /// File name (lower case) to its name as written and its place.
    files: BTreeMap<String, (String, Place)>,
}

impl Dump {
    /// Lists what lies in a folder or an archive.
    pub(super) fn open(path: &Path) -> Result<Self, DeskError> {
        let meta = std::fs::metadata(path).map_err(|e| DeskError::io(path, e))?;
        let mut dump = Self {
            path: path.to_owned(),
            zipped: !meta.is_dir(),
            moment: None,
            files: BTreeMap::new(),
        };
        if dump.zipped {
            dump.list_archive()?;
        } else {
            dump.list_folder()?;
        }
        Ok(dump)
    }

    /// Opens a database and lists which of the desk's tables it has.
    pub(super) fn connect(connection: &Connection, bodies: Bodies) -> Result<Self, DeskError> {
        let mut moment = database::open(connection)?;
        let there = moment.tables()?;
        if !there.contains(USERS.table) {
            return Err(DeskError::Database(DatabaseError::Elsewhere {
                database: connection.address.database.clone(),
                table: USERS.table.to_owned(),
                user: connection.address.user.clone(),
            }));
        }
        let queries = dump_script::queries(bodies).into_iter();
        let files = queries
            .filter(|(table, _)| there.contains(*table))
            .map(|(table, query)| (format!("{table}.csv"), (table.to_owned(), Place::Query(query))));
        Ok(Self {
            path: PathBuf::new(),
            zipped: false,
            files: files.collect(),
            moment: Some(RefCell::new(moment)),
        })
    }

    /// One file alone, as the table of that name.
    pub(super) fn single(path: &Path, table: &str) -> Result<Self, DeskError> {
        std::fs::metadata(path).map_err(|e| DeskError::io(path, e))?;
        let name = path
            .file_name()
            .map_or_else(|| table.to_owned(), |n| n.to_string_lossy().into_owned());
        let ending = name
            .rsplit_once('.')
            .map_or("csv", |(_, ending)| ending)
            .to_ascii_lowercase();
        let files = BTreeMap::from([(format!("{table}.{ending}"), (name, Place::File(path.to_owned())))]);
        Ok(Self {
            path: path.to_owned(),
            zipped: false,
            moment: None,
            files,
        })
    }

    fn list_folder(&mut self) -> Result<(), DeskError> {
        for entry in std::fs::read_dir(&self.path).map_err(|e| DeskError::io(&self.path, e))? {
            let entry = entry.map_err(|e| DeskError::io(&self.path, e))?;
            let path = entry.path();
            if path.is_file()
                && let Some(name) = entry.file_name().to_str()
            {
                self.files
                    .insert(name.to_ascii_lowercase(), (name.to_owned(), Place::File(path)));
            }
        }
        Ok(())
    }

    fn list_archive(&mut self) -> Result<(), DeskError> {
        let mut archive = self.archive()?;
        if archive.len() > MAX_ENTRIES {
            return Err(self.broken(format!("has {} entries; a dump has a few dozen", archive.len())));
        }
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|e| self.broken(e.to_string()))?;
            if !entry.is_file() {
                continue;
            }
            let Some(name) = entry.enclosed_name() else {
                return Err(self.broken(format!(
                    "entry {} points outside the archive; make the archive again",
                    index + 1
                )));
            };
            if name.iter().any(|part| part == "__MACOSX") {
                continue;
            }
            let Some(base) = name.file_name().and_then(|n| n.to_str()).map(str::to_owned) else {
                continue;
            };
            let interesting = base.eq_ignore_ascii_case("settings.json") || table_of(&base).is_some();
            if !interesting {
                continue;
            }
            if entry.encrypted() {
                return Err(self.broken(format!("{base} is encrypted; unpack it and give the folder")));
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            if size > MAX_TABLE || (size > LARGE && size / packed.max(1) > MAX_RATIO) {
                return Err(self.broken(format!(
                    "{base} claims {size} bytes packed into {packed}; unpack it yourself and give the folder if that is right"
                )));
            }
            if self
                .files
                .insert(base.to_ascii_lowercase(), (base.clone(), Place::Entry(index)))
                .is_some()
            {
                return Err(self.broken(format!("holds {base} more than once; keep one")));
            }
        }
        Ok(())
    }

    fn archive(&self) -> Result<ZipArchive<BufReader<File>>, DeskError> {
        let file = File::open(&self.path).map_err(|e| DeskError::io(&self.path, e))?;
        ZipArchive::new(BufReader::new(file))
            .map_err(|e| self.broken(format!("is neither a folder nor a readable .zip ({e})")))
    }

    fn broken(&self, reason: String) -> DeskError {
        DeskError::Archive {
            path: self.path.clone(),
            reason,
        }
    }

    /// The file that holds a table, under the first ending that is there.
    pub(super) fn file_of(&self, table: &str) -> Option<&str> {
        self.endings_of(table).next()
    }

    /// All files that would hold a table; more than one is a mistake.
    pub(super) fn endings_of(&self, table: &str) -> impl Iterator<Item = &str> {
        ENDINGS
            .iter()
            .filter_map(move |end| self.files.get(&format!("{table}.{end}")))
            .map(|(name, _)| name.as_str())
    }

    /// Opens a file by its name and hands over its bytes.
    pub(super) fn with<T>(
        &self,
        name: &str,
        work: &mut dyn FnMut(&mut dyn Read) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        match self.files.values().find(|(written, _)| written == name) {
            Some((_, Place::File(path))) => {
                let mut file = File::open(path).map_err(|e| DeskError::io(path, e))?;
                work(&mut file)
            }
            Some((_, Place::Entry(index))) => {
                let mut archive = self.archive()?;
                let entry = archive.by_index(*index).map_err(|e| self.broken(e.to_string()))?;
                // An entry that yields more than it claims would go round the check of its size.
                let claimed = entry.size();
                work(&mut entry.take(claimed))
            }
            Some((table, Place::Query(query))) => {
                let mut out = None;
                let moment = self.moment.as_ref().map(RefCell::borrow_mut);
                if let Some(mut moment) = moment {
                    moment.rows(table, query, &mut |reader| {
                        out = Some(work(reader)?);
                        Ok(())
                    })?;
                }
                out.ok_or_else(|| DeskError::Changed(name.to_owned()))
            }
            None => Err(DeskError::io(
                self.path.join(name),
                std::io::Error::from(std::io::ErrorKind::NotFound),
            )),
        }
    }

    /// The text of a small file; `None` where there is none.
    pub(super) fn text(&self, name: &str) -> Result<Option<Vec<u8>>, DeskError> {
        let Some((written, _)) = self.files.get(name) else {
            return Ok(None);
        };
        self.with(written, &mut |reader| small(reader, Path::new(name)))
            .map(Some)
    }
}

/// Reads a file that must be small.
pub(super) fn small(reader: &mut dyn Read, path: &Path) -> Result<Vec<u8>, DeskError> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_SETTINGS + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| DeskError::io(path, e))?;
    if bytes.len() as u64 > MAX_SETTINGS {
        let reason = "is too long for a file of settings".to_owned();
        return Err(DeskError::Archive {
            path: path.to_owned(),
            reason,
        });
    }
    Ok(bytes)
}

fn table_of(name: &str) -> Option<&str> {
    let (table, ending) = name.rsplit_once('.')?;
    ENDINGS
        .iter()
        .any(|end| ending.eq_ignore_ascii_case(end))
        .then_some(table)
}
