//! `preview --all --json` says what a real OTOBO said of the same tables, under each of seven configurations.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{Desk, answer_files};
use serde_json::{Map, Value, json};

/// The names in an object; the answers write nothing for an empty one.
fn keys(value: &Value) -> BTreeSet<String> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect()
}

fn set(value: &Value) -> BTreeSet<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|v| v.as_str().unwrap().to_owned())
        .collect()
}

fn on(value: &Value) -> bool {
    value.as_i64() == Some(1) || value.as_str() == Some("1")
}

/// The lists of an answer in the shape of the contract.
fn lists(overview: &Value) -> Value {
    let shaped = overview.as_object().unwrap().iter().map(|(name, list)| {
        (
            name.clone(),
            json!({ "all": list["All"], "open": list["Open"], "closed": list["Closed"] }),
        )
    });
    Value::Object(shaped.collect::<Map<_, _>>())
}

/// How many answers were compared.
fn compare(file: &Path, login: &str, theirs: &Value, ours: &Value) -> usize {
    let at = format!("{} {login}", file.file_stem().unwrap().to_string_lossy());
    assert_eq!(ours["lists"], lists(&theirs["overview"]), "{at}: lists, in order");
    assert_eq!(ours["may_log_in"], json!(on(&theirs["valid_id"])), "{at}: log-in");
    for right in ["ro", "rw"] {
        assert_eq!(
            set(&ours["searchable"][right]),
            set(&theirs["search"][right]),
            "{at}: search {right}"
        );
    }
    assert_eq!(ours["unknown"], json!([]), "{at}");
    assert_eq!(ours["new_ticket"], theirs["new_ticket"], "{at}: new ticket");
    assert_eq!(keys(&ours["openable"]), keys(&theirs["zoom"]), "{at}: openable");
    for (number, zoom) in theirs["zoom"].as_object().into_iter().flatten() {
        let opened = &ours["openable"][number];
        let at = format!("{at} {number}");
        assert_eq!(opened["ro"], json!(on(&zoom["ro"])), "{at}: ro");
        assert_eq!(opened["rw"], json!(on(&zoom["rw"])), "{at}: rw");
        assert_eq!(opened["reply"], json!(on(&zoom["can_reply"])), "{at}: reply");
        assert_eq!(opened["activities"], zoom["articles_visible"], "{at}: activities");
        // Left out on both sides where there is no reply.
        assert_eq!(
            opened.get("reply_states"),
            zoom.get("reply_states"),
            "{at}: reply states"
        );
    }
    6 + 5 * keys(&theirs["zoom"]).len()
}

#[test]
fn all_seven_answer_files_are_reproduced() {
    let mut compared = 0;
    for file in answer_files() {
        let desk = Desk::with_otobo(&file);
        let ours = desk.json(&["preview", "w.portico", "--all"]);
        let theirs: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(keys(&ours), keys(&theirs["users"]));
        for (login, answer) in theirs["users"].as_object().unwrap() {
            compared += compare(&file, login, answer, &ours[login]);
        }
        // One person alone is told the same.
        let one = desk.json(&["preview", "w.portico", "--user", "anna"]);
        assert_eq!(one, ours["anna"]);
    }
    assert!(compared > 1000, "{compared}");
}
