//! The samples of the other desks: the same every time, with references that hold.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use portico_core::model::{Activity, Queue, Ticket};
use portico_core::snapshot::{Batch, Source};
use portico_sample::small;

const DESKS: [&str; 4] = ["daktela", "elma365", "innosoft", "zoho"];

fn batches(desk: &str) -> Vec<Batch> {
    let mut all = Vec::new();
    let mut world = small(desk).unwrap();
    world
        .read(&mut |batch| {
            all.push(batch);
            Ok(())
        })
        .unwrap();
    all
}

#[test]
fn the_same_every_time_and_about_sixty_people() {
    for desk in DESKS {
        assert_eq!(format!("{:?}", batches(desk)), format!("{:?}", batches(desk)));
        let counts: BTreeMap<_, _> = batches(desk).iter().map(|b| (b.kind(), b.len())).collect();
        assert_eq!((counts["external_users"], counts["tickets"]), (60, 240), "{desk}");
        assert!(batches(desk).iter().all(|b| !b.is_empty()), "{desk}");
    }
    assert!(small("otobo").is_none() && small("nowhere").is_none());
}

#[test]
fn logins_and_keys_are_unique_and_links_name_people_who_are_there() {
    for desk in DESKS {
        let all = batches(desk);
        let (mut keys, mut logins, mut named) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for batch in &all {
            match batch {
                Batch::ExternalUsers(people) => {
                    for person in people {
                        assert!(
                            keys.insert(person.key.clone()) && logins.insert(person.login.clone()),
                            "{person:?}"
                        );
                        assert!(!person.first_name.is_empty() && person.email.contains('@'));
                    }
                }
                Batch::UserGroups(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserContacts(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserAddresses(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserAccountViews(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserObjects(links) => named.extend(links.iter().map(|l| l.user.clone())),
                _ => {}
            }
        }
        assert!(!named.is_empty() && named.is_subset(&keys), "{desk}");
    }
}

/// Tickets, categories and what is said, as the desk has them.
fn talk(desk: &str) -> (Vec<Ticket>, Vec<Queue>, Vec<Activity>) {
    let (mut tickets, mut queues, mut said) = (Vec::new(), Vec::new(), Vec::new());
    for batch in batches(desk) {
        match batch {
            Batch::Tickets(all) => tickets.extend(all),
            Batch::Queues(all) => queues.extend(all),
            Batch::Activities(all) => {
                assert!(!tickets.is_empty(), "{desk}: activities before their tickets");
                said.extend(all);
            }
            _ => {}
        }
    }
    (tickets, queues, said)
}

#[test]
fn something_is_said_on_every_ticket_in_order_and_by_somebody() {
    for desk in DESKS {
        let (tickets, _, said) = talk(desk);
        assert!((500..1_200).contains(&said.len()), "{desk}: {}", said.len());
        let mut last: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
        for activity in &said {
            let (position, moment) = last
                .insert(activity.ticket, (activity.position, activity.created))
                .unwrap_or((0, 0));
            assert_eq!(activity.position, position + 1, "{desk}: {activity:?}");
            assert!(
                activity.created >= moment && activity.created <= portico_sample::NOW,
                "{desk}: {activity:?}"
            );
            assert!(
                !activity.from.is_empty() && activity.body.is_some(),
                "{desk}: {activity:?}"
            );
        }
        assert_eq!(last.len(), tickets.len(), "{desk}");
        assert!(tickets.iter().all(|ticket| last.contains_key(&ticket.id)), "{desk}");
    }
}

/// How often something came in this way, marked or not.
fn ways(said: &[Activity]) -> BTreeMap<(&str, bool), usize> {
    let mut ways = BTreeMap::new();
    for activity in said {
        *ways.entry((activity.channel.as_str(), activity.visible)).or_insert(0) += 1;
    }
    ways
}

#[test]
fn each_desk_has_the_ways_of_saying_something_that_its_rules_tell_apart() {
    for (desk, expected) in [
        (
            "daktela",
            &[
                ("CALL", true),
                ("CHAT", true),
                ("COMMENT", false),
                ("COMMENT", true),
                ("EMAIL", true),
            ][..],
        ),
        ("elma365", &[("Message", true)]),
        (
            "innosoft",
            &[("Email", true), ("Note", false), ("Phone", true), ("Portal", true)],
        ),
        (
            "zoho",
            &[
                ("COMMENT", false),
                ("COMMENT", true),
                ("EMAIL", true),
                ("PHONE", true),
                ("WEB", true),
            ],
        ),
    ] {
        let (_, _, said) = talk(desk);
        let found: Vec<_> = ways(&said).into_keys().collect();
        assert_eq!(found, expected, "{desk}");
        assert!(
            ways(&said).values().all(|count| *count >= 10),
            "{desk}: {:?}",
            ways(&said)
        );
    }
}

#[test]
fn daktela_has_external_comments_where_the_category_allows_them_and_where_not() {
    let (tickets, queues, said) = talk("daktela");
    for allowed in [true, false] {
        let external = said.iter().filter(|a| a.channel == "COMMENT" && a.visible).filter(|a| {
            let ticket = tickets.iter().find(|t| t.id == a.ticket).unwrap();
            let queue = queues.iter().find(|q| q.key == ticket.queue).unwrap();
            queue.external_comments == allowed
        });
        assert!(external.count() > 10, "{allowed}");
    }
}

#[test]
fn a_ticket_begins_with_the_words_of_the_one_who_asks() {
    for desk in ["daktela", "innosoft", "zoho"] {
        let all = batches(desk);
        let people: BTreeMap<String, String> = all
            .iter()
            .filter_map(|batch| match batch {
                Batch::ExternalUsers(people) => Some(people),
                _ => None,
            })
            .flatten()
            .flat_map(|person| {
                let name = format!("{} {}", person.first_name, person.last_name);
                let contact = format!("contact_{}", person.key.parse::<u64>().unwrap() - 1000);
                [person.key.clone(), person.login.clone(), contact].map(|key| (key, name.clone()))
            })
            .collect();
        let (tickets, _, said) = talk(desk);
        for ticket in &tickets {
            let first = said.iter().find(|a| a.ticket == ticket.id).unwrap();
            assert_eq!(
                (first.sender.as_str(), &first.from),
                ("customer", &people[&ticket.owner]),
                "{desk}"
            );
        }
    }
}
