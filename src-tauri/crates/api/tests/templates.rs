//! Templates: what they take over, what they fill in, and that it can all be taken back. And licences.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::templates::SaveTemplate;
use portico_api::types::users::{SaveUser, UserForm, UserQuery};
use portico_api::{history, invented, templates, users};
use portico_core::actor::Actor;
use portico_core::model::SettingOrigin;
use portico_store::Store;
use portico_store::history::Intent;
use portico_store::table::desk_setting;
use tempfile::TempDir;

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, "otobo", Actor::named("Marta")).unwrap();
    (session, folder)
}

/// Somebody with groups of her own.
fn somebody(session: &Session) -> (String, UserForm) {
    let rows = users::list_users(session, &UserQuery::default(), 0, 500).unwrap().rows;
    let mut people = rows
        .into_iter()
        .map(|row| (row.id.clone(), users::get_user(session, &row.id).unwrap().form));
    people.find(|(_, form)| !form.groups.is_empty()).unwrap()
}

fn of_person(name: &str, user: &str, fields: &[&str]) -> SaveTemplate {
    SaveTemplate {
        id: None,
        name: name.to_owned(),
        form: None,
        user: Some(user.to_owned()),
        fields: fields.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_template_takes_the_rights_of_a_person_and_nothing_else_of_her() {
    let (session, _folder) = sample();
    let (id, form) = somebody(&session);
    let saved = templates::save_template(&session, &of_person(" Support ", &id, &[])).unwrap();
    assert!(saved.change > 0);
    let listed = templates::list_templates(&session).unwrap();
    assert_eq!(
        (listed.len(), listed[0].name.as_str(), listed[0].gone.len()),
        (1, "Support", 0)
    );
    assert!(listed[0].fields.contains(&"groups".to_owned()) && !listed[0].fields.contains(&"login".to_owned()));
    let new = templates::new_user_from(&session, &saved.id).unwrap();
    assert_eq!((&new.form.groups, &new.form.account), (&form.groups, &form.account));
    assert_eq!(
        (
            new.form.login.as_str(),
            new.form.first_name.as_str(),
            new.form.email.as_str()
        ),
        ("", "", "")
    );
    assert_eq!(new.form.status, "valid");
    // The same as "new like", which looks at the person herself.
    assert_eq!(users::new_user(&session, Some(&id)).unwrap().form, new.form);
    let refused = templates::save_template(&session, &of_person("Support", &id, &[])).unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    assert_eq!(
        templates::save_template(&session, &of_person(" ", &id, &[]))
            .unwrap_err()
            .code,
        Code::Invalid
    );
    assert_eq!(
        templates::save_template(&session, &of_person("x", &id, &["login"]))
            .unwrap_err()
            .code,
        Code::Invalid
    );
}

#[test]
fn a_template_of_some_fields_leaves_the_others_as_they_are() {
    let (session, _folder) = sample();
    let (id, form) = somebody(&session);
    let saved = templates::save_template(&session, &of_person("Groups", &id, &["groups"])).unwrap();
    let other = UserForm {
        login: "new".to_owned(),
        phone: "1".to_owned(),
        ..UserForm::default()
    };
    let filled = templates::apply_template(&session, &saved.id, &other).unwrap();
    let expected = UserForm {
        groups: form.groups,
        ..other
    };
    assert_eq!(filled, expected);
}

#[test]
fn templates_are_renamed_deleted_and_all_of_it_taken_back() {
    let (session, _folder) = sample();
    let (id, _) = somebody(&session);
    let saved = templates::save_template(&session, &of_person("Support", &id, &[])).unwrap();
    let names = || {
        let all = templates::list_templates(&session).unwrap();
        all.into_iter().map(|row| (row.id, row.name)).collect::<Vec<_>>()
    };
    let called = |name: &str| vec![(saved.id.clone(), name.to_owned())];
    let renamed = SaveTemplate {
        id: Some(saved.id.clone()),
        user: None,
        ..of_person("Service", &id, &[])
    };
    templates::save_template(&session, &renamed).unwrap();
    assert_eq!(names(), called("Service"));
    templates::delete_template(&session, &saved.id).unwrap();
    assert_eq!(names(), []);
    assert_eq!(
        templates::delete_template(&session, &saved.id).unwrap_err().code,
        Code::NotFound
    );
    history::undo(&session).unwrap();
    assert_eq!(names(), called("Service"));
    history::undo(&session).unwrap();
    assert_eq!(names(), called("Support"));
    history::undo(&session).unwrap();
    assert_eq!(names(), []);
    let log = history::list_changes(&session, None, 20).unwrap();
    let intents: Vec<_> = log.iter().map(|change| change.intent.as_str()).collect();
    assert!(intents.contains(&"intent.save_template") && intents.contains(&"intent.delete_template"));
}

#[test]
fn licences_are_counted_where_the_desk_has_some_and_a_full_package_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    let session = Session::create(&path, "Portal", "elma365", Actor::named("Marta")).unwrap();
    assert_eq!(users::licences(&session).unwrap(), None, "not known yet");
    let total = |number: &str| {
        let row = desk_setting::Row {
            name: "Portico::LicencesTotal".to_owned(),
            value: number.to_owned(),
            origin: SettingOrigin::Confirmed,
        };
        let store = Store::open(&path).unwrap();
        let set = store.transact(&Actor::named("test"), &Intent::new("test"), |tx| {
            desk_setting::set(tx, &row)
        });
        set.unwrap();
    };
    total("1");
    let counted = users::licences(&session).unwrap().unwrap();
    assert_eq!((counted.total, counted.occupied, counted.free), (1, 0, 1));
    let form = UserForm {
        login: "anna".to_owned(),
        first_name: "Anna".to_owned(),
        last_name: "Muster".to_owned(),
        email: "anna@a.example".to_owned(),
        ..users::new_user(&session, None).unwrap().form
    };
    let told = |form: &UserForm| {
        let found = users::check_user(&session, None, form).unwrap();
        found.iter().any(|p| p.code == "problem.licences_full" && p.warning)
    };
    assert!(!told(&form));
    total("0");
    assert!(told(&form));
    // A warning: the invitation may wait for a licence.
    let input = SaveUser {
        id: None,
        version: None,
        form,
    };
    users::save_user(&session, &input).unwrap();
    let (otobo, _folder) = sample();
    assert_eq!(users::licences(&otobo).unwrap(), None);
}
