//! Every kind of record of every desk: made, changed, refused, deleted, taken back.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod desk;
mod listed;
mod uses;

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::form::{EntityForm, FieldValue};
use portico_api::types::records::{DeleteHow, RecordDetail, RecordQuery, SaveRecord, Values};
use portico_api::types::users::{ObjectRight, SaveUser, UserForm};
use portico_api::{forms, history, records, users};
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

fn object(session: &Session, path: &str, parent: &str) -> String {
    let values = Values::from([
        ("path".to_owned(), text(path)),
        ("name".to_owned(), text(path.rsplit('/').next().unwrap())),
        ("kind".to_owned(), text("folder")),
        ("parent".to_owned(), text(parent)),
    ]);
    save(session, "portal_object", None, values).unwrap()
}

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    (
        portico_api::invented::create_sample_at(&path, None, "otobo", Actor::named("test")).unwrap(),
        folder,
    )
}
