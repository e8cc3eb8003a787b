//! States a ticket can be in.

use portico_core::id::TicketStateId;
use portico_core::model::Validity;

use super::Role::{DeskKey, Field, Id, Natural, Present};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE ticket_state (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    name TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX ticket_state_name ON ticket_state (name) WHERE present = 1;
CREATE INDEX ticket_state_desk_key ON ticket_state (desk_key);
";

row! {
    /// A ticket state.
    ticket_state, key 1, based true {
        id: TicketStateId = Id,
        desk_key: Option<String> = DeskKey,
        name: String = Natural,
        kind: String = Field,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(TicketStateId);

/// The row with this key of the desk.
pub fn by_desk_key(c: &rusqlite::Connection, key: &str) -> crate::error::Result<Option<Row>> {
    super::row::one(c, &TABLE, "desk_key = ?1 LIMIT 1", &[&key], Row::read)
}
