//! What the portal shows beside its tickets: pages, buttons and apps of ELMA365, tabs of Innosoft's dashboard.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::flips;
use portico_api::preview;
use portico_api::session::Session;
use portico_api::settings;
use portico_api::types::preview::{PageQuery, PortalPart, Preview, Viewer};
use portico_api::types::users::{ObjectRight, UserForm};
use portico_api::types::workspace::SettingInput;
use portico_api::users;
use portico_core::actor::Actor;
use portico_core::id::{ExternalUserId, GroupId, PortalObjectId};

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

fn part<'a>(preview: &'a Preview, path: &str) -> &'a PortalPart {
    preview
        .parts
        .iter()
        .find(|part| part.path == path)
        .unwrap_or_else(|| panic!("{path}: {:?}", preview.parts))
}

fn shown(preview: &Preview) -> Vec<&str> {
    let shown = preview.parts.iter().filter(|part| part.shown == Some(true));
    shown.map(|part| part.path.as_str()).collect()
}

#[test]
fn pages_buttons_and_apps_are_shown_by_the_rights_on_them() {
    let (_folder, session) = sample("elma365");
    let viewer = person(&session, 1);
    let seen = preview::preview(&session, &viewer).unwrap();
    assert_eq!(
        shown(&seen),
        ["portal/figures", "portal/home", "portal/home/new", "service/requests"]
    );
    let new = part(&seen, "portal/home/new");
    assert_eq!((new.kind.as_str(), new.page.as_str()), ("button", "portal/home"));
    assert_eq!(
        (new.reason.rule.as_str(), new.reason.standing.as_str()),
        ("elma365.button", "A")
    );
    let right = new.right.as_ref().unwrap();
    assert_eq!(
        (
            right.level.as_str(),
            right.through.as_str(),
            right.group.as_str(),
            right.from.as_str()
        ),
        ("view", "group", "External users", "portal")
    );
    assert_eq!(part(&seen, "portal/home/contract").shown, Some(false));
    assert!(part(&seen, "contracts/files").items.is_none());
    let items = part(&seen, "service/requests").items.as_ref().unwrap();
    assert_eq!((items.all, seen.lists[0].all), (208, 208));
    let button = seen.assumed.iter().find(|rule| rule.id == "elma365.button").unwrap();
    assert!(!button.text.is_empty() && !button.source.is_empty(), "{button:?}");

    let partner = preview::preview(&session, &person(&session, 6)).unwrap();
    assert_eq!(
        (
            part(&partner, "contracts/files").items.as_ref().unwrap().all,
            partner.lists[0].all
        ),
        (12, 220)
    );
    let contract = part(&partner, "portal/home/contract");
    assert_eq!(contract.shown, Some(true));
    let right = contract.right.as_ref().unwrap();
    assert_eq!(
        (right.level.as_str(), right.group.as_str(), right.from.as_str()),
        ("create", "Partners", "")
    );
}

#[test]
fn an_item_without_a_right_to_its_app_is_opened_and_not_listed() {
    let (_folder, session) = sample("elma365");
    let viewer = person(&session, 4);
    let seen = preview::preview(&session, &viewer).unwrap();
    assert_eq!(part(&seen, "contracts/files").shown, Some(false));
    assert_eq!(seen.hidden, 1, "it is hers, and no list shows it");
    let query = |list: &str, object: Option<&str>| PageQuery {
        list: list.to_owned(),
        tab: "all".to_owned(),
        object: object.map(str::to_owned),
        changed: false,
        after: None,
    };
    let hidden = preview::preview_page(&session, &viewer, &query("Hidden", None)).unwrap();
    let [only] = hidden.rows.as_slice() else {
        panic!("{hidden:?}")
    };
    assert_eq!(
        (only.reason.rule.as_str(), only.openable),
        ("elma365.app.item", Some(true))
    );
    let requests = part(&seen, "service/requests").key.clone();
    let page = preview::preview_page(&session, &viewer, &query("Items", Some(&requests))).unwrap();
    assert_eq!(page.rows.len(), 50);
    let files = part(&seen, "contracts/files").key.clone();
    let none = preview::preview_page(&session, &viewer, &query("Items", Some(&files))).unwrap();
    assert!(none.rows.is_empty());

    // A right to the app brings it into the list.
    let never = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "flips",
        tell: &mut |_| (),
        cancelled: &never,
    };
    let found = flips::flips(
        &session,
        &viewer,
        &only.number,
        "listed",
        flips::Counting::All,
        &mut work,
    )
    .unwrap();
    assert_eq!(found.answer, Some(false));
    let to: Vec<_> = found.flips[0].changes.iter().map(|change| change.to.as_str()).collect();
    assert_eq!(to, ["contracts/files:view"]);
    let draft = Viewer {
        draft: found.flips[0].form.clone(),
        ..viewer
    };
    let after = preview::preview(&session, &draft).unwrap();
    assert_eq!(part(&after, "contracts/files").change, "gained");
    assert_eq!(part(&after, "contracts/files").items.as_ref().unwrap().gained, 13);
}

#[test]
fn a_draft_shows_what_appears_and_what_goes() {
    let (_folder, session) = sample("elma365");
    let viewer = person(&session, 6);
    let mut draft = form(&session, &viewer);
    let partners = GroupId::from_desk("elma365", "partners").to_string();
    draft.groups.retain(|right| right.group != partners);
    let widget = preview::preview(&session, &viewer).unwrap();
    let widget = part(&widget, "portal/figures/open");
    assert_eq!((widget.shown, widget.change.as_str()), (Some(false), ""));
    let object = PortalObjectId::from_desk("elma365", &widget.key).to_string();
    draft.objects.push(ObjectRight {
        object,
        level: "view".to_owned(),
    });
    let seen = preview::preview(
        &session,
        &Viewer {
            draft: Some(draft),
            ..viewer
        },
    )
    .unwrap();
    let widget = part(&seen, "portal/figures/open");
    assert_eq!((widget.shown, widget.change.as_str()), (Some(true), "gained"));
    assert_eq!(widget.right.as_ref().unwrap().through, "own");
    assert_eq!(part(&seen, "portal/home/contract").change, "lost");
}

#[test]
fn pages_can_be_shown_only_where_they_are_granted_and_to_nobody() {
    let (_folder, session) = sample("elma365");
    let viewer = person(&session, 1);
    let set = |name: &str, value: &str| {
        let input = SettingInput {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        };
        settings::set_settings(&session, &[input]).unwrap();
        preview::preview(&session, &viewer).unwrap()
    };
    let seen = set("Portal::Pages", "\"granted\"");
    assert_eq!(part(&seen, "portal/home").reason.rule, "elma365.page.granted");
    assert_eq!(part(&seen, "portal/home").shown, Some(true));
    let seen = set("Portal::Active", "false");
    assert_eq!(shown(&seen), Vec::<&str>::new());
    assert_eq!(part(&seen, "portal/home/new").reason.rule, "elma365.portal.active");
}

#[test]
fn the_dashboard_has_the_tabs_that_the_settings_name() {
    let (_folder, session) = sample("innosoft");
    let viewer = person(&session, 1);
    let tabs = |viewer: &Viewer| -> Vec<(String, Option<bool>, String)> {
        let home = preview::preview(&session, viewer).unwrap().home.into_iter();
        home.filter(|part| part.name != "ContactPerson")
            .map(|part| (part.name, part.shown, part.reason.rule))
            .collect()
    };
    let mut draft = form(&session, &viewer);
    draft.right_machines = false;
    let drafted = Viewer {
        draft: Some(draft),
        ..viewer.clone()
    };
    let told = tabs(&drafted);
    let of = |name: &str| told.iter().find(|(tab, ..)| tab == name).cloned().unwrap();
    assert_eq!(of("service_documents").1, Some(true));
    assert_eq!(
        (of("machines").1, of("machines").2.as_str()),
        (Some(false), "innosoft.machine.basic")
    );
    assert_eq!(
        (of("sales_quotations").1, of("sales_quotations").2.as_str()),
        (Some(false), "innosoft.home.dashboard")
    );
    // Without the setting it cannot be told, and the preview says which one is missing.
    let input = SettingInput {
        name: "Portal::DashboardTabs".to_owned(),
        value: None,
    };
    settings::set_settings(&session, &[input]).unwrap();
    let told = tabs(&drafted);
    let unknown = told.iter().filter(|(name, ..)| name != "machines");
    assert!(unknown.clone().all(|(_, shown, _)| shown.is_none()), "{told:?}");
    assert_eq!(unknown.count(), 4);
    let seen = preview::preview(&session, &viewer).unwrap();
    assert_eq!(seen.unknown_settings, ["Portal::DashboardTabs"]);
}
