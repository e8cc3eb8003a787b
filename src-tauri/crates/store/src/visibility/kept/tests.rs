//! What is kept against what is read anew, after everything that can change a workspace.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::actor::Actor;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::history::Intent;
use crate::import::{CancelFlag, ImportOptions};
use crate::visibility::exposure::tests::{Edit, draw, edit_store, edit_world};
use crate::visibility::tests::{batches, imported};
use crate::visibility::who::{Seers, Watched};
use crate::visibility::{CellCache, Cells, Directory, DirectoryCache, Eyes, Tab};
use crate::{Store, StoreError, Tx};

struct House {
    folder: TempDir,
    store: Store,
    model: AccessModel,
    world: World,
    directory: DirectoryCache,
    cells: CellCache,
}

type Held = std::result::Result<(), TestCaseError>;

const LOOKED_AT: [Question; 3] = [Question::Listed, Question::Openable(Permission::Ro), Question::Hidden];

/// What eyes see: counts and tickets of some questions.
fn seen(eyes: &Eyes<'_>) -> Result<Vec<(Counts, Vec<i64>)>> {
    let of = |question: &Question| {
        let page = eyes.page(question, Tab::All, None, 50)?;
        Ok((eyes.count(question)?, page.iter().map(|at| at.id).collect()))
    };
    LOOKED_AT.iter().map(of).collect()
}

impl House {
    fn people(&self) -> Vec<ExternalUserId> {
        let keys = self.world.users.iter().map(|user| user.key.as_str());
        keys.map(|key| ExternalUserId::from_desk(self.model.desk, key))
            .collect()
    }

    /// Asks everything of what is kept, and of what is read anew in the same state.
    fn hold(&self, c: &Connection, kept: &Directory, cells: &Cells) -> Result<Held> {
        let (directory, anew) = (Directory::load(c, &self.model)?, Cells::load(c)?);
        for user in self.people() {
            for colleagues in [false, true] {
                let (Ok(mine), Ok(fresh)) = (
                    kept.person(c, &self.model, user, colleagues),
                    read(c, &self.model, user, colleagues),
                ) else {
                    return Ok(Err(TestCaseError::fail("somebody is not there")));
                };
                if mine.facts() != fresh.facts() {
                    return Ok(Err(TestCaseError::fail(format!(
                        "{:?} {:?}",
                        mine.facts(),
                        fresh.facts()
                    ))));
                }
                let mine = Eyes::of(c, &self.model, kept, &mine, cells)?;
                let fresh = Eyes::new(c, &self.model, &directory, fresh.facts(), &anew)?;
                if let held @ Err(_) = same(&seen(&mine)?, &seen(&fresh)?) {
                    return Ok(held);
                }
            }
        }
        for ticket in &self.world.tickets {
            let ticket = crate::snapshot::ticket(c, ticket.id)?.unwrap();
            let told = |directory: &Directory| -> Result<_> {
                let watched = Watched::new(c, &self.model, directory, &ticket, None);
                Ok((watched.counts()?, watched.page(Seers::All, None, 50)?))
            };
            if let held @ Err(_) = same(&told(kept)?, &told(&directory)?) {
                return Ok(held);
            }
        }
        Ok(Ok(()))
    }

    fn hold_now(&self) -> Held {
        self.store
            .read(|c| self.hold(c, &*self.directory.get(c, &self.model)?, &*self.cells.get(c)?))
            .unwrap()
    }

    fn write(&self, store: &Store, edit: &Edit) {
        let intent = Intent {
            code: "test".to_owned(),
            detail: Vec::new(),
        };
        store
            .transact(&Actor::named("Ada"), &intent, |tx| {
                edit_store(tx, self.model.desk, edit)
            })
            .unwrap();
    }

    /// Looks at an edit that is taken back, through what was kept before it.
    fn try_out(&self, edit: &Edit) -> Held {
        let tried = |tx: &Tx<'_>| -> Result<Held> {
            let (kept, cells) = (self.directory.get(tx, &self.model)?, self.cells.get(tx)?);
            edit_store(tx, self.model.desk, edit)?;
            for user in self.people() {
                let (mine, fresh) = (
                    kept.person(tx, &self.model, user, false)?,
                    read(tx, &self.model, user, false)?,
                );
                if let held @ Err(_) = same(mine.facts(), fresh.facts()) {
                    return Ok(held);
                }
                // What is worked out in passing must not stay either.
                seen(&Eyes::of(tx, &self.model, &kept, &mine, &cells)?)?;
            }
            for ticket in &self.world.tickets {
                let ticket = crate::snapshot::ticket(tx, ticket.id)?.unwrap();
                Watched::new(tx, &self.model, &kept, &ticket, None).counts()?;
            }
            Ok(Ok(()))
        };
        self.store.what_if(tried).unwrap()
    }

    fn import(&mut self, edit: &Edit) {
        edit_world(&mut self.world, &self.model, edit);
        let mut batches = batches(&self.world, &self.model);
        let mut read = |sink: &mut portico_core::snapshot::Sink<'_>| -> Result<()> {
            batches
                .drain(..)
                .try_for_each(|batch| sink(batch).map_err(|_| StoreError::Cancelled))
        };
        let options = ImportOptions::default();
        let actor = Actor::named("Ada");
        self.store
            .import(
                &actor,
                self.model.desk,
                &mut read,
                &options,
                &mut |_| {},
                &CancelFlag::new(),
            )
            .unwrap();
    }
}

fn same<T: PartialEq + std::fmt::Debug>(kept: &T, anew: &T) -> Held {
    prop_assert_eq!(kept, anew);
    Ok(())
}

fn accounts(world: &World) -> Vec<String> {
    world.accounts.iter().map(|account| account.key.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn what_is_kept_is_what_would_be_read(seed: u64, unknown in prop_oneof![3 => Just(0_usize), 1 => Just(15)], desk in 0..registry::DESKS.len()) {
        let mut dice = Dice::new(seed);
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let world = any_world(registry::DESKS[desk], &mut dice, unknown);
        prop_assume!(!world.users.is_empty() && !world.accounts.is_empty());
        let (folder, store) = imported(&world, &model);
        let mut house = House { folder, store, model, world, directory: DirectoryCache::default(), cells: CellCache::default() };
        house.hold_now()?;
        for way in [0, 1, 2, 3, 4] {
            let mut edit = draw(&mut dice, &house.model, &house.world, &accounts(&house.world));
            while matches!(edit, Edit::New(_)) {
                edit = draw(&mut dice, &house.model, &house.world, &accounts(&house.world));
            }
            match way {
                0 => house.try_out(&edit)?,
                1 => house.write(&house.store, &edit),
                2 => drop(house.store.undo(&Actor::named("Ada"))),
                3 => house.write(&Store::open(&house.folder.path().join("w.portico")).unwrap(), &edit),
                _ => house.import(&edit),
            }
            let held = house.hold_now();
            prop_assert!(held.is_ok(), "way {}, {:?}: {:?}", way, edit, held);
        }
    }
}

#[test]
fn few_are_kept_and_the_last_ones() {
    let model = registry::model("zoho").unwrap();
    let world = any_world("zoho", &mut Dice::new(3), 0);
    let (_folder, store) = imported(&world, &model);
    store
        .read(|c| -> Result<()> {
            let directory = Directory::load(c, &model)?;
            let ids = world
                .users
                .iter()
                .map(|user| ExternalUserId::from_desk("zoho", &user.key));
            let people: Vec<ExternalUserId> = ids.collect();
            let first = directory.person(c, &model, people[0], false)?;
            assert!(Arc::ptr_eq(&first, &directory.person(c, &model, people[0], false)?));
            for user in people.iter().cycle().take(40) {
                directory.person(c, &model, *user, false)?;
                let kept = directory.people.0.lock().unwrap();
                assert!(kept.len() <= PEOPLE);
                assert!(kept.iter().map(|(_, kept)| kept.facts.len()).sum::<usize>() <= VALUES);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_is_tried_out_is_neither_answered_from_what_is_kept_nor_kept() {
    let model = registry::model("zoho").unwrap();
    let world = any_world("zoho", &mut Dice::new(3), 0);
    let keys = [&world.users[0].key, &world.users[1].key];
    let people = keys.map(|key| ExternalUserId::from_desk("zoho", key));
    let (_folder, store) = imported(&world, &model);
    let cache = DirectoryCache::default();
    let saved = |user| {
        let facts =
            store.read(|c| -> Result<_> { Ok(cache.get(c, &model)?.person(c, &model, user, false)?.facts().clone()) });
        facts.unwrap()
    };
    let first = saved(people[0]);
    store
        .what_if(|tx| -> Result<()> {
            let directory = cache.get(tx, &model)?;
            for (key, user) in keys.into_iter().zip(people) {
                edit_store(tx, "zoho", &Edit::Valid(key.clone()))?;
                let tried = directory.person(tx, &model, user, false)?;
                assert_eq!(tried.facts(), read(tx, &model, user, false)?.facts());
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(saved(people[0]), first);
    let second = store.read(|c| read(c, &model, people[1], false)).unwrap();
    assert_eq!(&saved(people[1]), second.facts());
}
