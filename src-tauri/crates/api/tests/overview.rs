//! How a workspace stands: each figure is that of the list, the log or the plan it stands for.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::session::Session;
use portico_api::types::users::{SaveUser, UserQuery};
use portico_api::types::workspace::SettingInput;
use portico_api::{desk, history, invented, overview, settings, users, workspace};
use portico_core::actor::Actor;
use portico_desks::registry::desks;

fn made(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(&folder.path().join("w.portico"), "Ours", desk, Actor::named("test")).unwrap();
    (folder, session)
}

fn sample(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    let session = invented::create_sample_at(&path, None, desk, Actor::named("test")).unwrap();
    (folder, session)
}

fn of_status(session: &Session, status: &str) -> u32 {
    let query = UserQuery {
        status: vec![status.to_owned()],
        ..UserQuery::default()
    };
    users::list_users(session, &query, 0, 1).unwrap().total
}

#[test]
fn people_are_told_by_the_statuses_of_every_desk_as_the_list_filters_them() {
    for info in desks() {
        let (_folder, session) = sample(info.id);
        let seen = overview::overview(&session).unwrap();
        let info = workspace::workspace_info(&session).unwrap();
        assert!(!seen.status.is_empty(), "{}", info.desk);
        for status in &seen.status {
            assert_eq!(
                status.count,
                of_status(&session, &status.value),
                "{} {}",
                info.desk,
                status.value
            );
        }
        assert_eq!(seen.status.iter().map(|status| status.count).sum::<u32>(), seen.people);
        assert_eq!((seen.people, seen.tickets), (info.counts.users, info.counts.tickets));
        assert_eq!(seen.as_of, info.as_of);
        assert!(
            seen.last_import.is_some() && seen.last_export.is_none(),
            "{}",
            info.desk
        );
    }
}

#[test]
fn the_words_are_the_desks_and_an_empty_workspace_tells_nothing_but_noughts() {
    let (_folder, session) = made("elma365");
    let seen = overview::overview(&session).unwrap();
    let words: Vec<_> = seen.status.iter().map(|of| (of.label.as_str(), of.count)).collect();
    assert_eq!(words, [("Not registered", 0), ("Active", 0), ("Locked", 0)]);
    assert_eq!(
        (seen.people, seen.pending, seen.conflicts, seen.expectations),
        (0, 0, 0, 0)
    );
    assert!(seen.last_import.is_none() && seen.last_export.is_none() && seen.as_of.is_none());
    assert!(seen.licences.is_none(), "their number is not known yet");
}

#[test]
fn licences_are_those_of_the_desk_that_counts_them() {
    let (_folder, session) = sample("elma365");
    let total = SettingInput {
        name: "Portico::LicencesTotal".to_owned(),
        value: Some("4000".to_owned()),
    };
    settings::set_settings(&session, &[total]).unwrap();
    let licences = overview::overview(&session).unwrap().licences.unwrap();
    assert_eq!(
        (licences.total, licences.occupied),
        (4000, of_status(&session, "valid"))
    );
    assert_eq!(licences.free, 4000 - licences.occupied);
    assert!(overview::overview(&sample("otobo").1).unwrap().licences.is_none());
}

#[test]
fn what_is_done_counts_as_pending_and_what_goes_out_is_the_last_export() {
    let (folder, session) = sample("otobo");
    let before = overview::overview(&session).unwrap();
    let person = users::list_users(&session, &UserQuery::default(), 0, 1).unwrap().rows[0]
        .id
        .clone();
    let found = users::get_user(&session, &person).unwrap();
    let mut form = found.form;
    form.phone = "+420 541 550 209".into();
    let input = SaveUser {
        id: Some(person),
        version: Some(found.version),
        form,
    };
    users::save_user(&session, &input).unwrap();
    let after = overview::overview(&session).unwrap();
    assert_eq!((after.changed, after.pending), (before.changed + 1, before.pending + 1));
    assert_eq!(after.last_import, before.last_import, "an edit is no import");
    assert_eq!(after.last_export, None);

    let (to, never) = (folder.path().join("out"), Arc::new(AtomicBool::new(false)));
    desk::export_desk(&session, &to, None, "job", &mut |_| (), &never).unwrap();
    let told = overview::overview(&session).unwrap().last_export.unwrap();
    let logged = history::list_changes(&session, None, 1).unwrap().remove(0);
    assert_eq!(
        (told.id, told.intent.as_str(), &told.at),
        (logged.id, "intent.export", &logged.at)
    );
}
