//! A workspace in the terms of another desk.

use serde::Serialize;

use super::exposure::Exposure;
pub use portico_core::translate::Effect;

/// What becomes of something on the way to another desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TranslationStatement {
    /// A name that stays.
    pub id: String,
    /// What it means for those outside.
    pub effect: Effect,
    /// What it says, in English.
    pub text: String,
    /// How many records it is about; `None` where that is not counted, or not yet.
    pub count: Option<u32>,
}

/// The same people and tickets by the rules of two desks.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct DesksCompared {
    /// What becomes of what, what does not translate first. What this workspace does not have is left out.
    pub statements: Vec<TranslationStatement>,
    /// Gained is what is seen by the other desk's rules and not by this one's.
    pub exposure: Exposure,
}

/// A workspace that was made of another.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WorkspaceTranslated {
    /// Its file.
    pub path: String,
    /// What became of what, what does not translate first.
    pub statements: Vec<TranslationStatement>,
}
