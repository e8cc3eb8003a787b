//! `import` and `verify` from a desk's interface: the workspace is what the same pages in a folder make of it, and no token
//! is repeated anywhere.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;
#[path = "../../desks/tests/live/server.rs"]
mod server;
#[path = "../../desks/tests/live/world.rs"]
mod world;

use std::path::PathBuf;

use common::{Desk, Ran};
use server::Server;
use world::{Lists, TOKEN};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures")
        .join(name)
}

fn run_with(desk: &Desk, arguments: &[&str], token: &str) -> Ran {
    let variables = [
        ("PORTICO_DESK_TOKEN", token),
        // The keyring of whoever runs this is left alone.
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"),
    ];
    let ran = desk.run_with(arguments, &variables);
    assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    ran
}

fn run(desk: &Desk, arguments: &[&str]) -> Ran {
    run_with(desk, arguments, TOKEN)
}

/// All that a workspace holds: its records with all fields, and what everybody sees.
fn facts(desk: &Desk, workspace: &str) -> Vec<serde_json::Value> {
    let to = desk.path("out");
    desk.ok(&["bundle", workspace, "--to", to.to_str().unwrap()]);
    let mut bundle: serde_json::Value = serde_json::from_str(&desk.read("out/bundle.json")).unwrap();
    std::fs::remove_dir_all(to).unwrap();
    // When it was made, and of which workspace.
    for name in ["made_at", "workspace"] {
        bundle.as_object_mut().unwrap().remove(name);
    }
    vec![bundle, desk.json(&["preview", workspace, "--all"])]
}

/// Imports live and from the fixture's folder, and compares the two workspaces.
fn compare(desk: &str, folder: &str, server: &Server, options: &str) {
    let place = Desk::new();
    place.ok(&["init", "live.portico", "--desk", desk]);
    place.ok(&["init", "folder.portico", "--desk", desk]);
    let files = fixture(folder);
    let settings = files.join("settings.json");
    let from = format!("{}{options}", server.root);
    let import = [
        "import",
        "live.portico",
        "--from",
        &from,
        "--settings",
        settings.to_str().unwrap(),
    ];
    let live = run(&place, &import);
    assert!(live.code <= 1, "{live:?}");
    assert!(live.err.contains("Reading takes "), "{live:?}");
    let folder = place.run(&["import", "folder.portico", "--from", files.to_str().unwrap()]);
    assert!(folder.code <= 1, "{folder:?}");
    assert_eq!(facts(&place, "live.portico"), facts(&place, "folder.portico"), "{desk}");
    // Once more, there is nothing new.
    let again = run(&place, &[&import[..], &["--json"]].concat()).json();
    for change in ["added", "changed", "removed"] {
        assert_eq!(again[change], serde_json::json!({}), "{again}");
    }
    // Nothing of what was read stays anywhere.
    let log = place.json(&["log", "live.portico"]).to_string();
    assert!(!log.contains("hunter2"), "{log}");
}

#[test]
fn a_live_import_is_the_import_of_the_same_pages() {
    let lists = Lists::of("daktela-small", "/result/data");
    let server = Server::start(move |asked, _| world::daktela(&lists, asked));
    compare("daktela", "daktela-small", &server, "");
    let lists = Lists::of("elma365-small", "/result/result");
    let server = Server::start(move |asked, _| world::elma365(&lists, asked));
    let beside = fixture("elma365-small");
    let options = format!("?app=service/requests&app=contracts/files&beside={}", beside.display());
    compare("elma365", "elma365-small", &server, &options);
}

#[test]
fn zoho_live_is_its_pages_too() {
    let mut lists = Lists::of("zoho-small", "/data");
    lists.set("whole contacts", lists.get("contacts").unwrap().to_vec());
    // The interface has all that was said on a ticket in one list; the fixture has comments of one alone.
    let comments = lists.get("tickets/4000000003303/comments").unwrap().to_vec();
    let talk = comments.into_iter().map(|mut one| {
        one["type"] = "comment".into();
        one
    });
    lists.set("tickets/4000000003303/conversations", talk.collect());
    let server = Server::start(move |asked, _| world::zoho(&lists, asked, 1, TOKEN));
    let options = "?orgId=7&accounts=https://login.example&also=details,helpCenters,conversations";
    compare("zoho", "zoho-small", &server, options);
}

#[test]
fn what_a_list_does_not_hold_stays_as_the_workspace_has_it() {
    let mut lists = Lists::of("zoho-small", "/data");
    for (list, gone) in [
        (
            "contacts",
            &[
                "title",
                "street",
                "city",
                "state",
                "zip",
                "country",
                "description",
                "cf",
            ][..],
        ),
        ("accounts", &["street", "city", "code", "country"][..]),
    ] {
        let mut some = lists.get(list).unwrap().to_vec();
        for record in &mut some {
            record
                .as_object_mut()
                .unwrap()
                .retain(|name, _| !gone.contains(&name.as_str()));
        }
        lists.set(list, some);
    }
    let server = Server::start(move |asked, _| world::zoho(&lists, asked, 1, TOKEN));
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "zoho"]);
    let files = fixture("zoho-small");
    assert!(
        desk.run(&["import", "w.portico", "--from", files.to_str().unwrap()])
            .code
            <= 1
    );
    let anna = desk.json(&["show", "w.portico", "--user", "anna@aachen.example"]);
    assert!(anna.to_string().contains("Kühlweg 1"), "{anna}");
    let from = format!(
        "{}?orgId=7&accounts=https://login.example&also=helpCenters",
        server.root
    );
    let report = run(&desk, &["import", "w.portico", "--from", &from, "--json"]).json();
    for change in ["added", "changed", "removed"] {
        let kinds: Vec<&String> = report[change].as_object().unwrap().keys().collect();
        // Conversations were not asked for.
        assert!(kinds.iter().all(|kind| *kind == "activities"), "{change}: {report}");
    }
    assert!(report["problems"].to_string().contains("also=details"), "{report}");
    assert_eq!(desk.json(&["show", "w.portico", "--user", "anna@aachen.example"]), anna);
}

#[test]
fn tokens_that_do_not_open_and_tokens_that_are_not_there() {
    let lists = Lists::of("daktela-small", "/result/data");
    let server = Server::start(move |asked, _| world::daktela(&lists, asked));
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "daktela"]);
    let import = ["import", "w.portico", "--from", &server.root];
    let ran = run_with(&desk, &import, "hunter2-wrong");
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{ran:?}");
    assert!(ran.err.contains("does not take the token"), "{ran:?}");
    let ran = run_with(&desk, &import, "");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("PORTICO_DESK_TOKEN"), "{ran:?}");
    let ran = run(
        &desk,
        &["import", "w.portico", "--from", "https://me:hunter2@desk.example"],
    );
    assert!(ran.err.contains("leave it out"), "{ran:?}");
    let ran = run(&desk, &["import", "w.portico", "--from", "http://desk.example"]);
    assert!(ran.err.contains("https://"), "{ran:?}");
    desk.ok(&["init", "o.portico", "--desk", "otobo"]);
    let ran = run(&desk, &["import", "o.portico", "--from", &server.root]);
    assert!(ran.err.contains("is not read from an interface"), "{ran:?}");
    assert_eq!(desk.json(&["log", "w.portico"])["changes"], serde_json::json!([]));
    desk.write("token.txt", &format!("{TOKEN}\n"));
    let ran = run_with(
        &desk,
        &[&import[..], &["--password-file", "token.txt", "--dry-run"]].concat(),
        "",
    );
    assert!(ran.code <= 1, "{ran:?}");
    assert_eq!(desk.json(&["users", "w.portico"])["total"], 0);
}

#[test]
fn pages_that_are_kept_serve_the_import_after_the_rehearsal_and_then_go() {
    let lists = Lists::of("daktela-small", "/result/data");
    let server = Server::start(move |asked, _| world::daktela(&lists, asked));
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "daktela"]);
    let pages = desk.path("pages");
    let from = format!("{}?pages={}", server.root, pages.display());
    let rehearse = ["import", "w.portico", "--from", &from, "--dry-run"];
    assert!(run(&desk, &rehearse).code <= 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&pages).unwrap().permissions().mode() & 0o777, 0o700);
    }
    server.forget();
    // The estimate asks; the pages are there.
    assert!(run(&desk, &rehearse[..4]).code <= 1);
    assert!(
        server.asked().iter().all(|asked| asked.query("take") == Some("1")),
        "{:?}",
        server.paths()
    );
    assert!(!pages.exists());
    assert_eq!(desk.json(&["users", "w.portico"])["total"], 3);
}

#[test]
fn an_export_is_verified_live_without_reading_tickets() {
    let lists = Lists::of("daktela-small", "/result/data");
    let server = Server::start(move |asked, _| world::daktela(&lists, asked));
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "daktela"]);
    assert!(run(&desk, &["import", "w.portico", "--from", &server.root]).code <= 1);
    let set = desk.run(&["set", "w.portico", "--user", "anna", "account_tickets=no"]);
    assert!(set.code <= 1, "{set:?}");
    let export = desk.run(&["export", "w.portico", "--to", "out"]);
    assert!(export.code <= 1, "{export:?}");
    server.forget();
    let verified = run(&desk, &["verify", "w.portico", "--from", &server.root, "--json"]);
    assert_eq!(verified.code, 1, "{verified:?}");
    assert_eq!(verified.json()["not_applied"], 1);
    assert!(
        !server
            .paths()
            .iter()
            .any(|path| path.contains("tickets.json") || path.contains("activities"))
    );
}

#[test]
fn a_locked_workspace_is_verified_and_settled_like_any_other() {
    const WORDS: &str = "correct horse battery staple";
    let lists = Lists::of("daktela-small", "/result/data");
    let server = Server::start(move |asked, _| world::daktela(&lists, asked));
    let desk = Desk::new();
    let run = |arguments: &[&str]| {
        let variables = [
            ("PORTICO_DESK_TOKEN", TOKEN),
            ("PORTICO_PASSPHRASE", WORDS),
            ("PORTICO_NEW_PASSPHRASE", WORDS),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"),
        ];
        let ran = desk.run_with(arguments, &variables);
        assert!(ran.code <= 1 && !format!("{ran:?}").contains("hunter2"), "{ran:?}");
        ran
    };
    desk.ok(&["init", "w.portico", "--desk", "daktela"]);
    run(&["passphrase", "w.portico", "set"]);
    run(&["import", "w.portico", "--from", &server.root]);
    run(&["set", "w.portico", "--user", "anna", "account_tickets=no"]);
    run(&["export", "w.portico", "--to", "out"]);
    let verified = run(&[
        "verify",
        "w.portico",
        "--from",
        &server.root,
        "--take-theirs",
        "all",
        "--json",
    ]);
    assert_eq!((verified.code, &verified.json()["taken"]), (0, &serde_json::json!(1)));
    let plan = run(&["plan", "w.portico", "--json"]).json();
    assert_eq!(plan["operations"], serde_json::json!([]));
    // Nothing of it lies open beside the workspace.
    let held = std::fs::read(desk.path("w.portico")).unwrap();
    assert!(!held.starts_with(b"SQLite format 3"));
}

#[test]
fn what_a_killed_reading_left_behind_goes_with_the_next_one() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    let lists = Lists::of("daktela-small", "/result/data");
    let slow = Arc::new(AtomicBool::new(true));
    let waits = Arc::clone(&slow);
    let server = Server::start(move |asked, _| {
        while asked.path.contains("activities") && asked.query("take") != Some("1") && waits.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(10));
        }
        world::daktela(&lists, asked)
    });
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "daktela"]);
    let temporary = desk.path("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let left = || {
        let entries = std::fs::read_dir(&temporary).unwrap().map(Result::unwrap);
        entries
            .filter(|entry| entry.path().join("pages/contacts-1.json").exists())
            .count()
    };
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_porticoctl"))
        .args([
            "import",
            desk.path("w.portico").to_str().unwrap(),
            "--from",
            &server.root,
        ])
        .env("PORTICO_DESK_TOKEN", TOKEN)
        .env("TMPDIR", &temporary)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while left() == 0 && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    slow.store(false, Ordering::SeqCst);
    assert_eq!(left(), 1, "nobody was there to remove it");
    let variables = [("PORTICO_DESK_TOKEN", TOKEN), ("TMPDIR", temporary.to_str().unwrap())];
    let ran = desk.run_with(&["import", "w.portico", "--from", &server.root], &variables);
    assert!(ran.code <= 1, "{ran:?}");
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0);
}
