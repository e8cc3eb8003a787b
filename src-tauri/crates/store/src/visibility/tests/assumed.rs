//! The assumed rules of a list, all at once, against those of each ticket in it.

use std::collections::BTreeSet;

use portico_core::access::rule::Rule;
use proptest::prelude::*;

use super::*;

/// How many rules were found.
fn hold(eyes: &Eyes<'_>, c: &Connection, known: bool) -> std::result::Result<usize, TestCaseError> {
    let mut rules = 0;
    for list in &eyes.model().lists {
        let question = Question::List(list.name.to_owned());
        let mut expected: BTreeSet<Rule> = BTreeSet::new();
        let mut visit = |id| {
            let ticket = crate::snapshot::ticket(c, id)?.unwrap();
            expected.extend(eyes.why(&question, &ticket)?.assumed);
            Ok(())
        };
        eyes.each(&question, false, &mut visit).unwrap();
        let found = eyes.assumed(&question).unwrap();
        prop_assert!(found.is_superset(&expected), "{:?} {:?}", found, expected);
        if known {
            prop_assert_eq!(&found, &expected, "{:?}", question);
        }
        rules += found.len();
    }
    Ok(rules)
}

#[test]
fn the_assumed_rules_of_a_list_are_those_of_its_tickets() {
    let mut rules = 0;
    for desk in registry::DESKS {
        let model = registry::model(desk).unwrap();
        for seed in 0..12 {
            let unknown = if seed % 3 == 2 { 15 } else { 0 };
            let world = any_world(desk, &mut Dice::new(seed), unknown);
            let (_folder, store) = imported(&world, &model);
            let found = store.read(|c| -> Result<_> {
                let (directory, cells) = (Directory::load(c, &model)?, Cells::load(c)?);
                let mut found = 0;
                for user in world.users.iter().take(6) {
                    let facts = PersonFacts::load(c, user_id(&model, &user.key), &model)?;
                    let eyes = Eyes::new(c, &model, &directory, &facts, &cells)?;
                    found += hold(&eyes, c, unknown == 0).unwrap();
                }
                Ok(found)
            });
            rules += found.unwrap();
        }
    }
    assert!(rules > 100, "{rules}");
}
