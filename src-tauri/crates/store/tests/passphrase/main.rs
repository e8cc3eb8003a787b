//! A workspace with a passphrase: what opens it, what does not, and that nothing of it lies anywhere in clear.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod changing;
mod files;

use std::path::{Path, PathBuf};

use portico_core::actor::Actor;
use portico_core::model::{Activity, ExternalUser, Ticket};
use portico_core::snapshot::{Batch, Sink};
use portico_sample::DESK;
use portico_store::history::{self, Intent};
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::passphrase::{Cost, Passphrase, Relock};
use portico_store::table::{external_user, user_search};
use portico_store::{NewWorkspace, Result, Store, StoreError, snapshot};
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
