//! The kinds of fields one by one: lists, rights, levels, custom fields, further accounts.

use portico_core::form::field::Entity;

use super::{House, PEOPLE, changes, edit, of, right, save, text};
use crate::history;
use crate::types::form::FieldValue;
use crate::types::users::{GroupRight, ObjectRight, UserForm};

#[test]
fn lists_are_added_to_removed_from_and_replaced() {
    let house = House::of("otobo");
    let groups = house.ids(Entity::Group);
    let everybody = || house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let rights = |rights: Vec<GroupRight>| FieldValue::Groups(rights);
    let on = |form: &UserForm, group: &str| -> Vec<String> {
        let right = form.groups.iter().find(|right| right.group == group);
        right.map(|right| right.permissions.clone()).unwrap_or_default()
    };
    let before = house.forms();
    save(
        &house,
        &of(
            everybody(),
            vec![edit("groups", "add", rights(vec![right(&groups[0], &["ro"])]))],
        ),
    )
    .unwrap();
    for (old, new) in before.iter().zip(house.forms()) {
        let (old, new) = (on(old, &groups[0]), on(&new, &groups[0]));
        // Whoever may write may read: she loses nothing. What the desk has beside the two stays.
        let expected: Vec<String> = match old.as_slice() {
            [one] if one == "rw" => vec!["rw".to_owned()],
            [one] if one == "note" => vec!["note".to_owned(), "ro".to_owned()],
            _ => vec!["ro".to_owned()],
        };
        assert_eq!(new, expected);
    }
    save(
        &house,
        &of(
            everybody(),
            vec![edit("groups", "add", rights(vec![right(&groups[0], &["rw"])]))],
        ),
    )
    .unwrap();
    assert!(
        house
            .forms()
            .iter()
            .all(|form| on(form, &groups[0]).contains(&"rw".to_owned()))
    );
    assert!(
        !house
            .forms()
            .iter()
            .any(|form| on(form, &groups[0]).contains(&"ro".to_owned()))
    );
    save(
        &house,
        &of(
            everybody(),
            vec![edit("groups", "remove", rights(vec![right(&groups[0], &[])]))],
        ),
    )
    .unwrap();
    assert!(house.forms().iter().all(|form| on(form, &groups[0]).is_empty()));
    let only = vec![edit("groups", "set", rights(vec![right(&groups[1], &["ro"])]))];
    save(&house, &of(everybody(), only.clone())).unwrap();
    assert!(
        house
            .forms()
            .iter()
            .all(|form| form.groups == vec![right(&groups[1], &["ro"])])
    );
    let again = save(&house, &of(everybody(), only)).unwrap();
    assert_eq!((again.change, again.people), (0, 0), "what is so already is no change");
}

#[test]
fn a_right_is_changed_into_a_weaker_or_stronger_one_in_one_change_and_nobody_else_gets_it() {
    let house = House::of("otobo");
    let group = house.ids(Entity::Group).remove(0);
    let everybody = || house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let on = |form: &UserForm| -> Vec<String> {
        let right = form.groups.iter().find(|right| right.group == group);
        right.map(|right| right.permissions.clone()).unwrap_or_default()
    };
    let before = house.forms();
    let held = |key: &str| before.iter().filter(|form| on(form).contains(&key.to_owned())).count();
    assert!(held("ro") > 0 && held("rw") > 0 && before.iter().any(|form| on(form).is_empty()));
    for (from, to) in [("ro", "rw"), ("rw", "ro")] {
        let log = changes(&house);
        let change = edit("groups", "change", FieldValue::Groups(vec![right(&group, &[to])]));
        save(&house, &of(everybody(), vec![change])).unwrap();
        assert_eq!(changes(&house) - log, 1, "{from} to {to}");
        for (old, new) in before.iter().zip(house.forms()) {
            let usual = |key: &String| key == "ro" || key == "rw";
            let mut wanted: Vec<String> = on(old).into_iter().filter(|key| !usual(key)).collect();
            if on(old).iter().any(usual) {
                wanted.push(to.to_owned());
            }
            let mut new = on(&new);
            new.sort();
            wanted.sort();
            assert_eq!(new, wanted, "{from} to {to}");
        }
    }
    history::undo(&house.session).unwrap();
    history::undo(&house.session).unwrap();
    assert_eq!(house.forms(), before, "one undo for each");
}

#[test]
fn a_level_on_an_object_is_changed_where_there_is_one() {
    let house = House::of("elma365");
    let object = house.ids(Entity::PortalObject).remove(0);
    let everybody = || house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let level = |level: &str| {
        let object = object.clone();
        let level = level.to_owned();
        FieldValue::Objects(vec![ObjectRight { object, level }])
    };
    save(
        &house,
        &of(
            house.these(&[0]),
            vec![edit("objects", "set", FieldValue::Objects(vec![]))],
        ),
    )
    .unwrap();
    save(
        &house,
        &of(house.these(&[1]), vec![edit("objects", "set", level("full"))]),
    )
    .unwrap();
    save(&house, &of(everybody(), vec![edit("objects", "change", level("view"))])).unwrap();
    let forms = house.forms();
    assert!(forms[0].objects.is_empty());
    assert_eq!(forms[1].value("objects"), Some(level("view")));
}

#[test]
fn custom_fields_are_set_and_taken_away_by_name() {
    let house = House::of("zoho");
    let two = || house.these(&[0, 1]);
    save(
        &house,
        &of(
            house.these(&[0]),
            vec![edit("custom", "set", text(r#"{"b":"1","a":"2"}"#))],
        ),
    )
    .unwrap();
    save(&house, &of(house.these(&[1]), vec![edit("custom", "set", text(""))])).unwrap();
    let custom = |n: usize| house.forms()[n].custom.clone();
    save(&house, &of(two(), vec![edit("custom", "add", text(r#"{"b":"3"}"#))])).unwrap();
    assert_eq!(
        (custom(0), custom(1)),
        (r#"{"a":"2","b":"3"}"#.to_owned(), r#"{"b":"3"}"#.to_owned())
    );
    let spread = super::spread::form;
    let all = house.session.store().read(|c| spread(c, &house.people[..2])).unwrap();
    let told = &all
        .fields
        .iter()
        .find(|spread| spread.field == "custom")
        .unwrap()
        .values;
    assert_eq!(
        (told[0].label.as_str(), told[0].right.as_str(), told[0].people),
        ("b", "3", 2)
    );
    save(&house, &of(two(), vec![edit("custom", "remove", text(r#"{"b":""}"#))])).unwrap();
    assert_eq!((custom(0), custom(1)), (r#"{"a":"2"}"#.to_owned(), String::new()));
    // What is so already is not written in another order.
    save(
        &house,
        &of(
            house.these(&[0]),
            vec![edit("custom", "set", text(r#"{"z":"1","a":"2"}"#))],
        ),
    )
    .unwrap();
    let same = save(
        &house,
        &of(house.these(&[0]), vec![edit("custom", "add", text(r#"{"a":"2"}"#))]),
    )
    .unwrap();
    assert_eq!((same.people, custom(0)), (0, r#"{"z":"1","a":"2"}"#.to_owned()));
}

#[test]
fn further_accounts_keep_their_order() {
    let house = House::of("otobo");
    let accounts = house.ids(Entity::Account);
    let who = house.these(&[9]);
    let list = |ids: &[usize]| FieldValue::List(ids.iter().map(|n| accounts[*n].clone()).collect());
    save(
        &house,
        &of(who.clone(), vec![edit("further_accounts", "set", list(&[3, 1]))]),
    )
    .unwrap();
    save(
        &house,
        &of(who.clone(), vec![edit("further_accounts", "add", list(&[0, 3]))]),
    )
    .unwrap();
    save(&house, &of(who, vec![edit("further_accounts", "remove", list(&[1]))])).unwrap();
    assert_eq!(
        FieldValue::List(house.forms()[9].further_accounts.clone()),
        list(&[3, 0])
    );
}
