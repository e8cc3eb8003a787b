//! Objects of the portal: pages, sections, apps, folders, items.

use portico_core::id::{ExternalUserId, PortalObjectId};
use portico_core::model::Validity;

use super::Role::{DeskKey, Field, Id, Natural, Present, Reference};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE portal_object (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    path TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    parent_id BLOB REFERENCES portal_object (id),
    inherits INTEGER NOT NULL DEFAULT 1,
    author_id BLOB REFERENCES external_user (id),
    author_level TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX portal_object_path ON portal_object (path) WHERE present = 1;
CREATE INDEX portal_object_desk_key ON portal_object (desk_key);
CREATE INDEX portal_object_parent ON portal_object (parent_id);
CREATE INDEX portal_object_author ON portal_object (author_id) WHERE author_id IS NOT NULL;
";

/// An app may hold thousands of which few take over its rights: these are found without looking at the others.
pub(crate) const HANDED: &str = "
DROP INDEX portal_object_parent;
CREATE INDEX portal_object_parent ON portal_object (parent_id, inherits, id);
";

row! {
    /// An object of the portal.
    portal_object, key 1, based true {
        id: PortalObjectId = Id,
        desk_key: Option<String> = DeskKey,
        path: String = Natural,
        name: String = Field,
        kind: String = Field,
        parent_id: Option<PortalObjectId> = Reference("portal_object"),
        inherits: bool = Field,
        author_id: Option<ExternalUserId> = Reference("external_user"),
        author_level: String = Field,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(PortalObjectId);

/// The object with this key of the desk; one that the desk does not have yet by its id in capital hexadecimal.
pub fn by_desk_key(c: &rusqlite::Connection, key: &str) -> crate::error::Result<Option<Row>> {
    let condition = "desk_key = ?1 OR desk_key IS NULL AND hex(id) = ?1 LIMIT 1";
    super::row::one(c, &TABLE, condition, &[&key], Row::read)
}

/// Of the objects whose Author is one of these people and has a right as such.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authored {
    /// How many objects.
    pub objects: u64,
    /// How many of the people are Author of one.
    pub people: u64,
    /// The first names of objects, in their order, at most as many as asked for.
    pub names: Vec<String>,
}

/// What these people have rights on because they are its Author.
pub fn authored(c: &rusqlite::Connection, people: &[ExternalUserId], names: u32) -> crate::error::Result<Authored> {
    let ids = super::row::id_list(people.iter().map(ExternalUserId::as_bytes));
    let of = concat!(
        "FROM portal_object WHERE author_level <> '' AND present = 1 AND author_id ",
        super::row::among!()
    );
    let count = format!("SELECT count(*), count(DISTINCT author_id) {of}");
    let (objects, people) = c
        .prepare_cached(&count)?
        .query_row([&ids], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)))?;
    let first = format!("SELECT name {of} ORDER BY name, id LIMIT ?2");
    let mut statement = c.prepare_cached(&first)?;
    let found = statement.query_map((&ids, names), |r| r.get(0))?;
    Ok(Authored {
        objects: objects.unsigned_abs(),
        people: people.unsigned_abs(),
        names: found.collect::<rusqlite::Result<_>>()?,
    })
}

/// Objects of these kinds, by path.
pub fn of_kinds(c: &rusqlite::Connection, kinds: &[&str]) -> crate::error::Result<Vec<Row>> {
    let kinds = serde_json::to_string(kinds).map_err(|e| crate::error::StoreError::Damaged(e.to_string()))?;
    let condition = "kind IN (SELECT value FROM json_each(?1)) AND present = 1 ORDER BY path, id";
    super::row::many(c, &TABLE, condition, &[&kinds], Row::read)
}
