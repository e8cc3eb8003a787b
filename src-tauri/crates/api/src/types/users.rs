//! External users: list and form.

use std::collections::BTreeMap;

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
    /// Conditions on single fields of the form, all of which must hold.
    pub conditions: Vec<UserCondition>,
    /// Only people who differ from what the desk has.
    pub changed: bool,
    /// Key of the column it is sorted by (`name`, `login`, ...); empty for the name.
    pub sort: String,
    /// Descending.
    pub descending: bool,
}

/// A condition on a field of the form; any of the values will do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(default)]
pub struct UserCondition {
    /// The field's name; the status has a list of its own in the query.
    pub field: String,
    /// `is` (or empty), for days also `before` and `after`.
    pub test: String,
    /// Texts, days, `true` and `false`, ids of records (with a space and a permission key or level behind, where it
    /// matters); an empty one stands for nothing at all.
    pub values: Vec<String>,
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
    /// What the further columns hold, by their keys; what is empty or zero is left out.
    pub more: BTreeMap<String, String>,
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
    /// All that match search and the other facets, whatever their status, changed or not.
    pub all: u32,
    /// By validity, changed or not.
    pub status: Vec<FacetValue>,
    /// By account, most people first, at most 200.
    pub accounts: Vec<FacetValue>,
    /// How many differ from what the desk has, whatever their status.
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

/// An object of the portal with a person's level on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ObjectRight {
    /// The object's id.
    pub object: String,
    /// `view`, `create`, `edit`, `delete` or `full`.
    pub level: String,
}

/// What the form edits. All fields are always there; the window shows those the desk knows, the others behind
/// "More fields". What each is, is written in `portico_core::form::field`; references are ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the person")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the desk's form"
)]
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
    /// `valid`, `invalid`, `invalid-temporarily`, `not-registered`.
    pub status: String,
    /// Id of the primary account; empty for none.
    pub account: String,
    /// Ids of further accounts.
    pub further_accounts: Vec<String>,
    /// Rights on groups.
    pub groups: Vec<GroupRight>,
    pub language: String,
    pub secondary_email: String,
    pub category: String,
    pub region: String,
    pub twitter: String,
    pub facebook: String,
    /// The desk's custom fields as a JSON object of texts; empty for none.
    pub custom: String,
    pub external: bool,
    pub account_contacts: bool,
    pub account_tickets: bool,
    pub external_comments: bool,
    pub right_addresses: bool,
    pub right_machines: bool,
    pub right_contact_person: bool,
    pub restrict_states: bool,
    pub excel_export: bool,
    pub linked_resource: String,
    /// `unchanged`, `invitation`, `initial` or `typed`.
    pub password: String,
    /// The day of the last invitation; empty for none.
    pub invited: String,
    /// The last day on which the person is meant to have access; empty for no end.
    pub expires: String,
    /// Who answers for the person.
    pub sponsor: String,
    /// Id of a contact.
    pub contact_person: String,
    /// Id of an address.
    pub address: String,
    /// Id of a group.
    pub main_group: String,
    /// Id of a back end.
    pub backend: String,
    /// Ids of accounts whose tickets the person sees, primary or further.
    pub seen_accounts: Vec<String>,
    pub contacts: Vec<String>,
    pub read_addresses: Vec<String>,
    pub write_addresses: Vec<String>,
    pub responsible_groups: Vec<String>,
    pub responsible_agents: Vec<String>,
    pub ticket_types: Vec<String>,
    pub ticket_states: Vec<String>,
    pub services: Vec<String>,
    /// Rights on objects of the portal.
    pub objects: Vec<ObjectRight>,
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

/// Licences for external users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
pub struct Licences {
    /// How many the desk has.
    pub total: u32,
    /// How many are in use: one by each active person.
    pub occupied: u32,
    /// How many more people can become active.
    pub free: u32,
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

/// A form that was not saved.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct DraftRow {
    /// Under which it is kept.
    pub key: String,
    /// The person's id; `None` for a new one.
    pub user: Option<String>,
    /// What people call her, as far as the form says.
    pub name: String,
    /// Her login, as far as the form says.
    pub login: String,
    /// When it was last edited (RFC 3339).
    pub at: String,
}
