//! What a desk's import brought is not exported again, and what was changed is.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::session::Session;
use portico_api::types::transfer::ImportInput;
use portico_api::types::users::{GroupRight, SaveUser, UserQuery};
use portico_api::{desk, users};
use portico_core::actor::Actor;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures")
        .join(name)
}

fn import(session: &Session, name: &str) {
    let input = ImportInput {
        path: fixture(name).display().to_string(),
        bodies: "none".into(),
        settings: None,
        database: None,
        dry_run: false,
        table: None,
    };
    let never = Arc::new(AtomicBool::new(false));
    desk::import_desk(session, &input, "job", &mut |_| (), &never).unwrap();
}

fn imported(desk: &str, name: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(&folder.path().join("w.portico"), "Ours", desk, Actor::named("test")).unwrap();
    import(&session, name);
    (folder, session)
}

/// Changes the first person's remark.
fn change(session: &Session) -> String {
    let person = users::list_users(session, &UserQuery::default(), 0, 1)
        .unwrap()
        .rows
        .remove(0);
    let found = users::get_user(session, &person.id).unwrap();
    let mut form = found.form;
    form.description = "another remark".into();
    let input = SaveUser {
        id: Some(person.id),
        version: Some(found.version),
        form,
    };
    users::save_user(session, &input).unwrap();
    person.login
}

#[test]
fn nothing_of_an_import_is_pending_and_a_change_is_until_it_is_taken_back() {
    for (desk_id, name, target) in [
        ("zoho", "zoho-small", "calls.jsonl"),
        ("daktela", "daktela-small", "worklist.html"),
    ] {
        let (_folder, session) = imported(desk_id, name);
        let plan = desk::plan(&session).unwrap();
        assert_eq!(
            (plan.operations.len(), plan.not_exported.len()),
            (0, 0),
            "{desk_id}: {plan:?}"
        );
        change(&session);
        let plan = desk::plan(&session).unwrap();
        assert_eq!(
            (plan.operations.len(), plan.not_exported.len()),
            (1, 0),
            "{desk_id}: {plan:?}"
        );
        let operation = &plan.operations[0];
        assert_eq!(
            (operation.target.as_str(), operation.changes.len()),
            (target, 1),
            "{desk_id}"
        );
        assert!(operation.user.is_some(), "{desk_id}");
    }
}

#[test]
fn a_call_names_the_contact_by_its_number_and_keeps_its_key_until_the_next_import() {
    let (folder, session) = imported("zoho", "zoho-small");
    change(&session);
    let calls = |to: &str| -> serde_json::Value {
        let never = Arc::new(AtomicBool::new(false));
        let to = folder.path().join(to);
        desk::export_desk(&session, &to, None, "job", &mut |_| (), &never).unwrap();
        let text = std::fs::read_to_string(to.join("calls.jsonl")).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        serde_json::from_str(&text).unwrap()
    };
    let first = calls("first");
    let number = first["path"].as_str().unwrap().strip_prefix("/contacts/").unwrap();
    assert!(
        number.len() > 6 && number.chars().all(|c| c.is_ascii_digit()),
        "{first}"
    );
    assert_eq!(first["body"], serde_json::json!({ "description": "another remark" }));
    assert_eq!(first, calls("second"));
    std::thread::sleep(std::time::Duration::from_millis(5));
    import(&session, "zoho-small");
    let again = calls("third");
    assert_ne!(first["key"], again["key"]);
    assert_eq!(first["body"], again["body"]);
}

/// Gives each of the first people another remark and a right on a group.
fn change_many(session: &Session, people: u32) {
    for row in users::list_users(session, &UserQuery::default(), 0, people)
        .unwrap()
        .rows
    {
        let found = users::get_user(session, &row.id).unwrap();
        let mut form = found.form;
        form.description = format!("about {}", row.login);
        let held = |id: &str| form.groups.iter().any(|right| right.group == id);
        let group = found.groups.iter().find(|group| !held(&group.id)).unwrap().id.clone();
        form.groups.push(GroupRight {
            group,
            permissions: vec!["ro".into()],
        });
        let input = SaveUser {
            id: Some(row.id),
            version: Some(found.version),
            form,
        };
        users::save_user(session, &input).unwrap();
    }
}

#[test]
fn of_a_large_plan_the_first_are_shown_whole_and_all_are_counted() {
    let (_folder, session) = imported("otobo", "otobo-small/tables");
    change_many(&session, 5);
    let whole = desk::plan(&session).unwrap();
    assert_eq!((whole.operations.len(), whole.total, whole.concerns), (10, 10, 5));
    let first = desk::plan_of_first(&session, 2).unwrap();
    assert_eq!((first.total, first.concerns), (whole.total, whole.concerns));
    assert_eq!((&first.kinds, &first.mark), (&whole.kinds, &whole.mark));
    let kinds: Vec<(&str, u32)> = first
        .kinds
        .iter()
        .map(|kind| (kind.kind.as_str(), kind.count))
        .collect();
    assert_eq!(kinds, [("update", 5), ("link", 5)]);
    // Both operations of each, though links come after all people.
    let mut users: Vec<&str> = first.operations.iter().filter_map(|one| one.user.as_deref()).collect();
    users.sort_unstable();
    assert_eq!(users.len(), 4);
    assert_eq!((users[0], users[2]), (users[1], users[3]));
    assert_ne!(users[0], users[2]);
}
