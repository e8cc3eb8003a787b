//! Machines in a preview: by the basic right, and by the addresses that a person may read.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::BTreeSet;

use common::Desk;

fn machines(desk: &Desk, login: &str) -> BTreeSet<String> {
    let seen = desk.run(&["preview", "w.portico", "--user", login, "--json"]).json();
    let numbers = seen["machines"].as_array().cloned().unwrap_or_default();
    numbers
        .iter()
        .map(|number| number.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn machines_follow_the_basic_right_and_the_addresses() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "innosoft", "--sample"]);
    let everybody = desk.run(&["preview", "w.portico", "--all", "--json"]).json();
    let everybody = everybody.as_object().unwrap();
    let (login, _) = everybody
        .iter()
        .find(|(_, seen)| seen.get("machines").is_some())
        .unwrap();
    let before = machines(&desk, login);
    let all: usize = desk.json(&["records", "w.portico", "machines"])["total"]
        .as_u64()
        .unwrap()
        .try_into()
        .unwrap();
    assert!(!before.is_empty() && before.len() < all, "{before:?} of {all}");

    desk.run(&["set", "w.portico", "--user", login, "right_machines=no"]);
    assert_eq!(machines(&desk, login), BTreeSet::new());
    desk.run(&["set", "w.portico", "--user", login, "right_machines=yes"]);
    assert_eq!(machines(&desk, login), before);

    // Every address, granted here and not known to the desk yet.
    let addresses = desk.json(&["records", "w.portico", "addresses"]);
    for address in addresses["records"].as_array().unwrap() {
        let number = address["number"].as_str().unwrap();
        desk.run(&[
            "set",
            "w.portico",
            "--user",
            login,
            "right_addresses=yes",
            &format!("read_addresses+={number}"),
        ]);
    }
    assert_eq!(machines(&desk, login).len(), all);
}
