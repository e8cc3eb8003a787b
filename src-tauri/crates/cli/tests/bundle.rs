//! `bundle` as a program: a formula in a cell is none, and what is there already stays.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Desk;
use serde_json::Value;

#[test]
fn a_formula_is_itself_in_json_and_harmless_in_csv() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    let login = desk.json(&["users", "w.portico"])["users"][0]["login"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.run(&["set", "w.portico", "--user", &login, "title==1+1"]);
    let told = desk.json(&["bundle", "w.portico", "--to", "out"]);
    assert_eq!(told["folder"], "out");
    let bundle: Value = serde_json::from_str(&desk.read("out/bundle.json")).unwrap();
    let people = bundle["records"]["external_user"].as_array().unwrap();
    let person = people.iter().find(|one| one["key"] == login.as_str()).unwrap();
    assert_eq!(person["fields"]["title"], "=1+1");
    let table = desk.read("out/external_user.csv");
    assert!(table.contains(",'=1+1,") && !table.contains(",=1+1"), "{table}");
    let before = desk.read("out/bundle.json");
    let again = desk.run(&["bundle", "w.portico", "--to", "out"]);
    assert_eq!(again.code, 3, "{again:?}");
    assert!(again.err.contains("is there already"), "{again:?}");
    assert_eq!(desk.read("out/bundle.json"), before);
}
