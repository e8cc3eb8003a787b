//! Ticket types.

use portico_core::id::TicketTypeId;
use portico_core::model::Validity;

use super::Role::{DeskKey, Field, Id, Natural, Present};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE ticket_type (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    name TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX ticket_type_name ON ticket_type (name) WHERE present = 1;
CREATE INDEX ticket_type_desk_key ON ticket_type (desk_key);
";

row! {
    /// A ticket type.
    ticket_type, key 1, based true {
        id: TicketTypeId = Id,
        desk_key: Option<String> = DeskKey,
        name: String = Natural,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(TicketTypeId);

/// The row with this key of the desk.
pub fn by_desk_key(c: &rusqlite::Connection, key: &str) -> crate::error::Result<Option<Row>> {
    super::row::one(c, &TABLE, "desk_key = ?1 LIMIT 1", &[&key], Row::read)
}
