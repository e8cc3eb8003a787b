//! What a portal is made of: pages with widgets and buttons, sections, apps, folders, items.

use crate::model::Validity;

/// What an object can be, from the outside in.
pub const PORTAL_OBJECT_KINDS: &[&str] = &[
    "portal", "page", "widget", "button", "section", "app", "folder", "file", "item",
];

/// Levels of a right on an object, weakest first. Each holds those before it.
pub const LEVELS: &[&str] = &["view", "create", "edit", "delete", "full"];

/// An object of the portal that rights can be given on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PortalObject {
    /// The desk's key.
    pub key: String,
    /// Its unique path from the root, parts joined by `/`.
    pub path: String,
    /// Its name.
    pub name: String,
    /// One of [`PORTAL_OBJECT_KINDS`].
    pub kind: String,
    /// Key of what it lies in; empty for a root.
    pub parent: String,
    /// Whether the rights of what it lies in hold here too.
    pub inherits: bool,
    /// Key of the external user who made it; empty for none.
    pub author: String,
    /// The level of its author's right; empty for none.
    pub author_level: String,
    /// Whether the desk treats it as in force.
    pub validity: Validity,
}
