//! The links of a record that the desk does not have, or has again.

use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::Value as Json;

use super::Found;
use crate::base::{self, Entry};
use crate::error::{Result, StoreError};
use crate::history::changeset::key_text;
use crate::table::{Role, SYNCED, Table, row};
use crate::transact::Tx;

/// The links that a record has, or had: by table, with the column of the record's id.
fn links_of(one: &Found) -> impl Iterator<Item = (&'static Table, &'static str)> + use<> {
    let name = one.table.name;
    let links = SYNCED.iter().copied().filter(|table| table.key > 1 && table.based);
    links.flat_map(move |table| {
        let columns = table.columns[..table.key].iter();
        let to = columns.filter(move |c| matches!(c.role, Role::Reference(to) if to == name));
        to.map(move |c| (table, c.name))
    })
}

/// The desk does not have the record, and so none of its links.
pub(super) fn links_go(tx: &Tx<'_>, one: &Found) -> Result<()> {
    for (table, column) in links_of(one).filter(|_| one.table.is_entity()) {
        for (key, entry) in entries(tx, table, column, one)? {
            if matches!(entry, Entry::Deleted(_)) {
                base::put(tx, table, &key, None)?;
            }
        }
        let names: Vec<&str> = table.columns[..table.key].iter().map(|c| c.name).collect();
        let sql = format!("SELECT {} FROM {} WHERE {column} = ?1", names.join(", "), table.name);
        let mut statement = tx.prepare_cached(&sql)?;
        let rows = statement.query_map([one.values()?.first()], |r| {
            (0..table.key)
                .map(|n| r.get(n))
                .collect::<rusqlite::Result<Vec<Value>>>()
        })?;
        for values in rows.collect::<rusqlite::Result<Vec<_>>>()? {
            base::put(tx, table, &key_text(&values), Some(&Entry::Inserted))?;
        }
    }
    Ok(())
}

/// The record is back: so are the links that it lost with its row, where their other end is there.
pub(super) fn links_come(tx: &Tx<'_>, one: &Found) -> Result<()> {
    for (table, column) in links_of(one).filter(|_| one.table.is_entity()) {
        for (key, entry) in entries(tx, table, column, one)? {
            let Entry::Deleted(kept) = entry else { continue };
            let mut there = true;
            for end in &table.columns[..table.key] {
                if let (Role::Reference(to), Some(id)) = (end.role, kept.get(end.name).and_then(Json::as_str)) {
                    let to = Table::named(to).ok_or_else(|| StoreError::Damaged(to.to_owned()))?;
                    there &= base::current(tx, to, id)?.is_some();
                }
            }
            // It may have come by itself.
            if there && base::current(tx, table, &key)?.is_none() {
                row::insert(tx, table, &row::kept(table, &kept))?;
            }
        }
    }
    Ok(())
}

/// What is pending about the links of a record.
fn entries(c: &Connection, table: &'static Table, column: &str, one: &Found) -> Result<Vec<(String, Entry)>> {
    let place = table.position(column).unwrap_or_default();
    // A key is a JSON array of texts: where the record comes first, those of it stand together.
    let (from, to) = if place == 0 {
        (format!("[\"{}\",", one.key), format!("[\"{}\"-", one.key))
    } else {
        ("[".to_owned(), "\\".to_owned())
    };
    let mut statement = c.prepare_cached("SELECT pk, kind, row FROM base WHERE tbl = ?1 AND pk >= ?2 AND pk < ?3")?;
    let mut rows = statement.query((table.name, from, to))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        let parts: Vec<Json> = serde_json::from_str(&key).unwrap_or_default();
        if parts.get(place).and_then(Json::as_str) == Some(&one.key) {
            let (kind, kept): (String, String) = (row.get(1)?, row.get(2)?);
            found.push((key, Entry::read(&kind, &kept)?));
        }
    }
    Ok(found)
}
