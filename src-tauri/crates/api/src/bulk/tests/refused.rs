//! Edits that stop halfway or are not begun.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_store::history::Intent;
use portico_store::table::external_user;

use super::{House, PEOPLE, changes, edit, of, preview, right, save, text, working, working_until};
use crate::bulk::{bulk_exposure, bulk_save};
use crate::error::Code;
use crate::exposure::Work;
use crate::types::bulk::FieldEdit;
use crate::types::form::FieldValue;
use crate::types::selection::Selection;
use crate::types::users::UserQuery;

#[test]
fn people_whose_form_would_become_invalid_stop_the_whole_edit_unless_they_are_passed_over() {
    let house = House::of("otobo");
    let before = house.forms();
    let mut wanted = of(
        house.these(&[0, 1, 2]),
        vec![edit("city", "set", text("Aachen")), edit("phone", "set", text("\u{7}"))],
    );
    let told = preview(&house, &wanted);
    assert_eq!((told.people, told.changed, told.invalid), (3, 3, 3));
    assert_eq!(told.problems[0].problem.code, "problem.control");
    assert_eq!(told.problems[0].name, "Pat Number 00");
    let refused = save(&house, &wanted).unwrap_err();
    assert_eq!((refused.code, refused.detail.len()), (Code::Invalid, 3));
    assert!(refused.detail[0].starts_with("p00: phone: "), "{:?}", refused.detail);
    assert_eq!(house.forms(), before);
    wanted.skip_invalid = true;
    let passed = save(&house, &wanted).unwrap();
    assert_eq!((passed.change, passed.people, passed.skipped), (0, 0, 3));
}

#[test]
fn what_was_wrong_before_in_an_untouched_field_stops_nobody() {
    let house = House::of("otobo");
    let broken = vec![edit("phone", "set", text("\u{7}"))];
    // Written past the check, as an import would.
    house
        .session
        .store()
        .transact(house.session.actor(), &Intent::new("test"), |tx| {
            let mut row = external_user::get(tx, house.people[0])?;
            row.phone = "\u{7}".to_owned();
            external_user::update(tx, &row)
        })
        .unwrap();
    let saved = save(
        &house,
        &of(house.these(&[0, 1]), vec![edit("city", "set", text("Aachen"))]),
    )
    .unwrap();
    assert_eq!((saved.people, saved.skipped), (2, 0));
    let told = preview(&house, &of(house.these(&[0]), broken));
    assert_eq!(
        (told.changed, told.invalid),
        (0, 0),
        "and what is wrong already is no change"
    );
}

#[test]
fn an_edit_that_cannot_be_meant_is_refused() {
    let house = House::of("otobo");
    let two = || house.these(&[0, 1]);
    let refusal = |one: FieldEdit| save(&house, &of(two(), vec![one])).unwrap_err().message;
    assert!(refusal(edit("shoe_size", "set", text("44"))).contains("shoe_size"));
    assert!(refusal(edit("city", "add", text("Aachen"))).contains("only be set"));
    assert!(refusal(edit("city", "become", text("Aachen"))).contains("become"));
    assert!(refusal(edit("external", "set", text("yes"))).contains("not what it holds"));
    assert!(refusal(edit("login", "set", text("same"))).contains("one login"));
    assert!(refusal(edit("password", "set", text("typed"))).contains("one person"));
    let rights = |permissions: &[&str]| FieldValue::Groups(vec![right("x", permissions)]);
    assert!(refusal(edit("city", "change", text("Aachen"))).contains("only a right"));
    assert!(refusal(edit("groups", "change", rights(&[]))).contains("into which right"));
    assert!(refusal(edit("custom", "add", text("[1]"))).contains("no JSON object"));
    let one = of(house.these(&[0]), vec![edit("login", "set", text("other"))]);
    assert_eq!(save(&house, &one).unwrap().people, 1);
}

#[test]
fn what_somebody_changed_meanwhile_is_not_written_over() {
    let house = House::of("otobo");
    let wanted = of(house.these(&[0, 1]), vec![edit("city", "set", text("Aachen"))]);
    let seen = preview(&house, &wanted).version;
    let elsewhere = |field: &str, value: &str| {
        save(&house, &of(house.these(&[1]), vec![edit(field, "set", text(value))])).unwrap();
    };
    elsewhere("city", "Brno");
    let before = house.forms();
    let refused = working(|work| bulk_save(&house.session, &wanted, Some(&seen), work)).unwrap_err();
    assert_eq!(refused.code, Code::Stale);
    assert_eq!(house.forms(), before);
    let seen = preview(&house, &wanted).version;
    elsewhere("phone", "1");
    working(|work| bulk_save(&house.session, &wanted, Some(&seen), work)).unwrap();
    let form = &house.forms()[1];
    assert_eq!(
        (form.city.as_str(), form.phone.as_str()),
        ("Aachen", "1"),
        "another field is not ours"
    );
}

#[test]
fn who_matches_later_is_not_written_unseen() {
    let house = House::of("otobo");
    let invalid = Selection {
        all: Some(UserQuery {
            status: vec!["invalid".to_owned()],
            ..UserQuery::default()
        }),
        ..Selection::default()
    };
    let wanted = of(invalid, vec![edit("city", "set", text("Aachen"))]);
    let told = preview(&house, &wanted);
    assert_eq!(told.people, 6);
    save(
        &house,
        &of(house.these(&[0]), vec![edit("status", "set", text("invalid"))]),
    )
    .unwrap();
    let refused = working(|work| bulk_save(&house.session, &wanted, Some(&told.version), work)).unwrap_err();
    assert_eq!(refused.code, Code::Stale);
}

#[test]
fn cancelling_leaves_nothing_half_written() {
    let house = House::of("otobo");
    let everybody = house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let wanted = of(everybody, vec![edit("city", "set", text("Aachen"))]);
    let (before, log) = (house.forms(), changes(&house));
    let cancelled = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&cancelled);
    let stopped = bulk_save(
        &house.session,
        &wanted,
        None,
        &mut Work {
            job: "test",
            // Everybody is written when the last beat comes.
            tell: &mut |progress| raised.store(progress.done == 0, std::sync::atomic::Ordering::Relaxed),
            cancelled: &cancelled,
        },
    );
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
    assert_eq!((house.forms(), changes(&house)), (before, log));
    let late = Arc::new(AtomicBool::new(true));
    let stopped = working_until(&late, |work| bulk_exposure(&house.session, &wanted, work));
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
}
