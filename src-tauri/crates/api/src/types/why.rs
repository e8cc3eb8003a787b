//! Why a person sees a ticket, or not.

use serde::Serialize;

use super::preview::{PortalRight, Reason};

/// Why a person sees a ticket, or not: one tree a question.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Why {
    /// The person's login.
    pub login: String,
    /// The ticket's number.
    pub ticket: String,
    /// The ticket's title.
    pub title: String,
    /// Where the ticket lies, as the desk sorts tickets: the name of a queue, an address or an app.
    pub place: String,
    /// `None` when it cannot be told.
    pub may_log_in: Option<bool>,
    /// Whether any list shows it.
    pub listed: Option<bool>,
    /// Whether it can be opened.
    pub openable: Option<bool>,
    /// Whether it can be replied to.
    pub reply: Option<bool>,
    /// The highest right on a portal's object that reaches the ticket; `None` where nothing does, and on desks without.
    pub right: Option<PortalRight>,
    /// `login`, `openable`, `reply`, `comment` where the desk has external comments, and each list by its name.
    pub trees: Vec<WhyTree>,
}

/// The tree behind one answer.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WhyTree {
    /// `login`, `openable`, `reply`, `comment` or the list's name.
    pub question: String,
    /// The answer; `None` when it cannot be told.
    pub answer: Option<bool>,
    /// The rule that decided.
    pub reason: Reason,
    /// The tree.
    pub tree: WhyNode,
}

/// A node of the tree.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct WhyNode {
    /// The rule's id, a key of the catalogue with the prefix `rule.`; empty for a bare fact or junction.
    pub id: String,
    /// Its text in English.
    pub text: String,
    /// `passed`, `blocked`, `skipped`, `unknown`.
    pub verdict: String,
    /// `D`, `M`, `O`, `A`; empty where it has none of its own.
    pub standing: String,
    /// Where the rule is written.
    pub source: String,
    /// `all`, `any`, `not`, `fact`.
    pub kind: String,
    /// Names and values that entered.
    pub facts: Vec<(String, String)>,
    /// What it is made of.
    pub children: Vec<WhyNode>,
}
