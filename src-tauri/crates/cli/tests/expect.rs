//! `expect` and `check`: exit codes, shapes, sentences.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, answer_files};
use serde_json::{Value, json};

fn otobo() -> Desk {
    Desk::with_otobo(&answer_files()[2])
}

/// Somebody who sees a ticket, and its number.
fn seen(desk: &Desk) -> (String, String) {
    let users = desk.json(&["users", "w.portico"])["users"].clone();
    for user in users.as_array().unwrap() {
        let login = user["login"].as_str().unwrap();
        let preview = desk.json(&["preview", "w.portico", "--user", login]);
        let openable = preview["openable"].as_object().unwrap();
        let first = openable.keys().next().filter(|_| preview["may_log_in"] == true);
        if let Some(number) = first {
            return (login.to_owned(), number.clone());
        }
    }
    panic!("nobody sees anything");
}

#[test]
fn an_expectation_is_added_checked_broken_and_removed() {
    let desk = otobo();
    let (login, number) = seen(&desk);
    let (who, what) = (format!("user={login}"), format!("ticket={number}"));
    let added = desk.json(&["expect", "w.portico", "add", &who, "sees", &what]);
    assert_eq!(added["added"][0]["what_name"], number.as_str());
    assert_eq!(
        desk.json(&["expect", "w.portico", "add", &who, "sees", &what]),
        json!({ "added": [] }),
        "it is expected already"
    );
    let opposite = desk.run(&["expect", "w.portico", "add", &who, "never", &what]);
    assert!(
        opposite.code > 1 && opposite.err.contains("never sees") || opposite.err.contains("sees"),
        "{opposite:?}"
    );
    let ran = desk.run(&["check", "w.portico", "--json"]);
    assert_eq!((ran.code, ran.json()["held"].clone()), (0, 1.into()), "{ran:?}");

    let set = desk.run(&["set", "w.portico", "--user", &login, "status=invalid"]);
    assert!(set.code <= 1, "{set:?}");
    let ran = desk.run(&["check", "w.portico", "--json"]);
    assert_eq!((ran.code, ran.json()["broken"].clone()), (1, 1.into()), "{ran:?}");
    let example = &ran.json()["expectations"][0]["examples"][0];
    assert_eq!((&example["login"], &example["ticket"]), (&json!(login), &json!(number)));
    let text = desk.run(&["check", "w.portico"]);
    assert!(
        text.out.starts_with("broken: ") && text.out.contains(&login),
        "{text:?}"
    );
    desk.ok(&["undo", "w.portico"]);
    assert_eq!(desk.run(&["check", "w.portico"]).code, 0);

    let list = desk.json(&["expect", "w.portico", "list"]);
    let id = list["expectations"][0]["id"].as_str().unwrap().to_owned();
    desk.ok(&["expect", "w.portico", "remove", &id]);
    assert_eq!(desk.json(&["expect", "w.portico", "list"])["expectations"], json!([]));
    desk.ok(&["undo", "w.portico"]);
    assert_eq!(desk.json(&["expect", "w.portico", "list"]), list, "undo brings it back");
}

#[test]
fn what_a_person_sees_today_becomes_expectations_that_hold() {
    let desk = otobo();
    let users = desk.json(&["users", "w.portico"])["users"].clone();
    let logins = users
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["login"].as_str().unwrap());
    let proposed = logins.map(|login| {
        let proposed = desk.json(&["expect", "w.portico", "from", "--user", login, "--dry-run"]);
        (login.to_owned(), proposed["proposed"].as_array().unwrap().clone())
    });
    // Somebody who sees some queues and not others.
    let of_both = |(_, rows): &(String, Vec<Value>)| {
        [true, false]
            .iter()
            .all(|sees| rows.iter().any(|row| row["sees"] == *sees))
    };
    let (login, proposed) = proposed.into_iter().find(of_both).unwrap();
    assert_eq!(
        desk.json(&["expect", "w.portico", "list"])["expectations"],
        json!([]),
        "nothing is added yet"
    );
    let added = desk.json(&["expect", "w.portico", "from", "--user", &login]);
    assert_eq!(added["added"].as_array().unwrap().len(), proposed.len());
    let ran = desk.run(&["check", "w.portico", "--json"]);
    assert_eq!(
        (ran.code, ran.json()["held"].clone()),
        (0, proposed.len().into()),
        "{ran:?}"
    );
    let again = desk.json(&["expect", "w.portico", "from", "--user", &login, "--dry-run"]);
    assert_eq!(again["proposed"], json!([]));
}

#[test]
fn what_cannot_be_expected_is_refused() {
    let desk = otobo();
    for (who, what, says) in [
        ("user=nobody", "field=queue", "nobody"),
        ("everyone", "queue=Nowhere", "Nowhere"),
        ("everyone", "ticket=77", "77"),
        ("everyone", "field=shoe", "shoe"),
        ("everyone", "address=1", "address"),
        ("somebody", "field=queue", "everyone, user=LOGIN"),
        ("everyone", "shoe=1", "ticket=NUMBER"),
    ] {
        let ran = desk.run(&["expect", "w.portico", "add", who, "never", what]);
        assert!(ran.code > 1 && ran.err.contains(says), "{who} {what}: {ran:?}");
    }
    let kept: Value = desk.json(&["expect", "w.portico", "list"]);
    assert_eq!(kept["expectations"], json!([]));
}
