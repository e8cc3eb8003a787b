//! The form of an external user: what the check says with a workspace around it, and two who save at once.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::users::{GroupRight, SaveUser, UserForm};
use portico_api::{history, users};
use portico_core::actor::Actor;
use portico_core::id::{AccountId, ContactId, GroupId};
use portico_core::model::Validity;
use portico_store::Store;
use portico_store::history::Intent;
use portico_store::table::{account, contact, permission_group};
use tempfile::TempDir;

/// A workspace with an account, a contact of it, one of no account, and a group.
struct Scene {
    session: Session,
    folder: TempDir,
    account: AccountId,
    paired: ContactId,
    alone: ContactId,
    group: GroupId,
}

fn contact_row(id: ContactId, name: &str, account_id: Option<AccountId>) -> contact::Row {
    contact::Row {
        id,
        desk_key: None,
        title: name.to_owned(),
        first_name: String::new(),
        last_name: name.to_owned(),
        email: String::new(),
        account_id,
        present: true,
        phone: String::new(),
        mobile: String::new(),
        description: String::new(),
    }
}

fn account_row(id: AccountId, key: &str) -> account::Row {
    account::Row {
        id,
        desk_key: None,
        key: key.to_owned(),
        name: key.to_owned(),
        street: String::new(),
        zip: String::new(),
        city: String::new(),
        country: String::new(),
        url: String::new(),
        description: String::new(),
        validity: Validity::Valid,
        present: true,
        email: String::new(),
        phone: String::new(),
    }
}

fn scene(desk: &str) -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    let session = Session::create(&path, "Test", desk, Actor::named("Marta")).unwrap();
    let (account, paired, alone, group) = (AccountId::new(), ContactId::new(), ContactId::new(), GroupId::new());
    let group_row = permission_group::Row {
        id: group,
        desk_key: None,
        name: "Partners".to_owned(),
        description: String::new(),
        validity: Validity::Valid,
        present: true,
    };
    let store = Store::open(&path).unwrap();
    let write = store.transact(&Actor::named("test"), &Intent::new("test"), |tx| {
        account::insert(tx, &account_row(account, "ACME"))?;
        contact::insert(tx, &contact_row(paired, "Paula", Some(account)))?;
        contact::insert(tx, &contact_row(alone, "Alan", None))?;
        permission_group::insert(tx, &group_row)
    });
    write.unwrap();
    Scene {
        session,
        folder,
        account,
        paired,
        alone,
        group,
    }
}

fn as_somebody_else(scene: &Scene, name: &str) -> Session {
    Session::open(&scene.folder.path().join("w.portico"), Actor::named(name)).unwrap()
}

fn filled(session: &Session) -> UserForm {
    UserForm {
        title: "Anna Muster".to_owned(),
        login: "anna".to_owned(),
        first_name: "Anna".to_owned(),
        last_name: "Muster".to_owned(),
        email: "anna@a.example".to_owned(),
        password: "unchanged".to_owned(),
        ..users::new_user(session, None).unwrap().form
    }
}

fn save(session: &Session, form: &UserForm) -> String {
    let input = SaveUser {
        id: None,
        version: None,
        form: form.clone(),
    };
    users::save_user(session, &input).unwrap().id
}

fn codes(session: &Session, user: Option<&str>, form: &UserForm) -> Vec<String> {
    let found = users::check_user(session, user, form).unwrap();
    found
        .into_iter()
        .map(|p| format!("{}: {}", p.field, p.code.replace("problem.", "")))
        .collect()
}

#[test]
fn the_check_knows_the_contacts_accounts_of_the_workspace() {
    let scene = scene("daktela");
    let mut form = filled(&scene.session);
    form.account_tickets = true;
    assert_eq!(
        codes(&scene.session, None, &form),
        ["account_tickets: no_paired_contact"]
    );
    form.contacts = vec![scene.alone.to_string()];
    assert_eq!(
        codes(&scene.session, None, &form),
        ["account_tickets: no_paired_account"]
    );
    form.contacts = vec![scene.alone.to_string(), scene.paired.to_string()];
    assert_eq!(codes(&scene.session, None, &form), [""; 0]);
    form.contacts = vec!["no id at all".to_owned(), ContactId::new().to_string()];
    assert_eq!(
        codes(&scene.session, None, &form),
        [
            "contacts: no_contact",
            "contacts: no_contact",
            "account_tickets: no_paired_account"
        ]
    );
}

#[test]
fn a_login_stays_once_it_is_saved_where_the_desk_says_so() {
    let scene = scene("daktela");
    let form = filled(&scene.session);
    let id = save(&scene.session, &form);
    let renamed = UserForm {
        login: "anna.m".to_owned(),
        ..form
    };
    assert_eq!(codes(&scene.session, Some(&id), &renamed), ["login: login_fixed"]);
    let detail = users::get_user(&scene.session, &id).unwrap();
    let input = SaveUser {
        id: Some(id),
        version: Some(detail.version),
        form: renamed,
    };
    let refused = users::save_user(&scene.session, &input).unwrap_err();
    assert_eq!(
        (refused.code, refused.fields[0].code.as_str()),
        (Code::Invalid, "problem.login_fixed")
    );
}

#[test]
fn only_accounts_of_the_person_can_be_seen() {
    let scene = scene("zoho");
    let mut form = filled(&scene.session);
    form.seen_accounts = vec![scene.account.to_string()];
    let told = users::check_user(&scene.session, None, &form).unwrap();
    assert_eq!(told[0].code, "problem.seen_account_not_hers");
    assert!(told[0].message.contains("ACME"), "{told:?}");
    form.account = scene.account.to_string();
    assert_eq!(codes(&scene.session, None, &form), [""; 0]);
}

#[test]
fn an_access_that_should_have_ended_is_told_by_todays_date() {
    let scene = scene("otobo");
    let mut form = filled(&scene.session);
    form.account = scene.account.to_string();
    form.expires = "2001-01-01".to_owned();
    assert_eq!(codes(&scene.session, None, &form), ["expires: expired"]);
    form.expires = "2999-01-01".to_owned();
    assert_eq!(codes(&scene.session, None, &form), [""; 0]);
}

#[test]
fn the_second_of_two_is_told_what_the_first_has_saved() {
    let scene = scene("otobo");
    let mut form = filled(&scene.session);
    form.account = scene.account.to_string();
    let id = save(&scene.session, &form);
    let opened = users::get_user(&scene.session, &id).unwrap();
    let other = as_somebody_else(&scene, "Ben");
    let theirs = UserForm {
        phone: "+49 30 1".to_owned(),
        groups: vec![GroupRight {
            group: scene.group.to_string(),
            permissions: vec!["ro".to_owned()],
        }],
        ..opened.form.clone()
    };
    let input = |form: UserForm| SaveUser {
        id: Some(id.clone()),
        version: Some(opened.version.clone()),
        form,
    };
    users::save_user(&other, &input(theirs)).unwrap();
    let mine = UserForm {
        mobile: "1".to_owned(),
        ..opened.form.clone()
    };
    let stale = users::save_user(&scene.session, &input(mine.clone())).unwrap_err();
    assert_eq!(stale.code, Code::Stale);
    let told: Vec<_> = stale
        .fields
        .iter()
        .map(|p| (p.field.as_str(), p.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [("phone", "problem.changed_by"), ("groups", "problem.changed_by")]
    );
    let detail = |n: usize, name: &str| {
        let found = stale.fields[n].detail.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).unwrap()
    };
    assert_eq!((detail(0, "actor"), detail(0, "to")), ("Ben", "+49 30 1"));
    assert!(detail(1, "to").contains("Partners"), "{stale:?}");
    assert!(stale.detail[0].starts_with("phone: "), "{stale:?}");
    // Taken back, the form is as it was read, and the save goes through.
    history::undo(&other).unwrap();
    assert!(users::save_user(&scene.session, &input(mine)).unwrap().change > 0);
}
