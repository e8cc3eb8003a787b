//! Tables of people and of what surrounds them, in every format, as an import reads them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod lists;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lists::{Read, read, read_with};
use portico_core::form::field::Entity;
use portico_core::model::Validity;
use portico_desks::error::DeskError;
use portico_desks::reader::ReadOptions;
use portico_desks::tables::known::Known;
use portico_desks::tables::look::look;
use portico_desks::tables::mapping::Mapping;

fn known() -> Known {
    let mut known = Known::default();
    known.add(Entity::Account, Some("ACME"), "ACME", &["Acme Ltd"]);
    known.add(Entity::Group, Some("7"), "users", &[]);
    known.add(Entity::Group, Some("8"), "field: north", &[]);
    known.add(Entity::Group, None, "made here", &[]);
    known.add(Entity::ExternalUser, Some("41"), "anna", &["Anna Smith"]);
    known
}

fn mapping(kind: &str, columns: &[(&str, &str)]) -> Mapping {
    let columns = columns
        .iter()
        .map(|(head, field)| ((*head).to_owned(), (*field).to_owned()));
    Mapping {
        columns: columns.collect(),
        ..Mapping::guessed(kind)
    }
}

/// Reads a table for a desk.
fn table(desk: &str, name: &str, bytes: &[u8], mapping: Mapping) -> Result<Read, DeskError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read_with(
        desk,
        ReadOptions {
            path,
            table: Some(mapping),
            known: known(),
            ..ReadOptions::default()
        },
    )
}

fn people(text: &str) -> Result<Read, DeskError> {
    table("otobo", "people.csv", text.as_bytes(), Mapping::guessed("people"))
}

/// What is wrong, each problem as one text.
fn wrong(read: Result<Read, DeskError>) -> Vec<String> {
    match read {
        Err(DeskError::BadSource { problems, .. }) => problems.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(read) => panic!("was read: {:?}", read.lines()),
    }
}

#[test]
fn every_encoding_separator_and_line_end_gives_the_same_people() {
    let text = |between: &str, end: &str| {
        let rows = [
            ["Login", "Vorname", "Nachname", "Firma"],
            ["jörg", "Jörg", "Łódź", "ACME"],
        ];
        rows.map(|row| row.join(between)).join(end)
    };
    let one = |bytes: &[u8]| {
        let read = table("otobo", "x.csv", bytes, Mapping::guessed("people")).unwrap();
        let user = &read.world.users[0];
        let cells = [&user.key, &user.login, &user.first_name, &user.last_name, &user.account];
        cells.map(ToOwned::to_owned)
    };
    let expected = ["jörg", "jörg", "Jörg", "Łódź", "ACME"].map(ToOwned::to_owned);
    for between in [",", ";", "\t", "|"] {
        for end in ["\n", "\r\n", "\r"] {
            let plain = text(between, end);
            assert_eq!(one(plain.as_bytes()), expected, "{between:?} {end:?}");
            assert_eq!(one(format!("\u{feff}{plain}{end}").as_bytes()), expected);
            let units = || format!("\u{feff}{plain}").encode_utf16().collect::<Vec<_>>();
            let little: Vec<u8> = units().into_iter().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units().into_iter().flat_map(u16::to_be_bytes).collect();
            assert_eq!((one(&little), one(&big)), (expected.clone(), expected.clone()));
        }
    }
    assert_eq!(one(format!("sep=|\r\n{}", text("|", "\r\n")).as_bytes()), expected);
    let western = table(
        "otobo",
        "x.csv",
        b"login;Vorname\njrg;J\xf6rg",
        Mapping::guessed("people"),
    )
    .unwrap();
    assert_eq!(western.world.users[0].first_name, "Jörg");
    assert!(western.found("Windows-1252"));
}

#[test]
fn problems_are_said_with_line_and_column_and_all_of_them() {
    let text = "Login;Status;Firma;Gruppen\nanna;valid;ACME;users:rw\n\"two\nlines\";dead;Nobody;users\n\nben;valid;ACME;users:xx;more\n\
                anna;valid;acme ltd;made here:ro\n;valid;;\n";
    let expected = [
        "people.csv:3 Status: \"dead\" is no status",
        "people.csv:3 Firma: no account is called \"Nobody\"",
        "people.csv:3 Gruppen: \"users\" does not say which permission",
        "people.csv:6: has 5 cells, and there are 4 headings",
        "people.csv:7 Login: \"anna\" stands on line 2 already",
        "people.csv:8 Login: is empty",
    ];
    for end in ["\n", "\r\n", "\r"] {
        let problems = wrong(people(&text.replace('\n', end)));
        for part in expected {
            assert!(
                problems.iter().any(|problem| problem.starts_with(part)),
                "{end:?} {part}: {problems:#?}"
            );
        }
    }
}

#[test]
fn headings_without_a_name_or_of_one_name_are_told_and_can_be_mapped() {
    let read = table(
        "otobo",
        "x.csv",
        b"login,,Phone,Phone,shoe\na,b,c,d,e\n",
        mapping("people", &[("Phone (2)", "mobile"), ("column 2", "first_name")]),
    )
    .unwrap();
    let user = &read.world.users[0];
    assert_eq!((&*user.first_name, &*user.phone, &*user.mobile), ("b", "c", "d"));
    assert!(read.found("has no heading") && read.found("stands twice") && read.found("shoe: is not read"));
    let twice = wrong(table(
        "otobo",
        "x.csv",
        b"login,a,b\n1,2,3\n",
        mapping(
            "people",
            &[("a", "phone"), ("b", "phone"), ("c", "fax"), ("login", "shoe")],
        ),
    ));
    for part in [
        "b: is phone as a is",
        "c: there is no such column",
        "login: \"shoe\" is no field",
        "no column says",
    ] {
        assert!(twice.iter().any(|one| one.contains(part)), "{part}: {twice:#?}");
    }
}

#[test]
fn who_is_known_keeps_the_desks_key_and_only_what_has_a_column_is_told() {
    let read = people("login;phone;groups\nanna;'+49 1;users:ro;\n".trim_end_matches(";\n")).unwrap();
    let user = &read.world.users[0];
    assert_eq!((&*user.key, &*user.phone), ("41", "+49 1"));
    assert!(read.scope.some_kinds && read.scope.some_records);
    assert_eq!(read.scope.fields["external_users"], ["groups", "login", "phone"]);
    assert_eq!(read.kinds, ["external_users", "user_groups"]);
    // By the desk's key alone too, and then the login is what it was.
    let read = table("otobo", "x.csv", b"id,phone\n41,1\n", Mapping::guessed("people")).unwrap();
    assert_eq!((&*read.world.users[0].key, &*read.world.users[0].login), ("41", "anna"));
    let new = wrong(table("otobo", "x.csv", b"id,phone\n42,1\n", Mapping::guessed("people")));
    assert!(new[0].contains("is new, and a new one needs a login"), "{new:?}");
    let other = wrong(people("login\n41\n"));
    assert!(other[0].contains("is the desk's key of another record"), "{other:?}");
}

#[test]
fn lists_are_split_and_a_group_may_have_a_colon_in_its_name() {
    let read = people("login;groups\nben;\"users:ro; field: north:rw; users:ro\"\n").unwrap();
    let links: Vec<_> = read
        .world
        .user_groups
        .iter()
        .map(|l| (&*l.user, &*l.group, &*l.permission))
        .collect();
    assert_eq!(links, [("ben", "7", "ro"), ("ben", "8", "rw")]);
    // A column without entries says that there are none.
    assert_eq!(
        people("login;groups\nben;\n").unwrap().kinds,
        ["external_users", "user_groups"]
    );
}

#[test]
fn formulas_are_texts() {
    let read = people("login;Vorname;Nachname\nx;=1+1;'=HYPERLINK(\"\"a\"\")\n").unwrap();
    assert_eq!(read.world.users[0].first_name, "=1+1");
    assert!(read.world.users[0].last_name.starts_with("=HYPERLINK("));
}

#[test]
fn json_is_read_alone_wrapped_and_by_lines_and_its_lists_are_lists() {
    let record = r#"{"login": "ben", "phone": 12, "groups": ["users:ro", "field: north:rw"], "deep": {"a": 1}}"#;
    for (name, text) in [
        ("x.json", format!("[{record}]")),
        ("x.json", format!("{{\"total\": 1, \"data\": [{record}]}}")),
        ("x.jsonl", record.to_owned()),
    ] {
        let read = table("otobo", name, text.as_bytes(), Mapping::guessed("people")).unwrap();
        assert_eq!(read.world.users[0].phone, "12", "{text}");
        assert_eq!(read.world.user_groups.len(), 2, "{text}");
    }
    let two = format!("{{\"a\": [{record}], \"b\": [{record}]}}");
    let two = wrong(table("otobo", "x.json", two.as_bytes(), Mapping::guessed("people")));
    assert!(two[0].contains("several lists (a, b)"), "{two:?}");
    let cut = wrong(table("otobo", "x.json", b"[{\"login\":", Mapping::guessed("people")));
    assert!(cut[0].contains("ends too early"), "{cut:?}");
}

fn innosoft() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/innosoft-small")
}

#[test]
fn a_folder_of_innosofts_tables_is_read_by_their_names_each_after_what_it_needs() {
    let read = read("innosoft", &innosoft()).unwrap();
    let user = read.world.users.iter().find(|user| user.login == "anna").unwrap();
    assert_eq!(
        (&*user.address, &*user.contact_person, &*user.main_group),
        ("A-1", "anna@acme.example", "Service")
    );
    assert_eq!(
        (user.validity, user.right_addresses, user.right_machines),
        (Validity::Valid, true, false)
    );
    let rights: Vec<_> = read
        .world
        .user_addresses
        .iter()
        .map(|l| (&*l.user, &*l.address, &*l.permission))
        .collect();
    assert!(
        rights.contains(&("anna", "A-2", "read")) && rights.contains(&("anna", "A-1", "write")),
        "{rights:?}"
    );
    assert!(
        read.found("was taken for address (assumed"),
        "{:?}",
        read.report.findings
    );
    let ben = read.world.users.iter().find(|user| user.login == "ben").unwrap();
    assert_eq!(ben.validity, Validity::Invalid);
}

#[test]
fn a_file_that_does_not_say_what_it_holds_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.csv"), "a;b\n1;2\n").unwrap();
    let problems = wrong(read("innosoft", folder.path()));
    assert!(problems[0].contains("notes.csv: its name does not say"), "{problems:?}");
    std::fs::write(folder.path().join("notes.csv"), b"PK\0\0\0").unwrap();
    let binary = wrong(table("innosoft", "x.csv", b"PK\0\0\0", Mapping::guessed("people")));
    assert!(binary[0].contains("is no text"), "{binary:?}");
    let none = wrong(table("otobo", "x.csv", b"number\n1\n", Mapping::guessed("machines")));
    assert!(none[0].contains("the desk has no machines"), "{none:?}");
}

#[test]
fn a_look_guesses_what_a_table_holds_and_what_was_remembered_goes_before_guesses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, "Adressnummer;Bezeichnung;PLZ;Ort\nA-1;Hall;1;X\nA-2;Yard;2;Y\n").unwrap();
    let fields = |remembered: &[(&str, &str)]| {
        let before = |kind: &str| Some(mapping(kind, remembered));
        let look = look("innosoft", &path, None, &before, 1).unwrap();
        assert_eq!((&*look.mapping.kind, look.rows.len()), ("addresses", 1));
        look.heads
            .iter()
            .map(|head| look.mapping.columns[head].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(fields(&[]), ["number", "name", "zip", "city"]);
    assert_eq!(
        fields(&[("Ort", "street"), ("PLZ", ""), ("gone", "city")]),
        ["number", "name", "", "street"]
    );
}

#[test]
fn a_mapping_is_read_as_it_is_written() {
    let text = r#"{"kind": "people", "columns": {"Login": "login", "x": ""}, "separator": ","}"#;
    let mapping: Mapping = serde_json::from_str(text).unwrap();
    let columns = [("Login", "login"), ("x", "")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(
        (mapping.kind.as_str(), mapping.columns.clone()),
        ("people", BTreeMap::from(columns))
    );
    let again: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
    assert_eq!(again, mapping);
}
