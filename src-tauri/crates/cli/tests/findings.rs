//! `findings`: exit codes, shapes, muting.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Desk;
use serde_json::Value;

fn sample(desk_name: &str) -> Desk {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", desk_name, "--sample"]);
    desk
}

fn kind<'a>(counts: &'a Value, id: &str) -> &'a Value {
    let kinds = counts["kinds"].as_array().unwrap();
    kinds.iter().find(|kind| kind["id"] == id).unwrap()
}

#[test]
fn findings_are_counted_listed_muted_and_shown_again() {
    let desk = sample("otobo");
    let login = desk.json(&["users", "w.portico", "--limit", "1"])["users"][0]["login"].clone();
    let login = login.as_str().unwrap();
    // A day that is over is worth a warning, and saved.
    assert_eq!(
        desk.run(&["set", "w.portico", "--user", login, "expires=2020-01-01"])
            .code,
        1
    );

    let ran = desk.run(&["findings", "w.portico", "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let before = ran.json();
    assert_eq!(kind(&before, "expired")["shown"], 1);
    assert_eq!(kind(&before, "expired")["about"], "external_user");
    let total = before["total"].as_u64().unwrap();
    let sum: u64 = before["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["shown"].as_u64().unwrap())
        .sum();
    assert_eq!(total, sum);

    let ran = desk.run(&["findings", "w.portico", "--kind", "expired", "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let listed = ran.json();
    let one = &listed["findings"][0];
    assert_eq!(
        (&one["login"], &one["note"]),
        (&login.into(), &"2020-01-01".into()),
        "{listed}"
    );
    assert_eq!(one["fix"]["how"], "offboard");
    let text = desk.run(&["findings", "w.portico", "--kind", "expired"]);
    assert!(text.out.contains(login) && text.out.contains("2020-01-01"), "{text:?}");

    desk.ok(&[
        "findings",
        "w.portico",
        "--mute",
        one["key"].as_str().unwrap(),
        "--reason",
        "stays until spring",
    ]);
    let ran = desk.run(&["findings", "w.portico", "--kind", "expired", "--json"]);
    assert_eq!((ran.code, ran.json()["total"].clone()), (0, 0.into()), "{ran:?}");
    let muted = desk.run(&["findings", "w.portico", "--json"]).json();
    assert_eq!(kind(&muted, "expired")["muted"], 1);
    assert_eq!(muted["total"], total - 1);
    desk.ok(&["undo", "w.portico"]);
    let again = desk.run(&["findings", "w.portico", "--json"]).json();
    assert_eq!(again, before, "undo shows it again");

    desk.ok(&["findings", "w.portico", "--mute", "expired"]);
    let of_kind = desk.run(&["findings", "w.portico", "--kind", "expired", "--json"]);
    assert_eq!((of_kind.code, of_kind.json()["total"].clone()), (0, 0.into()));
    desk.ok(&["findings", "w.portico", "--unmute", "expired"]);
    assert_eq!(desk.run(&["findings", "w.portico", "--json"]).json(), before);
    assert_ne!(
        desk.run(&["findings", "w.portico", "--unmute", "expired"]).code,
        0,
        "it is not muted"
    );
}

#[test]
fn a_kind_that_the_desk_does_not_have_is_no_finding() {
    let desk = sample("daktela");
    let counts = desk.run(&["findings", "w.portico", "--json"]).json();
    assert!(
        counts["kinds"]
            .as_array()
            .unwrap()
            .iter()
            .all(|kind| kind["id"] != "licences_exceeded")
    );
    for wrong in ["licences_exceeded", "shoe"] {
        let ran = desk.run(&["findings", "w.portico", "--kind", wrong]);
        assert!(ran.code > 1 && ran.err.contains(wrong), "{ran:?}");
        let ran = desk.run(&["findings", "w.portico", "--mute", wrong]);
        assert!(ran.code > 1 && ran.err.contains(wrong), "{ran:?}");
    }
}

#[test]
fn every_sample_can_be_looked_through() {
    for name in ["daktela", "elma365", "innosoft", "otobo", "zoho"] {
        let desk = sample(name);
        let ran = desk.run(&["findings", "w.portico", "--json"]);
        let counts = ran.json();
        assert!(ran.code <= 1, "{name}: {ran:?}");
        // A sample tells a story; its findings can be read one by one.
        assert!(counts["total"].as_u64().unwrap() < 60, "{name}: {counts}");
        for kind in counts["kinds"].as_array().unwrap() {
            let id = kind["id"].as_str().unwrap();
            let listed = desk.run(&["findings", "w.portico", "--kind", id, "--json"]).json();
            assert_eq!(listed["total"], kind["shown"], "{name} {id}");
        }
    }
}
