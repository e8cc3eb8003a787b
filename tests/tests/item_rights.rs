//! "Why" about an item of a portal names the right that reaches it, as the person's objects have it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::types::preview::Viewer;
use portico_api::types::users::UserQuery;
use portico_api::types::why::{Why, WhyNode};
use portico_api::{invented, preview, tickets, users};
use portico_core::actor::Actor;

fn facts<'a>(node: &'a WhyNode, found: &mut Vec<(&'a str, &'a str, &'a str)>) {
    let told = node
        .facts
        .iter()
        .filter(|(name, _)| name.starts_with("objects granted"));
    found.extend(told.map(|(name, value)| (node.verdict.as_str(), name.as_str(), value.as_str())));
    for child in &node.children {
        facts(child, found);
    }
}

fn of_objects(why: &Why) -> Vec<(&str, &str, &str)> {
    let mut found = Vec::new();
    for tree in &why.trees {
        facts(&tree.tree, &mut found);
    }
    found
}

#[test]
fn the_right_is_the_highest_that_reaches_the_item_and_the_facts_name_where_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, "elma365", Actor::named("test")).unwrap();
    let all = tickets::find_tickets(&session, "", None).unwrap().rows;
    let (mut reached, mut blocked, mut ways) = (0, 0, std::collections::BTreeSet::new());
    for row in users::list_users(&session, &UserQuery::default(), 0, 14).unwrap().rows {
        let viewer = Viewer {
            id: Some(row.id),
            ..Viewer::default()
        };
        let objects = preview::full(&session, &viewer).unwrap().objects;
        for ticket in all.iter().take(40) {
            let why = preview::why(&session, &viewer, &ticket.number).unwrap();
            let level = why.right.as_ref().map(|right| right.level.as_str());
            assert_eq!(
                level,
                objects.get(&ticket.account).map(String::as_str),
                "{}",
                ticket.account
            );
            for (verdict, name, value) in of_objects(&why) {
                assert!(!value.contains('…'), "{name}: {value}");
                if let (Some(right), "passed") = (&why.right, verdict) {
                    let on = if right.from.is_empty() {
                        &ticket.account
                    } else {
                        &right.from
                    };
                    assert_eq!(value, on, "{name}");
                    assert!(ticket.account.starts_with(value), "{value} holds {}", ticket.account);
                    reached += 1;
                } else {
                    assert_eq!(value, "", "{name}");
                    blocked += 1;
                }
            }
            ways.extend(why.right.map(|right| (right.through, right.group)));
        }
    }
    assert!(reached > 100 && blocked > 20, "{reached}, {blocked}");
    let group = |name: &str| ("group".to_owned(), name.to_owned());
    assert!(
        ways.contains(&group("External users")) && ways.contains(&group("Partners")),
        "{ways:?}"
    );
}
