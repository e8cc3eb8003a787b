//! Services that people may choose.

use portico_core::id::ServiceId;
use portico_core::model::Validity;

use super::Role::{DeskKey, Field, Id, Natural, Present};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE service (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    name TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX service_name ON service (name) WHERE present = 1;
CREATE INDEX service_desk_key ON service (desk_key);
";

row! {
    /// A service.
    service, key 1, based true {
        id: ServiceId = Id,
        desk_key: Option<String> = DeskKey,
        name: String = Natural,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(ServiceId);

/// The row with this key of the desk.
pub fn by_desk_key(c: &rusqlite::Connection, key: &str) -> crate::error::Result<Option<Row>> {
    super::row::one(c, &TABLE, "desk_key = ?1 LIMIT 1", &[&key], Row::read)
}
