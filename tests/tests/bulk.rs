//! What editing many people, and offboarding them, is said to expose is what it does.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::selection::Selection;
use portico_api::session::Session;
use portico_api::types::bulk::{BulkEdit, BulkPreview, FieldEdit, Offboard, OffboardOptions};
use portico_api::types::exposure::Exposure;
use portico_api::types::form::FieldValue;
use portico_api::types::preview::Viewer;
use portico_api::types::users::{GroupRight, UserQuery};
use portico_api::{bulk, directory, history, invented, offboard, preview, users};
use portico_core::actor::Actor;
use tempfile::TempDir;

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, portico_sample::DESK, Actor::named("test")).unwrap();
    (session, folder)
}

/// Some of the people: a few of everybody, and a few who are linked to the group.
fn some(session: &Session, group: &str) -> Vec<String> {
    let ids = |query: &UserQuery, every: usize, most: usize| -> Vec<String> {
        let rows = users::list_users(session, query, 0, 1000).unwrap().rows;
        rows.into_iter().step_by(every).take(most).map(|row| row.id).collect()
    };
    let linked = UserQuery {
        groups: vec![group.to_owned()],
        ..UserQuery::default()
    };
    let all: BTreeSet<String> = [ids(&UserQuery::default(), 40, 3), ids(&linked, 1, 3)]
        .concat()
        .into_iter()
        .collect();
    all.into_iter().collect()
}

/// A group that is given to nobody by a setting, and linked to somebody.
fn linked_group(session: &Session) -> String {
    let groups = directory::list_groups(session).unwrap();
    groups
        .into_iter()
        .find(|group| !group.always && group.people > 1)
        .unwrap()
        .id
}

/// Numbers of all that a person sees: in a list, or by opening it; nothing where she may not log in.
fn seen(session: &Session, id: &str) -> BTreeSet<String> {
    let viewer = Viewer {
        id: Some(id.to_owned()),
        draft: None,
        at: None,
        desk: None,
    };
    let full = preview::full(session, &viewer).unwrap();
    if full.may_log_in != Some(true) {
        return BTreeSet::new();
    }
    let listed = full.lists.values().flat_map(|list| list.all.iter().cloned());
    let openable = full.openable.iter().filter(|(_, ticket)| ticket.ro);
    listed.chain(openable.map(|(number, _)| number.clone())).collect()
}

fn working<T>(work: impl FnOnce(&mut Work<'_>) -> T) -> T {
    work(&mut Work {
        job: "test",
        tell: &mut |_| (),
        cancelled: &Arc::new(AtomicBool::new(false)),
    })
}

/// Asks, writes, looks, takes back: what was said is what came.
fn holds(session: &Session, people: &[String], ask: impl FnOnce() -> Exposure, write: impl FnOnce()) -> Exposure {
    let before: Vec<_> = people.iter().map(|id| seen(session, id)).collect();
    let said = ask();
    let untouched: Vec<_> = people.iter().map(|id| seen(session, id)).collect();
    assert_eq!(untouched, before, "asking writes nothing");
    write();
    let after: Vec<_> = people.iter().map(|id| seen(session, id)).collect();
    let beyond = |a: &[BTreeSet<String>], b: &[BTreeSet<String>]| -> (u32, u64) {
        let counts = a.iter().zip(b).map(|(a, b)| a.difference(b).count() as u64);
        let counts: Vec<u64> = counts.filter(|count| *count > 0).collect();
        (u32::try_from(counts.len()).unwrap(), counts.iter().sum())
    };
    assert_eq!((said.gaining, said.gained), beyond(&after, &before));
    assert_eq!((said.losing, said.lost), beyond(&before, &after));
    history::undo(session).unwrap();
    let restored: Vec<_> = people.iter().map(|id| seen(session, id)).collect();
    assert_eq!(restored, before, "undo brings back what they saw");
    said
}

#[test]
fn an_edit_of_many_exposes_what_it_was_said_to() {
    let (session, _folder) = sample();
    let group = linked_group(&session);
    let people = some(&session, &group);
    let right = |permissions: &[&str]| {
        FieldValue::Groups(vec![GroupRight {
            group: group.clone(),
            permissions: permissions.iter().map(ToString::to_string).collect(),
        }])
    };
    let cases = [
        ("add", right(&["rw"])),
        ("remove", right(&[])),
        ("set", FieldValue::List(vec![])),
    ];
    let mut moved = (0, 0);
    for (how, value) in cases {
        let edit = BulkEdit {
            people: Selection {
                ids: people.clone(),
                ..Selection::default()
            },
            edits: vec![FieldEdit {
                field: "groups".to_owned(),
                how: how.to_owned(),
                value,
            }],
            skip_invalid: false,
        };
        let ask = || working(|work| bulk::bulk_exposure(&session, &edit, work)).unwrap();
        let write = || {
            assert!(
                working(|work| bulk::bulk_save(&session, &edit, None, work))
                    .unwrap()
                    .change
                    > 0
            );
        };
        let said = holds(&session, &people, ask, write);
        moved = (moved.0 + said.gained, moved.1 + said.lost);
    }
    assert!(moved.0 > 0 && moved.1 > 0, "the test has nothing to show: {moved:?}");
}

#[test]
fn an_offboarding_takes_away_what_it_was_said_to() {
    let (session, _folder) = sample();
    let people = some(&session, &linked_group(&session));
    let choices = offboard::offboard_choices(&session).unwrap();
    let input = Offboard {
        people: Selection {
            ids: people.clone(),
            ..Selection::default()
        },
        options: OffboardOptions {
            status: choices.statuses[0].clone(),
            remove: choices.usual,
            end_date: choices.today,
        },
        skip_invalid: false,
    };
    let ask = || working(|work| offboard::offboard_exposure(&session, &input, work)).unwrap();
    let write = || {
        assert!(
            working(|work| offboard::offboard(&session, &input, None, work))
                .unwrap()
                .change
                > 0
        );
    };
    let said = holds(&session, &people, ask, write);
    assert!(said.lost > 0 && said.gained == 0 && said.logins_lost > 0, "{said:?}");
}

/// The forms' rights on groups.
fn rights(session: &Session, people: &[String]) -> Vec<Vec<GroupRight>> {
    let form = |id: &String| users::get_user(session, id).unwrap().form.groups;
    people.iter().map(form).collect()
}

#[test]
fn a_right_of_those_who_are_found_is_changed_and_another_given_in_one_save_and_one_undo() {
    let (session, _folder) = sample();
    let group = linked_group(&session);
    let found = UserQuery {
        groups: vec![group.clone()],
        ..UserQuery::default()
    };
    let people: Vec<String> = users::list_users(&session, &found, 0, 1000)
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.id)
        .collect();
    let before = rights(&session, &people);
    let on = |rights: &[GroupRight], group: &str| -> Vec<String> {
        let right = rights.iter().find(|right| right.group == group);
        right.map(|right| right.permissions.clone()).unwrap_or_default()
    };
    // A second group, to be given in the same save.
    let all = directory::list_groups(&session).unwrap();
    let other = all
        .into_iter()
        .find(|other| !other.always && other.id != group)
        .unwrap()
        .id;
    let edits = |key: &str| {
        let one = |how: &str, group: &str, permissions: Vec<String>| FieldEdit {
            field: "groups".to_owned(),
            how: how.to_owned(),
            value: FieldValue::Groups(vec![GroupRight {
                group: group.to_owned(),
                permissions,
            }]),
        };
        vec![
            one("change", &group, vec![key.to_owned()]),
            one("add", &other, vec!["ro".to_owned()]),
        ]
    };
    for key in ["rw", "ro"] {
        let edit = BulkEdit {
            people: Selection {
                all: Some(found.clone()),
                ..Selection::default()
            },
            edits: edits(key),
            skip_invalid: false,
        };
        let ask = || working(|work| bulk::bulk_exposure(&session, &edit, work)).unwrap();
        let log = history::list_changes(&session, None, 1000).unwrap().len();
        let write = || {
            let told = bulk_preview(&session, &edit);
            working(|work| bulk::bulk_save(&session, &edit, Some(&told.version), work)).unwrap();
            for (old, new) in before.iter().zip(rights(&session, &people)) {
                assert_eq!(on(&new, &group), [key], "{old:?}");
                assert!(!on(&new, &other).is_empty(), "{key} {old:?}");
            }
            let now = history::list_changes(&session, None, 1000).unwrap().len();
            assert_eq!(now - log, 1, "one change");
        };
        holds(&session, &people, ask, write);
        assert_eq!(rights(&session, &people), before, "one undo");
    }
}

fn bulk_preview(session: &Session, edit: &BulkEdit) -> BulkPreview {
    working(|work| bulk::bulk_preview(session, edit, work)).unwrap()
}
