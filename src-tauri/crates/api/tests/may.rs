//! Every use case asks first whether the session may do what it does.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Functions for callers that take a session: name, and whether the body asks.
fn use_cases(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("\npub fn ") {
        let rest = &text[at + 8..];
        let (Some(head), Some(end)) = (rest.split_once('{').map(|(head, _)| head), rest.find("\n}")) else {
            continue;
        };
        if head.contains("&Session") {
            let name = head.split(['(', '<']).next().unwrap().to_owned();
            found.push((name, rest[..end].contains("session.may(Action::")));
        }
    }
    found
}

#[test]
fn every_use_case_asks_first() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let found: Vec<(String, bool)> = files
        .iter()
        .flat_map(|file| use_cases(&fs::read_to_string(file).unwrap()))
        .collect();
    let silent: Vec<&str> = found
        .iter()
        .filter(|(_, asks)| !asks)
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(silent.is_empty(), "these use cases do not ask: {silent:?}");
    for known in [
        "save_user",
        "preview",
        "why",
        "import_desk",
        "export_desk",
        "undo",
        "set_settings",
    ] {
        assert!(found.iter().any(|(name, _)| name == known), "{known} was not looked at");
    }
}
