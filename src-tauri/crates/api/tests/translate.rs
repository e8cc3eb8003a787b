//! A workspace in the terms of another desk: kept, locked like the one it was made of, and gone where it was stopped.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_api::error::Code;
use portico_api::exposure::Work;
use portico_api::passphrase::change_passphrase;
use portico_api::session::{Session, system_actor};
use portico_api::translate::{compare_desks, translate_workspace, translations};
use portico_api::types::passphrase::{PassphraseInput, Secret};
use portico_api::types::transfer::Progress;
use portico_api::types::users::{SaveUser, UserQuery};
use portico_api::{invented, users, workspace};

const PASSPHRASE: &str = "correct horse battery staple";

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

fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = names
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_kept_of_a_locked_workspace_is_locked_by_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let session = sample(&folder.path().join("w.portico"), "zoho");
    let input = PassphraseInput {
        current: None,
        new: Some(Secret::new(PASSPHRASE.to_owned())),
    };
    let never = Arc::new(AtomicBool::new(false));
    let session = change_passphrase(session, &input, "job", &mut |_| {}, &never).unwrap();
    let kept = folder.path().join("kept.portico");
    let made = watched(|work| translate_workspace(&session, "daktela", &kept, work)).unwrap();
    assert_eq!(made.path, kept.display().to_string());

    let opened = |secret: Option<&str>| {
        let secret = secret.map(|text| Secret::new(text.to_owned()));
        Session::unlock(&kept, secret.as_ref(), system_actor())
    };
    assert_eq!(opened(None).unwrap_err().code, Code::Locked);
    let there = opened(Some(PASSPHRASE)).unwrap();
    let counts = |session: &Session| workspace::workspace_info(session).unwrap().counts;
    let (here, there) = (counts(&session), counts(&there));
    assert_eq!((here.users, here.tickets), (there.users, there.tickets));
    assert!(here.users > 0 && here.tickets > 0);
    let clear = b"SQLite format 3";
    for name in files(folder.path())
        .iter()
        .filter(|name| name.starts_with("kept") && !name.ends_with("-key"))
    {
        let bytes = std::fs::read(folder.path().join(name)).unwrap();
        assert!(!bytes.starts_with(clear), "{name} lies in clear");
    }
}

#[test]
fn nothing_is_left_of_what_was_stopped_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let session = sample(&folder.path().join("w.portico"), "zoho");
    let before = files(folder.path());
    let kept = folder.path().join("kept.portico");
    let stop = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "job",
        tell: &mut |_| stop.store(true, Ordering::Relaxed),
        cancelled: &stop,
    };
    let stopped = translate_workspace(&session, "otobo", &kept, &mut work).unwrap_err();
    assert_eq!(stopped.code, Code::Cancelled);
    assert_eq!(files(folder.path()), before);

    std::fs::write(&kept, "mine").unwrap();
    let refused = watched(|work| translate_workspace(&session, "otobo", &kept, work)).unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    assert_eq!(std::fs::read(&kept).unwrap(), b"mine");
}

#[test]
fn who_can_only_read_can_compare() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    drop(sample(&path, "zoho"));
    let session = Session::unlock_read_only(&path, None, system_actor()).unwrap();
    assert_eq!(translations(&session).unwrap(), ["daktela", "innosoft", "otobo"]);
    for to in translations(&session).unwrap() {
        let found = watched(|work| compare_desks(&session, &to, work)).unwrap();
        assert!(found.exposure.complete && found.exposure.people > 0, "{to}");
    }
    let nowhere = watched(|work| compare_desks(&session, "zoho", work)).unwrap_err();
    assert!(nowhere.to_string().contains("daktela"), "{nowhere}");
}

#[test]
fn two_states_of_different_times_are_not_compared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    let session = sample(&path, "zoho");
    let other = Session::unlock(&path, None, system_actor()).unwrap();
    let person = users::list_users(&session, &UserQuery::default(), 0, 1)
        .unwrap()
        .rows
        .remove(0);
    // Somebody saves once the records were read, before the two are compared.
    let mut saved = false;
    let mut save = |progress: Progress| {
        if progress.phase == "writing" && !std::mem::replace(&mut saved, true) {
            let detail = users::get_user(&other, &person.id).unwrap();
            let mut form = detail.form;
            "saved meanwhile".clone_into(&mut form.description);
            let input = SaveUser {
                id: Some(detail.id),
                version: Some(detail.version),
                form,
            };
            users::save_user(&other, &input).unwrap();
        }
    };
    let mut work = Work {
        job: "job",
        tell: &mut save,
        cancelled: &Arc::new(AtomicBool::new(false)),
    };
    let found = compare_desks(&session, "daktela", &mut work);
    assert_eq!(found.unwrap_err().code, Code::Busy);
    assert!(watched(|work| compare_desks(&session, "daktela", work)).is_ok());
}
