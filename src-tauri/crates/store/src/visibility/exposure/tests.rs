//! What people gain and lose, held against the world before and after an edit, read ticket by ticket.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod accounts;
mod across;
mod edits;
mod import;

use std::collections::{BTreeMap, BTreeSet};

use portico_core::access::decide::{Case, Nothing, holds};
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::access::rule::{Node, all, any};
use portico_core::access::setting::Value;
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::{self, Dice};
use portico_core::id::ExternalUserId;
use portico_core::model::ExternalUser;
use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::import::CancelFlag;
use crate::visibility::tests::imported;
use crate::visibility::{CellCache, DirectoryCache};
use crate::{Store, StoreError, Tx};

use self::edits::new_key;
pub(in crate::visibility) use self::edits::{Edit, draw, edit_store, edit_world};

fn seen(model: &AccessModel) -> Node {
    let either = any([model.listed(), model.openable.get(Permission::Ro).clone()]);
    all([model.login.clone(), either])
}

/// The verdict on every ticket, by number; all no where there is no such person.
fn verdicts(world: &World, key: &str, node: &Node) -> BTreeMap<String, Option<bool>> {
    let person = world.person(key);
    let of = |ticket| match &person {
        Some(person) => {
            let (subject, workspace) = (&world.ticket(ticket), world);
            holds(
                node,
                &Case {
                    person,
                    subject,
                    workspace,
                },
            )
        }
        None => Some(false),
    };
    world.tickets.iter().map(|t| (t.number.clone(), of(t))).collect()
}

fn may_log_in(world: &World, key: &str, node: &Node) -> Option<bool> {
    world.person(key).map_or(Some(false), |person| {
        holds(
            node,
            &Case {
                person: &person,
                subject: &Nothing,
                workspace: world,
            },
        )
    })
}

#[derive(Default)]
struct Expected {
    gained: BTreeMap<String, BTreeSet<String>>,
    lost: BTreeMap<String, BTreeSet<String>>,
    /// Of these it may be that nothing differs at all, and then it is certain.
    maybe_unknown: BTreeSet<String>,
    unknown: BTreeSet<String>,
    logins: (u64, u64),
    /// Who gains or loses the login.
    login_changes: BTreeSet<String>,
}

fn expected([model, model_after]: [&AccessModel; 2], then: &World, now: &World) -> Expected {
    let (node, node_after) = (seen(model), seen(model_after));
    let mut found = Expected::default();
    for user in &now.users {
        let key = &user.key;
        let (before, after) = (verdicts(then, key, &node), verdicts(now, key, &node_after));
        let pick = |test: &dyn Fn(Option<bool>, Option<bool>) -> bool| -> BTreeSet<String> {
            before
                .iter()
                .filter(|(n, b)| test(**b, after[*n]))
                .map(|(n, _)| n.clone())
                .collect()
        };
        let gained = pick(&|b, a| b == Some(false) && a == Some(true));
        let lost = pick(&|b, a| b == Some(true) && a == Some(false));
        let more = pick(&|b, a| b != Some(true) && a != Some(false));
        let less = pick(&|b, a| b != Some(false) && a != Some(true));
        if more.len() > gained.len() || less.len() > lost.len() {
            if before == after {
                found.maybe_unknown.insert(key.clone());
            } else {
                found.unknown.insert(key.clone());
            }
        }
        let logins = (
            may_log_in(then, key, &model.login),
            may_log_in(now, key, &model_after.login),
        );
        if let (Some(then), Some(now)) = logins
            && then != now
        {
            found.login_changes.insert(key.clone());
        }
        found.logins.0 += u64::from(logins == (Some(false), Some(true)));
        found.logins.1 += u64::from(logins == (Some(true), Some(false)));
        found.gained.insert(key.clone(), gained);
        found.lost.insert(key.clone(), lost);
    }
    found
}

fn run(store: &Store, desk: &str, write: impl FnOnce(&Tx<'_>) -> Result<()>) -> Outcome {
    let (directory, cells, cancel) = (DirectoryCache::default(), CellCache::default(), CancelFlag::new());
    let trial = Trial {
        store,
        desk,
        directory: &directory,
        cells: &cells,
        cancel: &cancel,
        but: None,
        backwards: false,
    };
    let mut all: Vec<(ExternalUserId, PersonDifference)> = Vec::new();
    let mut each = |named: &Named, difference: &PersonDifference| {
        all.push((named.id, *difference));
        Ok(())
    };
    let outcome: Result<_, StoreError> = trial.run_each(write, &mut |_| {}, Some(&mut each));
    let outcome = outcome.unwrap().unwrap();
    all_told(&outcome, &all);
    outcome
}

/// Who is told of one by one, is what all of them come to.
fn all_told(outcome: &Outcome, all: &[(ExternalUserId, PersonDifference)]) {
    let count = |test: &dyn Fn(&PersonDifference) -> bool| all.iter().filter(|of| test(&of.1)).count() as u64;
    let sum = |of: &dyn Fn(&PersonDifference) -> u64| all.iter().map(|one| of(&one.1)).sum::<u64>();
    assert_eq!(
        (sum(&|of| of.gained), sum(&|of| of.lost)),
        (outcome.gained, outcome.lost)
    );
    assert_eq!(
        (count(&|of| of.gained > 0), count(&|of| of.lost > 0)),
        (outcome.gaining, outcome.losing)
    );
    assert_eq!(count(&PersonDifference::is_certain), outcome.affected);
    assert_eq!(count(&|of| of.unknown), outcome.unknown);
    let once: BTreeSet<_> = all.iter().map(|of| of.0).collect();
    assert_eq!(once.len(), all.len(), "each once");
    let certain = all.iter().filter(|of| of.1.is_certain());
    let first: Vec<u64> = certain.map(|of| of.1.gained + of.1.lost).take(50).collect();
    let shown = outcome
        .examples
        .iter()
        .map(|of| of.difference.gained + of.difference.lost);
    assert!(shown.eq(first), "those for whom it means most come first");
}

fn each_once(of: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<&String> {
    of.values().flatten().collect()
}

fn hold(world: &World, now: &World, model: &AccessModel, outcome: &Outcome) -> std::result::Result<(), TestCaseError> {
    hold_between([model, model], world, now, outcome)
}

fn hold_between(
    models: [&AccessModel; 2],
    world: &World,
    now: &World,
    outcome: &Outcome,
) -> std::result::Result<(), TestCaseError> {
    let model = models[0];
    let expected = expected(models, world, now);
    let sum = |of: &BTreeMap<String, BTreeSet<String>>| of.values().map(|s| s.len() as u64).sum::<u64>();
    let some = |of: &BTreeMap<String, BTreeSet<String>>| of.values().filter(|s| !s.is_empty()).count() as u64;
    prop_assert_eq!(
        (outcome.gained, outcome.lost, outcome.gaining, outcome.losing),
        (
            sum(&expected.gained),
            sum(&expected.lost),
            some(&expected.gained),
            some(&expected.lost)
        )
    );
    prop_assert_eq!((outcome.logins_gained, outcome.logins_lost), expected.logins);
    let (least, most) = (expected.unknown.len() as u64, expected.maybe_unknown.len() as u64);
    prop_assert!(
        (least..=least + most).contains(&outcome.unknown),
        "{} {least} {most}",
        outcome.unknown
    );
    for (of, told) in [
        (&expected.gained, &outcome.gained_tickets),
        (&expected.lost, &outcome.lost_tickets),
    ] {
        prop_assert_eq!(told.tickets, each_once(of).len() as u64);
        prop_assert_eq!(told.places.iter().map(|q| q.tickets).sum::<u64>(), told.tickets);
    }
    accounts::hold(model, [world, now], &expected, outcome)?;
    let newest = |numbers: &BTreeSet<String>| -> Vec<String> {
        let mut tickets: Vec<_> = world.tickets.iter().filter(|t| numbers.contains(&t.number)).collect();
        tickets.sort_by_key(|t| (-t.created, t.id));
        tickets.iter().take(5).map(|t| t.number.clone()).collect()
    };
    let id = |key: &str| ExternalUserId::from_desk(model.desk, key);
    let old = world.users.iter().chain(&now.users).map(|u| (id(&u.key), &u.key));
    let new = now.users.iter().map(|u| (id(&new_key(&u.login)), &u.key));
    // An import takes the record of a login that links had named before.
    let named = now.users.iter().map(|u| (id(&u.login), &u.key));
    let keys: BTreeMap<ExternalUserId, &String> = named.chain(old).chain(new).collect();
    for example in &outcome.examples {
        let key = keys[&example.id];
        prop_assert_eq!(example.difference.gained, expected.gained[key].len() as u64);
        prop_assert_eq!(example.difference.lost, expected.lost[key].len() as u64);
        prop_assert_eq!(&example.gained, &newest(&expected.gained[key]));
        prop_assert_eq!(&example.lost, &newest(&expected.lost[key]));
    }
    Ok(())
}

/// The world after some edits, and these.
fn edited(dice: &mut Dice, model: &AccessModel, of: (&World, &Store), edits: usize) -> (World, Vec<Edit>) {
    let (world, store) = of;
    let accounts = store.read(account_keys).unwrap();
    let mut now = world.clone();
    let mut drawn = Vec::new();
    for _ in 0..edits {
        let edit = draw(dice, model, world, &accounts);
        if matches!(&edit, Edit::New(login) if now.users.iter().any(|u| u.login == *login)) {
            continue;
        }
        edit_world(&mut now, model, &edit);
        drawn.push(edit);
    }
    (now, drawn)
}

fn account_keys(c: &Connection) -> Result<Vec<String>> {
    let mut statement = c.prepare("SELECT key FROM account WHERE desk_key IS NOT NULL OR present = 0 ORDER BY key")?;
    let keys = statement.query_map([], |r| r.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn difference_is_after_minus_before(
        seed: u64,
        edits in 1_usize..4,
        unknown in prop_oneof![4 => Just(0_usize), 1 => Just(15)],
        desk in 0..registry::DESKS.len(),
    ) {
        let mut dice = Dice::new(seed);
        let world = any_world(registry::DESKS[desk], &mut dice, unknown);
        prop_assume!(!world.users.is_empty());
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let (_folder, store) = imported(&world, &model);
        let (now, drawn) = edited(&mut dice, &model, (&world, &store), edits);
        let outcome = run(&store, model.desk, |tx| drawn.iter().try_for_each(|edit| edit_store(tx, model.desk, edit)));
        let held = hold(&world, &now, &model, &outcome);
        prop_assert!(held.is_ok(), "{drawn:?}: {held:?}");
        let nothing_stayed = run(&store, model.desk, |_| Ok(()));
        let nothing = Outcome { by: model.sorted_by.name(), ..Outcome::default() };
        prop_assert_eq!(nothing_stayed, nothing);
    }
}

#[test]
fn who_is_renamed_owns_what_belongs_to_the_new_login() {
    use portico_core::model::{Group, Queue, Ticket};
    let text = str::to_owned;
    let mut world = World {
        settings: world_random::settings(&mut Dice::new(1), 0, &["postgresql"]),
        ..World::default()
    };
    world.settings.set("CustomerGroupSupport", Value::Switch(false));
    world.groups.push(Group {
        key: text("1"),
        name: text("staff"),
        ..Group::default()
    });
    world.queues.push(Queue {
        key: text("1"),
        name: text("Support"),
        group: text("1"),
        ..Queue::default()
    });
    let user = |login: &str| ExternalUser {
        key: text(login),
        login: text(login),
        ..ExternalUser::default()
    };
    world.users.extend([user("anna"), user("carl")]);
    for (id, owner) in (1..).zip(["anna", "anna", "bella", "carl"]) {
        world.tickets.push(Ticket {
            id,
            number: id.to_string(),
            owner: text(owner),
            queue: text("1"),
            ..Ticket::default()
        });
    }
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&world, &model);
    let rename = |tx: &Tx<'_>| -> Result<()> {
        let sql = "UPDATE external_user SET login = 'bella', login_simple = 'bella', login_full = 'bella' WHERE login = 'anna'";
        tx.execute(sql, [])?;
        Ok(())
    };
    let outcome = run(&store, model.desk, rename);
    assert_eq!((outcome.people, outcome.gained, outcome.lost), (1, 1, 2));
    assert_eq!(outcome.examples[0].gained, ["3"]);
    assert_eq!(outcome.examples[0].lost, ["1", "2"]);
    assert_eq!((outcome.gained_tickets.tickets, outcome.lost_tickets.tickets), (1, 2));
    assert_eq!(outcome.gained_tickets.places[0].place, "Support");
}

/// Links of others enter no tree of what is seen: `touched` follows a link only to those whose it is.
#[test]
fn nobody_sees_more_by_what_is_linked_to_others() {
    use portico_core::access::fact::Set;
    for desk in registry::DESKS {
        for set in seen(&registry::model(desk).unwrap()).sets() {
            assert!(!matches!(set, Set::SameContacts | Set::SameAccounts), "{desk}: {set:?}");
        }
    }
}
