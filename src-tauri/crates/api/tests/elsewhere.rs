//! One person by the rules of another desk: only looked at, and never at a workspace that has changed since.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_api::elsewhere::person_elsewhere;
use portico_api::error::Code;
use portico_api::exposure::Work;
use portico_api::session::{Session, system_actor};
use portico_api::translate::{compare_desks, translations};
use portico_api::types::exposure::ExposureOf;
use portico_api::types::preview::Viewer;
use portico_api::types::users::SaveUser;
use portico_api::{flips, invented, preview, users};

fn sample(path: &Path, desk: &str) -> Session {
    invented::create_sample_at(path, None, desk, system_actor()).unwrap()
}

fn watched<T>(work: impl FnOnce(&mut Work<'_>) -> T) -> T {
    work(&mut Work {
        job: "job",
        tell: &mut |_| (),
        cancelled: &Arc::new(AtomicBool::new(false)),
    })
}

fn there(id: &str, to: &str) -> Viewer {
    Viewer {
        id: Some(id.to_owned()),
        desk: Some(to.to_owned()),
        ..Viewer::default()
    }
}

fn sees(session: &Session, viewer: &Viewer, number: &str) -> bool {
    let why = preview::why(session, viewer, number).unwrap();
    why.may_log_in == Some(true) && (why.listed == Some(true) || why.openable == Some(true))
}

/// What one person is told is what the comparison of all told of her, and what her eyes see.
fn hold_person(session: &Session, to: &str, one: &ExposureOf) {
    let found = watched(|work| person_elsewhere(session, to, &one.id, work)).unwrap();
    assert_eq!(
        (found.gained, found.lost, found.login_change.as_str()),
        (one.gained, one.lost, one.login_change.as_str()),
        "{to} {}",
        one.login
    );
    assert_eq!(found.gained_tickets.len() as u64, found.gained.min(50));
    assert_eq!(found.lost_tickets.len() as u64, found.lost.min(50));
    let here = Viewer {
        id: Some(one.id.clone()),
        ..Viewer::default()
    };
    let there = there(&one.id, to);
    for ticket in found.gained_tickets.iter().take(3) {
        assert!(!sees(session, &here, &ticket.number) && sees(session, &there, &ticket.number));
    }
    for ticket in found.lost_tickets.iter().take(3) {
        assert!(sees(session, &here, &ticket.number) && !sees(session, &there, &ticket.number));
    }
    assert!(!preview::preview(session, &there).unwrap().draft);
}

#[test]
fn a_person_sees_there_what_the_comparison_says() {
    let (mut people, mut about) = (0, 0);
    for desk in ["daktela", "innosoft", "zoho"] {
        let folder = tempfile::tempdir().unwrap();
        let session = sample(&folder.path().join("w.portico"), desk);
        for to in translations(&session).unwrap() {
            let compared = watched(|work| compare_desks(&session, &to, work)).unwrap();
            for one in compared.exposure.examples.iter().take(4) {
                people += 1;
                hold_person(&session, &to, one);
            }
            // What is counted of all is no less than what is counted of one.
            if let Some(one) = compared.exposure.examples.first() {
                let found = watched(|work| person_elsewhere(&session, &to, &one.id, work)).unwrap();
                for statement in &found.statements {
                    let whole = compared.statements.iter().find(|of| of.id == statement.id).unwrap();
                    assert!(statement.count <= whole.count, "{desk} {to} {statement:?}");
                    about += usize::from(statement.count.is_some());
                }
            }
        }
    }
    assert!(people > 10 && about > 3, "{people} {about}");
}

#[test]
fn what_has_changed_since_is_not_looked_at_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    let session = sample(&path, "zoho");
    let compared = watched(|work| compare_desks(&session, "daktela", work)).unwrap();
    let one = &compared.exposure.examples[0];
    let viewer = there(&one.id, "daktela");
    preview::preview(&session, &viewer).unwrap();
    let stale = |session: &Session| preview::preview(session, &viewer).unwrap_err().code == Code::Stale;
    assert!(
        preview::preview(&session, &there(&one.id, "innosoft")).is_err(),
        "another desk"
    );

    let detail = users::get_user(&session, &one.id).unwrap();
    let mut form = detail.form;
    form.last_name.push_str("-Roe");
    users::save_user(
        &session,
        &SaveUser {
            id: Some(one.id.clone()),
            version: Some(detail.version),
            form: form.clone(),
        },
    )
    .unwrap();
    assert!(stale(&session));
    let again = watched(|work| person_elsewhere(&session, "daktela", &one.id, work)).unwrap();
    assert_eq!((again.gained, again.lost), (one.gained, one.lost));
    assert!(preview::preview(&session, &viewer).unwrap().name.ends_with("-Roe"));

    // A draft, an earlier state and a change are this desk's.
    let drafted = Viewer {
        draft: Some(form),
        ..viewer.clone()
    };
    let earlier = Viewer {
        at: Some(1),
        ..viewer.clone()
    };
    for refused in [&drafted, &earlier] {
        assert_eq!(preview::preview(&session, refused).unwrap_err().code, Code::Invalid);
    }
    let number = &again
        .gained_tickets
        .first()
        .or(again.lost_tickets.first())
        .unwrap()
        .number;
    let refused = watched(|work| flips::flips(&session, &viewer, number, "listed", flips::Counting::Near, work));
    assert_eq!(refused.unwrap_err().code, Code::Invalid);

    // Whoever only reads may look as well, and leaves nothing behind.
    drop(session);
    let reads = Session::unlock_read_only(&path, None, system_actor()).unwrap();
    watched(|work| person_elsewhere(&reads, "daktela", &one.id, work)).unwrap();
    preview::preview(&reads, &viewer).unwrap();
}

#[test]
fn a_translation_that_is_stopped_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let session = sample(&folder.path().join("w.portico"), "zoho");
    let first = users::list_users(&session, &portico_api::types::users::UserQuery::default(), 0, 1).unwrap();
    let id = &first.rows[0].id;
    let cancelled = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "job",
        tell: &mut |_| cancelled.store(true, Ordering::Relaxed),
        cancelled: &cancelled,
    };
    let error = person_elsewhere(&session, "daktela", id, &mut work).unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
    assert_eq!(
        preview::preview(&session, &there(id, "daktela")).unwrap_err().code,
        Code::Stale
    );
}
