//! Permission groups; access models speak of them by name.

use portico_core::id::GroupId;
use portico_core::model::Validity;
use rusqlite::Connection;

use super::Role::{DeskKey, Field, Id, Natural, Present};
use super::row::{self, entity, row};
use crate::error::Result;

pub(crate) const CREATE: &str = "
CREATE TABLE permission_group (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    name TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX permission_group_name ON permission_group (name) WHERE present = 1;
CREATE INDEX permission_group_desk_key ON permission_group (desk_key);
";

row! {
    /// A permission group.
    permission_group, key 1, based true {
        id: GroupId = Id,
        desk_key: Option<String> = DeskKey,
        name: String = Natural,
        description: String = Field,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(GroupId);

/// The group of this name.
pub fn by_name(c: &Connection, name: &str) -> Result<Option<Row>> {
    row::one(c, &TABLE, "name = ?1 AND present = 1", &[&name], Row::read)
}
