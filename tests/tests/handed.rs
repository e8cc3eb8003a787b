//! What a workspace hands over of its links is what its desk told, for every desk whose rules are told to OpenFGA.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use portico_core::access::registry::DESKS;
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::snapshot::Batch;
use portico_desks::openfga::{Tuple, person};
use portico_desks::registry::relations;
use portico_store::table::external_user;
use portico_store::{Store, StoreError, handed};
use portico_testkit::{Batches, TempWorkspace, actor};
use proptest::prelude::*;

fn workspace(desk: &str, world: &World) -> TempWorkspace {
    let workspace = TempWorkspace::empty_of(desk);
    workspace.import(&mut Batches(world.batches()));
    workspace
}

fn told(desk: &str, batches: impl IntoIterator<Item = Batch>) -> BTreeSet<Tuple> {
    let relations = relations(desk).unwrap().unwrap();
    let mut all = Vec::new();
    for batch in batches {
        (relations.tuples)(&batch, &mut all);
    }
    all.into_iter().collect()
}

fn handed_over(store: &Store) -> Vec<Batch> {
    let mut all = Vec::new();
    let read: Result<_, StoreError> = store.read(|c| {
        handed::links(c, &mut |batch| {
            all.push(batch);
            Ok(())
        })
    });
    read.unwrap();
    all
}

fn desks() -> Vec<&'static str> {
    let told = |desk: &&&str| relations(desk).is_ok_and(|found| found.is_some());
    DESKS.iter().filter(told).copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_links_of_a_workspace_are_those_of_its_desk(seed: u64, desk in 0..desks().len()) {
        let desk = desks()[desk];
        let world = any_world(desk, &mut Dice::new(seed), 0);
        let workspace = workspace(desk, &world);
        let store = &workspace.store;
        let people: BTreeSet<String> = world.users.iter().map(|user| person(&user.key)).collect();
        // Links of somebody of whom the desk told nothing are links of nobody.
        let mut expected = told(desk, world.batches());
        expected.retain(|tuple| !tuple.user.starts_with("external_user:") || people.contains(&tuple.user));
        let mut found = told(desk, handed_over(store));
        // A ticket's contact may be somebody who is not there any more.
        found.retain(|tuple| !tuple.user.starts_with("external_user:") || people.contains(&tuple.user));
        prop_assert_eq!(&found, &expected, "{}", desk);
        prop_assert!(world.tickets.is_empty() || !found.is_empty());
    }
}

#[test]
fn who_is_deleted_here_and_who_is_new_are_handed_over_so() {
    let world = any_world("zoho", &mut Dice::new(3), 0);
    let workspace = workspace("zoho", &world);
    let store = &workspace.store;
    let id = store.read(external_user::ids).unwrap()[0];
    let key = store.read(|c| external_user::get(c, id)).unwrap().desk_key.unwrap();
    let new = external_user::Row {
        login: "new".to_owned(),
        ..external_user::fresh()
    };
    // Somebody whom others name, and of whom nothing else is known.
    let named = external_user::Row {
        desk_key: Some("named".to_owned()),
        login: "named".to_owned(),
        present: false,
        ..external_user::fresh()
    };
    let intent = portico_store::history::Intent::new("test");
    store
        .transact(&actor(), &intent, |tx| -> portico_store::Result<()> {
            external_user::insert(tx, &new)?;
            external_user::insert(tx, &named)?;
            portico_store::table::record::delete(tx, portico_core::form::field::Entity::ExternalUser, *id.as_bytes())
        })
        .unwrap();
    let keys: Vec<String> = handed_over(store)
        .into_iter()
        .filter_map(|batch| match batch {
            Batch::ExternalUsers(all) => Some(all),
            _ => None,
        })
        .flatten()
        .map(|user| user.key)
        .collect();
    assert!(!keys.contains(&key) && !keys.contains(&"named".to_owned()), "{keys:?}");
    assert!(
        keys.iter()
            .any(|key| key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit())),
        "{keys:?}"
    );
}
