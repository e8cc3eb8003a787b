//! Whether a desk treats a record as in force.

use serde::{Deserialize, Serialize};

/// Validity in the order of the desks that number it (1, 2, 3); 4 is of those that wait for a first login.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// In force.
    #[default]
    Valid,
    /// Out of force.
    Invalid,
    /// Out of force for now.
    InvalidTemporarily,
    /// Invited or made, and never logged in yet. A desk without this notion has nobody in it.
    NotRegistered,
}

impl Validity {
    /// 1, 2, 3 or 4.
    pub fn number(self) -> i64 {
        match self {
            Self::Valid => 1,
            Self::Invalid => 2,
            Self::InvalidTemporarily => 3,
            Self::NotRegistered => 4,
        }
    }

    /// From 1, 2, 3 or 4.
    pub fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Valid),
            2 => Some(Self::Invalid),
            3 => Some(Self::InvalidTemporarily),
            4 => Some(Self::NotRegistered),
            _ => None,
        }
    }

    /// `valid`, `invalid`, `invalid-temporarily` or `not-registered`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::InvalidTemporarily => "invalid-temporarily",
            Self::NotRegistered => "not-registered",
        }
    }

    /// From its name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Valid,
            Self::Invalid,
            Self::InvalidTemporarily,
            Self::NotRegistered,
        ]
        .into_iter()
        .find(|v| v.name() == name)
    }
}
