//! Which people something is done to: those who are named, or all who match, without some.

use portico_core::id::ExternalUserId;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::cell;
use super::user_column::{self, Column};
use super::user_list::{ListQuery, PEOPLE, Sort, Without, condition, order, ordered};
use crate::error::{Result, StoreError};

/// Some people. Whoever is gone meanwhile, and every placeholder, is not among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// These.
    pub ids: Vec<ExternalUserId>,
    /// And all who match this, its order left aside.
    pub all: Option<ListQuery>,
    /// But not these of `all`.
    pub except: Vec<ExternalUserId>,
}

/// In which order people come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub sort: Sort,
    /// Backwards.
    pub descending: bool,
}

/// The ids as one parameter: a hundred thousand would be too many parameters.
const NAMED: &str = "IN (SELECT unhex(value) FROM json_each(?))";

fn named(ids: &[ExternalUserId]) -> Value {
    let quoted: Vec<String> = ids
        .iter()
        .map(|id| format!("\"{}\"", id.to_string().replace('-', "")))
        .collect();
    Value::Text(format!("[{}]", quoted.join(",")))
}

/// The condition on a person `s`, with its parameters.
fn among(c: &Connection, selected: &Selected) -> Result<(String, Vec<Value>)> {
    let mut ways = Vec::new();
    let mut params = Vec::new();
    if let Some(query) = &selected.all {
        let found = condition(c, query, Without::Nothing)?;
        params.extend(found.params);
        if selected.except.is_empty() {
            ways.push(found.sql);
        } else {
            ways.push(format!("{} AND s.user_id NOT {NAMED}", found.sql));
            params.push(named(&selected.except));
        }
    }
    if !selected.ids.is_empty() {
        ways.push(format!("s.present = 1 AND s.user_id {NAMED}"));
        params.push(named(&selected.ids));
    }
    let sql = match ways.as_slice() {
        [] => "0".to_owned(),
        [one] => one.clone(),
        more => format!("({})", more.join(") OR (")),
    };
    Ok((sql, params))
}

/// Who it is, each once.
pub fn ids(c: &Connection, selected: &Selected, by: Order) -> Result<Vec<ExternalUserId>> {
    let (condition, params) = among(c, selected)?;
    let (order, from) = (order(by.sort, by.descending), ordered(by.sort));
    let sql = format!("SELECT s.user_id FROM {from} WHERE {condition} ORDER BY {order}");
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&params), |r| cell::column(r, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Hands over what these columns hold, person by person, until `take` refuses. Nobody is kept in memory.
pub fn each<E: From<StoreError>>(
    c: &Connection,
    selected: &Selected,
    by: Order,
    columns: &[&'static Column],
    take: &mut dyn FnMut(&[String]) -> Result<(), E>,
) -> Result<(), E> {
    let (condition, params) = among(c, selected)?;
    let order = order(by.sort, by.descending);
    let values: Vec<String> = columns.iter().map(|c| c.value()).collect();
    let sql = format!(
        "SELECT {} FROM {PEOPLE} WHERE {condition} ORDER BY {order}",
        if values.is_empty() {
            "NULL".to_owned()
        } else {
            values.join(", ")
        }
    );
    let mut statement = c.prepare(&sql).map_err(StoreError::from)?;
    let mut rows = statement.query(params_from_iter(&params)).map_err(StoreError::from)?;
    let mut cells = vec![String::new(); columns.len()];
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        for (place, cell) in cells.iter_mut().enumerate() {
            *cell = user_column::read(row, place).map_err(StoreError::from)?;
        }
        take(&cells)?;
    }
    Ok(())
}
