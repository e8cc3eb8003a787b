//! Who acts.

use serde::{Deserialize, Serialize};

/// The person (or program) to whom a change is attributed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actor(pub String);

impl Actor {
    /// An actor by name; an empty name becomes `unknown`.
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        Self(if name.trim().is_empty() {
            "unknown".to_owned()
        } else {
            name
        })
    }
}
