//! What differs is settled one operation after the other: taken, kept, or refused.

use portico_api::error::Code;
use portico_api::types::form::FieldValue;
use portico_api::types::ledger::{LedgerOperation, Outcome, OutcomeReason};
use portico_api::types::records::SaveRecord;
use portico_api::types::users::UserQuery;
use portico_api::{desk, users};
use portico_core::model::Account;
use portico_core::snapshot::Batch;

use super::{moved, settle};
use crate::world::*;

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
