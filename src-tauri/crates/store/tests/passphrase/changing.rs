//! Changes of the passphrase that are refused, cancelled, or watched from outside.

use portico_core::actor::Actor;
use portico_store::history::Intent;
use portico_store::import::{CancelFlag, Progress};
use portico_store::passphrase::Relock;
use portico_store::{Store, StoreError, draft};

use super::{CHEAP, batches, change, content, import, in_clear, names, relock, remove, set, unlock, words, workspace};

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
