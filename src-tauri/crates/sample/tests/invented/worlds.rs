//! Worlds of a size that is asked for.

use std::collections::{HashMap, HashSet};

use portico_core::model::{Context, Validity};
use portico_core::snapshot::{Source, Stopped};
use portico_sample::World;

use super::{check_references, load, world};

#[test]
fn a_world_has_exactly_what_was_asked_for() {
    let asked = world(5);
    let desk = load(asked.clone().source().unwrap());
    check_references(&desk);
    assert_eq!(desk.users.len() as u64, asked.users);
    assert_eq!(desk.tickets.len() as u64, asked.tickets);
    assert_eq!(desk.accounts.len() as u64, asked.accounts);
    assert_eq!(desk.groups.len() as u64, asked.groups);
    assert_eq!(desk.queues.len() as u64, asked.queues);
    assert_eq!(
        desk.activities.len() as u64,
        asked.tickets * u64::from(asked.activities_per_ticket)
    );
    assert!(desk.largest_batch <= 20_000, "{}", desk.largest_batch);
    let keys: HashSet<_> = desk.accounts.iter().map(|a| a.key.as_str()).collect();
    assert!(
        desk.tickets
            .iter()
            .all(|t| t.account.is_empty() || keys.contains(t.account.as_str()))
    );
    let of: HashMap<_, _> = desk
        .users
        .iter()
        .map(|u| (u.login.as_str(), u.account.as_str()))
        .collect();
    assert!(
        desk.tickets
            .iter()
            .all(|t| t.owner.is_empty() || of[t.owner.as_str()] == t.account)
    );
    assert!(desk.tickets.iter().filter(|t| t.owner.is_empty()).count() * 4 < desk.tickets.len());
    assert!(desk.users.iter().any(|u| !u.last_name.is_ascii()));
}

#[test]
fn a_world_has_the_tails_of_a_real_desk() {
    let desk = load(world(6).source().unwrap());
    let group_of: HashMap<_, _> = desk.queues.iter().map(|q| (q.key.as_str(), q.group.as_str())).collect();
    let mut rights: HashMap<&str, HashSet<&str>> = HashMap::new();
    for link in desk.account_groups.iter().filter(|l| l.context == Context::Same) {
        rights.entry(&link.account).or_default().insert(&link.group);
    }
    let mut sees: HashMap<&str, usize> = HashMap::new();
    for ticket in desk.tickets.iter().filter(|t| !t.account.is_empty()) {
        *sees.entry(&ticket.account).or_default() +=
            usize::from(rights[ticket.account.as_str()].contains(group_of[ticket.queue.as_str()]));
    }
    // One ticket in 20 is visible to the first account.
    assert_eq!(sees["K000000"], desk.tickets.len() / 20);
    assert!(sees["K000001"] > desk.tickets.len() / 60, "{}", sees["K000001"]);
    let mut counts: Vec<_> = sees.values().copied().collect();
    counts.sort_unstable();
    let median = counts[counts.len() / 2];
    assert!(median * 20 < sees["K000000"], "{median}");
    // The first person may read all groups, for others' tickets too.
    let all = &desk.users[0].account;
    assert_eq!(rights[all.as_str()].len(), desk.groups.len());
    let others = desk
        .account_groups
        .iter()
        .filter(|l| &l.account == all && l.context == Context::Other);
    assert_eq!(others.count(), desk.groups.len());
    assert_eq!(desk.users[0].validity, Validity::Valid);
}

#[test]
fn tiny_worlds_and_unknown_desks_are_no_trouble() {
    for (users, tickets) in [(0, 0), (0, 5), (1, 5), (7, 0), (3, 11)] {
        let asked = World {
            accounts: 0,
            groups: 0,
            queues: 0,
            ..World::sized(users, tickets, 1)
        };
        let desk = load(asked.source().unwrap());
        check_references(&desk);
        assert_eq!((desk.users.len() as u64, desk.tickets.len() as u64), (users, tickets));
    }
    let asked = World {
        desk: "paper".to_owned(),
        ..world(1)
    };
    assert!(asked.source().unwrap_err().to_string().contains("paper"));
}

#[test]
fn a_sink_that_stops_is_not_asked_again() {
    let mut batches = 0;
    world(1)
        .source()
        .unwrap()
        .read(&mut |_| {
            batches += 1;
            if batches == 3 { Err(Stopped::Cancelled) } else { Ok(()) }
        })
        .unwrap();
    assert_eq!(batches, 3);
}
