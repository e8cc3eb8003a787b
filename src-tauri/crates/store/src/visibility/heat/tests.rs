//! The table of accounts and groups, against every person's answer to every ticket read one by one over a world in
//! memory.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use portico_core::access::decide::{Case, holds};
use portico_core::access::fact::Key;
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::access::rule::{all, any};
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::model::{Address, ExternalUser, Ticket};
use proptest::prelude::*;

use super::*;
use crate::StoreError;
use crate::snapshot;
use crate::visibility::tests::imported;
use crate::visibility::{CellCache, DirectoryCache, PlaceNames};

/// Records of most addresses that random worlds speak of; no rule asks whether there are any.
pub(in crate::visibility) fn addresses() -> Vec<Address> {
    let address = |n: usize| Address {
        key: n.to_string(),
        number: format!("A{n}"),
        name: if n < 2 { "Site".to_owned() } else { String::new() },
        ..Address::default()
    };
    (0..5).map(address).collect()
}

/// The keys of the accounts to which somebody belongs; an empty one for none.
fn accounts(world: &World, user: &ExternalUser) -> BTreeSet<String> {
    let pairs = world.user_contacts.iter().filter(|l| l.user == user.key);
    let contacts = world
        .contacts
        .iter()
        .filter(|k| pairs.clone().any(|l| l.contact == k.key));
    let mut keys: BTreeSet<String> = contacts.map(|k| k.account.clone()).collect();
    keys.insert(user.account.clone());
    keys.remove("");
    if keys.is_empty() {
        keys.insert(String::new());
    }
    keys
}

/// What one person sees, by column; and whether there may be more.
struct Told {
    seen: BTreeMap<String, BTreeSet<i64>>,
    unknown: bool,
}

/// The name of the nearest app that an object is, or lies in: by going up, whoever comes by twice goes in a circle.
fn app_of(world: &World, key: &str) -> String {
    let find = |key: &str| world.objects.iter().find(|object| object.key == key);
    let mut at = find(key);
    for _ in 0..=world.objects.len() {
        match at {
            Some(app) if app.kind == "app" => return app.path.clone(),
            Some(other) => at = find(&other.parent),
            None => break,
        }
    }
    String::new()
}

/// A name with the address's number where tickets lie at several addresses of this name.
fn told_apart(world: &World, name: &str, number: &str) -> String {
    let has_tickets = |key: &str| world.tickets.iter().any(|ticket| ticket.account == key);
    let all = addresses();
    let alike = all.iter().filter(|a| a.name == name && has_tickets(&a.key));
    if alike.count() > 1 {
        format!("{name} ({number})")
    } else {
        name.to_owned()
    }
}

/// The column's name.
fn name_of(world: &World, model: &AccessModel, ticket: &Ticket, by_groups: bool) -> String {
    use portico_core::access::decide::Subject as _;
    let subject = world.ticket(ticket);
    match model.sorted_by.key() {
        _ if by_groups => subject.key(Key::Group).to_owned(),
        None => subject.queue.map_or_else(String::new, |queue| queue.name.clone()),
        Some(Key::Object) => app_of(world, &ticket.account),
        Some(_) => {
            let address = addresses().into_iter().find(|address| address.key == ticket.account);
            address.map_or_else(String::new, |address| match address.name.as_str() {
                "" => address.number,
                name => told_apart(world, name, &address.number),
            })
        }
    }
}

fn told(world: &World, model: &AccessModel, by_groups: bool, key: &str) -> Told {
    let either = any([model.listed(), model.openable.get(Permission::Ro).clone()]);
    let node = all([model.login.clone(), either]);
    let person = world.person(key).unwrap();
    let mut told = Told {
        seen: BTreeMap::new(),
        unknown: false,
    };
    for ticket in &world.tickets {
        let case = Case {
            person: &person,
            subject: &world.ticket(ticket),
            workspace: world,
        };
        match holds(&node, &case) {
            Some(true) => {
                let column = name_of(world, model, ticket, by_groups);
                told.seen.entry(column).or_default().insert(ticket.id);
            }
            Some(false) => {}
            None => told.unknown = true,
        }
    }
    told
}

/// The world's answer: people, people of whom it cannot be told, tickets by column.
fn expected(people: &[(String, Told)]) -> (u64, u64, BTreeMap<String, u64>) {
    let mut union: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for (_, told) in people {
        for (column, tickets) in &told.seen {
            union.entry(column.clone()).or_default().extend(tickets);
        }
    }
    (
        people.len() as u64,
        people.iter().filter(|(_, told)| told.unknown).count() as u64,
        union.into_iter().map(|(name, set)| (name, set.len() as u64)).collect(),
    )
}

fn hold_row(
    heat: &Heat<'_>,
    account: Option<AccountId>,
    people: &[(String, Told)],
) -> std::result::Result<u64, TestCaseError> {
    let row = heat.row(account, &mut || Ok(())).unwrap();
    let mut by_name: BTreeMap<String, u64> = BTreeMap::new();
    for (column, tickets) in &row.cells {
        *by_name.entry(heat.columns()[*column].name.clone()).or_default() += tickets;
    }
    let told = expected(people);
    prop_assert_eq!((row.people, row.unknown, by_name), told);
    let names: BTreeSet<&str> = heat.columns().iter().map(|column| column.name.as_str()).collect();
    if names.len() == heat.columns().len() {
        for (place, column) in heat.columns().iter().enumerate() {
            let told = people.iter().map(|(login, told)| {
                let tickets = told.seen.get(&column.name).map_or(0, |set| set.len() as u64);
                (login.clone(), tickets, told.unknown)
            });
            let told: Vec<_> = told.filter(|(_, tickets, unknown)| *tickets > 0 || *unknown).collect();
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = heat
                    .beholders(account, Some(place), after.as_ref(), 2, &mut || Ok(()))
                    .unwrap();
                found.extend(page.iter().map(|b| (b.at.login.clone(), b.tickets, b.unknown)));
                match page.last() {
                    Some(last) if page.len() == 2 => after = Some(last.at.clone()),
                    _ => break,
                }
            }
            prop_assert_eq!(found, told, "{}", &column.name);
        }
    }
    Ok(row.tickets)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn each_cell_has_the_tickets_that_somebody_sees(seed: u64, unknown in prop_oneof![Just(0_usize), Just(15)], desk in 0..registry::DESKS.len()) {
        let desk = registry::DESKS[desk];
        let world = any_world(desk, &mut Dice::new(seed), unknown);
        let model = registry::model(desk).unwrap();
        let (_folder, store) = imported(&world, &model);
        store.read(|c| -> Result<std::result::Result<(), TestCaseError>> {
            let scene = Scene::load(c, desk, &DirectoryCache::default())?.unwrap();
            let cells = CellCache::default().get(c)?;
            let heat = Heat::new(c, &cells, &scene)?;
            let total: u64 = heat.columns().iter().map(|column| column.tickets).sum();
            let mut by_account: BTreeMap<String, Vec<(String, Told)>> = BTreeMap::new();
            for user in &world.users {
                for account in accounts(&world, user) {
                    let told = told(&world, &model, heat.by_groups(), &user.key);
                    by_account.entry(account).or_default().push((user.login.clone(), told));
                }
            }
            Ok((|| {
                prop_assert_eq!(total, world.tickets.len() as u64);
                let id_of = |account: &String| (!account.is_empty()).then(|| AccountId::from_desk(desk, account));
                let others: Vec<_> = by_account.keys().rev().map(id_of).collect();
                for ((account, people), other) in by_account.iter_mut().zip(others) {
                    people.sort_by(|a, b| a.0.cmp(&b.0));
                    // A row that is broken off leaves nobody behind for the next one.
                    let mut steps = 0;
                    let mut second = || {
                        steps += 1;
                        if steps > 1 { Err(StoreError::Cancelled) } else { Ok(()) }
                    };
                    let _ = heat.row(other, &mut second);
                    let id = id_of(account);
                    hold_row(&heat, id, people)?;
                }
                Ok(())
            })())
        }).unwrap()?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn a_ticket_bears_the_name_of_its_column(seed: u64, desk in 0..registry::DESKS.len()) {
        let desk = registry::DESKS[desk];
        let world = any_world(desk, &mut Dice::new(seed), 0);
        let model = registry::model(desk).unwrap();
        let (_folder, store) = imported(&world, &model);
        store.read(|c| -> Result<std::result::Result<(), TestCaseError>> {
            let mut names = PlaceNames::default();
            Ok((|| {
                for ticket in &world.tickets {
                    let column = name_of(&world, &model, ticket, false);
                    let found = snapshot::ticket_by_number(c, &ticket.number).unwrap().unwrap();
                    let name = names.of(c, model.sorted_by, &found).unwrap();
                    let kept = if model.sorted_by.key().is_some() { &ticket.account } else { &ticket.queue };
                    let in_no_app = model.sorted_by.key() == Some(Key::Object)
                        && world.objects.iter().any(|object| object.key == *kept);
                    let recorded = !column.is_empty() || in_no_app;
                    if recorded {
                        prop_assert_eq!(column.split(" (").next(), Some(name.as_str()));
                    } else {
                        prop_assert_eq!(&name, kept);
                    }
                }
                Ok(())
            })())
        }).unwrap()?;
    }
}

#[test]
fn some_world_has_something_to_hold() {
    let (model, mut seen) = (registry::model("otobo").unwrap(), 0);
    for seed in 0..5 {
        let world = any_world("otobo", &mut Dice::new(seed), 0);
        let (_folder, store) = imported(&world, &model);
        store
            .read(|c| -> Result<()> {
                let scene = Scene::load(c, "otobo", &DirectoryCache::default())?.unwrap();
                let cells = CellCache::default().get(c)?;
                let heat = Heat::new(c, &cells, &scene)?;
                assert!(heat.by_groups());
                for user in &world.users {
                    let account = AccountId::from_desk("otobo", &user.account);
                    seen += heat.row(Some(account), &mut || Ok(()))?.cells.len();
                }
                Ok(())
            })
            .unwrap();
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn desks_without_queues_have_columns_of_their_own() {
    for (desk, by) in [
        ("elma365", "app"),
        ("innosoft", "address"),
        ("daktela", "category"),
        ("zoho", "department"),
    ] {
        let model = registry::model(desk).unwrap();
        let (mut named, mut seen) = (0, 0);
        for seed in 0..20 {
            let world = any_world(desk, &mut Dice::new(seed), 0);
            let (_folder, store) = imported(&world, &model);
            store
                .read(|c| -> Result<()> {
                    let scene = Scene::load(c, desk, &DirectoryCache::default())?.unwrap();
                    let cells = CellCache::default().get(c)?;
                    let heat = Heat::new(c, &cells, &scene)?;
                    assert!(heat.by() == by || heat.by_groups(), "{desk}: {}", heat.by());
                    named += heat.columns().iter().filter(|column| !column.name.is_empty()).count();
                    for user in &world.users {
                        for account in accounts(&world, user) {
                            let id = (!account.is_empty()).then(|| AccountId::from_desk(desk, &account));
                            seen += heat.row(id, &mut || Ok(()))?.cells.len();
                        }
                    }
                    Ok(())
                })
                .unwrap();
        }
        assert!(named > 5, "{desk}: {named}");
        assert!(seen > 5, "{desk}: {seen}");
    }
}

#[test]
fn the_work_stops_when_it_is_told_to() {
    let world = any_world("otobo", &mut Dice::new(3), 0);
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&world, &model);
    let account = world
        .users
        .iter()
        .map(|u| u.account.clone())
        .find(|a| !a.is_empty())
        .unwrap();
    let stopped = store.read(|c| -> Result<Row> {
        let scene = Scene::load(c, "otobo", &DirectoryCache::default())?.unwrap();
        let cells = CellCache::default().get(c)?;
        let id = AccountId::from_desk("otobo", &account);
        Heat::new(c, &cells, &scene)?.row(Some(id), &mut || Err(StoreError::Cancelled))
    });
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
}
