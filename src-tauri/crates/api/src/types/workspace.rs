//! The open workspace.

use serde::{Deserialize, Serialize};

/// What the title bar, the navigation and the status lines show.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing the window asks about")]
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
    /// Whether Portico knows who sees what in this desk: there is a preview.
    pub preview: bool,
    /// What the desk sorts tickets by: `queue`, `category`, `department`, `address` or `app`.
    pub sorted_by: String,
    /// The desks by whose rules the same people can be looked at.
    pub translations: Vec<String>,
    /// Whether the desk's state can be read.
    pub can_import: bool,
    /// Whether changes can be written for the desk.
    pub can_export: bool,
    /// Whether it is the built-in sample.
    pub sample: bool,
    /// Whether it can only be read.
    pub read_only: bool,
    /// Whether it has a passphrase.
    pub encrypted: bool,
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
    /// All settings of the portal, as known.
    pub settings: Vec<SettingValue>,
    /// What would be undone; `None` where there is nothing to undo.
    pub undo: Option<Meant>,
    /// What would be done again; `None` where there is nothing to redo.
    pub redo: Option<Meant>,
}

/// What a change was meant to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Meant {
    /// A key of the catalogue (`intent.save_user`).
    pub intent: String,
    /// Names and values that belong into its words.
    pub detail: Vec<(String, String)>,
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

/// A setting of the desk's portal, with what is known of it.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct SettingValue {
    /// The desk's own name.
    pub name: String,
    /// `switch`, `choice`, `number`, `text`, `names` (of records), `one` (name of a record), `words` (some of `choices`).
    pub kind: String,
    /// Where it stands on the screen.
    pub section: String,
    /// What it decides, in English; the window has its own words.
    pub text: String,
    /// The value as JSON text; `None` while unknown.
    pub value: Option<String>,
    /// The desk's default as JSON text, offered but never taken silently; `None` where it has none.
    pub default: Option<String>,
    /// Where `kind` is `choice` or `words`: the words.
    pub choices: Vec<String>,
    /// Where `kind` is `names` or `one`: the kind of record; empty otherwise.
    pub entity: String,
    /// Where `kind` is `number`: the smallest.
    pub least: u32,
    /// Where `kind` is `number`: the largest.
    pub most: u32,
    /// `desk`, `confirmed`; `None` while nobody has said.
    pub origin: Option<String>,
    /// How well its meaning and default are known: `D`, `M`, `O` or `A`.
    pub standing: String,
    /// Whether it decides who sees what.
    pub decides: bool,
    /// Whether the default holds while nobody has said, because the documentation is silent.
    pub assumed: bool,
    /// The row of the table in which it is shown; empty where it stands alone.
    pub row: String,
    /// The column of that table.
    pub column: String,
}

/// A setting to give or confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SettingInput {
    /// The desk's own name.
    pub name: String,
    /// The value as JSON text; `None` makes it unknown again.
    pub value: Option<String>,
}
