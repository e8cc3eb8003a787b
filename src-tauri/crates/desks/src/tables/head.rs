//! The headings of a table, and what its columns are.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::build::Column;
use super::fields::{self, KIND_KEY, RowKind, fields as fields_of, has_own_key};
use super::guess;
use super::mapping::{Mapping, semicolon};
use super::row::{self, How, Taker};
use super::said;
use crate::error::DeskError;
use crate::report::Report;
use crate::source::{Entry, Files};

/// The headings of a table; none where it cannot be read, which is a problem of the report.
pub(super) fn heads(files: &Files, entry: &Entry, how: How<'_>, report: &mut Report) -> Result<Vec<String>, DeskError> {
    struct Heads(Vec<String>);
    impl Taker for Heads {
        fn heads(&mut self, names: &[String], _: &mut Report) -> ControlFlow<()> {
            self.0 = names.to_vec();
            ControlFlow::Break(())
        }

        fn row(&mut self, _: u64, _: &[String], _: &mut Report) -> Result<ControlFlow<()>, DeskError> {
            Ok(ControlFlow::Break(()))
        }
    }
    let mut heads = Heads(Vec::new());
    row::read(files, entry, how, &mut heads, report)?;
    Ok(heads.0)
}

/// A mapping with what an earlier one says of the headings that it does not name, and of lists where it does not.
pub(super) fn joined(mapping: &Mapping, before: &Mapping, heads: &[String]) -> Mapping {
    let mut joined = mapping.clone();
    if joined.separator.is_empty() {
        joined.separator.clone_from(&before.separator);
    }
    for (head, field) in before.columns.iter().filter(|(head, _)| heads.contains(head)) {
        let taken = !field.is_empty() && mapping.columns.values().any(|other| other == field);
        let named = mapping.columns.keys().any(|name| name.eq_ignore_ascii_case(head));
        if !taken && !named {
            joined.columns.insert(head.clone(), field.clone());
        }
    }
    joined
}

/// The mapping with every heading in it: what it does not name is guessed, unless it is exact.
pub(super) fn filled(desk: &str, kind: RowKind, heads: &[String], mapping: &Mapping) -> Mapping {
    let mut filled = mapping.clone();
    if filled.separator.is_empty() {
        filled.separator = semicolon();
    }
    // An exact name first: the file may have headings that differ in case alone.
    let given = |head: &String| {
        let same = |one: &&String| one.eq_ignore_ascii_case(head);
        mapping.columns.get(head).or_else(|| {
            let name = mapping.columns.keys().find(same)?;
            (!heads.contains(name)).then(|| &mapping.columns[name])
        })
    };
    let taken: Vec<&String> = heads
        .iter()
        .filter_map(given)
        .filter(|field| !field.is_empty())
        .collect();
    let guesses = if mapping.exact {
        BTreeMap::default()
    } else {
        guess::columns(desk, kind, heads)
    };
    for head in heads {
        let guess = guesses.get(head).filter(|field| !taken.contains(field));
        let field = given(head).or(guess).cloned().unwrap_or_default();
        if !filled.columns.contains_key(head) {
            filled
                .columns
                .retain(|name, _| !name.eq_ignore_ascii_case(head) || heads.contains(name));
        }
        filled.columns.insert(head.clone(), field);
    }
    filled
}

/// The columns that a filled mapping reads; what is wrong with it is a problem of the report.
pub(super) fn columns(
    desk: &str,
    kind: RowKind,
    file: &str,
    heads: &[String],
    mapping: &Mapping,
    report: &mut Report,
) -> Vec<Column> {
    let offered = fields_of(desk, kind);
    let mut columns: Vec<Column> = Vec::new();
    for (head, field) in mapping.columns.iter().filter(|(_, field)| !field.is_empty()) {
        let Some(at) = heads.iter().position(|one| one == head) else {
            report.problem(file, 0, head, said::no_column());
            continue;
        };
        let known = offered.iter().copied().find(|one| one.name == field);
        if known.is_none() && !(field == KIND_KEY && has_own_key(kind)) {
            let names: Vec<&str> = offered.iter().map(|one| one.name).collect();
            report.problem(file, 0, head, said::no_field(field, names.join(", ")));
            continue;
        }
        let column = Column { at, field: known };
        if let Some(other) = columns.iter().find(|one| one.name() == column.name()) {
            report.problem(file, 0, head, said::same_field(field, &heads[other.at]));
            continue;
        }
        columns.push(column);
    }
    columns.sort_by_key(|column| column.at);
    demands(kind, file, &columns, report);
    columns
}

/// What a mapping must have.
fn demands(kind: RowKind, file: &str, columns: &[Column], report: &mut Report) {
    let has = |name: &str| columns.iter().any(|column| column.name() == name);
    let keys = fields::keys(kind);
    if !keys.iter().any(|key| has(key)) {
        report.problem(file, 0, "", said::no_key(keys.join(" / ")));
    }
    for field in fields::needed(kind).iter().filter(|field| !has(field)) {
        report.problem(file, 0, "", said::needed(field));
    }
    // Both are links of one kind: what the one does not tell would be lost.
    if has("read_addresses") != has("write_addresses") {
        report.problem(file, 0, "", said::half());
    }
}
