//! What a desk's own files become: imported, nothing pending, imported again, nothing changed, and seen as the desk
//! would show it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::{ApiError, Code};
use portico_api::session::Session;
use portico_api::types::preview::Viewer;
use portico_api::types::transfer::{ImportInput, ImportReport};
use portico_api::types::users::UserQuery;
use portico_api::{desk, preview, users, workspace};
use portico_core::actor::Actor;

/// Desks and a folder of files of each.
const DESKS: [(&str, &str); 2] = [("daktela", "daktela-small"), ("zoho", "zoho-small")];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn made(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(&folder.path().join("w.portico"), "Ours", desk, Actor::named("test")).unwrap();
    (folder, session)
}

fn import(session: &Session, path: &Path, dry_run: bool) -> Result<ImportReport, ApiError> {
    let input = ImportInput {
        path: path.display().to_string(),
        bodies: "full".into(),
        settings: None,
        database: None,
        dry_run,
        table: None,
    };
    let never = Arc::new(AtomicBool::new(false));
    desk::import_desk(session, &input, "job", &mut |_| (), &never)
}

/// An archive with one file.
fn zipped(name: &str, text: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(text).unwrap();
    zip.finish().unwrap().into_inner()
}

/// Files that cannot be taken: name, bytes, what is said of them.
fn bad_files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let json = |text: &str| text.as_bytes().to_vec();
    let whole = zipped("contacts.json", b"[]");
    vec![
        (
            "contacts.json",
            json("{\"data\": [{\"id\": \"1\",\n\"na"),
            "contacts.json:2: ends too early",
        ),
        (
            "contacts.json",
            b"[{\"name\": \"M\xfcller\"}]".to_vec(),
            "contacts.json:1: is not UTF-8 here",
        ),
        (
            "contacts.json",
            json("{\"data\": [7]}"),
            "contacts.json:1: is not a list of records here",
        ),
        (
            "contacts.json",
            json("[{\"id\": \"1\", \"id\": \"2\"}]"),
            "contacts.json:1 id: stands twice",
        ),
        ("contacts.json", json(&"[".repeat(100_000)), "contacts.json:1: is not"),
        ("contacts.json", Vec::new(), "contacts.json:1: ends too early"),
        ("notes.json", json("{\"a\": 1}"), "notes.json: holds no list"),
        ("all.zip", zipped("../../contacts.json", b"[]"), "points outside"),
        ("all.zip", whole[..whole.len() - 20].to_vec(), "is not a complete .zip"),
    ]
}

/// Everything that an import could have changed.
fn state(session: &Session) -> String {
    let info = workspace::workspace_info(session).unwrap();
    let people = users::list_users(session, &UserQuery::default(), 0, 100).unwrap();
    format!("{:?} {} {people:?}", info.counts, info.pending)
}

fn changes(report: &ImportReport) -> u64 {
    report
        .counts
        .iter()
        .map(|kind| kind.added + kind.changed + kind.removed)
        .sum()
}

/// How many tickets each list shows to a person, and of how many it cannot be told.
fn seen(session: &Session, login: &str) -> (Vec<u64>, u64) {
    let people = users::list_users(session, &UserQuery::default(), 0, 100).unwrap().rows;
    let person = people.into_iter().find(|person| person.login == login).unwrap();
    let viewer = Viewer {
        id: Some(person.id),
        draft: None,
        at: None,
        desk: None,
    };
    let front = preview::preview(session, &viewer).unwrap();
    (front.lists.iter().map(|list| list.all).collect(), front.unknown)
}

#[test]
fn what_comes_in_is_no_change_and_comes_in_again_as_the_same() {
    for (desk, folder) in DESKS {
        let (_kept, session) = made(desk);
        let rehearsed = import(&session, &fixture(folder), true).unwrap();
        assert!(changes(&rehearsed) > 0, "{desk}");
        assert_eq!(workspace::workspace_info(&session).unwrap().counts.users, 0, "{desk}");
        let imported = import(&session, &fixture(folder), false).unwrap();
        assert_eq!(changes(&imported), changes(&rehearsed), "{desk}");
        assert_eq!(imported.unknown, rehearsed.unknown, "{desk}");
        let plan = desk::plan(&session).unwrap();
        assert!(
            plan.operations.is_empty() && plan.not_exported.is_empty(),
            "{desk}: {:?}",
            plan.operations
        );
        assert_eq!(workspace::workspace_info(&session).unwrap().pending, 0, "{desk}");
        let again = import(&session, &fixture(folder), false).unwrap();
        assert_eq!((changes(&again), again.conflicts), (0, 0), "{desk}: {:?}", again.counts);
    }
}

#[test]
fn a_source_with_problems_writes_nothing_and_names_them() {
    for (desk, folder) in DESKS {
        let (kept, session) = made(desk);
        import(&session, &fixture(folder), false).unwrap();
        let before = state(&session);
        for (name, bytes, said) in bad_files() {
            let path = kept.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let refused = import(&session, &path, false).unwrap_err();
            let words = format!("{} {}", refused.message, refused.detail.join(" "));
            assert!(words.contains(said), "{desk}: {said}: {words}");
            assert_eq!(state(&session), before, "{desk}: {said}");
        }
        let path = kept.path().join("tickets.json");
        std::fs::write(&path, "{\"data\": [{\"id\": 1},").unwrap();
        let refused = import(&session, &path, false).unwrap_err();
        assert_eq!(refused.code, Code::BadSource, "{desk}");
        assert!(
            refused.detail.iter().any(|line| line.contains("tickets.json:1")),
            "{desk}: {:?}",
            refused.detail
        );
        assert_eq!(state(&session), before, "{desk}");
    }
}

#[test]
fn a_cancelled_import_leaves_everything_as_it_was() {
    for (desk, folder) in DESKS {
        let (_kept, session) = made(desk);
        let before = state(&session);
        let input = ImportInput {
            path: fixture(folder).display().to_string(),
            bodies: "full".into(),
            settings: None,
            database: None,
            dry_run: false,
            table: None,
        };
        let cancelled = Arc::new(AtomicBool::new(true));
        let refused = desk::import_desk(&session, &input, "job", &mut |_| (), &cancelled).unwrap_err();
        assert_eq!(refused.code, Code::Cancelled, "{desk}");
        assert_eq!(state(&session), before, "{desk}");
    }
}

#[test]
fn zoho_shows_what_the_switches_say_and_leaves_open_what_was_not_read() {
    let (kept, session) = made("zoho");
    import(&session, &fixture("zoho-small"), false).unwrap();
    // Anna: none of her own, one of her account. Karel: his own, and that of a further account.
    assert_eq!(seen(&session, "anna@aachen.example"), (vec![0, 1], 0));
    assert_eq!(seen(&session, "karel@brno.example"), (vec![1, 1], 0));
    // Petra's switch is off: she has no list of the account, and her own ticket.
    assert_eq!(seen(&session, "p.novakova@aachen.example"), (vec![1], 0));
    // The same contacts without any mapping: what hangs on a switch cannot be told any more.
    let (_other, fresh) = made("zoho");
    let only = kept.path().join("only");
    std::fs::create_dir(&only).unwrap();
    for name in [
        "contacts.json",
        "accounts-1.json",
        "accounts-2.json",
        "tickets-1.json",
        "tickets-2.json",
        "departments.json",
    ] {
        std::fs::copy(fixture("zoho-small").join(name), only.join(name)).unwrap();
    }
    let report = import(&fresh, &only, false).unwrap();
    assert_eq!(report.unknown, ["Portal::Access"]);
    let (lists, unknown) = seen(&fresh, "anna@aachen.example");
    assert_eq!((lists[0], unknown), (0, 1));
}

#[test]
fn daktela_shows_the_tickets_of_paired_contacts_and_with_the_flag_those_of_their_accounts() {
    let (_kept, session) = made("daktela");
    let report = import(&session, &fixture("daktela-small"), false).unwrap();
    assert_eq!(report.unknown, Vec::<String>::new());
    // Anna's flag shows the account's other ticket beside her own; Petra's is off; Karel is paired with nobody.
    assert_eq!(seen(&session, "anna"), (vec![1, 2], 0));
    assert_eq!(seen(&session, "petra"), (vec![1], 0));
    assert_eq!(seen(&session, "karel"), (vec![0], 0));
}
