//! What was said on a ticket, as its page shows it: in full, simplified or not at all, each with the rule that decided;
//! of what is not shown in full no text leaves the store.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod scene;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::Work;
use portico_api::flips::{self, Counting};
use portico_api::preview;
use portico_api::session::Session;
use portico_api::types::preview::{ActivityView, TicketView, Viewer};
use portico_api::users;
use portico_core::id::ExternalUserId;
use portico_core::model::{
    DeskSetting, ExternalUser, Group, PortalObject, Queue, SettingOrigin, Ticket, UserObject, Validity,
};
use portico_core::snapshot::Batch;
use scene::{OPEN, SAID, SHUT, daktela, opened, said, ticket, words};

fn viewer(session: &Session, key: &str) -> Viewer {
    Viewer {
        id: Some(ExternalUserId::from_desk(session.desk(), key).to_string()),
        ..Viewer::default()
    }
}

fn page(session: &Session, key: &str, number: &str) -> TicketView {
    preview::preview_ticket(session, &viewer(session, key), number).unwrap()
}

/// How it is shown, and the rule that decided.
fn told(activity: &ActivityView) -> (&str, &str) {
    let how = match activity.shown {
        Some(true) if activity.simplified => "simplified",
        Some(true) => "full",
        Some(false) => "hidden",
        None => "unknown",
    };
    (how, activity.reason.rule.as_str())
}

fn all(view: &TicketView) -> Vec<(&str, &str)> {
    view.activities.iter().map(told).collect()
}

/// In the whole answer, as it crosses: all words of what is shown in full, and none of anything else.
fn check_words(view: &TicketView) {
    let text = serde_json::to_string(view).unwrap();
    assert_eq!(view.activities.len(), SAID.len());
    for (at, activity) in view.activities.iter().enumerate() {
        let in_full = told(activity).0 == "full";
        for word in words(at + 1) {
            assert_eq!(text.contains(&word), in_full, "{word}: {activity:?}");
        }
    }
}

const EMAIL: (&str, &str) = ("full", "daktela.activity.email");
const OTHER: (&str, &str) = ("simplified", "daktela.activity.simplified");
const INTERNAL: (&str, &str) = ("hidden", "daktela.activity.comment.marked");

#[test]
fn each_way_of_saying_something_is_shown_by_its_own_rule() {
    let (_workspace, session) = daktela();
    let external = [
        ("speaker", OPEN, ("full", "daktela.activity.external_comment")),
        ("speaker", SHUT, ("hidden", "daktela.activity.comment.category")),
        ("listener", OPEN, ("hidden", "daktela.activity.comment.user")),
        ("listener", SHUT, ("hidden", "daktela.activity.comment.user")),
    ];
    for (person, number, external) in external {
        let view = page(&session, person, number);
        let expected = [EMAIL, OTHER, OTHER, INTERNAL, external, OTHER];
        assert_eq!(all(&view), expected, "{person} {number}");
        check_words(&view);
    }
}

#[test]
fn a_reason_has_its_text_and_its_standing() {
    let (_workspace, session) = daktela();
    let view = page(&session, "listener", OPEN);
    let reasons: Vec<_> = view.activities[3..5]
        .iter()
        .map(|activity| (activity.reason.text.as_str(), activity.reason.standing.as_str()))
        .collect();
    assert_eq!(
        reasons,
        [
            (
                "Internal comments are never shown, only those that are marked as external.",
                "D"
            ),
            (
                "External comments are shown to a person who may have external comments.",
                "D"
            ),
        ]
    );
    assert!(view.activities.iter().all(|activity| activity.assumed.is_empty()));
}

/// ELMA365's help does not speak of what is said on an item.
#[test]
fn what_is_shown_by_an_assumed_rule_says_so() {
    let user = ExternalUser {
        key: "anna".to_owned(),
        login: "anna".to_owned(),
        title: "Anna".to_owned(),
        email: "anna@aachen.example".to_owned(),
        validity: Validity::Valid,
        ..ExternalUser::default()
    };
    let object = |key: &str, parent: &str, kind: &str| PortalObject {
        key: key.to_owned(),
        parent: parent.to_owned(),
        kind: kind.to_owned(),
        name: key.to_owned(),
        path: key.to_owned(),
        ..PortalObject::default()
    };
    let (_workspace, session) = opened(
        "elma365",
        vec![
            Batch::Settings(vec![DeskSetting {
                name: "Portal::Active".to_owned(),
                value: "true".to_owned(),
                origin: SettingOrigin::Confirmed,
            }]),
            Batch::PortalObjects(vec![object("app", "", "app"), object("item", "app", "item")]),
            Batch::ExternalUsers(vec![user]),
            Batch::UserObjects(vec![UserObject {
                user: "anna".to_owned(),
                object: "item".to_owned(),
                level: "view".to_owned(),
            }]),
            Batch::Tickets(vec![Ticket {
                account: "item".to_owned(),
                ..ticket(1, "", "")
            }]),
            Batch::Activities(said(1).collect()),
        ],
    );
    let view = page(&session, "anna", "1");
    for activity in &view.activities {
        assert_eq!(told(activity), ("full", "elma365.activity"));
        assert_eq!(activity.assumed, ["elma365.activity"]);
    }
    check_words(&view);
}

#[test]
fn nothing_is_shown_where_the_page_is_shut_and_the_page_says_why() {
    let (_workspace, session) = daktela();
    let view = page(&session, "stranger", OPEN);
    assert_eq!(view.openable, Some(false));
    assert_eq!(all(&view), [("hidden", "daktela.contact"); SAID.len()]);
    check_words(&view);
}

#[test]
fn a_draft_is_told_as_it_would_be_saved() {
    let (_workspace, session) = daktela();
    let mut draft = viewer(&session, "listener");
    let mut form = users::get_user(&session, draft.id.as_deref().unwrap()).unwrap().form;
    form.external_comments = true;
    draft.draft = Some(form);
    let view = preview::preview_ticket(&session, &draft, OPEN).unwrap();
    assert_eq!(told(&view.activities[4]), ("full", "daktela.activity.external_comment"));
    assert_eq!(view.may_comment, Some(true));
    check_words(&view);
}

#[test]
fn an_external_comment_is_written_where_person_and_category_may_and_the_page_opens() {
    let (_workspace, session) = daktela();
    for (person, number, may) in [
        ("speaker", OPEN, true),
        ("speaker", SHUT, false),
        ("listener", OPEN, false),
        ("listener", SHUT, false),
        ("stranger", OPEN, false),
    ] {
        let view = page(&session, person, number);
        assert_eq!(view.may_comment, Some(may), "{person} {number}");
        assert_eq!(view.may_reply, Some(false), "{person} {number}");
    }
}

#[test]
fn why_and_why_not_a_comment_is_told_with_what_would_change_it() {
    let (_workspace, session) = daktela();
    for (person, number, rule) in [
        ("speaker", OPEN, "daktela.comment.category"),
        ("speaker", SHUT, "daktela.comment.category"),
        ("listener", OPEN, "daktela.comment.user"),
        ("stranger", OPEN, "daktela.contact"),
    ] {
        let why = preview::why(&session, &viewer(&session, person), number).unwrap();
        let tree = why.trees.iter().find(|tree| tree.question == "comment").unwrap();
        assert_eq!(tree.answer, page(&session, person, number).may_comment);
        assert_eq!(tree.reason.rule, rule, "{person} {number}");
        let reply = why.trees.iter().find(|tree| tree.question == "reply").unwrap();
        assert_eq!(
            (reply.answer, reply.reason.rule.as_str()),
            (Some(false), "daktela.reply")
        );
    }
    let changes = |person: &str, number: &str| -> Vec<Vec<(String, String)>> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let mut work = Work {
            job: "flips",
            tell: &mut |_| {},
            cancelled: &cancelled,
        };
        let viewer = viewer(&session, person);
        let told = flips::flips(&session, &viewer, number, "comment", Counting::All, &mut work).unwrap();
        assert_eq!(told.answer, page(&session, person, number).may_comment);
        let of = told.flips.into_iter().map(|flip| flip.changes);
        of.map(|changes| changes.into_iter().map(|change| (change.field, change.to)).collect())
            .collect()
    };
    let flag = |to: &str| vec![("external_comments".to_owned(), to.to_owned())];
    assert!(changes("listener", OPEN).contains(&flag("true")));
    assert!(changes("speaker", OPEN).contains(&flag("false")));
    // The category is not set here.
    assert!(changes("speaker", SHUT).is_empty());
}

#[test]
fn the_command_line_tells_the_same_positions_and_no_word() {
    let (_workspace, session) = daktela();
    for person in ["speaker", "listener", "stranger"] {
        let full = preview::full(&session, &viewer(&session, person)).unwrap();
        for number in [OPEN, SHUT] {
            let view = page(&session, person, number);
            let positions = |how: &str| -> Vec<i64> {
                let of = view.activities.iter().filter(|activity| told(activity).0 == how);
                of.map(|activity| i64::from(activity.position)).collect()
            };
            let Some(ticket) = full.openable.get(number) else {
                assert_eq!(view.openable, Some(false), "{person} {number}");
                continue;
            };
            assert_eq!(ticket.activities, positions("full"), "{person} {number}");
            assert_eq!(ticket.simplified, positions("simplified"), "{person} {number}");
            assert_eq!(ticket.comment, view.may_comment == Some(true), "{person} {number}");
        }
        let text = serde_json::to_string(&full).unwrap();
        for word in (1..=SAID.len()).flat_map(words) {
            assert!(!text.contains(&word), "{person}: {word}");
        }
    }
}

/// Of OTOBO's settings none is known, so whether the page can be opened cannot be told.
#[test]
fn where_the_page_cannot_be_told_only_what_is_hidden_anyway_is_certain() {
    let user = ExternalUser {
        key: "anna".to_owned(),
        login: "anna".to_owned(),
        email: "anna@aachen.example".to_owned(),
        first_name: "Anna".to_owned(),
        last_name: "Alt".to_owned(),
        account: "AACHEN".to_owned(),
        validity: Validity::Valid,
        ..ExternalUser::default()
    };
    let (_workspace, session) = opened(
        "otobo",
        vec![
            Batch::Groups(vec![Group {
                key: "1".to_owned(),
                name: "service".to_owned(),
                validity: Validity::Valid,
                ..Group::default()
            }]),
            Batch::Queues(vec![Queue {
                key: "1".to_owned(),
                name: "Service".to_owned(),
                group: "1".to_owned(),
                validity: Validity::Valid,
                ..Queue::default()
            }]),
            Batch::ExternalUsers(vec![user]),
            Batch::Tickets(vec![ticket(1, "anna", "1")]),
            Batch::Activities(said(1).collect()),
        ],
    );
    let view = page(&session, "anna", "1");
    assert_eq!(view.openable, None, "{view:?}");
    for (activity, (_, visible)) in view.activities.iter().zip(SAID) {
        if visible {
            assert_eq!(told(activity).0, "unknown", "{activity:?}");
            assert_ne!(activity.reason.rule, "otobo.activity.visible");
        } else {
            assert_eq!(told(activity), ("hidden", "otobo.activity.visible"));
        }
    }
    check_words(&view);
}
