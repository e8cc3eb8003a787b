//! SQL and cells against the tree read ticket by ticket over a world in memory, which shares no code with them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod assumed;
mod changed;
mod unconfirmed;
mod untold;

use std::collections::BTreeMap;

use portico_core::access::decide::Workspace;
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::access::rule::{Node, all, not};
use portico_core::access::setting::{Settings, Value};
use portico_core::access::world::{World, WorldPerson};
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::{self, Dice};
use portico_core::actor::Actor;
use portico_core::id::ExternalUserId;
use portico_core::model::{DeskSetting, SettingOrigin, Ticket};
use portico_core::snapshot::Batch;
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::history::Intent;
use crate::import::{CancelFlag, ImportOptions};
use crate::{NewWorkspace, Store};

fn questions(model: &AccessModel) -> Vec<Question> {
    let lists = model.lists.iter().map(|l| Question::List(l.name.to_owned()));
    let others = [
        Question::Listed,
        Question::Searchable(Permission::Ro),
        Question::Searchable(Permission::Rw),
        Question::Openable(Permission::Ro),
        Question::Openable(Permission::Rw),
        Question::Reply,
        Question::Hidden,
    ];
    lists.chain(others).collect()
}

pub(super) fn json_of(value: &Value) -> String {
    match value {
        Value::Switch(on) => on.to_string(),
        Value::Choice(word) => serde_json::to_string(word).unwrap(),
        Value::Names(names) => serde_json::to_string(names).unwrap(),
        Value::Number(number) => number.to_string(),
    }
}

fn setting_rows(model: &AccessModel, settings: &Settings) -> Vec<DeskSetting> {
    let known = model
        .settings
        .iter()
        .filter_map(|n| Some((n.name, settings.get(n.name)?)));
    known
        .map(|(name, value)| DeskSetting {
            name: name.to_owned(),
            value: json_of(value),
            origin: SettingOrigin::Desk,
        })
        .collect()
}

/// The world as an import hands it over.
pub(super) fn batches(world: &World, model: &AccessModel) -> Vec<Batch> {
    let addresses = Batch::Addresses(super::heat::tests::addresses());
    let settings = Batch::Settings(setting_rows(model, &world.settings));
    [settings, addresses].into_iter().chain(world.batches()).collect()
}

pub(super) fn imported(world: &World, model: &AccessModel) -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: model.desk.to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    let mut batches = batches(world, model);
    store
        .import::<StoreError>(
            &Actor::named("Ada"),
            model.desk,
            &mut |sink| {
                for batch in batches.drain(..) {
                    sink(batch).map_err(|_| StoreError::Cancelled)?;
                }
                Ok(())
            },
            &ImportOptions::default(),
            &mut |_| {},
            &CancelFlag::new(),
        )
        .unwrap();
    (folder, store)
}

fn user_id(model: &AccessModel, key: &str) -> ExternalUserId {
    ExternalUserId::from_desk(model.desk, key)
}

/// What the three readers share: the tickets by id, and the tree read one by one.
struct Truth<'a> {
    world: &'a World,
    person: WorldPerson<'a>,
    numbers: BTreeMap<i64, String>,
}

impl Truth<'_> {
    fn tickets(&self, node: &Node, verdict: Option<bool>) -> Vec<String> {
        self.world.numbers(node, &self.person, verdict)
    }

    fn number(&self, id: i64) -> String {
        self.numbers[&id].clone()
    }

    fn in_tab(&self, node: &Node, open: &Node, tab: Tab) -> Vec<String> {
        let within = match tab {
            Tab::All => node.clone(),
            Tab::Open => all([node.clone(), open.clone()]),
            Tab::Closed => all([node.clone(), not(open.clone())]),
        };
        self.tickets(&within, Some(true))
    }
}

fn hold_against(truth: &Truth<'_>, eyes: &Eyes<'_>, question: &Question) -> std::result::Result<(), TestCaseError> {
    let node = eyes.tree(question).unwrap();
    let certain = truth.tickets(&node, Some(true));
    let unknown = truth.tickets(&node, None);
    for (is_unknown, expected) in [(false, &certain), (true, &unknown)] {
        let mut found = Vec::new();
        eyes.each(question, is_unknown, &mut |id| {
            found.push(truth.number(id));
            Ok(())
        })
        .unwrap();
        prop_assert_eq!(&found, expected, "SQL, {:?}, unknown: {}", question, is_unknown);
    }
    let open = &eyes.model().open_tab;
    let lengths = |tab| truth.in_tab(&node, open, tab).len() as u64;
    let expected = Counts {
        all: lengths(Tab::All),
        open: lengths(Tab::Open),
        closed: lengths(Tab::Closed),
        unknown: unknown.len() as u64,
    };
    prop_assert_eq!(eyes.count(question).unwrap(), expected, "count, {:?}", question);
    for tab in [Tab::All, Tab::Open, Tab::Closed] {
        let expected = truth.in_tab(&node, open, tab);
        for way in 0..3 {
            prop_assert_eq!(
                &paged(truth, eyes, question, tab, way),
                &expected,
                "{:?} {:?}, way {}",
                question,
                tab,
                way
            );
        }
    }
    Ok(())
}

/// The whole list, page by page, by what is chosen, by probing, or by scanning.
fn paged(truth: &Truth<'_>, eyes: &Eyes<'_>, question: &Question, tab: Tab, way: usize) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = match way {
            0 => eyes.page(question, tab, after, 7),
            1 => eyes.with_pages(question, tab, |pages| pages.probed(after, 7)),
            _ => eyes.with_pages(question, tab, |pages| pages.scanned(after, 7)),
        };
        let page = page.unwrap();
        found.extend(page.iter().map(|row| truth.number(row.id)));
        match page.last() {
            Some(last) if page.len() == 7 => after = Some(*last),
            _ => return found,
        }
    }
}

fn hold_one_by_one(truth: &Truth<'_>, eyes: &Eyes<'_>, c: &Connection) -> std::result::Result<(), TestCaseError> {
    use portico_core::access::decide::{Case, holds};
    for ticket in &truth.world.tickets {
        let stored = crate::snapshot::ticket(c, ticket.id).unwrap().unwrap();
        let subject = truth.world.ticket(ticket);
        for question in questions(eyes.model()) {
            let node = eyes.tree(&question).unwrap();
            let expected = holds(
                &node,
                &Case {
                    person: &truth.person,
                    subject: &subject,
                    workspace: truth.world,
                },
            );
            prop_assert_eq!(
                eyes.sees(&question, &stored).unwrap(),
                expected,
                "{:?}, {:?}",
                question,
                ticket
            );
            prop_assert_eq!(eyes.explain(&node, &stored).unwrap().answer(), expected);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn three_readers_agree(seed: u64, unknown in prop_oneof![Just(0_usize), Just(15)], desk in 0..registry::DESKS.len()) {
        let mut dice = Dice::new(seed);
        let world = any_world(registry::DESKS[desk], &mut dice, unknown);
        let model = registry::model(registry::DESKS[desk]).unwrap();
        let (_folder, store) = imported(&world, &model);
        let numbers: BTreeMap<i64, String> = world.tickets.iter().map(|t| (t.id, t.number.clone())).collect();
        store.read(|c| -> Result<std::result::Result<(), TestCaseError>> {
            let (directory, cells) = (Directory::load(c, &model)?, Cells::load(c)?);
            for needed in &model.settings {
                let told = Workspace::setting(&world, needed.name);
                assert_eq!(directory.settings().get(needed.name), told.as_ref(), "{}", needed.name);
            }
            let people: Vec<_> = world.users.iter().take(4).collect();
            let facts: Vec<_> =
                people.iter().map(|u| PersonFacts::load(c, user_id(&model, &u.key), &model).unwrap()).collect();
            let truths: Vec<_> = people
                .iter()
                .map(|u| Truth { world: &world, person: world.person(&u.key).unwrap(), numbers: numbers.clone() })
                .collect();
            let eyes: Vec<_> = facts.iter().map(|f| Eyes::new(c, &model, &directory, f, &cells).unwrap()).collect();
            let held = (0..people.len()).try_for_each(|n| {
                hold_one_by_one(&truths[n], &eyes[n], c)?;
                untold::hold(&truths[n], &eyes[n], c)?;
                let next = (n + 1) % people.len();
                questions(&model).iter().try_for_each(|question| {
                    hold_against(&truths[n], &eyes[n], question)?;
                    let (truths, eyes) = ([&truths[n], &truths[next]], [&eyes[n], &eyes[next]]);
                    changed::hold_difference(truths, eyes, question)?;
                    match question {
                        Question::List(_) => changed::hold(truths, eyes, question),
                        _ => Ok(()),
                    }
                })
            });
            Ok(held)
        }).unwrap()?;
    }
}

#[test]
fn the_rows_of_a_page_say_why_and_what_can_be_opened() {
    let mut dice = Dice::new(7);
    let settings = world_random::settings(&mut dice, 0, &["postgresql"]);
    let world = world_random::world(&mut dice, settings);
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&world, &model);
    let mut reasons = 0;
    store
        .read(|c| -> Result<()> {
            let (directory, cells) = (Directory::load(c, &model)?, Cells::load(c)?);
            for user in &world.users {
                let facts = PersonFacts::load(c, user_id(&model, &user.key), &model)?;
                let eyes = Eyes::new(c, &model, &directory, &facts, &cells)?;
                for question in questions(&model) {
                    for row in eyes.rows(&question, Tab::All, None, 50)? {
                        let wanted = question != Question::Hidden;
                        assert_eq!(row.why.answer == Some(true), wanted, "{question:?} {row:?}");
                        assert!(row.why.decided.rule.is_some(), "{question:?} {row:?}");
                        assert_eq!(
                            row.openable,
                            eyes.sees(&Question::Openable(Permission::Ro), &row.ticket)?
                        );
                        reasons += 1;
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(reasons > 100, "{reasons}");
}

#[test]
fn a_person_without_a_record_has_no_eyes() {
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&World::default(), &model);
    let found = store.read(|c| PersonFacts::load(c, user_id(&model, "nobody"), &model));
    assert!(matches!(
        found,
        Err(StoreError::NotFound {
            what: "external_user",
            ..
        })
    ));
}

#[test]
fn links_of_a_login_that_was_dead_are_those_of_a_person_who_takes_it() {
    use portico_core::model::{Account, Group, Queue, UserGroup};
    let text = str::to_owned;
    let mut world = World::default();
    let mut dice = Dice::new(1);
    world.settings = world_random::settings(&mut dice, 0, &["postgresql"]);
    world.settings.set("CustomerGroupSupport", Value::Switch(true));
    world
        .settings
        .set("CustomerGroupAlwaysGroups", Value::Names(Vec::new()));
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
    world.accounts.push(Account {
        key: text("ACME"),
        ..Account::default()
    });
    world.user_groups.push(UserGroup {
        user: text("ghost"),
        group: text("1"),
        permission: text("ro"),
    });
    let ticket = |id: i64, owner: &str| Ticket {
        id,
        number: id.to_string(),
        owner: text(owner),
        queue: text("1"),
        ..Ticket::default()
    };
    world.tickets.extend([ticket(1, "ghost"), ticket(2, "")]);
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&world, &model);
    let id = ExternalUserId::new();
    let counts = store.what_if(|tx| -> Result<Counts> {
        tx.execute(
            "INSERT INTO external_user (id, login) VALUES (?1, 'ghost')",
            [id.as_bytes()],
        )?;
        let (directory, cells) = (Directory::load(tx, &model)?, Cells::load(tx)?);
        let facts = PersonFacts::load(tx, id, &model)?;
        Eyes::new(tx, &model, &directory, &facts, &cells)?.count(&Question::List(text("MyTickets")))
    });
    assert_eq!(counts.unwrap().all, 1);
}

#[test]
fn a_kept_directory_is_read_again_after_a_change() {
    let mut world = World::default();
    let mut dice = Dice::new(3);
    world.settings = world_random::settings(&mut dice, 0, &["postgresql"]);
    let model = registry::model("otobo").unwrap();
    let (_folder, store) = imported(&world, &model);
    let cache = DirectoryCache::default();
    let get = || store.read(|c| cache.get(c, &model)).unwrap();
    let first = get();
    assert!(std::sync::Arc::ptr_eq(&first, &get()));
    let row = crate::table::desk_setting::Row {
        name: "database".to_owned(),
        value: "\"mysql\"".to_owned(),
        origin: SettingOrigin::Confirmed,
    };
    let intent = Intent {
        code: "settings".to_owned(),
        detail: Vec::new(),
    };
    store
        .transact(&Actor::named("Ada"), &intent, |tx| {
            crate::table::desk_setting::set(tx, &row)
        })
        .unwrap();
    assert_eq!(get().settings().get("database"), Some(&Value::choice("mysql")));
    assert_eq!(first.settings().get("database"), Some(&Value::choice("postgresql")));
}
