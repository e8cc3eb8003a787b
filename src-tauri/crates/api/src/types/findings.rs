//! Findings: what in a workspace is probably not meant.

use serde::{Deserialize, Serialize};

/// A kind of finding, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FindingKind {
    /// Its id (`no_contact`); a key of the catalogue.
    pub id: String,
    /// `serious`, `warning` or `note`.
    pub severity: String,
    /// What it is about: `external_user`, `account`, `queue`, `setting` or `rule`.
    pub about: String,
    /// What was found, in English.
    pub text: String,
    /// Those that are shown; 0 where the whole kind is muted.
    pub shown: u32,
    /// Those that somebody muted, one by one or with their kind.
    pub muted: u32,
    /// Why the whole kind is muted; `None` where it is not.
    pub kind_muted: Option<String>,
}

/// How many findings there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FindingCounts {
    /// All that are shown.
    pub total: u32,
    /// By kind, weightiest first; kinds that can be found in the workspace's desk, whether there are any or not.
    pub kinds: Vec<FindingKind>,
}

/// The way to put a finding right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FindingFix {
    /// `open` (the record's form), `set` (an edit of exactly those people), `offboard`, `settings`.
    pub how: String,
    /// The field it is about; empty where it is about none.
    pub field: String,
    /// The value it would hold; empty where none is proposed.
    pub value: String,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FindingRow {
    /// The key under which it is muted.
    pub key: String,
    /// The kind's id.
    pub kind: String,
    /// `serious`, `warning` or `note`.
    pub severity: String,
    /// The check that found it; a key of the catalogue.
    pub check: String,
    /// What it is about: an id, or the name of a setting or rule.
    pub subject: String,
    /// What people call it.
    pub name: String,
    /// A person's login, an account's key; empty otherwise.
    pub login: String,
    /// A person's account; empty otherwise.
    pub account: String,
    /// What is to be said of it beside its name: another login, names of groups, a day, a number.
    pub note: String,
    /// What is wrong and what follows from it, in English.
    pub text: String,
    /// The id of the rule that makes it so; empty where the desk has none about it.
    pub rule: String,
    /// `D`, `M`, `O` or `A`; empty where nothing of the desk is claimed.
    pub standing: String,
    /// The way to put it right.
    pub fix: FindingFix,
    /// Why it is muted; `None` where it is not.
    pub muted: Option<String>,
}

/// Which findings.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
pub struct FindingQuery {
    /// The kind's id.
    pub kind: String,
    /// Those that somebody muted one by one, instead of the others.
    pub muted: bool,
    /// Where the page before ended; `None` for the first.
    pub after: Option<String>,
    /// At most so many.
    pub limit: u32,
}

/// A page of findings, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct FindingPage {
    /// The findings.
    pub rows: Vec<FindingRow>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<String>,
}

/// What is not to be shown any more.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, specta::Type)]
pub struct MuteFinding {
    /// The id of a kind, or the key of one finding.
    pub finding: String,
    /// Why, for those who wonder later.
    pub reason: String,
}
