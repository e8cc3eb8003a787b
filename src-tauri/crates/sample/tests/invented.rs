//! What is promised of the invented desks: same seed, same bytes; exact counts; references that hold; the story.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{Hash, Hasher};

use portico_core::model::{
    Account, AccountGroup, Activity, Context, DeskSetting, ExternalUser, Group, Queue, Ticket, UserAccount, UserGroup,
    Validity,
};
use portico_core::snapshot::{Batch, Source, Stopped};
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

#[test]
fn the_story_can_be_found() {
    let desk = load(built_in());
    let key = |name: &str| desk.groups.iter().find(|g| g.name == name).unwrap().key.clone();
    let finance = key("finance");
    // The account is out of force, which changes nothing; the dispatcher still has it.
    let project = desk.accounts.iter().find(|a| a.key == "PRJ-EINVOICE").unwrap();
    assert_eq!(project.validity, Validity::Invalid);
    let holders: Vec<_> = desk.user_accounts.iter().filter(|l| l.account == project.key).collect();
    assert_eq!(holders.len(), 1);
    assert_eq!(holders[0].user, "a.nowak");
    let dispatcher = desk.users.iter().find(|u| u.login == "a.nowak").unwrap();
    assert_eq!(
        (dispatcher.account.as_str(), dispatcher.validity),
        ("GDANSK", Validity::Valid)
    );
    // Nothing else gives her finance.
    assert!(!desk.user_groups.iter().any(|l| l.user == "a.nowak"));
    assert!(
        !desk
            .account_groups
            .iter()
            .any(|l| l.account == "GDANSK" && l.group == finance)
    );
    let gives = |context| {
        desk.account_groups
            .iter()
            .any(|l| l.account == project.key && l.group == finance && l.context == context)
    };
    assert!(gives(Context::Same) && gives(Context::Other));
    assert_eq!(
        desk.account_groups
            .iter()
            .filter(|l| l.group == finance && l.context == Context::Other)
            .count(),
        1
    );
    // What she sees by it: invoices of companies that have finance.
    let queues: HashSet<_> = desk
        .queues
        .iter()
        .filter(|q| q.group == finance)
        .map(|q| &q.key)
        .collect();
    let companies: HashSet<_> = desk
        .account_groups
        .iter()
        .filter(|l| l.group == finance && l.context == Context::Same)
        .map(|l| l.account.as_str())
        .collect();
    let seen = desk
        .tickets
        .iter()
        .filter(|t| queues.contains(&t.queue) && companies.contains(t.account.as_str()) && t.account != "GDANSK")
        .count();
    assert!((300..1500).contains(&seen), "{seen}");
    // And what leads to it is written down.
    let question = desk
        .tickets
        .iter()
        .find(|t| t.title.starts_with("How does our freight partner"))
        .unwrap();
    let hint = desk
        .activities
        .iter()
        .rfind(|a| a.ticket == question.id && !a.visible)
        .unwrap();
    assert!(hint.body.as_ref().unwrap().contains("a.nowak"));
}

#[test]
fn the_sample_has_everything_that_desks_tolerate() {
    let desk = load(built_in());
    let keys: HashSet<_> = desk.accounts.iter().map(|a| a.key.as_str()).collect();
    let logins: HashSet<_> = desk.users.iter().map(|u| u.login.as_str()).collect();
    let user = |login: &str| desk.users.iter().find(|u| u.login == login).unwrap();
    let some_user = |test: &dyn Fn(&ExternalUser) -> bool| desk.users.iter().any(test);
    assert!(some_user(&|u| u.validity == Validity::Invalid), "an invalid person");
    assert!(
        some_user(&|u| u.validity == Validity::InvalidTemporarily),
        "one for now"
    );
    assert!(some_user(&|u| u.account.is_empty()), "one without an account");
    assert!(some_user(&|u| u.has_password == Some(false)), "an empty password");
    assert!(
        some_user(&|u| u.account == "UTRECHT-OUD") && !keys.contains("UTRECHT-OUD"),
        "an account without a record"
    );
    assert!(
        some_user(&|u| u.account == "aachen") && keys.contains("AACHEN"),
        "another case"
    );
    assert_eq!(
        user("m.neumann").login.to_lowercase(),
        user("M.Neumann").login.to_lowercase()
    );
    assert_eq!(
        user("jana.novakova").email,
        user("j.novakova").email,
        "a mail address used twice"
    );
    assert!(
        desk.accounts
            .iter()
            .any(|a| a.validity == Validity::Invalid && a.key != "PRJ-EINVOICE")
    );
    assert!(
        desk.user_groups.iter().any(|l| !logins.contains(l.user.as_str())),
        "links of a dead login"
    );
    assert!(desk.user_accounts.iter().any(|l| !logins.contains(l.user.as_str())));
    assert!(
        desk.user_accounts.iter().any(|l| !keys.contains(l.account.as_str())),
        "a further account without a record"
    );
    let doubled = |count: usize, distinct: usize| assert_eq!(count, distinct + 1, "one row twice");
    doubled(
        desk.user_accounts.len(),
        desk.user_accounts
            .iter()
            .map(|l| (&l.user, &l.account))
            .collect::<HashSet<_>>()
            .len(),
    );
    let rights: HashSet<_> = desk
        .user_groups
        .iter()
        .map(|l| (&l.user, &l.group, &l.permission))
        .collect();
    doubled(desk.user_groups.len(), rights.len());
    let both = |user: &str| {
        desk.user_groups
            .iter()
            .filter(|l| l.user == user)
            .map(|l| l.permission.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(both("radek.novotny"), ["ro", "rw"]);
    let ticket = |test: &dyn Fn(&Ticket) -> bool| desk.tickets.iter().any(test);
    assert!(
        ticket(&|t| t.owner.is_empty() && t.account.is_empty()),
        "a ticket of nobody"
    );
    assert!(
        ticket(&|t| !t.owner.is_empty() && !logins.contains(t.owner.as_str())),
        "a ticket of an unknown login"
    );
    assert!(ticket(&|t| t.account == "aachen"), "a ticket's account in another case");
    let invalid: HashSet<_> = desk
        .queues
        .iter()
        .filter(|q| q.validity != Validity::Valid)
        .map(|q| &q.key)
        .collect();
    assert!(ticket(&|t| invalid.contains(&t.queue)), "a ticket in an invalid queue");
    assert!(ticket(&|t| t.state_kind == "merged") && ticket(&|t| t.state_kind == "new"));
}

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
