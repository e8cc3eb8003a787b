//! Whom a person sees beside herself in the portal, opened: the settings that are saved, the reason, and nothing of
//! anybody else.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::colleague::ColleagueView;
use portico_api::types::preview::Viewer;
use portico_api::types::users::{SaveUser, UserQuery, UserRow};
use portico_api::{history, invented, preview, users};
use portico_core::actor::Actor;
use tempfile::TempDir;

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, "daktela", Actor::named("test")).unwrap();
    (session, folder)
}

fn people(session: &Session) -> Vec<UserRow> {
    users::list_users(session, &UserQuery::default(), 0, 1000).unwrap().rows
}

fn viewer(id: &str) -> Viewer {
    Viewer {
        id: Some(id.to_owned()),
        ..Viewer::default()
    }
}

/// Somebody with others, and all of them.
fn seeing(session: &Session) -> (Viewer, Vec<String>) {
    for row in people(session) {
        let found = preview::preview(session, &viewer(&row.id)).unwrap().colleagues;
        if found.len() > 1 {
            return (viewer(&row.id), found.into_iter().map(|other| other.id).collect());
        }
    }
    panic!("nobody sees anybody");
}

fn setting<'a>(view: &'a ColleagueView, field: &str) -> (Option<bool>, Vec<&'a str>) {
    let found = view.settings.iter().find(|setting| setting.field == field).unwrap();
    (found.on, found.values.iter().map(String::as_str).collect())
}

#[test]
fn whoever_is_seen_is_opened_with_her_settings_and_the_reason() {
    let (session, _folder) = sample();
    let (viewer, others) = seeing(&session);
    let before = history::list_changes(&session, None, 1).unwrap()[0].id;
    for other in &others {
        let view = preview::preview_colleague(&session, &viewer, other).unwrap();
        let form = users::get_user(&session, other).unwrap().form;
        assert!(view.reason.rule.starts_with("daktela.colleague"), "{:?}", view.reason);
        assert_eq!(setting(&view, "login"), (None, vec![form.login.as_str()]));
        assert_eq!(setting(&view, "account_tickets"), (Some(form.account_tickets), vec![]));
        assert_eq!(
            setting(&view, "external_comments"),
            (Some(form.external_comments), vec![])
        );
        let (_, contacts) = setting(&view, "contacts");
        assert_eq!(contacts.len(), form.contacts.len());
        assert!(
            contacts.iter().all(|name| !form.contacts.contains(&(*name).to_owned())),
            "{contacts:?}"
        );
        assert!(view.settings.iter().all(|setting| setting.field != "password"));
    }
    assert_eq!(history::list_changes(&session, None, 1).unwrap()[0].id, before);
}

#[test]
fn whoever_is_not_seen_is_not_opened() {
    let (session, _folder) = sample();
    let (viewer, others) = seeing(&session);
    let strangers: Vec<UserRow> = people(&session)
        .into_iter()
        .filter(|row| !others.contains(&row.id) && Some(&row.id) != viewer.id.as_ref())
        .collect();
    assert!(strangers.len() > 10);
    for stranger in strangers {
        let refused = preview::preview_colleague(&session, &viewer, &stranger.id).unwrap_err();
        assert_eq!(refused.code, Code::Invalid, "{}", stranger.login);
        assert!(!refused.message.contains(&stranger.login));
    }
    let nobody = preview::preview_colleague(&session, &viewer, "0190aaaa-0000-7000-8000-000000000000").unwrap_err();
    assert_eq!(nobody.code, Code::NotFound);
}

#[test]
fn a_form_that_is_not_saved_and_an_earlier_state_have_their_own() {
    let (session, _folder) = sample();
    let (looks, others) = seeing(&session);
    let id = looks.id.clone().unwrap();
    let detail = users::get_user(&session, &id).unwrap();
    // Without a contact she shares nothing with anybody.
    let mut alone = detail.form.clone();
    alone.contacts.clear();
    let drafted = Viewer {
        draft: Some(alone),
        ..looks.clone()
    };
    assert_eq!(
        preview::preview_colleague(&session, &drafted, &others[0])
            .unwrap_err()
            .code,
        Code::Invalid
    );
    // What was changed on the other one since is not what stood there.
    let before = history::list_changes(&session, None, 1).unwrap()[0].id;
    let other = users::get_user(&session, &others[0]).unwrap();
    let mut form = other.form.clone();
    form.description = "written later".to_owned();
    users::save_user(
        &session,
        &SaveUser {
            id: Some(others[0].clone()),
            form,
            version: Some(other.version),
        },
    )
    .unwrap();
    let now = preview::preview_colleague(&session, &looks, &others[0]).unwrap();
    assert_eq!(setting(&now, "description").1, ["written later"]);
    let then = Viewer {
        at: Some(before),
        ..looks
    };
    let then = preview::preview_colleague(&session, &then, &others[0]).unwrap();
    assert_ne!(setting(&then, "description").1, ["written later"]);
}
