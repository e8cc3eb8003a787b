//! Rules that are only assumed are named, at each ticket on which one decided and on the whole.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use portico_api::session::Session;
use portico_api::types::preview::{PageQuery, Preview, TicketRow, Viewer};
use portico_api::types::users::UserQuery;
use portico_api::types::workspace::SettingInput;
use portico_api::{preview, settings, users};
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
    let (mut marked, mut behind, mut hanging) = (0, 0, 0);
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
            .flat_map(|reason| reason.assumed.iter().cloned())
            .collect();
        let mut of_rows = rest;
        for list in &seen.lists {
            for (at, row) in rows(&session, &viewer, &list.name).into_iter().enumerate() {
                marked += usize::from(!row.assumed.is_empty());
                behind += usize::from(at >= 50);
                of_rows.extend(row.assumed);
            }
        }
        let told = ids(&seen);
        assert!(of_rows.is_subset(&told), "{}: {told:?} {of_rows:?}", seen.login);
        let of_new = seen.new_ticket.iter().flat_map(|new| &new.assumed_in);
        if of_new.chain(&seen.assumed_in).next().is_none() {
            let (settings, rules): (BTreeSet<_>, BTreeSet<_>) = told.into_iter().partition(|id| id.contains("::"));
            assert_eq!(
                rules,
                of_rows.into_iter().filter(|id| !id.contains("::")).collect(),
                "{}",
                seen.login
            );
            // What is not in a list because of a setting that nobody confirmed is hidden.
            let hidden = rows(&session, &viewer, "Hidden");
            let of_hidden: BTreeSet<String> = hidden.into_iter().flat_map(|row| row.assumed).collect();
            assert!(
                settings.is_subset(&of_hidden),
                "{}: {settings:?} {of_hidden:?}",
                seen.login
            );
            hanging += settings.len();
        }
    }
    assert_eq!(hanging > 0, desk == "daktela", "{desk}");
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

fn everybody(desk: &str) -> (tempfile::TempDir, Session, Vec<(Viewer, Preview)>) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of(desk, folder.path(), Actor::named("test")).unwrap();
    let page = users::list_users(&session, &UserQuery::default(), 0, 100).unwrap();
    let look = |id: String| {
        let viewer = Viewer {
            id: Some(id),
            ..Viewer::default()
        };
        let seen = preview::preview(&session, &viewer).unwrap();
        (viewer, seen)
    };
    let seen = page.rows.into_iter().map(|user| look(user.id)).collect();
    (folder, session, seen)
}

#[test]
fn an_app_that_is_hidden_says_that_a_rule_around_its_own_is_assumed() {
    let (_folder, _session, all) = everybody("elma365");
    let apps = || {
        all.iter()
            .flat_map(|(_, seen)| &seen.parts)
            .filter(|part| part.kind == "app")
    };
    let hidden: Vec<_> = apps()
        .filter(|app| app.shown == Some(false))
        .map(|app| &app.reason)
        .collect();
    assert!(!hidden.is_empty());
    for reason in hidden {
        assert_eq!((reason.rule.as_str(), reason.standing.as_str()), ("elma365.app", "D"));
        assert_eq!(reason.assumed, ["elma365.object.not_everybody"]);
    }
    // Whoever has the right sees it whatever is assumed of those who have none.
    let shown: Vec<_> = apps().filter(|app| app.shown == Some(true)).collect();
    assert!(!shown.is_empty() && shown.iter().all(|app| app.reason.assumed.is_empty()));
}

#[test]
fn what_has_no_reason_of_its_own_is_named_where_an_assumed_rule_decided_it() {
    let (_folder, session, all) = everybody("innosoft");
    let in_parts: BTreeSet<&str> = all
        .iter()
        .flat_map(|(_, seen)| seen.assumed_in.iter().map(String::as_str))
        .collect();
    assert!(in_parts.contains("contact_persons"), "{in_parts:?}");
    let (viewer, row) = all
        .iter()
        .find_map(|(viewer, seen)| {
            let list = seen
                .lists
                .iter()
                .find(|list| list.name == "AddressTickets" && list.all > 0)?;
            let row = rows(&session, viewer, &list.name)
                .into_iter()
                .find(|row| !row.assumed.is_empty())?;
            Some((viewer, row))
        })
        .unwrap();
    let page = preview::preview_ticket(&session, viewer, &row.number).unwrap();
    for part in ["listed", "openable"] {
        assert!(page.assumed_in.iter().any(|one| one == part), "{:?}", page.assumed_in);
    }
}

#[test]
fn what_a_page_shows_of_a_ticket_is_assumed_until_somebody_says() {
    let (_folder, session, all) = everybody("daktela");
    let (viewer, number) = all
        .iter()
        .find_map(|(viewer, seen)| {
            let list = seen.lists.iter().find(|list| list.all > 0)?;
            Some((viewer, rows(&session, viewer, &list.name).remove(0).number))
        })
        .unwrap();
    let told = || {
        let page = preview::preview_ticket(&session, viewer, &number).unwrap();
        assert!(!page.attributes.is_empty());
        page.assumed_in.iter().any(|part| part == "attributes")
    };
    let say = |value: Option<&str>| {
        let shown = SettingInput {
            name: "Portal::ShownFields".to_owned(),
            value: value.map(str::to_owned),
        };
        settings::set_settings(&session, &[shown]).unwrap();
    };
    say(None);
    assert!(told());
    say(Some(r#"["queue","state"]"#));
    assert!(!told());
}
