//! Desks whose state is a set of JSON lists: pages of their interface in a folder, or one file.
//!
//! The lists are taken in stages, in the order in which one needs the other. There is one pass: what turns out to be
//! unusable is said in one error, and the one who takes the batches throws away what came before.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;

use portico_core::model::DeskSetting;
use portico_core::settings::registry as settings;
use portico_core::snapshot::{Batch, Scope, Sink, Source};
use serde_json::Value;

use super::json::{self, Shape, Taker};
use super::out::{self, Out};
use super::record::Item;
use super::{Entry, Files, said, text};
use crate::error::DeskError;
use crate::reader::{Bodies, ReadOptions, Reader};
use crate::report::Report;
use crate::settings_file;

/// Files that hold lists.
const ENDINGS: [&str; 3] = ["json", "jsonl", "ndjson"];
/// The name of the file that holds settings.
const SETTINGS: &str = "settings.json";
/// The most bytes a file of settings may have.
const MAX_SETTINGS: u64 = 8 << 20;

/// What a desk makes of its lists.
pub(crate) trait Lists {
    /// The desk's id.
    const DESK: &'static str;
    /// How many stages there are.
    const STAGES: usize;
    /// What lies around the records.
    const SHAPE: Shape;

    /// The stage in which a list is taken; `None` for one that is not read.
    fn stage(list: &str) -> Option<usize>;

    /// Told before anything is read: the paths of the files whose names say what they hold.
    fn begin(&mut self, lists: &[&str], bodies: Bodies);

    /// A list of the running stage was found; it may hold nothing.
    fn found(&mut self, list: &str);

    /// Takes a record of the running stage.
    fn record(
        &mut self,
        list: &str,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError>;

    /// Takes what an answer says beside its records.
    fn said(&mut self, file: &str, name: &str, value: &Value, report: &mut Report);

    /// A stage is over.
    fn end(&mut self, stage: usize, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError>;

    /// Settings that the lists themselves give, once all are read.
    fn settings(&self) -> Vec<DeskSetting>;
}

/// Reads the lists of a desk.
pub(crate) struct Pages<L> {
    options: ReadOptions,
    make: fn() -> L,
    report: Report,
}

impl<L: Lists> Pages<L> {
    /// A source to read; nothing is opened yet.
    pub(crate) fn new(options: ReadOptions, make: fn() -> L) -> Self {
        Self {
            options,
            make,
            report: Report::default(),
        }
    }

    fn stages(&mut self, files: &Files, lists: &mut L, out: &mut Out<'_, '_>) -> Result<(), DeskError> {
        let entries: Vec<&Entry> = files.entries().iter().filter(|entry| !is_settings(entry)).collect();
        let paths = entries.iter().map(|entry| entry.stem());
        let known: Vec<&str> = paths.filter(|path| L::stage(path).is_some()).collect();
        lists.begin(&known, self.options.bodies);
        // Files that could not be understood are not read again in the next stage.
        let mut broken = BTreeSet::new();
        for stage in 0..L::STAGES {
            for (place, entry) in entries.iter().enumerate() {
                let own = L::stage(entry.stem());
                if broken.contains(&place) || own.is_some_and(|own| own != stage) {
                    continue;
                }
                let mut staged = Staged {
                    lists: &mut *lists,
                    out: &mut *out,
                    stage,
                    first: own.is_some() || stage == 0,
                };
                if !json::read(files, entry, &L::SHAPE, &mut staged, &mut self.report)? {
                    broken.insert(place);
                }
            }
            lists.end(stage, out, &mut self.report)?;
            out.flush(&self.report)?;
        }
        Ok(())
    }

    /// Settings that the lists give, and before them those of the file that was named or lies in the source.
    fn settings(&mut self, files: &Files, lists: &L) -> Result<Vec<DeskSetting>, DeskError> {
        let mut given = lists.settings();
        let beside = files.entries().iter().find(|entry| is_settings(entry));
        let text = match (&self.options.settings, beside) {
            (Some(path), _) => {
                let name = path.display().to_string();
                let mut file = File::open(path).map_err(|e| DeskError::io(path, e))?;
                Some((small(&mut file, &name, &mut self.report)?, name))
            }
            (None, Some(entry)) => {
                let text = files.read(entry, &mut |bytes| small(bytes, &entry.name, &mut self.report))?;
                Some((text, entry.name.clone()))
            }
            (None, None) => None,
        };
        if let Some((Some(text), name)) = text {
            match settings_file::read(L::DESK, &name, &text) {
                Ok(more) => {
                    given.retain(|one| more.iter().all(|other| other.name != one.name));
                    given.extend(more);
                }
                Err(DeskError::BadSource { problems, .. }) => {
                    for one in problems {
                        self.report.also(one);
                    }
                }
                Err(other) => return Err(other),
            }
        }
        self.report.unknown = settings::of(L::DESK)
            .iter()
            .filter(|s| s.decides && !s.is_assumed() && given.iter().all(|one| one.name != s.name))
            .map(|s| s.name.to_owned())
            .collect();
        Ok(given)
    }
}

impl<L: Lists> Source for Pages<L> {
    type Error = DeskError;

    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), DeskError> {
        self.report = Report::default();
        let files = Files::open(&self.options.path, &ENDINGS)?;
        if files.entries().iter().all(is_settings) {
            let path = self.options.path.display().to_string();
            self.report.problem(&path, 0, "", said::no_lists());
            return out::end(&self.report);
        }
        let watch = self.options.watch.clone();
        let mut out = Out::new(sink, watch.as_ref());
        let mut lists = (self.make)();
        self.stages(&files, &mut lists, &mut out)?;
        let settings = self.settings(&files, &lists)?;
        out.put(Batch::Settings(settings), &self.report)?;
        out.flush(&self.report)?;
        out::end(&self.report)
    }
}

impl<L: Lists> Reader for Pages<L> {
    fn report(&self) -> &Report {
        &self.report
    }

    fn scope(&self) -> Scope {
        Scope {
            some_kinds: true,
            ..Scope::default()
        }
    }
}

/// Hands the records of one stage on.
struct Staged<'a, 'o, 's, L> {
    lists: &'a mut L,
    out: &'a mut Out<'o, 's>,
    stage: usize,
    /// Whether the file is read for the first time.
    first: bool,
}

impl<L: Lists> Taker for Staged<'_, '_, '_, L> {
    fn found(&mut self, list: &str) {
        if L::stage(list) == Some(self.stage) {
            self.lists.found(list);
        }
    }

    fn record(&mut self, list: &str, item: &Item<'_>, report: &mut Report) -> Result<(), DeskError> {
        self.out.step(item.file)?;
        if L::stage(list) != Some(self.stage) {
            return Ok(());
        }
        for name in &item.record.doubled {
            item.problem(name, said::twice(), report);
        }
        self.lists.record(list, item, self.out, report)
    }

    fn said(&mut self, file: &str, name: &str, value: &Value, report: &mut Report) {
        if self.first {
            self.lists.said(file, name, value, report);
        }
    }
}

fn is_settings(entry: &Entry) -> bool {
    let name = entry.name.rsplit('/').next();
    name.is_some_and(|name| name.eq_ignore_ascii_case(SETTINGS))
}

/// The text of a file that must be small; `None` where it is none, which is a problem of the report.
fn small(bytes: &mut dyn Read, name: &str, report: &mut Report) -> Result<Option<String>, DeskError> {
    let mut all = Vec::new();
    let read = text::decoded(bytes, encoding_rs::UTF_8)
        .and_then(|decoded| decoded.take(MAX_SETTINGS + 1).read_to_end(&mut all));
    let message = match read {
        Err(e) => json::damaged(&e).ok_or_else(|| DeskError::io(name, e))?,
        Ok(size) if size as u64 > MAX_SETTINGS => said::long_settings(),
        Ok(_) => match String::from_utf8(all) {
            Ok(text) => return Ok(Some(text)),
            Err(_) => said::settings_utf8(),
        },
    };
    report.problem(name, 0, "", message);
    Ok(None)
}
