//! What a draft would take away stays in its place in the list, marked, with the reason.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::preview;
use portico_api::session::Session;
use portico_api::types::preview::{PageQuery, PreviewList, TicketRow, Viewer};
use portico_api::types::users::{UserForm, UserQuery};
use portico_api::users;
use portico_core::actor::Actor;

fn rows(session: &Session, viewer: &Viewer, list: &str, changed: bool) -> Vec<TicketRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let query = PageQuery {
            list: list.to_owned(),
            tab: "all".to_owned(),
            object: None,
            changed,
            after,
        };
        let page = preview::preview_page(session, viewer, &query).unwrap();
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

fn with<'a>(rows: &'a [TicketRow], change: &str) -> Vec<&'a str> {
    let rows = rows.iter().filter(|row| row.change == change);
    rows.map(|row| row.number.as_str()).collect()
}

/// A person of the sample whose draft loses some tickets and keeps some, with both states and the list.
fn somebody(session: &Session, draft: impl Fn(UserForm) -> UserForm) -> (Viewer, Viewer, PreviewList) {
    let page = users::list_users(session, &UserQuery::default(), 0, 200).unwrap();
    let mut people = page.rows.into_iter().map(|row| {
        let form = users::get_user(session, &row.id).unwrap().form;
        let saved = Viewer {
            id: Some(row.id),
            ..Viewer::default()
        };
        let draft = Viewer {
            draft: Some(draft(form)),
            ..saved.clone()
        };
        (saved, draft)
    });
    let found = people.find_map(|(saved, draft)| {
        let lists = preview::preview(session, &draft).unwrap().lists;
        let most = lists
            .into_iter()
            .max_by_key(|list| list.lost)
            .filter(|list| list.lost > 5 && list.all > 5)?;
        Some((saved, draft, most))
    });
    found.unwrap()
}

#[test]
fn what_a_draft_loses_stays_in_its_place_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of("otobo", folder.path(), Actor::named("test")).unwrap();
    let (saved, draft, counts) = somebody(&session, |form| UserForm {
        groups: Vec::new(),
        ..form
    });
    let before = rows(&session, &saved, &counts.name, false);
    assert!(before.iter().all(|row| row.change.is_empty()));
    let after = rows(&session, &draft, &counts.name, false);
    let lost = with(&after, "lost");
    assert_eq!(lost.len() as u64, counts.lost);
    assert_eq!(with(&after, "gained").len() as u64, counts.gained);
    assert_eq!(after.len() as u64, counts.all + counts.lost);
    // In the order that the list had, but for what is gained.
    let kept: Vec<&str> = after
        .iter()
        .filter(|row| row.change != "gained")
        .map(|row| row.number.as_str())
        .collect();
    assert_eq!(kept, before.iter().map(|row| row.number.as_str()).collect::<Vec<_>>());
    for row in after.iter().filter(|row| row.change == "lost") {
        assert!(!row.reason.rule.is_empty(), "{row:?}");
        assert_eq!((row.untold.len(), row.openable), (0, Some(false)), "{row:?}");
    }
    let only = rows(&session, &draft, &counts.name, true);
    assert_eq!(with(&only, "lost"), lost);
    assert_eq!(only.len() as u64, counts.gained + counts.lost);
}

#[test]
fn a_person_who_is_not_saved_yet_gains_all_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of("otobo", folder.path(), Actor::named("test")).unwrap();
    let page = users::list_users(&session, &UserQuery::default(), 0, 1).unwrap();
    let form = users::get_user(&session, &page.rows[0].id).unwrap().form;
    let new = Viewer {
        draft: Some(UserForm {
            login: "somebody.new".to_owned(),
            email: "somebody.new@example.com".to_owned(),
            ..form
        }),
        ..Viewer::default()
    };
    let lists = preview::preview(&session, &new).unwrap().lists;
    let list = lists.iter().max_by_key(|list| list.all).unwrap();
    assert!(list.all > 0 && (list.gained, list.lost) == (list.all, 0), "{list:?}");
    for changed in [false, true] {
        let rows = rows(&session, &new, &list.name, changed);
        assert_eq!(with(&rows, "gained").len() as u64, list.all);
    }
}
