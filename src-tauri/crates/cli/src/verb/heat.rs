//! `heat`: how many tickets of each group, queue, address or app the people of each account see.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::heat;
use portico_api::session::Session;
use portico_api::types::heat::{ExportHeat, HeatHead, HeatRow};
use serde_json::json;

use super::{progress, progress_is_over, table_file};
use crate::args;
use crate::failure::{Ending, Failure};
use crate::output::Output;

/// Rows asked for at once.
const PAGE: u32 = 500;

pub(super) fn run(args: &args::Heat, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if let Some((path, format)) = table_file::target(args.csv.as_deref(), args.xlsx.as_deref()) {
        return write(args, path, format, session, output);
    }
    let head = heat::heat_head(session)?;
    let rows = working(|work| rows(args, session, work))?;
    let unknown = rows.iter().any(|row| row.unknown > 0);
    if output.is_json() {
        as_json(&head, &rows, output)?;
    } else {
        as_text(&head, &rows, output)?;
    }
    Ok(Ending::look_if(unknown || !head.unknown_settings.is_empty()))
}

fn working<T>(work: impl FnOnce(&mut Work<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
    let never = Arc::new(AtomicBool::new(false));
    let done = work(&mut Work {
        job: "heat",
        tell: &mut |p| progress(&p),
        cancelled: &never,
    });
    progress_is_over();
    done
}

fn rows(args: &args::Heat, session: &Session, work: &mut Work<'_>) -> Result<Vec<HeatRow>, Failure> {
    let limit = args.limit.unwrap_or(u32::MAX);
    let mut rows = Vec::new();
    let mut offset = 0;
    loop {
        let page = heat::heat_page(session, &args.search, offset, PAGE.min(limit - offset), work)?;
        rows.extend(page.rows);
        offset += PAGE;
        if offset >= page.total.min(limit) {
            return Ok(rows);
        }
    }
}

fn names(head: &HeatHead) -> HashMap<&str, (&str, u64)> {
    head.columns
        .iter()
        .map(|column| (column.key.as_str(), (column.name.as_str(), column.tickets)))
        .collect()
}

fn as_json(head: &HeatHead, rows: &[HeatRow], output: &mut Output) -> Result<(), Failure> {
    let names = names(head);
    let row = |row: &HeatRow| {
        let cells = row.cells.iter().map(|cell| {
            let name = names.get(cell.column.as_str()).map_or("", |(name, _)| *name);
            json!({ "name": name, "tickets": cell.tickets })
        });
        json!({
            "key": row.key,
            "account": row.name,
            "people": row.people,
            "unknown": row.unknown,
            "tickets": row.tickets,
            "cells": cells.collect::<Vec<_>>(),
        })
    };
    let column =
        |column: &portico_api::types::heat::HeatColumn| json!({ "name": column.name, "tickets": column.tickets });
    output.value(&json!({
        "by": head.by,
        "columns": head.columns.iter().map(column).collect::<Vec<_>>(),
        "unknown_settings": head.unknown_settings,
        "assumed": head.assumed,
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
    }))
}

fn as_text(head: &HeatHead, rows: &[HeatRow], output: &mut Output) -> Result<(), Failure> {
    if !head.assumed.is_empty() {
        let names = head.assumed.join(", ");
        output.line(&format!(
            "[assumed] nobody has confirmed {names}: told as it is assumed"
        ))?;
    }
    if !head.unknown_settings.is_empty() {
        let names = head.unknown_settings.join(", ");
        output.line(&format!("settings that are needed: {names}"))?;
    }
    let names = names(head);
    for row in rows {
        let account = if row.name.is_empty() { "(no account)" } else { &row.name };
        let more = if row.unknown > 0 {
            format!("; of {} it cannot be told whether they see more", row.unknown)
        } else {
            String::new()
        };
        output.line(&format!(
            "{account}: {} people see {} tickets{more}",
            row.people, row.tickets
        ))?;
        for cell in &row.cells {
            let (name, all) = names.get(cell.column.as_str()).copied().unwrap_or_default();
            let name = if name.is_empty() {
                format!("(no {})", head.by)
            } else {
                name.to_owned()
            };
            output.line(&format!("  {name}: {} of {all}", cell.tickets))?;
        }
    }
    Ok(())
}

fn write(
    args: &args::Heat,
    path: &std::path::Path,
    format: &str,
    session: &Session,
    output: &mut Output,
) -> Result<Ending, Failure> {
    let input = ExportHeat {
        search: args.search.clone(),
        columns: table_file::columns(heat::heat_columns()),
        nameless: "(none)".to_owned(),
        format: format.to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    };
    let file = working(|work| Ok(heat::export_heat(session, &input, work)?))?;
    table_file::done(&file, "accounts", output)
}
