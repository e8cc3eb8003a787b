//! What people see by the rules of another desk, held against both worlds read ticket by ticket.

use portico_core::access::setting::Settings;
use portico_core::snapshot::Batch;
use portico_core::translate::{DESKS, Translator};

use super::super::{End, across};
use super::*;
use crate::handed;
use crate::visibility::setting_value;

/// The workspace in the terms of another desk.
fn translated(store: &Store, from: &str, to: &str) -> Vec<Batch> {
    let mut translator = Translator::new(from, to).unwrap();
    let mut batches = Vec::new();
    let mut take = |batch| -> Result<()> {
        batches.extend(translator.take(batch));
        Ok(())
    };
    store.read(|c| handed::records(c, &mut take)).unwrap();
    batches.extend(translator.finish());
    batches
}

/// The world that these batches tell of.
fn world_of(batches: Vec<Batch>, model: &AccessModel) -> World {
    let mut world = World::default();
    let assumed = model.settings.iter().filter_map(|n| Some((n.name, n.assumed_value()?)));
    let mut settings: Settings = assumed.collect();
    for batch in batches {
        if let Batch::Settings(rows) = &batch {
            for row in rows {
                let needed = model.settings.iter().find(|n| n.name == row.name).unwrap();
                settings.set(needed.name, setting_value(needed.kind, &row.value).unwrap());
            }
        }
        world.take(batch);
    }
    world.settings = settings;
    world
}

fn compared(here: (&Store, &str), there: (&Store, &str)) -> Outcome {
    let caches = || (DirectoryCache::default(), CellCache::default());
    let (mine, theirs) = (caches(), caches());
    here.0
        .read(|c| {
            there.0.read(|d| {
                let end = |c, desk, (directory, cells)| End {
                    c,
                    desk,
                    directory,
                    cells,
                };
                let (here, there) = (
                    end(c, here.1, (&mine.0, &mine.1)),
                    end(d, there.1, (&theirs.0, &theirs.1)),
                );
                across(&here, &there, &CancelFlag::new(), &mut |_| {})
            })
        })
        .unwrap()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn another_desk_shows_what_its_own_rules_show(
        seed: u64,
        unknown in prop_oneof![4 => Just(0_usize), 1 => Just(15)],
        from in 0..DESKS.len(),
        other in 1..DESKS.len(),
    ) {
        let (from, to) = (DESKS[from], DESKS[(from + other) % DESKS.len()]);
        let mut dice = Dice::new(seed);
        let world = any_world(from, &mut dice, unknown);
        prop_assume!(!world.users.is_empty());
        let (model, after) = (registry::model(from).unwrap(), registry::model(to).unwrap());
        let (_folder, store) = imported(&world, &model);
        let now = world_of(translated(&store, from, to), &after);
        let (_folder_there, there) = imported(&now, &after);
        let outcome = compared((&store, from), (&there, to));
        let held = hold_between([&model, &after], &world, &now, &outcome);
        prop_assert!(held.is_ok(), "{from} {to}: {held:?}");
    }
}
