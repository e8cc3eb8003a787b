//! Writing records by their columns.

use portico_core::form::field::Entity;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{Columns, Id, table};
use crate::base;
use crate::error::{Result, StoreError};
use crate::table::{Role, Table, derived, row};
use crate::transact::Tx;

fn blob(id: Id) -> Value {
    Value::Blob(id.to_vec())
}

/// Adds a record; columns that are not named hold nothing. `Duplicate` when a name that must be unique is taken.
pub fn insert(tx: &Tx<'_>, entity: Entity, id: Id, columns: &Columns) -> Result<()> {
    let table = table(entity)?;
    let values: Vec<Value> = table
        .columns
        .iter()
        .map(|column| match (column.role, columns.get(column.name)) {
            (Role::Id, _) => blob(id),
            (_, Some(json)) => base::value(table, column.name, json),
            (_, None) => column.unset(),
        })
        .collect();
    row::insert(tx, table, &values)?;
    derived::refresh(tx, table, Some(&blob(id)))
}

/// Gives a record other values in these columns; `NotFound` when there is no such record.
pub fn update(tx: &Tx<'_>, entity: Entity, id: Id, columns: &Columns) -> Result<()> {
    let table = table(entity)?;
    let named: Vec<&'static str> = writable(table).filter(|name| columns.contains_key(*name)).collect();
    if named.is_empty() {
        return Ok(());
    }
    let sets: Vec<String> = named
        .iter()
        .enumerate()
        .map(|(n, name)| format!("{name} = ?{}", n + 2))
        .collect();
    let values = named
        .iter()
        .filter_map(|name| columns.get(*name).map(|json| base::value(table, name, json)));
    let params: Vec<Value> = std::iter::once(blob(id)).chain(values).collect();
    let sql = format!("UPDATE {} SET {} WHERE id = ?1", table.name, sets.join(", "));
    let changed = tx
        .prepare_cached(&sql)?
        .execute(params_from_iter(&params))
        .map_err(|e| StoreError::from(e).with_value(|field| value_of(&named, &params, field)))?;
    if changed == 0 {
        return Err(not_found(entity, id));
    }
    derived::refresh(tx, table, Some(&blob(id)))
}

/// Columns that people edit.
fn writable(table: &'static Table) -> impl Iterator<Item = &'static str> {
    let edited = |role| {
        matches!(
            role,
            Role::Natural | Role::Field | Role::Reference(_) | Role::Own | Role::Present
        )
    };
    table.columns.iter().filter(move |c| edited(c.role)).map(|c| c.name)
}

fn value_of(named: &[&str], params: &[Value], field: &str) -> String {
    let place = named.iter().position(|name| *name == field);
    match place.and_then(|n| params.get(n + 1)) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn not_found(entity: Entity, id: Id) -> StoreError {
    StoreError::NotFound {
        what: entity.name(),
        key: super::text(id),
    }
}

/// Removes a record, with the links that are its own; `Reference` while another record refers to it.
pub fn delete(tx: &Tx<'_>, entity: Entity, id: Id) -> Result<()> {
    super::uses::drop_own(tx, entity, id)?;
    let gone = tx.execute(&format!("DELETE FROM {} WHERE id = ?1", entity.name()), [id])?;
    if gone == 0 {
        return Err(not_found(entity, id));
    }
    Ok(())
}

/// The column by whose value the desk tells records of this kind apart; `None` where names may stand twice.
pub fn unique_column(entity: Entity) -> Result<Option<&'static str>> {
    Ok(table(entity)?.with_role(Role::Natural))
}

/// The record, other than `but`, that has this name already: column and id. Names of placeholders are free.
pub fn taken(c: &Connection, entity: Entity, name: &str, but: Option<Id>) -> Result<Option<(&'static str, Id)>> {
    let Some(column) = unique_column(entity)? else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT id FROM {} WHERE {column} = ?1 AND present = 1 AND id IS NOT ?2",
        entity.name()
    );
    let found: Option<Id> = c
        .prepare_cached(&sql)?
        .query_row((name, but), |r| r.get(0))
        .optional()?;
    Ok(found.map(|id| (column, id)))
}
