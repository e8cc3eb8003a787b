//! Forms that were not saved, and what a new person's form is helped with: logins, records to choose.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::session::Session;
use portico_api::types::users::{SaveUser, UserForm};
use portico_api::{invented, records, users};
use portico_core::actor::Actor;
use portico_core::form::field::Entity;
use portico_core::form::registry::DESKS;
use tempfile::TempDir;

fn workspace(desk: &str) -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(&folder.path().join("test.portico"), "Test", desk, Actor::named("test")).unwrap();
    (session, folder)
}

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, "otobo", Actor::named("test")).unwrap();
    (session, folder)
}

fn new(session: &Session, login: &str) -> SaveUser {
    let form = UserForm {
        login: login.to_owned(),
        title: "Jana Nováková".to_owned(),
        last_name: "Nováková".to_owned(),
        ..users::new_user(session, None).unwrap().form
    };
    SaveUser {
        id: None,
        version: None,
        form,
    }
}

#[test]
fn several_new_forms_are_kept_each_until_it_is_saved() {
    let (session, _folder) = workspace("daktela");
    for (key, login) in [("new-1", "jana"), ("new-2", "jan")] {
        users::put_draft(&session, key, &new(&session, login).form).unwrap();
    }
    let kept = users::list_drafts(&session).unwrap();
    let mut keys: Vec<_> = kept
        .iter()
        .map(|d| (d.key.as_str(), d.login.as_str(), d.user.is_none()))
        .collect();
    keys.sort_unstable();
    assert_eq!(keys, [("new-1", "jana", true), ("new-2", "jan", true)]);

    let input = SaveUser {
        form: users::get_draft(&session, "new-1").unwrap().unwrap(),
        ..new(&session, "")
    };
    let saved = users::save_kept_user(&session, &input, "new-1").unwrap();
    assert_eq!(users::get_user(&session, &saved.id).unwrap().form.login, "jana");
    assert_eq!(users::get_draft(&session, "new-1").unwrap(), None);
    assert_eq!(users::get_draft(&session, "new-2").unwrap().unwrap().login, "jan");

    // A refused save forgets nothing.
    let taken = SaveUser {
        form: input.form.clone(),
        ..new(&session, "")
    };
    users::save_kept_user(&session, &taken, "new-2").unwrap_err();
    assert!(users::get_draft(&session, "new-2").unwrap().is_some());

    let edited = UserForm {
        description: "Edited".to_owned(),
        ..input.form
    };
    users::put_draft(&session, &saved.id, &edited).unwrap();
    let newest = users::list_drafts(&session).unwrap().remove(0);
    assert_eq!(
        (newest.key.as_str(), newest.user),
        (saved.id.as_str(), Some(saved.id.clone()))
    );
}

#[test]
fn a_login_is_proposed_from_what_the_desk_makes_it_from_and_nobody_has_it() {
    let (session, _folder) = workspace("daktela");
    let proposed = |form: &UserForm| users::propose_login(&session, form).unwrap();
    let form = new(&session, "").form;
    assert_eq!(proposed(&UserForm::default()), "");
    assert_eq!(proposed(&form), "jana.novakova");
    users::save_user(&session, &new(&session, "Jana.Novakova")).unwrap();
    assert_eq!(proposed(&form), "jana.novakova2");

    let (session, _folder) = sample();
    let form = UserForm {
        title: "Dr.".to_owned(),
        email: "Neu@Aachen.example".to_owned(),
        ..UserForm::default()
    };
    assert_eq!(users::propose_login(&session, &form).unwrap(), "neu@aachen.example");
}

#[test]
fn every_kind_of_record_can_be_chosen_on_every_desk() {
    for desk in DESKS {
        let (session, _folder) = workspace(desk);
        for entity in Entity::ALL {
            let found = records::search_records(&session, entity.name(), "a", 20).unwrap();
            assert!(found.is_empty(), "{desk}: {}", entity.name());
        }
    }
    let (session, _folder) = sample();
    let found = records::search_records(&session, "account", "AACHEN", 20).unwrap();
    assert!(found[0].key.eq_ignore_ascii_case("aachen"), "{found:?}");
    assert!(
        !records::search_records(&session, "external_user", "novakova", 20)
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        records::search_records(&session, "permission_group", "", 2)
            .unwrap()
            .len(),
        2
    );

    let last = found.last().unwrap().id.clone();
    let gone = "00000000-0000-7000-8000-000000000000".to_owned();
    let named = records::labels(&session, "account", &[last.clone(), gone, found[0].id.clone()]).unwrap();
    let ids: Vec<_> = named.into_iter().map(|choice| choice.id).collect();
    assert_eq!(ids, [last, found[0].id.clone()]);
    records::labels(&session, "planet", &[]).unwrap_err();
}
