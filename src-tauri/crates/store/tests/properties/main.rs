//! What must hold whatever people do.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod found;

use std::convert::Infallible;

use portico_core::actor::Actor;
use portico_core::id::{ExternalUserId, GroupId};
use portico_core::model::Validity;
use portico_core::snapshot::{Sink, Source};
use portico_sample::World;
use portico_store::earlier::{self, Point};
use portico_store::history::Intent;
use portico_store::import::{CancelFlag, ImportOptions, ImportOutcome, Progress};
use portico_store::table::{account, external_user, permission_group, user_account, user_group, user_search};
use portico_store::{NewWorkspace, Result, Store, StoreError, Tx, base};
use proptest::prelude::*;
use rusqlite::Connection;

fn actor() -> Actor {
    Actor::named("Ada")
}

fn import(store: &Store, users: u64, tickets: u64) -> ImportOutcome {
    import_telling(store, users, tickets, &mut |_| {})
}

fn import_telling(store: &Store, users: u64, tickets: u64, progress: &mut dyn FnMut(Progress)) -> ImportOutcome {
    let mut source = World::sized(users, tickets, 3).source().unwrap();
    store
        .import(
            &actor(),
            "otobo",
            &mut |sink: &mut Sink<'_>| -> Result<()> { source.read(sink).map_err(|e: Infallible| match e {}) },
            &ImportOptions::default(),
            progress,
            &CancelFlag::new(),
        )
        .unwrap()
}

fn workspace(folder: &tempfile::TempDir, users: u64, tickets: u64) -> Store {
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: "otobo".to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    import(&store, users, tickets);
    store
}

/// What people edit, without the counting of versions.
fn content(c: &Connection) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for table in [
        "account",
        "permission_group",
        "external_user",
        "user_account",
        "user_group",
        "account_group",
    ] {
        let mut statement = c.prepare(&format!("SELECT * FROM {table}"))?;
        let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values = names.iter().enumerate().filter(|(_, name)| *name != "version");
            let values: Vec<String> = values.map(|(n, _)| format!("{:?}", row.get_ref(n).unwrap())).collect();
            all.push(format!("{table} {}", values.join("|")));
        }
    }
    all.sort();
    Ok(all)
}

/// All recorded tables, and the base.
fn dump(store: &Store) -> Vec<String> {
    store
        .read(|c: &Connection| -> Result<_> {
            let mut all = Vec::new();
            let tables = [
                "account",
                "permission_group",
                "external_user",
                "user_account",
                "user_group",
                "account_group",
                "base",
            ];
            for table in tables {
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

#[derive(Debug, Clone)]
enum Edit {
    Rename(usize, String),
    Move(usize, Option<usize>),
    Validity(usize, i64),
    Rights(usize, Vec<(usize, bool)>),
    Further(usize, Vec<usize>),
    Create(String, Option<usize>),
    Delete(usize),
    Account(usize, String),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = prop_oneof![
        (0..12_usize, "[a-zÄß ]{0,6}").prop_map(|(n, s)| Edit::Rename(n, s)),
        (0..12_usize, prop::option::of(0..3_usize)).prop_map(|(n, a)| Edit::Move(n, a)),
        (0..12_usize, 1..4_i64).prop_map(|(n, v)| Edit::Validity(n, v)),
        (0..12_usize, prop::collection::vec((0..4_usize, any::<bool>()), 0..4)).prop_map(|(n, r)| Edit::Rights(n, r)),
        (0..12_usize, prop::collection::vec(0..3_usize, 0..3)).prop_map(|(n, a)| Edit::Further(n, a)),
        ("[a-z]{5}", prop::option::of(0..3_usize)).prop_map(|(s, a)| Edit::Create(s, a)),
        (0..12_usize).prop_map(Edit::Delete),
        (0..3_usize, "[a-z]{0,4}").prop_map(|(n, s)| Edit::Account(n, s)),
    ];
    prop::collection::vec(one, 1..12)
}

fn apply(tx: &Tx<'_>, edit: &Edit) -> Result<()> {
    let mut users: Vec<_> = external_user::all(tx)?.into_iter().filter(|u| u.present).collect();
    users.sort_by(|a, b| a.login.cmp(&b.login));
    let user = |n: usize| users[n % users.len()].clone();
    let accounts = account::all(tx)?;
    let groups: Vec<GroupId> = permission_group::all(tx)?.iter().map(|g| g.id).collect();
    let account = |n: usize| accounts[n % accounts.len()].clone();
    match edit {
        Edit::Rename(n, name) => external_user::update(
            tx,
            &external_user::Row {
                last_name: name.clone(),
                ..user(*n)
            },
        ),
        Edit::Move(n, a) => external_user::update(
            tx,
            &external_user::Row {
                account_id: a.map(|a| account(a).id),
                ..user(*n)
            },
        ),
        Edit::Validity(n, v) => {
            let validity = Validity::from_number(*v).unwrap();
            external_user::update(tx, &external_user::Row { validity, ..user(*n) })
        }
        Edit::Rights(n, rights) => {
            let rights: Vec<_> = rights
                .iter()
                .map(|(g, rw)| (groups[g % groups.len()], if *rw { "rw" } else { "ro" }.to_owned()))
                .collect();
            user_group::set_all_replaces_existing(tx, user(*n).id, &rights)
        }
        Edit::Further(n, wanted) => {
            let mut wanted: Vec<_> = wanted.iter().map(|a| account(*a).id).collect();
            wanted.sort_unstable();
            wanted.dedup();
            user_account::set_all_replaces_existing(tx, user(*n).id, &wanted)
        }
        Edit::Create(login, a) => {
            let row = external_user::Row {
                id: ExternalUserId::new(),
                desk_key: None,
                login: format!("{login}-{}", users.len()),
                account_id: a.map(|a| account(a).id),
                ..user(0)
            };
            external_user::insert(tx, &row)
        }
        Edit::Delete(n) => {
            let id = user(*n).id;
            user_group::set_all_replaces_existing(tx, id, &[])?;
            user_account::set_all_replaces_existing(tx, id, &[])?;
            // Somebody may still be paired with a contact or service; then she stays.
            match external_user::delete(tx, id) {
                Err(StoreError::Reference) => Ok(()),
                other => other,
            }
        }
        Edit::Account(n, name) => account::update(
            tx,
            &account::Row {
                name: name.clone(),
                ..account(*n)
            },
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_leads_back_and_doing_it_again_forward(edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let store = workspace(&folder, 12, 10);
        let before = dump(&store);
        let mut made = 0;
        for edit in &edits {
            let ((), change) = store.transact(&actor(), &Intent::new("edit"), |tx| apply(tx, edit)).unwrap();
            made += usize::from(change.is_some());
        }
        let after = dump(&store);
        for _ in 0..made {
            store.undo(&actor()).unwrap();
        }
        prop_assert!(matches!(store.undo(&actor()), Err(StoreError::NothingToUndo)));
        prop_assert_eq!(dump(&store), before);
        prop_assert_eq!(store.read(base::pending).unwrap(), Vec::new());
        for _ in 0..made {
            store.redo(&actor()).unwrap();
        }
        prop_assert_eq!(dump(&store), after);
    }

    #[test]
    fn the_base_is_what_the_desk_had_whatever_was_done_since(edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let store = workspace(&folder, 12, 10);
        let users = store.read(external_user::all).unwrap();
        for edit in &edits {
            store.transact(&actor(), &Intent::new("edit"), |tx| apply(tx, edit)).unwrap();
        }
        let pending = store.read(base::pending).unwrap();
        let now = store.read(external_user::all).unwrap();
        for old in &users {
            let new = now.iter().find(|u| u.id == old.id);
            let found = pending.iter().find(|p| p.table == "external_user" && p.key == old.id.to_string());
            prop_assert_eq!(found.is_some(), new != Some(old), "{:?}", old);
            if let Some(found) = found {
                let base = found.base.as_ref().unwrap();
                prop_assert_eq!(base["login"].as_str(), Some(old.login.as_str()));
                prop_assert_eq!(base["last_name"].as_str(), Some(old.last_name.as_str()));
                prop_assert_eq!(base["validity"].as_i64(), Some(old.validity.number()));
                prop_assert_eq!(base["account_id"].as_str().map(str::to_owned), old.account_id.map(|a| a.to_string()));
            }
        }
        // The same desk again: nothing that is pending is lost, nothing is in conflict.
        let state = dump(&store);
        let outcome = import(&store, 12, 10);
        prop_assert_eq!(outcome.conflicts, 0);
        prop_assert_eq!(dump(&store), state);
        store.what_if(|tx| -> Result<()> { assert!(user_search::is_sound(tx)?); Ok(()) }).unwrap();
    }

    #[test]
    fn every_earlier_state_can_be_looked_at_and_nothing_of_it_stays(edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let store = workspace(&folder, 12, 0);
        let mut states = vec![(Point::Desk, store.read(content).unwrap())];
        for edit in &edits {
            if let ((), Some(id)) = store.transact(&actor(), &Intent::new("edit"), |tx| apply(tx, edit)).unwrap() {
                states.push((Point::After(id), store.read(content).unwrap()));
            }
        }
        // A change that is taken back and done again is part of the way.
        if states.len() > 1 {
            let id = store.undo(&actor()).unwrap();
            states.push((Point::After(id), store.read(content).unwrap()));
            let id = store.redo(&actor()).unwrap();
            states.push((Point::After(id), store.read(content).unwrap()));
        }
        let now = dump(&store);
        for (point, state) in states {
            let seen = store.what_if(|tx| {
                earlier::go_back(tx, point)?;
                content(tx)
            });
            prop_assert_eq!(seen.unwrap(), state, "{:?}", point);
        }
        prop_assert_eq!(dump(&store), now);
    }
}
