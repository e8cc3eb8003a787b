//! `import --kind`, `--map`, `--mapping`: what the columns of a table are.

use std::fs;

use portico_api::desk;
use portico_api::session::Session;
use portico_api::types::transfer::{TableColumn, TableLook, TableMapping};
use serde_json::{Value, json};

use crate::args::{Import, Table};
use crate::failure::Failure;
use crate::output::Output;

/// What was said of a table, what was remembered and what was guessed; `None` where no table is meant.
pub(super) fn look(args: &Import, session: &Session) -> Result<Option<TableLook>, Failure> {
    let (Some(from), true) = (&args.from, args.table.is_meant()) else {
        return Ok(None);
    };
    let asked = asked(&args.table)?;
    Ok(Some(desk::look_at_table(
        session,
        &from.display().to_string(),
        Some(&asked),
        false,
    )?))
}

fn asked(args: &Table) -> Result<TableMapping, Failure> {
    let mut asked = match &args.mapping {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|source| Failure::File {
                path: path.display().to_string(),
                source,
            })?;
            desk::read_mapping(&text)?
        }
        None => TableMapping::default(),
    };
    if let Some(kind) = &args.kind {
        asked.kind.clone_from(kind);
    }
    if let Some(between) = &args.between {
        asked.separator.clone_from(between);
    }
    if let Some(cells) = &args.cells {
        let sign = if cells == "tab" { "\t" } else { cells };
        asked.cells = Some(sign.to_owned());
    }
    asked.sheet = args.sheet.clone().or(asked.sheet);
    for one in &args.columns {
        asked.columns.retain(|column| column.heading != one.heading);
        asked.columns.push(TableColumn {
            heading: one.heading.clone(),
            field: one.field.clone(),
        });
    }
    Ok(asked)
}

/// Says what each column is taken for.
pub(super) fn say(look: &TableLook, output: &mut Output) -> Result<(), Failure> {
    let TableLook {
        file, mapping, rows, ..
    } = look;
    output.line(&format!("{file}: {}", mapping.kind))?;
    let mut lines = vec![["column", "field", "first row"].map(ToOwned::to_owned).to_vec()];
    for (place, column) in mapping.columns.iter().enumerate() {
        let field = if column.field.is_empty() {
            "(not read)"
        } else {
            &column.field
        };
        let example = rows.first().and_then(|row| row.get(place)).cloned().unwrap_or_default();
        let example: String = example.chars().take(40).collect();
        lines.push(vec![column.heading.clone(), field.to_owned(), example]);
    }
    output.columns(&lines)
}

/// The mapping as a file of it has it.
pub(super) fn as_json(mapping: &TableMapping) -> Value {
    let columns = mapping
        .columns
        .iter()
        .map(|one| (one.heading.clone(), json!(one.field)));
    json!({
        "kind": mapping.kind,
        "columns": columns.collect::<serde_json::Map<_, _>>(),
        "separator": mapping.separator,
        "sheet": mapping.sheet,
        "cells": mapping.cells,
    })
}
