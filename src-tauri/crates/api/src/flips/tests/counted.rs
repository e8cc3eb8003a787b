//! Whom a change touches besides, and that asking writes nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_core::access::registry::DESKS;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::actor::Actor;

use super::{ask, imported, saved};
use crate::error::Code;
use crate::exposure::Work;
use crate::flips::{Counting, NEAR, flip_touch, flips};
use crate::session::Session;

#[test]
fn whoever_stops_while_others_are_counted_gets_what_was_counted() {
    let mut stopped = 0;
    for seed in 0..6 {
        let mut dice = Dice::new(seed);
        let world = any_world("otobo", &mut dice, 4);
        let (_folder, session) = imported(&world, "otobo");
        for user in &world.users {
            let (viewer, number) = (saved("otobo", &user.key), &dice.pick(&world.tickets).number);
            let all = ask(&session, &viewer, number, "openable").unwrap();
            let cancelled = Arc::new(AtomicBool::new(false));
            let mut work = Work {
                job: "flips",
                tell: &mut |_| cancelled.store(true, Ordering::Relaxed),
                cancelled: &cancelled,
            };
            let some = flips(&session, &viewer, number, "openable", Counting::All, &mut work).unwrap();
            assert_eq!(some.flips.len(), all.flips.len());
            for flip in &some.flips {
                let counted = all.flips.iter().find(|one| one.changes == flip.changes).unwrap();
                assert!(flip.touches.is_none() || flip.touches == counted.touches);
            }
            stopped += some.flips.iter().filter(|flip| flip.touches.is_none()).count();
        }
    }
    assert!(stopped > 0);
    let world = any_world("otobo", &mut Dice::new(0), 4);
    let (_folder, session) = imported(&world, "otobo");
    let cancelled = Arc::new(AtomicBool::new(true));
    let mut work = Work {
        job: "flips",
        tell: &mut |_| {},
        cancelled: &cancelled,
    };
    let (user, ticket) = (&world.users[0], &world.tickets[0]);
    let error = flips(
        &session,
        &saved("otobo", &user.key),
        &ticket.number,
        "login",
        Counting::All,
        &mut work,
    )
    .unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
}

fn never() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

#[test]
fn what_concerns_many_is_counted_when_it_is_asked_for() {
    let (mut counted, mut left) = (0, 0);
    for seed in 0..8 {
        let mut dice = Dice::new(seed);
        let world = any_world("otobo", &mut dice, 4);
        let (_folder, session) = imported(&world, "otobo");
        for user in &world.users {
            let (viewer, number) = (saved("otobo", &user.key), &dice.pick(&world.tickets).number);
            let all = ask(&session, &viewer, number, "openable").unwrap();
            let cancelled = never();
            let mut work = Work {
                job: "flips",
                tell: &mut |_| {},
                cancelled: &cancelled,
            };
            let near = flips(&session, &viewer, number, "openable", Counting::Near, &mut work).unwrap();
            assert_eq!(near.flips.len(), all.flips.len());
            for flip in &near.flips {
                let whole = all.flips.iter().find(|one| one.changes == flip.changes).unwrap();
                let touch = whole.touches.unwrap();
                assert_eq!(flip.concerns, whole.concerns);
                assert!(touch.others <= flip.concerns, "{flip:?}");
                if flip.concerns <= NEAR {
                    counted += 1;
                    assert_eq!(flip.touches, Some(touch));
                    continue;
                }
                left += 1;
                assert_eq!(flip.touches, None);
                let asked = flip_touch(&session, &viewer, number, "openable", &flip.changes, &mut work).unwrap();
                assert_eq!(asked, touch);
            }
            if let Some(flip) = all.flips.first() {
                let mut other = flip.changes.clone();
                other[0].to.push('x');
                let error = flip_touch(&session, &viewer, number, "openable", &other, &mut work).unwrap_err();
                assert_eq!(error.code, Code::Stale);
            }
        }
    }
    assert!(counted > 10 && left > 10, "{counted} {left}");
}

#[test]
fn a_workspace_that_is_only_read_is_told_the_same_and_stays_as_it_is() {
    let mut told = 0;
    for desk in DESKS.iter().filter(|desk| crate::forms::rules(desk).is_ok()) {
        let mut dice = Dice::new(3);
        let world = any_world(desk, &mut dice, 4);
        let (folder, session) = imported(&world, desk);
        let files = || {
            let mut files: Vec<_> = std::fs::read_dir(folder.path())
                .unwrap()
                .map(|e| e.unwrap().path())
                .collect();
            // Whoever reads puts an empty log and its index beside the workspace.
            files.retain(|path| !["-shm", "-wal"].iter().any(|end| path.to_string_lossy().ends_with(end)));
            files.sort();
            files
                .into_iter()
                .map(|path| (std::fs::read(&path).unwrap(), path))
                .collect::<Vec<_>>()
        };
        let path = session.path().to_owned();
        let expected: Vec<_> = world
            .users
            .iter()
            .map(|user| ask(&session, &saved(desk, &user.key), &world.tickets[0].number, "openable").unwrap())
            .collect();
        drop(session);
        let before = files();
        let reads = Session::unlock_read_only(&path, None, Actor::named("Eve")).unwrap();
        for (user, expected) in world.users.iter().zip(&expected) {
            let found = ask(&reads, &saved(desk, &user.key), &world.tickets[0].number, "openable").unwrap();
            assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{desk}");
            told += found.flips.len();
        }
        assert!(files() == before, "{desk}: a file has changed");
    }
    assert!(told > 10, "{told}");
}
