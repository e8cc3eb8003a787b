//! `preview` says of new tickets whether there can be any, what they can be, or that it cannot be told; and prints what
//! else the person sees.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Desk;
use serde_json::{Map, Value, json};

fn sample(desk: &str) -> (Desk, Map<String, Value>) {
    let at = Desk::new();
    at.ok(&["init", "w.portico", "--desk", desk, "--sample"]);
    let everybody = at.run(&["preview", "w.portico", "--all", "--json"]).json();
    (at, everybody.as_object().unwrap().clone())
}

fn text(at: &Desk, login: &str) -> String {
    at.run(&["preview", "w.portico", "--user", login]).out
}

/// The line with this title, without it.
fn line<'a>(text: &'a str, title: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(title)?.strip_prefix(": "))
}

fn names(value: &Value) -> String {
    let names = value.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    names.collect::<Vec<_>>().join(", ")
}

#[test]
fn not_allowed_and_not_to_be_told_are_two_answers() {
    let (at, everybody) = sample("daktela");
    let (login, seen) = everybody.iter().next().unwrap();
    assert_eq!(
        (&seen["may_create"], &seen["new_ticket"]),
        (&json!(false), &json!(null))
    );
    assert_eq!(line(&text(&at, login), "New ticket"), Some("not allowed"));

    let (at, login) = (Desk::new(), "M.Neumann");
    at.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    let seen = at.run(&["preview", "w.portico", "--user", login, "--json"]).json();
    assert_eq!(seen["may_create"], json!(true));
    assert_eq!(
        line(&text(&at, login), "Types").unwrap(),
        names(&seen["new_ticket"]["types"])
    );
    at.run(&["settings", "w.portico", "--forget", "CustomerGroupSupport"]);
    let seen = at.run(&["preview", "w.portico", "--user", login, "--json"]).json();
    let may = seen["may_create"].as_bool();
    assert_ne!(may, Some(false));
    assert_eq!(seen["new_ticket"], json!(null));
    let told = text(&at, login);
    assert!(line(&told, "New ticket").unwrap().ends_with("cannot be told"), "{told}");
    assert_eq!(line(&told, "Types"), None);
}

#[test]
fn the_text_prints_what_the_desk_has_and_no_line_for_what_it_has_not() {
    let (at, everybody) = sample("innosoft");
    let has = |seen: &Value, list: &str| seen["new_ticket"][list].as_array().is_some_and(|some| !some.is_empty());
    let (login, seen) = everybody
        .iter()
        .find(|(_, seen)| has(seen, "types") && has(seen, "responsible_groups") && seen.get("machines").is_some())
        .unwrap();
    let (told, new) = (text(&at, login), &seen["new_ticket"]);
    for (title, value) in [
        ("Types", &new["types"]),
        ("Responsible groups", &new["responsible_groups"]),
        ("Machines", &seen["machines"]),
    ] {
        let first = names(value).split(", ").take(10).collect::<Vec<_>>().join(", ");
        assert!(line(&told, title).unwrap().starts_with(&first), "{title}: {told}");
    }
    assert_eq!(line(&told, "State of a new ticket"), new["state"].as_str());
    assert!(line(&told, "Replies may set").is_some(), "{told}");
    for title in ["New ticket in", "Services", "Colleagues"] {
        assert_eq!(line(&told, title), None, "{told}");
    }

    let (at, everybody) = sample("daktela");
    let many = |seen: &Value| seen["colleagues"].as_array().map_or(0, Vec::len);
    let (login, seen) = everybody.iter().max_by_key(|(_, seen)| many(seen)).unwrap();
    let colleagues = text(&at, login);
    let logins = line(&colleagues, "Colleagues").unwrap();
    assert!(logins.starts_with(seen["colleagues"][0].as_str().unwrap()), "{logins}");
    assert_eq!(
        logins.ends_with(&format!("{} in all: --json", many(seen))),
        many(seen) > 10
    );
}

#[test]
fn where_there_are_apps_new_items_are_told_by_app() {
    let (at, everybody) = sample("elma365");
    let (login, seen) = everybody.iter().next().unwrap();
    assert_eq!(
        (&seen["may_create"], seen["new_ticket"].get("apps")),
        (&json!(true), None)
    );
    let told = text(&at, login);
    assert_eq!(line(&told, "New items"), Some("in no app"), "{told}");
    assert_eq!(line(&told, "New ticket"), None, "{told}");
}

#[test]
fn what_rests_on_an_assumed_rule_is_marked_and_the_rule_is_told_at_the_end() {
    for desk in ["elma365", "zoho", "innosoft", "otobo", "daktela"] {
        let (at, everybody) = sample(desk);
        let login = everybody.keys().next().unwrap();
        let (told, rules) = (text(&at, login), everybody[login]["assumed"].as_array().unwrap());
        let (before, after) = told
            .split_once("\nAssumed, as no documentation says so:\n")
            .unwrap_or((told.as_str(), ""));
        // The tickets that can be opened are asked about one by one for programs only.
        assert!(after.lines().count() <= rules.len(), "{desk}: {told}");
        assert_eq!(before.contains("[assumed]"), !after.is_empty(), "{desk}: {told}");
        assert_eq!(after.is_empty(), desk == "otobo", "{desk}: {told}");
    }
    // A page that everybody sees is assumed, an app with its rights is documented.
    let (at, everybody) = sample("elma365");
    let told = text(&at, everybody.keys().next().unwrap());
    let ends = |kind: &str| {
        let mut lines = told.lines().filter(|line| line.starts_with(&format!("  {kind} ")));
        lines.all(|line| line.ends_with("[assumed]"))
    };
    assert_eq!((ends("page"), ends("app")), (true, false), "{told}");
}
