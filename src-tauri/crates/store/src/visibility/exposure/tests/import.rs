//! What an import would do to people, held against the world before and after it.

use portico_core::snapshot::Sink;

use super::*;
use crate::import::ImportOptions;
use crate::visibility::tests::batches;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_rehearsed_import_tells_after_minus_before_and_writes_nothing(
        seed: u64,
        edits in 0_usize..4,
        unknown in prop_oneof![4 => Just(0_usize), 1 => Just(15)],
        desk in 0..registry::DESKS.len(),
    ) {
        let mut dice = Dice::new(seed);
        let world = any_world(registry::DESKS[desk], &mut dice, unknown);
        prop_assume!(!world.users.is_empty());
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let (_folder, store) = imported(&world, &model);
        let (now, _) = edited(&mut dice, &model, (&world, &store), edits);
        let before = store.data_version().unwrap();
        let outcome = rehearsed(&store, &model, &now);
        prop_assert_eq!(store.data_version().unwrap(), before, "a rehearsal wrote");
        let held = hold(&world, &now, &model, &outcome);
        prop_assert!(held.is_ok(), "{held:?}");
    }
}

fn rehearsed(store: &Store, model: &AccessModel, world: &World) -> Outcome {
    let (directory, cells, cancel) = (DirectoryCache::default(), CellCache::default(), CancelFlag::new());
    let trial = Trial {
        store,
        desk: model.desk,
        directory: &directory,
        cells: &cells,
        cancel: &cancel,
        but: None,
        backwards: false,
    };
    let mut batches = batches(world, model);
    let mut read = |sink: &mut Sink<'_>| -> Result<()> {
        for batch in batches.drain(..) {
            sink(batch).map_err(|_| StoreError::Cancelled)?;
        }
        Ok(())
    };
    let options = ImportOptions::default();
    let (_, outcome) = trial.of_import(&mut read, &options, &mut |_| {}, &mut |_| {}).unwrap();
    outcome.unwrap()
}
