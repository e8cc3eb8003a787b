//! `diff --desk` and `preview --desk` as a program, held against each other.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Desk, seen};
use serde_json::Value;

const DESKS: [&str; 4] = ["daktela", "innosoft", "otobo", "zoho"];

/// What each person sees.
fn everybody(desk: &Desk, arguments: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let told = desk
        .run(&[&["preview", "w.portico", "--all", "--json"], arguments].concat())
        .json();
    let people = told.as_object().unwrap().iter();
    people.map(|(login, preview)| (login.clone(), seen(preview))).collect()
}

fn less(a: &BTreeSet<String>, b: &BTreeSet<String>) -> u64 {
    a.difference(b).count() as u64
}

#[test]
fn the_difference_is_what_the_previews_by_both_rules_differ_in() {
    let mut moved = 0;
    for from in ["daktela", "innosoft", "zoho"] {
        let desk = Desk::new();
        desk.ok(&["init", "w.portico", "--desk", from, "--sample"]);
        let here = everybody(&desk, &[]);
        for to in DESKS.iter().filter(|to| **to != from) {
            let there = everybody(&desk, &["--desk", to]);
            let told = desk.run(&["diff", "w.portico", "--desk", to, "--json"]).json();
            let sum = |of: &dyn Fn(&String) -> u64| here.keys().map(of).sum::<u64>();
            let gained = sum(&|login| less(&there[login], &here[login]));
            let lost = sum(&|login| less(&here[login], &there[login]));
            assert_eq!(
                (&told["gained"], &told["lost"]),
                (&gained.into(), &lost.into()),
                "{from} {to}"
            );
            assert!(!told["statements"].as_array().unwrap().is_empty());
            moved += gained + lost;
        }
    }
    assert!(moved > 0, "nobody gains or loses anything");
}

#[test]
fn a_workspace_is_kept_where_nothing_was() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "zoho", "--sample"]);
    let keep = [
        "diff",
        "w.portico",
        "--desk",
        "daktela",
        "--keep",
        "there.portico",
        "--json",
    ];
    let told: Value = desk.run(&keep).json();
    assert_eq!(told["desk"], "daktela");
    let people = |file| desk.json(&["users", file])["total"].clone();
    assert_eq!(people("there.portico"), people("w.portico"));
    let again = desk.run(&keep);
    assert_eq!(again.code, 3);
    assert!(again.err.contains("is there already"), "{}", again.err);
    let nowhere = desk.run(&["diff", "w.portico", "--desk", "elma365"]);
    assert!(nowhere.err.contains("daktela, innosoft, otobo"), "{}", nowhere.err);
}
