//! Setting, changing and removing the passphrase of an open workspace.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::{ApiError, Code};
use portico_api::passphrase::{change_passphrase, check_passphrase};
use portico_api::session::{Session, system_actor};
use portico_api::types::passphrase::{PassphraseInput, Secret};
use portico_api::{invented, workspace};
use tempfile::TempDir;

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn sample() -> (TempDir, PathBuf, Session) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.portico");
    let session = invented::create_sample_at(&path, None, "otobo", system_actor()).unwrap();
    (folder, path, session)
}

/// Changes it; gives the session back either way, with what was said.
fn change(session: Session, current: Option<&str>, new: Option<&str>) -> (Session, Option<ApiError>) {
    let input = PassphraseInput {
        current: current.map(secret),
        new: new.map(secret),
    };
    let never = Arc::new(AtomicBool::new(false));
    match change_passphrase(session, &input, "job", &mut |_| {}, &never) {
        Ok(session) => (session, None),
        Err(not) => (not.session.unwrap(), Some(not.error)),
    }
}

fn code(path: &Path, text: Option<&str>) -> Option<Code> {
    let opened = Session::unlock(path, text.map(secret).as_ref(), system_actor());
    opened.err().map(|error| error.code)
}

#[test]
fn the_session_goes_on_behind_the_passphrase() {
    let (_folder, path, session) = sample();
    let before = workspace::workspace_info(&session).unwrap();
    assert!(!before.encrypted);
    let (session, said) = change(session, None, Some("correct horse battery staple"));
    assert!(said.is_none(), "{said:?}");
    let info = workspace::workspace_info(&session).unwrap();
    assert!(info.encrypted && session.is_encrypted());
    assert_eq!(
        (info.counts.users, info.counts.tickets, info.sample, info.path),
        (before.counts.users, before.counts.tickets, true, before.path)
    );
    drop(session);
    assert_eq!(code(&path, None), Some(Code::Locked));
    assert_eq!(code(&path, Some("  ")), Some(Code::Locked));
    assert_eq!(code(&path, Some("correct horse")), Some(Code::WrongPassphrase));
    let staple = secret("correct horse battery staple");
    let session = Session::unlock(&path, Some(&staple), system_actor()).unwrap();
    // About half a second on this machine, and never less than 64 MiB in three passes.
    let key_file = std::fs::read_to_string(path.with_extension("portico-key")).unwrap();
    let key_file: serde_json::Value = serde_json::from_str(&key_file).unwrap();
    assert!(key_file["memory_kib"].as_u64().unwrap() >= 65536 && key_file["passes"].as_u64().unwrap() >= 3);
    let (session, said) = change(session, Some("correct horse battery staple"), None);
    assert!(said.is_none() && !session.is_encrypted());
}

#[test]
fn what_is_refused_leaves_the_session_as_it_was() {
    let (_folder, path, session) = sample();
    let (session, said) = change(session, None, Some(" "));
    let said = said.unwrap();
    assert_eq!((said.code, said.fields[0].field.as_str()), (Code::Invalid, "new"));
    let (session, said) = change(session, None, None);
    assert_eq!(said.unwrap().code, Code::Invalid);
    let (session, said) = change(session, Some("one"), Some("two"));
    assert_eq!(said.unwrap().code, Code::Conflict, "there is none to change");
    let other = Session::open(&path, system_actor()).unwrap();
    let (session, said) = change(session, None, Some("one"));
    let said = said.unwrap();
    assert_eq!(said.code, Code::Busy);
    assert!(said.message.contains("open elsewhere"), "{said}");
    drop(other);
    let (session, said) = change(session, None, Some("one"));
    assert!(said.is_none(), "{said:?}");
    for (current, new) in [("two", Some("three")), ("two", None), ("", None)] {
        let reader = Session::unlock(&path, Some(&secret("one")), system_actor()).unwrap();
        let (reader, said) = change(reader, Some(current), new);
        assert_eq!(said.unwrap().code, Code::WrongPassphrase);
        assert!(workspace::workspace_info(&reader).unwrap().encrypted);
    }
    drop(session);
    let reader = Session::unlock_read_only(&path, Some(&secret("one")), system_actor()).unwrap();
    let (_reader, said) = change(reader, Some("one"), None);
    assert_eq!(said.unwrap().code, Code::Forbidden);
}

#[test]
fn a_secret_is_judged_but_never_printed() {
    let short = check_passphrase(&secret("secret")).unwrap();
    assert!(short.warning && !format!("{short:?}").contains("secret"));
    assert!(check_passphrase(&secret("correct horse battery staple")).is_none());
    let input = PassphraseInput {
        current: Some(secret("abc")),
        new: None,
    };
    assert_eq!(
        format!("{input:?}"),
        "PassphraseInput { current: Some(Secret(..)), new: None }"
    );
}
