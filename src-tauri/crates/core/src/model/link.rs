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
