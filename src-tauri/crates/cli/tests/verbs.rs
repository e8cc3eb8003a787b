//! The verbs one after the other, as a script would use them: exit codes, messages, JSON shapes, files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

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

#[test]
fn what_goes_wrong_is_told_on_stderr_with_its_exit_code() {
    let desk = Desk::new();
    let usage = desk.run(&["set", "w.portico", "--user", "x", "shoe=44"]);
    assert_eq!((usage.code, usage.out.as_str()), (2, ""));
    assert!(usage.err.contains("there is no field \"shoe\""), "{usage:?}");
    let missing = desk.run(&["users", "none.portico"]);
    assert_eq!((missing.code, missing.out.as_str()), (3, ""));
    assert!(missing.err.contains("none.portico"), "{missing:?}");
    desk.write(
        "text.portico",
        "no workspace, only text, and long enough to be looked at as a header of a file",
    );
    assert_eq!(desk.run(&["users", "text.portico"]).code, 3);
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    assert_eq!(
        desk.run(&["init", "w.portico", "--desk", "otobo"]).code,
        3,
        "a file is never overwritten"
    );
    assert_eq!(desk.run(&["init", "x.portico", "--desk", "paper"]).code, 3);
    let nobody = desk.run(&["show", "w.portico", "--user", "nobody"]);
    assert_eq!(nobody.code, 3);
    assert!(nobody.err.contains("nobody"), "{nobody:?}");
    assert_eq!(desk.run(&["undo", "w.portico"]).code, 3, "there is nothing to undo");
    assert_eq!(desk.run(&["users", "w.portico", "--where", "phone<1"]).code, 2);
}

#[test]
fn a_bad_source_is_told_with_file_line_and_column_and_nothing_is_written() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    std::fs::create_dir(desk.path("dump")).unwrap();
    for entry in std::fs::read_dir(fixture().join("tables")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), desk.path("dump").join(entry.file_name())).unwrap();
    }
    let queues = desk.read("dump/queue.csv");
    let broken = queues.replacen("2,Raw,1,", "2,Raw,777,", 1);
    assert_ne!(queues, broken);
    desk.write("dump/queue.csv", &broken);
    let ran = desk.run(&["import", "w.portico", "--from", "dump", "--database", "postgresql"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{ran:?}");
    assert!(
        ran.err.contains("queue.csv") && ran.err.contains("group_id") && ran.err.contains('3'),
        "{ran:?}"
    );
    assert_eq!(desk.json(&["users", "w.portico"])["total"], 0);
}

#[test]
fn the_sample_tells_its_story() {
    let desk = Desk::new();
    let init = desk.json(&["init", "s.portico", "--desk", "otobo", "--sample"]);
    assert_eq!(
        (&init["added"]["tickets"], &init["unknown"]),
        (&json!(6000), &json!([]))
    );
    let openable = || {
        desk.json(&["preview", "s.portico", "--user", "a.nowak"])["openable"]
            .as_object()
            .unwrap()
            .len()
    };
    let seen = openable();
    desk.ok(&["set", "s.portico", "--user", "a.nowak", "accounts-=PRJ-EINVOICE"]);
    let left = openable();
    assert!(seen > left + 300, "she saw {seen}, now {left}");
    let names = desk.json(&["users", "s.portico", "--search", "ηλ"]);
    assert!(names["total"].as_u64().is_some());
}

#[test]
fn a_generated_workspace_has_what_was_asked_for() {
    let desk = Desk::new();
    let made = desk.json(&[
        "generate",
        "g.portico",
        "--users",
        "300",
        "--tickets",
        "2000",
        "--desk",
        "otobo",
        "--seed",
        "3",
    ]);
    assert_eq!(
        (&made["counts"]["users"], &made["counts"]["tickets"]),
        (&json!(300), &json!(2000))
    );
    assert_eq!(desk.json(&["users", "g.portico", "--limit", "5"])["total"], 300);
}

#[test]
fn scripts_completions_and_the_manual_are_printed() {
    let desk = Desk::new();
    let script = desk.ok(&["dump-script", "--desk", "otobo", "--db", "postgresql"]).out;
    assert!(script.contains("customer_user") && !script.contains(" pw,"), "{script}");
    assert!(
        desk.ok(&["dump-script", "--desk", "otobo", "--db", "mariadb"])
            .out
            .contains("mysql")
    );
    assert!(desk.ok(&["completions", "bash"]).out.contains("porticoctl"));
    assert!(desk.ok(&["man"]).out.contains(".TH porticoctl"));
    let help = desk.ok(&["--help"]).out;
    for verb in ["import", "preview", "why", "plan", "export", "undo", "generate"] {
        assert!(help.contains(verb), "{help}");
    }
    assert!(!help.contains("completions") && !help.contains("team"), "{help}");
}

#[test]
fn a_plan_looks_as_it_always_did() {
    let desk = otobo();
    desk.ok(&[
        "set",
        "w.portico",
        "--user",
        "anna",
        "email=anna@acme.example",
        "status=invalid",
        "groups=ext-std:ro",
    ]);
    desk.ok(&["set", "w.portico", "--user", "dora", "accounts=ACME", "account=GAMMA"]);
    let renamed = desk.run(&["set", "w.portico", "--user", "ben", "login=benjamin"]);
    assert_eq!(renamed.code, 1, "done, with something to see: {renamed:?}");
    golden("cli-plan.json", &desk.run(&["plan", "w.portico", "--json"]).out);
    golden("cli-plan.txt", &desk.run(&["plan", "w.portico"]).out);
    golden(
        "cli-show.json",
        &desk.run(&["show", "w.portico", "--user", "anna", "--json"]).out,
    );
}

/// Compares with a golden file; with `UPDATE_GOLDEN` set it is written instead.
fn golden(name: &str, ours: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, ours).unwrap();
    }
    let theirs = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        theirs == ours,
        "{name} differs; look at it, then run with UPDATE_GOLDEN=1\n{ours}"
    );
}

#[test]
fn users_are_written_into_files() {
    let desk = otobo();
    let all = desk.json(&["users", "w.portico"]);
    let told = desk.json(&["users", "w.portico", "--csv", "all.csv", "--columns", "login,groups"]);
    assert_eq!((&told["path"], &told["rows"]), (&json!("all.csv"), &all["total"]));
    let text = desk.read("all.csv");
    assert!(text.starts_with("\u{feff}login,groups\r\n"), "{text:?}");
    assert_eq!(text.lines().count() as u64, all["total"].as_u64().unwrap() + 1);
    // Conditions that only the list knows, and a limit, hold for the file as well.
    let one = all["users"][0]["login"].as_str().unwrap();
    desk.ok(&[
        "users",
        "w.portico",
        "--where",
        &format!("login={one}"),
        "--csv",
        "one.csv",
        "--columns",
        "login",
    ]);
    assert_eq!(desk.read("one.csv"), format!("\u{feff}login\r\n{one}\r\n"));
    desk.ok(&["users", "w.portico", "--limit", "2", "--xlsx", "two.xlsx"]);
    assert!(std::fs::read(desk.path("two.xlsx")).unwrap().starts_with(b"PK"));
    let wrong = desk.run(&["users", "w.portico", "--csv", "x.csv", "--columns", "login,shoe"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert!(
        wrong.err.contains("shoe") && wrong.err.contains("account_key"),
        "{wrong:?}"
    );
    assert!(!desk.path("x.csv").exists());
}

#[test]
fn records_are_listed_searched_sorted_and_written() {
    let desk = otobo();
    let all = desk.json(&["records", "w.portico", "accounts"]);
    let records = all["records"].as_array().unwrap();
    assert_eq!(all["total"], json!(records.len()));
    assert!(
        records
            .iter()
            .all(|one| one["used"].is_u64() && one["changed"] == json!(false))
    );
    // The kind goes by one, by several, and by the table's name.
    for kind in ["account", "Accounts"] {
        assert_eq!(desk.json(&["records", "w.portico", kind]), all);
    }
    assert_eq!(
        desk.json(&["records", "w.portico", "groups"]),
        desk.json(&["records", "w.portico", "permission_group"])
    );
    let keys = |told: &Value| -> Vec<String> {
        let records = told["records"].as_array().unwrap();
        records
            .iter()
            .map(|one| one["key"].as_str().unwrap().to_owned())
            .collect()
    };
    let up = keys(&desk.json(&["records", "w.portico", "accounts", "--sort", "key"]));
    let mut down = keys(&desk.json(&["records", "w.portico", "accounts", "--sort", "key", "--descending"]));
    assert_ne!(up, down);
    down.reverse();
    assert_eq!(up, down);
    let text = desk.ok(&[
        "records",
        "w.portico",
        "accounts",
        "--columns",
        "key,used",
        "--limit",
        "1",
    ]);
    assert_eq!(text.out.lines().count(), 2, "{text:?}");
    assert!(text.out.starts_with("key"), "{text:?}");
    let told = desk.json(&[
        "records",
        "w.portico",
        "accounts",
        "--search",
        &up[0],
        "--csv",
        "some.csv",
        "--columns",
        "key",
    ]);
    assert_eq!(
        desk.read("some.csv").lines().count() as u64,
        told["rows"].as_u64().unwrap() + 1
    );
    assert!(desk.read("some.csv").contains(&up[0]));
    desk.ok(&["records", "w.portico", "queues", "--xlsx", "queues.xlsx"]);
    assert!(std::fs::read(desk.path("queues.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn what_is_no_kind_or_no_column_of_records_is_said() {
    let desk = otobo();
    let wrong = desk.run(&[
        "records",
        "w.portico",
        "accounts",
        "--csv",
        "x.csv",
        "--columns",
        "key,shoe",
    ]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert!(wrong.err.contains("shoe") && wrong.err.contains("rights"), "{wrong:?}");
    assert!(!desk.path("x.csv").exists());
    let kind = desk.run(&["records", "w.portico", "shoes"]);
    assert_eq!(kind.code, 2, "{kind:?}");
    assert!(kind.err.contains("there are contacts, accounts, addresses"), "{kind:?}");
    let foreign = desk.run(&["records", "w.portico", "portal-objects"]);
    assert_eq!(foreign.code, 2, "{foreign:?}");
    assert!(foreign.err.contains("this desk has no portal object"), "{foreign:?}");
}

#[test]
fn every_kind_of_field_is_set_shown_and_found() {
    let desk = otobo();
    desk.ok(&[
        "set",
        "w.portico",
        "--user",
        "anna",
        "sponsor=Ben Muster",
        "expires=2999-11-26",
        "custom.cf_level=gold",
        "account_tickets=yes",
        "seen_accounts=ACME",
    ]);
    let shown = desk.json(&["show", "w.portico", "--user", "anna"]);
    assert_eq!(
        (
            &shown["sponsor"],
            &shown["expires"],
            &shown["custom"],
            &shown["account_tickets"],
            &shown["seen_accounts"]
        ),
        (
            &json!("Ben Muster"),
            &json!("2999-11-26"),
            &json!("{\"cf_level\":\"gold\"}"),
            &json!(true),
            &json!(["ACME"])
        )
    );
    let text = desk.ok(&["show", "w.portico", "--user", "anna"]).out;
    assert!(text.contains("sponsor") && !text.contains("excel_export"), "{text}");
    let found = |conditions: &[&str]| -> Vec<String> {
        let mut typed = vec!["users", "w.portico"];
        for condition in conditions {
            typed.extend(["--where", *condition]);
        }
        let list = desk.json(&typed);
        let users = list["users"].as_array().unwrap();
        assert_eq!(list["total"], users.len());
        users.iter().map(|u| u["login"].as_str().unwrap().to_owned()).collect()
    };
    let anna = ["anna".to_owned()];
    for condition in [
        "sponsor=Ben Muster",
        "expires<2999-11-27",
        "expires>2999-11-25",
        "account_tickets=yes",
        "seen_accounts=ACME",
        "login=anna",
    ] {
        assert_eq!(found(&[condition]), anna, "{condition}");
    }
    assert_eq!(found(&["expires<2999-11-26"]), [""; 0], "nobody without a day either");
    assert_eq!(found(&["login=anna", "login=ben"]).len(), 2, "the same field means or");
    assert_eq!(
        found(&["login=ben", "account_tickets=yes"]),
        [""; 0],
        "different ones must all hold"
    );
    let everybody = found(&[]).len();
    assert_eq!(found(&["sponsor="]).len(), everybody - 1, "those without one");
    assert_eq!(found(&["seen_accounts="]).len(), everybody - 1);
    let wrong = desk.run(&["set", "w.portico", "--user", "anna", "seen_accounts+=GAMMA"]);
    assert_eq!(wrong.code, 3, "{wrong:?}");
    assert!(
        wrong.err.contains("seen_accounts") && wrong.err.contains("GAMMA"),
        "{wrong:?}"
    );
    let nobody = desk.run(&["set", "w.portico", "--user", "anna", "contacts+=nobody@x.example"]);
    assert!(
        nobody.code == 3 && nobody.err.contains("nobody@x.example"),
        "{nobody:?}"
    );
}

#[test]
fn a_template_gives_the_rights_of_one_person_to_others() {
    let desk = otobo();
    desk.ok(&[
        "set",
        "w.portico",
        "--user",
        "anna",
        "groups=ext-vip:rw",
        "account_tickets=yes",
    ]);
    desk.ok(&[
        "template",
        "w.portico",
        "save",
        "VIP",
        "--user",
        "anna",
        "--fields",
        "groups,account_tickets",
    ]);
    let listed = desk.json(&["template", "w.portico", "list"]);
    assert_eq!(
        listed["templates"],
        json!([{ "name": "VIP", "fields": ["account_tickets", "groups"], "gone": [] }])
    );
    let before = desk.json(&["show", "w.portico", "--user", "ben"]);
    desk.ok(&["set", "w.portico", "--user", "ben", "--template", "VIP", "phone=1"]);
    let after = desk.json(&["show", "w.portico", "--user", "ben"]);
    assert_eq!(
        (&after["groups"], &after["phone"]),
        (&json!(["ext-vip:rw"]), &json!("1"))
    );
    assert_eq!(
        after["accounts"], before["accounts"],
        "what the template leaves out stays"
    );
    desk.ok(&["template", "w.portico", "delete", "VIP"]);
    assert_eq!(desk.json(&["template", "w.portico", "list"])["templates"], json!([]));
    assert_eq!(
        desk.run(&["set", "w.portico", "--user", "ben", "--template", "VIP"])
            .code,
        3
    );
    assert_eq!(
        desk.run(&[
            "template",
            "w.portico",
            "save",
            "x",
            "--user",
            "anna",
            "--fields",
            "login"
        ])
        .code,
        3
    );
}

#[test]
fn statuses_are_known_by_the_words_of_the_desk() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    desk.ok(&["set", "w.portico", "--user", "a.nowak", "status=Invalid-Temporarily"]);
    assert_eq!(
        desk.json(&["show", "w.portico", "--user", "a.nowak"])["status"],
        "invalid-temporarily"
    );
    let odd = desk.run(&["set", "w.portico", "--user", "a.nowak", "status=Locked"]);
    assert!(odd.code == 2 && odd.err.contains("invalid-temporarily"), "{odd:?}");
}

#[test]
fn settings_are_listed_given_and_forgotten_and_what_does_not_fit_is_refused() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "zoho"]);
    let listed = desk.run(&["settings", "w.portico", "--json"]);
    assert_eq!(
        (listed.code, &listed.json()["unknown"]),
        (1, &json!(["Portal::Access"])),
        "{listed:?}"
    );
    let given = desk.run(&[
        "settings",
        "w.portico",
        "--set",
        "Portal::Access=registered",
        "--set",
        "Portal::Forums=true",
        "--json",
    ]);
    assert_eq!(given.code, 0, "{given:?}");
    let value = |ran: &common::Ran, name: &str| {
        let all = ran.json()["settings"].as_array().unwrap().clone();
        all.into_iter().find(|s| s["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(value(&given, "Portal::Access"), "registered");
    assert_eq!(value(&given, "Portal::Forums"), true);
    let forgotten = desk.run(&["settings", "w.portico", "--forget", "Portal::Forums", "--json"]);
    assert_eq!(value(&forgotten, "Portal::Forums"), Value::Null);
    let refused = desk.run(&["settings", "w.portico", "--set", "Portal::Access=some"]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("one of all, registered"), "{refused:?}");
    assert_eq!(desk.run(&["settings", "w.portico", "--set", "Portal::Access"]).code, 2);
    assert!(
        desk.run(&["settings", "w.portico"])
            .out
            .contains("Portal::Scenario::Open::Visitor")
    );
}

#[test]
fn a_workspace_is_made_for_every_desk_and_its_changes_are_kept() {
    for (desk_id, name) in [
        ("daktela", "Daktela"),
        ("elma365", "ELMA365"),
        ("innosoft", "Innosoft FSM"),
        ("otobo", "OTOBO / Znuny"),
        ("zoho", "Zoho Desk"),
    ] {
        let desk = Desk::new();
        assert!(desk.ok(&["init", "w.portico", "--desk", desk_id]).out.contains(name));
        assert_eq!(desk.json(&["plan", "w.portico"])["operations"], json!([]));
    }
    let refused = Desk::new().run(&["init", "w.portico", "--desk", "nowhere"]);
    assert_eq!(refused.code, 3, "{refused:?}");
}

#[test]
fn a_visitor_sees_what_the_desk_shows_without_a_login() {
    for (kind, open) in [
        ("daktela", false),
        ("elma365", false),
        ("innosoft", false),
        ("otobo", false),
        ("zoho", true),
    ] {
        let desk = Desk::new();
        desk.ok(&["init", "w.portico", "--desk", kind, "--sample"]);
        let access = |how: &str| {
            if open {
                desk.run(&[
                    "settings",
                    "w.portico",
                    "--set",
                    &format!("Portal::Access={how}"),
                    "--set",
                    "Portal::LoginToSubmit=false",
                ]);
            }
            desk.run(&["preview", "w.portico", "--visitor", "--json"]).json()
        };
        let told = access("all");
        assert_eq!(told["may_submit"], open, "{kind}: {told}");
        assert_eq!(
            told["home"].as_array().unwrap().contains(&"KnowledgeBase".into()),
            open,
            "{kind}: {told}"
        );
        let shut = access("registered");
        assert_eq!(
            (&shut["may_submit"], &shut["home"]),
            (&false.into(), &serde_json::json!([])),
            "{kind}: {shut}"
        );
        assert!(
            desk.run(&["preview", "w.portico", "--visitor"])
                .out
                .contains("login page only"),
            "{kind}"
        );
    }
}

#[test]
fn lists_of_a_desk_s_interface_come_in_and_a_cut_one_changes_nothing() {
    let desk = Desk::new();
    desk.ok(&["init", "z.portico", "--desk", "zoho"]);
    let from = fixture().with_file_name("zoho-small");
    let first = desk.run(&["import", "z.portico", "--from", from.to_str().unwrap(), "--json"]);
    assert_eq!(first.json()["added"]["external_users"], 4, "{first:?}");
    assert_eq!(first.json()["unknown"], json!([]), "{first:?}");
    let again = desk
        .run(&["import", "z.portico", "--from", from.to_str().unwrap(), "--json"])
        .json();
    assert_eq!(
        (&again["added"], &again["changed"], &again["removed"]),
        (&json!({}), &json!({}), &json!({}))
    );
    assert_eq!(desk.json(&["plan", "z.portico"])["operations"], json!([]));
    desk.write("contacts.json", "{\"data\": [{\"id\": \"1\",\n\"lastName\": \"B");
    let cut = desk.run(&["import", "z.portico", "--from", "contacts.json"]);
    assert_eq!(cut.code, 3, "{cut:?}");
    assert!(cut.err.contains("contacts.json:2: ends too early"), "{cut:?}");
    assert_eq!(desk.json(&["users", "z.portico"])["total"], 4);
}
