//! A look at a table before it is read: its columns, its first rows, and what they are taken for.

use std::ops::ControlFlow;
use std::path::Path;

use portico_core::form::field::Entity;

use super::fields::{KINDS, RowKind, kind, kind_name};
use super::mapping::Mapping;
use super::row::{self, How, Taker, is_text};
use super::{ENDINGS, csv, guess, head, said, xlsx};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::Files;

/// Who said what a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The mapping that was given.
    Said,
    /// The last import of such a table.
    Remembered,
    /// Nobody: its heading looks like the field's name.
    Guessed,
    /// Nobody, and nothing fits.
    Open,
}

/// What a table shows of itself.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its name for people.
    pub file: String,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// Its headings, from left to right.
    pub heads: Vec<String>,
    /// Its first rows, as the cells stand there.
    pub rows: Vec<Vec<String>>,
    /// The same with their lines, and with lists as their format keeps them.
    pub(super) raw: Vec<(u64, Vec<String>)>,
    /// What stands between the cells of a text; `None` for other formats.
    pub cells: Option<char>,
    /// What was given or guessed, with every heading in it.
    pub mapping: Mapping,
    /// Who said what each column is, heading by heading.
    pub origins: Vec<Origin>,
    /// Why it cannot be read at all.
    pub report: Report,
}

/// Looks at a table for a desk; without a kind of record in the mapping that is guessed too, by the file's name and then
/// by the headings. `remembered` gives what a kind's headings were taken for the last time, which goes before guesses.
pub fn look(
    desk: &str,
    path: &Path,
    mapping: Option<&Mapping>,
    remembered: &dyn Fn(&str) -> Option<Mapping>,
    most: usize,
) -> Result<Look, DeskError> {
    let files = Files::open(path, &ENDINGS)?;
    let mut report = Report::default();
    let how = mapping.map(How::of).unwrap_or_default();
    let mut first = First {
        most,
        heads: Vec::new(),
        rows: Vec::new(),
    };
    let (mut file, mut sheets, mut named, mut cells) = (path.display().to_string(), Vec::new(), None, None);
    match files.entries() {
        [entry] => {
            file.clone_from(&entry.name);
            named = guess::kind(entry.stem());
            row::read(&files, entry, how, &mut first, &mut report)?;
            if matches!(entry.ending().as_str(), "xlsx" | "xlsm") {
                sheets = xlsx::sheets(&files, entry)?;
            }
            if is_text(&entry.ending()) {
                cells = csv::cells(&files, entry, how)?;
            }
        }
        entries => {
            report.problem(&file, 0, "", said::several_tables(entries.len()));
        }
    }
    let asked = mapping
        .map(|mapping| mapping.kind.as_str())
        .filter(|kind| !kind.is_empty());
    let name = asked.or(named).unwrap_or_else(|| likely(desk, &first.heads));
    let mut mapping = mapping.cloned().unwrap_or_else(|| Mapping::guessed(name));
    name.clone_into(&mut mapping.kind);
    let before = remembered(name).filter(|_| !mapping.exact);
    let (joined, filled) = mapped(desk, &mapping, before.as_ref(), &first.heads);
    let origin = |head: &String| origin(head, &mapping, &joined, &filled);
    Ok(Look {
        file,
        sheets,
        rows: first.rows.iter().map(|(_, cells)| shown(cells)).collect(),
        raw: first.rows,
        cells,
        origins: first.heads.iter().map(origin).collect(),
        heads: first.heads,
        mapping: filled,
        report,
    })
}

/// A mapping with what an earlier one says, and that with what is guessed.
fn mapped(desk: &str, mapping: &Mapping, before: Option<&Mapping>, heads: &[String]) -> (Mapping, Mapping) {
    let joined = before.map_or_else(|| mapping.clone(), |before| head::joined(mapping, before, heads));
    let filled = match kind(&mapping.kind) {
        Some(kind) => head::filled(desk, kind, heads, &joined),
        None => mapping.clone(),
    };
    (joined, filled)
}

fn origin(head: &str, given: &Mapping, joined: &Mapping, filled: &Mapping) -> Origin {
    let named = |mapping: &Mapping| mapping.columns.keys().any(|name| name.eq_ignore_ascii_case(head));
    if named(given) {
        Origin::Said
    } else if named(joined) {
        Origin::Remembered
    } else if filled.columns.get(head).is_some_and(|field| !field.is_empty()) {
        Origin::Guessed
    } else {
        Origin::Open
    }
}

fn shown(cells: &[String]) -> Vec<String> {
    let shown = |cell: &String| cell.trim_end_matches(row::BETWEEN).replace(row::BETWEEN, "; ");
    cells.iter().map(shown).collect()
}

/// The kind of record of which the most headings are fields; of those that fit as well people before others, and tickets last.
fn likely(desk: &str, heads: &[String]) -> &'static str {
    let fits = |(_, kind): &&(&str, RowKind)| {
        let found = guess::columns(desk, *kind, heads);
        found.values().filter(|field| !field.is_empty()).count()
    };
    let rank = |(_, kind): &(&str, RowKind)| match kind {
        RowKind::Tickets => 0,
        RowKind::Records(Entity::ExternalUser) => 2,
        RowKind::Records(_) => 1,
    };
    // Of those that are equal, the last one counts.
    let best = KINDS.iter().max_by_key(|kind| (fits(kind), rank(kind)));
    best.and_then(|(_, kind)| kind_name(*kind)).unwrap_or("people")
}

struct First {
    most: usize,
    heads: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Taker for First {
    fn heads(&mut self, names: &[String], _: &mut Report) -> ControlFlow<()> {
        self.heads = names.to_vec();
        ControlFlow::Continue(())
    }

    fn row(&mut self, line: u64, cells: &[String], _: &mut Report) -> Result<ControlFlow<()>, DeskError> {
        self.rows.push((line, cells.to_vec()));
        Ok(if self.rows.len() < self.most {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    }
}
