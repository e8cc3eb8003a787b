//! Zoho Desk's lists, as its `OpenAPI` files have them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod lists;

use lists::{Copy, fixture, read};
use portico_core::model::{SettingOrigin, Validity};
use portico_core::snapshot::Stopped;
use portico_desks::error::DeskError;
use portico_desks::reader::{Bodies, ReadOptions};

const DESK: &str = "zoho";

fn copy() -> Copy {
    Copy::of(&fixture("zoho-small"))
}

#[test]
fn the_small_desk_is_read_whole() {
    let read = read(DESK, &fixture("zoho-small")).unwrap();
    let world = &read.world;
    let keys = |all: &[(&str, &str)]| {
        all.iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect::<Vec<_>>()
    };
    let users: Vec<_> = world.users.iter().map(|u| (u.login.as_str(), u.validity)).collect();
    assert_eq!(
        users,
        [
            ("anna@aachen.example", Validity::Valid),
            ("karel@brno.example", Validity::Valid),
            // Active as a contact, and deactivated in the help center.
            ("p.novakova@aachen.example", Validity::Invalid),
            ("4000000002204", Validity::Invalid),
        ]
    );
    let anna = &world.users[0];
    assert_eq!(
        (anna.title.as_str(), anna.category.as_str(), anna.region.as_str()),
        ("Buyer", "paidUser", "NRW")
    );
    assert_eq!(anna.secondary_email, "anna.berg@home.example");
    assert_eq!(
        (anna.account.as_str(), anna.custom.as_str()),
        ("4000000001101", r#"{"cf_contract":"gold"}"#)
    );
    assert_eq!(anna.has_password, None);
    let accounts: Vec<_> = world.accounts.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(
        accounts,
        ["Aachen Cold Storage", "Brno Paper Works", "Gdańsk Port Freight"]
    );
    assert_eq!(world.accounts[0].zip, "52062");
    let queues: Vec<_> = world.queues.iter().map(|q| (q.name.as_str(), q.validity)).collect();
    assert_eq!(queues, [("Support", Validity::Valid), ("Legal", Validity::Invalid)]);
    let further: Vec<_> = world
        .user_accounts
        .iter()
        .map(|l| (l.user.clone(), l.account.clone()))
        .collect();
    assert_eq!(further, keys(&[("4000000002202", "4000000001103")]));
    let seen: Vec<_> = world
        .user_account_views
        .iter()
        .map(|l| (l.user.clone(), l.account.clone()))
        .collect();
    assert_eq!(
        seen,
        keys(&[("4000000002201", "4000000001101"), ("4000000002202", "4000000001103")])
    );
    // The group's user has another address, and is found by her user id.
    let members: Vec<_> = world
        .user_groups
        .iter()
        .map(|l| (l.user.clone(), l.group.clone()))
        .collect();
    assert_eq!(members, keys(&[("4000000002203", "4000000005501")]));
}

#[test]
fn tickets_what_was_said_and_settings_are_read_too() {
    let read = read(DESK, &fixture("zoho-small")).unwrap();
    let world = &read.world;
    let tickets: Vec<_> = world
        .tickets
        .iter()
        .map(|t| {
            (
                t.number.as_str(),
                t.owner.as_str(),
                t.account.as_str(),
                t.state_kind.as_str(),
            )
        })
        .collect();
    assert_eq!(
        tickets,
        [
            ("101", "4000000002203", "4000000001101", "open"),
            ("102", "4000000002202", "4000000001102", "closed"),
            ("103", "", "4000000001103", "pending reminder"),
        ]
    );
    assert_eq!(world.tickets[0].created, 1_790_839_800);
    let spoken: Vec<_> = world
        .activities
        .iter()
        .map(|a| (a.ticket, a.position, a.channel.as_str(), a.sender.as_str(), a.visible))
        .collect();
    assert_eq!(
        spoken,
        [
            (4_000_000_003_301, 1, "EMAIL", "customer", true),
            (4_000_000_003_301, 2, "EMAIL", "agent", true),
            (4_000_000_003_301, 3, "COMMENT", "agent", false),
            (4_000_000_003_303, 1, "COMMENT", "agent", true),
        ]
    );
    let settings: Vec<_> = read
        .settings
        .iter()
        .map(|s| (s.name.as_str(), s.value.as_str(), s.origin))
        .collect();
    assert_eq!(
        settings,
        [
            ("Portal::AccountSwitches", "\"complete\"", SettingOrigin::Desk),
            ("Portal::Access", "\"registered\"", SettingOrigin::Confirmed),
        ]
    );
    assert_eq!(read.report.unknown, Vec::<String>::new());
    let findings: Vec<_> = read.report.findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].contains("1 contacts have no e-mail address"));
}

#[test]
fn an_archive_and_a_single_file_read_like_the_folder() {
    let folder = read(DESK, &fixture("zoho-small")).unwrap();
    let copy = copy();
    assert_eq!(read(DESK, &copy.zipped()).unwrap().lines(), folder.lines());
    assert_eq!(read(DESK, &copy.bundled("/data")).unwrap().lines(), folder.lines());
}

#[test]
fn what_is_not_told_is_unknown_and_not_guessed() {
    let copy = copy();
    copy.remove("settings.json");
    copy.remove("accounts/4000000001102/contacts.json");
    let read_part = read(DESK, copy.path()).unwrap();
    assert_eq!(read_part.report.unknown, ["Portal::Access"]);
    assert_eq!(read_part.settings[0].value, "\"partial\"");
    assert!(read_part.found("whether 1 contacts with an account see all its tickets"));
    // A list that is not there is no empty list.
    for name in [
        "accounts-1.json",
        "accounts-2.json",
        "tickets-1.json",
        "tickets-2.json",
        "departments.json",
    ] {
        copy.remove(name);
    }
    let part = read(DESK, copy.path()).unwrap();
    for kind in ["accounts", "tickets", "ticket_states", "queues"] {
        assert!(!part.kinds.contains(&kind), "{kind}");
    }
    assert!(part.kinds.contains(&"external_users") && part.scope.some_kinds);
    copy.write("tickets.json", r#"{"data": []}"#);
    assert!(read(DESK, copy.path()).unwrap().kinds.contains(&"tickets"));
}

#[test]
fn all_problems_come_in_one_report_with_file_and_line() {
    let copy = copy();
    copy.change("contacts.json", r#""id": "4000000002202""#, r#""id": "4000000002201""#);
    copy.change("contacts.json", "\"isEndUser\": false, ", "");
    copy.change("tickets-1.json", "2026-10-03T08:00:00.000Z", "0000-00-00T00:00:00Z");
    copy.change("tickets-2.json", "\"accountId\": \"4000000001103\",", "");
    copy.change("groups.json", "\"id\": \"4000000005501\"", "\"id\": null");
    copy.write(
        "accounts-2.json",
        r#"{"errorCode":"INVALID_OAUTH","message":"The OAuth Token you provided is invalid."}"#,
    );
    copy.write("departments.json", "{\"data\": [{\"id\": \"1\",\n\"name\": \"Supp");
    let Err(DeskError::BadSource { problems, more }) = read(DESK, copy.path()) else {
        panic!("it was read");
    };
    let has = |part: &str| {
        assert!(
            problems.iter().any(|p| p.to_string().contains(part)),
            "{part}: {problems:#?}"
        );
    };
    has("contacts.json:32 id: the contact 4000000002201 came before already");
    has("contacts.json:50 isEndUser: is not given");
    has("tickets-1.json:19 createdTime: \"0000-00-00T00:00:00Z\" is no time");
    has("tickets-2.json:3 accountId: 1 tickets do not say their account");
    has("groups.json:3 id: is missing");
    has("accounts-2.json:1 errorCode: the desk answered with an error");
    assert_eq!(problems.iter().filter(|p| p.file == "accounts-2.json").count(), 1);
    has("departments.json:2: ends too early");
    assert_eq!(more, 0);
}

#[test]
fn a_million_problems_are_counted_not_kept() {
    let copy = copy();
    let one = r#"{"id": "x", "accountName": "A"},"#;
    let many = format!("{{\"data\": [{}{}]}}", one.repeat(1_500), one.trim_end_matches(','));
    copy.write("accounts-2.json", &many);
    let Err(DeskError::BadSource { problems, more }) = read(DESK, copy.path()) else {
        panic!("it was read");
    };
    assert_eq!((problems.len(), more), (1_000, 501));
}

#[test]
fn texts_are_cut_or_left_out_and_a_watch_stops_the_work() {
    let copy = copy();
    copy.change(
        "tickets/4000000003301/conversations.json",
        "Ask the night shift first.",
        &"Ł".repeat(5_000),
    );
    let with = |bodies| {
        lists::read_with(
            DESK,
            ReadOptions {
                path: copy.path().to_owned(),
                bodies,
                ..ReadOptions::default()
            },
        )
        .unwrap()
    };
    let body = |bodies| with(bodies).world.activities[2].body.as_ref().map(String::len);
    assert_eq!(
        (body(Bodies::None), body(Bodies::Short), body(Bodies::Full)),
        (None, Some(4_096), Some(10_000))
    );
    let accounts: Vec<_> = (1..2_000)
        .map(|n| format!(r#"{{"id": {n}, "accountName": "A{n}"}}"#))
        .collect();
    copy.write("accounts-2.json", &format!("[{}]", accounts.join(",")));
    let stopped = lists::read_with(
        DESK,
        ReadOptions {
            path: copy.path().to_owned(),
            watch: Some(std::sync::Arc::new(|step| {
                assert!(step.rows > 0 && step.what.contains(".json"));
                std::ops::ControlFlow::Break(())
            })),
            ..ReadOptions::default()
        },
    );
    assert!(matches!(stopped, Err(DeskError::Stopped(Stopped::Cancelled))));
}
