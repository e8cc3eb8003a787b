//! Expectations against the world read ticket by ticket and person by person.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_core::access::decide::{Case, holds};
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::access::rule::{all, any};
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::actor::Actor;
use portico_core::expectation::{Expectation, What, Who};
use portico_core::fold;
use portico_core::id::{AccountId, ExpectationId, ExternalUserId, QueueId};
use portico_core::model::{ExternalUser, SettingOrigin, Ticket};
use proptest::prelude::*;

use super::super::{Scene, Trial, tests};
use super::{Because, Checked, Look, State};
use crate::history::Intent;
use crate::import::CancelFlag;
use crate::table::{desk_setting, expectation};
use crate::visibility::tests::imported;
use crate::visibility::{CellCache, Cells, DirectoryCache};
use crate::{Store, StoreError};

/// An expectation in the desk's keys.
#[derive(Debug, Clone)]
struct Wish {
    who: Whose,
    sees: bool,
    what: Which,
}

#[derive(Debug, Clone)]
enum Whose {
    Everyone,
    Person(String),
    Account(String),
}

#[derive(Debug, Clone)]
enum Which {
    Ticket(String),
    Queue(String),
    Account(String),
}

fn draw(dice: &mut Dice, world: &World, accounts: &[String]) -> Wish {
    let who = match dice.below(3) {
        0 => Whose::Everyone,
        1 => Whose::Person(dice.pick(&world.users).key.clone()),
        _ => Whose::Account(dice.pick(accounts).clone()),
    };
    let what = match dice.below(3) {
        0 => Which::Ticket(dice.pick(&world.tickets).number.clone()),
        1 if !world.queues.is_empty() => Which::Queue(dice.pick(&world.queues).key.clone()),
        _ => Which::Account(dice.pick(accounts).clone()),
    };
    Wish {
        who,
        sees: dice.percent(50),
        what,
    }
}

impl Wish {
    fn kept(&self, desk: &str) -> Expectation {
        Expectation {
            id: ExpectationId::new(),
            who: match &self.who {
                Whose::Everyone => Who::Everyone,
                Whose::Person(key) => Who::Person(ExternalUserId::from_desk(desk, key)),
                Whose::Account(key) => Who::Account(AccountId::from_desk(desk, key)),
            },
            sees: self.sees,
            what: match &self.what {
                Which::Ticket(number) => What::Ticket(number.clone()),
                Which::Queue(key) => What::Queue(QueueId::from_desk(desk, key)),
                Which::Account(key) => What::Account(AccountId::from_desk(desk, key)),
            },
        }
    }

    fn is_meant(&self, world: &World, user: &ExternalUser) -> bool {
        match &self.who {
            Whose::Everyone => true,
            Whose::Person(key) => user.key == *key,
            Whose::Account(key) => {
                let same = |other: &str| fold::simple(other) == fold::simple(key);
                same(&user.account)
                    || world
                        .user_accounts
                        .iter()
                        .any(|l| l.user == user.key && same(&l.account))
            }
        }
    }

    fn tickets<'w>(&self, world: &'w World) -> Vec<&'w Ticket> {
        let is_meant = |ticket: &&Ticket| match &self.what {
            Which::Ticket(number) => ticket.number == *number,
            Which::Queue(key) => ticket.queue == *key,
            Which::Account(key) => !ticket.account.is_empty() && fold::simple(&ticket.account) == fold::simple(key),
        };
        world.tickets.iter().filter(is_meant).collect()
    }

    /// People against it, people of whom it cannot be told, and how it stands.
    fn truth(&self, world: &World, model: &AccessModel) -> (u64, u64, State) {
        let tickets = self.tickets(world);
        let tree = any([model.listed(), model.openable.get(Permission::Ro).clone()]);
        let tree = all([model.login.clone(), tree]);
        let (mut asked, mut against, mut unknown) = (0, 0, 0);
        for user in world.users.iter().filter(|user| self.is_meant(world, user)) {
            let person = world.person(&user.key).unwrap();
            let answers = |node| {
                let answer = |ticket: &&Ticket| {
                    holds(
                        node,
                        &Case {
                            person: &person,
                            subject: &world.ticket(ticket),
                            workspace: world,
                        },
                    )
                };
                tickets.iter().map(answer).collect::<Vec<_>>()
            };
            let out = answers(&model.login).iter().all(|may| *may == Some(false));
            if out && self.sees && !matches!(self.who, Whose::Person(_)) {
                continue;
            }
            asked += 1;
            let answers = answers(&tree);
            let sees = answers.contains(&Some(true));
            if !sees && answers.contains(&None) {
                unknown += 1;
            } else if sees != self.sees {
                against += 1;
            }
        }
        let state = match (asked, against, unknown) {
            _ if tickets.is_empty() => return (0, 0, State::Unknown),
            (_, 1.., _) => State::Broken,
            (0, ..) | (_, 0, 1..) => State::Unknown,
            _ => State::Held,
        };
        (against, unknown, state)
    }
}

fn checked(store: &Store, model: &AccessModel, expectations: &[Expectation]) -> Vec<Checked> {
    store
        .read(|c| {
            let scene = Scene::load(c, model.desk, &DirectoryCache::default())?.unwrap();
            let look = Look {
                c,
                scene: &scene,
                cells: &Cells::load(c)?,
                cancel: &CancelFlag::new(),
            };
            look.check(expectations, None, &mut |_| {})
        })
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn an_expectation_stands_as_the_tickets_read_one_by_one_say(
        seed: u64,
        unknown in prop_oneof![3 => Just(0_usize), 1 => Just(15)],
        desk in 0..registry::DESKS.len(),
    ) {
        let desk = registry::DESKS[desk];
        let mut dice = Dice::new(seed);
        let world = any_world(desk, &mut dice, unknown);
        let model = registry::model(desk).unwrap();
        let (_folder, store) = imported(&world, &model);
        let accounts: Vec<String> = world.accounts.iter().map(|account| account.key.clone()).collect();
        prop_assume!(!accounts.is_empty() && !world.tickets.is_empty());
        let wishes: Vec<Wish> = (0..12).map(|_| draw(&mut dice, &world, &accounts)).collect();
        let kept: Vec<Expectation> = wishes.iter().map(|wish| wish.kept(desk)).collect();
        for (wish, found) in wishes.iter().zip(checked(&store, &model, &kept)) {
            let (against, unknown, state) = wish.truth(&world, &model);
            prop_assert_eq!(
                (found.against.len() as u64, found.unknown, found.state),
                (against, unknown, state),
                "{} {:?} {:?}", desk, wish, found
            );
            prop_assert_eq!(found.examples.len() as u64, against.min(20));
            prop_assert_eq!(found.because.is_some(), state == State::Unknown);
            for example in &found.examples {
                let number = example.ticket.as_ref().unwrap();
                prop_assert!(wish.tickets(&world).iter().any(|ticket| ticket.number == *number), "{:?}", example);
            }
        }
        // Each alone stands as it does among the others.
        let alone: Vec<Checked> = kept.iter().flat_map(|one| checked(&store, &model, std::slice::from_ref(one))).collect();
        prop_assert_eq!(alone, checked(&store, &model, &kept));
    }
}

/// Who is against which of the expectations.
fn against(found: &[Checked]) -> Vec<(ExpectationId, ExternalUserId)> {
    found
        .iter()
        .flat_map(|one| one.against.iter().map(|user| (one.id, *user)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_a_write_is_said_to_break_is_what_it_breaks(seed: u64, desk in 0..registry::DESKS.len()) {
        let desk = registry::DESKS[desk];
        let mut dice = Dice::new(seed);
        let world = any_world(desk, &mut dice, 0);
        let model = registry::model(desk).unwrap();
        let (_folder, store) = imported(&world, &model);
        let accounts: Vec<String> = world.accounts.iter().map(|account| account.key.clone()).collect();
        prop_assume!(!accounts.is_empty() && !world.tickets.is_empty());
        let kept: Vec<Expectation> = (0..12).map(|_| draw(&mut dice, &world, &accounts).kept(desk)).collect();
        store.transact(&Actor::named("Ada"), &Intent::new("test"), |tx| {
            for one in &kept {
                if expectation::alike(tx, one)?.is_none() {
                    expectation::insert(tx, one)?;
                }
            }
            Ok::<_, StoreError>(())
        }).unwrap();
        let kept = store.read(expectation::all).unwrap();
        let edits: Vec<_> = (0..3).map(|_| tests::draw(&mut dice, &model, &world, &accounts)).collect();
        let write = |tx: &crate::Tx<'_>| edits.iter().try_for_each(|edit| tests::edit_store(tx, desk, edit));
        let trial = Trial {
            store: &store,
            desk,
            directory: &DirectoryCache::default(),
            cells: &CellCache::default(),
            cancel: &CancelFlag::new(),
            but: None,
            backwards: false,
        };
        let before = against(&checked(&store, &model, &kept));
        let said = match trial.run(write, &mut |_| {}) {
            // Somebody new may have drawn a login that is taken.
            Err(StoreError::Duplicate { .. }) => return Ok(()),
            said => against(&said.unwrap().unwrap().broken),
        };
        prop_assert_eq!(&before, &against(&checked(&store, &model, &kept)), "nothing is written");
        store.transact(&Actor::named("Ada"), &Intent::new("test"), write).unwrap();
        let after = against(&checked(&store, &model, &kept));
        let news: Vec<_> = after.into_iter().filter(|one| !before.contains(one)).collect();
        prop_assert_eq!(said, news, "{} {:?}", desk, edits);
    }
}

#[test]
fn what_is_not_there_cannot_be_told() {
    let model = registry::model("otobo").unwrap();
    let mut dice = Dice::new(4);
    let world = any_world("otobo", &mut dice, 0);
    let (_folder, store) = imported(&world, &model);
    let of = |who, sees, what| Expectation {
        id: ExpectationId::new(),
        who,
        sees,
        what,
    };
    let there = What::Ticket(world.tickets[0].number.clone());
    let kept = [
        of(Who::Everyone, false, What::Ticket("none".to_owned())),
        of(Who::Everyone, false, What::Queue(QueueId::new())),
        of(Who::Person(ExternalUserId::new()), false, there.clone()),
        of(Who::Account(AccountId::new()), false, there),
        of(Who::Everyone, false, What::Field("priority".to_owned())),
    ];
    let found = checked(&store, &model, &kept);
    assert!(found.iter().all(|one| one.state == State::Unknown), "{found:?}");
    let because: Vec<_> = found.iter().map(|one| one.because.unwrap()).collect();
    let gone = Because::Gone;
    assert_eq!(because, [gone, gone, gone, Because::Nobody, Because::CannotTell]);
}

#[test]
fn a_field_is_shown_to_everybody_or_to_nobody() {
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&World::default(), &model);
    let write = |tx: &crate::Tx<'_>| {
        let row = desk_setting::Row {
            name: "Ticket::Frontend::CustomerTicketZoom###AttributesView".to_owned(),
            value: r#"["queue"]"#.to_owned(),
            origin: SettingOrigin::Confirmed,
        };
        desk_setting::set(tx, &row)
    };
    store
        .transact(&Actor::named("Ada"), &Intent::new("test"), write)
        .unwrap();
    let wish = |sees, name: &str| Expectation {
        id: ExpectationId::new(),
        who: Who::Everyone,
        sees,
        what: What::Field(name.to_owned()),
    };
    let kept = [
        wish(true, "queue"),
        wish(false, "queue"),
        wish(true, "owner"),
        wish(false, "owner"),
    ];
    let found = store.read(|c| {
        let look = Look {
            c,
            scene: &Scene::load(c, "otobo", &DirectoryCache::default())?.unwrap(),
            cells: &Cells::load(c)?,
            cancel: &CancelFlag::new(),
        };
        look.check(&kept, None, &mut |_| {})
    });
    let states: Vec<_> = found.unwrap().iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Held, State::Broken, State::Broken, State::Held]);
}

#[test]
fn a_check_that_is_to_stop_stops() {
    let model = registry::model("otobo").unwrap();
    let mut dice = Dice::new(4);
    let world = any_world("otobo", &mut dice, 0);
    let (_folder, store) = imported(&world, &model);
    let cancel = CancelFlag::new();
    cancel.cancel();
    let stopped = store.read(|c| {
        let look = Look {
            c,
            scene: &Scene::load(c, "otobo", &DirectoryCache::default())?.unwrap(),
            cells: &Cells::load(c)?,
            cancel: &cancel,
        };
        let of = Expectation {
            id: ExpectationId::new(),
            who: Who::Everyone,
            sees: true,
            what: What::Ticket(world.tickets[0].number.clone()),
        };
        look.check(&[of], None, &mut |_| {})
    });
    assert!(matches!(stopped, Err(StoreError::Cancelled)), "{stopped:?}");
}
