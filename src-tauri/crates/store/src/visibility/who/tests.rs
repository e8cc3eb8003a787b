//! Who can see a ticket, against every person's answer read one by one over a world in memory.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_core::access::decide::{Case, Workspace, holds};
use portico_core::access::registry;
use portico_core::access::sway::sways;
use portico_core::access::world::{World, WorldSubject};
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use proptest::prelude::*;

use super::*;
use crate::visibility::tests::imported;

/// What each person of the world is told, by login: of her log-in, of the lists, of opening.
type Told = Vec<(String, Option<bool>, Option<bool>, Option<bool>)>;

fn told(world: &World, model: &AccessModel, ticket: &portico_core::model::Ticket, said: Option<&Activity>) -> Told {
    let mut told: Told = Vec::new();
    for user in &world.users {
        let person = world.person(&user.key).unwrap();
        let mut subject = world.ticket(ticket);
        let mut openable = model.openable.ro.clone();
        let mut listed = model.listed();
        if let Some(said) = said {
            subject = WorldSubject {
                visible: said.visible,
                channel: &said.channel,
                ..subject
            };
            openable = Node::All(vec![openable, model.activity.clone()]);
            listed = Node::False;
        }
        let ask = |node: &Node| {
            let case = Case {
                person: &person,
                subject: &subject,
                workspace: world,
            };
            holds(node, &case)
        };
        told.push((user.login.clone(), ask(&model.login), ask(&listed), ask(&openable)));
    }
    told.sort();
    told
}

fn expected(told: &Told, seers: Seers) -> Vec<String> {
    let either = |a: Option<bool>, b: Option<bool>| match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    let belongs = |(_, login, listed, openable): &&(String, Option<bool>, Option<bool>, Option<bool>)| {
        let seen = either(*listed, *openable);
        match seers {
            Seers::All => seen == Some(true),
            Seers::MayLogIn => seen == Some(true) && *login == Some(true),
            Seers::Listed => *listed == Some(true),
            Seers::Openable => *openable == Some(true),
            Seers::Unknown => seen.is_none(),
        }
    };
    told.iter().filter(belongs).map(|(login, ..)| login.clone()).collect()
}

const ALL: [Seers; 5] = [
    Seers::All,
    Seers::MayLogIn,
    Seers::Listed,
    Seers::Openable,
    Seers::Unknown,
];

fn paged(watched: &Watched<'_>, seers: Seers) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = watched.ids(seers, after.as_ref(), 3).unwrap();
        found.extend(page.iter().map(|at| at.login.clone()));
        match page.last() {
            Some(last) if page.len() == 3 => after = Some(last.clone()),
            _ => return found,
        }
    }
}

fn hold(watched: &Watched<'_>, told: &Told) -> std::result::Result<usize, TestCaseError> {
    let counts = watched.counts().unwrap();
    let mut seen = 0;
    for seers in ALL {
        let expected = expected(told, seers);
        seen += expected.len();
        prop_assert_eq!(&paged(watched, seers), &expected, "{:?}", seers);
        let count = match seers {
            Seers::All => counts.all,
            Seers::MayLogIn => counts.may_log_in,
            Seers::Listed => counts.listed,
            Seers::Openable => counts.openable,
            Seers::Unknown => counts.unknown,
        };
        prop_assert_eq!(count, expected.len() as u64, "{:?}", seers);
    }
    for seer in watched.page(Seers::All, None, 100).unwrap() {
        let (_, login, listed, openable) = told.iter().find(|(who, ..)| *who == seer.at.login).unwrap();
        prop_assert_eq!(
            (seer.may_log_in, seer.listed, seer.openable),
            (*login, *listed, *openable)
        );
        prop_assert_eq!(seer.why.answer, Some(true));
        prop_assert!(seer.why.decided.rule.is_some());
    }
    Ok(seen)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn who_can_see_a_ticket_are_those_who_see_it(seed: u64, unknown in prop_oneof![Just(0_usize), Just(15)], desk in 0..registry::DESKS.len()) {
        let desk = registry::DESKS[desk];
        let world = any_world(desk, &mut Dice::new(seed), unknown);
        let model = registry::model(desk).unwrap();
        let (_folder, store) = imported(&world, &model);
        store.read(|c| -> Result<std::result::Result<(), TestCaseError>> {
            let directory = Directory::load(c, &model)?;
            Ok(world.tickets.iter().try_for_each(|ticket| {
                let stored = crate::snapshot::ticket(c, ticket.id).unwrap().unwrap();
                let watched = Watched::new(c, &model, &directory, &stored, None);
                hold(&watched, &told(&world, &model, ticket, None))?;
                world.activities.iter().filter(|said| said.ticket == ticket.id).take(4).try_for_each(|said| {
                    let watched = Watched::new(c, &model, &directory, &stored, Some(said));
                    hold(&watched, &told(&world, &model, ticket, Some(said))).map(|_| ())
                })
            }))
        }).unwrap()?;
    }
}

#[test]
fn where_many_come_into_question_the_page_is_the_same() {
    let world = any_world("otobo", &mut Dice::new(5), 0);
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&world, &model);
    store
        .read(|c| -> Result<()> {
            let directory = Directory::load(c, &model)?;
            let mut seen = 0;
            for ticket in &world.tickets {
                let stored = crate::snapshot::ticket(c, ticket.id)?.unwrap();
                let watched = Watched::new(c, &model, &directory, &stored, None);
                // Everybody is asked, one after the other.
                let is_shown = |(_, _, listed, openable): &&(String, Option<bool>, Option<bool>, Option<bool>)| {
                    *listed == Some(true) || *openable == Some(true)
                };
                let told = told(&world, &model, ticket, None);
                let mut everybody: Vec<&str> = told.iter().filter(is_shown).map(|(login, ..)| login.as_str()).collect();
                everybody.sort_unstable();
                assert_eq!(everybody.len() as u64, watched.count(Seers::All)?);
                let page = watched.ids(Seers::All, None, 100)?;
                assert_eq!(everybody, page.iter().map(|at| at.login.as_str()).collect::<Vec<_>>());
                seen += everybody.len();
            }
            assert!(seen > 20, "{seen}");
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn those_whom_assumed_rules_sway_are_found_as_they_are_asked_one_by_one(seed: u64, desk in 0..registry::DESKS.len()) {
        let world = any_world(registry::DESKS[desk], &mut Dice::new(seed), 0);
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let (_folder, store) = imported(&world, &model);
        let known = model.settings.iter().filter_map(|n| Some((n.name, Workspace::setting(&world, n.name)?)));
        for sway in sways(&model, &known.collect()) {
            let sql_of = |c: &Connection| people_where(c, &sway.people);
            let found = store.read(|c| -> Result<Vec<String>> {
                let sql = format!("SELECT u.login FROM external_user u WHERE u.present = 1 AND {}", sql_of(c)?);
                let mut statement = c.prepare(&sql)?;
                let rows = statement.query_map([], |r| r.get(0))?;
                let mut logins = rows.collect::<rusqlite::Result<Vec<String>>>()?;
                logins.sort();
                Ok(logins)
            }).unwrap();
            let asked = world.users.iter().filter(|user| {
                let person = world.person(&user.key).unwrap();
                let case = Case { person: &person, subject: &portico_core::access::decide::Nothing, workspace: &world };
                holds(&sway.people, &case) == Some(true)
            });
            let mut asked: Vec<String> = asked.map(|user| user.login.clone()).collect();
            asked.sort();
            prop_assert_eq!(found, asked, "{}", sway.rule.id);
        }
    }
}
