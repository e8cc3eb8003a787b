//! Undo, redo, and what is pending.

use portico_store::history::Intent;
use portico_store::table::{account, external_user, user_account};
use portico_store::{StoreError, base};

use super::{actor, company, dump, user, workspace, write};

#[test]
fn undo_and_redo_go_through_the_log() {
    let (_folder, store) = workspace();
    let start = dump(&store);
    let jana = user("jana", None);
    write(&store, |tx| external_user::insert(tx, &jana));
    let one = dump(&store);
    write(&store, |tx| {
        external_user::update(
            tx,
            &external_user::Row {
                title: "Dr".to_owned(),
                ..jana.clone()
            },
        )
    });
    let two = dump(&store);
    store.undo(&actor()).unwrap();
    assert_eq!(dump(&store), one);
    store.undo(&actor()).unwrap();
    assert_eq!(dump(&store), start);
    assert!(matches!(store.undo(&actor()), Err(StoreError::NothingToUndo)));
    store.redo(&actor()).unwrap();
    assert_eq!(dump(&store), one);
    store.redo(&actor()).unwrap();
    assert_eq!(dump(&store), two);
    assert!(matches!(store.redo(&actor()), Err(StoreError::NothingToUndo)));
    store.undo(&actor()).unwrap();
    assert_eq!(dump(&store), one);
    // A new edit ends what could be done again.
    write(&store, |tx| {
        external_user::update(
            tx,
            &external_user::Row {
                title: "Prof".to_owned(),
                ..jana.clone()
            },
        )
    });
    assert!(matches!(store.redo(&actor()), Err(StoreError::NothingToUndo)));
}

#[test]
fn undo_of_an_older_change_names_the_later_one_in_its_way() {
    let (_folder, store) = workspace();
    let jana = user("jana", None);
    write(&store, |tx| external_user::insert(tx, &jana));
    let edit = |title: &str, code: &str| {
        let row = external_user::Row {
            title: title.to_owned(),
            ..jana.clone()
        };
        store
            .transact(&actor(), &Intent::new(code), |tx| external_user::update(tx, &row))
            .unwrap()
            .1
            .unwrap()
    };
    let first = edit("Dr", "first");
    let second = edit("Prof", "second");
    let before = dump(&store);
    match store.undo_change(&actor(), first) {
        Err(StoreError::Conflict {
            change,
            later: Some(later),
        }) => {
            assert_eq!(
                (change, later.id, later.intent.code.as_str()),
                (first.0, second, "second")
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(dump(&store), before);
}

#[test]
fn pending_is_what_differs_and_nothing_else() {
    let (_folder, store) = workspace();
    let (acme, jana) = (company("ACME"), user("jana", None));
    write(&store, |tx| {
        account::insert(tx, &acme)?;
        external_user::insert(tx, &jana)
    });
    let pending = store.read(base::pending).unwrap();
    assert_eq!(
        pending.iter().map(|p| (p.table, p.base.is_some())).collect::<Vec<_>>(),
        vec![("account", false), ("external_user", false)]
    );
    write(&store, |tx| {
        user_account::set_all_replaces_existing(tx, jana.id, &[acme.id])
    });
    assert_eq!(store.read(base::changed_users).unwrap(), vec![jana.id]);
    assert_eq!(store.read(|c| base::pending_of(c, jana.id)).unwrap().len(), 2);
    write(&store, |tx| {
        user_account::set_all_replaces_existing(tx, jana.id, &[])?;
        external_user::delete(tx, jana.id)?;
        account::delete(tx, acme.id)
    });
    assert_eq!(store.read(base::pending).unwrap(), Vec::new());
}
