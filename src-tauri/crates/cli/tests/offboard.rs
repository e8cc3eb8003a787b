//! `offboard` as a program.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Desk;
use serde_json::json;

fn sample() -> Desk {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    desk
}

#[test]
fn people_leave_as_one_change_that_can_be_taken_back() {
    let desk = sample();
    let before = desk
        .ok(&["show", "w.portico", "--user", "jana.novakova", "--json"])
        .json();
    assert_ne!(before["groups"], json!([]));
    desk.write("leavers.txt", "jana.novakova\na.nowak\n");
    let all = [
        "offboard",
        "w.portico",
        "--users-from",
        "leavers.txt",
        "--until",
        "2026-11-26",
        "--json",
    ];
    let dry = desk.ok(&[&all[..], &["--dry-run"]].concat()).json();
    assert_eq!(
        (&dry["people"], &dry["changed"], &dry["change"]),
        (&json!(2), &json!(2), &json!(null))
    );
    assert!(dry["exposure"]["lost"].as_u64().unwrap() > 0);
    assert_eq!(dry["exposure"]["logins_lost"], json!(2));
    assert_eq!(
        desk.ok(&["show", "w.portico", "--user", "jana.novakova", "--json"])
            .json(),
        before
    );
    let done = desk.ok(&all).json();
    assert_eq!(done["users"], dry["users"], "the rehearsal said what would happen");
    assert!(done["change"].as_u64().is_some());
    let after = desk
        .ok(&["show", "w.portico", "--user", "jana.novakova", "--json"])
        .json();
    assert_eq!(
        (&after["status"], &after["groups"], &after["expires"]),
        (&json!("invalid"), &json!([]), &json!("2026-11-26"))
    );
    assert_eq!(
        after["account"], before["account"],
        "what the desk wants filled in stays"
    );
    let log = desk.ok(&["log", "w.portico", "--limit", "1", "--json"]).json();
    assert_eq!(log["changes"][0]["intent"], json!("intent.offboard"));
    desk.ok(&["undo", "w.portico"]);
    assert_eq!(
        desk.ok(&["show", "w.portico", "--user", "jana.novakova", "--json"])
            .json(),
        before
    );
}

#[test]
fn what_is_kept_stays_and_nonsense_is_refused() {
    let desk = sample();
    let before = desk
        .ok(&["show", "w.portico", "--user", "jana.novakova", "--json"])
        .json();
    let said = desk.ok(&["offboard", "w.portico", "--user", "jana.novakova", "--keep", "groups"]);
    assert!(said.out.contains("jana.novakova: status valid -> invalid"), "{said:?}");
    let after = desk
        .ok(&["show", "w.portico", "--user", "jana.novakova", "--json"])
        .json();
    assert_eq!(after["groups"], before["groups"]);
    let unknown = desk.run(&["offboard", "w.portico", "--user", "nobody"]);
    assert_eq!(unknown.code, 3, "{unknown:?}");
    let field = desk.run(&["offboard", "w.portico", "--user", "jana.novakova", "--keep", "shoes"]);
    assert_eq!(field.code, 2, "{field:?}");
}

/// Between these two it is never the same day.
#[test]
fn the_last_day_of_access_is_the_day_it_is_where_the_program_runs() {
    let desk = sample();
    let ends = |zone: &str| {
        let asked = [
            "offboard",
            "w.portico",
            "--user",
            "jana.novakova",
            "--dry-run",
            "--json",
        ];
        let told = desk.run_with(&asked, &[("TZ", zone)]).json();
        told["users"][0]["expires"][1].clone()
    };
    let (east, west) = (ends("Pacific/Kiritimati"), ends("Pacific/Pago_Pago"));
    assert!(east.as_str() > west.as_str(), "{east} {west}");
}
