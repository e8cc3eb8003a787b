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

#[test]
fn a_bundle_for_others_says_what_it_wrote_or_why_not() {
    let desk = Desk::new();
    desk.ok(&["init", "z.portico", "--desk", "zoho", "--sample"]);
    let told = desk.json(&["bundle", "z.portico", "--to", "scim", "--form", "scim"]);
    assert_eq!(told["files"], serde_json::json!(["Users.json", "Groups.json"]));
    let people: Value = serde_json::from_str(&desk.read("scim/Users.json")).unwrap();
    assert_eq!(people["totalResults"], told["records"][0]["total"]);
    let told = desk.ok(&["bundle", "z.portico", "--to", "fga", "--form", "openfga"]);
    assert!(told.out.contains("tuples"), "{told:?}");
    assert!(desk.read("fga/tuples.jsonl").starts_with("{\"user\":\""));
    let refused = desk.run(&["bundle", "z.portico", "--to", "x", "--form", "scim", "--xlsx"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    desk.ok(&["init", "o.portico", "--desk", "otobo", "--sample"]);
    let refused = desk.run(&["bundle", "o.portico", "--to", "y", "--form", "openfga"]);
    assert_ne!(refused.code, 0);
    assert!(refused.err.contains("OpenFGA"), "{refused:?}");
}
