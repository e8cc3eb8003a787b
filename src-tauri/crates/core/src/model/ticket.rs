//! Tickets as the desk had them at the time of the snapshot, and what they are sorted by.

use crate::model::Validity;

/// Something of the desk with a key, a name and a validity: a ticket type, a priority, a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The desk's key.
    pub key: String,
    /// Its unique name.
    pub name: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
}

/// Kinds of states of tickets, as records of states have them.
pub const TICKET_STATE_KINDS: &[&str] = &[
    "new",
    "open",
    "pending reminder",
    "pending auto",
    "closed",
    "merged",
    "removed",
];

/// A state a ticket can be in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketState {
    /// The desk's key.
    pub key: String,
    /// Its unique name.
    pub name: String,
    /// The name of its kind (`new`, `open`, `closed`, `merged`, ...).
    pub kind: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
}

/// A ticket. All references are the desk's keys, empty for none; they need not exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticket {
    /// The desk's number of the row: positive, unique, ascending in time; the order among equals. 0 where a source that
    /// tells some tickets knows none: then the number people use says which it is.
    pub id: i64,
    /// The number people use; unique.
    pub number: String,
    /// Subject.
    pub title: String,
    /// Login of the person it belongs to.
    pub owner: String,
    /// Key of the account it belongs to.
    pub account: String,
    /// Key of its queue.
    pub queue: String,
    /// Key of its state.
    pub state: String,
    /// Name of the kind of its state, as in [`TicketState::kind`].
    pub state_kind: String,
    /// Key of its type.
    pub ticket_type: String,
    /// Key of its priority.
    pub priority: String,
    /// Key of its service.
    pub service: String,
    /// When it was created, in seconds since 1970-01-01 UTC.
    pub created: i64,
    /// When it was last changed, likewise.
    pub changed: i64,
    /// Whether the desk put it into its archive.
    pub archived: bool,
}

/// Something said or done on a ticket: an article, a mail, a call, a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// [`Ticket::id`] of its ticket.
    pub ticket: i64,
    /// Position on its ticket, from 1, in the desk's order.
    pub position: i64,
    /// How it came (`Email`, `Phone`, `Internal`).
    pub channel: String,
    /// Who spoke (`agent`, `customer`, `system`).
    pub sender: String,
    /// Whether the desk marked it as visible for the customer.
    pub visible: bool,
    /// Who wrote it, as the desk shows it.
    pub from: String,
    /// Subject.
    pub subject: String,
    /// Text; `None` where it was not read.
    pub body: Option<String>,
    /// When, in seconds since 1970-01-01 UTC.
    pub created: i64,
}
