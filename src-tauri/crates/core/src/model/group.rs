//! Permission groups, and the queues that belong to them.

use crate::model::Validity;

/// A permission group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The desk's key.
    pub key: String,
    /// Its unique name; access models and settings speak of groups by name.
    pub name: String,
    /// A note.
    pub description: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
}

/// A queue, a ticket category: where tickets lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// The desk's key.
    pub key: String,
    /// Its unique name (`Parent::Child` where the desk nests).
    pub name: String,
    /// Key of its group; empty for none.
    pub group: String,
    /// What the desk does with a reply to a closed ticket (`possible`, `reject`, `new ticket`); empty where it has no such notion.
    pub follow_up: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
    /// Whether external users may comment on its tickets.
    pub external_comments: bool,
}
