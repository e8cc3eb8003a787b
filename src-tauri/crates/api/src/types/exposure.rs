//! Who gains and loses what through a change that is not made yet.

use serde::{Deserialize, Serialize};

use super::bulk::{BulkEdit, Offboard};
use super::expectations::ExpectationCheck;
use super::lists::ListColumn;
use super::matrix::{MatrixColumnEdit, MatrixEdits};
use super::records::{DeleteHow, Values};
use super::users::UserForm;
use super::workspace::SettingInput;

/// What a pending change would do. A ticket is seen where the person may log in and a list shows it or it can be
/// opened; gained is what is certainly seen after the change and certainly not before, lost the other way round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct Exposure {
    /// What `places` are: `queue`, `category`, `department`, `address` or `app`; empty where the desk has no access model.
    pub by: String,
    /// People who were looked at: all whom the change could concern.
    pub people: u32,
    /// People who gain or lose something, tickets or the login.
    pub affected: u32,
    /// People who gain tickets.
    pub gaining: u32,
    /// People who lose tickets.
    pub losing: u32,
    /// Tickets gained, summed over people.
    #[specta(type = specta_typescript::Number)]
    pub gained: u64,
    /// Tickets lost, summed over people.
    #[specta(type = specta_typescript::Number)]
    pub lost: u64,
    /// Tickets that somebody gains, each once.
    #[specta(type = specta_typescript::Number)]
    pub tickets_gained: u64,
    /// Tickets that somebody loses, each once.
    #[specta(type = specta_typescript::Number)]
    pub tickets_lost: u64,
    /// People who may log in, and could not.
    pub logins_gained: u32,
    /// People who could log in, and may not any more.
    pub logins_lost: u32,
    /// People for whom it cannot be told whether there is more.
    pub unknown: u32,
    /// Whether everything could be told. `false` with nothing else where the desk has no access model.
    pub complete: bool,
    /// By where the tickets lie, most tickets first, at most 50.
    pub places: Vec<ExposureOfPlace>,
    /// How many places there are of which tickets are gained or lost.
    pub places_total: u32,
    /// The people for whom it means most, at most 50.
    pub examples: Vec<ExposureOf>,
    /// The accounts for whose people it means most, at most 50. Who belongs to several is with each.
    pub accounts: Vec<ExposureOfAccount>,
    /// How many accounts there are whose people gain or lose something.
    pub accounts_total: u32,
    /// People for whom it cannot be told whether there is more: the first 20 by login.
    pub doubtful: Vec<ExposureDoubt>,
    /// Expectations that it breaks, with those for whom it does.
    pub broken: Vec<ExpectationCheck>,
    /// Settings about tickets that nobody has confirmed: it is told as they are assumed.
    pub assumed: Vec<String>,
}

/// Tickets of one place, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExposureOfPlace {
    /// The name of a queue, an address or an app, as the desk sorts tickets; empty where it is not recorded.
    pub place: String,
    /// Tickets that somebody gains.
    #[specta(type = specta_typescript::Number)]
    pub gained: u64,
    /// Tickets that somebody loses.
    #[specta(type = specta_typescript::Number)]
    pub lost: u64,
}

/// What the people of one account gain and lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExposureOfAccount {
    /// The account's id; `null` for people who belong to none.
    pub id: Option<String>,
    /// Its name, its key where it has no name; empty for none.
    pub name: String,
    /// People who gain or lose something, tickets or the login.
    pub people: u32,
    /// People who gain tickets.
    pub gaining: u32,
    /// People who lose tickets.
    pub losing: u32,
    /// Tickets gained, summed over people.
    #[specta(type = specta_typescript::Number)]
    pub gained: u64,
    /// Tickets lost, summed over people.
    #[specta(type = specta_typescript::Number)]
    pub lost: u64,
}

/// Somebody for whom it cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExposureDoubt {
    /// The person's id.
    pub id: String,
    /// The login.
    pub login: String,
    /// Given name and family name; the login where both are empty.
    pub name: String,
    /// Name of the account, as of [`ExposureOf`].
    pub account: String,
}

/// What one person gains and loses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ExposureOf {
    /// The person's id; of a person who would be new, one that is not there yet.
    pub id: String,
    /// The login.
    pub login: String,
    /// Given name and family name; the login where both are empty.
    pub name: String,
    /// Name of the account the person belongs to (of the first of several), its key where it has no name; empty for
    /// none.
    pub account: String,
    /// Tickets gained.
    #[specta(type = specta_typescript::Number)]
    pub gained: u64,
    /// Tickets lost.
    #[specta(type = specta_typescript::Number)]
    pub lost: u64,
    /// What becomes of the login: empty, `gained` or `lost`.
    pub login_change: String,
    /// Numbers of tickets gained, newest first, at most five.
    pub gained_tickets: Vec<String>,
    /// Numbers of tickets lost, newest first, at most five.
    pub lost_tickets: Vec<String>,
}

/// What an exposure is of: what would be saved, or what was.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ExposureSource {
    /// All that is pending.
    Pending,
    /// What was done after a change.
    Since {
        /// The change's number.
        change: u32,
    },
    /// What taking back a change would do.
    Undo {
        /// The change's number.
        change: u32,
    },
    /// Saving a person's form.
    User {
        /// The person's id; `None` for a new person.
        id: Option<String>,
        /// The form.
        form: Box<UserForm>,
    },
    /// Saving a record's form.
    Record {
        /// Its kind.
        entity: String,
        /// The record's id; `None` for a new one.
        id: Option<String>,
        /// The form.
        values: Values,
    },
    /// Deleting a record.
    Deletion {
        /// Its kind.
        entity: String,
        /// The record's id.
        id: String,
        /// What becomes of what refers to it.
        how: DeleteHow,
    },
    /// Giving settings values.
    Settings {
        /// The settings.
        settings: Vec<SettingInput>,
    },
    /// Editing many people at once.
    Bulk {
        /// The edit.
        edit: BulkEdit,
    },
    /// Ending the access of people who leave.
    Offboard {
        /// Whose, and how.
        input: Offboard,
    },
    /// Saving cells of the matrix of groups.
    Cells {
        /// The cells.
        edits: MatrixEdits,
    },
    /// Changing a column of the matrix of groups.
    Column {
        /// The column, and what it shall be.
        edit: MatrixColumnEdit,
    },
}

/// Everybody who gains or loses something, or of whom it cannot be told, as a file.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ExportExposure {
    /// What it is of.
    pub source: ExposureSource,
    /// Columns, of `login`, `name`, `account`, `gained`, `lost`, `login_change`, `unknown`.
    pub columns: Vec<ListColumn>,
    /// `csv` or `xlsx`.
    pub format: String,
    /// `,` or `;`.
    pub separator: String,
    /// The file; one that is there already is replaced.
    pub path: String,
}
