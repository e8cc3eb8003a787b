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

/// The desk's tables, with carla in this city, or where she was.
fn in_city(desk: &Desk, name: &str, value: Option<&str>) {
    let text = std::fs::read_to_string(fixture().join("tables/customer_user.csv")).unwrap();
    let row = text.lines().find(|line| line.contains("carla")).unwrap();
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let city = header.iter().position(|name| *name == "city").unwrap();
    let mut cells: Vec<&str> = row.split(',').collect();
    cells[city] = value.unwrap_or(cells[city]);
    tables(desk, name, row, &cells.join(","));
}

fn pending(desk: &Desk) -> Vec<serde_json::Value> {
    let plan = desk.json(&["plan", "w.portico"]);
    plan["operations"].as_array().unwrap().clone()
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

    for (name, value, code, outcome) in [
        ("before", None, 1, "not_applied"),
        ("after", Some("Brno"), 0, "applied"),
        ("other", Some("Praha"), 1, "drifted"),
    ] {
        in_city(&desk, name, value);
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
    // What was found in the desk once is pending no more.
    assert_eq!(pending(&desk).len(), 0);
    assert!(
        told.out.contains("   1 drifted       update     external_user carla"),
        "{told:?}"
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

#[test]
fn somebody_elses_value_goes_out_again_or_is_taken() {
    let desk = Desk::with_otobo(&answer_files()[0]);
    desk.ok(&["set", "w.portico", "--user", "carla", "city=Brno"]);
    desk.ok(&["export", "w.portico", "--to", "out"]);
    in_city(&desk, "after", Some("Brno"));
    in_city(&desk, "other", Some("Praha"));
    let wrong = desk.run(&["verify", "w.portico", "--from", "other", "--take-theirs", "2"]);
    assert_eq!(
        (wrong.code, wrong.err.contains("no operation 2")),
        (2, true),
        "{wrong:?}"
    );
    let wrong = desk.run(&["verify", "w.portico", "--from", "after", "--take-theirs", "1"]);
    assert_eq!(
        (wrong.code, wrong.err.contains("nothing to settle")),
        (3, true),
        "{wrong:?}"
    );
    let both = ["--take-theirs", "drifted", "--export-again", "1"];
    assert_eq!(
        desk.run(&[&["verify", "w.portico", "--from", "other"], &both[..]].concat())
            .code,
        2
    );
    let ran = desk.run(&[
        "verify",
        "w.portico",
        "--from",
        "other",
        "--export-again",
        "1",
        "--json",
    ]);
    assert_eq!((ran.code, &ran.json()["again"]), (0, &json!(1)), "{ran:?}");
    assert_eq!(pending(&desk)[0]["changes"]["city"], json!(["Praha", "Brno"]));
    let ran = desk.run(&["verify", "w.portico", "--from", "other", "--take-theirs", "all"]);
    assert!(
        ran.code == 0 && ran.out.contains("1 taken as the desk has it"),
        "{ran:?}"
    );
    assert_eq!(pending(&desk).len(), 0);
    assert_eq!(desk.json(&["show", "w.portico", "--user", "carla"])["city"], "Praha");
    desk.ok(&["undo", "w.portico"]);
    assert_eq!(pending(&desk)[0]["changes"]["city"], json!(["Praha", "Brno"]));
}
