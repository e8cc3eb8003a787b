//! What is printed: errors with their exit codes, the sample, scripts, plans as they always looked.

use serde_json::json;

use super::otobo;
use crate::common::{Desk, fixture};

#[test]
fn what_goes_wrong_is_told_on_stderr_with_its_exit_code() {
    let desk = Desk::new();
    let usage = desk.run(&["set", "w.portico", "--user", "x", "shoe=44"]);
    assert_eq!((usage.code, usage.out.as_str()), (2, ""));
    assert!(usage.err.contains("there is no field \"shoe\""), "{usage:?}");
    let missing = desk.run(&["users", "none.portico"]);
    assert_eq!((missing.code, missing.out.as_str()), (3, ""));
    assert!(missing.err.contains("none.portico"), "{missing:?}");
    desk.write(
        "text.portico",
        "no workspace, only text, and long enough to be looked at as a header of a file",
    );
    assert_eq!(desk.run(&["users", "text.portico"]).code, 3);
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    assert_eq!(
        desk.run(&["init", "w.portico", "--desk", "otobo"]).code,
        3,
        "a file is never overwritten"
    );
    assert_eq!(desk.run(&["init", "x.portico", "--desk", "paper"]).code, 3);
    let nobody = desk.run(&["show", "w.portico", "--user", "nobody"]);
    assert_eq!(nobody.code, 3);
    assert!(nobody.err.contains("nobody"), "{nobody:?}");
    assert_eq!(desk.run(&["undo", "w.portico"]).code, 3, "there is nothing to undo");
    assert_eq!(desk.run(&["users", "w.portico", "--where", "phone<1"]).code, 2);
}

#[test]
fn a_bad_source_is_told_with_file_line_and_column_and_nothing_is_written() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    std::fs::create_dir(desk.path("dump")).unwrap();
    for entry in std::fs::read_dir(fixture().join("tables")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), desk.path("dump").join(entry.file_name())).unwrap();
    }
    let queues = desk.read("dump/queue.csv");
    let broken = queues.replacen("2,Raw,1,", "2,Raw,777,", 1);
    assert_ne!(queues, broken);
    desk.write("dump/queue.csv", &broken);
    let ran = desk.run(&["import", "w.portico", "--from", "dump", "--database", "postgresql"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{ran:?}");
    assert!(
        ran.err.contains("queue.csv") && ran.err.contains("group_id") && ran.err.contains('3'),
        "{ran:?}"
    );
    assert_eq!(desk.json(&["users", "w.portico"])["total"], 0);
}

#[test]
fn the_sample_tells_its_story() {
    let desk = Desk::new();
    let init = desk.json(&["init", "s.portico", "--desk", "otobo", "--sample"]);
    assert_eq!(
        (&init["added"]["tickets"], &init["unknown"]),
        (&json!(6000), &json!([]))
    );
    let openable = || {
        desk.json(&["preview", "s.portico", "--user", "a.nowak"])["openable"]
            .as_object()
            .unwrap()
            .len()
    };
    let seen = openable();
    desk.ok(&["set", "s.portico", "--user", "a.nowak", "accounts-=PRJ-EINVOICE"]);
    let left = openable();
    assert!(seen > left + 300, "she saw {seen}, now {left}");
    let names = desk.json(&["users", "s.portico", "--search", "ηλ"]);
    assert!(names["total"].as_u64().is_some());
}

#[test]
fn a_generated_workspace_has_what_was_asked_for() {
    let desk = Desk::new();
    let made = desk.json(&[
        "generate",
        "g.portico",
        "--users",
        "300",
        "--tickets",
        "2000",
        "--desk",
        "otobo",
        "--seed",
        "3",
    ]);
    assert_eq!(
        (&made["counts"]["users"], &made["counts"]["tickets"]),
        (&json!(300), &json!(2000))
    );
    assert_eq!(desk.json(&["users", "g.portico", "--limit", "5"])["total"], 300);
}

#[test]
fn scripts_completions_and_the_manual_are_printed() {
    let desk = Desk::new();
    let script = desk.ok(&["dump-script", "--desk", "otobo", "--db", "postgresql"]).out;
    assert!(script.contains("customer_user") && !script.contains(" pw,"), "{script}");
    assert!(
        desk.ok(&["dump-script", "--desk", "otobo", "--db", "mariadb"])
            .out
            .contains("mysql")
    );
    assert!(desk.ok(&["completions", "bash"]).out.contains("porticoctl"));
    assert!(desk.ok(&["man"]).out.contains(".TH porticoctl"));
    let help = desk.ok(&["--help"]).out;
    for verb in ["import", "preview", "why", "plan", "export", "undo", "generate"] {
        assert!(help.contains(verb), "{help}");
    }
    assert!(!help.contains("completions") && !help.contains("team"), "{help}");
}

#[test]
fn a_plan_looks_as_it_always_did() {
    let desk = otobo();
    desk.ok(&[
        "set",
        "w.portico",
        "--user",
        "anna",
        "email=anna@acme.example",
        "status=invalid",
        "groups=ext-std:ro",
    ]);
    desk.ok(&["set", "w.portico", "--user", "dora", "accounts=ACME", "account=GAMMA"]);
    let renamed = desk.run(&["set", "w.portico", "--user", "ben", "login=benjamin"]);
    assert_eq!(renamed.code, 1, "done, with something to see: {renamed:?}");
    golden("cli-plan.json", &desk.run(&["plan", "w.portico", "--json"]).out);
    golden("cli-plan.txt", &desk.run(&["plan", "w.portico"]).out);
    golden(
        "cli-show.json",
        &desk.run(&["show", "w.portico", "--user", "anna", "--json"]).out,
    );
}

/// Compares with a golden file; with `UPDATE_GOLDEN` set it is written instead.
fn golden(name: &str, ours: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, ours).unwrap();
    }
    let theirs = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        theirs == ours,
        "{name} differs; look at it, then run with UPDATE_GOLDEN=1\n{ours}"
    );
}
