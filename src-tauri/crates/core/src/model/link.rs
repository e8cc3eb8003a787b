//! Links: rows of their own, so that adding and removing different ones never conflicts.
//!
//! Keys are the desk's. A source may repeat a row (its tables have no unique key): the store keeps one
//! row and counts the copies.

use serde::{Deserialize, Serialize};

/// A further account of a person, beside the primary one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserAccount {
    /// Key of the external user.
    pub user: String,
    /// Key of the account.
    pub account: String,
}

/// A contact with whom a person is paired.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserContact {
    /// Key of the external user.
    pub user: String,
    /// Key of the contact.
    pub contact: String,
}

/// A person's permission on a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserGroup {
    /// Key of the external user.
    pub user: String,
    /// Key of the group.
    pub group: String,
    /// The permission's key: `ro`, `rw` or the desk's own.
    pub permission: String,
}

/// For whose tickets an account's permission counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Tickets of the account itself.
    #[default]
    Same,
    /// Tickets of other accounts.
    Other,
}

impl Context {
    /// `same` or `other`, as kept in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
        }
    }

    /// From its name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Same, Self::Other].into_iter().find(|c| c.name() == name)
    }
}

/// An account's permission on a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountGroup {
    /// Key of the account.
    pub account: String,
    /// Key of the group.
    pub group: String,
    /// The permission's key: `ro`, `rw` or the desk's own.
    pub permission: String,
    /// For whose tickets it counts.
    pub context: Context,
}

/// A service that a person may choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserService {
    /// Key of the external user.
    pub user: String,
    /// Key of the service.
    pub service: String,
}

/// An account whose tickets a person sees, be it her primary or a further one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserAccountView {
    /// Key of the external user.
    pub user: String,
    /// Key of the account.
    pub account: String,
}

/// A person's permission on an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserAddress {
    /// Key of the external user.
    pub user: String,
    /// Key of the address.
    pub address: String,
    /// `read` or `write`.
    pub permission: String,
}

/// A group that may answer for a person's tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserResponsibleGroup {
    /// Key of the external user.
    pub user: String,
    /// Key of the group.
    pub group: String,
}

/// An agent who may answer for a person's tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserResponsibleAgent {
    /// Key of the external user.
    pub user: String,
    /// Key of the agent.
    pub agent: String,
}

/// A type of ticket that a person may create.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserTicketType {
    /// Key of the external user.
    pub user: String,
    /// Key of the type.
    pub ticket_type: String,
}

/// A status that a person may set where statuses are restricted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserTicketState {
    /// Key of the external user.
    pub user: String,
    /// Key of the state.
    pub state: String,
}

/// A person's right on an object of the portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserObject {
    /// Key of the external user.
    pub user: String,
    /// Key of the object.
    pub object: String,
    /// `view`, `create`, `edit`, `delete` or `full`.
    pub level: String,
}

/// A group's right on an object of the portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupObject {
    /// Key of the group.
    pub group: String,
    /// Key of the object.
    pub object: String,
    /// `view`, `create`, `edit`, `delete` or `full`.
    pub level: String,
}
