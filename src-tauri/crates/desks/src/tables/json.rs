//! A list of JSON objects: alone, in an object beside other members, or one a line.

use std::ops::ControlFlow;

use serde_json::Value;

use super::row::{BETWEEN, MAX_COLUMNS, Taker};
use super::said;
use crate::error::DeskError;
use crate::report::Report;
use crate::source::json::{self, Shape};
use crate::source::record::{Item, text_of};
use crate::source::said as file;
use crate::source::{Entry, Files};

const SHAPE: Shape = Shape {
    wraps: &[],
    is_list: |_| true,
    says: &[],
};

/// Reads it twice: the headings are the names of all members of all objects.
pub(super) fn read(files: &Files, entry: &Entry, taker: &mut dyn Taker, report: &mut Report) -> Result<(), DeskError> {
    let mut names = Names::default();
    let before = report.count();
    json::read(files, entry, &SHAPE, &mut names, report)?;
    if report.count() > before {
        return Ok(());
    }
    if names.lists.len() > 1 {
        let lists = names.lists.join(", ");
        report.problem(&entry.name, 0, "", said::several_lists(lists));
        return Ok(());
    }
    if names.names.is_empty() {
        report.problem(&entry.name, 0, "", said::no_records());
        return Ok(());
    }
    if taker.heads(&names.names, report) == ControlFlow::Break(()) {
        return Ok(());
    }
    let mut rows = Rows {
        names: &names.names,
        taker,
        cells: Vec::new(),
        over: false,
    };
    json::read(files, entry, &SHAPE, &mut rows, report).map(|_| ())
}

#[derive(Default)]
struct Names {
    names: Vec<String>,
    lists: Vec<String>,
}

impl json::Taker for Names {
    fn record(&mut self, list: &str, item: &Item<'_>, report: &mut Report) -> Result<(), DeskError> {
        if self.lists.iter().all(|one| one != list) {
            self.lists.push(list.to_owned());
        }
        for name in &item.record.doubled {
            item.problem(name, file::twice(), report);
        }
        for name in item.record.names() {
            if self.names.iter().all(|one| one != name) {
                if self.names.len() == MAX_COLUMNS {
                    item.problem(name, said::many_names(MAX_COLUMNS), report);
                    break;
                }
                self.names.push(name.to_owned());
            }
        }
        Ok(())
    }

    fn said(&mut self, _: &str, _: &str, _: &Value, _: &mut Report) {}
}

struct Rows<'a> {
    names: &'a [String],
    taker: &'a mut dyn Taker,
    cells: Vec<String>,
    over: bool,
}

impl json::Taker for Rows<'_> {
    fn record(&mut self, _: &str, item: &Item<'_>, report: &mut Report) -> Result<(), DeskError> {
        if self.over {
            return Ok(());
        }
        self.cells.clear();
        self.cells.extend(
            self.names
                .iter()
                .map(|name| item.value(name).map_or_else(String::new, cell)),
        );
        if self.cells.iter().all(String::is_empty) {
            return Ok(());
        }
        self.over = self.taker.row(item.line, &self.cells, report)?.is_break();
        Ok(())
    }

    fn said(&mut self, _: &str, _: &str, _: &Value, _: &mut Report) {}
}

/// A value as a cell; a list of texts as its entries, anything deeper as JSON.
fn cell(value: &Value) -> String {
    if let Some(text) = text_of(value) {
        return text;
    }
    let entries = value
        .as_array()
        .and_then(|all| all.iter().map(text_of).collect::<Option<Vec<_>>>());
    match entries {
        Some(entries) => {
            let mut text = entries.join(&BETWEEN.to_string());
            if !text.is_empty() {
                // A list of one is told from a text that looks like several.
                text.push(BETWEEN);
            }
            text
        }
        None => value.to_string(),
    }
}
