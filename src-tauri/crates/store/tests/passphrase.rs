//! A workspace with a passphrase: what opens it, what does not, and that nothing of it lies anywhere in clear.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use portico_core::actor::Actor;
use portico_core::model::{Activity, ExternalUser, Ticket};
use portico_core::snapshot::{Batch, Sink};
use portico_sample::DESK;
use portico_store::history::{self, Intent};
use portico_store::import::{CancelFlag, ImportOptions, Progress};
use portico_store::passphrase::{Cost, Passphrase, Relock};
use portico_store::table::{external_user, user_search};
use portico_store::{KeyFileProblem, NewWorkspace, Result, Store, StoreError, draft, snapshot};
use rusqlite::Connection;
use tempfile::TempDir;

const CHEAP: Cost = Cost {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

fn words(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

/// Opens with `text`, sets, changes or removes, and closes.
fn relock(path: &Path, text: Option<&str>, how: Relock<'_>) -> Result<()> {
    let store = Store::unlock(path, text.map(words).as_ref())?;
    match store.relock(how, &mut |_| {}, &CancelFlag::new()) {
        Ok(store) => {
            assert_eq!(store.is_encrypted(), !matches!(how, Relock::Remove { .. }));
            content(&store);
            Ok(())
        }
        Err(not) => {
            content(&not.store.unwrap());
            Err(not.error)
        }
    }
}

fn set(path: &Path, new: &str) -> Result<()> {
    let new = &words(new);
    relock(path, None, Relock::Set { new, cost: CHEAP })
}

fn change(path: &Path, old: &str, new: &str) -> Result<()> {
    let (old, new) = (&words(old), &words(new));
    relock(path, Some("one"), Relock::Change { old, new, cost: CHEAP })
}

fn remove(path: &Path, old: &str) -> Result<()> {
    relock(path, Some("one"), Relock::Remove { old: &words(old) })
}

fn unlock(path: &Path, text: &str) -> Result<Store> {
    Store::unlock(path, Some(&words(text)))
}

/// People, tickets and texts in which `mark` stands everywhere.
fn batches(mark: &str, people: usize) -> Vec<Batch> {
    let users = (0..people).map(|n| ExternalUser {
        key: format!("{mark}-{n}"),
        login: format!("{mark}-{n}"),
        last_name: format!("{mark} Nováková {n}"),
        email: format!("{mark}-{n}@example.org"),
        ..ExternalUser::default()
    });
    let tickets = (0..people).map(|n| Ticket {
        id: i64::try_from(n).unwrap() + 1,
        number: format!("2026{n:06}"),
        title: format!("{mark} printer {n}"),
        owner: format!("{mark}-{n}"),
        queue: "1".to_owned(),
        state: "4".to_owned(),
        state_kind: "open".to_owned(),
        created: 1_700_000_000,
        changed: 1_700_000_000,
        ..Ticket::default()
    });
    let activities = (0..people).map(|n| Activity {
        ticket: i64::try_from(n).unwrap() + 1,
        position: 1,
        subject: format!("{mark} subject"),
        body: Some(format!("{mark} body")),
        created: 1_700_000_000,
        ..Activity::default()
    });
    vec![
        Batch::ExternalUsers(users.collect()),
        Batch::Tickets(tickets.collect()),
        Batch::Activities(activities.collect()),
    ]
}

/// Takes the batches in; looks at `between` after each.
fn import(store: &Store, batches: &[Batch], mut between: impl FnMut()) {
    let mut read = |sink: &mut Sink<'_>| {
        for batch in batches {
            sink(batch.clone()).map_err(|_| StoreError::Cancelled)?;
            between();
        }
        Ok(())
    };
    let done: Result<_> = store.import(
        &Actor::named("Ada"),
        DESK,
        &mut read,
        &ImportOptions::default(),
        &mut |_| {},
        &CancelFlag::new(),
    );
    done.unwrap();
}

fn workspace(mark: &str, people: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b%ü.portico");
    let new = NewWorkspace {
        name: format!("{mark} desk"),
        desk: DESK.to_owned(),
    };
    import(&Store::create(&path, &new).unwrap(), &batches(mark, people), || ());
    (folder, path.canonicalize().unwrap())
}

/// The files in the folder, and those this process has open without a name, in which `mark` stands in clear.
fn in_clear(folder: &Path, mark: &str) -> Vec<String> {
    let named = std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path());
    let open = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    let open = open.map(|e| e.path()).filter(|fd| {
        std::fs::read_link(fd).is_ok_and(|to| {
            let to = to.to_string_lossy();
            to.contains("etilqs") || to.contains("(deleted)")
        })
    });
    let mut found: Vec<String> = Vec::new();
    for path in named.chain(open) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let bytes = bytes.to_ascii_lowercase();
        if bytes.windows(mark.len()).any(|w| w == mark.as_bytes()) {
            let name = std::fs::read_link(&path).unwrap_or(path);
            found.push(name.to_string_lossy().into_owned());
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What an open workspace holds, as far as these tests care.
fn content(store: &Store) -> (u64, u64, Vec<String>, Option<String>) {
    store
        .read(|c| {
            let people = u64::from(external_user::count(c)? > 0);
            let mut logins = c.prepare("SELECT login FROM external_user ORDER BY login")?;
            let logins = logins.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            let body = snapshot::activities(c, 1)?.into_iter().next().and_then(|a| a.body);
            Ok::<_, StoreError>((people, snapshot::count(c)?, logins, body))
        })
        .unwrap()
}

#[test]
fn only_the_passphrase_opens_it_and_all_is_there() {
    let (folder, path) = workspace("qwopen", 20);
    let before = content(&Store::open(&path).unwrap());
    assert!(!Store::open(&path).unwrap().is_encrypted());
    assert_eq!(
        in_clear(folder.path(), "qwopen").len(),
        2,
        "the search for the mark finds it"
    );

    set(&path, "one").unwrap();
    assert_eq!(in_clear(folder.path(), "qwopen"), Vec::<String>::new());
    assert_eq!(
        names(folder.path()),
        ["a b%ü.portico", "a b%ü.portico-key", "a b%ü.portico-tickets"]
    );
    assert!(matches!(Store::open(&path), Err(StoreError::Locked(at)) if at == path));
    assert!(matches!(Store::open_read_only(&path), Err(StoreError::Locked(_))));
    let wrong = unlock(&path, "correct house").err().unwrap();
    assert_eq!(
        wrong.to_string(),
        format!("this is not the passphrase of {}", path.display())
    );
    let store = unlock(&path, "one").unwrap();
    assert!(store.is_encrypted());
    assert_eq!(content(&store), before);
    let reader = Store::unlock_read_only(&path, Some(&words("one"))).unwrap();
    assert_eq!(content(&reader), before);
    // Where no passphrase is needed, one that is given does not matter.
    drop((store, reader));
    remove(&path, "one").unwrap();
    assert_eq!(content(&unlock(&path, "whatever").unwrap()), before);
}

#[test]
fn what_was_done_before_can_still_be_found_and_undone() {
    let (_folder, path) = workspace("qwundo", 3);
    let store = Store::open(&path).unwrap();
    let actor = Actor::named("Ada");
    let jana = store.read(|c| external_user::by_login(c, "qwundo-1")).unwrap().unwrap();
    let edit = |tx: &portico_store::Tx<'_>| {
        let row = external_user::Row {
            first_name: "Jana".to_owned(),
            ..jana.clone()
        };
        external_user::update(tx, &row)
    };
    store.transact(&actor, &Intent::new("edit"), edit).unwrap();
    drop(store);
    set(&path, "one").unwrap();
    change(&path, "one", "two").unwrap();
    let store = unlock(&path, "two").unwrap();
    assert_eq!(
        store.read(|c| external_user::get(c, jana.id)).unwrap().first_name,
        "Jana"
    );
    assert!(
        store.what_if(|tx| user_search::is_sound(tx)).unwrap(),
        "the search is copied too"
    );
    store.undo(&actor).unwrap();
    assert_eq!(store.read(|c| external_user::get(c, jana.id)).unwrap().first_name, "");
    assert!(store.read(history::can_redo).unwrap().is_some());
    let sound: String = store
        .read(|c| Ok::<_, StoreError>(c.query_row("PRAGMA integrity_check", [], |r| r.get(0))?))
        .unwrap();
    assert_eq!(sound, "ok");
}

#[test]
fn a_changed_passphrase_replaces_the_old_and_its_salt() {
    let (folder, path) = workspace("qwchange", 5);
    set(&path, "one").unwrap();
    let key_file = folder.path().join("a b%ü.portico-key");
    let first = std::fs::read_to_string(&key_file).unwrap();
    assert!(matches!(
        change(&path, "two", "three"),
        Err(StoreError::WrongPassphrase(_))
    ));
    assert_eq!(std::fs::read_to_string(&key_file).unwrap(), first);
    change(&path, "one", "two").unwrap();
    assert!(matches!(unlock(&path, "one"), Err(StoreError::WrongPassphrase(_))));
    assert_eq!(content(&unlock(&path, "two").unwrap()).1, 5);
    let second: serde_json::Value = serde_json::from_slice(&std::fs::read(&key_file).unwrap()).unwrap();
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_ne!(first["salt"], second["salt"]);
    assert_eq!(
        (&second["kdf"], &second["memory_kib"]),
        (&"argon2id".into(), &64.into())
    );
    assert_eq!(in_clear(folder.path(), "qwchange"), Vec::<String>::new());
}

#[test]
fn a_removed_passphrase_leaves_an_ordinary_workspace() {
    let (folder, path) = workspace("qwremove", 5);
    let before = content(&Store::open(&path).unwrap());
    set(&path, "one").unwrap();
    assert!(matches!(remove(&path, "two"), Err(StoreError::WrongPassphrase(_))));
    remove(&path, "one").unwrap();
    assert_eq!(names(folder.path()), ["a b%ü.portico", "a b%ü.portico-tickets"]);
    let store = Store::open(&path).unwrap();
    assert!(!store.is_encrypted());
    assert_eq!(content(&store), before);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (_folder, path) = workspace("qwsense", 1);
    assert!(matches!(change(&path, "a", "b"), Err(StoreError::NoPassphrase(_))));
    assert!(matches!(remove(&path, "a"), Err(StoreError::NoPassphrase(_))));
    set(&path, "one").unwrap();
    let again = relock(
        &path,
        Some("one"),
        Relock::Set {
            new: &words("b"),
            cost: CHEAP,
        },
    );
    assert!(matches!(again, Err(StoreError::HasPassphrase(_))));
    let reader = Store::unlock_read_only(&path, Some(&words("one"))).unwrap();
    let refused = reader.relock(Relock::Remove { old: &words("one") }, &mut |_| {}, &CancelFlag::new());
    assert!(matches!(refused.unwrap_err().error, StoreError::ReadOnly));
    assert!(matches!(
        set(&path.with_file_name("none.portico"), "a"),
        Err(StoreError::NotFound { .. })
    ));
}

#[test]
fn while_anybody_has_it_open_the_passphrase_stays_as_it_is() {
    let (folder, path) = workspace("qwbusy", 2);
    let store = Store::open(&path).unwrap();
    assert!(matches!(set(&path, "one"), Err(StoreError::Busy)));
    let reader = Store::open_read_only(&path).unwrap();
    drop(store);
    assert!(matches!(set(&path, "one"), Err(StoreError::Busy)));
    drop(reader);
    let unlike_before = |name: &String| name.contains("key") || name.contains("part") || name.contains("journal");
    assert_eq!(names(folder.path()).into_iter().find(unlike_before), None);
    set(&path, "one").unwrap();
    let store = unlock(&path, "one").unwrap();
    assert!(matches!(change(&path, "one", "two"), Err(StoreError::Busy)));
    assert!(matches!(remove(&path, "one"), Err(StoreError::Busy)));
    drop(store);
    assert_eq!(content(&unlock(&path, "one").unwrap()).1, 2);
}

#[test]
fn a_cancelled_change_has_not_happened() {
    let (folder, path) = workspace("qwcancel", 2);
    for stop_at in ["tickets", "workspace"] {
        let cancel = CancelFlag::new();
        let mut stop = |progress: Progress| {
            if progress.kind == stop_at {
                cancel.cancel();
            }
        };
        let how = Relock::Set {
            new: &words("one"),
            cost: CHEAP,
        };
        let refused = Store::open(&path).unwrap().relock(how, &mut stop, &cancel).unwrap_err();
        assert!(matches!(refused.error, StoreError::Cancelled), "{refused:?}");
        drop(refused);
        assert_eq!(names(folder.path()), ["a b%ü.portico", "a b%ü.portico-tickets"]);
        assert_eq!(content(&Store::open(&path).unwrap()).1, 2);
    }
}

#[test]
fn nothing_stands_in_clear_while_it_is_worked_on() {
    let (folder, path) = workspace("qwfirst", 1);
    set(&path, "one").unwrap();
    let store = unlock(&path, "one").unwrap();
    let look = || assert_eq!(in_clear(folder.path(), "qwwork"), Vec::<String>::new());
    import(&store, &batches("qwwork", 3000), look);
    look();
    draft::put(&store, "new", "external_user", "{\"login\": \"qwwork draft\"}").unwrap();
    look();
    // A transaction that changes many pages several times: WAL, and the journal of a statement.
    let every = |tx: &portico_store::Tx<'_>| {
        tx.execute_batch("SAVEPOINT a")?;
        tx.execute(
            "UPDATE external_user SET description = 'qwwork ' || hex(randomblob(600))",
            [],
        )?;
        look();
        tx.execute_batch("ROLLBACK TO a; RELEASE a")?;
        tx.execute(
            "UPDATE external_user SET description = 'qwwork again ' || hex(randomblob(600))",
            [],
        )?;
        look();
        Ok::<_, StoreError>(())
    };
    store
        .transact(&Actor::named("Ada"), &Intent::new("edit"), every)
        .unwrap();
    look();
    let wal = folder.path().join("a b%ü.portico-wal");
    assert!(
        std::fs::metadata(&wal).unwrap().len() > 100_000,
        "there is a WAL to look into"
    );
    assert_eq!(content(&store).1, 3000);
    drop(store);
    look();
    // The same without a passphrase, so that it is known that looking finds something.
    let (folder, path) = workspace("qwplain", 1);
    draft::put(&Store::open(&path).unwrap(), "new", "external_user", "qwplain draft").unwrap();
    assert!(!in_clear(folder.path(), "qwplain").is_empty());
}

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
