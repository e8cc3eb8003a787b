//! Records as a list: search, filters, order, stretches.

use portico_core::form::field::Entity;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::choice::{self, Choice};
use super::face::{Face, face};
use super::table;
use crate::base::{self, RowMap};
use crate::error::{Result, StoreError};
use crate::table::cell::{Kind, to_json};
use crate::table::{Role, Table};
use crate::text::searchable;

/// Only records with this value in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub column: String,
    /// The value, ids hyphenated; null for none.
    pub value: serde_json::Value,
}

/// Which records, in which order. Placeholders are listed too: others name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all occur in what the record is found by, case and diacritics ignored.
    pub search: String,
    /// The column to sort by, then by name; empty for the name alone.
    pub sort: String,
    /// Backwards.
    pub descending: bool,
    /// What must hold beside.
    pub filters: Vec<Filter>,
    /// Only records that differ from what the desk had.
    pub changed: bool,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the record is called.
    pub choice: Choice,
    /// All its columns.
    pub row: RowMap,
}

struct Condition {
    parts: Vec<String>,
    params: Vec<Value>,
}

impl Condition {
    /// Adds a part with one value, whose place is written `?`.
    fn and(&mut self, part: &str, value: Value) {
        self.params.push(value);
        self.parts.push(part.replace('?', &format!("?{}", self.params.len())));
    }

    fn sql(&self) -> String {
        if self.parts.is_empty() {
            "1".to_owned()
        } else {
            self.parts.join(" AND ")
        }
    }
}

fn condition(table: &'static Table, face: Face, query: &Query) -> Result<Condition> {
    let mut found = Condition {
        parts: Vec::new(),
        params: Vec::new(),
    };
    for word in searchable(&query.search).split_whitespace() {
        let part = format!("portico_contains(portico_search({}), '', ?)", face.text);
        found.and(&part, Value::Text(word.to_owned()));
    }
    for filter in &query.filters {
        let column = column(table, &filter.column)?;
        found.and(&format!("t.{column} IS ?"), base::value(table, column, &filter.value));
    }
    if query.changed {
        let part = "t.id IN (SELECT portico_id(pk) FROM base WHERE tbl = ?)";
        found.and(part, Value::Text(table.name.to_owned()));
    }
    Ok(found)
}

fn column(table: &'static Table, name: &str) -> Result<&'static str> {
    let found = table.columns.iter().find(|c| c.name == name && c.role != Role::Derived);
    found.map(|c| c.name).ok_or_else(|| StoreError::NotFound {
        what: "column",
        key: format!("{}.{name}", table.name),
    })
}

fn is_text(table: &Table, column: &str) -> bool {
    table.columns.iter().any(|c| c.name == column && c.kind == Kind::Text)
}

/// The order: a reference by the name of what it leads to, texts folded, then the name, then the id.
fn order(table: &'static Table, face: Face, query: &Query) -> Result<String> {
    let way = if query.descending { " DESC" } else { "" };
    let name = format!("portico_search({}){way}, t.id{way}", face.name);
    if query.sort.is_empty() {
        return Ok(name);
    }
    let sort = column(table, &query.sort)?;
    let by = match base::referred(table.name, sort).and_then(Entity::from_name) {
        Some(to) => {
            let named = super::face::face(to).name.replace("t.", "r.");
            format!(
                "(SELECT portico_search({named}) FROM {} r WHERE r.id = t.{sort})",
                to.name()
            )
        }
        None if is_text(table, sort) => format!("portico_search(t.{sort})"),
        None => format!("t.{sort}"),
    };
    Ok(format!("{by}{way}, {name}"))
}

/// The records from `offset`, at most `limit`.
pub fn list(c: &Connection, entity: Entity, query: &Query, offset: u64, limit: u64) -> Result<Vec<Line>> {
    let (table, face) = (table(entity)?, face(entity));
    let found = condition(table, face, query)?;
    let (sql, mut params) = (found.sql(), found.params);
    let order = order(table, face, query)?;
    for number in [limit, offset] {
        params.push(Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
    }
    let columns: Vec<String> = table.columns.iter().map(|c| format!("t.{}", c.name)).collect();
    // The inner query walks an index alone; only the rows of the stretch are fetched.
    let sql = format!(
        "SELECT {}, {} FROM (SELECT t.id FROM {} t WHERE {sql} ORDER BY {order} LIMIT ?{} OFFSET ?{}) page
         JOIN {} t ON t.id = page.id ORDER BY {order}",
        choice::columns(face),
        columns.join(", "),
        table.name,
        params.len() - 1,
        params.len(),
        table.name,
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&params), |r| {
        let row = table
            .columns
            .iter()
            .enumerate()
            .map(|(n, column)| Ok((column.name, to_json(r.get_ref(choice::COLUMNS + n)?))))
            .collect::<rusqlite::Result<RowMap>>()?;
        Ok(Line {
            choice: choice::read(r)?,
            row,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many records match.
pub fn count(c: &Connection, entity: Entity, query: &Query) -> Result<u64> {
    let (table, face) = (table(entity)?, face(entity));
    let found = condition(table, face, query)?;
    let sql = format!("SELECT count(*) FROM {} t WHERE {}", table.name, found.sql());
    let count: i64 = c
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&found.params), |r| r.get(0))?;
    Ok(count.unsigned_abs())
}
