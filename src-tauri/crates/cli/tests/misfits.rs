//! What a desk holds and its own form would not take.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, fixture};
use serde_json::json;

#[test]
fn an_import_says_what_no_form_would_take_and_takes_it_in() {
    let desk = Desk::new();
    desk.ok(&["init", "z.portico", "--desk", "zoho"]);
    let contacts = std::fs::read_to_string(fixture().with_file_name("zoho-small").join("contacts.json")).unwrap();
    desk.write(
        "contacts.json",
        &contacts.replace("anna@aachen.example", "anna at aachen"),
    );

    let told = desk.run(&["import", "z.portico", "--from", "contacts.json", "--json"]);
    assert_eq!(told.code, 1, "{told:?}");
    let misfits = told.json()["misfits"].clone();
    let email = misfits
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["problem"]["field"] == "email");
    let email = email.unwrap_or_else(|| panic!("{misfits}"));
    assert_eq!(
        (
            &email["entity"],
            &email["problem"]["code"],
            &email["count"],
            &email["examples"]
        ),
        (
            &json!("external_user"),
            &json!("problem.email"),
            &json!(1),
            &json!(["anna at aachen"])
        ),
        "{misfits}"
    );
    assert_eq!(
        desk.json(&["users", "z.portico"])["total"],
        told.json()["added"]["external_users"]
    );

    // In words too, and the second time as well: it is so in the desk.
    let again = desk.run(&["import", "z.portico", "--from", "contacts.json"]);
    assert!(
        again
            .out
            .contains("external_user email: this is no e-mail address (1: anna at aachen)"),
        "{again:?}"
    );
}
