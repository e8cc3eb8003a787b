//! What a pending change is said to do is what saving it does, and the write that was tried out is gone.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod records;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_api::error::{ApiError, Code};
use portico_api::exposure::{self, Work};
use portico_api::invented::Size;
use portico_api::session::Session;
use portico_api::types::exposure::Exposure;
use portico_api::types::preview::Viewer;
use portico_api::types::users::{GroupRight, SaveUser, UserForm, UserQuery};
use portico_api::types::workspace::SettingInput;
use portico_api::{history, invented, preview, settings, users};
use portico_core::actor::Actor;
use tempfile::TempDir;

fn sample() -> (Session, TempDir) {
    sample_of(portico_sample::DESK)
}

fn sample_of(desk: &str) -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, desk, Actor::named("test")).unwrap();
    (session, folder)
}

/// An invented desk of forty people.
fn small() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.portico");
    let size = Size {
        users: 40,
        tickets: 400,
        seed: 7,
    };
    let never = Arc::new(AtomicBool::new(false));
    let (desk, actor) = (portico_sample::DESK, Actor::named("test"));
    let session = invented::generate(&path, "small", desk, &size, actor, &mut |_| (), &never).unwrap();
    (session, folder)
}

fn everybody(session: &Session) -> Vec<String> {
    let query = UserQuery::default();
    let rows = users::list_users(session, &query, 0, 1000).unwrap().rows;
    rows.into_iter().map(|row| row.id).collect()
}

fn person(session: &Session, login: &str) -> String {
    let query = UserQuery {
        search: login.to_owned(),
        ..UserQuery::default()
    };
    let rows = users::list_users(session, &query, 0, 50).unwrap().rows;
    rows.into_iter().find(|row| row.login == login).unwrap().id
}

/// Numbers of all that a person sees: in a list, or by opening it; nothing where she may not log in.
fn seen(session: &Session, id: &str) -> BTreeSet<String> {
    let viewer = Viewer {
        id: Some(id.to_owned()),
        draft: None,
        at: None,
        desk: None,
    };
    let full = preview::full(session, &viewer).unwrap();
    if full.may_log_in != Some(true) {
        return BTreeSet::new();
    }
    let listed = full.lists.values().flat_map(|list| list.all.iter().cloned());
    let openable = full
        .openable
        .iter()
        .filter(|(_, ticket)| ticket.ro)
        .map(|(number, _)| number.clone());
    listed.chain(openable).collect()
}

fn told<T>(ask: impl FnOnce(&mut Work<'_>) -> T) -> T {
    let never = Arc::new(AtomicBool::new(false));
    ask(&mut Work {
        job: "test",
        tell: &mut |_| (),
        cancelled: &never,
    })
}

fn of_form(session: &Session, id: &str, form: &UserForm) -> Result<Exposure, ApiError> {
    told(|work| exposure::of_user_form(session, Some(id), form, work))
}

fn all_groups(session: &Session, id: &str) -> UserForm {
    let detail = users::get_user(session, id).unwrap();
    let groups = detail.groups.iter().map(|group| GroupRight {
        group: group.id.clone(),
        permissions: vec!["rw".to_owned()],
    });
    UserForm {
        groups: groups.collect(),
        ..detail.form
    }
}

fn save(session: &Session, id: &str, form: UserForm) {
    let version = users::get_user(session, id).unwrap().version;
    let input = SaveUser {
        id: Some(id.to_owned()),
        version: Some(version),
        form,
    };
    users::save_user(session, &input).unwrap();
}

#[test]
fn a_form_gives_and_takes_what_saving_it_does() {
    let (session, _folder) = sample();
    for login in ["jana.novakova", "a.nowak", "petr.novak"] {
        let id = person(&session, login);
        let form = all_groups(&session, &id);
        let invalid = UserForm {
            status: "invalid".to_owned(),
            ..form.clone()
        };
        for form in [form, invalid] {
            let before = seen(&session, &id);
            let exposure = of_form(&session, &id, &form).unwrap();
            assert_eq!(seen(&session, &id), before, "nothing stays written");
            save(&session, &id, form);
            let after = seen(&session, &id);
            let gained: Vec<_> = after.difference(&before).collect();
            let lost: Vec<_> = before.difference(&after).collect();
            assert_eq!(
                (exposure.gained, exposure.lost),
                (gained.len() as u64, lost.len() as u64),
                "{login}"
            );
            assert!(exposure.complete);
            for of in &exposure.examples {
                assert_eq!(of.login, login);
                assert!(of.gained_tickets.iter().all(|number| gained.contains(&number)));
                assert!(of.lost_tickets.iter().all(|number| lost.contains(&number)));
            }
        }
        assert_eq!(seen(&session, &id).len(), 0, "who may not log in sees nothing");
        history::undo(&session).unwrap();
        history::undo(&session).unwrap();
    }
}

#[test]
fn a_lost_login_takes_everything_away() {
    let (session, _folder) = sample();
    let id = person(&session, "jana.novakova");
    let form = UserForm {
        status: "invalid".to_owned(),
        ..users::get_user(&session, &id).unwrap().form
    };
    let exposure = of_form(&session, &id, &form).unwrap();
    assert_eq!((exposure.logins_lost, exposure.affected, exposure.gained), (1, 1, 0));
    assert_eq!(exposure.lost, seen(&session, &id).len() as u64);
    assert_eq!(exposure.examples[0].login_change, "lost");
    assert_eq!(exposure.examples[0].lost_tickets.len(), 5);
    assert_eq!(exposure.examples[0].name, "Jana Nováková");
}

#[test]
fn a_setting_concerns_everybody() {
    let (session, _folder) = small();
    let people = everybody(&session);
    let before: Vec<_> = people.iter().map(|id| seen(&session, id)).collect();
    let support = [SettingInput {
        name: "CustomerGroupSupport".to_owned(),
        value: Some("false".to_owned()),
    }];
    let exposure = told(|work| exposure::of_settings(&session, &support, work)).unwrap();
    assert_eq!(exposure.people as usize, people.len());
    settings::set_settings(&session, &support).unwrap();
    let after: Vec<_> = people.iter().map(|id| seen(&session, id)).collect();
    let gained: usize = before.iter().zip(&after).map(|(b, a)| a.difference(b).count()).sum();
    let lost: usize = before.iter().zip(&after).map(|(b, a)| b.difference(a).count()).sum();
    let tickets: BTreeSet<_> = before.iter().zip(&after).flat_map(|(b, a)| a.difference(b)).collect();
    assert!(gained > 0);
    assert_eq!((exposure.gained, exposure.lost), (gained as u64, lost as u64));
    assert_eq!(exposure.tickets_gained, tickets.len() as u64);
    let by_queue: u64 = exposure.places.iter().map(|of| of.gained).sum();
    assert_eq!(by_queue, exposure.tickets_gained);
    let gainers = before
        .iter()
        .zip(&after)
        .filter(|(b, a)| a.difference(b).count() > 0)
        .count();
    assert_eq!(exposure.gaining as usize, gainers);
    assert_eq!(exposure.examples.len(), exposure.affected.min(50) as usize);
}

#[test]
fn what_cannot_be_saved_is_refused_here_too() {
    let (session, _folder) = sample();
    let id = person(&session, "jana.novakova");
    let form = UserForm {
        login: String::new(),
        ..users::get_user(&session, &id).unwrap().form
    };
    assert_eq!(of_form(&session, &id, &form).unwrap_err().code, Code::Invalid);
    let wrong = [SettingInput {
        name: "CustomerGroupSupport".to_owned(),
        value: Some("perhaps".to_owned()),
    }];
    let refused = told(|work| exposure::of_settings(&session, &wrong, work));
    assert_eq!(refused.unwrap_err().code, Code::Invalid);
}

#[test]
fn looking_can_be_cancelled_and_tells_how_far_it_is() {
    let (session, _folder) = sample();
    let cancelled = Arc::new(AtomicBool::new(false));
    let mut phases = BTreeSet::new();
    let support = [SettingInput {
        name: "CustomerGroupSupport".to_owned(),
        value: Some("false".to_owned()),
    }];
    let stopped = exposure::of_settings(
        &session,
        &support,
        &mut Work {
            job: "test",
            tell: &mut |progress| {
                phases.insert(progress.phase);
                if progress.done > 10 {
                    cancelled.store(true, Ordering::Relaxed);
                }
            },
            cancelled: &cancelled,
        },
    );
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
    assert_eq!(phases, BTreeSet::from(["comparing".to_owned()]));
    assert!(
        told(|work| exposure::of_settings(&session, &support, work)).is_ok(),
        "the next look is not stopped"
    );
}
