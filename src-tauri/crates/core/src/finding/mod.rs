//! Findings: what in a workspace is probably not meant, kind by kind, and the way to put it right.
//!
//! * [`Kind`]: a kind of finding; [`kinds`] lists them in the order in which they are shown.
//! * [`Check`]: how a desk can come to one. One file per desk lists its own, [`registry`] knows the desks.
//!
//! How a check is found (its SQL) is the store's; here stands what it means.

mod common;
mod daktela;
mod elma365;
mod innosoft;
pub mod kinds;
mod otobo;
pub mod registry;
mod zoho;

use crate::access::rule::Standing;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Somebody may see what she should not, or cannot work.
    Serious,
    /// Probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// `serious`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Serious => "serious",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An external user.
    Person,
    /// An account.
    Account,
    /// A queue.
    Queue,
    /// A setting of the portal, by its name.
    Setting,
    /// A rule of the access model, by its id.
    Rule,
}

impl About {
    /// `external_user`, `account`, `queue`, `setting` or `rule`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "external_user",
            Self::Account => "account",
            Self::Queue => "queue",
            Self::Setting => "setting",
            Self::Rule => "rule",
        }
    }
}

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Stable id; a key of the catalogue and what people mute.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub about: About,
    /// What was found, in English, as a heading.
    pub text: &'static str,
}

/// The way to put a finding right. Nothing is written by it: it opens a form, an edit or a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fix {
    /// The record's form, at this field.
    Open(&'static str),
    /// The edit of many people on exactly those who were found: this field holds this value.
    Set(&'static str, &'static str),
    /// Ending the access of exactly those who were found.
    Offboard,
    /// The portal's settings.
    Settings,
}

impl Fix {
    /// `open`, `set`, `offboard` or `settings`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open(_) => "open",
            Self::Set(..) => "set",
            Self::Offboard => "offboard",
            Self::Settings => "settings",
        }
    }

    /// The field that it is about; empty where it is about none.
    pub fn field(self) -> &'static str {
        match self {
            Self::Open(field) | Self::Set(field, _) => field,
            Self::Offboard | Self::Settings => "",
        }
    }

    /// The value that the field would hold; empty where none is proposed.
    pub fn value(self) -> &'static str {
        match self {
            Self::Set(_, value) => value,
            Self::Open(_) | Self::Offboard | Self::Settings => "",
        }
    }
}

/// A way in which a desk comes to a finding.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Its name, under which the store finds it.
    pub name: &'static str,
    /// Which kind of finding it is.
    pub kind: &'static Kind,
    /// The id of the access rule that makes it so; empty where the desk has no rule about it.
    pub rule: &'static str,
    /// How well the desk's part in it is known; `None` where nothing of the desk is claimed.
    pub standing: Option<Standing>,
    /// What is wrong and what follows from it, in English.
    pub text: &'static str,
    /// The way to put it right.
    pub fix: Fix,
}
