//! Accounts, groups and queues as lists.

use serde::Serialize;

/// A line of the accounts screen.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the account")]
pub struct AccountRow {
    pub id: String,
    pub key: String,
    pub name: String,
    pub status: String,
    pub present: bool,
    /// People whose primary account it is.
    pub people: u32,
    /// People for whom it is a further account.
    pub further: u32,
    /// Groups with a right: name, permission, context.
    pub groups: Vec<(String, String, String)>,
}

/// A stretch of the accounts list.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct AccountPage {
    /// All that match.
    pub total: u32,
    /// The rows from the offset asked for.
    pub rows: Vec<AccountRow>,
}

/// A line of the groups screen.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the group")]
pub struct GroupRow {
    pub id: String,
    pub name: String,
    pub description: String,
    pub status: String,
    pub queues: Vec<String>,
    /// People linked with any permission.
    pub people: u32,
    /// Accounts linked with any permission.
    pub accounts: u32,
    /// Whether a setting gives it to everybody.
    pub always: bool,
}
