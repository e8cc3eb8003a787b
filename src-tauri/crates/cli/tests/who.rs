//! `who` as a program: on the sample of every desk, those whom it names are those whose preview has the ticket.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::Desk;
use serde_json::Value;

/// The numbers of all tickets that a preview has in a list or lets open.
fn seen(preview: &Value) -> BTreeSet<String> {
    let lists = preview["lists"].as_object().unwrap().values();
    let listed = lists.flat_map(|list| list["all"].as_array().unwrap());
    let mut seen: BTreeSet<String> = listed.map(|number| number.as_str().unwrap().to_owned()).collect();
    let opened = preview["openable"].as_object().unwrap().iter();
    seen.extend(
        opened
            .filter(|(_, how)| how["ro"] == true)
            .map(|(number, _)| number.clone()),
    );
    seen
}

#[test]
fn who_sees_a_ticket_are_those_whose_preview_has_it() {
    for kind in ["daktela", "elma365", "innosoft", "otobo", "zoho"] {
        let desk = Desk::new();
        desk.ok(&["init", "w.portico", "--desk", kind, "--sample"]);
        let everybody = desk.run(&["preview", "w.portico", "--all", "--json"]).json();
        let mut by_ticket: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (login, preview) in everybody.as_object().unwrap() {
            for number in seen(preview) {
                by_ticket.entry(number).or_default().insert(login.clone());
            }
        }
        let step = by_ticket.len() / 5;
        assert!(step > 0, "{kind}");
        for (number, logins) in by_ticket.iter().step_by(step) {
            let told = desk.run(&["who", "w.portico", "--ticket", number, "--json"]).json();
            let people = told["people"].as_array().unwrap();
            let named: BTreeSet<String> = people.iter().map(|p| p["login"].as_str().unwrap().to_owned()).collect();
            assert_eq!(&named, logins, "{kind}, {number}");
            assert_eq!(told["total"], logins.len(), "{kind}, {number}");
            for person in people {
                let login = person["login"].as_str().unwrap();
                assert_eq!(person["may_log_in"], everybody[login]["may_log_in"], "{kind}, {login}");
                assert!(
                    person["reason"].as_str().unwrap().ends_with('.'),
                    "{kind}, {login}: {person}"
                );
            }
        }
    }
}

#[test]
fn more_may_see_a_ticket_where_a_setting_is_not_as_assumed() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "daktela", "--sample"]);
    let everybody = desk.run(&["preview", "w.portico", "--all", "--json"]).json();
    let seen: BTreeSet<String> = everybody.as_object().unwrap().values().flat_map(seen).collect();
    let who = |number: &str| desk.run(&["who", "w.portico", "--ticket", number, "--json"]).json();
    let of_some = seen.iter().map(|number| (number, who(number)));
    let (number, told) = { of_some }
        .find(|(_, told)| told["hanging"] != serde_json::json!([]))
        .unwrap();
    let (before, more) = (&told["total"], &told["hanging"][0]);
    assert_eq!(more["setting"], "Portal::Involvement");
    let text = desk.run(&["who", "w.portico", "--ticket", number]).out;
    let line = format!(
        "{} more may see it if Portal::Involvement is not as assumed",
        more["people"]
    );
    assert!(text.contains(&line), "{text}");
    // Set to the other value, they do; and nothing hangs on it any more.
    desk.run(&[
        "settings",
        "w.portico",
        "--set",
        "Portal::Involvement=\"contact_or_company\"",
    ]);
    let after = who(number);
    assert_eq!(
        after["total"].as_u64().unwrap(),
        before.as_u64().unwrap() + more["people"].as_u64().unwrap()
    );
    assert_eq!(after["hanging"], serde_json::json!([]));
}

#[test]
fn parts_files_and_what_is_wrong() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    let preview = desk
        .run(&["preview", "w.portico", "--user", "a.nowak", "--json"])
        .json();
    let number = preview["lists"]["MyTickets"]["all"][0].as_str().unwrap();
    let ask = |more: &[&str]| desk.run(&[&["who", "w.portico", "--ticket", number], more].concat());
    let all = ask(&["--json"]).json();
    assert!(
        all["people"]
            .as_array()
            .unwrap()
            .iter()
            .any(|p| p["login"] == "a.nowak")
    );
    assert_eq!(
        ask(&["--part", "openable", "--json"]).json()["people"]
            .as_array()
            .unwrap()
            .len(),
        all["openable"]
    );
    assert_eq!(
        ask(&["--limit", "1", "--json"]).json()["people"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(ask(&[]).out.contains("because: "), "{:?}", ask(&[]));
    assert_eq!(ask(&["--csv", "who.csv"]).code, 0);
    let written = desk.read("who.csv");
    assert_eq!(
        written.lines().count() as u64,
        1 + all["total"].as_u64().unwrap(),
        "{written}"
    );
    assert!(written.contains("login,name,account,may_log_in"), "{written}");
    let activity = ask(&["--activity", "1", "--json"]).json();
    assert!(activity["total"].as_u64().unwrap() <= all["openable"].as_u64().unwrap());
    assert_eq!(ask(&["--activity", "99"]).code, 3);
    let nothing = desk.run(&["who", "w.portico", "--ticket", "none"]);
    assert_eq!(nothing.code, 3);
    assert!(nothing.err.contains("none"), "{nothing:?}");
    assert_eq!(ask(&["--part", "some"]).code, 2);
}
