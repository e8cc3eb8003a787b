//! Edits that are drawn by lot: only what they name changes.

use std::collections::BTreeSet;

use portico_core::form::field::{Entity, Kind};
use portico_core::model::LEVELS;
use proptest::prelude::*;

use super::{House, PEOPLE, changes, edit, of, preview, save, values};
use crate::history;
use crate::types::bulk::{BulkEdit, FieldEdit};
use crate::types::form::FieldValue;

/// What an edit must come to, told in sets.
fn wanted(
    field: &str,
    how: &str,
    before: &FieldValue,
    value: &FieldValue,
    ladder: &[&str],
) -> BTreeSet<(String, String)> {
    let set = |value: &FieldValue| -> BTreeSet<(String, String)> {
        match value {
            FieldValue::Text(text) if field == "custom" => match text.as_str() {
                "" => BTreeSet::new(),
                text => [(text.to_owned(), String::new())].into(),
            },
            FieldValue::Text(text) => [(text.clone(), String::new())].into(),
            FieldValue::Flag(flag) => [(flag.to_string(), String::new())].into(),
            FieldValue::List(list) => list.iter().map(|id| (id.clone(), String::new())).collect(),
            FieldValue::Groups(rights) => {
                let all = rights
                    .iter()
                    .flat_map(|r| r.permissions.iter().map(|p| (r.group.clone(), p.clone())));
                all.collect()
            }
            FieldValue::Objects(rights) => rights.iter().map(|r| (r.object.clone(), r.level.clone())).collect(),
        }
    };
    let (mut held, value) = (set(before), set(value));
    let rungs: &[&str] = if field == "objects" { LEVELS } else { ladder };
    let rung = |key: &str| rungs.iter().position(|step| *step == key);
    match how {
        "set" => return value,
        "remove" => held.retain(|entry| !value.contains(entry)),
        "change" => {
            for (id, key) in value {
                let had = held.iter().any(|(other, k)| *other == id && rung(k).is_some());
                if had {
                    held.retain(|(other, k)| *other != id || rung(k).is_none());
                    held.insert((id, key));
                }
            }
        }
        _ => {
            for (id, key) in value {
                let Some(new) = rung(&key) else {
                    held.insert((id, key));
                    continue;
                };
                let strongest = held
                    .iter()
                    .filter(|(other, _)| *other == id)
                    .filter_map(|(_, k)| rung(k))
                    .max();
                if strongest.is_none_or(|old| old < new) {
                    held.retain(|(other, k)| *other != id || rung(k).is_none());
                    held.insert((id, key));
                }
            }
        }
    }
    held
}

fn edits(house: &House) -> BoxedStrategy<Vec<FieldEdit>> {
    let fields: Vec<_> = Entity::ExternalUser
        .fields()
        .iter()
        .filter(|f| f.name != "login")
        .collect();
    let ids: std::collections::HashMap<&str, Vec<String>> = fields
        .iter()
        .map(|f| {
            (
                f.name,
                f.kind.refers_to().map(|entity| house.ids(entity)).unwrap_or_default(),
            )
        })
        .collect();
    proptest::sample::subsequence(fields, 1..=4)
        .prop_flat_map(move |fields| {
            let one = |field: &'static portico_core::form::field::Field| {
                let hows = match field.kind {
                    Kind::Rights(_) | Kind::Levels(_) => vec!["set", "add", "remove", "change"],
                    Kind::Many(_) | Kind::Custom => vec!["set", "add", "remove"],
                    _ => vec!["set"],
                };
                (
                    proptest::sample::select(hows),
                    values(field.kind, ids[field.name].clone()),
                )
                    .prop_map(move |(how, value)| edit(field.name, how, value))
            };
            fields.into_iter().map(one).collect::<Vec<_>>()
        })
        .boxed()
}

#[test]
fn only_the_named_fields_of_the_named_people_change_and_undo_restores_all() {
    let house = House::of("otobo");
    let original = house.forms();
    let who = proptest::sample::subsequence((0..PEOPLE).collect::<Vec<_>>(), 1..PEOPLE);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(60));
    let ladder = crate::forms::rules("otobo").unwrap().permissions;
    let outcome = runner.run(&(who, edits(&house)), |(who, edits)| {
        let wanted_change = of(house.these(&who), edits.clone());
        let told = preview(&house, &wanted_change);
        let log = changes(&house);
        let saved = save(
            &house,
            &BulkEdit {
                skip_invalid: true,
                ..wanted_change
            },
        )
        .unwrap();
        let after = house.forms();
        let mut differ = 0;
        let invalid: BTreeSet<String> = told.problems.iter().map(|p| p.id.clone()).collect();
        for (n, (before, after)) in original.iter().zip(&after).enumerate() {
            differ += usize::from(before != after);
            let meant = who.contains(&n) && !invalid.contains(&house.people[n].to_string());
            for field in Entity::ExternalUser.fields() {
                let (old, new) = (before.value(field.name).unwrap(), after.value(field.name).unwrap());
                match edits.iter().find(|edit| edit.field == field.name) {
                    Some(edit) if meant => {
                        let wanted = wanted(field.name, &edit.how, &old, &edit.value, ladder);
                        let got = wanted_of(field.name, &new);
                        prop_assert_eq!(got, wanted, "{} of {}", field.name, n);
                    }
                    _ => prop_assert_eq!(old, new, "{} of {} is untouched", field.name, n),
                }
            }
        }
        prop_assert_eq!(usize::try_from(saved.people).unwrap(), differ);
        prop_assert_eq!(told.changed - told.invalid, saved.people);
        prop_assert_eq!(changes(&house) - log, usize::from(differ > 0), "one change, or none");
        if differ > 0 {
            history::undo(&house.session).unwrap();
        }
        prop_assert_eq!(&house.forms(), &original, "undo restores all");
        Ok(())
    });
    outcome.unwrap();
}

fn wanted_of(field: &str, value: &FieldValue) -> BTreeSet<(String, String)> {
    wanted(field, "set", value, value, &[])
}
