//! The open workspace.

use serde::{Deserialize, Serialize};

/// What the title bar, the navigation and the status lines show.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WorkspaceInfo {
    /// Absolute path of the file.
    pub path: String,
    /// The workspace's name ("Northwind Support").
    pub name: String,
    /// The desk's id (`otobo`).
    pub desk: String,
    /// The desk's name for people ("OTOBO / Znuny").
    pub desk_name: String,
    /// Whether it is the built-in sample.
    pub sample: bool,
    /// Whether it can only be read.
    pub read_only: bool,
    /// How much of each thing there is.
    pub counts: Counts,
    /// Entities whose state differs from what the desk has.
    pub pending: u32,
    /// Unsettled conflicts.
    pub conflicts: u32,
    /// The newest time in the ticket snapshot (RFC 3339); `None` without tickets.
    pub as_of: Option<String>,
    /// Settings that must be given or confirmed before visibility can be told.
    pub unknown_settings: Vec<String>,
    /// Settings as known: name, value as JSON text, origin (`desk`, `confirmed`), for the settings screen.
    pub settings: Vec<SettingValue>,
    /// Whether there is something to undo, and its intent.
    pub undo: Option<String>,
    /// Whether there is something to redo, and its intent.
    pub redo: Option<String>,
}

/// Counts of the navigation.
#[derive(Debug, Clone, Copy, Default, Serialize, specta::Type)]
#[expect(missing_docs, reason = "each field is named like what it counts")]
pub struct Counts {
    pub users: u32,
    pub accounts: u32,
    pub groups: u32,
    pub queues: u32,
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
}

/// A setting that decides who sees what.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct SettingValue {
    /// The desk's own name.
    pub name: String,
    /// `switch`, `groups` (a list of group names), `choice`.
    pub kind: String,
    /// The value as JSON text; `None` while unknown.
    pub value: Option<String>,
    /// The desk's default as JSON text, offered but never taken silently; `None` where it has none.
    pub default: Option<String>,
    /// Where `kind` is `choice`: the values.
    pub choices: Vec<String>,
    /// `desk`, `confirmed`; `None` while unknown.
    pub origin: Option<String>,
}

/// A setting to give or confirm.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SettingInput {
    /// The desk's own name.
    pub name: String,
    /// The value as JSON text.
    pub value: String,
}
