//! Invented desks: every edit, every outcome.

mod settled;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::{ApiError, Code};
use portico_api::types::ledger::{
    LedgerOperation, OperationChoice, Outcome, OutcomeReason, SettleOperations, VerifyInput,
};
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
        prop_assert_eq!(desk::plan(&place.session).unwrap().operations.len(), operations.len());

        let all = applied(&before, &operations, None);
        let told = place.verify(&all.dump(&place.path("after")));
        prop_assert!(outcomes(&told).iter().all(|one| *one == Outcome::Applied), "{told:?}");
        prop_assert_eq!(told.applied, report.operations);
        // What the desk has is pending no more, without an import.
        prop_assert!(told.moved > 0);
        prop_assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
        prop_assert_eq!(place.verify(&all.dump(&place.path("after"))).moved, 0);

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each operation is applied, left out or changed by somebody; of what is open, one is taken, the other goes out again.
    #[test]
    fn what_is_taken_is_pending_no_more_and_what_goes_out_again_arrives(
        seed in 0..1000_u64,
        edits in edits(),
        fates in prop::collection::vec((0..3_u8, any::<bool>()), 1..12),
    ) {
        let place = Place::new("otobo");
        let before = Desk::invented(30, seed);
        place.import(&before.dump(&place.path("before")));
        make(&place, &edits);
        prop_assume!(!desk::plan(&place.session).unwrap().operations.is_empty());
        let id = place.export().id;
        let operations = desk::export_operations(&place.session, &id).unwrap();
        let mut there = before.clone();
        for (n, operation) in operations.iter().enumerate() {
            let is_text = |field: &str| ["title", "city"].contains(&field);
            let drifts = operation.kind == "update" && operation.changes.iter().any(|c| is_text(&c.field));
            match fates[n % fates.len()].0 {
                1 if stands_alone(&operations, n) => {}
                2 if drifts => there.apply(operation, &|_| "somebody else".to_owned()),
                _ => there.apply(operation, &str::to_owned),
            }
        }
        let report = place.verify(&there.dump(&place.path("after")));
        let open = report.operations.iter().filter(|one| one.open);
        let choices: Vec<(u32, &str)> = open.map(|one| {
            let n = one.operation.position as usize;
            (one.operation.position, if fates[n % fates.len()].1 { "theirs" } else { "again" })
        }).collect();
        prop_assert_eq!(choices.len(), (report.not_applied + report.drifted) as usize);
        let pending = || -> Vec<(String, String)> {
            let plan = desk::plan(&place.session).unwrap();
            plan.operations.into_iter().map(|one| (one.entity, one.key)).collect()
        };
        let of = |keep: &str| -> Vec<(String, String)> {
            let positions = choices.iter().filter(|(_, kept)| *kept == keep).map(|(n, _)| *n as usize);
            positions.map(|n| (operations[n].entity.clone(), operations[n].key.clone())).collect()
        };
        prop_assert_eq!(settle(&place, &choices).unwrap() as usize, choices.len());
        let (taken, again) = (of("theirs"), of("again"));
        let after = pending();
        prop_assert!(after.iter().all(|one| again.contains(one)), "{after:?} {again:?}");
        prop_assert!(again.iter().all(|one| after.contains(one)), "{after:?} {again:?}");
        if !taken.is_empty() {
            portico_api::history::undo(&place.session).unwrap();
            let undone = pending();
            prop_assert!(taken.iter().chain(&again).all(|one| undone.contains(one)), "{undone:?}");
            portico_api::history::redo(&place.session).unwrap();
            prop_assert_eq!(&pending(), &after);
        }
        if !after.is_empty() {
            // Against what the desk has now, as the guards will look at it.
            for one in desk::plan(&place.session).unwrap().operations.iter().filter(|one| one.kind == "update") {
                let user = there.user(&one.key).clone();
                for change in &one.changes {
                    let now = match change.field.as_str() { "title" => &user.title, "city" => &user.city, _ => continue };
                    prop_assert_eq!(change.old.as_deref().unwrap_or_default(), now);
                }
            }
            let id = place.export().id;
            let operations = desk::export_operations(&place.session, &id).unwrap();
            let told = place.verify(&applied(&there, &operations, None).dump(&place.path("after")));
            prop_assert!(outcomes(&told).iter().all(|one| *one == Outcome::Applied), "{told:?}");
            prop_assert_eq!(&pending(), &Vec::new());
        }
        // The next import of what the desk has finds nothing to argue about.
        place.import(&place.path("after").display().to_string());
        prop_assert_eq!(desk::conflicts(&place.session).unwrap().len(), 0);
        prop_assert_eq!(&pending(), &Vec::new());
    }
}

fn settle(place: &Place, choices: &[(u32, &str)]) -> Result<u32, ApiError> {
    let export = desk::list_exports(&place.session).unwrap()[0].id.clone();
    let choice = |(position, keep): &(u32, &str)| OperationChoice {
        position: *position,
        keep: (*keep).to_owned(),
    };
    let choices = choices.iter().map(choice).collect();
    desk::settle_operations(&place.session, &SettleOperations { export, choices })
}

/// A person who is moved to another account here.
fn moved(account: impl FnOnce(&Place, &str) -> String) -> (Place, Desk, Vec<LedgerOperation>) {
    let place = Place::new("otobo");
    let desk = Desk::invented(30, 7);
    place.import(&desk.dump(&place.path("before")));
    let first = users::list_users(&place.session, &UserQuery::default(), 0, 1).unwrap();
    let before = users::get_user(&place.session, &first.rows[0].id).unwrap().form.account;
    let after = account(&place, &before);
    place.edit(&first.rows[0].login, |form| form.account = after);
    let id = place.export().id;
    let operations = desk::export_operations(&place.session, &id).unwrap();
    (place, desk, operations)
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
