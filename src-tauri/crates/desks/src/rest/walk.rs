//! Turns the pages of all lists.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use portico_core::snapshot::{Problem, Stopped};
use serde_json::Value;

use super::RestError;
use super::address::Address;
use super::client::{Answer, Client};
use super::journal::{At, Journal, Page};
use super::list::{Interface, List, Paging, Question, Reached};
use super::manner::Hear;
use crate::error::DeskError;
use crate::reader::Step;

/// What is told while pages come.
const FETCHING: &str = "fetching";
/// The folder among the pages for what no call gives.
const BESIDE: &str = "beside";
/// The longest key.
const LONGEST_KEY: usize = 100;
/// How often a list is begun anew whose records move between its pages.
const STARTS: u32 = 3;
/// The fewest records to ask for at once: pages overlap by one or two.
pub(super) const FEWEST: u64 = 3;
/// The most of a record or an error that is kept or told.
const PRINT: usize = 200;

pub(super) struct Walk<'w, 'c, 'h> {
    pub(super) interface: &'w dyn Interface,
    pub(super) lists: &'w [List],
    pub(super) client: &'w mut Client<'c>,
    pub(super) journal: &'w mut Journal,
    pub(super) findings: &'w mut Vec<Problem>,
    pub(super) hear: &'w mut Hear<'h>,
    /// How often the list was begun that is read.
    pub(super) starts: u32,
}

impl Walk<'_, '_, '_> {
    /// Brings all lists.
    pub(super) fn all(&mut self, size: Option<u64>) -> Result<(), DeskError> {
        for list in self.lists {
            let size = size.unwrap_or(list.most).clamp(FEWEST, list.most);
            let mut rows = 0;
            let Some(parent) = list.of else {
                self.pages(list, None, size, &mut rows)?;
                continue;
            };
            for page in 1..=self.journal.at(parent).reached.pages {
                for key in self.keys(parent, page)? {
                    self.pages(list, Some(&key), size, &mut rows)?;
                }
            }
        }
        Ok(())
    }

    /// The keys on a page that is there.
    fn keys(&self, place: &str, page: u64) -> Result<Vec<String>, DeskError> {
        let path = self.journal.path(place, page);
        let text = std::fs::read(&path).map_err(|e| DeskError::io(&path, e))?;
        let garbage = |reason: String| RestError::Garbage {
            list: place.to_owned(),
            page,
            reason,
        };
        let value: Value = serde_json::from_slice(&text).map_err(|e| garbage(e.to_string()))?;
        let records = value.pointer(self.interface.records()).and_then(Value::as_array);
        let records = records.ok_or_else(|| garbage("it holds no list of records".to_owned()))?;
        let key = |record: &Value| {
            let key = key_of(record, self.interface.key()).filter(|key| is_key(key));
            key.ok_or_else(|| {
                garbage(format!(
                    "a record has no {} that could be asked for",
                    self.interface.key()
                ))
                .into()
            })
        };
        records.iter().map(key).collect()
    }

    /// Brings the pages of one list that are not there yet.
    fn pages(&mut self, list: &List, key: Option<&str>, size: u64, rows: &mut u64) -> Result<(), DeskError> {
        let place = list.place_of(key);
        self.starts = 1;
        loop {
            let at = self.journal.at(&place);
            self.step(&list.name, *rows + at.reached.records)?;
            if at.ended {
                *rows += at.reached.records;
                return Ok(());
            }
            let question = list.question(key, &at.reached, size);
            let moved = match self.client.ask(&question)? {
                Answer::Page(text, value) => self.page(list, &place, &at, size, &question, (text, value))?,
                // Asked for again was the last record that came: it is not there any more.
                Answer::Empty if at.reached.pages > 0 => Turned::Moved,
                Answer::Empty => self.last(&place, &at)?,
                Answer::Missing => self.missing(list, &place, &at, key)?,
            };
            if moved == Turned::Moved {
                if self.starts == STARTS {
                    return Err(RestError::Restless(list.name.clone()).into());
                }
                self.starts += 1;
                self.journal.again(&place)?;
            }
        }
    }

    fn page(
        &mut self,
        list: &List,
        place: &str,
        at: &At,
        size: u64,
        question: &Question,
        (text, mut value): (Vec<u8>, Value),
    ) -> Result<Turned, DeskError> {
        let garbage = |reason: String| RestError::Garbage {
            list: list.name.clone(),
            page: question.page,
            reason,
        };
        if let Some(refusal) = self.interface.refusal(&value) {
            let short: String = refusal.chars().take(PRINT).collect();
            return Err(garbage(format!("the desk answered with an error ({short})")).into());
        }
        let total = self.interface.total().and_then(|total| value.pointer(total));
        let total = total.and_then(Value::as_u64);
        let name = self.interface.key();
        let records = value.pointer_mut(self.interface.records());
        let records = records.and_then(Value::as_array_mut);
        let records = records.ok_or_else(|| garbage("it holds no list of records".to_owned()))?;
        let came = records.len() as u64;
        let first = records.first().map(|first| mark(first, name)).unwrap_or_default();
        if at.reached.pages > 0 {
            match self.overlap(list, place, at, question.page, records)? {
                Some(overlap) => drop(records.drain(..=overlap)),
                None => return Ok(Turned::Moved),
            }
        }
        let Some(newest) = records.last().map(|newest| mark(newest, name)) else {
            // One came before those that were read. Where that is not it, the reader says what is missing.
            let is_short = at.reached.pages > 0 && total.is_some_and(|total| total > at.reached.records);
            if is_short && self.starts < STARTS {
                return Ok(Turned::Moved);
            }
            return self.last(place, at);
        };
        if let Some(path) = list.detail {
            for record in records.iter_mut() {
                *record = self.whole(list, path, record, question.page)?;
            }
        }
        let reached = Reached {
            pages: question.page,
            records: at.reached.records + records.len() as u64,
        };
        let page = Page {
            records: records.len() as u64,
            end: is_end(list.paging, &reached, came, size, total),
            first,
            last: newest,
            // As it came, wherever nothing was taken off or put in.
            text: &if at.reached.pages > 0 || list.detail.is_some() {
                Cow::Owned(value.to_string().into_bytes())
            } else {
                Cow::Borrowed(text.as_slice())
            },
        };
        self.journal.keep(place, &page)?;
        Ok(Turned::On)
    }

    /// Where on a page the last record stands that came before; `None` where it does not: records that were before it are
    /// gone, so that others were never shown.
    fn overlap(
        &self,
        list: &List,
        place: &str,
        at: &At,
        page: u64,
        records: &[Value],
    ) -> Result<Option<usize>, RestError> {
        let name = self.interface.key();
        let found = records.iter().position(|record| mark(record, name) == at.last);
        let first = records.first().map(|first| mark(first, name)).unwrap_or_default();
        if records.len() > 1 && self.journal.began_with(place, &first) {
            let list = list.name.clone();
            return Err(RestError::Endless { list, page });
        }
        Ok(found)
    }

    /// A whole record in place of the part of it that a list holds.
    fn whole(&mut self, list: &List, path: &str, record: &Value, page: u64) -> Result<Value, DeskError> {
        let name = self.interface.key();
        let key = key_of(record, name)
            .filter(|key| is_key(key))
            .ok_or_else(|| RestError::Garbage {
                list: list.name.clone(),
                page,
                reason: format!("a record has no {name} that could be asked for"),
            })?;
        self.step(&list.name, 0)?;
        match self.client.ask(&list.question_for_one(path, &key, page))? {
            Answer::Page(_, whole) if whole.is_object() => Ok(whole),
            // It was deleted meanwhile, or is not for this login: what the list says of it stays.
            _ => Ok(record.clone()),
        }
    }

    /// Nothing came, or nothing new: the list is at its end. One without any record is there all the same.
    fn last(&mut self, place: &str, at: &At) -> Result<Turned, DeskError> {
        if at.reached.pages > 0 {
            self.journal.end(place)?;
            return Ok(Turned::On);
        }
        let page = Page {
            text: self.interface.empty().as_bytes(),
            records: 0,
            first: String::new(),
            last: String::new(),
            end: true,
        };
        self.journal.keep(place, &page)?;
        Ok(Turned::On)
    }

    fn missing(&mut self, list: &List, place: &str, at: &At, key: Option<&str>) -> Result<Turned, DeskError> {
        match list.lacking {
            Some(message) if at.reached.pages == 0 => self.findings.push(message().at(&list.name, 0, "")),
            // The record to which the list belongs was deleted meanwhile.
            _ if key.is_some() => {}
            _ => {
                return Err(RestError::NotThere {
                    server: self.client.server().to_owned(),
                    list: list.name.clone(),
                }
                .into());
            }
        }
        self.journal.end(place)?;
        Ok(Turned::On)
    }

    fn step(&mut self, list: &str, rows: u64) -> Result<(), DeskError> {
        let step = Step {
            phase: FETCHING,
            what: list,
            rows,
        };
        match (self.hear)(step) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped::Cancelled.into()),
        }
    }
}

/// What came of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turned {
    /// It is there, or there is none.
    On,
    /// It does not follow the one before.
    Moved,
}

/// Whether no page follows one on which `came` records came.
fn is_end(paging: Paging, reached: &Reached, came: u64, size: u64, total: Option<u64>) -> bool {
    match (paging, total) {
        (Paging::Whole, _) => true,
        (Paging::FromLimit { full: true }, _) => came < size,
        (Paging::SkipTake | Paging::Body(_), Some(total)) => reached.records >= total,
        // Only a page without anything new says it: the desk may give less at once than it was asked for.
        _ => false,
    }
}

fn key_of(record: &Value, name: &str) -> Option<String> {
    match record.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What tells a record from another.
fn mark(record: &Value, name: &str) -> String {
    key_of(record, name).unwrap_or_else(|| record.to_string().chars().take(PRINT).collect())
}

/// Whether a key can stand in a path: what a server says must not lead anywhere else.
fn is_key(key: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(is_word)
}

/// Lists that no call gives, brought as files.
pub(super) struct Beside(Vec<PathBuf>);

impl Beside {
    /// The files of the folder that the address names.
    pub(super) fn of(address: &Address) -> Result<Self, DeskError> {
        let Some(folder) = &address.beside else {
            return Ok(Self(Vec::new()));
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|e| DeskError::io(folder, e))? {
            let path = entry.map_err(|e| DeskError::io(folder, e))?.path();
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if path.is_file() && ["json", "jsonl", "ndjson"].contains(&ending.to_ascii_lowercase().as_str()) {
                files.push(path);
            }
        }
        if files.is_empty() {
            let reason = "holds no .json file".to_owned();
            let folder = folder.display().to_string();
            return Err(RestError::Pages { folder, reason }.into());
        }
        Ok(Self(files))
    }

    /// Lays them among the pages.
    pub(super) fn copy(&self, folder: &Path) -> Result<(), DeskError> {
        let to = folder.join(BESIDE);
        if to.exists() {
            std::fs::remove_dir_all(&to).map_err(|e| DeskError::io(&to, e))?;
        }
        for file in &self.0 {
            std::fs::create_dir_all(&to).map_err(|e| DeskError::io(&to, e))?;
            let name = file.file_name().unwrap_or_default();
            std::fs::copy(file, to.join(name)).map_err(|e| DeskError::io(file, e))?;
        }
        Ok(())
    }
}
