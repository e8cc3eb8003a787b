//! People inside, and where external users come from.

use crate::model::Validity;

/// An agent: somebody inside who answers tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agent {
    /// The desk's key.
    pub key: String,
    /// What the agent types to log in; unique.
    pub login: String,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Whether the desk treats the agent as in force.
    pub validity: Validity,
}

/// A back end that external users come from: a database, a directory server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backend {
    /// The desk's key.
    pub key: String,
    /// Its unique name.
    pub name: String,
    /// A note.
    pub description: String,
    /// Whether its people need group assignment.
    pub group_support: bool,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
}
