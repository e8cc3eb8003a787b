//! Records that others use, and records that refer to records: deleting, unlinking, moving.

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::form::FieldValue;
use portico_api::types::records::RecordQuery;
use portico_api::types::users::{SaveUser, UserForm};
use portico_api::{forms, history, records, users};
use portico_core::form::registry::DESKS;

use super::{create, filled, form_of, get, how, made_for, person_with, save, text};

fn value_of(session: &Session, user: &str, field: &str) -> FieldValue {
    users::get_user(session, user).unwrap().form.value(field).unwrap()
}

/// Every field of people that refers to a kind of record, on the desk that has both.
fn uses_by_people() -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    for desk in DESKS {
        let (session, _folder) = made_for(desk);
        let forms = forms::desk_form(&session).unwrap();
        for field in forms.user.fields.iter().filter(|f| f.known && !f.entity.is_empty()) {
            if forms.entities.iter().any(|form| form.entity == field.entity) {
                found.push((*desk, field.entity.clone(), field.name.clone()));
            }
        }
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

#[test]
fn what_people_use_is_not_deleted_but_moved_or_unlinked_and_undo_brings_all_back() {
    for (desk, entity, field) in uses_by_people() {
        let which = format!("{desk} {entity} {field}");
        let (session, _folder) = made_for(desk);
        let (old, new) = (create(&session, &entity, "Old"), create(&session, &entity, "New"));
        let form = forms::desk_form(&session).unwrap().user;
        let required: Vec<_> = form
            .fields
            .iter()
            .filter(|f| f.required && f.kind == "one" && f.name != field)
            .collect();
        if !required.is_empty() {
            // The desk wants another reference as well; OTOBO's account is the only one.
            assert_eq!(required[0].name, "account", "{which}");
            account_first(&session, &entity, &field, &old, &new);
            continue;
        }
        let user = person_with(&session, &field, &old);
        check_uses(&session, &entity, &field, &old, &new, &user);
    }
}

fn account_first(session: &Session, entity: &str, field: &str, old: &str, new: &str) {
    let account = create(session, "account", "HOME");
    let mut form = UserForm {
        login: "uta".to_owned(),
        first_name: "Uta".to_owned(),
        last_name: "User".to_owned(),
        email: "uta@a.example".to_owned(),
        account,
        ..users::new_user(session, None).unwrap().form
    };
    let value = match form.value(field).unwrap() {
        FieldValue::List(_) => FieldValue::List(vec![old.to_owned()]),
        FieldValue::Groups(_) => FieldValue::Groups(vec![portico_api::types::users::GroupRight {
            group: old.to_owned(),
            permissions: vec!["ro".to_owned()],
        }]),
        _ => text(old),
    };
    form.put(field, value).unwrap();
    let user = users::save_user(
        session,
        &SaveUser {
            id: None,
            version: None,
            form,
        },
    )
    .unwrap()
    .id;
    check_uses(session, entity, field, old, new, &user);
}

fn check_uses(session: &Session, entity: &str, field: &str, old: &str, new: &str, user: &str) {
    let which = format!("{entity} {field}");
    let before = value_of(session, user, field);
    let pointing = get(session, entity, old).used_by;
    let usage = pointing
        .iter()
        .find(|u| u.field == field && u.entity == "external_user")
        .unwrap();
    assert_eq!((usage.total, usage.some[0].id.as_str()), (1, user), "{which}");
    let row = records::list_records(
        session,
        entity,
        &RecordQuery {
            search: "old".into(),
            ..RecordQuery::default()
        },
        0,
        9,
    )
    .unwrap();
    assert!(
        row.rows[0].used.iter().any(|u| u.field == field && u.total == 1),
        "{which}"
    );

    let refused = records::delete_record(session, entity, old, &how("refuse", None)).unwrap_err();
    assert_eq!(refused.code, Code::Conflict, "{which}");
    assert!(
        refused.detail.iter().any(|line| line.contains(&usage.some[0].name)),
        "{which}: {:?}",
        refused.detail
    );

    let moved = records::delete_record(session, entity, old, &how("move", Some(new))).unwrap();
    assert!(moved.change > 0 && moved.touched > 0, "{which}");
    let value = format!("{:?}", value_of(session, user, field));
    assert!(value.contains(new) && !value.contains(old), "{which}: {value}");
    assert_eq!(
        records::get_record(session, entity, old).unwrap_err().code,
        Code::NotFound,
        "{which}"
    );
    history::undo(session).unwrap();
    assert_eq!(value_of(session, user, field), before, "{which}");

    if usage.wanted {
        let refused = records::delete_record(session, entity, old, &how("unlink", None)).unwrap_err();
        assert_eq!(refused.code, Code::Conflict, "{which}");
        return;
    }
    records::delete_record(session, entity, old, &how("unlink", None)).unwrap();
    assert!(
        !format!("{:?}", value_of(session, user, field)).contains(old),
        "{which}"
    );
    history::undo(session).unwrap();
    assert_eq!(value_of(session, user, field), before, "{which}");
    assert_eq!(get(session, entity, old).used_by.len(), pointing.len(), "{which}");
}

#[test]
fn records_that_refer_to_records_say_so_and_move() {
    let (session, _folder) = made_for("innosoft");
    let (account, other) = (create(&session, "account", "ACME"), create(&session, "account", "BETA"));
    let mut address = filled(&session, &form_of(&session, "address"), "10001");
    address.insert("account".into(), text(&account));
    let address = save(&session, "address", None, address).unwrap();
    let mut machine = filled(&session, &form_of(&session, "machine"), "M-1");
    machine.insert("address".into(), text(&address));
    let machine = save(&session, "machine", None, machine).unwrap();
    let used = get(&session, "account", &account).used_by;
    assert_eq!(
        (
            used[0].entity.as_str(),
            used[0].field.as_str(),
            used[0].some[0].id.as_str()
        ),
        ("address", "account", address.as_str())
    );
    assert_eq!(get(&session, "address", &address).used_by[0].some[0].id, machine);
    records::delete_record(&session, "account", &account, &how("move", Some(&other))).unwrap();
    let now = get(&session, "address", &address);
    assert_eq!(now.values["account"], text(&other));
    assert_eq!(now.labels[0].name, "BETA");
    let page = records::list_records(
        &session,
        "address",
        &RecordQuery {
            filters: vec![("account".into(), other)],
            ..RecordQuery::default()
        },
        0,
        9,
    )
    .unwrap();
    assert_eq!(page.rows[0].names["account"], "BETA");
    records::delete_record(&session, "address", &address, &how("unlink", None)).unwrap();
    assert_eq!(get(&session, "machine", &machine).values["address"], text(""));
}

#[test]
fn moving_to_where_a_link_is_already_lets_the_two_fall_together() {
    let (session, _folder) = made_for("daktela");
    let (a, b) = (
        create(&session, "contact", "Anna"),
        create(&session, "contact", "Berta"),
    );
    let user = person_with(&session, "contacts", &a);
    let detail = users::get_user(&session, &user).unwrap();
    let mut form = detail.form.clone();
    form.contacts.push(b.clone());
    let input = SaveUser {
        id: Some(user.clone()),
        version: Some(detail.version),
        form,
    };
    users::save_user(&session, &input).unwrap();
    let before = value_of(&session, &user, "contacts");
    records::delete_record(&session, "contact", &a, &how("move", Some(&b))).unwrap();
    assert_eq!(value_of(&session, &user, "contacts"), FieldValue::List(vec![b]));
    history::undo(&session).unwrap();
    assert_eq!(value_of(&session, &user, "contacts"), before);
}
