//! Records as a list: search, filters, order, stretches.

use portico_core::form::field::Entity;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::choice::{self, Choice};
use super::column::Column;
use super::face::{Face, face};
use super::table;
use crate::base::{self, RowMap};
use crate::error::{Result, StoreError};
use crate::table::cell::to_json;
use crate::table::{Role, Table, user_column};
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
    /// What to sort by, then by name.
    pub sort: Column,
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

/// The records from `offset`, at most `limit`.
pub fn list(c: &Connection, entity: Entity, query: &Query, offset: u64, limit: u64) -> Result<Vec<Line>> {
    let (table, face) = (table(entity)?, face(entity));
    let found = condition(table, face, query)?;
    let (sql, mut params) = (found.sql(), found.params);
    let order = query.sort.order(entity, query.descending);
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

/// Hands over what these columns hold, record by record, at most `most`, until `take` refuses. Nothing is kept in
/// memory.
pub fn each<E: From<StoreError>>(
    c: &Connection,
    entity: Entity,
    query: &Query,
    (columns, most): (&[Column], Option<u64>),
    take: &mut dyn FnMut(&[String]) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let found = condition(table(entity)?, face(entity), query)?;
    let values: Vec<String> = columns.iter().map(|column| column.value(entity)).collect();
    let sql = format!(
        "SELECT {} FROM {} t WHERE {} ORDER BY {} LIMIT {}",
        if values.is_empty() {
            "NULL".to_owned()
        } else {
            values.join(", ")
        },
        entity.name(),
        found.sql(),
        query.sort.order(entity, query.descending),
        most.map_or(-1, |most| i64::try_from(most).unwrap_or(-1)),
    );
    let mut statement = c.prepare(&sql).map_err(StoreError::from)?;
    let mut rows = statement
        .query(params_from_iter(&found.params))
        .map_err(StoreError::from)?;
    let mut cells = vec![String::new(); columns.len()];
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        for (place, cell) in cells.iter_mut().enumerate() {
            *cell = user_column::read(row, place).map_err(StoreError::from)?;
        }
        take(&cells)?;
    }
    Ok(())
}
