//! Tables of tickets, as an import reads them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod lists;

use std::collections::BTreeMap;

use lists::{Read, read_with};
use portico_core::form::field::Entity;
use portico_desks::error::DeskError;
use portico_desks::reader::ReadOptions;
use portico_desks::tables::first::first_rows;
use portico_desks::tables::known::Known;
use portico_desks::tables::look::look;
use portico_desks::tables::mapping::Mapping;
use proptest::prelude::*;

fn known() -> Known {
    let mut known = Known::default();
    known.add(Entity::Account, Some("ACME"), "ACME", &["Acme Ltd"]);
    known.add(Entity::ExternalUser, Some("41"), "anna", &["Anna Smith"]);
    known.add(Entity::ExternalUser, None, "new", &["Newcomer"]);
    known.add(Entity::Contact, Some("c-1"), "anna@acme.example", &["Anna"]);
    known.add(Entity::Address, Some("a-1"), "A-1", &["Hall"]);
    known.add(Entity::PortalObject, Some("o-1"), "service/requests", &[]);
    for (key, name) in [("5", "Field"), ("6", "Twice"), ("7", "twice")] {
        known.add(Entity::Queue, Some(key), name, &[]);
    }
    known.add(Entity::TicketState, Some("2"), "odd name", &[]);
    known.add_state_kind("2", "closed");
    known
}

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

fn tickets(desk: &str, text: &str) -> Result<Read, DeskError> {
    table(desk, "tickets.csv", text.as_bytes(), Mapping::guessed("tickets"))
}

fn wrong(read: Result<Read, DeskError>) -> Vec<String> {
    match read {
        Err(DeskError::BadSource { problems, .. }) => problems.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(read) => panic!("was read: {:?}", read.lines()),
    }
}

#[test]
fn a_desks_own_list_is_read_with_its_headings_and_names_become_what_the_desk_keeps() {
    let text = "Ticket#;Title;Customer User;CustomerID;Queue;State;Type;Priority;Service;Created;Changed;Archive;Owner\n\
                2026112700001;=Door;ANNA;acme;field;odd name;Incident;3 normal;;27.11.2026 14:30;2026-11-27T16:00:00Z;n;root\n\
                2026112700002;Gate;Anna Smith;Acme Ltd;Field;new;;;;2026-11-27;;y;root\n";
    let read = tickets("otobo", text).unwrap();
    let [first, second] = &read.world.tickets[..] else {
        panic!("{:?}", read.lines())
    };
    assert_eq!((first.id, &*first.number, &*first.title), (0, "2026112700001", "=Door"));
    // A difference of case alone is the desk's to judge.
    assert_eq!((&*first.owner, &*first.account, &*first.queue), ("ANNA", "acme", "5"));
    assert_eq!((&*second.owner, &*second.account), ("anna", "ACME"));
    assert_eq!(
        (&*first.state, &*first.state_kind, first.archived),
        ("2", "closed", false)
    );
    assert_eq!((&*second.state_kind, second.archived), ("new", true));
    assert_eq!((first.created, first.changed), (1_795_789_800, 1_795_795_200));
    assert_eq!(second.changed, second.created);
    assert!(read.found("Owner: is not read") && read.found("no type is called \"Incident\""));
    assert!(
        read.found("state \"new\", of which there is no record, were taken for new"),
        "{:?}",
        read.report.findings
    );
    assert!(
        read.found("Created: has times without a zone"),
        "{:?}",
        read.report.findings
    );
    assert!(!read.found("Changed: has times without a zone"));
    assert_eq!(read.kinds, ["tickets"]);
    let told = &read.scope.fields["tickets"];
    assert!(
        ["owner", "account", "state", "state_kind"]
            .iter()
            .all(|field| told.iter().any(|one| one == field)),
        "{told:?}"
    );
}

#[test]
fn every_desk_has_its_own_places_of_tickets() {
    let read = |desk: &str, heads: &str, cells: &str| {
        let read = tickets(desk, &format!("Number;Created;{heads}\n1;2026-11-27;{cells}\n")).unwrap();
        let ticket = &read.world.tickets[0];
        (ticket.owner.clone(), ticket.account.clone(), ticket.queue.clone())
    };
    let of = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    // On desks whose tickets belong to contacts the ticket holds the desk's key, whatever the cell says.
    assert_eq!(
        read(
            "zoho",
            "Contact Name;Account Name;Department",
            "Anna Smith;Acme Ltd;Field"
        ),
        of("41", "ACME", "5")
    );
    assert_eq!(
        read("daktela", "Kontakt;Firma;Kategorie", "anna@acme.example;ACME;5"),
        // Where the contact has its account, the ticket has it from there.
        of("c-1", "", "5")
    );
    assert_eq!(
        read("innosoft", "Melder;Adressnummer", "Anna Smith;A-1"),
        of("anna", "a-1", "")
    );
    assert_eq!(
        read("elma365", "Erstellt von;Ordner", "anna;service/requests"),
        of("anna", "o-1", "")
    );
}

#[test]
fn strangers_are_counted_by_name_and_the_tickets_come_nevertheless() {
    let text = "number;created;person;queue\n1;2026-01-01;ghost;Gone\n2;2026-01-01;ghost;Field\n3;2026-01-01;new;\n";
    let read = tickets("otobo", text).unwrap();
    assert_eq!(read.world.tickets.len(), 3);
    assert!(
        read.found("no person is called \"ghost\": 2 tickets"),
        "{:?}",
        read.report.findings
    );
    assert!(read.found("no queue is called \"Gone\": 1 tickets"));
    // Who was made here has a login already.
    assert_eq!((&*read.world.tickets[2].owner, read.found("\"new\"")), ("new", false));
    assert!(read.found("no column says the account"), "{:?}", read.report.findings);
}

#[test]
fn problems_are_said_with_line_and_column_and_nothing_is_handed_on() {
    let text = "Number;Created;State kind;Archived;Queue;Changed\n\
                1;soon;;;;\n\
                2;03/04/2026;;;;\n\
                ;2026-01-01;;;;\n\
                3;;shut;maybe;TWICE;32.01.2026\n\
                4;2026-01-01;;;;;more\n\
                5;2026-01-01;;;;\n5;2026-01-01;;;;\n6;2026-01-01;;;;\n5;2026-01-01;;;;\n";
    let problems = wrong(tickets("otobo", text));
    for part in [
        "tickets.csv:2 Created: \"soon\" is no time",
        "tickets.csv:3 Created: \"03/04/2026\" may be 2026-04-03 or 2026-03-04",
        "tickets.csv:4 Number: is empty",
        "tickets.csv:5 Created: is empty",
        "tickets.csv:5 State kind: \"shut\" is none of new, open",
        "tickets.csv:5 Archived: \"maybe\" is neither yes nor no",
        "tickets.csv:5 Queue: several are called \"TWICE\"",
        "tickets.csv:5 Changed: \"32.01.2026\" is no time",
        "tickets.csv:6: has 7 cells",
        "tickets.csv:8 Number: \"5\" stands on line 7 already",
        "tickets.csv:10 Number: \"5\" stands on line 7 already",
    ] {
        assert!(
            problems.iter().any(|problem| problem.starts_with(part)),
            "{part}: {problems:#?}"
        );
    }
    assert_eq!(problems.len(), 11, "{problems:#?}");
    let without = wrong(tickets("otobo", "Title\nx\n"));
    assert!(
        without.iter().any(|one| one.contains("one must be number"))
            && without.iter().any(|one| one.contains("no column is created")),
        "{without:?}"
    );
}

#[test]
fn numbers_that_come_twice_are_named_up_to_a_thousand_and_counted() {
    let row = |n: u32| format!("{n};2026-01-01\n");
    let rows: String = (0..3_000).chain(0..1_500).map(row).collect();
    match tickets("otobo", &format!("number;created\n{rows}")) {
        Err(DeskError::BadSource { problems, more }) => {
            assert_eq!((problems.len(), more), (1_000, 500));
            assert_eq!((problems[0].line, &*problems[0].column), (3_002, "number"));
        }
        other => panic!("{}", other.is_ok()),
    }
}

#[test]
fn a_look_takes_a_list_of_tickets_for_one_and_shows_its_first_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    let text = "Ticket-Nr.;Betreff;Status;Erstellt am;Archiviert\n1;Tor;geschlossen;27.11.26 14:30;ja\n2;Tür;neu;morgen;nein\n";
    std::fs::write(&path, text).unwrap();
    let look = look("otobo", &path, None, &|_| None, 8).unwrap();
    assert_eq!(look.mapping.kind, "tickets");
    let fields: Vec<&str> = look.heads.iter().map(|head| &*look.mapping.columns[head]).collect();
    assert_eq!(fields, ["number", "title", "state", "created", "archived"]);
    let rows = first_rows("otobo", &look, &mut known());
    let shown: Vec<&str> = rows[0].cells.iter().map(|cell| &*cell.value).collect();
    assert_eq!(shown, ["1", "Tor", "geschlossen", "2026-11-27 14:30:00", "true"]);
    assert!(rows[0].cells.iter().all(|cell| cell.problem.is_none()) && rows[0].problem.is_none());
    assert!(
        rows[1].cells[3]
            .problem
            .as_ref()
            .unwrap()
            .message
            .contains("is no time"),
        "{:?}",
        rows[1]
    );
}

#[test]
fn json_and_tables_in_a_folder_hold_tickets_too() {
    let record =
        r#"[{"ticketNumber": 7, "subject": "Door", "createdTime": "2026-11-27T14:30:00.000Z", "isArchived": true}]"#;
    let read = table("zoho", "x.json", record.as_bytes(), Mapping::guessed("tickets")).unwrap();
    let ticket = &read.world.tickets[0];
    assert_eq!((&*ticket.number, &*ticket.title, ticket.archived), ("7", "Door", true));
    let copy = lists::Copy::of(&lists::fixture("innosoft-small"));
    copy.write(
        "Tickets.csv",
        "Nummer;Angelegt;Melder;Standort\n1;27.11.2026;anna;A-2\n",
    );
    let read = lists::read("innosoft", copy.path()).unwrap();
    let ticket = &read.world.tickets[0];
    // Their people and addresses came with the same folder.
    assert_eq!((&*ticket.owner, &*ticket.account), ("anna", "A-2"));
    assert!(
        !read.found("no person is called") && !read.found("no address is called"),
        "{:?}",
        read.report.findings
    );
}

/// Cells with which rows are put together at random.
const CELLS: [&str; 22] = [
    "1",
    "2",
    "3",
    "",
    "anna",
    "Anna Smith",
    "ghost",
    "Field",
    "twice",
    "closed",
    "neu",
    "ja",
    "n",
    "27.11.2026",
    "03/04/2026",
    "2026-11-27T14:30:00+02:00",
    "1795789800",
    "9999999999999",
    "=1+1",
    "'=1",
    "\"a;b\"",
    "é\u{202e}",
];

proptest! {
    /// Whatever stands in a table: each row becomes a ticket, or is named with its line.
    #[test]
    fn rows_become_tickets_or_problems(
        desk in prop::sample::select(vec!["otobo", "zoho", "daktela", "innosoft", "elma365"]),
        heads in prop::sample::subsequence(
            vec!["person", "contact", "account", "address", "object", "queue", "state", "state_kind", "ticket_type", "priority",
                 "changed", "archived", "title"], 0..13),
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(CELLS.to_vec()), 15), 1..12),
    ) {
        let heads: Vec<&str> = ["number", "created"].into_iter().chain(heads).collect();
        let mut text = format!("{}\n", heads.join(";"));
        for row in &rows {
            text.push_str(&row[..heads.len()].join(";"));
            text.push('\n');
        }
        // A row of empty cells alone is none.
        let there = rows.iter().filter(|row| row[..heads.len()].iter().any(|cell| !cell.is_empty())).count();
        match tickets(desk, &text) {
            Ok(read) => {
                prop_assert_eq!(read.world.tickets.len(), there);
                let numbers: BTreeMap<_, _> = read.world.tickets.iter().map(|ticket| (&ticket.number, ticket)).collect();
                prop_assert_eq!(numbers.len(), there);
                prop_assert!(numbers.values().all(|ticket| ticket.changed >= ticket.created && !ticket.state_kind.is_empty()));
            }
            Err(DeskError::BadSource { problems, .. }) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|one| one.line >= 2 && one.line <= rows.len() as u64 + 1 && !one.message.is_empty()));
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    /// Bytes of any kind never panic.
    #[test]
    fn random_bytes_never_panic(
        name in prop::sample::select(vec!["tickets.csv", "tickets.json", "tickets.xlsx"]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        heads: bool,
    ) {
        let mut all = if heads { b"number;created;state\n".to_vec() } else { Vec::new() };
        all.extend(bytes);
        match table("otobo", name, &all, Mapping::guessed("tickets")) {
            Ok(read) => prop_assert!(read.report.is_usable()),
            Err(DeskError::BadSource { problems, .. }) => prop_assert!(!problems.is_empty()),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
