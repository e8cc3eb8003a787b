//! The first rows of a table as an import would read them.

use portico_core::form::field::{Entity, Kind};
use portico_core::form::registry;
use portico_core::snapshot::Problem;

use super::build::{Builder, Column};
use super::fields::{RowKind, kind};
use super::head;
use super::known::{Found, Known};
use super::look::Look;
use super::ticket::Tickets;
use super::value;
use crate::report::Report;

/// A row as it would be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRow {
    /// Where it stands in the file.
    pub line: u64,
    /// Whether the workspace has its record; `None` where that cannot be told.
    pub known: Option<bool>,
    /// What its columns say, in the order of the headings; columns that are not read are left out.
    pub cells: Vec<FirstCell>,
    /// What is wrong with the row as a whole.
    pub problem: Option<Problem>,
}

/// A cell as it would be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstCell {
    /// Its heading.
    pub heading: String,
    /// Its value: a status by Portico's name, a flag as `true` or `false`, other records by what the desk has once,
    /// everything else as it stands there.
    pub value: String,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// Reads the rows that a look has shown, among what the workspace has and the rows above.
pub fn first_rows(desk: &str, look: &Look, known: &mut Known) -> Vec<FirstRow> {
    let (Some(kind), Some(rules)) = (kind(&look.mapping.kind), registry::rules(desk)) else {
        return Vec::new();
    };
    let mut wrong = Report::default();
    let columns = head::columns(desk, kind, &look.file, &look.heads, &look.mapping, &mut wrong);
    let RowKind::Records(entity) = kind else {
        let mut tickets = Tickets::new(&look.file, desk, rules, known);
        tickets.begin(look.heads.clone(), columns);
        return first_tickets(look, &mut tickets);
    };
    let mut builder = Builder::new(&look.file, entity, rules, &look.mapping, known, true);
    builder.heads.clone_from(&look.heads);
    builder.columns = columns;
    let mut rows = Vec::new();
    for (line, cells) in &look.raw {
        let mut report = Report::default();
        let read: Vec<(usize, String)> = builder
            .columns
            .iter()
            .map(|column| (column.at, read(&builder, *column, &cells[column.at])))
            .collect();
        let before = (builder.rows, builder.knew);
        // Without a column that says which record a row is, there are cells and no record.
        builder.row(*line, cells, &mut report);
        let known = (builder.rows > before.0).then_some(builder.knew > before.1);
        rows.push(row(look, *line, read, known, &report));
    }
    rows
}

/// Whether the workspace has a ticket is not told here: it may have millions.
fn first_tickets(look: &Look, tickets: &mut Tickets<'_>) -> Vec<FirstRow> {
    let rows = look.raw.iter().map(|(line, cells)| {
        let mut report = Report::default();
        let columns = tickets.columns.iter();
        let read = columns.map(|column| {
            let cell = &cells[column.at];
            (
                column.at,
                tickets.shown(*column, cell).unwrap_or_else(|| cell.trim().to_owned()),
            )
        });
        let read: Vec<(usize, String)> = read.collect();
        tickets.row(*line, cells, &mut report);
        row(look, *line, read, None, &report)
    });
    rows.collect()
}

fn row(look: &Look, line: u64, read: Vec<(usize, String)>, known: Option<bool>, report: &Report) -> FirstRow {
    let told = |heading: &str| {
        let found = report.problems.iter().find(|problem| problem.column == heading);
        found.cloned()
    };
    let cell = |(at, value): (usize, String)| FirstCell {
        heading: look.heads[at].clone(),
        value,
        problem: told(&look.heads[at]),
    };
    let cells: Vec<FirstCell> = read.into_iter().map(cell).collect();
    let beside = |column: &str| cells.iter().all(|cell| cell.heading != column);
    let problem = report.problems.iter().find(|problem| beside(&problem.column));
    FirstRow {
        line,
        known,
        problem: problem.cloned(),
        cells,
    }
}

fn read(builder: &Builder<'_>, column: Column, cell: &str) -> String {
    let text = cell.trim();
    let asked = column.field.map(|field| (field.kind, field.kind.refers_to()));
    match asked {
        Some((Kind::Flag, _)) => value::flag(text).map(|on| on.to_string()),
        Some((Kind::Status, _)) => value::status(text, &builder.rules.status).map(|status| status.name().to_owned()),
        Some((Kind::One(entity), _)) => Some(called(builder, entity, text)),
        Some((Kind::Rights(_), _)) => Some(value::entries(cell, builder.separator).collect::<Vec<_>>().join("; ")),
        Some((_, Some(entity))) => {
            let entries = value::entries(cell, builder.separator).map(|entry| called(builder, entity, entry));
            Some(entries.collect::<Vec<_>>().join("; "))
        }
        _ => None,
    }
    .unwrap_or_else(|| text.to_owned())
}

/// What the desk has once of the record that a cell speaks of.
fn called(builder: &Builder<'_>, entity: Entity, text: &str) -> String {
    match builder.known.find(entity, text) {
        Some(Found::Key(key)) => builder
            .known
            .unique_of(entity, &key)
            .filter(|name| !name.is_empty())
            .map(ToOwned::to_owned),
        _ => None,
    }
    .unwrap_or_else(|| text.to_owned())
}
