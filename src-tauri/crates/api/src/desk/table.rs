//! Tables: which column is which field, looked at before and remembered after an import.

use std::path::Path;

use portico_desks::reader::ReadOptions;
use portico_desks::registry as desks;
use portico_desks::tables::first::{FirstRow, first_rows};
use portico_desks::tables::known::{Known, Need, need};
use portico_desks::tables::look::{Look, Origin, look};
use portico_desks::tables::mapping::Mapping;
use portico_desks::tables::{self, KINDS, RowKind};
use portico_store::snapshot;
use portico_store::table::{meta, record};

use crate::error::ApiError;
use crate::session::{Action, Session};
use crate::types::transfer::{
    ColumnOrigin, ImportInput, TableCell, TableColumn, TableKind, TableLook, TableMapping, TableRow,
};

/// How many rows are shown.
const SHOWN: usize = 8;

/// A table's columns, what they are taken for, and its first rows. Nothing is written. `forget` leaves out what the
/// columns of such tables were the last time.
pub fn look_at_table(
    session: &Session,
    path: &str,
    mapping: Option<&TableMapping>,
    forget: bool,
) -> Result<TableLook, ApiError> {
    session.may(Action::Import)?;
    let desk = session.desk();
    let found = looked(session, path, mapping, forget)?;
    let is = tables::kind(&found.mapping.kind);
    let has = |(_, kind): &&(&str, RowKind)| !tables::fields(desk, *kind).is_empty();
    let kind = |(name, kind): &(&str, RowKind)| TableKind {
        name: (*name).to_owned(),
        entity: kind.name().to_owned(),
    };
    let rows = if is.is_some() && found.report.is_usable() {
        let rows = first_rows(desk, &found, &mut known(session, Some(&found.mapping))?);
        told_by_number(session, is, &found.mapping, rows)?
    } else {
        Vec::new()
    };
    Ok(TableLook {
        kinds: KINDS.iter().filter(has).map(kind).collect(),
        cells: found.cells.map(String::from),
        origins: found.origins.iter().map(|one| origin(*one)).collect(),
        first: rows.into_iter().map(row).collect(),
        fields: is.map(|kind| tables::choices(desk, kind)).unwrap_or_default(),
        keys: is
            .map(tables::keys)
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect(),
        needs: is
            .map(tables::needed)
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect(),
        mapping: told(&found.mapping, &found.heads),
        file: found.file,
        sheets: found.sheets,
        rows: found.rows,
        problems: found.report.problems,
        findings: found.report.findings,
    })
}

/// Says of rows that are tickets whether the workspace has them; the others say it themselves.
fn told_by_number(
    session: &Session,
    kind: Option<RowKind>,
    mapping: &Mapping,
    mut rows: Vec<FirstRow>,
) -> Result<Vec<FirstRow>, ApiError> {
    let heading = mapping.columns.iter().find(|(_, field)| *field == "number");
    let (Some(RowKind::Tickets), Some((heading, _))) = (kind, heading) else {
        return Ok(rows);
    };
    session.store().read(|c| {
        for row in &mut rows {
            let number = row.cells.iter().find(|cell| cell.heading == *heading);
            let wrong = row.problem.is_some() || row.cells.iter().any(|cell| cell.problem.is_some());
            if let Some(number) = number.filter(|_| !wrong) {
                row.known = Some(snapshot::ticket_by_number(c, &number.value)?.is_some());
            }
        }
        Ok::<_, ApiError>(rows)
    })
}

fn origin(origin: Origin) -> ColumnOrigin {
    match origin {
        Origin::Said => ColumnOrigin::Said,
        Origin::Remembered => ColumnOrigin::Remembered,
        Origin::Guessed => ColumnOrigin::Guessed,
        Origin::Open => ColumnOrigin::Open,
    }
}

fn row(row: FirstRow) -> TableRow {
    let cells = row.cells.into_iter().map(|cell| TableCell {
        heading: cell.heading,
        value: cell.value,
        problem: cell.problem,
    });
    TableRow {
        line: row.line,
        known: row.known,
        cells: cells.collect(),
        problem: row.problem,
    }
}

/// A mapping as it is kept in a file; anything else is refused.
pub fn read_mapping(text: &str) -> Result<TableMapping, ApiError> {
    let mapping: Mapping =
        serde_json::from_str(text).map_err(|e| ApiError::refused(format!("is no mapping of a table: {e}")))?;
    let heads: Vec<String> = mapping.columns.keys().cloned().collect();
    Ok(told(&mapping, &heads))
}

/// Gives the reader what it must know of the workspace, and of a table what its columns are; what comes back is to be
/// remembered with the import.
pub(super) fn prepare(
    session: &Session,
    input: &ImportInput,
    options: &mut ReadOptions,
) -> Result<Vec<(String, String)>, ApiError> {
    let Some(table) = &input.table else {
        if desks::desk(session.desk())?.reads_tables {
            options.known = known(session, None)?;
        }
        return Ok(Vec::new());
    };
    let mut mapping = looked(session, &input.path, Some(table), false)?.mapping;
    mapping.exact = true;
    options.known = known(session, Some(&mapping))?;
    let note = keep(session, &mapping)?;
    options.table = Some(mapping);
    Ok(vec![note])
}

fn looked(session: &Session, path: &str, mapping: Option<&TableMapping>, forget: bool) -> Result<Look, ApiError> {
    let given = mapping.map(|mapping| Mapping {
        columns: mapping
            .columns
            .iter()
            .map(|one| (one.heading.clone(), one.field.clone()))
            .collect(),
        sheet: mapping.sheet.clone().filter(|sheet| !sheet.is_empty()),
        cells: mapping.cells.as_deref().and_then(|cells| cells.chars().next()),
        separator: match mapping.separator.as_str() {
            known @ (";" | ",") => known.to_owned(),
            _ => String::new(),
        },
        ..Mapping::guessed(&mapping.kind)
    });
    let remembered = |kind: &str| remembered(session, kind).ok().flatten().filter(|_| !forget);
    Ok(look(
        session.desk(),
        Path::new(path),
        given.as_ref(),
        &remembered,
        SHOWN,
    )?)
}

fn told(mapping: &Mapping, heads: &[String]) -> TableMapping {
    let column = |heading: &String| TableColumn {
        heading: heading.clone(),
        field: mapping.columns.get(heading).cloned().unwrap_or_default(),
    };
    let missing = mapping.columns.keys().filter(|name| !heads.contains(name));
    TableMapping {
        kind: mapping.kind.clone(),
        columns: heads.iter().chain(missing).map(column).collect(),
        separator: mapping.separator.clone(),
        sheet: mapping.sheet.clone(),
        cells: mapping.cells.map(String::from),
    }
}

fn name(kind: &str) -> String {
    format!("table.{kind}")
}

/// What the columns of a kind's tables were the last time.
fn remembered(session: &Session, kind: &str) -> Result<Option<Mapping>, ApiError> {
    let note = session.store().read(|c| meta::get(c, &meta::note(&name(kind))))?;
    // One that a later version wrote differently is as good as none.
    Ok(note.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The note of a mapping, with the headings of other tables of its kind.
fn keep(session: &Session, mapping: &Mapping) -> Result<(String, String), ApiError> {
    let mut kept = remembered(session, &mapping.kind)?.unwrap_or_else(|| Mapping::guessed(&mapping.kind));
    kept.columns.extend(mapping.columns.clone());
    kept.separator.clone_from(&mapping.separator);
    let text = serde_json::to_string(&kept).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok((name(&mapping.kind), text))
}

/// The names by which a table can speak of records; of all where it is not known which table.
fn known(session: &Session, mapping: Option<&Mapping>) -> Result<Known, ApiError> {
    let mut known = Known::default();
    session.store().read(|c| {
        for entity in KINDS.iter().filter_map(|(_, kind)| kind.entity()) {
            let need = mapping.map_or(Need::Names, |mapping| need(session.desk(), mapping, entity));
            if need == Need::Nothing {
                continue;
            }
            record::each_known(c, entity, &mut |one| {
                match need {
                    Need::Names => known.add(entity, one.desk_key.as_deref(), &one.key, &[&one.name, &one.title]),
                    _ => known.add_key(entity, one.desk_key.as_deref(), &one.key),
                }
                if let Some(key) = one.desk_key.as_deref().filter(|_| !one.kind.is_empty()) {
                    known.add_state_kind(key, &one.kind);
                }
            })?;
        }
        Ok::<_, ApiError>(())
    })?;
    Ok(known)
}
