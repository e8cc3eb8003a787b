//! `overview`: the same figures as the other verbs have, one by one.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Desk;

#[test]
fn the_figures_are_those_of_the_other_verbs() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    let ran = desk.run(&["overview", "w.portico", "--json"]);
    assert_eq!(ran.code, 1, "the sample has findings: {ran:?}");
    let seen = ran.json();
    let found = desk.run(&["findings", "w.portico", "--json"]).json();
    assert_eq!(seen["findings"], found);
    for status in seen["status"].as_array().unwrap() {
        let value = status["value"].as_str().unwrap();
        let listed = desk.json(&[
            "users",
            "w.portico",
            "--limit",
            "1",
            "--where",
            &format!("status={value}"),
        ]);
        assert_eq!(status["count"], listed["total"], "{value}: {listed}");
    }
    assert!(seen["licences"].is_null() && seen["last_export"].is_null(), "{seen}");
    assert!(
        seen["last_import"]["at"].is_string() && seen["as_of"].is_string(),
        "{seen}"
    );

    let quick = desk.run(&["overview", "w.portico", "--json", "--no-findings"]);
    assert_eq!(quick.code, 0, "{quick:?}");
    assert!(quick.json().get("findings").is_none());

    let text = desk.run(&["overview", "w.portico"]);
    let figure = |name: &str| {
        let line = text.out.lines().find(|line| line.trim_start().starts_with(name));
        line.unwrap().split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(figure("people"), seen["people"].to_string(), "{text:?}");
    assert_eq!(figure("findings"), found["total"].to_string());
    assert_eq!(figure("last export"), "never");
}
