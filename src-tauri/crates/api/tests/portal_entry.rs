//! Who gets into a portal, where it lies, and what can be made and looked up there.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::{self, Work};
use portico_api::preview;
use portico_api::session::Session;
use portico_api::settings;
use portico_api::types::preview::Viewer;
use portico_api::types::users::{ObjectRight, UserForm};
use portico_api::types::workspace::SettingInput;
use portico_api::users;
use portico_core::actor::Actor;
use portico_core::id::{ExternalUserId, PortalObjectId};

fn sample(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of(desk, folder.path(), Actor::named("test")).unwrap();
    (folder, session)
}

/// The person of this number.
fn person(session: &Session, n: u32) -> Viewer {
    let id = ExternalUserId::from_desk(session.desk(), &(1000 + n).to_string());
    Viewer {
        id: Some(id.to_string()),
        draft: None,
        at: None,
        desk: None,
    }
}

fn form(session: &Session, viewer: &Viewer) -> UserForm {
    users::get_user(session, viewer.id.as_deref().unwrap()).unwrap().form
}

fn give(session: &Session, name: &str, value: Option<&str>) {
    let input = SettingInput {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    };
    settings::set_settings(session, &[input]).unwrap();
}

#[test]
fn an_inactive_portal_shows_a_visitor_nothing() {
    let (_folder, session) = sample("elma365");
    let told = |session: &Session| {
        let seen = preview::visitor(session).unwrap();
        (
            seen.portal,
            seen.portal_reason.rule,
            seen.may_submit,
            seen.home.len(),
            seen.unknown_settings,
        )
    };
    let rule = "elma365.portal.active".to_owned();
    assert_eq!(told(&session), (Some(true), rule.clone(), Some(false), 0, Vec::new()));
    give(&session, "Portal::Active", Some("false"));
    assert_eq!(told(&session), (Some(false), rule.clone(), Some(false), 0, Vec::new()));
    give(&session, "Portal::Active", None);
    let missing = vec!["Portal::Active".to_owned()];
    assert_eq!(told(&session), (None, rule, Some(false), 0, missing));
    // A portal that cannot be inactive is there.
    let (_folder, otobo) = sample("otobo");
    assert_eq!(told(&otobo), (Some(true), String::new(), Some(false), 0, Vec::new()));
}

#[test]
fn nobody_registers_where_the_package_is_full() {
    const TOTAL: &str = "Portico::LicencesTotal";
    let (_folder, session) = sample("elma365");
    let login = |n: u32| {
        let seen = preview::preview(&session, &person(&session, n)).unwrap();
        (seen.may_log_in, seen.login_reason.rule)
    };
    let rule = |id: &str| format!("elma365.login{id}");
    assert_eq!(login(3), (Some(true), rule(".invited")), "two of fifty are free");
    let occupied = users::licences(&session).unwrap().unwrap().occupied;
    give(&session, TOTAL, Some(&occupied.to_string()));
    assert_eq!(login(3), (Some(false), rule(".free")));
    assert_eq!(login(1), (Some(true), rule(".active")), "whoever is registered stays");
    assert_eq!(login(7), (Some(false), rule("")), "she is locked");
    give(&session, TOTAL, None);
    assert_eq!(login(3), (None, rule(".free")), "nobody said how many there are");
    assert_eq!(login(1).0, Some(true));
    assert_eq!(login(7).0, Some(false));

    // Whoever takes the last one shuts the others out.
    give(&session, TOTAL, Some(&(occupied + 1).to_string()));
    let viewer = person(&session, 7);
    let mut unlocked = form(&session, &viewer);
    unlocked.status = "valid".to_owned();
    let never = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "exposure",
        tell: &mut |_| (),
        cancelled: &never,
    };
    let told = exposure::of_user_form(&session, viewer.id.as_deref(), &unlocked, &mut work).unwrap();
    let waiting = (0..60).filter(|n| form(&session, &person(&session, *n)).status == "not-registered");
    assert_eq!(
        (told.logins_gained, told.logins_lost),
        (1, u32::try_from(waiting.count()).unwrap())
    );
}

#[test]
fn items_are_created_in_apps_by_the_right_to_create() {
    let (_folder, session) = sample("elma365");
    let viewer = person(&session, 1);
    let apps = |level: &str| {
        let mut draft = form(&session, &viewer);
        draft.objects.push(ObjectRight {
            object: PortalObjectId::from_desk("elma365", "contracts/files").to_string(),
            level: level.to_owned(),
        });
        let drafted = Viewer {
            draft: Some(draft),
            ..viewer.clone()
        };
        preview::preview(&session, &drafted).unwrap().new_ticket.unwrap().apps
    };
    assert_eq!(apps("view"), Vec::<String>::new());
    for level in ["create", "edit", "full"] {
        assert_eq!(apps(level), ["contracts/files"], "{level}");
    }
    give(&session, "Portal::Active", Some("false"));
    assert!(apps("full").is_empty());
}

#[test]
fn the_address_of_the_login_page_is_told_where_it_is_known() {
    let (_folder, session) = sample("daktela");
    let there = "https://northwind.example/clients/login";
    let told = |session: &Session| {
        let of_person = preview::preview(session, &person(session, 1)).unwrap().address;
        assert_eq!(preview::visitor(session).unwrap().address, of_person);
        of_person
    };
    assert_eq!(told(&session), there);
    assert_eq!(preview::full(&session, &person(&session, 1)).unwrap().address, there);
    give(&session, "Portal::Instance", None);
    assert_eq!(told(&session), "");
    let (_folder, zoho) = sample("zoho");
    assert_eq!(told(&zoho), "");
}

#[test]
fn contact_persons_are_those_of_readable_addresses_with_both_basic_rights() {
    let (_folder, session) = sample("innosoft");
    let viewer = person(&session, 1);
    let shown = |contacts: bool, address: bool| {
        let mut draft = form(&session, &viewer);
        draft.right_contact_person = contacts;
        draft.right_addresses = false;
        draft.read_addresses.clear();
        draft.write_addresses.clear();
        if !address {
            draft.address.clear();
        }
        let drafted = Viewer {
            draft: Some(draft),
            ..viewer.clone()
        };
        let seen = preview::preview(&session, &drafted).unwrap().contact_persons;
        seen.into_iter().map(|contact| contact.name).collect::<Vec<_>>()
    };
    let own = shown(true, true);
    assert!(!own.is_empty() && own.is_sorted(), "{own:?}");
    assert!(shown(false, true).is_empty(), "without the basic right");
    assert!(shown(true, false).is_empty(), "without an address");
    assert!(own.len() < 20, "those of other customers too: {own:?}");
}

#[test]
fn what_is_fixed_of_a_new_ticket_is_told() {
    let (_folder, session) = sample("innosoft");
    give(&session, "Portal::Priority", Some("\"High\""));
    let new = || {
        preview::preview(&session, &person(&session, 1))
            .unwrap()
            .new_ticket
            .unwrap()
    };
    let told = new();
    let fixed = (
        told.state.as_str(),
        told.medium.as_str(),
        told.priority.as_str(),
        told.to_group,
    );
    assert_eq!(fixed, ("New", "Portal", "High", Some(true)));
    give(&session, "Portal::Medium", None);
    give(&session, "Portal::ForwardToGroup", Some("false"));
    let told = new();
    assert_eq!((told.medium.as_str(), told.to_group), ("", Some(false)));
}
