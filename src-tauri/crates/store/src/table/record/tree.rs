//! The portal's objects as a tree, level by level.

use portico_core::form::field::Entity;
use rusqlite::Connection;

use super::choice::{self, Choice};
use super::face::face;
use super::{Id, table};
use crate::base::RowMap;
use crate::error::Result;
use crate::table::cell::to_json;

/// An object of the portal with what lies directly in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is called.
    pub choice: Choice,
    /// All its columns.
    pub row: RowMap,
    /// How many objects lie directly in it.
    pub children: u64,
    /// How many groups and people have a right of their own on it.
    pub rights: (u64, u64),
}

/// How deep a portal may be; more is a circle.
const DEEPEST: u32 = 1_000;

/// What lies directly in an object (`None`: in nothing), by name, from `offset`, at most `limit`; and how much in all.
pub fn children(c: &Connection, parent: Option<Id>, offset: u64, limit: u64) -> Result<(Vec<Node>, u64)> {
    let (table, face) = (table(Entity::PortalObject)?, face(Entity::PortalObject));
    let columns: Vec<String> = table.columns.iter().map(|c| format!("t.{}", c.name)).collect();
    let sql = format!(
        "SELECT {}, {},
            (SELECT count(*) FROM portal_object k WHERE k.parent_id = t.id),
            (SELECT count(DISTINCT group_id) FROM group_object g WHERE g.object_id = t.id),
            (SELECT count(DISTINCT user_id) FROM user_object u WHERE u.object_id = t.id)
         FROM portal_object t WHERE t.parent_id IS ?1 ORDER BY portico_search({}), t.id LIMIT ?2 OFFSET ?3",
        choice::columns(face),
        columns.join(", "),
        face.name
    );
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut statement = c.prepare_cached(&sql)?;
    let after = choice::COLUMNS + table.columns.len();
    let rows = statement.query_map((parent, number(limit), number(offset)), |r| {
        let row = table
            .columns
            .iter()
            .enumerate()
            .map(|(n, column)| Ok((column.name, to_json(r.get_ref(choice::COLUMNS + n)?))))
            .collect::<rusqlite::Result<RowMap>>()?;
        let count = |at: usize| r.get::<_, i64>(after + at).map(i64::unsigned_abs);
        Ok(Node {
            choice: choice::read(r)?,
            row,
            children: count(0)?,
            rights: (count(1)?, count(2)?),
        })
    })?;
    let nodes = rows.collect::<rusqlite::Result<_>>()?;
    let total: i64 = c
        .prepare_cached("SELECT count(*) FROM portal_object WHERE parent_id IS ?1")?
        .query_row([parent], |r| r.get(0))?;
    Ok((nodes, total.unsigned_abs()))
}

/// Whether an object is another one, or lies in it at any depth.
pub fn lies_in(c: &Connection, object: Id, other: Id) -> Result<bool> {
    Ok(ancestors(c, object)?.contains(&other))
}

/// An object and what it lies in, from the object to its root.
pub fn ancestors(c: &Connection, object: Id) -> Result<Vec<Id>> {
    let sql = format!(
        "WITH RECURSIVE up (id, depth) AS (
            SELECT ?1, 0
            UNION SELECT o.parent_id, up.depth + 1 FROM up JOIN portal_object o ON o.id = up.id
            WHERE o.parent_id IS NOT NULL AND up.depth < {DEEPEST})
         SELECT id FROM up ORDER BY depth"
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map([object], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
