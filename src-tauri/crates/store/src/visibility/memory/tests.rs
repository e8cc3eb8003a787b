#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::sync::Mutex;

use portico_core::access::registry;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::id::ExternalUserId;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use super::*;
use crate::table::SYNCED;
use crate::touched::LINKS_OF_PEOPLE;
use crate::visibility::tests::imported;

/// The columns that are read while `ask` prepares its statements.
fn read_by(c: &Connection, ask: impl FnOnce() -> Result<()>) -> BTreeSet<(String, String)> {
    static READ: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());
    READ.lock().unwrap().clear();
    c.flush_prepared_statement_cache();
    c.authorizer(Some(|context: AuthContext<'_>| {
        if let AuthAction::Read {
            table_name,
            column_name,
        } = context.action
        {
            READ.lock()
                .unwrap()
                .insert((table_name.to_owned(), column_name.to_owned()));
        }
        Authorization::Allow
    }))
    .unwrap();
    let asked = ask();
    c.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).unwrap();
    asked.unwrap();
    READ.lock().unwrap().clone()
}

/// Otherwise a write would leave somebody's facts as they were before it.
#[test]
fn sets_are_read_from_no_other_tables_and_columns_than_is_said() {
    let recorded: BTreeSet<&str> = SYNCED.iter().map(|table| table.name).collect();
    let mut looked = BTreeSet::new();
    for desk in registry::DESKS {
        let model = registry::model(desk).unwrap();
        let world = any_world(desk, &mut Dice::new(5), 0);
        let (_folder, store) = imported(&world, &model);
        store
            .read(|c| -> Result<()> {
                let user = ExternalUserId::from_desk(desk, &world.users[0].key);
                let id = user.as_bytes().as_slice();
                let facts = PersonFacts::load(c, user, &model)?;
                for set in model.sets() {
                    let Some(said) = links::tables(set) else { continue };
                    let read = read_by(c, || {
                        facts.read(c, id, set)?;
                        if matches!(set, Set::Objects { .. }) {
                            links::levels(c, id)?;
                        }
                        if matches!(set, Set::AccountGroups { .. } | Set::Accessible { .. }) {
                            of_account(c, set, "any")?;
                        }
                        Ok(())
                    });
                    let read: Vec<_> = read
                        .iter()
                        .filter(|(table, _)| recorded.contains(table.as_str()))
                        .collect();
                    assert!(!read.is_empty(), "{desk}: {set:?}");
                    for (table, column) in read {
                        assert!(said.contains(&table.as_str()), "{desk}: {set:?} reads {table}");
                        let is_link =
                            ["", "id"].contains(&column.as_str()) || LINKS_OF_PEOPLE.contains(&column.as_str());
                        assert!(table != "external_user" || is_link, "{desk}: {set:?} reads {column}");
                    }
                    assert!(said.iter().all(|table| recorded.contains(table)), "{said:?}");
                    looked.insert(set);
                }
                Ok(())
            })
            .unwrap();
    }
    assert!(looked.len() > 12, "{looked:?}");
}

#[test]
fn only_what_was_not_written_is_taken_from_another_state() {
    let groups = Set::Groups {
        any_of: &["ro"],
        matching: Matching::Exact,
    };
    let written = |tables: &[&'static str]| Written {
        tables: Some(tables.iter().copied().collect()),
    };
    assert!(written(&["user_account"]).spares(groups));
    assert!(!written(&["user_account", "user_group"]).spares(groups));
    assert!(!written(&[]).spares(Set::Services), "nobody says what it is read from");
    assert!(!Written::default().spares(groups), "anything may have been written");
}

/// What is kept of many people at once outlives no write to what it was read from: otherwise a right that is given to a
/// group would be there before it was given, and nobody would gain by it.
#[test]
fn what_is_kept_of_many_is_forgotten_with_what_it_was_read_from() {
    let (mut objects, mut accounts) = (BTreeSet::new(), BTreeSet::new());
    for desk in registry::DESKS {
        let model = registry::model(desk).unwrap();
        let (_folder, store) = imported(&any_world(desk, &mut Dice::new(5), 0), &model);
        store
            .read(|c| -> Result<()> {
                objects.extend(read_by(c, || super::super::objects::load(c)));
                for set in model.sets() {
                    if matches!(set, Set::AccountGroups { .. } | Set::Accessible { .. }) {
                        accounts.extend(read_by(c, || of_account(c, set, "any").map(drop)));
                    }
                }
                Ok(())
            })
            .unwrap();
    }
    let recorded = |read: BTreeSet<(String, String)>| -> BTreeSet<&str> {
        let names = SYNCED.iter().map(|table| table.name);
        names
            .filter(|name| read.iter().any(|(table, _)| table == name))
            .collect()
    };
    assert_eq!(recorded(objects), Objects::TABLES.iter().copied().collect());
    assert_eq!(recorded(accounts), OF_ACCOUNTS.iter().copied().collect());
    let kept = |tables: &[&'static str]| {
        let mut memory = Memory::default();
        memory.of_accounts.entry(Set::OwnAccounts).or_default();
        memory.objects.asked = 1;
        let tables = Some(tables.iter().copied().collect());
        let kept = memory.across(&Written { tables });
        (kept.of_accounts.len(), kept.objects.asked)
    };
    assert_eq!(kept(&["user_group", "user_object"]), (1, 1));
    assert_eq!(kept(&["group_object"]), (1, 0));
    assert_eq!(kept(&["portal_object"]), (1, 0));
    assert_eq!(kept(&["account_group"]), (0, 1));
    let mut memory = Memory::default();
    memory.of_accounts.entry(Set::OwnAccounts).or_default();
    memory.objects.asked = 1;
    let anything = memory.across(&Written::default());
    assert!(anything.of_accounts.is_empty() && anything.objects.asked == 0);
}
