//! The verbs one after the other, as a script would use them: exit codes, messages, JSON shapes, files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;
mod desks;
mod records;
mod told;

use common::{Desk, answer_files, fixture};
use serde_json::{Value, json};

/// Group support on, rights for other companies on.
fn otobo() -> Desk {
    Desk::with_otobo(&answer_files()[2])
}

#[test]
fn import_tells_what_it_did_and_the_second_time_that_nothing_differs() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    let tables = fixture().join("tables");
    let from = tables.to_str().unwrap();
    let dry = desk.run(&[
        "import",
        "w.portico",
        "--from",
        from,
        "--database",
        "postgresql",
        "--dry-run",
        "--json",
    ]);
    // Without settings nobody can tell who sees what, and that is something to see.
    assert_eq!(dry.code, 1, "{dry:?}");
    assert_eq!(dry.json()["added"]["external_users"], 8);
    assert_eq!(
        desk.json(&["users", "w.portico"])["total"],
        0,
        "a rehearsal writes nothing"
    );
    let first = desk.run(&[
        "import",
        "w.portico",
        "--from",
        from,
        "--database",
        "postgresql",
        "--json",
    ]);
    assert_eq!(
        (first.code, &first.json()["added"]["external_users"]),
        (1, &json!(8)),
        "{first:?}"
    );
    let unknown = first.json()["unknown"].as_array().unwrap().len();
    assert!(unknown >= 5, "{first:?}");
    let preview = desk.json(&["preview", "w.portico", "--user", "anna"]);
    assert!(
        !preview["unknown"].as_array().unwrap().is_empty(),
        "unknown, never a guess: {preview}"
    );
    let again = desk.run(&["import", "w.portico", "--from", from, "--json"]);
    assert_eq!(
        (&again.json()["added"], &again.json()["removed"]),
        (&json!({}), &json!({})),
        "{again:?}"
    );
    assert_eq!(again.json()["changed"].get("external_users"), None, "{again:?}");
}

#[test]
fn settings_alone_make_the_unknown_known() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    let tables = fixture().join("tables");
    assert_eq!(
        desk.run(&[
            "import",
            "w.portico",
            "--from",
            tables.to_str().unwrap(),
            "--database",
            "postgresql"
        ])
        .code,
        1
    );
    let text = std::fs::read_to_string(&answer_files()[2]).unwrap();
    let mut config = serde_json::from_str::<Value>(&text).unwrap()["config"].clone();
    config["Portico::NothingElseDecides"] = json!(true);
    desk.write("s.json", &config.to_string());
    let told = desk.json(&["import", "w.portico", "--settings", "s.json"]);
    assert_eq!(told["unknown"], json!([]));
    let whole = otobo();
    let all = ["preview", "w.portico", "--all"];
    assert_eq!(
        desk.json(&all),
        whole.json(&all),
        "as if the settings had come with the tables"
    );
    desk.write("bad.json", "[1, 2");
    let bad = desk.run(&["import", "w.portico", "--settings", "bad.json"]);
    assert_eq!((bad.code, bad.out.as_str()), (3, ""));
    assert!(bad.err.contains("bad.json"), "{bad:?}");
}

#[test]
fn people_are_found_shown_changed_planned_exported_and_taken_back() {
    let desk = otobo();
    // users
    let found = desk.json(&["users", "w.portico", "--search", "carl"]);
    assert_eq!(found["total"], 1);
    assert_eq!(found["users"][0]["login"], "carla");
    assert_eq!(found["users"][0]["account"], "BETA");
    let acme = desk.json(&[
        "users",
        "w.portico",
        "--where",
        "account=ACME",
        "--where",
        "status=valid",
        "--limit",
        "1",
    ]);
    assert!(
        acme["total"].as_u64().unwrap() > 1 && acme["users"].as_array().unwrap().len() == 1,
        "{acme}"
    );
    // set, without and with writing
    let before = desk.json(&["preview", "w.portico", "--user", "carla"]);
    let edits = [
        "accounts+=GAMMA",
        "groups+=ext-vip:rw",
        "first_name=Carla 'x\"; DROP TABLE users; --",
    ];
    let with = |extra: &[&'static str]| [&["set", "w.portico", "--user", "carla"], &edits[..], extra].concat();
    let dry = desk.run(&with(&["--dry-run", "--json"]));
    assert_eq!(
        dry.json()["users"][0]["changes"]["accounts"],
        json!([["ACME"], ["ACME", "GAMMA"]]),
        "{dry:?}"
    );
    assert_eq!(desk.json(&["plan", "w.portico"])["operations"], json!([]));
    let set = desk.ok(&[&with(&["--json"])[..], &["--as", "Marta"]].concat());
    assert_eq!(set.json()["users"][0]["login"], "carla");
    let shown = desk.json(&["show", "w.portico", "--user", "carla"]);
    assert_eq!(shown["accounts"], json!(["ACME", "GAMMA"]));
    assert!(
        shown["groups"].as_array().unwrap().contains(&json!("ext-vip:rw")),
        "{shown}"
    );
    assert!(
        shown["changed"].as_array().unwrap().contains(&json!("first_name")),
        "{shown}"
    );
    let after = desk.json(&["preview", "w.portico", "--user", "carla"]);
    let openable = |preview: &Value| preview["openable"].as_object().unwrap().len();
    assert!(openable(&after) > openable(&before), "{before} {after}");
    // plan
    let plan = desk.run(&["plan", "w.portico", "--json", "--exit-code"]);
    assert_eq!(plan.code, 1);
    let plan = plan.json();
    let kinds: Vec<&str> = plan["operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "link").count(), 2, "{plan}");
    assert_eq!(kinds.iter().filter(|kind| **kind == "update").count(), 1, "{plan}");
    assert_eq!(desk.run(&["plan", "w.portico"]).code, 0);
    // export
    let report = desk.json(&["export", "w.portico", "--to", "out"]);
    assert_eq!(report["operations"], 3);
    let mut sql = 0;
    for file in report["files"].as_array().unwrap() {
        let name = format!("out/{}", file["name"].as_str().unwrap());
        let text = desk.read(&name);
        assert_eq!(text.len() as u64, file["bytes"].as_u64().unwrap());
        if file["name"].as_str().unwrap().split('.').next_back() == Some("sql") {
            sql += 1;
            // As a quoted text for PostgreSQL, as hexadecimal digits for MySQL: never as it was typed.
            assert!(
                text.contains("Carla ''x") || text.contains("4361726C61202778"),
                "{name}: {text}"
            );
            assert!(!text.contains("Carla 'x"), "{name}: {text}");
        }
    }
    assert_eq!(sql, 2, "one script each for two databases: {report}");
    // log and undo
    let log = desk.json(&["log", "w.portico"]);
    let saved = log["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["intent"] == "intent.save_user")
        .unwrap();
    assert_eq!(saved["actor"], "Marta");
    let number = saved["id"].to_string();
    desk.ok(&["undo", "w.portico", &number]);
    assert_eq!(desk.json(&["preview", "w.portico", "--user", "carla"]), before);
    assert_eq!(desk.json(&["plan", "w.portico"])["operations"], json!([]));
}

#[test]
fn many_are_changed_or_none() {
    let desk = otobo();
    desk.write("list.txt", "anna\n\n  ben \nanna\n");
    let set = desk.json(&["set", "w.portico", "--users-from", "list.txt", "phone=+49 30 1"]);
    let logins: Vec<_> = set["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| u["login"].as_str().unwrap())
        .collect();
    assert_eq!(logins, ["anna", "ben"]);
    assert_eq!(desk.json(&["show", "w.portico", "--user", "ben"])["phone"], "+49 30 1");
    desk.write("list.txt", "anna\nnobody\n");
    let refused = desk.run(&["set", "w.portico", "--users-from", "list.txt", "phone=2"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.err.contains("nobody"));
    assert_eq!(desk.json(&["show", "w.portico", "--user", "anna"])["phone"], "+49 30 1");
    // All of them are one change, and one step back takes it from all of them.
    let numbers: Vec<_> = set["users"].as_array().unwrap().iter().map(|u| &u["change"]).collect();
    assert!(numbers[0].is_u64() && numbers[0] == numbers[1], "{set}");
    desk.ok(&["undo", "w.portico"]);
    for login in ["anna", "ben"] {
        assert_eq!(
            desk.json(&["show", "w.portico", "--user", login])["phone"],
            "",
            "{login}"
        );
    }
    let long = format!("phone={}", "1".repeat(200));
    let refused = desk.run(&["set", "w.portico", "--user", "anna", &long]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.err.contains("phone") && refused.out.is_empty(), "{refused:?}");
}

#[test]
fn why_has_the_shape_of_the_contract() {
    let desk = otobo();
    let why = desk.json(&["why", "w.portico", "--user", "anna", "--ticket", "2026000001"]);
    assert_eq!(
        (&why["listed"], &why["openable"], &why["may_log_in"]),
        (&json!(true), &json!(true), &json!(true))
    );
    for tree in ["login", "openable", "reply"] {
        check_tree(&why["trees"][tree]);
    }
    check_tree(&why["trees"]["listed"]["MyTickets"]);
    check_tree(&why["trees"]["listed"]["CompanyTickets"]);
    let text = desk
        .ok(&["why", "w.portico", "--user", "anna", "--ticket", "2026000001"])
        .out;
    assert!(text.contains("openable: yes"), "{text}");
    assert_eq!(
        desk.run(&["why", "w.portico", "--user", "anna", "--ticket", "1"]).code,
        3
    );
}

#[test]
fn what_would_flip_an_answer_does_when_it_is_set() {
    let desk = otobo();
    let why = ["why", "w.portico", "--user", "anna", "--ticket", "2026000001"];
    let asked = [&why[..], &["--flips"]].concat();
    assert_eq!(desk.json(&why)["flips"], Value::Null);
    let flips = desk.json(&asked)["flips"].clone();
    let proposals: Vec<&Vec<Value>> = flips.as_array().unwrap().iter().filter_map(Value::as_array).collect();
    let login = proposals.iter().find(|one| one[0]["question"] == "login").unwrap();
    assert_eq!(
        login.as_slice(),
        [
            json!({ "entity": "external_user", "key": "anna", "field": "status", "from": "valid", "to": "invalid",
                 "question": "login", "others": 0 })
        ]
    );
    let text = desk.ok(&asked).out;
    assert!(text.contains("external user anna, status: valid -> invalid"), "{text}");
    // So few people are counted either way.
    let all = [&asked[..], &["--count-all"]].concat();
    assert_eq!(desk.json(&all)["flips"], flips);
    assert_eq!(
        desk.run(&[&why[..], &["--count-all"]].concat()).code,
        2,
        "it is about nothing"
    );
    assert_eq!(desk.json(&why)["may_log_in"], true, "asking changed something");
    desk.ok(&["set", "w.portico", "--user", "anna", "status=invalid"]);
    assert_eq!(desk.json(&why)["may_log_in"], false);
}

fn check_tree(tree: &Value) {
    let keys: Vec<_> = tree
        .as_object()
        .unwrap_or_else(|| panic!("no tree: {tree}"))
        .keys()
        .cloned()
        .collect();
    assert_eq!(keys, ["id", "text", "verdict", "standing", "facts", "children"]);
    assert!(["passed", "blocked", "skipped", "unknown"].contains(&tree["verdict"].as_str().unwrap()));
    tree["children"].as_array().unwrap().iter().for_each(check_tree);
}
