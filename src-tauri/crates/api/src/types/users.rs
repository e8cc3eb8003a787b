//! External users: list and form.

use portico_core::error::FieldProblem;
use serde::{Deserialize, Serialize};

/// Which people to list.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct UserQuery {
    /// Part of login, name, e-mail or account; empty for all.
    pub search: String,
    /// Validities to include (`valid`, `invalid`, `invalid-temporarily`); empty for all.
    pub status: Vec<String>,
    /// Ids of accounts (primary or further) to include; empty for all.
    pub accounts: Vec<String>,
    /// Ids of groups linked to the person; empty for all.
    pub groups: Vec<String>,
    /// Only people who differ from what the desk has.
    pub changed: bool,
    /// `name`, `login`, `account` or `status`.
    pub sort: String,
    /// Descending.
    pub descending: bool,
}

/// A stretch of the list.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct UserPage {
    /// All that match.
    pub total: u32,
    /// The rows from the offset asked for.
    pub rows: Vec<UserRow>,
}

/// A line of the list.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the person")]
pub struct UserRow {
    pub id: String,
    pub login: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// Key of the primary account; empty for none.
    pub account_key: String,
    /// Name of the primary account; its key where it has no record.
    pub account: String,
    /// `valid`, `invalid`, `invalid-temporarily`.
    pub status: String,
    /// Saved but not exported.
    pub changed: bool,
}

/// How many people a facet's value has, under all other conditions of the query.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct FacetValue {
    /// What goes into the query.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many people.
    pub count: u32,
}

/// The facets beside a list.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct UserFacets {
    /// All that match search and the other facets, whatever their status.
    pub all: u32,
    /// By validity.
    pub status: Vec<FacetValue>,
    /// By account, most people first, at most 200.
    pub accounts: Vec<FacetValue>,
    /// How many differ from what the desk has.
    pub changed: u32,
}

/// A group a person is linked to, with the permission keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct GroupRight {
    /// The group's id.
    pub group: String,
    /// `ro`, `rw`, or the desk's own keys; several may stand side by side.
    pub permissions: Vec<String>,
}

/// What the form edits. All fields are always there; the window shows those the desk knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the person")]
pub struct UserForm {
    pub login: String,
    pub title: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub mobile: String,
    pub fax: String,
    pub street: String,
    pub zip: String,
    pub city: String,
    pub country: String,
    pub description: String,
    /// `valid`, `invalid`, `invalid-temporarily`.
    pub status: String,
    /// Id of the primary account; empty for none.
    pub account: String,
    /// Ids of further accounts.
    pub further_accounts: Vec<String>,
    /// Rights on groups.
    pub groups: Vec<GroupRight>,
}

/// A person with what surrounds the form.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct UserDetail {
    /// The person's id.
    pub id: String,
    /// The form as saved.
    pub form: UserForm,
    /// A draft left from before (a crash, another screen), if there is one.
    pub draft: Option<UserForm>,
    /// Changes whenever the person is saved; handed back on save.
    pub version: String,
    /// Whether the desk knows the person already (then the login is its key).
    pub in_desk: bool,
    /// Whether the desk has a password for the person; `None` where it was not read.
    pub has_password: Option<bool>,
    /// Fields that differ from what the desk has, by the form's field names.
    pub changed_fields: Vec<String>,
    /// Choices for accounts that the form names (id, key, name).
    pub accounts: Vec<AccountChoice>,
    /// All groups, for the form's group table.
    pub groups: Vec<GroupChoice>,
    /// Problems and warnings of the saved form.
    pub problems: Vec<FieldProblem>,
}

/// An account to choose.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the account")]
pub struct AccountChoice {
    pub id: String,
    pub key: String,
    pub name: String,
    /// `valid`, `invalid`, `invalid-temporarily`.
    pub status: String,
    /// Whether the desk has a record of it.
    pub present: bool,
}

/// A group to choose.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the group")]
pub struct GroupChoice {
    pub id: String,
    pub name: String,
    pub status: String,
    /// Names of its queues.
    pub queues: Vec<String>,
    /// Whether a setting gives it to everybody.
    pub always: bool,
    /// Permissions the person has through accounts: `ro` / `rw` and the account's name.
    pub through: Vec<(String, String)>,
}

/// A form to save.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SaveUser {
    /// The person; `None` for a new one.
    pub id: Option<String>,
    /// The version that was edited; `None` for a new one.
    pub version: Option<String>,
    /// The form.
    pub form: UserForm,
}

/// What a save led to.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Saved {
    /// The person's id.
    pub id: String,
    /// The number of the change; 0 when nothing differed.
    pub change: u32,
}
