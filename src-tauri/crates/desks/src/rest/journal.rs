//! Which pages lie in a folder whole: a line for each, written after the page. A reading that broke off goes on behind
//! the last of them.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::RestError;
use super::address::Address;
use super::list::Reached;
use crate::error::DeskError;
use crate::source::MAX_FILES;
use crate::source::tally::{Print, print};

/// No list is called so, and no reader looks at it.
const NAME: &str = "reading.log";
/// Pages of different days do not belong together, in seconds.
const OLDEST: i64 = 24 * 60 * 60;

/// Whether a file of this name is one that a reading makes.
pub(super) fn is_ours(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    name == NAME
        || ["json", "jsonl", "ndjson", "part"]
            .iter()
            .any(|one| one.eq_ignore_ascii_case(ending))
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    desk: String,
    began: i64,
}

/// Each further line: a page that is there, or a list that is at its end.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    place: String,
    /// The number of the page; 0 for none.
    page: u64,
    records: u64,
    /// Prints of the first and last record of the page.
    first: String,
    last: String,
    end: bool,
    /// Whether the list is begun anew: what came of it before does not count.
    #[serde(default)]
    again: bool,
}

/// How far one list is.
#[derive(Debug, Clone, Default)]
pub(super) struct At {
    pub(super) reached: Reached,
    /// The last record of the last page.
    pub(super) last: String,
    pub(super) ended: bool,
}

/// What is known of one list.
#[derive(Debug, Default)]
struct Known {
    at: At,
    /// The first records of all pages as they came: a page that begins with one of them came before.
    firsts: HashSet<Print>,
}

/// What a page adds.
pub(super) struct Page<'a> {
    pub(super) text: &'a [u8],
    pub(super) records: u64,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) end: bool,
}

pub(super) struct Journal {
    folder: PathBuf,
    file: File,
    lists: HashMap<String, Known>,
    pages: u64,
}

impl Journal {
    /// Opens the journal of a folder, or begins it.
    pub(super) fn open(folder: &Path, address: &Address, now: i64) -> Result<Self, DeskError> {
        let path = folder.join(NAME);
        let desk = identity(address);
        let other = |reason: &str| RestError::Pages {
            folder: folder.display().to_string(),
            reason: reason.to_owned(),
        };
        let (mut lists, mut pages) = (HashMap::<String, Known>::new(), 0);
        let is_there = path.exists();
        if is_there {
            let file = File::open(&path).map_err(|e| DeskError::io(&path, e))?;
            let mut lines = BufReader::new(file).lines();
            let head = lines.next().transpose().map_err(|e| DeskError::io(&path, e))?;
            let head = head.and_then(|line| serde_json::from_str::<Head>(&line).ok());
            let head = head.ok_or_else(|| other("holds no reading that could go on"))?;
            if head.desk != desk {
                return Err(other("holds pages of another reading").into());
            }
            if now - head.began > OLDEST {
                return Err(other("holds pages that are older than a day").into());
            }
            for line in lines {
                let line = line.map_err(|e| DeskError::io(&path, e))?;
                // Where a reading broke off a line may be cut: its page was then asked for again.
                let Ok(line) = serde_json::from_str::<Line>(&line) else {
                    continue;
                };
                pages += u64::from(line.page > 0);
                take(&mut lists, line);
            }
        } else if std::fs::read_dir(folder)
            .map_err(|e| DeskError::io(folder, e))?
            .next()
            .is_some()
        {
            return Err(other("is not empty and holds no reading that could go on").into());
        }
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let mut journal = Self {
            folder: folder.to_owned(),
            file: file.map_err(|e| DeskError::io(&path, e))?,
            lists,
            pages,
        };
        // Behind a line that was cut a new one begins.
        let head = if is_there {
            String::new()
        } else {
            serde_json::to_string(&Head { desk, began: now }).unwrap_or_default()
        };
        journal.line(&head)?;
        Ok(journal)
    }

    /// How many pages are there.
    pub(super) fn pages(&self) -> u64 {
        self.pages
    }

    /// How far a list is.
    pub(super) fn at(&self, place: &str) -> At {
        self.lists.get(place).map(|known| known.at.clone()).unwrap_or_default()
    }

    /// Whether a page of the list began with this record.
    pub(super) fn began_with(&self, place: &str, first: &str) -> bool {
        self.lists
            .get(place)
            .is_some_and(|known| known.firsts.contains(&print(first)))
    }

    /// Where a page lies.
    pub(super) fn path(&self, place: &str, page: u64) -> PathBuf {
        self.folder.join(format!("{place}-{page}.json"))
    }

    /// Keeps a page: it gets its name only when it is whole.
    pub(super) fn keep(&mut self, place: &str, page: &Page<'_>) -> Result<(), DeskError> {
        if self.pages >= MAX_FILES as u64 {
            let (folder, reason) = (
                self.folder.display().to_string(),
                format!("would hold more than {MAX_FILES} pages"),
            );
            return Err(RestError::Pages { folder, reason }.into());
        }
        let number = self.at(place).reached.pages + 1;
        let path = self.path(place, number);
        let part = path.with_extension("part");
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| DeskError::io(parent, e))?;
        }
        std::fs::write(&part, page.text).map_err(|e| DeskError::io(&part, e))?;
        std::fs::rename(&part, &path).map_err(|e| DeskError::io(&path, e))?;
        self.pages += 1;
        self.note(Line {
            place: place.to_owned(),
            page: number,
            records: page.records,
            first: page.first.clone(),
            last: page.last.clone(),
            end: page.end,
            again: false,
        })
    }

    /// There is no further page.
    pub(super) fn end(&mut self, place: &str) -> Result<(), DeskError> {
        self.note(line(place, true))
    }

    /// The list is begun anew.
    pub(super) fn again(&mut self, place: &str) -> Result<(), DeskError> {
        self.note(line(place, false))
    }

    fn note(&mut self, line: Line) -> Result<(), DeskError> {
        if line.end {
            self.no_more_than(&line.place, line.page)?;
        }
        self.line(&serde_json::to_string(&line).unwrap_or_default())?;
        take(&mut self.lists, line);
        Ok(())
    }

    /// Removes pages of an earlier start behind the last one.
    fn no_more_than(&self, place: &str, page: u64) -> Result<(), DeskError> {
        let first = page.max(self.at(place).reached.pages) + 1;
        for path in (first..)
            .map(|page| self.path(place, page))
            .take_while(|path| path.exists())
        {
            std::fs::remove_file(&path).map_err(|e| DeskError::io(&path, e))?;
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> Result<(), DeskError> {
        writeln!(self.file, "{line}").map_err(|e| DeskError::io(self.folder.join(NAME), e))
    }
}

/// A line without a page: the list is at its end, or begins anew.
fn line(place: &str, end: bool) -> Line {
    Line {
        place: place.to_owned(),
        page: 0,
        records: 0,
        first: String::new(),
        last: String::new(),
        end,
        again: !end,
    }
}

fn take(lists: &mut HashMap<String, Known>, line: Line) {
    if line.again {
        lists.remove(&line.place);
        return;
    }
    let Known { at, firsts } = lists.entry(line.place).or_default();
    at.ended |= line.end;
    if line.page > 0 {
        at.reached.pages = line.page;
        at.reached.records += line.records;
        firsts.insert(print(&line.first));
        at.last = line.last;
    }
    // What is at its end is not asked for again: there may be hundreds of thousands of small lists.
    if at.ended {
        *firsts = HashSet::new();
        at.last = String::new();
    }
}

/// Which reading it is: of another desk, or of other parts of it, pages do not belong together.
fn identity(address: &Address) -> String {
    let own = address.own.iter().map(|(name, value)| format!("{name}={value}"));
    let parts: Vec<String> = own.chain([format!("also={}", address.also.join(","))]).collect();
    format!("{} {}", address.root, parts.join("&"))
}
