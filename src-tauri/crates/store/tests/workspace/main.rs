//! Opening, writing, trying out, undoing.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod opened;
mod undone;

use portico_core::actor::Actor;
use portico_core::id::{AccountId, ExternalUserId, GroupId};
use portico_core::model::Validity;
use portico_store::history::{self, Intent, Kind, LineKind};
use portico_store::table::{account, external_user, permission_group, user_group, user_search};
use portico_store::{NewWorkspace, Result, Store, StoreError, Tx};
use rusqlite::Connection;
use tempfile::TempDir;

fn actor() -> Actor {
    Actor::named("Ada")
}

fn workspace() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: "otobo".to_owned(),
    };
    let store = Store::create(&folder.path().join("a b%ü.portico"), &new).unwrap();
    (folder, store)
}

fn user(login: &str, account_id: Option<AccountId>) -> external_user::Row {
    external_user::Row {
        id: ExternalUserId::new(),
        desk_key: None,
        login: login.to_owned(),
        title: String::new(),
        first_name: "Jana".to_owned(),
        last_name: "Nováková".to_owned(),
        email: format!("{login}@example.org"),
        phone: String::new(),
        mobile: String::new(),
        fax: String::new(),
        street: String::new(),
        zip: String::new(),
        city: String::new(),
        country: String::new(),
        description: String::new(),
        account_id,
        validity: Validity::Valid,
        has_password: None,
        present: true,
        ..external_user::fresh()
    }
}

fn company(key: &str) -> account::Row {
    account::Row {
        id: AccountId::new(),
        desk_key: None,
        key: key.to_owned(),
        name: format!("{key} Ltd"),
        street: String::new(),
        zip: String::new(),
        city: String::new(),
        country: String::new(),
        url: String::new(),
        description: String::new(),
        validity: Validity::Valid,
        present: true,
        email: String::new(),
        phone: String::new(),
    }
}

fn group(name: &str) -> permission_group::Row {
    permission_group::Row {
        id: GroupId::new(),
        desk_key: None,
        name: name.to_owned(),
        description: String::new(),
        validity: Validity::Valid,
        present: true,
    }
}

fn write<T>(store: &Store, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> T {
    store.transact(&actor(), &Intent::new("test"), work).unwrap().0
}

fn dump(store: &Store) -> Vec<String> {
    store
        .read(|c: &Connection| -> Result<_> {
            let mut all = Vec::new();
            for table in [
                "account",
                "permission_group",
                "external_user",
                "user_account",
                "user_group",
                "base",
            ] {
                let mut statement = c.prepare(&format!("SELECT * FROM {table}"))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let values: Vec<String> = (0..columns).map(|n| format!("{:?}", row.get_ref(n).unwrap())).collect();
                    all.push(format!("{table} {}", values.join("|")));
                }
            }
            all.sort();
            Ok(all)
        })
        .unwrap()
}

#[test]
fn what_is_written_is_read_and_logged() {
    let (_folder, store) = workspace();
    let acme = company("ACME");
    let jana = user("jana", Some(acme.id));
    let finance = group("finance");
    let ((), change) = store
        .transact(
            &actor(),
            &Intent::new("save_user").with("name", "Jana"),
            |tx| -> Result<()> {
                account::insert(tx, &acme)?;
                permission_group::insert(tx, &finance)?;
                external_user::insert(tx, &jana)?;
                user_group::set_all_replaces_existing(tx, jana.id, &[(finance.id, "ro".to_owned())])
            },
        )
        .unwrap();
    store
        .read(|c| -> Result<()> {
            assert_eq!(external_user::by_login(c, "jana")?.as_ref(), Some(&jana));
            assert_eq!(external_user::by_folded_login(c, "JANA")?.len(), 1);
            assert_eq!(account::by_key(c, "ACME")?.unwrap(), acme);
            let log = history::list(c, None, 10)?;
            assert_eq!(log.len(), 1);
            assert_eq!(
                (log[0].kind, log[0].actor.as_str(), log[0].undoable),
                (Kind::Edit, "Ada", true)
            );
            assert_eq!(log[0].intent.detail, vec![("name".to_owned(), "Jana".to_owned())]);
            let lines = history::lines(c, change.unwrap())?;
            let link = lines.iter().find(|l| l.kind == LineKind::Link).unwrap();
            assert_eq!(
                (link.subject.as_str(), link.field.as_str(), link.user),
                ("Jana Nováková", "finance ro", Some(jana.id))
            );
            let login = lines
                .iter()
                .find(|l| l.table == "external_user" && l.field == "login")
                .unwrap();
            assert_eq!((login.kind, login.to.as_deref()), (LineKind::Create, Some("jana")));
            let primary = lines.iter().find(|l| l.field == "account_id").unwrap();
            assert_eq!(primary.to.as_deref(), Some("ACME Ltd"));
            assert!(lines.iter().all(|l| l.field != "sort_name" && l.field != "present"));
            assert!(user_search::is_sound(c).is_err(), "a reader must not write");
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_failed_write_and_a_write_of_nothing_leave_nothing() {
    let (_folder, store) = workspace();
    let before = dump(&store);
    let failed: Result<_> = store.transact(&actor(), &Intent::new("x"), |tx| {
        external_user::insert(tx, &user("jana", None))?;
        Err::<(), _>(StoreError::Stale)
    });
    assert!(matches!(failed, Err(StoreError::Stale)));
    assert_eq!(dump(&store), before);
    let jana = user("jana", None);
    write(&store, |tx| external_user::insert(tx, &jana));
    let ((), change) = store
        .transact(&actor(), &Intent::new("x"), |tx| external_user::update(tx, &jana))
        .unwrap();
    assert_eq!(change, None);
}

#[test]
fn a_login_is_taken_once() {
    let (_folder, store) = workspace();
    write(&store, |tx| external_user::insert(tx, &user("jana", None)));
    let second: Result<_> = store.transact(&actor(), &Intent::new("x"), |tx| {
        external_user::insert(tx, &user("jana", None))
    });
    match second {
        Err(StoreError::Duplicate { table, field, value }) => {
            assert_eq!(
                (table.as_str(), field.as_str(), value.as_str()),
                ("external_user", "login", "jana")
            );
        }
        other => panic!("{other:?}"),
    }
    let ghost: Result<_> = store.transact(&actor(), &Intent::new("x"), |tx| {
        external_user::insert(tx, &user("x", Some(AccountId::new())))
    });
    assert!(matches!(ghost, Err(StoreError::Reference)), "{ghost:?}");
}

#[test]
fn what_if_leaves_no_trace() {
    let (folder, store) = workspace();
    let jana = user("jana", None);
    write(&store, |tx| external_user::insert(tx, &jana));
    let files = || -> Vec<(String, Vec<u8>)> {
        let mut found: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| !p.to_string_lossy().ends_with("-shm"))
            .map(|p| (p.display().to_string(), std::fs::read(&p).unwrap()))
            .collect();
        found.sort();
        found
    };
    let (before, version) = (files(), store.data_version().unwrap());
    let seen = store
        .what_if(|tx| -> Result<_> {
            external_user::update(
                tx,
                &external_user::Row {
                    login: "other".to_owned(),
                    ..jana.clone()
                },
            )?;
            Ok(external_user::by_login(tx, "other")?.is_some())
        })
        .unwrap();
    assert!(seen);
    assert!(before == files(), "the files differ");
    assert_eq!(store.data_version().unwrap(), version);
    store
        .read(|c| -> Result<()> {
            assert_eq!(external_user::get(c, jana.id)?, jana);
            assert_eq!(history::list(c, None, 10)?.len(), 1);
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_search_keeps_up_with_edits_and_undo() {
    let (_folder, store) = workspace();
    let (acme, jana) = (company("ACME"), user("jana", None));
    write(&store, |tx| {
        account::insert(tx, &acme)?;
        external_user::insert(tx, &jana)
    });
    write(&store, |tx| {
        external_user::update(
            tx,
            &external_user::Row {
                account_id: Some(acme.id),
                ..jana.clone()
            },
        )
    });
    write(&store, |tx| {
        account::update(
            tx,
            &account::Row {
                name: "Ümläut GmbH".to_owned(),
                ..acme.clone()
            },
        )
    });
    let found = |search: &str| {
        let query = external_user::ListQuery {
            search: search.to_owned(),
            ..Default::default()
        };
        let count = store.read(|c| external_user::count_matching(c, &query)).unwrap();
        let rows = store.read(|c| external_user::list(c, &query, 0, 10)).unwrap();
        assert_eq!(count, rows.len() as u64);
        count
    };
    for hit in [
        "",
        "ja",
        "J",
        "NOVAK",
        "ová",
        "ana nov",
        "umlaut",
        "UMLÄUT",
        "acm",
        "@example",
        "jana gmbh",
        "\"",
    ] {
        assert_eq!(found(hit), u64::from(hit != "\""), "{hit}");
    }
    assert_eq!(found("acme ltd"), 0);
    store.undo(&actor()).unwrap();
    assert_eq!(found("acme ltd"), 1);
    store.undo(&actor()).unwrap();
    assert_eq!(found("acme"), 0);
    store
        .what_if(|tx| -> Result<()> {
            assert!(user_search::is_sound(tx)?);
            Ok(())
        })
        .unwrap();
}
