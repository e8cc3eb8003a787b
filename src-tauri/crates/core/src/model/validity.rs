//! Whether a desk treats a record as in force.

use serde::{Deserialize, Serialize};

/// Validity in the order of the desks that number it (1, 2, 3).
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
}

impl Validity {
    /// 1, 2 or 3.
    pub fn number(self) -> i64 {
        match self {
            Self::Valid => 1,
            Self::Invalid => 2,
            Self::InvalidTemporarily => 3,
        }
    }

    /// From 1, 2 or 3.
    pub fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Valid),
            2 => Some(Self::Invalid),
            3 => Some(Self::InvalidTemporarily),
            _ => None,
        }
    }

    /// `valid`, `invalid` or `invalid-temporarily`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::InvalidTemporarily => "invalid-temporarily",
        }
    }

    /// From its name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Valid, Self::Invalid, Self::InvalidTemporarily]
            .into_iter()
            .find(|v| v.name() == name)
    }
}
