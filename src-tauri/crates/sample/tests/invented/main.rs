//! What is promised of the invented desks: same seed, same bytes; exact counts; references that hold; the story.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod story;
mod worlds;

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{Hash, Hasher};

use portico_core::model::{
    Account, AccountGroup, Activity, DeskSetting, ExternalUser, Group, Queue, Ticket, UserAccount, UserGroup,
};
use portico_core::snapshot::{Batch, Source};
use portico_sample::{NOW, World, built_in};

/// A desk in memory; only for tests.
#[derive(Default)]
struct Desk {
    settings: Vec<DeskSetting>,
    groups: Vec<Group>,
    queues: Vec<Queue>,
    named: BTreeMap<&'static str, Vec<String>>,
    accounts: Vec<Account>,
    users: Vec<ExternalUser>,
    user_accounts: Vec<UserAccount>,
    user_groups: Vec<UserGroup>,
    account_groups: Vec<AccountGroup>,
    tickets: Vec<Ticket>,
    activities: Vec<Activity>,
    largest_batch: usize,
}

fn load<S: Source<Error = std::convert::Infallible>>(mut source: S) -> Desk {
    let mut desk = Desk::default();
    source
        .read(&mut |batch| {
            desk.largest_batch = desk.largest_batch.max(batch.len());
            let kind = batch.kind();
            match batch {
                Batch::Settings(v) => desk.settings.extend(v),
                Batch::Groups(v) => desk.groups.extend(v),
                Batch::Queues(v) => desk.queues.extend(v),
                Batch::TicketTypes(v) | Batch::TicketPriorities(v) | Batch::Services(v) => {
                    desk.named.entry(kind).or_default().extend(v.into_iter().map(|n| n.key));
                }
                Batch::TicketStates(v) => {
                    desk.named
                        .entry(kind)
                        .or_default()
                        .extend(v.into_iter().map(|s| format!("{}{}", s.key, s.kind)));
                }
                Batch::Accounts(v) => desk.accounts.extend(v),
                Batch::ExternalUsers(v) => desk.users.extend(v),
                Batch::UserAccounts(v) => desk.user_accounts.extend(v),
                Batch::UserGroups(v) => desk.user_groups.extend(v),
                Batch::AccountGroups(v) => desk.account_groups.extend(v),
                Batch::Tickets(v) => desk.tickets.extend(v),
                Batch::Activities(v) => {
                    let newest = desk.tickets.last().map(|t| t.id);
                    assert!(
                        v.iter().all(|a| Some(a.ticket) <= newest),
                        "activities before their tickets"
                    );
                    desk.activities.extend(v);
                }
                Batch::UserServices(_) => {}
                other => panic!("this desk has no {}", other.kind()),
            }
            Ok(())
        })
        .unwrap();
    desk
}

fn digest<S: Source<Error = std::convert::Infallible>>(mut source: S) -> u64 {
    let mut hasher = DefaultHasher::new();
    source
        .read(&mut |batch| {
            format!("{batch:?}").hash(&mut hasher);
            Ok(())
        })
        .unwrap();
    hasher.finish()
}

fn world(seed: u64) -> World {
    World {
        activities_per_ticket: 3,
        ..World::sized(3000, 40_000, seed)
    }
}

/// References of tickets and link tables to what is numbered by the desk; people and accounts may be missing.
fn check_references(desk: &Desk) {
    let groups: HashSet<_> = desk.groups.iter().map(|g| g.key.as_str()).collect();
    let queues: HashSet<_> = desk.queues.iter().map(|q| q.key.as_str()).collect();
    assert_eq!(groups.len(), desk.groups.len());
    assert_eq!(queues.len(), desk.queues.len());
    assert_eq!(
        desk.queues
            .iter()
            .map(|q| q.name.as_str())
            .collect::<HashSet<_>>()
            .len(),
        desk.queues.len()
    );
    assert!(desk.queues.iter().all(|q| groups.contains(q.group.as_str())));
    assert!(desk.user_groups.iter().all(|l| groups.contains(l.group.as_str())));
    assert!(desk.account_groups.iter().all(|l| groups.contains(l.group.as_str())));
    let logins: HashSet<_> = desk.users.iter().map(|u| u.login.as_str()).collect();
    assert_eq!(logins.len(), desk.users.len(), "logins are unique");
    let numbers: HashSet<_> = desk.tickets.iter().map(|t| t.number.as_str()).collect();
    assert_eq!(numbers.len(), desk.tickets.len(), "ticket numbers are unique");
    let mut before = (0, 0);
    for ticket in &desk.tickets {
        assert!(queues.contains(ticket.queue.as_str()), "{ticket:?}");
        assert!(
            desk.named["ticket_states"].contains(&format!("{}{}", ticket.state, ticket.state_kind)),
            "{ticket:?}"
        );
        assert!(desk.named["ticket_types"].contains(&ticket.ticket_type), "{ticket:?}");
        assert!(desk.named["ticket_priorities"].contains(&ticket.priority), "{ticket:?}");
        assert!(
            ticket.service.is_empty() || desk.named["services"].contains(&ticket.service),
            "{ticket:?}"
        );
        assert!(
            ticket.created <= ticket.changed && ticket.changed <= NOW && !ticket.title.is_empty(),
            "{ticket:?}"
        );
        assert!(
            (ticket.id, ticket.created) > before && ticket.created >= before.1,
            "{ticket:?}"
        );
        before = (ticket.id, ticket.created);
    }
    let mut position = HashMap::new();
    for activity in &desk.activities {
        let last = position.entry(activity.ticket).or_insert(0);
        assert_eq!(activity.position, *last + 1);
        *last += 1;
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert_eq!(digest(built_in()), digest(built_in()));
    assert_eq!(digest(world(1).source().unwrap()), digest(world(1).source().unwrap()));
    assert_ne!(digest(world(1).source().unwrap()), digest(world(2).source().unwrap()));
}

#[test]
fn the_sample_has_the_size_of_a_small_desk_and_its_references_hold() {
    let desk = load(built_in());
    check_references(&desk);
    assert_eq!(
        (desk.groups.len(), desk.queues.len(), desk.accounts.len()),
        (12, 26, 25)
    );
    assert_eq!(desk.tickets.len(), 6000);
    assert!((280..320).contains(&desk.users.len()), "{}", desk.users.len());
    assert!(
        (12_000..24_000).contains(&desk.activities.len()),
        "{}",
        desk.activities.len()
    );
    let silent = desk
        .tickets
        .iter()
        .filter(|t| !desk.activities.iter().any(|a| a.ticket == t.id))
        .count();
    assert_eq!(silent, 0);
    assert_eq!(desk.settings.len(), 9);
    let named: HashSet<_> = desk.users.iter().map(|u| (&u.first_name, &u.last_name)).collect();
    assert!(desk.users.len() - named.len() < 5, "few people share a name");
}
