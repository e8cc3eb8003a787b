//! The workspace's passphrase.

use std::fmt::{self, Debug, Formatter};

use serde::{Deserialize, Serialize};
use zeroize::ZeroizeOnDrop;

/// A passphrase as it was typed. Wiped when it goes; never printed, never sent back.
#[derive(Clone, Deserialize, specta::Type, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// What was typed.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl Debug for Secret {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// What shall become of the passphrase: `new` alone sets one, both change it, `current` alone removes it.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct PassphraseInput {
    /// The one the workspace has.
    pub current: Option<Secret>,
    /// The one it gets.
    pub new: Option<Secret>,
}

/// A workspace that was named at the start and needs its passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct LockedWorkspace {
    /// Absolute path of the file.
    pub path: String,
}
