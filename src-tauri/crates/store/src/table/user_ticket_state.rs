//! Statuses that a person may set, where they are restricted.

use portico_core::id::TicketStateId;

use super::row::user_link;

pub(crate) const CREATE: &str = "
CREATE TABLE user_ticket_state (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    state_id BLOB NOT NULL REFERENCES ticket_state (id),
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, state_id)
) WITHOUT ROWID;
CREATE INDEX user_ticket_state_state_id ON user_ticket_state (state_id);
";

user_link! {
    /// A status that a person may set.
    user_ticket_state, state_id: TicketStateId = "ticket_state"
}
