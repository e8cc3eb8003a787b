//! What lies in an export of the desks that are written by calls and by hand, as files that a person can read
//! (tests/golden/exports). `PORTICO_WRITE_GOLDEN=1 cargo test -p portico-desks --test exports` writes them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test may panic; a desk's changes are told in one piece; the names are ours"
)]

mod others;
mod told;

use std::path::{Path, PathBuf};

use portico_desks::error::DeskError;
use portico_desks::plan::{Kind, Plan, PlanInput};
use portico_desks::registry;
use portico_desks::writer::{ExportFile, Occasion, Passwords};

use crate::others::{daktela, elma365, innosoft};
use crate::told::{Told, zoho};

const DESKS: [&str; 4] = ["daktela", "elma365", "innosoft", "zoho"];

fn input(desk: &str) -> PlanInput {
    let told = match desk {
        "zoho" => zoho(),
        "daktela" => daktela(),
        "elma365" => elma365(),
        _ => innosoft(),
    };
    PlanInput {
        initial_passwords: true,
        ..told.0
    }
}

fn occasion() -> Occasion {
    Occasion {
        workspace: "Ours & theirs".to_owned(),
        date: "2026-11-26".to_owned(),
        base: "2026-11-25T08:00:00Z".to_owned(),
    }
}

fn write(desk: &str, plan: &Plan, occasion: &Occasion) -> Result<Vec<ExportFile>, DeskError> {
    let keys = plan
        .operations
        .iter()
        .map(|o| (o.key.clone(), "Secret-Word-9!".to_owned().into()));
    registry::writer(desk)
        .unwrap()
        .write(plan, &keys.collect::<Passwords>(), occasion)
}

fn files(desk: &str, input: &PlanInput) -> Vec<ExportFile> {
    let plan = registry::writer(desk).unwrap().plan(input);
    assert_eq!(plan.refused, Vec::<String>::new(), "{desk}");
    write(desk, &plan, &occasion()).unwrap()
}

fn folder(desk: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/exports")
        .join(desk)
}

#[test]
fn the_files_are_as_they_were_reviewed() {
    for desk in DESKS {
        let folder = folder(desk);
        let files = files(desk, &input(desk));
        if std::env::var_os("PORTICO_WRITE_GOLDEN").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            for file in &files {
                std::fs::write(folder.join(file.name), &file.text).unwrap();
            }
        }
        for file in &files {
            let kept = std::fs::read_to_string(folder.join(file.name)).unwrap();
            assert_eq!(
                file.text, kept,
                "{desk} {}: look at it, then run with PORTICO_WRITE_GOLDEN=1",
                file.name
            );
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), files.len(), "{desk}");
    }
}

#[test]
fn the_order_in_which_changes_come_is_no_matter() {
    for desk in DESKS {
        let mut turned = input(desk);
        turned.pending.reverse();
        assert_eq!(files(desk, &input(desk)), files(desk, &turned), "{desk}");
    }
}

#[test]
fn no_password_stands_in_a_file_and_the_worklist_asks_for_it() {
    for desk in DESKS {
        let files = files(desk, &input(desk));
        assert!(files.iter().all(|file| !file.text.contains("Secret-Word-9!")), "{desk}");
        let list = files.iter().find(|file| file.name == "worklist.csv").unwrap();
        assert_eq!(
            list.text.contains("Password: set"),
            matches!(desk, "daktela" | "innosoft"),
            "{desk}"
        );
    }
}

#[test]
fn nothing_in_a_page_is_markup_of_a_field_and_no_cell_begins_a_formula() {
    for desk in DESKS {
        for file in files(desk, &input(desk)) {
            if file.name.ends_with(".html") {
                assert!(!file.text.contains("<script") && !file.text.contains("<b>"), "{desk}");
            }
            if file.name.ends_with(".csv") {
                let text = file.text.trim_start_matches('\u{feff}');
                for row in csv::Reader::from_reader(text.as_bytes()).records() {
                    for cell in &row.unwrap() {
                        let dialled = cell.starts_with("+49 ") && file.name != "worklist.csv";
                        assert!(
                            dialled || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                            "{desk}: {cell}"
                        );
                    }
                }
            }
        }
    }
}

/// Lines of `calls.jsonl`.
#[test]
fn who_is_new_is_told_where_to_log_in_where_that_is_known() {
    let told = |input: &PlanInput| {
        let files = files("daktela", input);
        let list = files.iter().find(|file| file.name == "worklist.csv").unwrap();
        let lines = list.text.lines().filter(|line| line.contains("logs in at"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(told(&input("daktela")).is_empty(), "nobody said where");
    let known = PlanInput {
        settings: vec![("Portal::Instance".to_owned(), "\"desk.example.org\"".to_owned())],
        ..input("daktela")
    };
    let lines = told(&known);
    assert_eq!(lines.len(), 1, "only who is new: {lines:?}");
    assert!(lines[0].contains("Tell the person that she logs in at https://desk.example.org/clients/login as eve"));
}

fn calls(input: &PlanInput) -> Vec<serde_json::Value> {
    let files = files("zoho", input);
    let text = &files.iter().find(|file| file.name == "calls.jsonl").unwrap().text;
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_placeholder_of_a_call_is_given_by_an_earlier_one() {
    let mut given = vec!["{{helpCenter}}".to_owned()];
    let calls = calls(&input("zoho"));
    assert!(calls.len() >= 12);
    for call in calls {
        let sent = format!("{} {}", call["path"].as_str().unwrap(), call["body"]);
        for part in sent.split("{{").skip(1) {
            let name = format!("{{{{{}}}}}", part.split("}}").next().unwrap());
            assert!(given.contains(&name), "{name} in {sent}");
        }
        given.extend(
            call["answers"]
                .as_object()
                .into_iter()
                .flat_map(|all| all.keys().cloned()),
        );
    }
}

#[test]
fn a_call_keeps_its_key_whatever_else_is_exported_with_it() {
    let keys = |input: &PlanInput| -> Vec<String> {
        calls(input)
            .iter()
            .map(|call| call["key"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = keys(&input("zoho"));
    let mut distinct = all.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), all.len());
    let mut fewer = input("zoho");
    fewer.pending.retain(|p| p.entity == "external_user");
    let some = keys(&fewer);
    assert!(some.len() >= 3 && some.iter().all(|key| all.contains(key)));
}

#[test]
fn no_call_takes_an_account_from_a_contact_and_none_deletes() {
    for call in calls(&input("zoho")) {
        let text = call.to_string();
        assert!(!text.contains("issociate") && call["method"] != "DELETE", "{text}");
    }
}

#[test]
fn what_the_desk_would_not_take_refuses_the_whole_export() {
    let long = "x".repeat(201);
    let person = |last: &str, zip: &str| {
        Told::default().row(
            "external_user",
            "e@x.example",
            "E",
            None,
            Some(&[
                ("login", "e@x.example"),
                ("email", "e@x.example"),
                ("last_name", last),
                ("zip", zip),
                ("status", "invalid"),
            ]),
        )
    };
    for (told, word) in [
        (person(&long, ""), "201 characters"),
        (person("", ""), "must not be empty"),
        (person("E\0", ""), "NUL"),
        (person("E", "D-52062"), "digits only"),
        (
            person("E", "").row(
                "external_user",
                "E@x.example",
                "E",
                None,
                Some(&[("login", "E@X.example"), ("last_name", "E"), ("status", "invalid")]),
            ),
            "2 times",
        ),
        (
            person("E", "").row(
                "external_user",
                "9",
                "N",
                Some(&[("login", "n"), ("last_name", "N"), ("status", "valid")]),
                Some(&[("login", "n"), ("last_name", "N"), ("status", "dead")]),
            ),
            "no status",
        ),
    ] {
        let plan = registry::writer("zoho").unwrap().plan(&told.0);
        // Nothing demands what is not there.
        if word == "must not be empty" {
            assert!(
                plan.refused.iter().any(|r| r.contains("last_name")),
                "{:?}",
                plan.refused
            );
        }
        assert!(
            plan.refused.iter().any(|reason| reason.contains(word)),
            "{word}: {:?}",
            plan.refused
        );
        assert!(matches!(write("zoho", &plan, &occasion()), Err(DeskError::Refused(_))));
    }
    assert!(
        registry::writer("zoho")
            .unwrap()
            .plan(&person("E", "52062").0)
            .refused
            .is_empty()
    );
}

#[test]
fn a_record_that_only_links_name_is_not_exported() {
    for desk in DESKS {
        let ghost: &[_] = &[("login", "ghost"), ("last_name", "G"), ("present", "0")];
        let told = Told::default().row("external_user", "ghost", "", Some(ghost), Some(ghost));
        let plan = registry::writer(desk).unwrap().plan(&told.0);
        assert_eq!(
            (plan.operations.len(), plan.not_exported[0].code),
            (0, "not_exported.placeholder"),
            "{desk}"
        );
    }
}

#[test]
fn what_ends_comes_last_and_what_is_referred_to_first() {
    for desk in DESKS {
        let plan = registry::writer(desk).unwrap().plan(&input(desk));
        let place = |kind: Kind| plan.operations.iter().position(|o| o.kind == kind);
        let last = |kind: Kind| plan.operations.iter().rposition(|o| o.kind == kind);
        assert_eq!(last(Kind::Deactivate), Some(plan.operations.len() - 1), "{desk}");
        assert!(last(Kind::Create) < place(Kind::Link), "{desk}");
        assert!(last(Kind::Link) < place(Kind::Unlink), "{desk}");
        let people = plan.operations.iter().position(|o| o.entity == "external_user");
        let others = plan
            .operations
            .iter()
            .rposition(|o| o.kind == Kind::Create && o.entity != "external_user");
        assert!(others < people, "{desk}");
    }
}

#[test]
fn an_invitation_goes_only_to_whom_it_helps() {
    let person = |status: &str, email: &str, now: &str| {
        let base = [
            ("login", "a"),
            ("last_name", "A"),
            ("first_name", "A"),
            ("email", email),
            ("status", status),
            ("password", "unchanged"),
        ];
        let current = [
            ("login", "a"),
            ("last_name", "A"),
            ("first_name", "A"),
            ("email", email),
            ("status", now),
            ("password", "invitation"),
        ];
        Told::default()
            .row("external_user", "1", "A", Some(&base), Some(&current))
            .0
    };
    let codes = |desk: &str, input: &PlanInput| -> Vec<&'static str> {
        let plan = registry::writer(desk).unwrap().plan(input);
        let invites = plan
            .operations
            .iter()
            .filter(|o| o.new_value("password") == "invitation")
            .map(|_| "invited");
        invites.chain(plan.not_exported.iter().map(|n| n.code)).collect()
    };
    assert_eq!(codes("zoho", &person("invalid", "a@a.example", "valid")), ["invited"]);
    assert_eq!(
        codes("zoho", &person("valid", "a@a.example", "valid")),
        ["not_exported.invited_already"]
    );
    assert_eq!(
        codes("zoho", &person("invalid", "a@a.example", "invalid")),
        ["not_exported.invited_closed"]
    );
    assert_eq!(
        codes("zoho", &person("invalid", "", "valid")),
        ["not_exported.invitation_email"]
    );
    assert_eq!(
        codes("elma365", &person("not-registered", "a@a.example", "not-registered")),
        ["invited"]
    );
    assert_eq!(
        codes("daktela", &person("valid", "a@a.example", "valid")),
        ["not_exported.password_way"]
    );
}
