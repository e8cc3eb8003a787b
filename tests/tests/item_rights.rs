//! "Why" about an item of a portal names the right that reaches it, as the person's objects have it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::session::Session;
use portico_api::types::preview::{PageQuery, PortalRight, Viewer};
use portico_api::types::users::{ObjectRight, UserQuery};
use portico_api::types::why::{Why, WhyNode};
use portico_api::{invented, preview, tickets, users};
use portico_core::actor::Actor;
use portico_core::id::PortalObjectId;

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

/// The right by which a person would reach an item, had she these rights of her own as well.
fn right_with(session: &Session, viewer: &Viewer, ticket: &str, own: &[(&str, &str)]) -> PortalRight {
    let mut form = users::get_user(session, viewer.id.as_deref().unwrap()).unwrap().form;
    form.objects.extend(own.iter().map(|(object, level)| ObjectRight {
        object: PortalObjectId::from_desk("elma365", object).to_string(),
        level: (*level).to_owned(),
    }));
    let drafted = Viewer {
        draft: Some(form),
        ..viewer.clone()
    };
    preview::why(session, &drafted, ticket).unwrap().right.unwrap()
}

#[test]
fn the_highest_right_is_named_and_of_equal_ones_the_nearest_and_her_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, "elma365", Actor::named("test")).unwrap();
    let viewers = users::list_users(&session, &UserQuery::default(), 0, 30).unwrap().rows;
    let tickets = tickets::find_tickets(&session, "", None).unwrap().rows;
    // An item that she reaches by what a group of hers may see of its app.
    let (viewer, item, app) = viewers
        .into_iter()
        .find_map(|row| {
            let viewer = Viewer {
                id: Some(row.id),
                ..Viewer::default()
            };
            let ticket = tickets.first()?;
            let right = preview::why(&session, &viewer, &ticket.number).ok()?.right?;
            let by_group = (right.through.as_str(), right.level.as_str()) == ("group", "view");
            (by_group && !right.from.is_empty()).then(|| (viewer, ticket.clone(), right.from))
        })
        .unwrap();
    let told = |own: &[(&str, &str)]| {
        let right = right_with(&session, &viewer, &item.number, own);
        (right.level, right.through, right.from)
    };
    let of = |level: &str, from: &str| (level.to_owned(), "own".to_owned(), from.to_owned());
    let (item_key, app_key) = (item.account.as_str(), app.as_str());
    // Her own before that of her group, where both give the same on the same.
    assert_eq!(told(&[(app_key, "view")]), of("view", app_key));
    // What lies nearer gives less: the higher one counts, wherever it is given.
    assert_eq!(told(&[(item_key, "view"), (app_key, "edit")]), of("edit", app_key));
    // The same on both: the nearer one.
    assert_eq!(told(&[(app_key, "edit"), (item_key, "edit")]), of("edit", ""));
}

#[test]
fn a_row_of_a_list_names_the_object_that_its_why_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    let session = invented::create_sample_at(&path, None, "elma365", Actor::named("test")).unwrap();
    let (mut rows, mut named) = (0, std::collections::BTreeSet::new());
    for row in users::list_users(&session, &UserQuery::default(), 0, 6).unwrap().rows {
        let viewer = Viewer {
            id: Some(row.id),
            ..Viewer::default()
        };
        let query = PageQuery {
            list: "Items".to_owned(),
            tab: "all".to_owned(),
            object: None,
            changed: false,
            after: None,
        };
        for row in preview::preview_page(&session, &viewer, &query).unwrap().rows {
            let why = preview::why(&session, &viewer, &row.number).unwrap();
            let tree = why.trees.iter().find(|tree| tree.question == "Items").unwrap();
            assert_eq!(row.reason, tree.reason, "{}", row.number);
            named.extend(row.reason.facts.into_iter().map(|(_, value)| value));
            rows += 1;
        }
    }
    assert!(rows > 100 && named.contains("service/requests"), "{rows} {named:?}");
    assert!(named.iter().all(|value| !value.contains(", ")), "{named:?}");
}
