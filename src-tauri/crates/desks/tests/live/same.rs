//! Live and from a folder: the same.

use std::ops::ControlFlow;

use portico_desks::rest::{Manner, estimate};
use serde_json::{Value, json};

use crate::lists::{self, fixture};
use crate::reading::{NOW, Reading};
use crate::server::{Reply, Server};
use crate::world::{self, Lists};

/// What a reader makes of a folder.
fn facts(desk: &str, folder: &std::path::Path) -> Vec<String> {
    lists::read(desk, folder).unwrap().lines()
}

/// The facts of a fixture without its settings, which no interface gives.
fn fixture_facts(desk: &str, name: &str) -> Vec<String> {
    let copy = lists::Copy::of(&fixture(name));
    std::fs::remove_file(copy.path().join("settings.json")).unwrap();
    facts(desk, copy.path())
}

#[test]
fn daktela_live_is_what_its_pages_are_in_a_folder() {
    let lists = Lists::of("daktela-small", "/result/data");
    let server = Server::start(move |asked, _| world::daktela(&lists, asked));
    for page in [3, 4, 100] {
        let folder = tempfile::tempdir().unwrap();
        let reading = Reading {
            page: Some(page),
            ..Reading::of("daktela", &server.root)
        };
        let (fetched, pauses) = reading.fetch(folder.path());
        let fetched = fetched.unwrap();
        assert_eq!((fetched.findings.len(), pauses.len()), (0, 0), "{:?}", fetched.findings);
        assert_eq!(
            facts("daktela", folder.path()),
            fixture_facts("daktela", "daktela-small"),
            "{page}"
        );
    }
    let asked = server.asked();
    assert!(asked.iter().all(|one| one.method == "GET"));
    let sorted = asked.iter().find(|one| one.path.contains("activities")).unwrap();
    assert_eq!(sorted.query("sort[0][field]"), Some("time"));
}

#[test]
fn elma365_live_is_what_its_pages_are_in_a_folder_with_what_no_call_gives_beside() {
    let lists = Lists::of("elma365-small", "/result/result");
    let server = Server::start(move |asked, _| world::elma365(&lists, asked));
    let beside = fixture("elma365-small");
    let address = format!(
        "{}?app=service/requests&app=contracts/files&beside={}",
        server.root,
        beside.display()
    );
    let folder = tempfile::tempdir().unwrap();
    let (fetched, _) = Reading::of("elma365", &address).fetch(folder.path());
    assert_eq!(fetched.unwrap().findings, []);
    // The settings lie beside, too.
    assert_eq!(facts("elma365", folder.path()), facts("elma365", &beside));
    let bare = tempfile::tempdir().unwrap();
    let fetched = Reading::of("elma365", &server.root).fetch(bare.path()).0.unwrap();
    let said: Vec<_> = fetched.findings.iter().map(|one| one.file.as_str()).collect();
    assert_eq!(said, ["rights", "items"]);
    let read = lists::read("elma365", bare.path()).unwrap();
    assert_eq!(read.world.users.len(), 3);
    assert!(!read.kinds.contains(&"portal_objects") && !read.kinds.contains(&"tickets"));
}

/// The small desk as the interface's own list of contacts has it, and whole contacts one by one.
fn zoho_lists() -> Lists {
    const LISTED: [&str; 11] = [
        "id",
        "firstName",
        "lastName",
        "email",
        "secondaryEmail",
        "phone",
        "mobile",
        "type",
        "accountId",
        "isEndUser",
        "isSpam",
    ];
    let mut lists = Lists::of("zoho-small", "/data");
    let whole = lists.get("contacts").unwrap().to_vec();
    let short = |contact: &Value| {
        let members = contact.as_object().unwrap().iter();
        let some = members.filter(|(name, _)| LISTED.contains(&name.as_str()));
        Value::Object(some.map(|(name, value)| (name.clone(), value.clone())).collect())
    };
    lists.set("contacts", whole.iter().map(short).collect());
    lists.set("whole contacts", whole);
    // The desk says all of a ticket in one list.
    lists.remove("tickets/4000000003303/comments");
    lists
}

#[test]
fn zoho_live_is_what_its_pages_are_in_a_folder_wherever_records_are_counted_from() {
    let expected = {
        let copy = lists::Copy::of(&fixture("zoho-small"));
        std::fs::remove_file(copy.path().join("settings.json")).unwrap();
        std::fs::remove_dir_all(copy.path().join("tickets/4000000003303")).unwrap();
        facts("zoho", copy.path())
    };
    for (base, page) in [(0, 3), (1, 3), (0, 4), (1, 4), (0, 100), (1, 100)] {
        let lists = zoho_lists();
        let server = Server::start(move |asked, _| world::zoho(&lists, asked, base, world::TOKEN));
        let folder = tempfile::tempdir().unwrap();
        let accounts = "accounts=https://login.example";
        let address = format!(
            "{}?orgId=7&{accounts}&also=details,helpCenters,conversations",
            server.root
        );
        let reading = Reading {
            page: Some(page),
            ..Reading::of("zoho", &address)
        };
        let fetched = reading.fetch(folder.path()).0.unwrap();
        assert_eq!(facts("zoho", folder.path()), expected, "{base} {page}");
        assert_eq!(fetched.fields.keys().copied().collect::<Vec<_>>(), ["accounts"]);
        assert!(server.asked().iter().all(|one| one.method == "GET"));
    }
}

#[test]
fn archives_are_read_of_each_department_unless_they_are_left_out() {
    let serving = || {
        let mut lists = zoho_lists();
        let tickets = lists.get("tickets").unwrap().to_vec();
        let mut archived: Vec<Value> = (0..5)
            .map(|n| {
                let mut one = tickets[n % tickets.len()].clone();
                one["id"] = json!(format!("99{n}"));
                one["ticketNumber"] = json!(format!("9{n}"));
                // What the list is says enough.
                one.as_object_mut().unwrap().remove("isArchived");
                one
            })
            .collect();
        // Nothing says that a ticket cannot stand in both.
        archived.push(tickets[0].clone());
        lists.set("tickets/archivedTickets", archived);
        Server::start(move |asked, _| world::zoho(&lists, asked, 1, world::TOKEN))
    };
    let read = |server: &Server, page: usize, options: &str| {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("{}?orgId=7&accounts=https://login.example{options}", server.root);
        let reading = Reading {
            page: Some(page as u64),
            ..Reading::of("zoho", &address)
        };
        let fetched = reading.fetch(folder.path()).0.unwrap();
        let read = lists::read("zoho", folder.path()).unwrap();
        let mut numbers: Vec<(String, bool)> = read
            .world
            .tickets
            .iter()
            .map(|one| (one.number.clone(), one.archived))
            .collect();
        numbers.sort();
        let left_out = fetched
            .findings
            .iter()
            .any(|one| one.message.contains("archived tickets are left out"));
        (numbers, left_out)
    };
    for page in [2, 3, 100] {
        let server = serving();
        let (without, left_out) = read(&server, page, "&without=archivedTickets");
        assert!(
            left_out && without.iter().all(|(number, _)| !number.starts_with('9')),
            "{without:?}"
        );
        let (all, left_out) = read(&server, page, "");
        assert!(!left_out);
        let archived: Vec<&str> = all
            .iter()
            .filter(|(_, archived)| *archived)
            .map(|(n, _)| n.as_str())
            .collect();
        assert_eq!(archived, ["90", "91", "92", "93", "94"], "{page}");
        assert_eq!(all.len(), without.len() + 5);
    }
}

#[test]
fn what_the_list_of_contacts_does_not_hold_is_not_spoken_of() {
    let lists = zoho_lists();
    let server = Server::start(move |asked, _| world::zoho(&lists, asked, 1, world::TOKEN));
    let folder = tempfile::tempdir().unwrap();
    let address = format!("{}?orgId=7&accounts=https://login.example", server.root);
    let fetched = Reading::of("zoho", &address).fetch(folder.path()).0.unwrap();
    let fields = &fetched.fields["external_users"];
    assert!(fields.contains(&"email".to_owned()) && !fields.contains(&"street".to_owned()));
    assert!(fetched.findings.iter().any(|one| one.message.contains("also=details")));
    let asked = server.paths();
    assert!(
        !asked
            .iter()
            .any(|path| path.contains("helpCenters") || path.contains("conversations"))
    );
    // And without tickets, no ticket is asked for.
    server.forget();
    let folder = tempfile::tempdir().unwrap();
    let reading = Reading {
        tickets: false,
        ..Reading::of("zoho", &address)
    };
    reading.fetch(folder.path()).0.unwrap();
    assert!(!server.paths().iter().any(|path| path.contains("ticket")));
}

#[test]
fn pages_end_where_they_end() {
    // Three at once, of which the first one came before; and none at all.
    let contact = |n: u32| json!({"name": format!("c{n}"), "title": "x", "account": null});
    for (total, pages) in [(3, 1), (4, 2), (5, 2), (6, 3), (1, 1), (0, 1)] {
        let all: Vec<Value> = (0..total).map(contact).collect();
        let server = Server::start(move |asked, _| {
            let mut lists = Lists::of("daktela-small", "/result/data");
            lists.set("contacts", all.clone());
            world::daktela(&lists, asked)
        });
        let folder = tempfile::tempdir().unwrap();
        let (fetched, _) = Reading::of("daktela", &server.root).fetch(folder.path());
        fetched.unwrap();
        let asked = server.paths().iter().filter(|path| path.contains("contacts")).count();
        assert_eq!(asked, pages, "{total}");
        let read = lists::read("daktela", folder.path()).unwrap();
        assert_eq!(read.world.contacts.len(), usize::try_from(total).unwrap());
        // A list without a record is told all the same: all of its records are gone.
        assert!(read.kinds.contains(&"contacts"));
    }
}

#[test]
fn what_a_reading_takes_is_told_before() {
    let tell = |desk: &str, address: &str, before: Option<u64>| {
        let reading = Reading::of(desk, address);
        let manner = Manner {
            page: Some(3),
            ..Manner::new(&|_| ControlFlow::Continue(()), NOW)
        };
        estimate(desk, &reading.connection(), true, &|_| before, &manner).unwrap()
    };
    let lists = Lists::of("daktela-small", "/result/data");
    let server = Server::start(move |asked, _| world::daktela(&lists, asked));
    let told = tell("daktela", &server.root, None);
    let lines: Vec<_> = told
        .lists
        .iter()
        .map(|one| (one.list.as_str(), one.records, one.requests))
        .collect();
    let some = |list, records, requests| (list, Some(records), Some(requests));
    assert_eq!(
        lines,
        [
            some("accounts", 2, 1),
            some("ticketsCategories", 2, 1),
            some("contacts", 3, 1),
            some("externalsUsers", 3, 1),
            some("tickets", 3, 1),
            some("activities", 5, 2),
        ]
    );
    let folder = tempfile::tempdir().unwrap();
    let fetched = Reading::of("daktela", &server.root).fetch(folder.path()).0.unwrap();
    assert_eq!((told.requests, told.asked), (fetched.requests, 6));
    let lists = zoho_lists();
    let server = Server::start(move |asked, _| world::zoho(&lists, asked, 1, world::TOKEN));
    let address = format!("{}?orgId=7&accounts=https://login.example", server.root);
    let told = tell("zoho", &address, None);
    assert!(told.day.unwrap().contains("5,000 credits (Free)"));
    let of = |name: &str| told.lists.iter().find(|one| one.list == name).unwrap();
    assert_eq!((of("tickets").records, of("tickets").requests), (Some(3), Some(1)));
    assert_eq!((of("contacts").records, of("contacts").requests), (None, None));
    // A token that may not count may read all the same.
    for status in [401, 403] {
        let server = Server::start(move |_, _| Reply::status(status));
        let address = format!("{}?orgId=7&accounts=https://login.example", server.root);
        assert_eq!(tell("zoho", &address, None).lists.last().unwrap().records, None);
    }
    // What the workspace has from before is told as that.
    let told = tell("zoho", &address, Some(40));
    let of = |name: &str| told.lists.iter().find(|one| one.list == name).unwrap();
    assert_eq!((of("contacts").before, of("contacts").requests), (true, Some(20)));
    assert_eq!(of("contacts of accounts").requests, Some(40));
}

/// A desk with so many contacts that gives fewer at once than it is asked for, and says how many there are or not.
fn sparing(total: u32, most: usize, says_total: bool) -> Server {
    let all: Vec<Value> = (0..total)
        .map(|n| json!({"name": format!("c{n}"), "title": "x", "account": null}))
        .collect();
    Server::start(move |asked, _| {
        let all = if asked.path.contains("contacts") { &all[..] } else { &[] };
        let (skip, take) = (asked.number("skip").unwrap(), asked.number("take").unwrap());
        let data = world::page(all, skip, take.min(most));
        let mut answer = json!({"error": [], "result": {"data": data}});
        if says_total {
            answer["result"]["total"] = all.len().into();
        }
        Reply::json(&answer)
    })
}

#[test]
fn a_page_that_is_not_full_is_no_end() {
    for says_total in [true, false] {
        for total in [0, 1, 2, 5, 6, 7] {
            let server = sparing(total, 2, says_total);
            let folder = tempfile::tempdir().unwrap();
            let reading = Reading {
                page: Some(100),
                ..Reading::of("daktela", &server.root)
            };
            reading.fetch(folder.path()).0.unwrap();
            let read = lists::read("daktela", folder.path()).unwrap();
            let came = read.world.contacts.len();
            assert_eq!(
                came,
                usize::try_from(total).unwrap(),
                "{says_total}: {:?}",
                server.paths()
            );
        }
    }
}
