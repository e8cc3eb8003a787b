//! Other external users whom a person sees in the portal.

use serde::Serialize;

use super::preview::Reason;

/// Another external user whom the person sees.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[expect(missing_docs, reason = "the fields are those of the person")]
pub struct Colleague {
    pub id: String,
    pub login: String,
    pub name: String,
}

/// Another external user whom the person sees, opened.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ColleagueView {
    /// Her id.
    pub id: String,
    /// Her login.
    pub login: String,
    /// Her name.
    pub name: String,
    /// Why the portal shows her.
    pub reason: Reason,
    /// What stands in her form, but for the password, in the form's order.
    pub settings: Vec<ColleagueSetting>,
}

/// A setting of another external user, to read.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ColleagueSetting {
    /// The form's field, a key of the catalogue.
    pub field: String,
    /// Whether it is on; `None` for what is no switch.
    pub on: Option<bool>,
    /// Its texts and words, other records by their names; empty for a switch, and where nothing is set.
    pub values: Vec<String>,
}
