//! Whom a selection, a pasted list or a query means.

use std::collections::BTreeSet;

use portico_api::error::Code;
use portico_api::selection::{self, Selection};
use portico_api::types::users::UserQuery;
use portico_api::users;

use super::{edit, people, sample};

#[test]
fn a_selection_names_people_or_takes_all_who_match() {
    let (session, _folder) = sample();
    let shown = people(&session, &UserQuery::default());
    let named = Selection {
        ids: vec![shown[4].id.clone(), shown[1].id.clone(), shown[4].id.clone()],
        ..Selection::default()
    };
    let expected: Vec<String> = [1, 4].map(|n: usize| shown[n].id.clone()).into();
    assert_eq!(selection::resolve(&session, &named).unwrap(), expected);
    let query = UserQuery {
        status: vec!["invalid".to_owned()],
        sort: "login".to_owned(),
        descending: true,
        ..UserQuery::default()
    };
    let invalid: Vec<String> = people(&session, &query).into_iter().map(|row| row.id).collect();
    assert!(invalid.len() > 2);
    let but_one = Selection {
        ids: vec![],
        all: Some(query),
        except: vec![invalid[1].clone()],
    };
    let mut rest = invalid.clone();
    rest.remove(1);
    assert_eq!(selection::resolve(&session, &but_one).unwrap(), rest);
    let broken = Selection {
        ids: vec!["nobody".to_owned()],
        ..Selection::default()
    };
    assert_eq!(selection::resolve(&session, &broken).unwrap_err().code, Code::NotFound);
}

#[test]
fn a_pasted_list_says_whom_it_means() {
    let (session, _folder) = sample();
    let shown = people(&session, &UserQuery::default());
    let (one, two, three) = (&shown[0], &shown[1], &shown[2]);
    let email = two.email.clone();
    edit(&session, &three.id, |form| form.email.clone_from(&email));
    let asked = [
        format!("  {} ", one.login),
        two.login.to_uppercase(),
        "nobody.here".to_owned(),
        String::new(),
        one.login.clone(),
        two.login.clone(),
    ];
    let found = users::find_logins(&session, &asked).unwrap();
    assert_eq!(found.found, std::slice::from_ref(&one.id));
    assert_eq!(found.other_case.len(), 1);
    assert_eq!(
        (&found.other_case[0].login, &found.other_case[0].id),
        (&two.login, &two.id)
    );
    assert_eq!(found.missing, ["nobody.here"]);
    let twice: BTreeSet<&String> = found.twice.iter().collect();
    assert_eq!(twice, BTreeSet::from([&one.login, &two.login]));

    let by_email = users::find_emails(
        &session,
        &[one.email.to_uppercase(), email.clone(), "x@y.example".to_owned()],
    )
    .unwrap();
    assert_eq!(by_email.found, std::slice::from_ref(&one.id));
    assert_eq!(by_email.missing, ["x@y.example"]);
    assert_eq!(by_email.ambiguous.len(), 1);
    let logins: BTreeSet<&String> = by_email.ambiguous[0].logins.iter().collect();
    assert_eq!(logins, BTreeSet::from([&two.login, &three.login]));
}

#[test]
fn what_a_query_names_may_be_gone() {
    let (session, _folder) = sample();
    let account = users::search_accounts(&session, "", 1).unwrap().remove(0);
    let gone = "00000000-0000-8000-8000-000000000000".to_owned();
    let query = UserQuery {
        accounts: vec![account.id.clone(), gone.clone()],
        groups: vec!["no id at all".to_owned()],
        ..UserQuery::default()
    };
    let names = users::query_names(&session, &query).unwrap();
    let name = if account.name.is_empty() {
        &account.key
    } else {
        &account.name
    };
    assert_eq!(
        names
            .accounts
            .iter()
            .map(|a| (a.name.as_str(), a.gone))
            .collect::<Vec<_>>(),
        [(name.as_str(), false), ("", true)]
    );
    assert!(names.groups[0].gone);
    let groups = users::group_facet(&session, &UserQuery::default()).unwrap();
    assert!(groups.len() > 3 && groups.iter().all(|group| group.count > 0));
}
