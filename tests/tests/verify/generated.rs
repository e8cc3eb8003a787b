//! Invented desks: every edit, every outcome.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::{ApiError, Code};
use portico_api::types::form::FieldValue;
use portico_api::types::ledger::{
    LedgerOperation, OperationChoice, Outcome, OutcomeReason, SettleOperations, VerifyInput,
};
use portico_api::types::passphrase::Secret;
use portico_api::types::records::SaveRecord;
use portico_api::types::transfer::InitialPasswords;
use portico_api::types::users::{SaveUser, UserQuery};
use portico_api::{desk, users};
use portico_core::model::Account;
use portico_core::snapshot::Batch;
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
fn a_person_who_is_gone_there_goes_here_too_or_is_made_again() {
    for keep in ["theirs", "again"] {
        let (place, mut desk, operations) = exported(&[(3, Edit::City)], |_| ());
        let key = operations[0].key.clone();
        for users in desk.users() {
            users.retain(|user| user.key != key);
        }
        for batch in &mut desk.0 {
            match batch {
                Batch::UserGroups(all) => all.retain(|link| link.user != key),
                Batch::UserAccounts(all) => all.retain(|link| link.user != key),
                _ => {}
            }
        }
        let path = desk.dump(&place.path("after"));
        place.verify(&path);
        settle(&place, &[(0, keep)]).unwrap();
        let plan = desk::plan(&place.session).unwrap().operations;
        let there = portico_api::find::user_by_login(&place.session, &key).unwrap();
        if keep == "theirs" {
            assert_eq!((plan.len(), there), (0, None));
            portico_api::history::undo(&place.session).unwrap();
        }
        let plan = desk::plan(&place.session).unwrap().operations;
        assert_eq!((plan[0].kind.as_str(), plan[0].key.as_str()), ("create", key.as_str()));
        place.export();
        let operations =
            desk::export_operations(&place.session, &desk::list_exports(&place.session).unwrap()[0].id).unwrap();
        let report = place.verify(&applied(&desk, &operations, None).dump(&place.path("after")));
        assert!(
            outcomes(&report).iter().all(|one| *one == Outcome::Applied),
            "{report:?}"
        );
        assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
    }
}

#[test]
fn what_cannot_be_settled_is_refused_and_nothing_changes() {
    let (place, mut desk, operations) = exported(&[(3, Edit::City), (4, Edit::City), (5, Edit::City)], |_| ());
    let refused = |choices: &[(u32, &str)], code: Code| {
        let before = tables(&place.path("w.portico"));
        assert_eq!(settle(&place, choices).unwrap_err().code, code, "{choices:?}");
        assert_eq!(before, tables(&place.path("w.portico")));
    };
    refused(&[(0, "theirs")], Code::Stale);
    desk.apply(&operations[0], &str::to_owned);
    desk.apply(&operations[1], &|_| "somebody else".to_owned());
    let path = desk.dump(&place.path("after"));
    let report = place.verify(&path);
    assert_eq!(
        outcomes(&report),
        [Outcome::Applied, Outcome::Drifted, Outcome::NotApplied]
    );
    let open: Vec<bool> = report.operations.iter().map(|one| one.open).collect();
    assert_eq!(open, [false, true, true]);
    refused(&[(1, "theirs"), (0, "theirs")], Code::Invalid);
    refused(&[(1, "mine")], Code::Invalid);
    refused(&[(7, "again")], Code::Invalid);
    // What was settled is settled.
    settle(&place, &[(1, "theirs")]).unwrap();
    refused(&[(1, "again")], Code::Invalid);
    place.import(&path);
    refused(&[(2, "again")], Code::Stale);
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
fn a_value_that_only_the_desk_knows_is_not_taken_alone() {
    let (place, mut desk, operations) = moved(|place, before| {
        let accounts = users::search_accounts(&place.session, "", 50).unwrap();
        accounts.into_iter().map(|one| one.id).find(|id| id != before).unwrap()
    });
    desk.each(|batch| match batch {
        Batch::Accounts(all) => {
            all.push(Account {
                key: "ONLYTHERE".to_owned(),
                name: "Only there".to_owned(),
                ..Account::default()
            });
            true
        }
        _ => false,
    });
    let moved = operations.iter().find(|one| one.entity == "external_user").unwrap();
    desk.user(&moved.key).account = "ONLYTHERE".to_owned();
    let report = place.verify(&desk.dump(&place.path("after")));
    assert_eq!(
        report.operations[moved.position as usize].outcome,
        Outcome::Drifted,
        "{report:?}"
    );
    let before = tables(&place.path("w.portico"));
    for keep in ["theirs", "again"] {
        let error = settle(&place, &[(moved.position, keep)]).unwrap_err();
        assert_eq!(
            (error.code, error.fields[0].code.as_str()),
            (Code::Conflict, "settle.elsewhere")
        );
        assert!(error.message.contains("import the desk"), "{error:?}");
    }
    assert_eq!(before, tables(&place.path("w.portico")));
}

#[test]
fn what_is_still_needed_here_does_not_go_alone() {
    let (place, desk, operations) = moved(|place, _| {
        let text = |name: &str, text: &str| (name.to_owned(), FieldValue::Text(text.to_owned()));
        let input = SaveRecord {
            entity: "account".into(),
            id: None,
            version: None,
            values: [text("key", "NEW"), text("name", "New")].into_iter().collect(),
        };
        portico_api::records::save_record(&place.session, &input).unwrap().id
    });
    let report = place.verify(&desk.dump(&place.path("after")));
    assert!(
        outcomes(&report).iter().all(|one| *one == Outcome::NotApplied),
        "{report:?}"
    );
    let account = operations.iter().find(|one| one.entity == "account").unwrap().position;
    let before = tables(&place.path("w.portico"));
    let error = settle(&place, &[(account, "theirs")]).unwrap_err();
    assert_eq!(
        (error.code, error.fields[0].code.as_str()),
        (Code::Conflict, "settle.bound")
    );
    assert_eq!(before, tables(&place.path("w.portico")));
    let all: Vec<(u32, &str)> = operations.iter().map(|one| (one.position, "theirs")).collect();
    settle(&place, &all).unwrap();
    assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
}

#[test]
fn a_conflict_about_what_is_settled_is_settled_with_it() {
    for (keep, left) in [("theirs", 0), ("again", 1)] {
        let (place, mut desk, operations) = exported(&[(3, Edit::City)], |_| ());
        desk.apply(&operations[0], &|_| "somebody else".to_owned());
        let path = desk.dump(&place.path("after"));
        place.import(&path);
        assert_eq!(desk::conflicts(&place.session).unwrap().len(), 1);
        place.verify(&path);
        settle(&place, &[(0, keep)]).unwrap();
        assert_eq!(desk::conflicts(&place.session).unwrap().len(), 0, "{keep}");
        let plan = desk::plan(&place.session).unwrap();
        assert_eq!((plan.operations.len(), plan.refused.len()), (left, 0), "{keep}");
    }
}

/// Deletes the account of somebody here, whose people go to another one.
fn without_an_account() -> (Place, Desk, Vec<LedgerOperation>) {
    exported(&[], |session| {
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
    })
}

#[test]
fn what_comes_back_has_its_links_again() {
    let (place, desk, operations) = without_an_account();
    let of = |entity: &str| operations.iter().filter(|one| one.entity == entity).count();
    assert!(of("account_group") > 0, "{operations:?}");
    place.verify(&desk.dump(&place.path("after")));
    let ended = operations.iter().position(|one| one.entity == "account").unwrap();
    settle(&place, &[(u32::try_from(ended).unwrap(), "theirs")]).unwrap();
    let plan = desk::plan(&place.session).unwrap().operations;
    let left: Vec<&str> = plan.iter().map(|one| one.entity.as_str()).collect();
    assert!(
        !left.is_empty() && left.iter().all(|entity| !entity.starts_with("account")),
        "{plan:?}"
    );
}

#[test]
fn what_was_deleted_here_is_out_of_force_there() {
    let (place, desk, operations) = without_an_account();
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
    let plan = desk::plan(&place.session).unwrap().operations;
    assert!(plan.iter().all(|one| one.entity == "account_group"), "{plan:?}");
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
