//! A table before it is read: who said what its columns are, and its first rows as an import would read them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use portico_core::form::field::Entity;
use portico_desks::tables::first::{FirstRow, first_rows};
use portico_desks::tables::known::Known;
use portico_desks::tables::look::{Look, Origin, look};
use portico_desks::tables::mapping::Mapping;

struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn file(name: &str, text: &str) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    File { _folder: folder, path }
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

fn looked(desk: &str, file: &File, given: &Mapping) -> Look {
    look(desk, &file.path, Some(given), &|_| None, 8).unwrap()
}

fn known() -> Known {
    let mut known = Known::default();
    known.add(Entity::Account, Some("ACME"), "ACME", &["Acme Ltd"]);
    known.add(Entity::Group, Some("7"), "users", &[]);
    known.add(Entity::ExternalUser, Some("anna"), "anna", &["Anna Smith"]);
    known
}

fn first(desk: &str, file: &File, given: &Mapping) -> Vec<FirstRow> {
    first_rows(desk, &looked(desk, file, given), &mut known())
}

fn cells(row: &FirstRow) -> Vec<(&str, &str, &str)> {
    let cells = row.cells.iter();
    cells
        .map(|cell| {
            (
                &*cell.heading,
                &*cell.value,
                cell.problem.as_ref().map_or("", |problem| &problem.message),
            )
        })
        .collect()
}

#[test]
fn every_heading_says_who_said_what_it_is() {
    let file = file("people.csv", "Login;Mail;Rolle;Schuh\nx;y;z;1\n");
    let before = |kind: &str| (kind == "people").then(|| mapping("people", &[("Rolle", "title"), ("Mail", "")]));
    let given = mapping("people", &[("login", "login")]);
    let look = look("otobo", &file.path, Some(&given), &before, 8).unwrap();
    assert_eq!(
        look.origins,
        [Origin::Said, Origin::Remembered, Origin::Remembered, Origin::Open]
    );
    assert_eq!(
        (&*look.mapping.columns["Mail"], &*look.mapping.columns["Rolle"]),
        ("", "title")
    );
    let fresh = looked("otobo", &file, &Mapping::guessed("people"));
    assert_eq!(
        fresh.origins,
        [Origin::Guessed, Origin::Guessed, Origin::Open, Origin::Open]
    );
}

#[test]
fn what_stood_between_the_entries_of_lists_is_remembered_too() {
    let file = file("people.csv", "Login\nx\n");
    let commas = Mapping {
        separator: ",".to_owned(),
        ..Mapping::guessed("people")
    };
    let open = Mapping {
        separator: String::new(),
        ..Mapping::guessed("people")
    };
    let separator = |given: &Mapping, before: Option<&Mapping>| {
        let look = look("otobo", &file.path, Some(given), &|_| before.cloned(), 8).unwrap();
        look.mapping.separator
    };
    assert_eq!(separator(&open, Some(&commas)), ",");
    assert_eq!(separator(&open, None), ";");
    assert_eq!(separator(&Mapping::guessed("people"), Some(&commas)), ";");
}

#[test]
fn what_stands_between_cells_is_told_and_can_be_said() {
    let doubtful = file("people.csv", "Login,Name;Rolle\na,b;c\n");
    let told = looked("otobo", &doubtful, &Mapping::guessed("people"));
    assert_eq!(told.cells, Some(';'));
    let said = Mapping {
        cells: Some(','),
        ..Mapping::guessed("people")
    };
    let said = looked("otobo", &doubtful, &said);
    assert_eq!(
        (said.cells, &*said.heads),
        (Some(','), &["Login".to_owned(), "Name;Rolle".to_owned()][..])
    );
    assert_eq!(said.rows, [["a", "b;c"]]);
    // A sign that separates nothing is no separator.
    let odd = Mapping {
        cells: Some('x'),
        ..Mapping::guessed("people")
    };
    assert_eq!(looked("otobo", &doubtful, &odd).cells, Some(';'));
    let json = file("people.json", r#"[{"login": "a"}]"#);
    assert_eq!(looked("otobo", &json, &Mapping::guessed("people")).cells, None);
}

#[test]
fn first_rows_are_read_as_an_import_would_and_each_cell_says_what_is_wrong_with_it() {
    let text = "Login;Status;Firma;Gruppen;Schuh\nanna;valid;acme ltd;users:rw;1\nben;dead;Nobody;users:xx;2\nanna;valid;;;3\n";
    let rows = first("otobo", &file("people.csv", text), &Mapping::guessed("people"));
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(
        rows.iter().map(|row| row.known).collect::<Vec<_>>(),
        [Some(true), Some(false), None]
    );
    assert_eq!(
        cells(&rows[0]),
        [
            ("Login", "anna", ""),
            ("Status", "valid", ""),
            ("Firma", "ACME", ""),
            ("Gruppen", "users:rw", "")
        ]
    );
    let wrong: Vec<_> = cells(&rows[1])
        .into_iter()
        .map(|(head, _, problem)| (head, !problem.is_empty()))
        .collect();
    assert_eq!(
        wrong,
        [("Login", false), ("Status", true), ("Firma", true), ("Gruppen", true)]
    );
    assert!(cells(&rows[2])[0].2.contains("stands on line 2 already"));
}

#[test]
fn flags_are_read_in_both_languages_and_a_new_record_without_its_login_says_so() {
    let text = "ID;Kommentare\nanna;ja\nnobody;nein\n";
    let given = mapping("people", &[("Kommentare", "external")]);
    let rows = first("innosoft", &file("people.csv", text), &given);
    assert_eq!((cells(&rows[0])[1].1, rows[0].known), ("true", Some(true)));
    assert_eq!((cells(&rows[1])[1].1, rows[1].known), ("false", None));
    assert!(
        rows[1].problem.as_ref().unwrap().message.contains("needs a login"),
        "{rows:?}"
    );
}

#[test]
fn without_a_column_that_tells_records_apart_there_are_cells_and_no_record() {
    let rows = first(
        "otobo",
        &file("people.csv", "Vorname\nAnna\n"),
        &Mapping::guessed("people"),
    );
    assert_eq!((rows[0].known, cells(&rows[0])), (None, vec![("Vorname", "Anna", "")]));
    let odd = first("otobo", &file("people.csv", "a\nb\n"), &Mapping::guessed("cars"));
    assert_eq!(odd, []);
}

#[test]
fn objects_of_a_portal_are_a_table_in_which_one_lies_in_those_above_it() {
    let text = "Pfad;Name;Art;Liegt in;Erbt;Autor\nservice;Service;section;;ja;\nservice/requests;Requests;app;service;nein;anna\n\
                lost;Lost;app;nowhere;ja;\nodd;Odd;shelf;;ja;\n";
    let file = file("Objekte.csv", text);
    let guessed = looked(
        "elma365",
        &file,
        &Mapping {
            kind: String::new(),
            ..Mapping::guessed("")
        },
    );
    assert_eq!(guessed.mapping.kind, "objects");
    let fields: Vec<_> = guessed
        .heads
        .iter()
        .map(|head| &*guessed.mapping.columns[head])
        .collect();
    assert_eq!(fields, ["path", "name", "kind", "parent", "inherits", "author"]);
    let rows = first_rows("elma365", &guessed, &mut known());
    assert_eq!(
        cells(&rows[1])[3..],
        [
            ("Liegt in", "service", ""),
            ("Erbt", "false", ""),
            ("Autor", "anna", "")
        ]
    );
    assert_eq!((rows[1].known, &rows[1].problem), (Some(false), &None));
    assert!(
        cells(&rows[2])[3].2.contains("no portal object is called \"nowhere\""),
        "{rows:?}"
    );
    assert!(cells(&rows[3])[2].2.contains("is none of"), "{rows:?}");
    // No other desk has them.
    let elsewhere = first("otobo", &file, &Mapping::guessed("objects"));
    assert!(elsewhere.iter().all(|row| row.cells.is_empty()), "{elsewhere:?}");
}
