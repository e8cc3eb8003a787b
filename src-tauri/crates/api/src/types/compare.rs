//! Two people side by side.

use serde::Serialize;

use super::tickets::FoundTicket;

/// What one person sees and another does not. Only what is certain counts.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct PeopleCompared {
    /// How many tickets only the first sees.
    #[specta(type = specta_typescript::Number)]
    pub only_first: u64,
    /// How many tickets only the second sees.
    #[specta(type = specta_typescript::Number)]
    pub only_second: u64,
    /// Who of them alone may log in: `first`, `second`; `same` where both or neither may, or it cannot be told.
    pub login: String,
    /// Whether there may be more that differs, which cannot be told.
    pub unknown: bool,
    /// Those tickets of the first, newest first, at most 50.
    pub first_tickets: Vec<FoundTicket>,
    /// Those tickets of the second, newest first, at most 50.
    pub second_tickets: Vec<FoundTicket>,
}
