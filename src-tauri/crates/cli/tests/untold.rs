//! `preview` says of what cannot be told how much it is, which tickets, and what is missing.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Desk;
use serde_json::{Value, json};

/// The sample of a Zoho portal of which not all switches are known, and the login of somebody on whom that has a bearing.
fn partly_known() -> (Desk, String, Value) {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "zoho", "--sample"]);
    let set = ["settings", "w.portico", "--set", "Portal::AccountSwitches=\"partial\""];
    desk.run(&set);
    let everybody = desk.run(&["preview", "w.portico", "--all", "--json"]).json();
    let mut people = everybody.as_object().unwrap().iter();
    let (login, seen) = people
        .find(|(_, seen)| seen["unknown"].as_array().unwrap().len() > 10)
        .unwrap();
    (desk, login.clone(), seen.clone())
}

#[test]
fn the_text_counts_lists_and_explains_what_cannot_be_told() {
    let (desk, login, seen) = partly_known();
    let unknown = seen["unknown"].as_array().unwrap();
    let because = &seen["unknown_because"];
    assert_eq!(because.as_array().unwrap().len(), 1, "{because}");
    assert_eq!(because[0]["setting"], json!("Portal::AccountSwitches"));
    assert_eq!(seen["unknown_settings"], json!([]));
    let text = desk.run(&["preview", "w.portico", "--user", &login]).out;
    let (_, group) = text
        .split_once(&format!("Cannot be told: {}\n", unknown.len()))
        .unwrap();
    let why = format!("Portal::AccountSwitches: {}", because[0]["why"].as_str().unwrap());
    for (number, line) in unknown.iter().zip(group.lines()).take(10) {
        assert!(line.starts_with(&format!("  {}", number.as_str().unwrap())), "{line}");
        assert!(line.ends_with("  Portal::AccountSwitches"), "{line}");
    }
    assert_eq!(group.lines().nth(10), Some("  ... all of them: --json"));
    assert!(
        group.contains(&format!("\nCannot be told while this stands: {why}\n")),
        "{group}"
    );
    let all = desk.run(&["preview", "w.portico", "--all"]).out;
    let line = all.lines().find(|line| line.starts_with(&login)).unwrap();
    assert!(line.ends_with(&format!(", cannot be told {}", unknown.len())), "{line}");
}
