//! Copies, key files, and files that are no workspaces or those of a newer program.

use std::path::Path;

use portico_store::{KeyFileProblem, Store, StoreError};
use rusqlite::Connection;

use super::{content, in_clear, names, remove, set, unlock, workspace};

#[test]
fn a_copy_has_the_same_passphrase() {
    let (folder, path) = workspace("qwcopy", 4);
    set(&path, "one").unwrap();
    let store = unlock(&path, "one").unwrap();
    let elsewhere = folder.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let to = elsewhere.join("copy.portico");
    store.backup(&to).unwrap();
    assert_eq!(
        names(&elsewhere),
        ["copy.portico", "copy.portico-key", "copy.portico-tickets"]
    );
    assert_eq!(in_clear(&elsewhere, "qwcopy"), Vec::<String>::new());
    assert!(matches!(Store::open(&to), Err(StoreError::Locked(_))));
    assert_eq!(content(&unlock(&to, "one").unwrap()), content(&store));
    // A key file that is in the way opens something else, perhaps: it stays, and there is no copy.
    let other = elsewhere.join("other.portico");
    std::fs::write(elsewhere.join("other.portico-key"), "somebody's").unwrap();
    assert!(matches!(store.backup(&other), Err(StoreError::Exists(_))));
    assert!(!other.exists());
    assert_eq!(
        std::fs::read(elsewhere.join("other.portico-key")).unwrap(),
        b"somebody's"
    );
}

#[test]
fn a_key_file_that_is_missing_damaged_or_anothers_is_named() {
    let (folder, path) = workspace("qwkey", 1);
    set(&path, "one").unwrap();
    let key_file = folder.path().join("a b%ü.portico-key");
    let good = std::fs::read(&key_file).unwrap();
    let problem = || match unlock(&path, "one") {
        Err(StoreError::KeyFile { path: at, problem }) => {
            assert_eq!(at, key_file);
            problem
        }
        other => panic!("{:?}", other.err()),
    };
    std::fs::remove_file(&key_file).unwrap();
    assert_eq!(problem(), KeyFileProblem::Missing);
    for (from, to, expected) in [
        ("\"salt\": \"", "\"salt\": \"x", KeyFileProblem::Damaged),
        ("argon2id", "scrypt", KeyFileProblem::Damaged),
        (
            "\"memory_kib\": 64",
            "\"memory_kib\": 4000000000",
            KeyFileProblem::Damaged,
        ),
        ("\"passes\": 1", "\"passes\": 4000000000", KeyFileProblem::Damaged),
        ("\"portico_key\": 1", "\"portico_key\": 2", KeyFileProblem::TooNew),
        ("{", "", KeyFileProblem::Damaged),
    ] {
        let text = String::from_utf8(good.clone()).unwrap();
        assert!(text.contains(from));
        std::fs::write(&key_file, text.replacen(from, to, 1)).unwrap();
        assert_eq!(problem(), expected, "{from}");
    }
    let (_elsewhere, other) = workspace("qwkeyother", 1);
    set(&other, "one").unwrap();
    std::fs::copy(other.with_extension("portico-key"), &key_file).unwrap();
    assert_eq!(problem(), KeyFileProblem::Other);
    std::fs::write(&key_file, &good).unwrap();
    assert_eq!(content(&unlock(&path, "one").unwrap()).1, 1);
}

#[test]
fn a_key_file_in_the_way_is_set_aside_and_still_opens_what_it_opened() {
    let (folder, path) = workspace("qwaside", 2);
    set(&path, "one").unwrap();
    // The user takes the locked workspace away, leaves its key file, and puts an unlocked one in its place.
    let away = folder.path().join("away.portico");
    std::fs::rename(&path, &away).unwrap();
    let (_elsewhere, other) = workspace("qwasideother", 3);
    std::fs::copy(&other, &path).unwrap();
    set(&path, "two").unwrap();
    assert!(unlock(&path, "two").is_ok());
    // And brings the first one back.
    std::fs::remove_file(&path).unwrap();
    std::fs::rename(&away, &path).unwrap();
    assert!(unlock(&path, "one").is_ok());
}

#[test]
fn files_that_are_no_workspaces_are_told_from_locked_ones() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let refusal = |path: &Path| unlock(path, "one").err().unwrap();
    for path in [
        file(
            "text.portico",
            b"A letter to somebody, which is long enough to be looked at.",
        ),
        file("empty.portico", b""),
        folder.path().to_owned(),
    ] {
        assert!(matches!(refusal(&path), StoreError::NotAWorkspace(_)), "{path:?}");
    }
    // Whole pages of what looks like noise: without a key file nobody can tell, and the sentence says both.
    let noise = file("noise.portico", &vec![0xa7; 8192]);
    let told = refusal(&noise).to_string();
    assert!(told.contains("noise.portico-key is missing"), "{told}");
    assert!(
        told.contains("if the file beside it is a workspace with a passphrase"),
        "{told}"
    );
}

#[test]
fn a_workspace_of_a_newer_program_is_not_touched() {
    let (folder, path) = workspace("qwnewer", 1);
    let conn = Connection::open(&path).unwrap();
    let version: i64 = conn.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    conn.pragma_update(None, "user_version", version + 1).unwrap();
    drop(conn);
    assert!(matches!(set(&path, "one"), Err(StoreError::TooNew { .. })));
    assert_eq!(names(folder.path()), ["a b%ü.portico", "a b%ü.portico-tickets"]);
}

#[cfg(unix)]
#[test]
fn who_may_read_the_file_does_not_change() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = workspace("qwmode", 1);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    set(&path, "one").unwrap();
    remove(&path, "one").unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&folder.path().join("a b%ü.portico-tickets")), 0o600);
}
