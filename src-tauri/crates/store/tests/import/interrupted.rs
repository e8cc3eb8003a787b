//! Imports that are refused, cancelled or killed, and what others see meanwhile.

use portico_core::model::{SettingOrigin, Validity};
use portico_core::snapshot::Batch;
use portico_store::history::{self, Intent};
use portico_store::import::{CancelFlag, ImportOptions, ImportOutcome};
use portico_store::table::{desk_setting, external_user};
use portico_store::{Result, Store, StoreError, snapshot};

use super::{DESK, actor, count, dump, edit, import, login, person, setting, try_import, workspace, world};

#[test]
fn undo_stops_at_an_import() {
    let (_folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
    import(&store, &world());
    assert!(matches!(store.undo(&actor()), Err(StoreError::NothingToUndo)));
    assert!(store.read(history::can_undo).unwrap().is_none());
    edit(&store, "anna", |r| r.phone = "1".to_owned());
    store.undo(&actor()).unwrap();
    assert!(matches!(store.undo(&actor()), Err(StoreError::NothingToUndo)));
    assert_eq!(login(&store, "anna").email, "mine@example.org");
}

#[test]
fn a_rehearsal_a_refusal_and_a_cancellation_leave_everything_as_it_was() {
    let (folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
    let before = dump(&store);
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let count_before = files();
    let mut next = world();
    next.users.push(person("emil", ""));
    next.tickets.pop();
    next.user("anna").email = "theirs@example.org".to_owned();
    let outcome = try_import(
        &store,
        &next,
        &ImportOptions {
            dry_run: true,
            keep_settings: false,
            ..ImportOptions::default()
        },
    )
    .unwrap();
    assert_eq!(
        (outcome.change, outcome.conflicts, count(&outcome, "external_users")),
        (None, 1, (1, 1, 0))
    );
    assert_eq!((dump(&store), files()), (before.clone(), count_before));

    let mut twice = world();
    twice.users.push(person("anna", ""));
    match try_import(&store, &twice, &ImportOptions::default()) {
        Err(StoreError::Duplicate { table, value, .. }) => {
            assert_eq!((table.as_str(), value.as_str()), ("external_user", "anna"));
        }
        other => panic!("{other:?}"),
    }
    let mut twice = world();
    twice.tickets[1].number = twice.tickets[0].number.clone();
    match try_import(&store, &twice, &ImportOptions::default()) {
        Err(StoreError::Duplicate { table, field, value }) => {
            assert_eq!(
                (table.as_str(), field.as_str(), value.as_str()),
                ("ticket", "number", "20260001")
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!((dump(&store), files()), (before.clone(), count_before));

    for phase in ["reading", "indexing", "writing"] {
        let flag = CancelFlag::new();
        let mut seen = false;
        let result: Result<ImportOutcome> = store.import(
            &actor(),
            DESK,
            &mut |sink| next.read(sink),
            &ImportOptions::default(),
            &mut |p| {
                if p.phase == phase {
                    seen = true;
                    flag.cancel();
                }
            },
            &flag,
        );
        assert!(
            seen && matches!(result, Err(StoreError::Cancelled)),
            "{phase}: {result:?}"
        );
        assert_eq!((dump(&store), files()), (before.clone(), count_before), "{phase}");
    }
    // An error of the source itself.
    let result: Result<ImportOutcome> = store.import(
        &actor(),
        DESK,
        &mut |sink| {
            sink(Batch::Accounts(world().accounts)).map_err(|_| StoreError::Cancelled)?;
            Err(StoreError::Damaged("the source".to_owned()))
        },
        &ImportOptions::default(),
        &mut |_| {},
        &CancelFlag::new(),
    );
    assert!(matches!(result, Err(StoreError::Damaged(_))));
    assert_eq!((dump(&store), files()), (before, count_before));
}

#[test]
fn an_import_that_was_killed_is_cleared_up_and_a_take_over_completed() {
    let (folder, store) = workspace();
    import(&store, &world());
    let before = dump(&store);
    let id: String = store
        .read(|c| {
            Ok::<_, StoreError>(c.query_row("SELECT value FROM meta WHERE key = 'snapshot_id'", [], |r| r.get(0))?)
        })
        .unwrap();
    let path = store.path().to_owned();
    drop(store);
    // Killed while loading.
    let leftover = folder.path().join("w.portico-tickets.0000.part");
    std::fs::write(&leftover, "half a file").unwrap();
    // Killed between commit and renaming.
    let file = folder.path().join("w.portico-tickets");
    std::fs::rename(&file, folder.path().join(format!("w.portico-tickets.{id}.part"))).unwrap();
    std::fs::write(&file, "the old one").unwrap();
    let store = Store::open(&path).unwrap();
    assert!(!leftover.exists());
    assert_eq!(dump(&store), before);
    assert_eq!(
        std::fs::read_dir(folder.path())
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().extension().unwrap() == "part")
            .count(),
        0
    );
}

#[test]
fn an_import_that_runs_is_not_cleared_up_by_another_who_opens() {
    let (_folder, store) = workspace();
    let path = store.path().to_owned();
    let world = world();
    let outcome = store
        .import(
            &actor(),
            DESK,
            &mut |sink| -> Result<()> {
                world.read(sink)?;
                // Meanwhile: somebody opens, reads and writes. Nothing is locked.
                let other = Store::open(&path)?;
                other.transact(&actor(), &Intent::new("x"), |tx| {
                    desk_setting::set(
                        tx,
                        &desk_setting::Row {
                            name: "a".to_owned(),
                            value: "1".to_owned(),
                            origin: SettingOrigin::Confirmed,
                        },
                    )
                })?;
                Ok(())
            },
            &ImportOptions::default(),
            &mut |_| {},
            &CancelFlag::new(),
        )
        .unwrap();
    assert_eq!(outcome.tickets, 4);
    assert_eq!(store.read(snapshot::count).unwrap(), 4);
    // A value that a person confirmed stays.
    assert!(store.read(|c| desk_setting::find(c, "a")).unwrap().is_some());
}

#[test]
fn a_reader_keeps_its_tickets_while_new_ones_come() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let mut next = world();
    next.tickets.truncate(1);
    store
        .read(|c| -> Result<()> {
            import(&store, &next);
            assert_eq!(snapshot::count(c)?, 4);
            assert_eq!(store.read(snapshot::count)?, 1);
            Ok(())
        })
        .unwrap();
    assert_eq!(store.read(snapshot::count).unwrap(), 1);
    assert_eq!(store.what_if(|tx| snapshot::count(tx)).unwrap(), 1);
    assert_eq!(
        Store::open_read_only(store.path())
            .unwrap()
            .read(snapshot::count)
            .unwrap(),
        1
    );
}

#[test]
fn validity_and_settings_follow_the_desk() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let mut next = world();
    next.user("anna").validity = Validity::InvalidTemporarily;
    next.settings = vec![setting("Other", "[\"users\"]")];
    try_import(
        &store,
        &next,
        &ImportOptions {
            dry_run: false,
            keep_settings: true,
            ..ImportOptions::default()
        },
    )
    .unwrap();
    assert_eq!(login(&store, "anna").validity, Validity::InvalidTemporarily);
    assert_eq!(store.read(desk_setting::all).unwrap().len(), 2);
    let query = external_user::ListQuery {
        status: vec![Validity::InvalidTemporarily],
        ..Default::default()
    };
    assert_eq!(store.read(|c| external_user::count_matching(c, &query)).unwrap(), 1);
}

#[test]
fn a_backup_is_a_workspace_with_the_same_in_it() {
    let (folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
    let to = folder.path().join("copy.portico");
    store.backup(&to).unwrap();
    let copy = Store::open(&to).unwrap();
    assert_eq!(dump(&copy), dump(&store));
    edit(&copy, "anna", |r| r.email = "other@example.org".to_owned());
    assert_eq!(login(&store, "anna").email, "mine@example.org");
    assert!(matches!(store.backup(&to), Err(StoreError::Exists(_))));
}
