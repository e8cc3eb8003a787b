//! Desks that are read from files: they come in whole, twice is as once, and a bad file changes nothing.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, fixture};
use serde_json::json;

/// Imports a desk's fixture twice: nothing differs, and nothing is to be written.
fn twice(kind: &str, people: u64) -> Desk {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", kind]);
    let from = fixture().with_file_name(format!("{kind}-small"));
    let import = || desk.run(&["import", "w.portico", "--from", from.to_str().unwrap(), "--json"]);
    let first = import();
    assert_eq!(first.json()["added"]["external_users"], people, "{first:?}");
    assert_eq!(first.json()["unknown"], json!([]), "{first:?}");
    let again = import().json();
    for what in ["added", "changed", "removed"] {
        assert_eq!(again[what], json!({}), "{what}: {again}");
    }
    assert_eq!(desk.json(&["plan", "w.portico"])["operations"], json!([]));
    desk
}

#[test]
fn lists_of_elma365_come_in_and_decide_who_sees_what() {
    let desk = twice("elma365", 3);
    let seen = desk.json(&["preview", "w.portico", "--user", "anna@aachen.example"]);
    assert!(seen.to_string().contains("service/requests/1"), "{seen}");
    assert!(!seen.to_string().contains("contracts/files/11"), "{seen}");
    desk.write(
        "rights.json",
        "[{\"object\": \"o-portal\", \"group\": \"external\",\n\"level\": \"brow",
    );
    let cut = desk.run(&["import", "w.portico", "--from", "rights.json"]);
    assert_eq!(cut.code, 3, "{cut:?}");
    assert!(cut.err.contains("rights.json:2: ends too early"), "{cut:?}");
    assert_eq!(desk.json(&["users", "w.portico"])["total"], 3);
}
