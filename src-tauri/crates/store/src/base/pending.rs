//! What is pending: rows that differ from what the desk had.

use portico_core::id::ExternalUserId;
use rusqlite::Connection;
use serde_json::{Map, Value as Json};

use super::{Entry, Pending, RowMap, current, entry, part_of};
use crate::error::{Result, StoreError};
use crate::table::{SYNCED, Table};

/// Every row that differs from what the desk had, tables in the order in which they refer to each other.
///
/// A placeholder counts as absent on either side.
pub fn pending(c: &Connection) -> Result<Vec<Pending>> {
    let mut found = Vec::new();
    each_pending(c, |pending| {
        found.push(pending);
        Ok::<_, StoreError>(())
    })?;
    debug_assert_eq!(found.len(), count_pending(c)?, "counted otherwise");
    Ok(found)
}

/// Hands over the same one by one: all of them take several kilobytes each.
pub fn each_pending<E: From<StoreError>>(
    c: &Connection,
    mut visit: impl FnMut(Pending) -> Result<(), E>,
) -> Result<(), E> {
    each_entry(c, |table, key, entry, user| {
        let current = current(c, table, &key)?;
        let base = base_row(table, &entry, current.as_ref()).filter(is_there);
        let current = current.filter(is_there);
        if (base.is_some() || current.is_some()) && !same(table, base.as_ref(), current.as_ref()) {
            visit(Pending {
                table: table.name,
                key,
                user: user.map(ExternalUserId::from_bytes),
                base,
                current,
            })?;
        }
        Ok(())
    })
}

/// How many rows differ; reads only what the overlay speaks of.
pub fn count_pending(c: &Connection) -> Result<usize> {
    let mut count = 0;
    each_entry(c, |table, key, entry, _| {
        count += usize::from(match &entry {
            Entry::Updated(overlay) => is_changed(c, table, &key, overlay)?,
            Entry::Inserted => part_of(c, table, &key, &[])?.is_some_and(|row| is_there(&row)),
            Entry::Deleted(row) => {
                let now = current(c, table, &key)?.filter(is_there);
                let base = Some(named(table, row)).filter(is_there);
                (base.is_some() || now.is_some()) && !same(table, base.as_ref(), now.as_ref())
            }
        });
        Ok::<_, StoreError>(())
    })?;
    Ok(count)
}

/// Whether a row that is there differs from what the desk had in some of its columns.
fn is_changed(c: &Connection, table: &'static Table, key: &str, overlay: &Map<String, Json>) -> Result<bool> {
    let columns: Vec<&'static str> = table
        .columns
        .iter()
        .map(|c| c.name)
        .filter(|name| overlay.contains_key(*name))
        .collect();
    let Some(now) = part_of(c, table, key, &columns)? else {
        return Ok(false);
    };
    let mut base = now.clone();
    base.extend(named(table, overlay));
    Ok(match (is_there(&base), is_there(&now)) {
        (false, false) => false,
        (true, true) => !same(table, Some(&base), Some(&now)),
        _ => true,
    })
}

fn each_entry<E: From<StoreError>>(
    c: &Connection,
    mut visit: impl FnMut(&'static Table, String, Entry, Option<[u8; 16]>) -> Result<(), E>,
) -> Result<(), E> {
    let of = StoreError::from;
    let mut statement = c
        .prepare_cached("SELECT pk, kind, row, user_id FROM base WHERE tbl = ?1 ORDER BY pk")
        .map_err(of)?;
    for table in SYNCED {
        let mut rows = statement.query([table.name]).map_err(of)?;
        while let Some(r) = rows.next().map_err(of)? {
            let text = |n: usize| r.get::<_, String>(n).map_err(of);
            let entry = Entry::read(&text(1)?, &text(2)?)?;
            visit(table, text(0)?, entry, r.get(3).map_err(of)?)?;
        }
    }
    Ok(())
}

/// How a row differs from what the desk had; `None` where it does not.
pub(crate) fn pending_row(c: &Connection, table: &'static Table, key: &str) -> Result<Option<Pending>> {
    let Some(entry) = entry(c, table, key)? else {
        return Ok(None);
    };
    let current = current(c, table, key)?;
    Ok(Some(Pending {
        table: table.name,
        key: key.to_owned(),
        user: None,
        base: base_row(table, &entry, current.as_ref()).filter(is_there),
        current: current.filter(is_there),
    }))
}

fn same(table: &Table, base: Option<&RowMap>, current: Option<&RowMap>) -> bool {
    let (Some(base), Some(current)) = (base, current) else {
        return false;
    };
    table
        .columns
        .iter()
        .filter(|c| c.role.tracked())
        .all(|c| base.get(c.name) == current.get(c.name))
}

fn named(table: &'static Table, map: &Map<String, Json>) -> RowMap {
    let value = |name: &'static str| Some((name, map.get(name)?.clone()));
    table.columns.iter().filter_map(|c| value(c.name)).collect()
}

/// What the desk had, from the overlay and what is now.
fn base_row(table: &'static Table, entry: &Entry, current: Option<&RowMap>) -> Option<RowMap> {
    match entry {
        Entry::Inserted => None,
        Entry::Deleted(row) => Some(named(table, row)),
        Entry::Updated(overlay) => {
            let mut row = current?.clone();
            row.extend(named(table, overlay));
            Some(row)
        }
    }
}

/// No placeholder.
fn is_there(row: &RowMap) -> bool {
    row.get("present").and_then(Json::as_i64) != Some(0)
}

/// What is pending about one person: herself and her links.
pub fn pending_of(c: &Connection, user: ExternalUserId) -> Result<Vec<Pending>> {
    let mut statement = c.prepare_cached("SELECT tbl, pk, kind, row FROM base WHERE user_id = ?1 ORDER BY tbl, pk")?;
    let entries = statement
        .query_map([user.as_bytes()], |r| {
            Ok((
                r.get::<_, String>(0)?,
                r.get::<_, String>(1)?,
                r.get::<_, String>(2)?,
                r.get::<_, String>(3)?,
            ))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut found = Vec::new();
    for (name, key, kind, row) in entries {
        let table =
            Table::named(&name).ok_or_else(|| StoreError::Damaged(format!("base of an unknown table {name}")))?;
        let entry = Entry::read(&kind, &row)?;
        let current = current(c, table, &key)?;
        let base = base_row(table, &entry, current.as_ref()).filter(is_there);
        found.push(Pending {
            table: table.name,
            key,
            user: Some(user),
            base,
            current: current.filter(is_there),
        });
    }
    Ok(found)
}
