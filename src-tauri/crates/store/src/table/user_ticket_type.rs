//! Types of ticket that a person may create.

use portico_core::id::TicketTypeId;

use super::row::user_link;

pub(crate) const CREATE: &str = "
CREATE TABLE user_ticket_type (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    type_id BLOB NOT NULL REFERENCES ticket_type (id),
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, type_id)
) WITHOUT ROWID;
CREATE INDEX user_ticket_type_type_id ON user_ticket_type (type_id);
";

user_link! {
    /// A type of ticket that a person may create.
    user_ticket_type, type_id: TicketTypeId = "ticket_type"
}
