//! Every kind of record of every desk: made, changed, refused, deleted, taken back.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::form::{EntityForm, FieldValue};
use portico_api::types::lists::ListColumn;
use portico_api::types::records::{DeleteHow, ExportRecords, RecordDetail, RecordQuery, RecordRow, SaveRecord, Values};
use portico_api::types::users::{ObjectRight, SaveUser, UserForm};
use portico_api::{desk, forms, history, records, users, workspace};
use portico_core::actor::Actor;
use portico_core::form::registry::DESKS;
use tempfile::TempDir;

fn made_for(desk: &str) -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.portico");
    let session = Session::create(&path, "Test", desk, Actor::named("Ada Admin")).unwrap();
    (session, folder)
}

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.to_owned())
}

/// A form with all that the desk wants, and a name of its own.
fn filled(session: &Session, form: &EntityForm, name: &str) -> Values {
    let mut values = Values::new();
    for field in &form.fields {
        let wanted = field.required
            || (field.known && ["key", "name", "number", "login", "path"].contains(&field.name.as_str()));
        if !wanted {
            continue;
        }
        let value = match field.kind.as_str() {
            "one" => text(&some(session, &field.entity)),
            "choice" => text(&field.choices[0]),
            _ => text(name),
        };
        values.insert(field.name.clone(), value);
    }
    values
}

/// Some record of this kind, made where there is none.
fn some(session: &Session, entity: &str) -> String {
    let there = records::list_records(session, entity, &RecordQuery::default(), 0, 1)
        .unwrap()
        .rows;
    there
        .into_iter()
        .next()
        .map_or_else(|| create(session, entity, "some"), |row| row.id)
}

fn form_of(session: &Session, entity: &str) -> EntityForm {
    let forms = forms::desk_form(session).unwrap().entities;
    forms.into_iter().find(|form| form.entity == entity).unwrap()
}

fn create(session: &Session, entity: &str, name: &str) -> String {
    let values = filled(session, &form_of(session, entity), name);
    save(session, entity, None, values).unwrap()
}

fn save(
    session: &Session,
    entity: &str,
    of: Option<&RecordDetail>,
    values: Values,
) -> Result<String, portico_api::error::ApiError> {
    let input = SaveRecord {
        entity: entity.to_owned(),
        id: of.map(|detail| detail.id.clone()),
        version: of.map(|detail| detail.version.clone()),
        values,
    };
    records::save_record(session, &input).map(|saved| saved.id)
}

fn get(session: &Session, entity: &str, id: &str) -> RecordDetail {
    records::get_record(session, entity, id).unwrap()
}

fn how(how: &str, to: Option<&str>) -> DeleteHow {
    DeleteHow {
        how: how.to_owned(),
        to: to.map(str::to_owned),
    }
}

fn total(session: &Session, entity: &str, search: &str) -> u32 {
    let query = RecordQuery {
        search: search.to_owned(),
        ..RecordQuery::default()
    };
    records::list_records(session, entity, &query, 0, 10).unwrap().total
}

/// Runs over every kind of record that any desk has.
fn each(work: impl Fn(&Session, &EntityForm, &str)) {
    for desk in DESKS {
        let (session, _folder) = made_for(desk);
        for form in forms::desk_form(&session).unwrap().entities {
            work(&session, &form, &format!("{desk} {}", form.entity));
        }
    }
}

/// A field with a text that the desk knows, and that is no key.
fn editable(form: &EntityForm) -> Option<String> {
    let free = |name: &str| !["key", "number", "login", "path"].contains(&name);
    let found = form
        .fields
        .iter()
        .find(|f| f.known && f.kind == "text" && free(&f.name));
    found.map(|field| field.name.clone())
}

#[test]
fn every_kind_is_made_changed_found_and_taken_back() {
    each(|session, form, which| {
        let entity = form.entity.as_str();
        let id = create(session, entity, "Čáp Łódź");
        assert_eq!(total(session, entity, "lodz CAP"), 1, "{which}");
        let field = editable(form).unwrap_or_else(|| "email".to_owned());
        let before = get(session, entity, &id);
        assert!(!before.in_desk && before.present, "{which}");
        let other = if field == "email" {
            "a@b.example"
        } else {
            "Something else"
        };
        save(
            session,
            entity,
            Some(&before),
            Values::from([(field.clone(), text(other))]),
        )
        .unwrap();
        let after = get(session, entity, &id);
        assert_eq!(after.values.get(&field), Some(&text(other)), "{which}");
        // What was not named stays.
        for (name, value) in before.values.iter().filter(|(name, _)| **name != field) {
            assert_eq!(after.values.get(name), Some(value), "{which} {name}");
        }
        history::undo(session).unwrap();
        assert_eq!(get(session, entity, &id).values, before.values, "{which}");
        history::undo(session).unwrap();
        assert_eq!(
            records::get_record(session, entity, &id).unwrap_err().code,
            Code::NotFound,
            "{which}"
        );
        history::redo(session).unwrap();
        assert_eq!(get(session, entity, &id).values, before.values, "{which}");
    });
}

#[test]
fn what_is_missing_too_long_or_no_choice_is_said_beside_its_field() {
    each(|session, form, which| {
        let entity = form.entity.as_str();
        let good = filled(session, form, "Good");
        for field in form.fields.iter().filter(|field| field.required) {
            let values = good
                .clone()
                .into_iter()
                .filter(|(name, _)| *name != field.name)
                .collect::<Values>();
            let refused = save(session, entity, None, values).unwrap_err();
            assert_eq!(refused.code, Code::Invalid, "{which}");
            assert!(
                refused
                    .fields
                    .iter()
                    .any(|p| p.field == field.name && p.code == "problem.missing"),
                "{which} {}",
                field.name
            );
        }
        for field in form.fields.iter().filter(|field| field.max > 0 && field.kind == "text") {
            let mut values = good.clone();
            values.insert(field.name.clone(), text(&"x".repeat(field.max as usize + 1)));
            let found = records::check_record(session, entity, None, &values).unwrap();
            assert!(
                found
                    .iter()
                    .any(|p| p.field == field.name && p.code == "problem.too_long"),
                "{which} {}",
                field.name
            );
        }
        for field in form.fields.iter().filter(|field| field.kind == "choice") {
            let mut values = good.clone();
            values.insert(field.name.clone(), text("no such word"));
            let found = records::check_record(session, entity, None, &values).unwrap();
            assert!(
                found
                    .iter()
                    .any(|p| p.field == field.name && p.code == "problem.choice"),
                "{which}"
            );
        }
        for field in form.fields.iter().filter(|field| field.kind == "one") {
            let mut values = good.clone();
            values.insert(field.name.clone(), text("019302a5-0000-7000-8000-000000000000"));
            let found = records::check_record(session, entity, None, &values).unwrap();
            assert!(
                found.iter().any(|p| p.field == field.name
                    && p.code == format!("problem.no_{}", field.entity.trim_start_matches("permission_"))),
                "{which} {}",
                field.name
            );
        }
        let nonsense = Values::from([("nonsense".to_owned(), text("x"))]);
        assert_eq!(
            save(session, entity, None, nonsense).unwrap_err().code,
            Code::NotFound,
            "{which}"
        );
    });
}

#[test]
fn names_that_must_be_unique_are_not_taken_twice() {
    each(|session, form, which| {
        let entity = form.entity.as_str();
        let unique = ["key", "number", "login", "path", "name"];
        let Some(field) = form
            .fields
            .iter()
            .find(|f| f.known && unique.contains(&f.name.as_str()))
        else {
            // Contacts may share a name.
            create(session, entity, "Twin");
            create(session, entity, "Twin");
            return;
        };
        let id = create(session, entity, "Twin");
        let refused = save(session, entity, None, filled(session, form, "Twin")).unwrap_err();
        let taken = refused.fields.iter().find(|p| p.code == "problem.taken");
        assert!(taken.is_some(), "{which} {}: {refused:?}", field.name);
        // Its own name is not taken from itself.
        save(
            session,
            entity,
            Some(&get(session, entity, &id)),
            filled(session, form, "Twin"),
        )
        .unwrap();
    });
}

#[test]
fn a_second_save_of_an_older_state_is_refused_and_changes_nothing() {
    each(|session, form, which| {
        let entity = form.entity.as_str();
        let Some(field) = editable(form) else { return };
        let id = create(session, entity, "Shared");
        let mine = get(session, entity, &id);
        let theirs = get(session, entity, &id);
        save(
            session,
            entity,
            Some(&theirs),
            Values::from([(field.clone(), text("Theirs"))]),
        )
        .unwrap();
        let refused = save(
            session,
            entity,
            Some(&mine),
            Values::from([(field.clone(), text("Mine"))]),
        )
        .unwrap_err();
        assert_eq!(refused.code, Code::Stale, "{which}");
        assert_eq!(
            get(session, entity, &id).values.get(&field),
            Some(&text("Theirs")),
            "{which}"
        );
    });
}

#[test]
fn drafts_are_kept_offered_and_forgotten_with_the_save() {
    each(|session, form, which| {
        let entity = form.entity.as_str();
        let id = create(session, entity, "Drafted");
        let saved = get(session, entity, &id);
        let mut draft = saved.values.clone();
        draft.insert("status".to_owned(), text("invalid"));
        if !saved.values.contains_key("status") {
            draft = saved.values.clone();
            draft.insert("phone".to_owned(), text("+49 30"));
        }
        records::put_record_draft(session, entity, Some(&id), &draft).unwrap();
        assert_eq!(get(session, entity, &id).draft.as_ref(), Some(&draft), "{which}");
        save(session, entity, Some(&saved), draft).unwrap();
        assert_eq!(get(session, entity, &id).draft, None, "{which}");
        let new = Values::from([(
            if saved.values.contains_key("name") {
                "name"
            } else {
                "title"
            }
            .to_owned(),
            text("N"),
        )]);
        records::put_record_draft(session, entity, None, &new).unwrap();
        assert!(
            records::new_record(session, entity, &Values::new())
                .unwrap()
                .draft
                .is_some(),
            "{which}"
        );
        records::discard_record_draft(session, entity, None).unwrap();
        assert!(
            records::new_record(session, entity, &Values::new())
                .unwrap()
                .draft
                .is_none(),
            "{which}"
        );
    });
}

/// A person that refers, by one field, to a record.
fn person_with(session: &Session, field: &str, id: &str) -> String {
    let mut form = UserForm {
        login: format!("user.{field}"),
        title: "Title".to_owned(),
        first_name: "Uta".to_owned(),
        last_name: format!("User {field}"),
        email: format!("{field}@a.example"),
        ..users::new_user(session, None).unwrap().form
    };
    let value = match form.value(field).unwrap() {
        FieldValue::List(_) => FieldValue::List(vec![id.to_owned()]),
        FieldValue::Groups(_) => FieldValue::Groups(vec![portico_api::types::users::GroupRight {
            group: id.to_owned(),
            permissions: vec!["ro".to_owned(), "rw".to_owned()],
        }]),
        FieldValue::Objects(_) => FieldValue::Objects(vec![ObjectRight {
            object: id.to_owned(),
            level: "view".to_owned(),
        }]),
        _ => text(id),
    };
    form.put(field, value).unwrap();
    if field == "seen_accounts" {
        form.further_accounts.push(id.to_owned());
    }
    users::save_user(
        session,
        &SaveUser {
            id: None,
            version: None,
            form,
        },
    )
    .unwrap()
    .id
}

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

fn object(session: &Session, path: &str, parent: &str) -> String {
    let values = Values::from([
        ("path".to_owned(), text(path)),
        ("name".to_owned(), text(path.rsplit('/').next().unwrap())),
        ("kind".to_owned(), text("folder")),
        ("parent".to_owned(), text(parent)),
    ]);
    save(session, "portal_object", None, values).unwrap()
}

#[test]
fn the_portal_is_a_tree_without_circles_that_shows_who_has_rights() {
    let (session, _folder) = made_for("elma365");
    let root = object(&session, "Files", "");
    let deep = object(&session, "Files/Manuals", &root);
    let deeper = object(&session, "Files/Manuals/Old", &deep);
    let page = records::portal_tree(&session, None, 0, 10).unwrap();
    assert_eq!((page.total, page.nodes[0].children), (1, 1));
    let page = records::portal_tree(&session, Some(&root), 0, 10).unwrap();
    assert_eq!(page.nodes[0].name, "Manuals");
    let path: Vec<_> = get(&session, "portal_object", &deeper)
        .path
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(path, ["Files", "Manuals"]);

    let circle = Values::from([("parent".to_owned(), text(&deeper))]);
    let refused = save(
        &session,
        "portal_object",
        Some(&get(&session, "portal_object", &root)),
        circle,
    )
    .unwrap_err();
    assert_eq!(refused.fields[0].code, "problem.circle");
    let refused = records::delete_record(&session, "portal_object", &deep, &how("move", Some(&deeper))).unwrap_err();
    assert_eq!(refused.code, Code::Invalid);

    let mut group = filled(&session, &form_of(&session, "permission_group"), "Readers");
    let level = |object: &str, level: &str| ObjectRight {
        object: object.to_owned(),
        level: level.to_owned(),
    };
    group.insert(
        "objects".into(),
        FieldValue::Objects(vec![level(&deep, "view"), level(&root, "full")]),
    );
    let group = save(&session, "permission_group", None, group).unwrap();
    let user = person_with(&session, "objects", &deep);
    let node = &records::portal_tree(&session, Some(&root), 0, 10).unwrap().nodes[0];
    assert_eq!((node.groups, node.people), (1, 1));
    let rights = get(&session, "portal_object", &deep).rights;
    assert_eq!(rights.len(), 2);
    assert_eq!(
        (rights[0].id.as_str(), rights[0].right.as_str()),
        (group.as_str(), "view")
    );
    assert_eq!(rights[1].id, user);

    let wrong = Values::from([(
        "objects".to_owned(),
        FieldValue::Objects(vec![level(&deep, "everything")]),
    )]);
    let saved = get(&session, "permission_group", &group);
    assert_eq!(
        save(&session, "permission_group", Some(&saved), wrong)
            .unwrap_err()
            .fields[0]
            .code,
        "problem.level"
    );
    // A group's own rights go with it; they are no reason to refuse.
    assert!(saved.used_by.iter().all(|usage| usage.own));
    records::delete_record(&session, "permission_group", &group, &how("refuse", None)).unwrap();
    assert_eq!(get(&session, "portal_object", &deep).rights.len(), 1);
    history::undo(&session).unwrap();
    assert_eq!(get(&session, "permission_group", &group).values, saved.values);
}

#[test]
fn an_account_of_a_desk_that_gives_keys_itself_needs_none() {
    let (session, _folder) = made_for("zoho");
    let named = |name: &str| Values::from([("name".to_owned(), text(name))]);
    let one = save(&session, "account", None, named("Acme")).unwrap();
    save(&session, "account", None, named("Beta")).unwrap();
    assert_eq!(get(&session, "account", &one).values["key"], text("Acme"));
}

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    (
        portico_api::invented::create_sample_at(&path, None, "otobo", Actor::named("test")).unwrap(),
        folder,
    )
}

/// The first record that the desk has; others are only named by people.
fn first(session: &Session, entity: &str) -> RecordDetail {
    let rows = records::list_records(session, entity, &RecordQuery::default(), 0, 100)
        .unwrap()
        .rows;
    get(session, entity, &rows.into_iter().find(|row| row.present).unwrap().id)
}

#[test]
fn deleting_what_the_desk_has_says_what_the_desk_makes_of_it() {
    let (session, _folder) = sample();
    let state = records::list_records(&session, "ticket_priority", &RecordQuery::default(), 0, 1)
        .unwrap()
        .rows
        .remove(0);
    let found = records::deletion(&session, "ticket_priority", &state.id).unwrap();
    assert_eq!((found.total, found.desk.as_str()), (0, "not_exported.entity"));
    records::delete_record(&session, "ticket_priority", &state.id, &how("refuse", None)).unwrap();
    let plan = desk::plan(&session).unwrap();
    assert_eq!(plan.not_exported[0].entity, "ticket_priority");
    assert_eq!(workspace::workspace_info(&session).unwrap().pending, 1);
    history::undo(&session).unwrap();
    assert_eq!(workspace::workspace_info(&session).unwrap().pending, 0);

    let account = create(&session, "account", "BRANDNEW");
    let found = records::deletion(&session, "account", &account).unwrap();
    assert_eq!((found.total, found.desk.as_str()), (0, "none"));
    let there = first(&session, "account");
    assert!(there.in_desk);
    let found = records::deletion(&session, "account", &there.id).unwrap();
    assert!(found.total > 0);
    assert_eq!(found.desk, "deactivate");
    assert!(
        found
            .used_by
            .iter()
            .any(|usage| usage.wanted && usage.field == "account")
    );
}

#[test]
fn a_field_that_the_desk_will_not_take_is_said_before_it_is_saved() {
    let (session, _folder) = sample();
    let account = first(&session, "account");
    let renamed = Values::from([("key".to_owned(), text("RENAMED"))]);
    let form = account.values.clone().into_iter().chain(renamed).collect();
    let found = records::check_record(&session, "account", Some(&account.id), &form).unwrap();
    let warned: Vec<_> = found
        .iter()
        .filter(|p| p.warning)
        .map(|p| (p.field.as_str(), p.code.as_str()))
        .collect();
    assert!(warned.contains(&("key", "not_exported.renamed_account")), "{found:?}");
    let queue = first(&session, "queue");
    let mut form = queue.values.clone();
    form.insert("name".into(), text("Another name"));
    let found = records::check_record(&session, "queue", Some(&queue.id), &form).unwrap();
    assert_eq!(
        (found[0].field.as_str(), found[0].code.as_str(), found[0].warning),
        ("", "not_exported.entity", true)
    );
}

#[test]
fn changes_of_every_table_read_by_names_in_history_and_plan() {
    let (session, _folder) = made_for("innosoft");
    let account = create(&session, "account", "ACME");
    let mut values = filled(&session, &form_of(&session, "address"), "10001");
    values.insert("account".into(), text(&account));
    let address = save(&session, "address", None, values).unwrap();
    person_with(&session, "read_addresses", &address);
    let changes = history::list_changes(&session, None, 10).unwrap();
    let lines: Vec<_> = changes.iter().flat_map(|change| &change.lines).collect();
    let link = lines.iter().find(|line| line.entity == "user_address").unwrap();
    assert_eq!(
        (link.subject.as_str(), link.to.as_deref()),
        ("Uta User read_addresses", Some("10001 read"))
    );
    let account_line = lines
        .iter()
        .find(|line| line.entity == "address" && line.field == "account")
        .unwrap();
    assert_eq!(account_line.to.as_deref(), Some("ACME"));
    let id = |text: &str| text.contains('-') && text.len() == 36;
    for line in &lines {
        for shown in [Some(&line.subject), line.from.as_ref(), line.to.as_ref()]
            .into_iter()
            .flatten()
        {
            assert!(!id(shown), "{line:?}");
        }
    }
    // Names stay when the record is gone.
    records::delete_record(&session, "account", &account, &how("unlink", None)).unwrap();
    let newest = &history::list_changes(&session, None, 1).unwrap()[0];
    assert_eq!(newest.intent, "intent.delete_record_unlinked");
    assert!(
        newest
            .lines
            .iter()
            .any(|line| line.entity == "account" && line.subject == "ACME")
    );
}

#[test]
fn the_list_sorts_filters_counts_and_names_what_it_refers_to() {
    let (session, _folder) = sample();
    let list = |query: RecordQuery| records::list_records(&session, "account", &query, 0, 500).unwrap();
    let all = list(RecordQuery::default());
    assert_eq!(all.total as usize, all.rows.len());
    let keys = |query| {
        list(query)
            .rows
            .into_iter()
            .map(|row| row.key.to_lowercase())
            .collect::<Vec<_>>()
    };
    let by_key = keys(RecordQuery {
        sort: "key".into(),
        ..RecordQuery::default()
    });
    assert!(by_key.is_sorted());
    let mut backwards = keys(RecordQuery {
        sort: "key".into(),
        descending: true,
        ..RecordQuery::default()
    });
    backwards.reverse();
    assert_eq!(by_key, backwards);
    let invalid = list(RecordQuery {
        filters: vec![("status".into(), "invalid".into())],
        ..RecordQuery::default()
    });
    assert!(invalid.rows.iter().all(|row| row.status == "invalid"));
    let people: u32 = all
        .rows
        .iter()
        .flat_map(|row| &row.used)
        .filter(|u| u.field == "account" && u.entity == "external_user")
        .map(|u| u.total)
        .sum();
    assert!(people > 100);
    assert!(
        all.rows
            .iter()
            .any(|row| row.rights.iter().any(|right| !right.name.is_empty()))
    );
    let queues = records::list_records(
        &session,
        "queue",
        &RecordQuery {
            sort: "group".into(),
            ..RecordQuery::default()
        },
        0,
        500,
    )
    .unwrap();
    let groups: Vec<_> = queues
        .rows
        .iter()
        .map(|row| row.names["group"].to_lowercase())
        .collect();
    assert!(groups.is_sorted(), "{groups:?}");
    let counts = records::count_records(&session).unwrap();
    let count = counts.iter().find(|count| count.entity == "account").unwrap();
    assert_eq!(count.total, all.total);
    assert_eq!(
        list(RecordQuery {
            changed: true,
            ..RecordQuery::default()
        })
        .total,
        0
    );
    let id = create(&session, "account", "NEW");
    let changed = list(RecordQuery {
        changed: true,
        ..RecordQuery::default()
    });
    assert_eq!(
        (changed.total, changed.rows[0].id.as_str(), changed.rows[0].changed),
        (1, id.as_str(), true)
    );
}

/// A list as a file, with all its columns.
fn written(session: &Session, entity: &str, query: &RecordQuery, path: &std::path::Path) -> Vec<Vec<String>> {
    let columns = records::record_columns(session, entity).unwrap();
    let input = ExportRecords {
        entity: entity.to_owned(),
        query: query.clone(),
        limit: None,
        columns: columns
            .iter()
            .map(|column| ListColumn {
                key: column.key.to_owned(),
                title: column.key.to_owned(),
                words: vec![("valid".to_owned(), "in force".to_owned())],
            })
            .collect(),
        format: "csv".to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    };
    let file = records::export_records(session, &input, "job", &mut |_| (), &Arc::default()).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(file.rows as usize + 1, rows.len());
    rows
}

/// What the list shows in a column.
fn shown(row: &RecordRow, key: &str) -> String {
    let used: u32 = row.used.iter().map(|use_| use_.total).sum();
    let rights: Vec<String> = row.rights.iter().map(|r| format!("{} {}", r.name, r.right)).collect();
    match (key, row.names.get(key), row.values.get(key)) {
        ("name", ..) => row.name.clone(),
        ("used", ..) => used.to_string(),
        ("rights", ..) => rights.join(", "),
        ("changed", ..) => if row.changed { "changed" } else { "" }.to_owned(),
        (_, Some(name), _) => name.clone(),
        (_, _, Some(FieldValue::Flag(on))) => if *on { "yes" } else { "no" }.to_owned(),
        (_, _, Some(FieldValue::Text(text))) if key == "status" && text == "valid" => "in force".to_owned(),
        (_, _, Some(FieldValue::Text(text))) => text.clone(),
        _ => String::new(),
    }
}

#[test]
fn every_column_sorts_both_ways_and_the_file_is_what_is_shown() {
    let (session, folder) = sample();
    let path = folder.path().join("list.csv");
    create(&session, "account", "Zz changed");
    for entity in ["account", "queue", "permission_group"] {
        let columns = records::record_columns(&session, entity).unwrap();
        for column in &columns {
            let mut orders = Vec::new();
            for descending in [false, true] {
                let query = RecordQuery {
                    sort: column.key.to_owned(),
                    descending,
                    ..RecordQuery::default()
                };
                let rows = records::list_records(&session, entity, &query, 0, 1000)
                    .unwrap_or_else(|e| panic!("{entity} by {}: {e:?}", column.key))
                    .rows;
                let file = written(&session, entity, &query, &path);
                assert_eq!(rows.len() + 1, file.len());
                for (row, line) in rows.iter().zip(&file[1..]) {
                    let cells: Vec<String> = columns.iter().map(|column| shown(row, column.key)).collect();
                    // What a spreadsheet would take for a formula is marked, nothing else differs.
                    let line: Vec<&str> = line.iter().map(|cell| cell.trim_start_matches('\'')).collect();
                    assert_eq!(line, cells, "{entity} by {}", column.key);
                }
                // Pages of one are the list: no two rows share a place.
                let each = |at: u32| {
                    records::list_records(&session, entity, &query, at, 1).unwrap().rows[0]
                        .id
                        .clone()
                };
                let ids: Vec<String> = (0..5).map(each).collect();
                assert!(ids.iter().eq(rows.iter().take(5).map(|row| &row.id)), "{}", column.key);
                orders.push(rows);
            }
            check_order(entity, column.key, &orders);
        }
    }
}

/// That what is shown stands in order, the empty ones last, and backwards the other way round.
fn check_order(entity: &str, key: &str, orders: &[Vec<RecordRow>]) {
    let filled = |rows: &[RecordRow]| -> Vec<String> {
        let cells: Vec<String> = rows.iter().map(|row| shown(row, key).to_lowercase()).collect();
        let end = cells.iter().position(String::is_empty).unwrap_or(cells.len());
        assert!(
            cells[end..].iter().all(String::is_empty),
            "{entity} by {key}: {cells:?}"
        );
        cells[..end].to_vec()
    };
    let (up, mut down) = (filled(&orders[0]), filled(&orders[1]));
    down.reverse();
    assert_eq!(up, down, "{entity} by {key}");
    if key == "used" {
        let counts: Vec<u32> = up.iter().map(|count| count.parse().unwrap()).collect();
        assert!(counts.is_sorted(), "{counts:?}");
        assert_eq!(counts.last() > Some(&0), entity != "queue", "{entity}: {counts:?}");
    } else if key == "changed" {
        assert_eq!(up.is_empty(), entity != "account");
    }
}

#[test]
fn a_file_holds_what_is_searched_for_and_no_column_that_is_none() {
    let (session, folder) = sample();
    let path = folder.path().join("found.csv");
    let query = RecordQuery {
        search: "brno".to_owned(),
        filters: vec![("status".to_owned(), "valid".to_owned())],
        ..RecordQuery::default()
    };
    let rows = written(&session, "account", &query, &path);
    assert!(
        rows.len() > 1 && rows[1..].iter().all(|row| row[0].to_lowercase().contains("brno")),
        "{rows:?}"
    );
    let wrong = RecordQuery {
        sort: "shoe".to_owned(),
        ..RecordQuery::default()
    };
    let refused = records::list_records(&session, "account", &wrong, 0, 1).unwrap_err();
    assert!(
        refused
            .message
            .contains("there is no column \"shoe\"; there are name, key"),
        "{refused:?}"
    );
    let mut most = Vec::new();
    records::each_record(
        &session,
        "account",
        &RecordQuery::default(),
        (&["name"], Some(2)),
        &mut |cells| {
            most.push(cells.to_vec());
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(most.len(), 2);
}
