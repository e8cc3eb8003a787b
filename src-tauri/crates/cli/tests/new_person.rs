//! `set --new`: adding a person.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, answer_files};
use serde_json::Value;

fn logins(desk: &Desk) -> Vec<String> {
    let users = desk.json(&["users", "w.portico"])["users"].clone();
    let logins = users.as_array().unwrap().iter();
    logins.map(|user| user["login"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_person_is_added_with_the_rights_of_another_and_taken_back() {
    let desk = Desk::with_otobo(&answer_files()[2]);
    let before = logins(&desk);
    let show = |login: &str| desk.json(&["show", "w.portico", "--user", login]);
    let rights = |shown: &Value| (shown["groups"].clone(), shown["account"].clone());
    // Somebody who has rights to give.
    let like = before.iter().find(|login| {
        let groups = rights(&show(login)).0;
        groups.as_array().is_some_and(|all| !all.is_empty()) || groups.as_object().is_some_and(|all| !all.is_empty())
    });
    let like = like.unwrap_or_else(|| panic!("{:#}", show(&before[0]))).clone();
    let mut words = vec!["set", "w.portico", "--new", "eva.maier", "--like", &like];
    words.extend(["first_name=Eva", "last_name=Maier", "email=eva@maier.example"]);

    let mut dry = words.clone();
    dry.push("--dry-run");
    assert!(desk.ok(&dry).out.contains("eva.maier: last_name: (empty) -> Maier"));
    assert_eq!(logins(&desk), before, "nothing is written yet");

    desk.ok(&words);
    assert_eq!(rights(&show("eva.maier")), rights(&show(&like)));
    assert_eq!(show("eva.maier")["email"], "eva@maier.example");
    assert_eq!(logins(&desk).len(), before.len() + 1);

    let again = desk.run(&words);
    assert_eq!(again.code, 3, "{again:?}");
    assert!(again.err.contains("eva.maier"), "{again:?}");
    desk.ok(&["undo", "w.portico"]);
    assert_eq!(logins(&desk), before);
}

#[test]
fn what_the_form_refuses_is_refused() {
    let desk = Desk::with_otobo(&answer_files()[2]);
    let before = logins(&desk);
    let ran = desk.run(&["set", "w.portico", "--new", "eva.maier"]);
    assert_eq!(ran.code, 3, "mandatory fields are missing: {ran:?}");
    assert!(ran.err.contains("last_name") || ran.err.contains("email"), "{ran:?}");
    let both = desk.run(&[
        "set",
        "w.portico",
        "--new",
        "eva.maier",
        "--user",
        &before[0],
        "phone=1",
    ]);
    assert_eq!(both.code, 2, "{both:?}");
    let unlike = desk.run(&[
        "set",
        "w.portico",
        "--user",
        &before[0],
        "--like",
        &before[0],
        "phone=1",
    ]);
    assert_eq!(unlike.code, 2, "{unlike:?}");
    assert_eq!(logins(&desk), before);
}
