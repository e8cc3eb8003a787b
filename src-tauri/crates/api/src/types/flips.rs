//! The smallest changes that would flip an answer.

use serde::{Deserialize, Serialize};

use super::matrix::MatrixEdits;
use super::users::UserForm;
use super::workspace::SettingInput;

/// What would flip an answer about a person and a ticket.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Flips {
    /// `login`, `listed`, `openable`, `reply`, or the name of a list.
    pub question: String,
    /// The answer as it is; `None` where it cannot be told, and then nothing is proposed.
    pub answer: Option<bool>,
    /// Each of them would flip it, and nothing less of the same would; the smallest first, and
    /// of those as small the ones that touch fewest others. Empty where nothing small that an admin can change would.
    pub flips: Vec<Flip>,
}

/// Changes that together flip an answer. They were tried out, and taken back.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Flip {
    /// What would be changed.
    pub changes: Vec<FlipChange>,
    /// People whom the changes concern at all, at most; it is known before anybody is compared.
    pub concerns: u32,
    /// What they mean for everybody else; `None` where that was not counted.
    pub touches: Option<FlipTouch>,
    /// The person's form with her part of the changes; `None` where nothing in it changes.
    pub form: Option<UserForm>,
    /// Rights of accounts on groups that change, those of each context together.
    pub cells: Vec<MatrixEdits>,
    /// Settings that change.
    pub settings: Vec<SettingInput>,
}

/// What changes mean for everybody but the person they are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
pub struct FlipTouch {
    /// People who would see other tickets than now, or may log in and could not, or the other way round.
    pub others: u32,
    /// People whom the changes concern at all: at least those.
    pub concerns: u32,
    /// People of whom it cannot be told.
    pub unknown: u32,
    /// Tickets that any of them gains, each once.
    #[specta(type = specta_typescript::Number)]
    pub tickets_gained: u64,
    /// Tickets that any of them loses, each once.
    #[specta(type = specta_typescript::Number)]
    pub tickets_lost: u64,
}

/// One change, in the desk's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FlipChange {
    /// `external_user`, `account`, `queue`, `group` or `setting`.
    pub entity: String,
    /// Login of a person, key of an account, name of a queue, group or setting.
    pub key: String,
    /// Its id; empty for a setting and for a person who is not saved yet.
    pub id: String,
    /// The field; of an account `groups`, or `groups_other` for rights on other accounts' tickets.
    pub field: String,
    /// What goes: the value as it is, or the item that leaves a list (`Support:ro`); empty for nothing.
    pub from: String,
    /// What comes, likewise.
    pub to: String,
}
