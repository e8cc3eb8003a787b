//! How a workspace stands, in figures.

use serde::Serialize;

use super::users::{FacetValue, Licences};

/// What can be told of a workspace at once. Findings, expectations and what accounts see take longer: they are asked
/// for apart.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Overview {
    /// All people.
    pub people: u32,
    /// By validity, in the desk's order of statuses and with its words; those that nobody has are told too.
    pub status: Vec<FacetValue>,
    /// People who differ from what the desk has.
    pub changed: u32,
    /// `None` for a desk that counts none, and while their number is not known.
    pub licences: Option<Licences>,
    /// Entities whose state differs from what the desk has.
    pub pending: u32,
    /// Unsettled conflicts.
    pub conflicts: u32,
    /// What people are to see, or never to see: how many of these sentences there are.
    pub expectations: u32,
    /// The last import; `None` before the first.
    pub last_import: Option<Happened>,
    /// The last export; `None` before the first.
    pub last_export: Option<Happened>,
    /// How many tickets were read.
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
    /// The newest time in the ticket snapshot (RFC 3339); `None` without tickets.
    pub as_of: Option<String>,
}

/// Something that the history tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Happened {
    /// The number of the change.
    pub id: u32,
    /// What was meant: a key of the catalogue (`intent.export`).
    pub intent: String,
    /// Names and values for the words.
    pub detail: Vec<(String, String)>,
    /// Who.
    pub actor: String,
    /// When (RFC 3339).
    pub at: String,
}
