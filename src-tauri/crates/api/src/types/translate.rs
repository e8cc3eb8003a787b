//! A workspace in the terms of another desk.

use serde::Serialize;

use super::exposure::Exposure;
use super::tickets::FoundTicket;
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

/// One person by the rules of another desk, against what she sees here.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct PersonElsewhere {
    /// What becomes of what is hers, what does not translate first, counted without her tickets. What is not counted
    /// holds for everybody.
    pub statements: Vec<TranslationStatement>,
    /// How many tickets she sees there and not here.
    #[specta(type = specta_typescript::Number)]
    pub gained: u64,
    /// How many she sees here and not there.
    #[specta(type = specta_typescript::Number)]
    pub lost: u64,
    /// `gained` or `lost`; empty where she may log in at both or at neither.
    pub login_change: String,
    /// Whether there may be more that differs, which cannot be told.
    pub unknown: bool,
    /// Those tickets that are only seen there, newest first, at most 50.
    pub gained_tickets: Vec<FoundTicket>,
    /// Those that are only seen here, newest first, at most 50.
    pub lost_tickets: Vec<FoundTicket>,
}

/// A workspace that was made of another.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WorkspaceTranslated {
    /// Its file.
    pub path: String,
    /// What became of what, what does not translate first.
    pub statements: Vec<TranslationStatement>,
}
