//! What the desk's forms are made of.

use serde::{Deserialize, Serialize};

use super::users::{GroupRight, ObjectRight};

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(untagged)]
pub enum FieldValue {
    /// A text, a word, a day, the id of another record.
    Text(String),
    /// On or off.
    Flag(bool),
    /// Ids of other records.
    List(Vec<String>),
    /// Rights on groups.
    Groups(Vec<GroupRight>),
    /// Levels on objects of the portal.
    Objects(Vec<ObjectRight>),
}

/// A field of a form.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct FieldInfo {
    /// Its name.
    pub name: String,
    /// `text`, `code`, `email`, `long`, `flag`, `choice`, `status`, `password`, `date`, `custom`, `one`, `many`,
    /// `rights`, `levels`.
    pub kind: String,
    /// What `one`, `many`, `rights` and `levels` refer to; empty otherwise.
    pub entity: String,
    /// The words of a `choice`.
    pub choices: Vec<String>,
    /// The form's tab it stands on.
    pub tab: String,
    /// The section of that tab.
    pub section: String,
    /// Whether the workspace's desk knows it, or it is Portico's own; the others stay behind "More fields".
    pub known: bool,
    /// Whether it is Portico's own: no desk knows it.
    pub own: bool,
    /// The most characters; 0 for no limit.
    pub max: u32,
    /// Whether a new record must have it.
    pub required: bool,
}

/// The form of a kind of record.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct EntityForm {
    /// The kind of record: the name of its table.
    pub entity: String,
    /// Its fields, in the form's order.
    pub fields: Vec<FieldInfo>,
}

/// What the desk demands of passwords.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct PasswordInfo {
    /// Ways the desk has: `unchanged`, `invitation`, `initial`, `typed`.
    pub ways: Vec<String>,
    /// The fewest characters.
    pub min: u32,
    /// Whether capitals, digits and special characters must be combined.
    pub mixed: bool,
    /// `D`, `M`, `O` or `A`.
    pub standing: String,
}

/// All forms of the workspace's desk.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct DeskForm {
    /// The desk's id.
    pub desk: String,
    /// The form of an external user.
    pub user: EntityForm,
    /// The other kinds of record the desk has, in the order of the navigation.
    pub entities: Vec<EntityForm>,
    /// Permission keys of group links, weakest first; empty without groups.
    pub permissions: Vec<String>,
    /// Levels on objects of the portal, weakest first.
    pub levels: Vec<String>,
    /// Statuses of people, in the order in which they are offered.
    pub statuses: Vec<String>,
    /// What a new person begins with.
    pub first_status: String,
    /// The steps between statuses that an admin may take (from, to); empty where every one may be taken.
    pub steps: Vec<(String, String)>,
    /// Whether a login can change: `free`, `drops-links`, `never`.
    pub login_change: String,
    /// The field from which a new login is proposed.
    pub login_from: String,
    /// Passwords.
    pub password: PasswordInfo,
}
