//! What a desk takes in its forms: lengths, what must be there, patterns, statuses, passwords.
//!
//! The window, the command line and imports use the one check in [`check`]. A problem's `code` is a key of the
//! catalogue, its `message` the same in English.

pub mod check;
mod daktela;
mod elma365;
pub mod field;
mod innosoft;
mod otobo;
pub mod registry;
mod user_field;
mod zoho;

use crate::access::rule::Standing;
use crate::model::Validity;
use field::Entity;

/// A field that the desk knows, and what it demands of it.
#[derive(Debug, Clone, Copy)]
pub struct FieldRule {
    /// The field's name, as in the form.
    pub field: &'static str,
    /// The most characters it takes (of custom fields: each of them); 0 where it holds no text, or no limit is known.
    pub max: usize,
    /// Whether a new record must have it. A record that the desk has without it is only worth a warning.
    pub required: bool,
    /// Whether only digits are taken.
    pub digits: bool,
}

/// A field without demands.
const fn known(field: &'static str) -> FieldRule {
    limited(field, 0)
}

/// A text with a limit, in characters.
const fn limited(field: &'static str, max: usize) -> FieldRule {
    FieldRule {
        field,
        max,
        required: false,
        digits: false,
    }
}

/// A text that must be there, with a limit (0: none is known).
const fn required(field: &'static str, max: usize) -> FieldRule {
    FieldRule {
        required: true,
        ..limited(field, max)
    }
}

/// What a desk knows of a kind of record beside external users.
#[derive(Debug, Clone, Copy)]
pub struct EntityRules {
    /// Which.
    pub entity: Entity,
    /// Its fields, in the form's order.
    pub fields: &'static [FieldRule],
}

/// Whether a login can change once the person is saved or in the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginChange {
    /// It can.
    Free,
    /// The desk's links keep the old login, so a renaming drops them: it is never exported.
    DropsLinks,
    /// The desk fixes it with the first save.
    Never,
}

impl LoginChange {
    /// `free`, `drops-links` or `never`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::DropsLinks => "drops-links",
            Self::Never => "never",
        }
    }
}

/// What can become of a password, and what the desk demands of one.
#[derive(Debug, Clone, Copy)]
pub struct PasswordRule {
    /// Ways the desk has, of `unchanged`, `invitation`, `initial` (made at export) and `typed`.
    pub ways: &'static [&'static str],
    /// The fewest characters.
    pub min: usize,
    /// Whether capitals, digits and special characters must be combined.
    pub mixed: bool,
    /// How well this is known.
    pub standing: Standing,
}

/// The statuses of people.
#[derive(Debug, Clone, Copy)]
pub struct StatusRule {
    /// Those the desk has, in the order in which they are offered.
    pub offered: &'static [Validity],
    /// What the desk calls each of them, in that order.
    pub words: &'static [&'static str],
    /// What a new person begins with.
    pub first: Validity,
    /// The steps an admin may take, from and to; empty where every one may be taken.
    pub steps: &'static [(Validity, Validity)],
}

impl StatusRule {
    /// What the desk calls a status; Portico's name for one it does not have.
    pub fn word(&self, status: Validity) -> &'static str {
        let named = self
            .offered
            .iter()
            .zip(self.words)
            .find(|(offered, _)| **offered == status);
        named.map_or(status.name(), |(_, word)| word)
    }

    /// The status behind the desk's word for it, or behind Portico's name; case is ignored.
    pub fn named(&self, text: &str) -> Option<Validity> {
        let same = |word: &str| word.to_lowercase() == text.trim().to_lowercase();
        let by_word = self.offered.iter().zip(self.words).find(|(_, word)| same(word));
        by_word
            .map(|(status, _)| *status)
            .or_else(|| self.offered.iter().copied().find(|status| same(status.name())))
    }

    /// Whether an admin may take this step.
    pub fn allows(&self, from: Validity, to: Validity) -> bool {
        from == to || self.steps.is_empty() || self.steps.contains(&(from, to))
    }

    /// Those of the desk's statuses that end access, the lasting one first.
    pub fn closing(&self) -> impl Iterator<Item = Validity> + '_ {
        let ends = [Validity::Invalid, Validity::InvalidTemporarily];
        ends.into_iter().filter(|status| self.offered.contains(status))
    }
}

/// What a desk demands of its forms.
#[derive(Debug, Clone, Copy)]
pub struct FormRules {
    /// The fields of an external user that the desk knows, in the form's order. The others stay behind "More fields".
    pub fields: &'static [FieldRule],
    /// The other kinds of record that the desk has, in the order of the navigation.
    pub entities: &'static [EntityRules],
    /// The longest login that can carry links; `None` where any can.
    pub linked_login_max: Option<usize>,
    /// Permission keys of group links, weakest first; `member` where a link has no kinds. Empty without groups.
    pub permissions: &'static [&'static str],
    /// Whether and how a login can change.
    pub login_change: LoginChange,
    /// The field from which a new login is proposed.
    pub login_from: &'static str,
    /// Passwords.
    pub password: PasswordRule,
    /// Statuses of people.
    pub status: StatusRule,
    /// The setting that says how many licences there are for external users; `None` where the desk counts none.
    pub licences: Option<&'static str>,
}

impl FormRules {
    /// What the desk knows of a kind of record; `None` where it has none.
    pub fn of(&self, entity: Entity) -> Option<&'static [FieldRule]> {
        if entity == Entity::ExternalUser {
            return Some(self.fields);
        }
        self.entities.iter().find(|e| e.entity == entity).map(|e| e.fields)
    }

    /// Whether the desk knows a field of a kind of record.
    pub fn knows(&self, entity: Entity, field: &str) -> bool {
        self.of(entity)
            .is_some_and(|rules| rules.iter().any(|rule| rule.field == field))
    }
}
