//! Queues, ticket categories. Tickets of the snapshot name them by the desk's key.

use portico_core::id::{GroupId, QueueId};
use portico_core::model::Validity;
use rusqlite::Connection;

use super::Role::{DeskKey, Field, Id, Natural, Present, Reference};
use super::row::{self, entity, row};
use crate::error::Result;

pub(crate) const CREATE: &str = "
CREATE TABLE queue (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    name TEXT NOT NULL DEFAULT '',
    group_id BLOB REFERENCES permission_group (id),
    follow_up TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX queue_name ON queue (name) WHERE present = 1;
CREATE INDEX queue_desk_key ON queue (desk_key);
CREATE INDEX queue_group ON queue (group_id);
";

/// Columns that came later.
pub(crate) const ADD_FIELDS: &str = "
ALTER TABLE queue ADD COLUMN external_comments INTEGER NOT NULL DEFAULT 0;
";

row! {
    /// A queue.
    queue, key 1, based true {
        id: QueueId = Id,
        desk_key: Option<String> = DeskKey,
        name: String = Natural,
        group_id: Option<GroupId> = Reference("permission_group"),
        follow_up: String = Field,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
    later {
        external_comments: bool = Field,
    }
}

entity!(QueueId);

/// The queue of this name.
pub fn by_name(c: &Connection, name: &str) -> Result<Option<Row>> {
    row::one(c, &TABLE, "name = ?1 AND present = 1", &[&name], Row::read)
}

/// The queue with this key of the desk.
pub fn by_desk_key(c: &Connection, key: &str) -> Result<Option<Row>> {
    row::one(c, &TABLE, "desk_key = ?1 LIMIT 1", &[&key], Row::read)
}
