//! Rules that are only assumed are named, at each ticket on which one decided and on the whole.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use portico_api::preview;
use portico_api::session::Session;
use portico_api::types::preview::{PageQuery, Preview, TicketRow, Viewer};
use portico_api::types::users::UserQuery;
use portico_api::users;
use portico_core::actor::Actor;

fn rows(session: &Session, viewer: &Viewer, list: &str) -> Vec<TicketRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let query = PageQuery {
            list: list.to_owned(),
            tab: "all".to_owned(),
            object: None,
            changed: false,
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

fn ids(seen: &Preview) -> BTreeSet<String> {
    seen.assumed.iter().map(|rule| rule.id.clone()).collect()
}

/// Looks at the sample's first people; returns how many tickets are marked, and how many stand behind a first page.
fn hold(desk: &str, many: u32) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of(desk, folder.path(), Actor::named("test")).unwrap();
    let page = users::list_users(&session, &UserQuery::default(), 0, many).unwrap();
    let (mut marked, mut behind) = (0, 0);
    for user in page.rows {
        let viewer = Viewer {
            id: Some(user.id),
            ..Viewer::default()
        };
        let seen = preview::preview(&session, &viewer).unwrap();
        assert!(
            seen.assumed
                .iter()
                .all(|rule| !rule.text.is_empty() && !rule.source.is_empty())
        );
        let rest: BTreeSet<String> = seen
            .home
            .iter()
            .map(|part| &part.reason)
            .chain(seen.parts.iter().map(|part| &part.reason))
            .chain([&seen.login_reason])
            .filter(|reason| reason.standing == "A")
            .map(|reason| reason.rule.clone())
            .collect();
        let mut of_rows = rest;
        for list in &seen.lists {
            for (at, row) in rows(&session, &viewer, &list.name).into_iter().enumerate() {
                marked += usize::from(!row.assumed.is_empty());
                behind += usize::from(at >= 50);
                of_rows.extend(row.assumed);
            }
        }
        assert_eq!(ids(&seen), of_rows, "{}", seen.login);
    }
    (marked, behind)
}

#[test]
fn every_ticket_on_which_an_assumed_rule_decided_says_so_and_the_whole_names_them_all() {
    let (marked, behind) = hold("daktela", 30);
    assert!(marked > 100, "{marked}");
    let (more, further) = hold("innosoft", 30);
    assert!(more > 100, "{more}");
    assert!(
        behind + further > 0,
        "nobody has a rule that decides behind the first page only"
    );
}
