//! Selections, pasted lists, and lists as files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod chosen;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_api::error::{ApiError, Code};
use portico_api::invented::{self, Size};
use portico_api::selection::Selection;
use portico_api::session::Session;
use portico_api::types::lists::{ExportUsers, ListColumn, ListFile};
use portico_api::types::users::{SaveUser, UserForm, UserQuery, UserRow};
use portico_api::{lists, users};
use portico_core::actor::Actor;
use tempfile::TempDir;

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, "otobo", Actor::named("test")).unwrap();
    (session, folder)
}

fn people(session: &Session, query: &UserQuery) -> Vec<UserRow> {
    users::list_users(session, query, 0, 1000).unwrap().rows
}

fn edit(session: &Session, id: &str, change: impl FnOnce(&mut UserForm)) {
    let detail = users::get_user(session, id).unwrap();
    let mut form = detail.form;
    change(&mut form);
    let input = SaveUser {
        id: Some(id.to_owned()),
        version: Some(detail.version),
        form,
    };
    users::save_user(session, &input).unwrap();
}

fn columns(keys: &[&str]) -> Vec<ListColumn> {
    let column = |key: &&str| ListColumn {
        key: (*key).to_owned(),
        title: format!("Head of {key}"),
        words: vec![],
    };
    keys.iter().map(column).collect()
}

fn everybody() -> Selection {
    Selection {
        all: Some(UserQuery::default()),
        ..Selection::default()
    }
}

fn input(people: Selection, keys: &[&str], path: &Path) -> ExportUsers {
    ExportUsers {
        people,
        sort: "login".to_owned(),
        descending: false,
        columns: columns(keys),
        format: path.extension().unwrap().to_str().unwrap().to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    }
}

fn export(session: &Session, input: &ExportUsers) -> Result<ListFile, ApiError> {
    lists::export_users(session, input, "job", &mut |_| (), &Arc::new(AtomicBool::new(false)))
}

fn csv_of(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// A part of an XLSX file, as XML.
fn part_of(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

#[test]
fn what_is_shown_is_what_is_written() {
    let (session, folder) = sample();
    let path = folder.path().join("people.csv");
    let query = UserQuery {
        search: "a".to_owned(),
        status: vec!["valid".to_owned()],
        ..UserQuery::default()
    };
    let shown = people(
        &session,
        &UserQuery {
            sort: "email".to_owned(),
            descending: true,
            ..query.clone()
        },
    );
    assert!(shown.len() > 20);
    let selection = Selection {
        all: Some(query),
        ..Selection::default()
    };
    let mut wanted = input(selection, &["name", "login", "account", "status", "groups"], &path);
    (wanted.sort, wanted.descending) = ("email".to_owned(), true);
    wanted.columns[3].words = vec![("valid".to_owned(), "gültig".to_owned())];
    let report = export(&session, &wanted).unwrap();
    assert_eq!(report.rows as usize, shown.len());
    let rows = csv_of(&path);
    assert_eq!(rows[0][0], "Head of name");
    for (row, person) in rows[1..].iter().zip(&shown) {
        let groups = person.more.get("groups").map_or("0", String::as_str);
        assert_eq!(
            row[1..],
            [person.login.as_str(), &person.account, "gültig", groups].map(str::to_owned)
        );
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    // For spreadsheets of other languages, and over what is there already.
    wanted.separator = ";".to_owned();
    export(&session, &wanted).unwrap();
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .contains("Head of name;Head of login")
    );
}

#[test]
fn what_looks_like_a_formula_is_no_formula() {
    let (session, folder) = sample();
    let shown = people(&session, &UserQuery::default());
    let evil = [
        "=HYPERLINK(\"https://x.example\")",
        "+49 30 123",
        "-2+3",
        "@SUM(A1)",
        "\tx",
        "\"quoted\", and; more",
        "Łódź 漢字 🦊\nsecond line",
    ];
    for (person, text) in shown.iter().zip(evil) {
        edit(&session, &person.id, |form| form.description = text.to_owned());
    }
    let ids: Vec<String> = shown.iter().take(evil.len()).map(|row| row.id.clone()).collect();
    let chosen = Selection {
        ids,
        ..Selection::default()
    };
    let path = folder.path().join("x.csv");
    let mut wanted = input(chosen, &["description", "groups"], &path);
    wanted.sort = String::new();
    export(&session, &wanted).unwrap();
    let written: Vec<String> = csv_of(&path).into_iter().skip(1).map(|row| row[0].clone()).collect();
    let kept = people(&session, &UserQuery::default());
    for (text, person) in written.iter().zip(&kept) {
        let plain = &person.more["description"];
        if plain.starts_with(['=', '+', '-', '@', '\t']) {
            assert_eq!(*text, format!("'{plain}"));
        } else {
            assert_eq!(text, plain);
        }
    }
    assert_eq!(
        written.iter().filter(|text| text.starts_with('\'')).count(),
        4 + usize::from(kept[4].more["description"].starts_with('\t'))
    );

    let book = folder.path().join("x.xlsx");
    (wanted.path, wanted.format) = (book.display().to_string(), "xlsx".to_owned());
    export(&session, &wanted).unwrap();
    let sheet = part_of(&book, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "{sheet}");
    assert!(
        sheet.contains("<t>=HYPERLINK(\"https://x.example\")</t>") || sheet.contains("=HYPERLINK(&quot;"),
        "{sheet}"
    );
    assert!(sheet.contains("Łódź 漢字 🦊"));
    assert!(sheet.contains("Head of description"));
    // Counts are numbers, so that they can be added up.
    assert!(sheet.contains("<v>"), "{sheet}");
}

#[test]
fn ten_thousand_rows_are_written_with_progress_or_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size {
        users: 10_000,
        tickets: 10,
        seed: 1,
    };
    let never = Arc::new(AtomicBool::new(false));
    let path = folder.path().join("big.portico");
    let session = invented::generate(&path, "big", "otobo", &size, Actor::named("test"), &mut |_| (), &never).unwrap();
    let before = files(folder.path());
    for name in ["all.csv", "all.xlsx"] {
        let wanted = input(
            everybody(),
            &["name", "login", "email", "account"],
            &folder.path().join(name),
        );
        let cancelled = Arc::new(AtomicBool::new(false));
        let mut told = Vec::new();
        let refused = lists::export_users(
            &session,
            &wanted,
            "job",
            &mut |progress| {
                told.push(progress.done);
                cancelled.store(true, Ordering::Relaxed);
            },
            &cancelled,
        );
        assert_eq!(refused.unwrap_err().code, Code::Cancelled);
        assert_eq!(told.len(), 1, "it went on after it was cancelled");
        assert_eq!(files(folder.path()), before, "something was left behind");
    }
    for name in ["all.csv", "all.xlsx"] {
        let wanted = input(
            everybody(),
            &["name", "login", "email", "account"],
            &folder.path().join(name),
        );
        let mut told = Vec::new();
        let report = lists::export_users(
            &session,
            &wanted,
            "job",
            &mut |progress| told.push(progress.done),
            &never,
        )
        .unwrap();
        assert_eq!(report.rows, 10_000);
        assert!(told.len() > 10 && told.is_sorted() && told.last() == Some(&10_000));
    }
    assert_eq!(csv_of(&folder.path().join("all.csv")).len(), 10_001);
    let sheet = part_of(&folder.path().join("all.xlsx"), "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<row ").count(), 10_001);
    assert_eq!(files(folder.path()).len(), before.len() + 2);
}

#[test]
fn what_cannot_be_written_is_said_and_nothing_is_touched() {
    let (session, folder) = sample();
    let path = folder.path().join("people.csv");
    let refused = |change: &dyn Fn(&mut ExportUsers)| {
        let mut wanted = input(everybody(), &["name"], &path);
        change(&mut wanted);
        export(&session, &wanted).unwrap_err()
    };
    let unknown = refused(&|wanted| wanted.columns[0].key = "shoe".to_owned());
    assert!(
        unknown.message.contains("shoe") && unknown.message.contains("phone"),
        "{unknown}"
    );
    assert_eq!(refused(&|wanted| wanted.columns.clear()).code, Code::Invalid);
    assert_eq!(refused(&|wanted| wanted.format = "ods".to_owned()).code, Code::Invalid);
    assert_eq!(refused(&|wanted| wanted.separator = "|".to_owned()).code, Code::Invalid);
    assert_eq!(
        refused(&|wanted| wanted.path = "/no/such/folder/x.csv".to_owned()).code,
        Code::Storage
    );
    let workspace = session.path().display().to_string();
    assert_eq!(
        refused(&|wanted| wanted.path.clone_from(&workspace)).code,
        Code::Conflict
    );
    assert!(!path.exists());
    assert!(users::list_users(&session, &UserQuery::default(), 0, 1).is_ok());
}

#[test]
fn every_field_of_the_form_has_its_column() {
    let columns: BTreeSet<&str> = lists::user_columns().collect();
    let fields = portico_core::form::field::Entity::ExternalUser.fields();
    let without: Vec<&str> = fields
        .iter()
        .map(|f| f.name)
        .filter(|name| !columns.contains(name))
        .collect();
    // Neither what becomes of a password nor a bag of a desk's own fields is anything to read in a list.
    assert_eq!(without, ["password", "custom"]);
}
