//! People and records: lists, files, every kind of field, templates.

use serde_json::{Value, json};

use super::otobo;

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
