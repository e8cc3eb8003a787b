//! Innosoft: rights on addresses need the basic right. The story: a fitter was given an address to read and sees nothing
//! of it, for the basic right "Addresses" is missing; another one kept the address of his former employer.

use portico_core::model::{
    Address, Contact, ExternalUser, Group, Machine, Named, UserAddress, UserResponsibleAgent, UserResponsibleGroup,
    UserTicketState, UserTicketType, Validity,
};
use portico_core::snapshot::Batch;

use super::said::{Said, Way};
use super::{ACCOUNTS, PEOPLE, account_of, accounts, agents, person, settings, states, tickets, tickets_and_talk};
use crate::dice::Dice;

const SEED: u64 = 0x696e_6e6f;

const TYPES: [&str; 4] = ["Malfunction", "Maintenance", "Spare part", "Question"];
const GROUPS: [&str; 3] = ["Dispatch", "Field service", "Spare parts"];
const STATES: [(&str, &str, &str); 4] = [
    ("1", "New", "new"),
    ("2", "In progress", "open"),
    ("3", "Solved by customer", "open"),
    ("4", "Closed", "closed"),
];

fn address_of(n: u64) -> String {
    format!("A-{}", account_of(n).0)
}

fn places() -> (Vec<Address>, Vec<Machine>) {
    let address = |(key, name): &(&str, &str)| Address {
        key: format!("A-{key}"),
        number: format!("A-{key}"),
        name: format!("{name}, main site"),
        account: (*key).to_owned(),
        ..Address::default()
    };
    let machine = |(key, name): &(&str, &str)| Machine {
        key: format!("M-{key}"),
        number: format!("M-{key}"),
        name: format!("Compressor, {name}"),
        address: format!("A-{key}"),
        ..Machine::default()
    };
    (
        ACCOUNTS.iter().map(address).collect(),
        ACCOUNTS.iter().map(machine).collect(),
    )
}

fn named(names: &[&str]) -> Vec<Named> {
    let one = |(n, name): (usize, &&str)| Named {
        key: n.to_string(),
        name: (*name).to_owned(),
        validity: Validity::Valid,
    };
    names.iter().enumerate().map(one).collect()
}

fn links() -> Vec<Batch> {
    let key = |n: u64| (1000 + n).to_string();
    let some = |step: u64| (0..PEOPLE).filter(move |n| n % step == 0);
    let address = |n: u64, address: String, permission: &str| UserAddress {
        user: key(n),
        address,
        permission: permission.to_owned(),
    };
    let typed = |n: u64| UserTicketType {
        user: key(n),
        ticket_type: (n % 4).to_string(),
    };
    let state = |n: u64| UserTicketState {
        user: key(n),
        state: "3".to_owned(),
    };
    let group = |n: u64| UserResponsibleGroup {
        user: key(n),
        group: format!("g{}", n % 3),
    };
    let agent = |n: u64| UserResponsibleAgent {
        user: key(n),
        agent: "jakub".to_owned(),
    };
    vec![
        Batch::UserAddresses(
            some(3)
                .map(|n| address(n, address_of(n), "read"))
                .chain(some(8).map(|n| address(n, address_of(n), "write")))
                // Person 10 lacks the basic right; person 6 kept the address of another company.
                .chain([address(10, address_of(1), "read"), address(6, address_of(2), "write")])
                .collect(),
        ),
        Batch::UserTicketTypes((0..PEOPLE).map(typed).collect()),
        Batch::UserTicketStates(some(4).map(state).collect()),
        Batch::UserResponsibleGroups(some(2).map(group).collect()),
        Batch::UserResponsibleAgents(some(7).map(agent).collect()),
    ]
}

/// Requests and answers are visible for the customer, notes are not.
#[expect(clippy::unnecessary_wraps, reason = "other desks leave something out")]
fn way(said: Said, dice: &mut Dice) -> Option<Way> {
    let channels: &[Way] = match said {
        Said::Request | Said::FollowUp => &[("Portal", true), ("Portal", true), ("Phone", true)],
        Said::Answer => &[("Portal", true), ("Email", true)],
        Said::Automatic => &[("Email", true)],
        Said::Note => &[("Note", false)],
    };
    Some(dice.pick(channels))
}

pub(super) fn batches() -> Vec<Batch> {
    let user = |n: u64| ExternalUser {
        external: Some(true),
        address: address_of(n),
        right_addresses: n.is_multiple_of(3) && n != 10,
        right_machines: n.is_multiple_of(6),
        restrict_states: n.is_multiple_of(4),
        excel_export: n.is_multiple_of(10),
        main_group: "g0".to_owned(),
        ..person(SEED, n)
    };
    let contact = |n: u64| Contact {
        key: format!("P-{n}"),
        last_name: person(SEED, n).last_name,
        account: account_of(n).0.to_owned(),
        ..Contact::default()
    };
    let group = |(n, name): (usize, &&str)| Group {
        key: format!("g{n}"),
        name: (*name).to_owned(),
        ..Group::default()
    };
    let (addresses, machines) = places();
    let mut all = vec![
        Batch::Settings(settings(&[
            ("Portal::ForwardToGroup", "true"),
            ("Portal::Medium", "\"Portal\""),
            ("Portal::InitialStatus", "\"New\""),
            (
                "Portal::DashboardTabs",
                "[\"machines\",\"service_documents\",\"service_assignments\"]",
            ),
        ])),
        Batch::Groups(GROUPS.iter().enumerate().map(group).collect()),
        Batch::TicketTypes(named(&TYPES)),
        Batch::TicketStates(states(&STATES)),
        Batch::Agents(agents()),
        Batch::Accounts(accounts()),
        Batch::Addresses(addresses),
        Batch::Machines(machines),
        Batch::Contacts((0..20).map(contact).collect()),
        Batch::ExternalUsers((0..PEOPLE).map(user).collect()),
    ];
    all.extend(links());
    let tickets = tickets(SEED, ("2", "open"), ("4", "closed"), |_, dice| {
        let n = dice.below(PEOPLE);
        (person(SEED, n).login, address_of(n), String::new())
    });
    all.extend(tickets_and_talk(SEED, tickets, way));
    all
}
