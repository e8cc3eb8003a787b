//! Opening: foreign files, several at a time, for reading only; and what outlives the process.

use std::path::Path;

use portico_store::history::Intent;
use portico_store::table::external_user;
use portico_store::{NewWorkspace, Result, Store, StoreError, draft};
use rusqlite::Connection;

use super::{actor, user, workspace, write};

#[test]
fn files_that_are_not_ours_are_refused() {
    let (folder, store) = workspace();
    let path = store.path().to_owned();
    drop(store);
    let open = |path: &Path| Store::open(path).map(|_| ()).unwrap_err();
    assert!(matches!(
        open(&folder.path().join("none.portico")),
        StoreError::NotFound { .. }
    ));
    assert!(matches!(open(folder.path()), StoreError::NotAWorkspace(_)));
    let text = folder.path().join("text.portico");
    std::fs::write(
        &text,
        "no database, but long enough to be looked at by somebody who opens it",
    )
    .unwrap();
    assert!(matches!(open(&text), StoreError::NotAWorkspace(_)));
    let other = folder.path().join("other.portico");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE a (b)")
        .unwrap();
    assert!(matches!(open(&other), StoreError::NotAWorkspace(_)));
    let new = NewWorkspace {
        name: String::new(),
        desk: String::new(),
    };
    assert!(matches!(Store::create(&path, &new), Err(StoreError::Exists(_))));
    let conn = Connection::open(&path).unwrap();
    let version: i64 = conn.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    conn.pragma_update(None, "user_version", version + 1).unwrap();
    drop(conn);
    match open(&path) {
        StoreError::TooNew { found, known, .. } => assert_eq!((found, known), (version + 1, version)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_second_connection_sees_what_is_written_and_waits_its_turn() {
    let (_folder, store) = workspace();
    let second = Store::open(store.path()).unwrap();
    let version = second.data_version().unwrap();
    let jana = user("jana", None);
    write(&store, |tx| external_user::insert(tx, &jana));
    assert_ne!(second.data_version().unwrap(), version);
    assert_eq!(second.read(|c| external_user::get(c, jana.id)).unwrap(), jana);
    // Another process in the middle of a write that takes its time.
    let (begun, wait) = std::sync::mpsc::channel();
    let path = store.path().to_owned();
    let other = std::thread::spawn(move || {
        let conn = Connection::open(path).unwrap();
        conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        begun.send(()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        conn.execute_batch("ROLLBACK").unwrap();
    });
    wait.recv().unwrap();
    let start = std::time::Instant::now();
    write(&store, |tx| {
        external_user::update(
            tx,
            &external_user::Row {
                title: "Dr".to_owned(),
                ..jana.clone()
            },
        )
    });
    assert!(start.elapsed() >= std::time::Duration::from_millis(150));
    other.join().unwrap();
}

#[test]
fn a_workspace_open_for_reading_is_read_only() {
    let (_folder, store) = workspace();
    let jana = user("jana", None);
    write(&store, |tx| external_user::insert(tx, &jana));
    let reader = Store::open_read_only(store.path()).unwrap();
    assert_eq!(reader.read(|c| external_user::get(c, jana.id)).unwrap(), jana);
    let refused: Result<_> = reader.transact(&actor(), &Intent::new("x"), |tx| external_user::delete(tx, jana.id));
    assert!(matches!(refused, Err(StoreError::ReadOnly)));
    assert_eq!(reader.read(portico_store::snapshot::as_of).unwrap(), None);
}

#[test]
fn drafts_outlive_the_process() {
    let (_folder, store) = workspace();
    draft::put(&store, "new-1", "external_user", "{\"login\":\"a\"}").unwrap();
    draft::put(&store, "new-1", "external_user", "{\"login\":\"ab\"}").unwrap();
    let path = store.path().to_owned();
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.read(draft::list).unwrap().len(), 1);
    assert_eq!(
        store.read(|c| draft::get(c, "new-1")).unwrap().unwrap().form,
        "{\"login\":\"ab\"}"
    );
    draft::discard(&store, "new-1").unwrap();
    assert_eq!(store.read(draft::list).unwrap(), Vec::new());
}
