//! Accounts against groups: how many tickets people of an account see.

use serde::{Deserialize, Serialize};

use super::lists::ListColumn;
use super::tickets::WhoCursor;

/// A group with the tickets of its queues, or where tickets lie.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HeatColumn {
    /// Names it among the columns.
    pub key: String,
    /// Its name; empty for queues without a group, or tickets of places that are not recorded.
    pub name: String,
    /// How many tickets there are.
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
}

/// The table but for its rows.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HeatHead {
    /// What a column is: `group`, or what the desk sorts tickets by where no queue has a group: `queue`, `category`,
    /// `department`, `address`, `app`.
    pub by: String,
    /// All that have tickets, by name.
    pub columns: Vec<HeatColumn>,
    /// Settings that are needed before all can be told.
    pub unknown_settings: Vec<String>,
    /// Settings about tickets that nobody has confirmed: it is told as they are assumed.
    pub assumed: Vec<String>,
}

/// Tickets of a column that somebody of an account sees.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HeatCell {
    /// The column's key.
    pub column: String,
    /// How many, each once.
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
}

/// An account and what the people see who belong to it: whose account, contact's account or own address's account it is.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HeatRow {
    /// The account's id; empty for people who belong to none.
    pub id: String,
    /// The account's key.
    pub key: String,
    /// Its name; its key where it has no name.
    pub name: String,
    /// How many people.
    pub people: u32,
    /// Of how many it cannot be told whether they see more.
    pub unknown: u32,
    /// Tickets that somebody of them sees, each once.
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
    /// By column; those without any are left out.
    pub cells: Vec<HeatCell>,
}

/// A stretch of the rows.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HeatPage {
    /// All rows that match: accounts with people, and one for people without an account.
    pub total: u32,
    /// The rows from the offset asked for: people without an account first, then accounts by name.
    pub rows: Vec<HeatRow>,
}

/// Whose tickets are asked for: a cell of the table.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct HeatQuery {
    /// The account's id; empty for people without an account.
    pub account: String,
    /// The column's key; `None` for all of them.
    pub column: Option<String>,
    /// Where the last page ended; `None` for the first.
    pub after: Option<WhoCursor>,
}

/// Somebody of the account who sees tickets of the column, or may.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HeatPerson {
    /// The person.
    pub id: String,
    /// What she logs in with.
    pub login: String,
    /// Her name; the login where there is none.
    pub name: String,
    /// How many tickets of the column she sees.
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
    /// Whether there may be more, which cannot be told.
    pub unknown: bool,
}

/// A page of people, at most 50, by login.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HeatPeople {
    /// The people.
    pub people: Vec<HeatPerson>,
    /// Where to go on; `None` at the end.
    pub next: Option<WhoCursor>,
}

/// The table, to write into a file.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ExportHeat {
    /// Words that must occur in an account's name or key; empty for all.
    pub search: String,
    /// The columns before those of the groups, of `key`, `account`, `people`, `unknown`, `tickets`.
    pub columns: Vec<ListColumn>,
    /// Heading of a column that has no name.
    pub nameless: String,
    /// `csv` or `xlsx`.
    pub format: String,
    /// `,` or `;`.
    pub separator: String,
    /// The file; one that is there already is replaced.
    pub path: String,
}
