//! What is proposed is done to a world in memory, which shares no code with the store, and the tree read there.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod changes;
mod counted;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_core::access::decide::{Case, holds};
use portico_core::access::registry::{DESKS, model as model_of};
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::actor::Actor;
use portico_core::id::ExternalUserId;
use portico_core::model::{DeskSetting, ExternalUser, SettingOrigin, Ticket};
use portico_core::snapshot::Batch;
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::{NewWorkspace, Store};
use tempfile::TempDir;

use self::changes::{apply, single_changes};
use super::*;
use crate::types::flips::FlipChange;

fn imported(world: &World, desk: &str) -> (TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: desk.to_owned(),
    };
    let store = Store::create(&path, &new).unwrap();
    let model = model_of(desk).unwrap();
    let known = model
        .settings
        .iter()
        .filter_map(|n| Some((n.name, world.settings.get(n.name)?)));
    let rows = known.map(|(name, value)| DeskSetting {
        name: name.to_owned(),
        value: plan::json(value),
        origin: SettingOrigin::Desk,
    });
    let mut batches = vec![Batch::Settings(rows.collect())];
    batches.extend(world.batches());
    store
        .import::<StoreError>(
            &Actor::named("Ada"),
            desk,
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
    let session = Session::of(store, &path, Actor::named("Ada"), false).unwrap();
    (folder, session)
}

fn ask(session: &Session, viewer: &Viewer, number: &str, question: &str) -> Result<Flips, ApiError> {
    let cancelled = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "flips",
        tell: &mut |_| {},
        cancelled: &cancelled,
    };
    flips(session, viewer, number, question, Counting::All, &mut work)
}

fn saved(desk: &str, key: &str) -> Viewer {
    Viewer {
        id: Some(ExternalUserId::from_desk(desk, key).to_string()),
        draft: None,
        at: None,
        desk: None,
    }
}

/// The tree, read in the world.
fn answer_of(world: &World, model: &AccessModel, question: &str, user: &ExternalUser, ticket: &Ticket) -> Option<bool> {
    let node = Asked::named(question).node(model).unwrap();
    let person = world.person(&user.key).unwrap();
    holds(
        &node,
        &Case {
            person: &person,
            subject: &world.ticket(ticket),
            workspace: world,
        },
    )
}

/// How many proposals there were, in each direction.
#[derive(Debug, Default)]
struct Shown {
    open: usize,
    shut: usize,
    several: usize,
    none: usize,
}

/// All parts of the changes that are neither empty nor the whole.
fn smaller(changes: &[FlipChange]) -> impl Iterator<Item = Vec<FlipChange>> {
    assert!(changes.len() < 10, "{changes:#?} are not small");
    (1..(1_usize << changes.len()) - 1).map(|mask| {
        let of = changes.iter().enumerate().filter(move |(n, _)| mask & (1 << n) != 0);
        of.map(|(_, change)| change.clone()).collect()
    })
}

fn hold_a_world(desk: &str, seed: u64, shown: &mut Shown) {
    let mut dice = Dice::new(seed);
    let world = any_world(desk, &mut dice, 4);
    let (_folder, session) = imported(&world, desk);
    let model = model_of(desk).unwrap();
    let version = session.store().data_version().unwrap();
    let mut questions = vec!["login", "listed", "openable", "reply", "comment"];
    questions.extend(model.lists.iter().map(|list| list.name));
    for _ in 0..5 {
        let (user, ticket) = (dice.pick(&world.users), dice.pick(&world.tickets));
        for question in &questions {
            let told = ask(&session, &saved(desk, &user.key), &ticket.number, question).unwrap();
            let answer_in = |world: &World| answer_of(world, &model, question, user, ticket);
            assert_eq!(told.answer, answer_in(&world), "{desk} {seed} {question}");
            let Some(answer) = told.answer else {
                assert!(told.flips.is_empty());
                continue;
            };
            let order: Vec<_> = told
                .flips
                .iter()
                .map(|flip| (flip.changes.len(), flip.touches))
                .collect();
            assert!(order.is_sorted(), "{order:?}");
            shown.none += usize::from(told.flips.is_empty());
            for flip in &told.flips {
                let mut other = world.clone();
                for change in &flip.changes {
                    apply(&mut other, desk, change);
                }
                assert_eq!(
                    answer_in(&other),
                    Some(!answer),
                    "{desk} {seed} {question}: {:#?}",
                    flip.changes
                );
                for part in smaller(&flip.changes) {
                    let mut other = world.clone();
                    for change in &part {
                        apply(&mut other, desk, change);
                    }
                    assert_ne!(
                        answer_in(&other),
                        Some(!answer),
                        "{desk} {seed} {question}: {part:#?} is enough"
                    );
                }
                *if answer { &mut shown.shut } else { &mut shown.open } += 1;
                let touches = flip.touches.unwrap();
                assert!(touches.others <= touches.concerns);
                shown.several += usize::from(flip.changes.len() > 1);
            }
        }
    }
    assert_eq!(session.store().data_version().unwrap(), version, "{desk}: asking wrote");
    let left = session
        .store()
        .read(|c| Ok::<_, ApiError>(portico_store::base::pending(c)?))
        .unwrap();
    assert!(left.is_empty(), "{desk}: asking wrote {left:?}");
}

#[test]
fn every_proposal_flips_the_answer_on_every_desk_and_asking_writes_nothing() {
    for desk in DESKS.iter().filter(|desk| crate::forms::rules(desk).is_ok()) {
        let mut shown = Shown::default();
        for seed in 0..10 {
            hold_a_world(desk, seed, &mut shown);
        }
        assert!(
            shown.open > 20 && shown.shut > 20 && shown.several > 0,
            "{desk}: {shown:?}"
        );
    }
}

#[test]
fn where_one_change_of_the_person_is_enough_one_is_proposed() {
    let mut overlooked = Vec::new();
    for desk in DESKS.iter().filter(|desk| crate::forms::rules(desk).is_ok()) {
        let mut enough = 0;
        for seed in 100..106 {
            let mut dice = Dice::new(seed);
            let world = any_world(desk, &mut dice, 4);
            let (_folder, session) = imported(&world, desk);
            let model = model_of(desk).unwrap();
            for _ in 0..5 {
                let (user, ticket) = (dice.pick(&world.users), dice.pick(&world.tickets));
                for question in ["login", "listed", "openable", "reply", "comment"] {
                    let told = ask(&session, &saved(desk, &user.key), &ticket.number, question).unwrap();
                    let Some(answer) = told.answer else { continue };
                    let one = told.flips.iter().any(|flip| flip.changes.len() == 1);
                    // A further account of no use but that she then has several, so that a list is no longer limited to
                    // one, is nothing to advise.
                    let beside = |change: &FlipChange| {
                        change.field == "further_accounts" && !change.to.is_empty() && change.to != ticket.account
                    };
                    for change in single_changes(&world, desk, user)
                        .into_iter()
                        .filter(|change| !beside(change))
                    {
                        let mut other = world.clone();
                        apply(&mut other, desk, &change);
                        let now = answer_of(&other, &model, question, user, ticket);
                        if now == Some(!answer) {
                            enough += 1;
                            if !one {
                                overlooked.push(format!("{desk} {seed} {question} {}: {change:?}", ticket.number));
                            }
                        }
                    }
                }
            }
        }
        assert!(enough > 20, "{desk}: {enough}");
    }
    assert!(overlooked.is_empty(), "{overlooked:#?}");
}
