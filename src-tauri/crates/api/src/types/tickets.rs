//! Tickets of the snapshot, and who can see them.

use serde::{Deserialize, Serialize};

use super::lists::ListColumn;
use super::preview::{Cursor, Reason};

/// A ticket in the list of all.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the ticket")]
pub struct FoundTicket {
    pub number: String,
    pub title: String,
    /// Where it lies, as the desk sorts tickets: the name of a queue, an address or an app; its key where it is not
    /// recorded.
    pub place: String,
    /// Name of the state; its key where it is not recorded.
    pub state: String,
    /// RFC 3339.
    pub created: String,
    /// As the desk names it: a login, a contact's key.
    pub owner: String,
    /// As the desk names it: an account's key, an address, an object.
    pub account: String,
}

/// A stretch of the tickets, newest first.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct FoundTickets {
    /// Those that fit; the one with exactly this number stands first.
    pub rows: Vec<FoundTicket>,
    /// Where to look on; `None` once all were looked at.
    pub next: Option<Cursor>,
    /// How many were looked at for this answer.
    #[specta(type = specta_typescript::Number)]
    pub looked: u64,
    /// How many there are.
    #[specta(type = specta_typescript::Number)]
    pub total: u64,
}

/// Of whom is asked.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct WhoQuery {
    /// The ticket's number.
    pub ticket: String,
    /// Position of an activity on it, from 1: who reads that. `None` for the ticket itself.
    pub activity: Option<u32>,
    /// `all`, `may_log_in`, `listed`, `openable` or `unknown`.
    pub part: String,
    /// Where the last page ended; `None` for the first.
    pub after: Option<WhoCursor>,
}

/// Where a page of people ended.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[expect(missing_docs, reason = "opaque to callers")]
pub struct WhoCursor {
    pub login: String,
    pub id: String,
}

/// How many people see a ticket.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WhoCounts {
    /// All to whom a list shows it, or who can open it.
    #[specta(type = specta_typescript::Number)]
    pub all: u64,
    /// Those of them who may log in.
    #[specta(type = specta_typescript::Number)]
    pub may_log_in: u64,
    /// Those to whom a list shows it.
    #[specta(type = specta_typescript::Number)]
    pub listed: u64,
    /// Those who can open it.
    #[specta(type = specta_typescript::Number)]
    pub openable: u64,
    /// Those of whom it cannot be told.
    #[specta(type = specta_typescript::Number)]
    pub unknown: u64,
    /// Settings that are needed before all can be told.
    pub unknown_settings: Vec<String>,
    /// Settings that nobody has confirmed, and how many more may see it should one be another than is assumed.
    pub hanging: Vec<Hanging>,
}

/// What hangs on a setting whose value is assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Hanging {
    /// The setting.
    pub setting: String,
    /// People who do not see the ticket as long as it is as assumed, and may otherwise.
    #[specta(type = specta_typescript::Number)]
    pub people: u64,
}

/// A page of people, at most 50, by login.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WhoPage {
    /// The people.
    pub people: Vec<WhoPerson>,
    /// Where to go on; `None` at the end.
    pub next: Option<WhoCursor>,
}

/// Somebody who sees a ticket, or of whom it cannot be told.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WhoPerson {
    /// The person.
    pub id: String,
    /// What she logs in with.
    pub login: String,
    /// Her name; empty where there is none.
    pub name: String,
    /// Name of her primary account; empty for none.
    pub account: String,
    /// `None` when it cannot be told.
    pub may_log_in: Option<bool>,
    /// Whether a list shows it.
    pub listed: Option<bool>,
    /// The lists that do; keys of the catalogue.
    pub lists: Vec<String>,
    /// Whether it can be opened.
    pub openable: Option<bool>,
    /// Whether it can be replied to.
    pub reply: Option<bool>,
    /// The rule that decided.
    pub reason: Reason,
    /// Rules that are only assumed and decided.
    pub assumed: Vec<String>,
}

/// What the head of a ticket says, and what was said on it.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct TicketHead {
    /// The ticket.
    pub ticket: FoundTicket,
    /// What was said on it, in the desk's order; without texts.
    pub activities: Vec<ActivityHead>,
}

/// What was said on a ticket, without its text.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the activity")]
pub struct ActivityHead {
    pub position: u32,
    pub channel: String,
    pub sender: String,
    /// Whether the desk marked it as visible for the customer.
    pub visible: bool,
    pub subject: String,
    /// RFC 3339.
    pub created: String,
}

/// Those who can see a ticket, to write into a file.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ExportWho {
    /// The ticket's number.
    pub ticket: String,
    /// Position of an activity; `None` for the ticket itself.
    pub activity: Option<u32>,
    /// `all`, `may_log_in`, `listed`, `openable` or `unknown`.
    pub part: String,
    /// Columns, of `login`, `name`, `account`, `may_log_in`, `listed`, `openable`, `reply`, `reason`.
    pub columns: Vec<ListColumn>,
    /// `csv` or `xlsx`.
    pub format: String,
    /// `,` or `;`.
    pub separator: String,
    /// The file; one that is there already is replaced.
    pub path: String,
}
