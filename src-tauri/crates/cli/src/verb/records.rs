//! `records`: a list of accounts, queues or another kind of record.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::records;
use portico_api::session::Session;
use portico_api::types::records::{ExportRecords, RecordQuery};
use portico_core::form::field::Kind;
use serde_json::{Map, Value, json};

use super::{progress, progress_is_over, table_file};
use crate::args::Records;
use crate::edit::noun;
use crate::failure::{Ending, Failure};
use crate::output::{Output, say};

pub(super) fn run(args: &Records, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let counts = records::count_records(session)?;
    if !counts.iter().any(|count| count.entity == args.kind.name()) {
        let noun = noun(args.kind);
        return Err(Failure::Usage(format!("this desk has no {noun}")));
    }
    let columns = columns(args, session)?;
    if let Some((path, format)) = table_file::target(args.csv.as_deref(), args.xlsx.as_deref()) {
        return write(args, &columns, (path, format), session, output);
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let asked = (columns.as_slice(), args.limit);
    records::each_record(session, args.kind.name(), &query(args), asked, &mut |cells| {
        rows.push(cells.to_vec());
        Ok(())
    })?;
    let total = records::list_records(session, args.kind.name(), &query(args), 0, 0)?.total;
    if output.is_json() {
        let records: Vec<Value> = rows.iter().map(|row| as_json(args, &columns, row)).collect();
        output.value(&json!({ "total": total, "records": records }))?;
        return Ok(Ending::Done);
    }
    let shown = rows.len();
    rows.insert(0, columns.iter().map(|key| (*key).to_owned()).collect());
    output.columns(&rows)?;
    if shown < total as usize {
        say(&format!("{shown} of {total} shown"));
    }
    Ok(Ending::Done)
}

/// The columns that were asked for; without any, those that say something on this desk.
fn columns(args: &Records, session: &Session) -> Result<Vec<&'static str>, Failure> {
    let all = records::record_columns(session, args.kind.name())?;
    let named = |key: &String| {
        let found = all.iter().find(|column| column.key == key);
        found.map(|column| column.key).ok_or_else(|| {
            let keys: Vec<&str> = all.iter().map(|column| column.key).collect();
            let keys = keys.join(", ");
            Failure::Usage(format!("there is no column {key:?}; there are {keys}"))
        })
    };
    named(&args.sort)?;
    if args.columns.is_empty() {
        return Ok(all
            .iter()
            .filter(|column| column.known)
            .map(|column| column.key)
            .collect());
    }
    args.columns.iter().map(named).collect()
}

fn query(args: &Records) -> RecordQuery {
    RecordQuery {
        search: args.search.clone(),
        sort: args.sort.clone(),
        descending: args.descending,
        changed: args.changed,
        ..RecordQuery::default()
    }
}

/// The headings are the columns' keys.
fn write(
    args: &Records,
    columns: &[&str],
    (path, format): (&Path, &str),
    session: &Session,
    output: &mut Output,
) -> Result<Ending, Failure> {
    let input = ExportRecords {
        entity: args.kind.name().to_owned(),
        query: query(args),
        limit: args.limit,
        columns: table_file::columns(columns.iter().copied()),
        format: format.to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    };
    let never = Arc::new(AtomicBool::new(false));
    let result = records::export_records(session, &input, "records", &mut |p| progress(&p), &never);
    progress_is_over();
    table_file::done(&result?, "records", output)
}

/// Counts as numbers, what is on or off as such, all else as it is called.
fn as_json(args: &Records, columns: &[&str], row: &[String]) -> Value {
    let is_flag = |key: &str| args.kind.fields().iter().any(|f| f.name == key && f.kind == Kind::Flag);
    let value = |(key, cell): (&&str, &String)| {
        let value = match *key {
            "used" => json!(cell.parse::<u64>().unwrap_or_default()),
            "changed" => json!(!cell.is_empty()),
            key if is_flag(key) => json!(cell == "yes"),
            _ => json!(cell),
        };
        ((*key).to_owned(), value)
    };
    Value::Object(columns.iter().zip(row).map(value).collect::<Map<_, _>>())
}
