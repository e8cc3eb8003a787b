//! `exports` and `verify`: what was exported, and what became of it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, answer_files, fixture};
use serde_json::json;

/// The desk's tables, with this in the place of that.
fn tables(desk: &Desk, name: &str, old: &str, new: &str) {
    std::fs::create_dir_all(desk.path(name)).unwrap();
    for entry in std::fs::read_dir(fixture().join("tables")).unwrap().map(Result::unwrap) {
        let text = std::fs::read(entry.path()).unwrap();
        let file = entry.file_name().to_str().unwrap().to_owned();
        let text = if file == "customer_user.csv" {
            String::from_utf8(text).unwrap().replace(old, new).into_bytes()
        } else {
            text
        };
        std::fs::write(desk.path(name).join(file), text).unwrap();
    }
}

#[test]
fn an_export_is_listed_and_verified_against_what_the_desk_has_then() {
    let desk = Desk::with_otobo(&answer_files()[0]);
    desk.ok(&["set", "w.portico", "--user", "carla", "city=Brno", "--as", "Marta"]);
    let exported = desk.json(&["export", "w.portico", "--to", "out", "--as", "Marta"]);
    let exports = desk.json(&["exports", "w.portico"])["exports"].clone();
    assert_eq!(
        (&exports[0]["id"], &exports[0]["actor"]),
        (&exported["id"], &json!("Marta"))
    );
    let id = exported["id"].as_str().unwrap();
    assert!(desk.ok(&["exports", "w.portico"]).out.contains(id));
    let folder = exports[0]["folder"].as_str().unwrap();
    assert!(
        std::path::Path::new(folder).is_absolute(),
        "the window looks for {folder} from elsewhere"
    );
    let operations = desk.json(&["exports", "w.portico", "--export", id]);
    assert_eq!(operations["operations"][0]["key"], "carla");

    let text = std::fs::read_to_string(fixture().join("tables/customer_user.csv")).unwrap();
    let row = text.lines().find(|line| line.contains("carla")).unwrap().to_owned();
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let city = header.iter().position(|name| *name == "city").unwrap();
    let with = |value: &str| {
        let mut cells: Vec<&str> = row.split(',').collect();
        cells[city] = value;
        cells.join(",")
    };
    for (name, value, code, outcome) in [
        ("before", row.split(',').nth(city).unwrap(), 1, "not_applied"),
        ("after", "Brno", 0, "applied"),
        ("other", "Praha", 1, "drifted"),
    ] {
        tables(&desk, name, &row, &with(value));
        let ran = desk.run(&["verify", "w.portico", "--from", name, "--json"]);
        assert_eq!(ran.code, code, "{ran:?}");
        let report = ran.json();
        assert_eq!(
            (&report[outcome], &report["operations"][0]["outcome"]),
            (&json!(1), &json!(outcome))
        );
    }
    let told = desk.run(&["verify", "w.portico", "--from", "other", "--export", id]);
    assert!(
        told.out.contains("city: was ") && told.out.contains("exported \"Brno\", the desk has \"Praha\""),
        "{told:?}"
    );
    assert_eq!(
        desk.json(&["plan", "w.portico"])["operations"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    desk.ok(&["verify", "w.portico", "--files", "out"]);
    desk.write("out/README.txt", "another");
    let ran = desk.run(&["verify", "w.portico", "--files", "out", "--json"]);
    assert_eq!(
        (ran.code, &ran.json()["files"]["files"][0]),
        (1, &json!({ "name": "README.txt", "state": "changed" }))
    );
    assert_eq!(desk.run(&["verify", "w.portico"]).code, 2);
}
