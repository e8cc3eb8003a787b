//! Invented desks: every edit, every outcome.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::{ApiError, Code};
use portico_api::types::ledger::{LedgerOperation, Outcome, OutcomeReason, VerifyInput};
use portico_api::types::passphrase::Secret;
use portico_api::types::transfer::InitialPasswords;
use portico_api::types::users::{SaveUser, UserQuery};
use portico_api::{desk, users};
use proptest::prelude::*;

use crate::world::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_applied_left_out_or_changed_is_told(seed in 0..1000_u64, edits in edits(), which in any::<prop::sample::Index>()) {
        let place = Place::new("otobo");
        let before = Desk::invented(30, seed);
        place.import(&before.dump(&place.path("before")));
        make(&place, &edits);
        prop_assume!(!desk::plan(&place.session).unwrap().operations.is_empty());
        let report = place.export();
        let operations = desk::export_operations(&place.session, &report.id).unwrap();
        prop_assert_eq!(operations.len(), report.operations as usize);

        let untouched = place.verify(&before.dump(&place.path("after")));
        prop_assert!(outcomes(&untouched).iter().all(|one| *one == Outcome::NotApplied), "{untouched:?}");

        let all = applied(&before, &operations, None);
        let told = place.verify(&all.dump(&place.path("after")));
        prop_assert!(outcomes(&told).iter().all(|one| *one == Outcome::Applied), "{told:?}");
        prop_assert_eq!(told.applied, report.operations);

        let n = which.index(operations.len());
        if stands_alone(&operations, n) {
            let left = place.verify(&applied(&before, &operations, Some(n)).dump(&place.path("after")));
            for (k, outcome) in outcomes(&left).into_iter().enumerate() {
                prop_assert_eq!(outcome == Outcome::Applied, k != n, "{:?}", left.operations[k]);
            }
            prop_assert_eq!(left.operations[n].outcome, Outcome::NotApplied);
        }
        let has_text = |o: &LedgerOperation| o.changes.iter().any(|c| ["title", "city"].contains(&c.field.as_str()));
        if operations[n].entity == "external_user" && operations[n].kind == "update" && has_text(&operations[n]) {
            let mut other = applied(&before, &operations, Some(n));
            other.apply(&operations[n], &|_| "somebody else".to_owned());
            let drifted = place.verify(&other.dump(&place.path("after")));
            let one = &drifted.operations[n];
            prop_assert_eq!((one.outcome, drifted.drifted), (Outcome::Drifted, 1));
            let mut texts = one.fields.iter().filter(|field| field.outcome == Outcome::Drifted);
            prop_assert!(texts.all(|field| field.found.as_deref() == Some("somebody else")), "{one:?}");
        }
        // The desk is imported, and nothing of the export is pending any more; it can still be verified.
        let path = all.dump(&place.path("after"));
        place.import(&path);
        prop_assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
        prop_assert_eq!(place.verify(&path).applied, report.operations);
    }
}

#[test]
fn a_new_person_who_is_gone_here_is_found_in_the_desk_by_her_login() {
    let (place, desk, operations) = exported(&[(0, Edit::NewPerson)], |_| ());
    assert!(
        operations.iter().any(|one| one.entity == "user_group"),
        "{operations:?}"
    );
    portico_api::history::undo(&place.session).unwrap();
    assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
    let report = place.verify(&applied(&desk, &operations, None).dump(&place.path("after")));
    assert!(
        outcomes(&report).iter().all(|one| *one == Outcome::Applied),
        "{report:?}"
    );
    let report = place.verify(&desk.dump(&place.path("after")));
    assert!(
        outcomes(&report).iter().all(|one| *one == Outcome::NotApplied),
        "{report:?}"
    );
}

#[test]
fn a_person_who_is_gone_there_was_changed_there() {
    let (place, mut desk, operations) = exported(&[(3, Edit::City)], |_| ());
    for users in desk.users() {
        users.retain(|user| user.key != operations[0].key);
    }
    let report = place.verify(&desk.dump(&place.path("after")));
    let one = &report.operations[0];
    assert_eq!((one.outcome, one.reason), (Outcome::Drifted, Some(OutcomeReason::Gone)));
    assert_eq!(one.fields[0].found, None);
}

#[test]
fn what_was_deleted_here_is_out_of_force_there() {
    let (place, desk, operations) = exported(&[], |session| {
        let person = users::list_users(session, &UserQuery::default(), 0, 1)
            .unwrap()
            .rows
            .remove(0);
        let account = users::get_user(session, &person.id).unwrap().form.account;
        let accounts = users::search_accounts(session, "", 50).unwrap();
        let how = portico_api::types::records::DeleteHow {
            how: "move".into(),
            to: accounts.into_iter().map(|one| one.id).find(|id| *id != account),
        };
        portico_api::records::delete_record(session, "account", &account, &how).unwrap();
    });
    let ended = operations.iter().position(|one| one.entity == "account").unwrap();
    // The desk has the account still, under its key: nothing goes by an id of ours.
    let changes = operations.iter().flat_map(|one| &one.changes);
    let accounts = changes.filter(|change| change.field == "account");
    let before: Vec<_> = accounts.filter_map(|change| change.old.as_deref()).collect();
    assert!(before.contains(&operations[ended].key.as_str()), "{before:?}");
    assert!(before.iter().all(|key| key.len() < 36), "{before:?}");
    let mut other = desk.clone();
    for operation in operations.iter().filter(|one| one.entity != "account_group") {
        other.apply(operation, &str::to_owned);
    }
    let report = place.verify(&other.dump(&place.path("after")));
    assert_eq!(report.operations[ended].outcome, Outcome::Applied, "{report:?}");
    let report = place.verify(&desk.dump(&place.path("after")));
    assert_eq!(report.operations[ended].outcome, Outcome::NotApplied, "{report:?}");
}

#[test]
fn no_password_is_told_and_none_is_in_the_ledger() {
    let (place, desk, operations) = {
        let place = Place::new("otobo");
        let desk = Desk::invented(30, 7);
        place.import(&desk.dump(&place.path("before")));
        let person = users::list_users(&place.session, &UserQuery::default(), 0, 1)
            .unwrap()
            .rows
            .remove(0);
        place.edit(&person.login, |form| form.password = "initial".into());
        let list = InitialPasswords {
            path: place.path("list.age").display().to_string(),
            passphrase: Secret::new("a long enough passphrase, and odd: Žluť 7".to_owned()),
        };
        let report = desk::export_desk(
            &place.session,
            &place.path("out"),
            Some(&list),
            "job",
            &mut |_| (),
            &never(),
        )
        .unwrap();
        assert_eq!(report.passwords, 1);
        let operations = desk::export_operations(&place.session, &report.id).unwrap();
        (place, desk, operations)
    };
    assert_eq!(operations[0].changes[0].new.as_deref(), Some("initial"));
    let report = place.verify(&desk.dump(&place.path("after")));
    let one = &report.operations[0];
    assert_eq!(
        (one.outcome, one.reason),
        (Outcome::Unknown, Some(OutcomeReason::Password))
    );
}

#[test]
fn a_verification_can_be_stopped() {
    let (place, desk, _) = exported(&[(3, Edit::City)], |_| ());
    let input = VerifyInput {
        path: desk.dump(&place.path("after")),
        database: None,
        export: None,
    };
    let before = tables(&place.path("w.portico"));
    let stop = Arc::new(AtomicBool::new(true));
    let error = desk::verify_export(&place.session, &input, "job", &mut |_| (), &stop).unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
    assert_eq!(before, tables(&place.path("w.portico")));
    // Nothing is left that would keep others from writing.
    make(&place, &[(4, Edit::City)]);
}

#[test]
fn what_cannot_be_verified_is_said() {
    let place = Place::new("innosoft");
    let verify = |place: &Place| -> ApiError {
        let input = VerifyInput {
            path: place.path("nowhere").display().to_string(),
            database: None,
            export: None,
        };
        desk::verify_export(&place.session, &input, "job", &mut |_| (), &never()).unwrap_err()
    };
    assert_eq!(verify(&place).code, Code::NotFound, "nothing was exported");
    let mut form = users::new_user(&place.session, None).unwrap().form;
    form.login = "anna".into();
    form.first_name = "Anna".into();
    form.last_name = "Berg".into();
    form.email = "anna@aachen.example".into();
    let input = SaveUser {
        id: None,
        version: None,
        form,
    };
    users::save_user(&place.session, &input).unwrap();
    place.export();
    assert_eq!(verify(&place).code, Code::NotYet);
}
