//! Tables: what a list of Portico's own holds comes in again, columns are named, guessed and remembered.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, fixture};
use serde_json::json;

const COLUMNS: &str = "name,login,title,first_name,last_name,email,phone,external,address,contact_person,main_group,\
                       right_addresses,right_machines,excel_export,status";

fn innosoft() -> Desk {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "innosoft"]);
    let from = fixture().with_file_name("innosoft-small");
    let import = || desk.run(&["import", "w.portico", "--from", from.to_str().unwrap(), "--json"]);
    let first = import();
    let added = &first.json()["added"];
    assert_eq!(
        (&added["external_users"], &added["addresses"]),
        (&json!(2), &json!(2)),
        "{first:?}"
    );
    let again = import().json();
    for what in ["added", "changed", "removed"] {
        assert_eq!(again[what], json!({}), "{what}: {again}");
    }
    desk
}

#[test]
fn a_list_of_porticos_own_comes_in_again_and_changes_nothing() {
    let desk = innosoft();
    let before = desk.json(&["show", "w.portico", "--user", "anna"]);
    for file in ["people.csv", "people.xlsx"] {
        let flag = if file.ends_with("csv") { "--csv" } else { "--xlsx" };
        desk.ok(&["users", "w.portico", flag, file, "--columns", COLUMNS]);
        let ran = desk.run(&["import", "w.portico", "--from", file, "--kind", "people", "--json"]);
        let report = ran.json();
        for what in ["added", "changed", "removed"] {
            assert_eq!(report[what], json!({}), "{file} {what}: {ran:?}");
        }
        assert_eq!(report["mapping"]["columns"]["name"], "", "{report}");
    }
    assert_eq!(desk.json(&["show", "w.portico", "--user", "anna"]), before);
}

#[test]
fn columns_are_named_guessed_shown_and_remembered_and_nothing_is_written_before() {
    let desk = innosoft();
    desk.write("list.csv", "Kennung;Rolle;Rufnummer\nanna;Leitung;'+49\nnew;;\n");
    let said: [&str; 8] = [
        "import",
        "w.portico",
        "--from",
        "list.csv",
        "--kind",
        "people",
        "--map",
        "Rolle=title",
    ];
    let dry = desk.run(&[&said[..], &["--dry-run"]].concat());
    for part in [
        "list.csv: people",
        "Kennung",
        "login",
        "Rolle",
        "title",
        "Rufnummer",
        "(not read)",
        "external_users: 2 rows, 1 of records that were there, 1 of these differ",
        "Nothing was written",
    ] {
        assert!(dry.out.contains(part), "{part}: {dry:?}");
    }
    assert_eq!(desk.json(&["users", "w.portico"])["total"], 2);
    let ran = desk.run(&said);
    assert!(ran.out.contains("external_users"), "{ran:?}");
    assert_eq!(desk.json(&["users", "w.portico"])["total"], 3);
    let shown = desk.json(&["show", "w.portico", "--user", "anna"]);
    assert!(
        shown.to_string().contains("Leitung") && shown.to_string().contains("anna@acme.example"),
        "{shown}"
    );
    let again = desk.run(&[
        "import",
        "w.portico",
        "--from",
        "list.csv",
        "--kind",
        "people",
        "--dry-run",
        "--json",
    ]);
    assert_eq!(again.json()["mapping"]["columns"]["Rolle"], "title", "{again:?}");
    let rows = json!([{ "kind": "external_users", "all": 2, "known": 2, "changed": 0 }]);
    assert_eq!(again.json()["tables"], rows, "{again:?}");
}

#[test]
fn what_stands_between_cells_can_be_said_where_the_first_rows_mislead() {
    let desk = innosoft();
    desk.write("list.csv", "Kennung,Name;Rolle\nanna,Chief;Boss\n");
    let import = |more: &[&str]| {
        let base = [
            "import",
            "w.portico",
            "--from",
            "list.csv",
            "--kind",
            "people",
            "--dry-run",
            "--json",
        ];
        desk.run(&[&base[..], more].concat()).json()["mapping"]["columns"].clone()
    };
    let heads = |columns: serde_json::Value| columns.as_object().map(|all| all.keys().cloned().collect::<Vec<_>>());
    let wanted = |names: [&str; 2]| Some(names.map(str::to_owned).to_vec());
    assert_eq!(heads(import(&["--cells", ","])), wanted(["Kennung", "Name;Rolle"]));
    assert_eq!(
        heads(import(&["--cells", ";", "--map", "Kennung,Name=login"])),
        wanted(["Kennung,Name", "Rolle"])
    );
}

#[test]
fn a_mapping_lies_in_a_file_and_what_is_wrong_is_said_before_anything_is_written() {
    let desk = innosoft();
    desk.write(
        "m.json",
        r#"{"kind": "people", "columns": {"Wer": "login", "Ort": "address"}, "separator": ","}"#,
    );
    desk.write("list.csv", "Wer;Ort\nanna;A-9\nben;A-1\n");
    let ran = desk.run(&["import", "w.portico", "--from", "list.csv", "--mapping", "m.json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.err.contains("list.csv:2 Ort: no address is called \"A-9\""),
        "{ran:?}"
    );
    let kind = desk.run(&["import", "w.portico", "--from", "list.csv", "--kind", "cars"]);
    assert!(kind.err.contains("\"cars\" is no kind of record"), "{kind:?}");
    desk.write("list.csv", "Wer;Ort\nanna;Werk S\u{fc}d\n");
    desk.run(&["import", "w.portico", "--from", "list.csv", "--mapping", "m.json"]);
    let shown = desk.json(&["show", "w.portico", "--user", "anna"]);
    assert!(shown.to_string().contains("A-2"), "{shown}");
}

#[test]
fn a_table_of_tickets_comes_in_and_is_seen_and_the_next_one_adds_to_it() {
    let desk = innosoft();
    desk.write(
        "Ticketliste.csv",
        "Nummer;Titel;Melder;Standort;Status;Angelegt am\n11;Tor;anna;A-1;neu;27.11.2026 14:30\n12;Dach;;A-2;erledigt;26.11.2026\n",
    );
    let import = |more: &[&str]| {
        desk.run(
            &[
                &["import", "w.portico", "--from", "Ticketliste.csv", "--kind", "tickets"],
                more,
            ]
            .concat(),
        )
    };
    let dry = import(&["--dry-run"]);
    for part in [
        "Nummer",
        "number",
        "Standort",
        "address",
        "tickets: 2 rows, 0 of records",
        "were taken for closed",
        "Nothing was written",
    ] {
        assert!(dry.out.contains(part), "{part}: {dry:?}");
    }
    import(&[]);
    let seen = |number: &str| {
        desk.run(&["why", "w.portico", "--user", "anna", "--ticket", number, "--json"])
            .json()
    };
    assert_eq!(seen("11")["listed"], true, "{}", seen("11"));
    desk.write(
        "Ticketliste.csv",
        "Nummer;Standort;Angelegt am\n12;;26.11.2026\n13;A-1;25.11.2026\n",
    );
    let report = import(&["--json"]).json();
    assert_eq!(
        (&report["added"]["tickets"], &report["changed"]["tickets"]),
        (&json!(1), &json!(1)),
        "{report}"
    );
    assert_eq!(
        report["tables"],
        json!([{ "kind": "tickets", "all": 2, "known": 1, "changed": 1 }])
    );
    assert_eq!(seen("11")["listed"], true);
    desk.write("Ticketliste.csv", "Nummer;Angelegt am\n14;gestern\n14;26.11.2026\n");
    let refused = import(&[]);
    assert!(
        refused.err.contains("Ticketliste.csv:2 Angelegt am") && refused.code != 0,
        "{refused:?}"
    );
}
