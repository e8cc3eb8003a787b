//! Calls of a desk's interface, written down one a line for whoever makes them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::error::DeskError;
use crate::plan::Operation;
use crate::writer::Occasion;

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Call {
    /// The same for the same change over the same reading of the desk, however often it is exported.
    pub(crate) key: String,
    /// What it is for, in words.
    pub(crate) does: String,
    /// `GET`, `POST` or `PATCH`.
    pub(crate) method: &'static str,
    /// Below the interface's root; may hold placeholders.
    pub(crate) path: String,
    /// What is sent, as JSON; may hold placeholders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<BTreeMap<String, Value>>,
    /// What it costs.
    pub(crate) credits: u32,
    /// Placeholders that its answer gives a value, and where that stands in it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) answers: BTreeMap<String, String>,
    /// What no documentation says of it; empty where all of it is documented.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) assumed: Vec<&'static str>,
}

/// The calls as JSON Lines.
pub(crate) fn lines(calls: &[Call]) -> Result<String, DeskError> {
    let mut out = String::new();
    for call in calls {
        let line = serde_json::to_string(call).map_err(|e| DeskError::Unwritable(format!("a call: {e}")))?;
        out.push_str(&line);
        out.push('\n');
    }
    Ok(out)
}

/// The key of an operation's call.
pub(crate) fn key(desk: &str, occasion: &Occasion, operation: &Operation, number: usize) -> String {
    let mut parts = vec![
        desk.to_owned(),
        occasion.base.clone(),
        operation.kind.name().to_owned(),
        operation.entity.clone(),
        operation.key.clone(),
        number.to_string(),
    ];
    for change in &operation.changes {
        parts.push(change.field.clone());
        parts.push(format!("{:?}", change.old));
        parts.push(format!("{:?}", change.new));
    }
    digest(&parts, 16)
}

/// Stands for the number of a record that the desk has yet to give.
pub(crate) fn placeholder(what: &str, parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    format!("{{{{{what}:{}}}}}", digest(&parts, 6))
}

/// Texts told apart, as hexadecimal digits of this many bytes.
fn digest(parts: &[String], bytes: usize) -> String {
    use std::fmt::Write as _;
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    digest.iter().take(bytes).fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A part of a path: what is not a plain sign is escaped.
pub(crate) fn segment(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Change, Kind};

    fn operation(new: &str) -> Operation {
        Operation {
            kind: Kind::Update,
            entity: "external_user".to_owned(),
            record: String::new(),
            key: "1".to_owned(),
            subject: String::new(),
            target: String::new(),
            changes: vec![Change {
                field: "email".to_owned(),
                old: Some("a".to_owned()),
                new: Some(new.to_owned()),
            }],
        }
    }

    #[test]
    fn the_same_change_has_the_same_key_until_the_desk_is_read_again() {
        let monday = Occasion {
            base: "monday".to_owned(),
            ..Occasion::default()
        };
        let later = Occasion {
            date: "another day".to_owned(),
            ..monday.clone()
        };
        let read_again = Occasion {
            base: "tuesday".to_owned(),
            ..monday.clone()
        };
        let one = key("zoho", &monday, &operation("b"), 0);
        assert_eq!(one, key("zoho", &later, &operation("b"), 0));
        assert_ne!(one, key("zoho", &monday, &operation("c"), 0));
        assert_ne!(one, key("zoho", &monday, &operation("b"), 1));
        assert_ne!(one, key("zoho", &read_again, &operation("b"), 0));
    }

    #[test]
    fn no_key_leaves_its_place_in_a_path() {
        assert_eq!(segment("40/../x?y#z é"), "40%2F..%2Fx%3Fy%23z%20%C3%A9");
        assert_eq!(segment("4000000001001"), "4000000001001");
    }
}
