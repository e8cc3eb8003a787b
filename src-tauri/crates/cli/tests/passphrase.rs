//! A workspace with a passphrase, from the command line.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, Ran};
use serde_json::json;

const SECRET: &str = "correct horse battery staple";

fn locked() -> Desk {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    desk.write("pass.txt", &format!("{SECRET}\n"));
    desk.write("wrong.txt", "incorrect horse battery staple\r\n");
    desk.ok(&["passphrase", "w.portico", "set", "--new-passphrase-file", "pass.txt"]);
    desk
}

/// One message, one hint, no data, exit code 3.
fn refused(ran: &Ran, message: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{ran:?}");
    assert!(ran.err.lines().next().unwrap().contains(message), "{ran:?}");
    assert!(!ran.err.contains("horse"), "a passphrase is never shown: {ran:?}");
}

#[test]
fn every_verb_that_opens_a_locked_workspace_takes_its_passphrase() {
    let desk = locked();
    let (file, wrong) = (["--passphrase-file", "pass.txt"], ["--passphrase-file", "wrong.txt"]);
    let out = desk.path("out");
    desk.write("s.json", "{\"database\": \"postgresql\"}");
    let verbs: &[&[&str]] = &[
        &["users", "w.portico"],
        &["show", "w.portico", "--user", "a.nowak"],
        &["set", "w.portico", "--user", "a.nowak", "first_name=Anna"],
        &["preview", "w.portico", "--user", "a.nowak"],
        &["plan", "w.portico"],
        &["export", "w.portico", "--to", out.to_str().unwrap()],
        &["log", "w.portico"],
        &["undo", "w.portico"],
        &["import", "w.portico", "--settings", "s.json"],
    ];
    for verb in verbs {
        let without = desk.run(verb);
        refused(&without, "w.portico is locked: it needs its passphrase");
        assert!(without.err.contains("--passphrase-file FILE"), "{without:?}");
    }
    // Each right one takes half a second; so do the wrong ones.
    for verb in &verbs[..3] {
        let message = "this is not the passphrase of";
        let ran = desk.run(&[verb, &wrong[..]].concat());
        refused(&ran, message);
        assert_eq!(ran.err.lines().count(), 1, "one clear sentence: {ran:?}");
    }
    for verb in verbs {
        let ran = desk.run(&[verb, &file[..]].concat());
        assert!(ran.code <= 1, "{verb:?}: {ran:?}");
    }
    let from_environment = desk.run_with(&["users", "w.portico", "--json"], &[("PORTICO_PASSPHRASE", SECRET)]);
    assert!(from_environment.json()["total"].as_u64().unwrap() > 100);
    // The file that was named goes before the environment.
    let both = [&["users", "w.portico"], &wrong[..]].concat();
    refused(
        &desk.run_with(&both, &[("PORTICO_PASSPHRASE", SECRET)]),
        "this is not the passphrase of",
    );
}

#[test]
fn a_passphrase_is_changed_and_removed() {
    let desk = locked();
    let users = |pass: &str| desk.run_with(&["users", "w.portico"], &[("PORTICO_PASSPHRASE", pass)]);
    let change = ["passphrase", "w.portico", "change", "--json"];
    let ran = desk.run_with(
        &change,
        &[("PORTICO_PASSPHRASE", SECRET), ("PORTICO_NEW_PASSPHRASE", "short")],
    );
    // Done, and there is something to see.
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.json()["encrypted"], true);
    assert_eq!(ran.json()["warnings"][0]["code"], "passphrase.problem.short");
    refused(&users(SECRET), "this is not the passphrase of");
    assert_eq!(users("short").code, 0);

    let remove = ["passphrase", "w.portico", "remove", "--json"];
    refused(
        &desk.run_with(&remove, &[("PORTICO_PASSPHRASE", SECRET)]),
        "this is not the passphrase of",
    );
    let ran = desk.run_with(&remove, &[("PORTICO_PASSPHRASE", "short")]);
    assert_eq!(
        (ran.code, ran.json()),
        (0, json!({ "encrypted": false, "warnings": [] }))
    );
    // A passphrase for nothing does not matter: one variable serves many workspaces.
    assert_eq!(users("whatever").code, 0);
    assert!(!desk.path("w.portico-key").exists());
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let desk = locked();
    for action in ["set", "change", "remove"] {
        let ran = desk.run(&["passphrase", "w.portico", action]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("environment variable PORTICO_"), "{ran:?}");
    }
    let with = |arguments: &[&str]| desk.run_with(arguments, &[("PORTICO_PASSPHRASE", SECRET)]);
    let again = with(&["passphrase", "w.portico", "set", "--new-passphrase-file", "wrong.txt"]);
    refused(&again, "has a passphrase already");
    desk.write("nothing.txt", " \n");
    let nothing = with(&[
        "passphrase",
        "w.portico",
        "change",
        "--new-passphrase-file",
        "nothing.txt",
    ]);
    refused(&nothing, "at least one character");
    let missing = with(&["passphrase", "w.portico", "change", "--new-passphrase-file", "none.txt"]);
    refused(&missing, "none.txt");
    std::fs::rename(desk.path("w.portico-key"), desk.path("away")).unwrap();
    refused(&with(&["users", "w.portico"]), "w.portico-key is missing");
    std::fs::rename(desk.path("away"), desk.path("w.portico-key")).unwrap();
    assert_eq!(with(&["users", "w.portico"]).code, 0);
}

#[test]
fn a_password_comes_from_a_file_and_goes_out_hashed_once() {
    let desk = locked();
    let file = ["--passphrase-file", "pass.txt"];
    let out = desk.path("out");
    let out = out.to_str().unwrap();
    desk.write("typed.txt", "Tajne-Heslo-9!\n");
    let set = |more: &[&str]| desk.run(&[&["set", "w.portico", "--user", "a.nowak"], &file[..], more].concat());
    let both = set(&["--password-file", "typed.txt", "--json"]);
    assert_eq!(both.code, 0, "{both:?}");
    assert_eq!(
        both.json()["users"][0]["changes"]["password"],
        json!(["unchanged", "typed"])
    );
    assert!(!both.out.contains("Tajne"), "{both:?}");
    assert_eq!(set(&["password=typed", "--dry-run"]).code, 0, "one is kept");
    let several = desk.run(&["set", "w.portico", "--users-from", "x", "--password-file", "typed.txt"]);
    assert_eq!(several.code, 2, "one person's password only: {several:?}");

    desk.write("list.txt", "other words for it\n");
    let list = desk.path("first.age");
    let initial = ["--initial-passwords", list.to_str().unwrap()];
    let export = |more: &[&str]| desk.run(&[&["export", "w.portico", "--to", out, "--json"], &file[..], more].concat());
    let without = export(&initial);
    assert_eq!(
        (without.code, without.err.contains("PORTICO_LIST_PASSPHRASE")),
        (2, true),
        "{without:?}"
    );
    let nobody = export(&[&initial[..], &["--list-passphrase-file", "list.txt"]].concat());
    assert_eq!(nobody.code, 3, "nobody waits for one: {nobody:?}");
    desk.ok(&[
        &["set", "w.portico", "--user", "jana.novakova", "password=initial"],
        &file[..],
    ]
    .concat());
    let ran = export(&[&initial[..], &["--list-passphrase-file", "list.txt"]].concat()).json();
    assert_eq!(
        (&ran["passwords"], &ran["initial_passwords"]),
        (&json!(2), &json!(list.to_str().unwrap()))
    );
    let sealed = std::fs::read(&list).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let sql = std::fs::read_to_string(desk.path("out").join("portico-postgresql.sql")).unwrap();
    // As `printf %s 'Tajne-Heslo-9!' | sha256sum` says.
    assert!(sql.contains("dc15f1b29c0687aa9eb9615cc0baebdbb65bb9213310b8cad75bf912c2a4945e") && !sql.contains("Tajne"));
    let after = desk.ok(&[&["show", "w.portico", "--user", "a.nowak", "--json"], &file[..]].concat());
    assert_eq!(after.json()["password"], "unchanged");

    // Without a passphrase nothing is kept.
    desk.ok(&["init", "open.portico", "--desk", "otobo", "--sample"]);
    let open = desk.run(&[
        "set",
        "open.portico",
        "--user",
        "a.nowak",
        "--password-file",
        "typed.txt",
    ]);
    assert!(open.code == 3 && open.err.contains("a passphrase"), "{open:?}");
    assert!(desk.ok(&["plan", "open.portico"]).out.contains("Nothing to export"));
}
