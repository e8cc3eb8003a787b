//! Records of every kind of entity, handled alike: what they are called, how they are found, listed, written, and
//! what refers to them.

mod choice;
mod column;
mod face;
pub(crate) mod index;
mod known;
mod list;
mod tree;
mod uses;
mod write;

use std::collections::BTreeMap;

use portico_core::form::field::Entity;
use rusqlite::{Connection, OptionalExtension};

pub use choice::{Choice, labels, named, search};
pub use column::{Column, field_column};
pub use known::{KnownRecord, each_known};
pub use list::{Filter, Line, Query, count, each, list};
pub use tree::{Node, ancestors, children, lies_in};
pub use uses::{Usage, UseCount, move_uses, total_uses, unlink_uses, uses, uses_of_lines};
pub use write::{delete, insert, taken, unique_column, update};

use crate::base::{self, Pending, RowMap};
use crate::error::{Result, StoreError};
use crate::table::Table;

/// The 16 bytes of a record's id.
pub type Id = [u8; 16];

/// Values by column: ids hyphenated, texts, whole numbers, null.
pub type Columns = BTreeMap<String, serde_json::Value>;

pub(crate) fn table(entity: Entity) -> Result<&'static Table> {
    Table::named(entity.name()).ok_or(StoreError::NotFound {
        what: "table",
        key: entity.name().to_owned(),
    })
}

/// An id as it is written everywhere but in the tables.
pub(crate) fn text(id: Id) -> String {
    uuid::Uuid::from_bytes(id).to_string()
}

/// The record with this id, all its columns; `None` when there is none.
pub fn find(c: &Connection, entity: Entity, id: Id) -> Result<Option<RowMap>> {
    base::current(c, table(entity)?, &text(id))
}

/// Ids of a kind, placeholders too, in their order: at most `limit` behind `after`.
pub fn ids_after(c: &Connection, entity: Entity, after: Option<Id>, limit: u32) -> Result<Vec<Id>> {
    let sql = format!(
        "SELECT id FROM {} WHERE id > ?1 ORDER BY id LIMIT ?2",
        table(entity)?.name
    );
    let mut statement = c.prepare_cached(&sql)?;
    // No id is empty: all stand behind it.
    let after = after.map_or_else(Vec::new, |id| id.to_vec());
    let ids = statement.query_map((after, limit), |r| r.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// How the record differs from what the desk had; `None` where it does not.
pub fn pending(c: &Connection, entity: Entity, id: Id) -> Result<Option<Pending>> {
    base::pending_row(c, table(entity)?, &text(id))
}

/// The keys of a table's rows that differ from what the desk had.
pub fn changed_keys(c: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached("SELECT pk FROM base WHERE tbl = ?1")?;
    let keys = statement.query_map([table], |r| r.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

/// Whether links that begin with this id differ from what the desk had.
pub fn has_changed_links(c: &Connection, table: &str, first: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM base WHERE tbl = ?1 AND pk >= ?2 AND pk < ?2 || '~')";
    Ok(c.prepare_cached(sql)?
        .query_row((table, format!("[\"{first}\"")), |r| r.get(0))?)
}

/// How many records there are of a kind, placeholders left out.
pub fn count_present(c: &Connection, entity: Entity) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM {} WHERE present = 1", entity.name());
    let count: Option<i64> = c.prepare_cached(&sql)?.query_row([], |r| r.get(0)).optional()?;
    Ok(count.unwrap_or_default().unsigned_abs())
}

#[cfg(test)]
mod tests;
