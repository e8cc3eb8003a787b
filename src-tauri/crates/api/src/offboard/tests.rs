#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use super::*;
use crate::bulk::tests::{House, working};
use crate::error::Code;
use crate::history;

fn usual(house: &House) -> OffboardOptions {
    let choices = offboard_choices(&house.session).unwrap();
    OffboardOptions {
        status: choices.statuses[0].clone(),
        remove: choices.usual,
        end_date: "2026-11-26".to_owned(),
    }
}

fn leaving(house: &House, which: &[usize], options: OffboardOptions) -> Offboard {
    Offboard {
        people: house.these(which),
        options,
        skip_invalid: false,
    }
}

/// Rows of a person in every table that has a column for her.
fn rows(house: &House, n: usize) -> BTreeMap<String, i64> {
    let tables = "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p
                  WHERE m.type = 'table' AND p.name = 'user_id' AND m.name NOT IN ('base', 'user_search', 'user_secret')";
    let id = *house.people[n].as_bytes();
    house
        .session
        .store()
        .read(|c| {
            let mut statement = c.prepare(tables).unwrap();
            let names = statement.query_map([], |r| r.get::<_, String>(0)).unwrap();
            let names: Vec<String> = names.map(Result::unwrap).collect();
            let count = |name: String| {
                let sql = format!("SELECT count(*) FROM {name} WHERE user_id = ?1");
                let count = c.query_row(&sql, [id], |r| r.get(0)).unwrap();
                (name, count)
            };
            Ok::<_, ApiError>(names.into_iter().map(count).collect())
        })
        .unwrap()
}

#[test]
fn the_links_of_every_table_go_those_of_others_stay_and_undo_brings_all_back() {
    for desk in portico_core::form::registry::DESKS {
        let house = House::of(desk);
        let (before, others) = (rows(&house, 1), rows(&house, 2));
        assert!(before.len() > 10, "{before:?}");
        assert!(
            before.values().all(|count| *count > 0),
            "the test has nothing to show: {before:?}"
        );
        let input = leaving(&house, &[1, 3], usual(&house));
        let saved = working(|work| offboard(&house.session, &input, None, work)).unwrap();
        assert_eq!(saved.people, 2, "{desk}");
        assert!(
            rows(&house, 1).values().all(|count| *count == 0),
            "{desk}: {:?}",
            rows(&house, 1)
        );
        assert_eq!(rows(&house, 2), others);
        let form = house.forms().remove(1);
        assert_eq!((form.status.as_str(), form.expires.as_str()), ("invalid", "2026-11-26"));
        assert_eq!(form.login, "p01", "who she is stays");
        let log = history::list_changes(&house.session, None, 2).unwrap();
        let intents: Vec<&str> = log.iter().map(|change| change.intent.as_str()).collect();
        assert_eq!(intents, ["intent.offboard", "import"], "one change");
        house.session.store().undo(house.session.actor()).unwrap();
        assert_eq!(rows(&house, 1), before);
    }
}

#[test]
fn the_preview_counts_and_names_what_goes() {
    let house = House::of("innosoft");
    let options = OffboardOptions {
        remove: vec!["groups".to_owned(), "address".to_owned()],
        ..usual(&house)
    };
    let input = leaving(&house, &[1, 4, 9], options);
    let told = working(|work| offboard_preview(&house.session, &input, work)).unwrap();
    assert_eq!((told.edit.people, told.edit.changed), (3, 3));
    let steps: Vec<(&str, &str, u32)> = told
        .statuses
        .iter()
        .map(|step| (step.from.as_str(), step.to.as_str(), step.people))
        .collect();
    assert_eq!(steps, [("invalid", "invalid", 2), ("valid", "invalid", 1)]);
    let forms = house.forms();
    let groups = told.links.iter().find(|links| links.field == "groups").unwrap();
    let expected = forms[1].groups.len() + forms[4].groups.len();
    assert_eq!((groups.links as usize, groups.people), (expected, 2));
    assert!(
        told.links.iter().any(|links| links.field == "contacts"),
        "what stays is counted as well"
    );
    let leaver = told.leavers.iter().find(|leaver| leaver.login == "p01").unwrap();
    assert_eq!(leaver.removed.len(), 1, "no contacts: {leaver:?}");
    assert_eq!(leaver.removed[0].1.len(), forms[1].groups.len());
    assert!(leaver.removed[0].1[0].starts_with("group "));
    assert_eq!(leaver.end, (String::new(), "2026-11-26".to_owned()));
    assert_eq!(house.forms(), forms, "nothing is written");
}

#[test]
fn rights_as_author_are_told_since_they_stay() {
    for (desk, knows) in [("elma365", true), ("daktela", false)] {
        let house = House::of(desk);
        let intent = portico_store::history::Intent::new("intent.edit");
        let made = house.session.store().transact(house.session.actor(), &intent, |tx| {
            for (object, author, level) in [
                ("Alpha", 1, "edit"),
                ("Beta", 1, "full"),
                ("Gamma", 3, ""),
                ("Delta", 2, "full"),
            ] {
                let row = portal_object::Row {
                    id: portico_core::id::PortalObjectId::new(),
                    desk_key: None,
                    path: object.to_owned(),
                    name: object.to_owned(),
                    kind: "page".to_owned(),
                    parent_id: None,
                    inherits: true,
                    author_id: Some(house.people[author]),
                    author_level: level.to_owned(),
                    validity: Validity::Valid,
                    present: true,
                };
                portal_object::insert(tx, &row)?;
            }
            Ok::<_, portico_store::StoreError>(())
        });
        made.unwrap();
        let input = leaving(&house, &[1, 3], usual(&house));
        let told = working(|work| offboard_preview(&house.session, &input, work)).unwrap();
        let expected = if knows {
            // Author of Gamma gives no right, and of Delta is somebody who stays.
            (2, 1, vec!["Alpha".to_owned(), "Beta".to_owned()])
        } else {
            (0, 0, Vec::new())
        };
        let Authored { objects, people, names } = told.authored;
        assert_eq!((objects, people, names), expected, "{desk}");
    }
}

#[test]
fn an_earlier_end_and_a_status_that_cannot_be_left_stay_and_no_invitation_goes_out() {
    let house = House::of("elma365");
    let set = |n: usize, change: &dyn Fn(&mut portico_store::table::external_user::Row)| {
        let intent = portico_store::history::Intent::new("test");
        let store = house.session.store();
        let done = store.transact(house.session.actor(), &intent, |tx| {
            let mut row = portico_store::table::external_user::get(tx, house.people[n])?;
            change(&mut row);
            portico_store::table::external_user::update(tx, &row)
        });
        done.unwrap();
    };
    set(0, &|row| {
        row.validity = Validity::NotRegistered;
        row.password = "invitation".to_owned();
    });
    set(1, &|row| row.expires = "2026-01-01".to_owned());
    let input = leaving(&house, &[0, 1], usual(&house));
    working(|work| offboard(&house.session, &input, None, work)).unwrap();
    let forms = house.forms();
    assert_eq!(
        forms[0].status, "not-registered",
        "the desk can only lock who is active"
    );
    assert_eq!(forms[0].password, "unchanged");
    assert_eq!(
        (forms[1].status.as_str(), forms[1].expires.as_str()),
        ("invalid", "2026-01-01")
    );
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let house = House::of("otobo");
    let refusal = |options: OffboardOptions| {
        let input = leaving(&house, &[0], options);
        let refused = working(|work| offboard(&house.session, &input, None, work)).unwrap_err();
        assert_eq!(refused.code, Code::Invalid);
        refused.message
    };
    let with = |remove: &str| OffboardOptions {
        remove: vec![remove.to_owned()],
        ..OffboardOptions::default()
    };
    assert!(
        refusal(with("account")).contains("account"),
        "the desk wants an account"
    );
    assert!(refusal(with("last_name")).contains("last_name"));
    let valid = OffboardOptions {
        status: "valid".to_owned(),
        ..OffboardOptions::default()
    };
    assert!(refusal(valid).contains("none of invalid, invalid-temporarily"));
    let never = OffboardOptions {
        end_date: "soon".to_owned(),
        ..OffboardOptions::default()
    };
    assert!(refusal(never).contains("2026-11-26"));
}
