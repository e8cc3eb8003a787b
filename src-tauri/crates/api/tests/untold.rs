//! What the preview says of tickets that cannot be told: how many, which, and what is missing.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::preview;
use portico_api::session::Session;
use portico_api::settings;
use portico_api::types::preview::{PageQuery, Preview, TicketRow, Untold, Viewer};
use portico_api::types::users::UserQuery;
use portico_api::types::workspace::SettingInput;
use portico_api::users;
use portico_core::actor::Actor;

fn sample(desk: &str, setting: &str, value: Option<&str>) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of(desk, folder.path(), Actor::named("test")).unwrap();
    let input = SettingInput {
        name: setting.to_owned(),
        value: value.map(str::to_owned),
    };
    settings::set_settings(&session, &[input]).unwrap();
    (folder, session)
}

/// The sample's first people.
fn people(session: &Session, many: u32) -> Vec<Viewer> {
    let page = users::list_users(session, &UserQuery::default(), 0, many).unwrap();
    let viewer = |row: portico_api::types::users::UserRow| Viewer {
        id: Some(row.id),
        ..Viewer::default()
    };
    page.rows.into_iter().map(viewer).collect()
}

/// The first of the sample's people of whom many tickets cannot be told.
fn somebody(session: &Session) -> (Viewer, Preview) {
    let mut seen = people(session, 200).into_iter().map(|viewer| {
        let seen = preview::preview(session, &viewer).unwrap();
        (viewer, seen)
    });
    seen.find(|(_, seen)| seen.unknown > 50).unwrap()
}

/// All pages of what cannot be told.
fn rows(session: &Session, viewer: &Viewer, tab: &str) -> Vec<TicketRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let query = PageQuery {
            list: "Untold".to_owned(),
            tab: tab.to_owned(),
            object: None,
            changed: false,
            after,
        };
        let page = preview::preview_page(session, viewer, &query).unwrap();
        assert!(page.rows.len() <= 50);
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

fn settings_of(untold: &[Untold]) -> Vec<&str> {
    untold.iter().map(|one| one.setting.as_str()).collect()
}

#[test]
fn switches_that_were_not_imported_leave_tickets_untold_that_are_counted_listed_and_explained() {
    let (_folder, session) = sample("zoho", "Portal::AccountSwitches", Some("\"partial\""));
    let (viewer, seen) = somebody(&session);
    assert_eq!(seen.unknown_settings, Vec::<String>::new());
    assert_eq!(settings_of(&seen.untold), ["Portal::AccountSwitches"]);
    assert!(seen.untold[0].why.ends_with("was not imported"), "{:?}", seen.untold);
    let rows = rows(&session, &viewer, "all");
    assert_eq!(rows.len() as u64, seen.unknown);
    let full = preview::full(&session, &viewer).unwrap();
    let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    assert_eq!(full.unknown, numbers);
    assert_eq!(full.unknown_because, seen.untold);
    for row in &rows {
        assert_eq!(
            (&row.untold, row.openable, row.change.as_str()),
            (&seen.untold, None, "")
        );
        assert!(
            full.lists.values().all(|list| !list.all.contains(&row.number)),
            "{row:?}"
        );
    }
    // Her own tickets are certain, and yet the account's list cannot be told to hold them.
    let account = seen.lists.iter().find(|list| list.name == "AccountTickets").unwrap();
    assert!(account.unknown >= seen.unknown, "{account:?}");
}

#[test]
fn where_all_can_be_told_nothing_is_untold() {
    let (_folder, session) = sample("zoho", "Portal::AccountSwitches", Some("\"complete\""));
    for viewer in people(&session, 10) {
        let seen = preview::preview(&session, &viewer).unwrap();
        assert_eq!((seen.unknown, seen.untold.as_slice()), (0, [].as_slice()));
        assert!(seen.lists.iter().all(|list| list.unknown == 0));
        assert!(rows(&session, &viewer, "all").is_empty());
    }
}

#[test]
fn a_part_of_the_desk_that_is_not_modelled_leaves_every_ticket_untold() {
    let (_folder, session) = sample("otobo", "Portico::NothingElseDecides", Some("false"));
    let (viewer, seen) = somebody(&session);
    assert_eq!(settings_of(&seen.untold), ["Portico::NothingElseDecides"]);
    assert_eq!(seen.lists.iter().map(|list| list.all).sum::<u64>(), 0);
    let all = rows(&session, &viewer, "all");
    assert_eq!(all.len() as u64, seen.unknown);
    let tabs = ["open", "closed"].map(|tab| rows(&session, &viewer, tab).len());
    assert_eq!(tabs.iter().sum::<usize>(), all.len());
    assert!(tabs.iter().all(|tab| *tab > 0), "{tabs:?}");
}

#[test]
fn a_setting_that_is_missing_is_named_and_has_no_other_reason() {
    let (_folder, session) = sample("otobo", "CustomerGroupSupport", None);
    let (viewer, seen) = somebody(&session);
    let missing = Untold {
        setting: "CustomerGroupSupport".to_owned(),
        why: String::new(),
    };
    let missing = [missing];
    assert_eq!(seen.untold, missing);
    let rows = rows(&session, &viewer, "all");
    assert!(rows.iter().all(|row| row.untold == missing));
}
