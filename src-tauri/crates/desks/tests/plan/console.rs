//! Calls of the desk's console, and how every way in ends.

use portico_desks::plan::Plan;
use portico_desks::registry;
use portico_desks::writer::{Occasion, Passwords};

use super::{fields, pending, person, plan};

/// What the console would be called with, by a console that prints its words.
fn called(plan: &Plan) -> Option<Vec<Vec<String>>> {
    use std::os::unix::fs::PermissionsExt as _;
    let files = registry::writer("otobo")
        .unwrap()
        .write(plan, &Passwords::new(), &Occasion::default())
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let console = folder.path().join("console");
    std::fs::write(
        &console,
        "#!/bin/sh\nprintf '%s\\0' \"$@\" >> words; printf '\\001\\0' >> words\n",
    )
    .unwrap();
    std::fs::set_permissions(&console, std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = folder.path().join("script.sh");
    std::fs::write(
        &script,
        &files.iter().find(|f| f.name == "portico-console.sh").unwrap().text,
    )
    .unwrap();
    let out = std::process::Command::new("bash")
        .arg(&script)
        .env("OTOBO_HOME", folder.path())
        .env("CONSOLE", "./console")
        .env_remove("ALLOW_ROOT")
        .output()
        .ok()?;
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let words = std::fs::read_to_string(folder.path().join("words")).unwrap();
    let mut calls = vec![Vec::new()];
    for word in words.split_terminator('\0') {
        if word == "\u{1}" {
            calls.push(Vec::new());
        } else {
            calls.last_mut().unwrap().push(word.to_owned());
        }
    }
    calls.pop();
    let inside: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(inside.len(), 3, "nothing else was run: {inside:?}");
    Some(calls)
}

#[test]
fn the_console_gets_the_words_as_they_are() {
    let nasty = "O'Neil\\ $(touch x) `touch y` \"q\"; touch z\n😀 !!";
    let link = |user: &str| fields(&[("user", user), ("group", nasty), ("permission", "rw")]);
    let plan = plan(vec![
        pending(
            "external_user",
            nasty,
            None,
            Some(person(nasty, &[("first_name", nasty)])),
        ),
        pending("external_user", "more", None, Some(person("more", &[("phone", "1")]))),
        pending("external_user", "-dash", None, Some(person("-dash", &[]))),
        pending("permission_group", nasty, None, Some(fields(&[("name", nasty)]))),
        pending("user_group", "1", None, Some(link(nasty))),
        pending("user_group", "2", None, Some(link("more"))),
        pending(
            "external_user",
            "ben",
            Some(person("ben", &[])),
            Some(person("ben", &[("status", "invalid")])),
        ),
    ]);
    let Some(calls) = called(&plan) else { return };
    let words = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        calls,
        [
            words(&["Admin::Group::Add", "--name", nasty]),
            words(&[
                "Admin::CustomerUser::Add",
                "--user-name",
                nasty,
                "--first-name",
                nasty,
                "--last-name",
                "B",
                "--email-address",
                "a@b.example",
                "--customer-id",
                "ACME",
            ]),
            words(&[
                "Admin::Group::CustomerLink",
                "--customer-user-login",
                nasty,
                "--group-name",
                nasty,
                "--permission",
                "rw"
            ]),
            words(&["Maint::Cache::Delete"]),
        ]
    );
}

#[test]
fn every_way_in_ends_with_the_cache_and_says_why() {
    let plan = plan(vec![pending(
        "external_user",
        "new\n*/ drop",
        None,
        Some(person("new\n*/ drop", &[])),
    )]);
    let files = registry::writer("otobo")
        .unwrap()
        .write(&plan, &Passwords::new(), &Occasion::default())
        .unwrap();
    assert_eq!(files.len(), 4);
    for file in &files {
        assert!(file.text.contains("Maint::Cache::Delete"), "{}", file.name);
        assert!(file.text.contains("keep their old rights"), "{}", file.name);
        let mut comments = file.text.lines().filter(|l| l.starts_with("--") || l.starts_with('#'));
        assert!(comments.all(|l| !l.contains("*/")), "{}", file.name);
    }
    let readme = &files[0].text;
    assert!(
        readme.contains("Operations: 1") && readme.contains("no password goes with it"),
        "{readme}"
    );
}
