//! Settings of the desk that decide who sees what.

use serde::{Deserialize, Serialize};

/// Where a setting's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SettingOrigin {
    /// Read from the desk.
    Desk,
    /// Given or confirmed by an admin.
    Confirmed,
}

/// One setting. A setting that is absent is unknown, never its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskSetting {
    /// The desk's own name (`CustomerGroupSupport`).
    pub name: String,
    /// The value as JSON text: `true`, `["users"]`, `"postgresql"`.
    pub value: String,
    /// Where it comes from.
    pub origin: SettingOrigin,
}
