//! Daktela's lists, as version 6 of its interface gives them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod lists;

use lists::{Copy, Read, fixture, read};
use portico_core::snapshot::Problem;
use portico_desks::error::DeskError;

const DESK: &str = "daktela";

fn copy() -> Copy {
    Copy::of(&fixture("daktela-small"))
}

fn problems(copy: &Copy) -> Vec<Problem> {
    match read(DESK, copy.path()) {
        Err(DeskError::BadSource { problems, .. }) => problems,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was read"),
    }
}

fn has(problems: &[Problem], part: &str) {
    assert!(
        problems.iter().any(|problem| problem.to_string().contains(part)),
        "{part}: {problems:#?}"
    );
}

#[test]
fn people_their_contacts_and_what_they_may_are_read() {
    let Read { world, report, .. } = read(DESK, &fixture("daktela-small")).unwrap();
    let users: Vec<_> = world
        .users
        .iter()
        .map(|u| {
            (
                u.login.as_str(),
                u.account_contacts,
                u.account_tickets,
                u.external_comments,
            )
        })
        .collect();
    assert_eq!(
        users,
        [
            ("anna", false, true, true),
            ("petra", true, false, false),
            ("karel", false, false, false)
        ]
    );
    let pairs: Vec<_> = world
        .user_contacts
        .iter()
        .map(|p| (p.user.as_str(), p.contact.as_str()))
        .collect();
    assert_eq!(pairs, [("anna", "contact_anna"), ("petra", "contact_petra")]);
    let contacts: Vec<_> = world
        .contacts
        .iter()
        .map(|c| (c.key.as_str(), c.account.as_str(), c.email.as_str(), c.phone.as_str()))
        .collect();
    assert_eq!(
        contacts,
        [
            ("contact_anna", "acc_aachen", "anna@aachen.example", "+49 241 100"),
            ("contact_petra", "acc_aachen", "petra@aachen.example", ""),
            ("contact_karel", "", "", ""),
        ]
    );
    let findings: Vec<_> = report.findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings[0].starts_with("assumed") && findings[0].contains("Account tickets = account_tickets"));
    assert!(findings[1].starts_with("karel is paired with no contact"));
}

#[test]
fn categories_tickets_and_activities_are_read() {
    let Read { world, settings, .. } = read(DESK, &fixture("daktela-small")).unwrap();
    let categories: Vec<_> = world
        .queues
        .iter()
        .map(|q| (q.name.as_str(), q.external_comments))
        .collect();
    assert_eq!(categories, [("Support", true), ("Invoices", false)]);
    let tickets: Vec<_> = world
        .tickets
        .iter()
        .map(|t| {
            let of = (t.owner.as_str(), t.account.as_str(), t.queue.as_str());
            (t.id, of, t.state_kind.as_str(), t.archived)
        })
        .collect();
    assert_eq!(
        tickets,
        [
            (101, ("contact_anna", "acc_aachen", "cat_support"), "open", false),
            (
                102,
                ("contact_petra", "acc_aachen", "cat_invoices"),
                "pending reminder",
                false
            ),
            (103, ("", "", "cat_support"), "closed", true),
        ]
    );
    // 2026-10-01 07:10:00, last changed 2026-10-02 08:00:00.
    assert_eq!(
        (world.tickets[0].created, world.tickets[0].changed),
        (1_790_838_600, 1_790_928_000)
    );
    let spoken: Vec<_> = world
        .activities
        .iter()
        .map(|a| (a.ticket, a.position, a.channel.as_str(), a.from.as_str(), a.visible))
        .collect();
    assert_eq!(
        spoken,
        [
            (101, 1, "EMAIL", "Anna Berg", true),
            (101, 2, "COMMENT", "Ivo Novák", false),
            (101, 3, "COMMENT", "Ivo Novák", true),
            (102, 1, "CALL", "agent1", true),
        ]
    );
    assert_eq!(settings.len(), 1);
}

#[test]
fn an_archive_and_a_single_file_read_like_the_folder() {
    let folder = read(DESK, &fixture("daktela-small")).unwrap();
    let copy = copy();
    assert_eq!(read(DESK, &copy.zipped()).unwrap().lines(), folder.lines());
    assert_eq!(
        read(DESK, &copy.bundled("/result/data")).unwrap().lines(),
        folder.lines()
    );
}

#[test]
fn a_list_of_which_pages_are_missing_is_refused() {
    let copy = copy();
    copy.remove("contacts-2.json");
    has(
        &problems(&copy),
        "contacts total: the desk says that there are 3 records, and 2 came",
    );
}

#[test]
fn what_decides_who_sees_what_must_be_given() {
    let copy = copy();
    copy.change("externalsUsers.json", "\"account_tickets\"", "\"tickets_of_account\"");
    copy.change("contacts-1.json", "\"account\": \"acc_aachen\", ", "");
    copy.change("tickets.json", "\"contact\": \"contact_petra\", ", "");
    copy.change("tickets.json", "\"ARCHIVE\"", "\"GONE\"");
    copy.change("ticketsCategories.json", "\"allow_external_comments\": true, ", "");
    copy.write("activities.json", "{\"error\": [\"Forbidden\"], \"result\": null}");
    let problems = problems(&copy);
    has(
        &problems,
        "externalsUsers.json:4 Account tickets: no member of the record is",
    );
    has(&problems, "tickets_of_account");
    has(&problems, "contacts-1.json:4 account: is not given");
    has(&problems, "tickets.json:5 contact: is not given");
    has(&problems, "tickets.json:6 stage: \"GONE\" is none of");
    has(
        &problems,
        "ticketsCategories.json:4 allow_external_comments: is not given",
    );
    has(&problems, "activities.json:1 error: the desk answered with an error");
    assert_eq!(problems.len(), 6, "{problems:#?}");
}

#[test]
fn a_comment_that_does_not_say_whether_it_is_external_is_internal_and_that_is_said() {
    let copy = copy();
    copy.change("activities.json", ", \"external\": true", "");
    let part = read(DESK, copy.path()).unwrap();
    assert!(!part.world.activities[2].visible);
    assert!(part.found("assumed: 1 comments do not say whether they are external"));
}
