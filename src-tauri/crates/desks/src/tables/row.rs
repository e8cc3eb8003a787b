//! A table of any format, row by row.

use std::ops::ControlFlow;

use super::mapping::Mapping;
use super::{csv, json, said, xlsx};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::json::damaged;
use crate::source::{Entry, Files};

/// The most columns that a table may have.
pub(super) const MAX_COLUMNS: usize = 1_000;
/// What stands between the entries of a list within one cell, where the format has lists of its own.
pub(super) const BETWEEN: char = '\u{1f}';

/// How a file is taken for a table.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct How<'a> {
    /// The sheet of a workbook; `None` for the first.
    pub(super) sheet: Option<&'a str>,
    /// What stands between the cells of a text; `None` to tell it from the first rows.
    pub(super) cells: Option<char>,
}

impl<'a> How<'a> {
    pub(super) fn of(mapping: &'a Mapping) -> Self {
        Self {
            sheet: mapping.sheet.as_deref(),
            cells: mapping.cells,
        }
    }
}

/// Whether a file of this ending is read as text with something between its cells.
pub(super) fn is_text(ending: &str) -> bool {
    let others = [
        "xlsx", "xlsm", "json", "jsonl", "ndjson", "xls", "ods", "pdf", "doc", "docx",
    ];
    !others.contains(&ending)
}

/// Takes a table in.
pub(super) trait Taker {
    /// The headings, told once and first.
    fn heads(&mut self, names: &[String], report: &mut Report) -> ControlFlow<()>;

    /// A row at its line, with as many cells as there are headings.
    fn row(&mut self, line: u64, cells: &[String], report: &mut Report) -> Result<ControlFlow<()>, DeskError>;
}

/// Reads a table. What cannot be understood is a problem of the report.
pub(super) fn read(
    files: &Files,
    entry: &Entry,
    how: How<'_>,
    taker: &mut dyn Taker,
    report: &mut Report,
) -> Result<(), DeskError> {
    let read = match entry.ending().as_str() {
        "xlsx" | "xlsm" => xlsx::read(files, entry, how.sheet, taker, report),
        "json" | "jsonl" | "ndjson" => json::read(files, entry, taker, report),
        "xls" | "ods" | "pdf" | "doc" | "docx" => {
            report.problem(&entry.name, 0, "", said::no_format());
            Ok(())
        }
        _ => csv::read(files, entry, how.cells, taker, report),
    };
    // Bytes that are damaged are the file's fault, not the place's.
    match read {
        Err(DeskError::Io { path, source }) => match damaged(&source) {
            Some(message) => {
                report.problem(&entry.name, 0, "", message);
                Ok(())
            }
            None => Err(DeskError::Io { path, source }),
        },
        other => other,
    }
}

/// Names for columns as their headings give them: one without is called after its place, one of a name that was there
/// before after how many there were.
pub(super) fn named(file: &str, line: u64, heads: &[String], report: &mut Report) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(heads.len());
    for (place, head) in heads.iter().enumerate() {
        let head = head.trim();
        let mut name = head.to_owned();
        if head.is_empty() {
            name = format!("column {}", place + 1);
            report.finding(file, line, &name, said::no_heading());
        }
        let mut times = 1;
        while names.contains(&name) {
            times += 1;
            name = format!("{head} ({times})");
        }
        if times > 1 {
            report.finding(file, line, head, said::heading_twice(&name));
        }
        names.push(name);
    }
    names
}

/// Rows as they come: the first is the headings, the others must not be longer.
pub(super) struct Ragged<'a> {
    pub(super) file: &'a str,
    pub(super) taker: &'a mut dyn Taker,
    names: Option<Vec<String>>,
}

impl<'a> Ragged<'a> {
    pub(super) fn new(file: &'a str, taker: &'a mut dyn Taker) -> Self {
        let names = None;
        Self { file, taker, names }
    }

    /// Whether there was a row with headings.
    pub(super) fn began(&self) -> bool {
        self.names.is_some()
    }

    /// Takes a row; `exact` where a row with fewer cells is one that lost some.
    pub(super) fn row(
        &mut self,
        line: u64,
        cells: &mut Vec<String>,
        exact: bool,
        report: &mut Report,
    ) -> Result<ControlFlow<()>, DeskError> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(ControlFlow::Continue(()));
        }
        let Some(names) = &self.names else {
            while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                cells.pop();
            }
            if cells.len() > MAX_COLUMNS {
                report.problem(self.file, line, "", said::many_columns(cells.len(), MAX_COLUMNS));
                return Ok(ControlFlow::Break(()));
            }
            let names = named(self.file, line, cells, report);
            let flow = self.taker.heads(&names, report);
            self.names = Some(names);
            return Ok(flow);
        };
        let there = cells.len();
        while cells.len() > names.len() && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() > names.len() || (exact && cells.len() < names.len()) {
            report.problem(self.file, line, "", said::ragged(there, names.len()));
            return Ok(ControlFlow::Continue(()));
        }
        cells.resize(names.len(), String::new());
        self.taker.row(line, cells, report)
    }
}
