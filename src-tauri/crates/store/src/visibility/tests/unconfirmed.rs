//! Settings whose assumed value nobody has confirmed: what hangs on them, against the trees read one by one with and
//! without each.

use std::collections::BTreeSet;

use portico_core::access::decide::{Case, Person, holds};
use portico_core::access::rule::any;

use super::*;

/// A world in which every assumed setting has its assumed value, and a store that is told none of them.
fn unconfirmed(desk: &str, seed: u64) -> (World, AccessModel, TempDir, Store) {
    let mut world = any_world(desk, &mut Dice::new(seed), 0);
    let model = registry::model(desk).unwrap();
    let (folder, store) = imported(&world, &model);
    for needed in &model.settings {
        let Some(value) = needed.assumed_value() else { continue };
        world.settings.set(needed.name, value);
        store
            .transact(&Actor::named("Ada"), &Intent::new("test"), |tx| {
                tx.execute("DELETE FROM desk_setting WHERE name = ?1", [needed.name])?;
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
    (world, model, folder, store)
}

/// The world without each of the settings that are assumed, by its name.
fn without_each(world: &World, model: &AccessModel) -> Vec<(&'static str, World)> {
    let assumed = model.settings.iter().filter(|needed| needed.assumed_value().is_some());
    let without = assumed.map(|needed| {
        let mut world = world.clone();
        world.settings.forget(needed.name);
        (needed.name, world)
    });
    without.collect()
}

/// Names of the settings on which the answer hangs.
fn hang<'n>(
    world: &World,
    others: &[(&'n str, World)],
    node: &Node,
    person: &dyn Person,
    ticket: &Ticket,
) -> BTreeSet<&'n str> {
    let answer = |world: &World| {
        let case = Case {
            person,
            subject: &world.ticket(ticket),
            workspace: world,
        };
        holds(node, &case)
    };
    if answer(world).is_none() {
        return BTreeSet::new();
    }
    let hanging = others.iter().filter(|(_, without)| answer(without).is_none());
    hanging.map(|(name, _)| *name).collect()
}

/// Of how many people it hangs on each setting whether they may see the ticket after all.
fn hold_people(world: &World, others: &[(&str, World)], model: &AccessModel, ticket: &Ticket, told: &[(&str, u64)]) {
    let seen = any([model.listed(), model.openable.get(Permission::Ro).clone()]);
    let answer = |world: &World, key: &str| {
        let case = Case {
            person: &world.person(key).unwrap(),
            subject: &world.ticket(ticket),
            workspace: world,
        };
        holds(&seen, &case)
    };
    let more = |without: &World| {
        let users = world.users.iter().map(|user| user.key.as_str());
        let more = users.filter(|key| answer(world, key) == Some(false) && answer(without, key) != Some(false));
        more.count() as u64
    };
    let expected = others.iter().map(|(name, without)| (*name, more(without)));
    let expected: Vec<(&str, u64)> = expected.filter(|(_, people)| *people > 0).collect();
    assert_eq!(told, expected, "{} {}", model.desk, ticket.number);
}

/// How many answers hang on a setting.
fn hold(desk: &str, seed: u64) -> usize {
    let (world, model, _folder, store) = unconfirmed(desk, seed);
    let others = without_each(&world, &model);
    let settings: BTreeSet<&str> = model.settings.iter().map(|needed| needed.name).collect();
    let mut hanging = 0;
    store
        .read(|c| -> Result<()> {
            let (directory, cells) = (Directory::load(c, &model)?, Cells::load(c)?);
            for ticket in world.tickets.iter().take(10) {
                let stored = crate::snapshot::ticket(c, ticket.id)?.unwrap();
                let told = who::Watched::new(c, &model, &directory, &stored, None).hanging()?;
                let told: Vec<(&str, u64)> = told.iter().map(|(setting, people)| (setting.name, *people)).collect();
                hanging += told.len();
                hold_people(&world, &others, &model, ticket, &told);
            }
            for user in world.users.iter().take(4) {
                let person = world.person(&user.key).unwrap();
                let facts = PersonFacts::load(c, user_id(&model, &user.key), &model)?;
                let eyes = Eyes::new(c, &model, &directory, &facts, &cells)?;
                for question in questions(&model).iter().filter(|one| **one != Question::Hidden) {
                    let (node, mut of_all) = (eyes.tree(question)?, BTreeSet::new());
                    for ticket in &world.tickets {
                        let stored = crate::snapshot::ticket(c, ticket.id)?.unwrap();
                        let expected = hang(&world, &others, &node, &person, ticket);
                        let told = eyes.explain(&node, &stored)?.hangs_on;
                        let told: BTreeSet<&str> = told.iter().map(|rule| rule.id).collect();
                        assert_eq!(told, expected, "{desk} {seed} {question:?} {}", ticket.number);
                        hanging += expected.len();
                        of_all.extend(expected);
                    }
                    if matches!(question, Question::List(_)) {
                        let told = eyes.assumed(question)?;
                        let told = told.iter().map(|rule| rule.id).filter(|id| settings.contains(id));
                        let told: BTreeSet<&str> = told.collect();
                        assert_eq!(told, of_all, "{desk} {seed} {question:?}");
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    hanging
}

#[test]
fn what_hangs_on_a_setting_that_nobody_confirmed_says_so() {
    for desk in registry::DESKS {
        let hanging: usize = (0..5).map(|seed| hold(desk, seed)).sum();
        // Of the others' assumed settings none is about tickets.
        let about_tickets = ["daktela", "zoho"].contains(desk);
        assert_eq!(hanging > 20, about_tickets, "{desk}: {hanging}");
    }
}

#[test]
fn what_is_confirmed_is_not_assumed() {
    let (_world, model, _folder, store) = unconfirmed("daktela", 1);
    let names = |store: &Store| {
        let read = store.read(|c| Directory::load(c, &model)).unwrap();
        read.unconfirmed.iter().map(|needed| needed.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&store), ["Portal::Involvement"]);
    let set = |value: &str| {
        store
            .transact(&Actor::named("Ada"), &Intent::new("test"), |tx| {
                let sql = "INSERT OR REPLACE INTO desk_setting (name, value, origin) VALUES ('Portal::Involvement', ?1, 'confirmed')";
                tx.execute(sql, [value])?;
                Ok::<_, StoreError>(())
            })
            .unwrap();
    };
    // What cannot be read confirms nothing.
    set("\"nonsense\"");
    assert_eq!(names(&store), ["Portal::Involvement"]);
    set("\"contact\"");
    assert_eq!(names(&store), [] as [&str; 0]);
}
