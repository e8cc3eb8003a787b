//! What is asked of many tickets or accounts at once, beside the questions of one person or one ticket.

use std::sync::Arc;

use portico_store::table::account_people;
use portico_store::visibility::exposure::Scene;
use portico_store::visibility::heat::Heat;
use portico_store::{Result, StoreError, snapshot};
use serde_json::json;

use crate::ask::World;
use crate::timing::Figures;

/// How many tickets are looked at before a search gives up.
const BUDGET: usize = 50_000;

/// Accounts from a place on against what tickets lie in: people, and cells that they see.
fn heat(world: &World, offset: u64) -> (u64, usize) {
    let heat = world.store.read(|c| -> Result<_> {
        let scene = Scene::load(c, world.model.desk, &world.directory)?.unwrap();
        let cells = world.cells.get(c)?;
        let heat = Heat::new(c, Arc::as_ref(&cells), &scene)?;
        let (mut people, mut seen) = (0, 0);
        for account in account_people::accounts(c, "", offset, 100)? {
            let row = heat.row(Some(account.id), &mut || Ok(()))?;
            people += row.people;
            seen += row.cells.len();
        }
        Ok::<_, StoreError>((people, seen))
    });
    heat.unwrap()
}

pub(crate) fn ask(world: &World, figures: &mut Figures) {
    for (name, text) in [("tickets by number", "77"), ("tickets in vain", "no such words")] {
        figures.ask(name, || {
            let found = world.store.read(|c| snapshot::search(c, text, None, BUDGET, 50));
            found.unwrap().ids.len()
        });
    }
    for (name, offset) in [("heat", 0), ("heat, further down", 5_000)] {
        figures.ask(name, || json!(heat(world, offset)));
    }
}
