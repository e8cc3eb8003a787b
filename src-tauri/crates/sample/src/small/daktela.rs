//! Daktela: people are paired with contacts. The story: a dispatcher is paired with the contact of another company, and
//! her flag "Account tickets" shows her all of that company's tickets. Comments are marked as external in categories that
//! do not allow them, too.

use portico_core::model::{Contact, ExternalUser, Queue, UserContact, Validity};
use portico_core::snapshot::Batch;

use super::said::{Said, Way};
use super::{PEOPLE, account_of, accounts, agents, person, settings, states, tickets, tickets_and_talk};
use crate::dice::Dice;

const SEED: u64 = 0x6461_6b74;

/// Names of the categories, and whether external comments are allowed there.
const CATEGORIES: [(&str, bool); 5] = [
    ("Support", true),
    ("Complaints", true),
    ("Invoices", false),
    ("Deliveries", true),
    ("Internal", false),
];

/// E-mails, calls, chats and comments. What is no comment is not marked: its kind says how it is shown.
#[expect(clippy::unnecessary_wraps, reason = "other desks leave something out")]
fn way(said: Said, dice: &mut Dice) -> Option<Way> {
    let channels: &[Way] = match said {
        Said::Request => &[("EMAIL", true), ("EMAIL", true), ("CALL", true), ("CHAT", true)],
        Said::FollowUp | Said::Answer => &[("EMAIL", true), ("CALL", true), ("COMMENT", true)],
        Said::Automatic => &[("EMAIL", true)],
        Said::Note => &[("COMMENT", false)],
    };
    Some(dice.pick(channels))
}

pub(super) fn batches() -> Vec<Batch> {
    let contact = |n: u64| {
        let person = person(SEED, n);
        Contact {
            key: format!("contact_{n}"),
            title: person.title,
            first_name: person.first_name,
            last_name: person.last_name,
            email: person.email,
            account: account_of(n).0.to_owned(),
            ..Contact::default()
        }
    };
    let user = |n: u64| ExternalUser {
        has_password: Some(true),
        account_contacts: n.is_multiple_of(9),
        account_tickets: n.is_multiple_of(5),
        external_comments: n.is_multiple_of(3),
        ..person(SEED, n)
    };
    let pair = |n: u64, contact: u64| UserContact {
        user: (1000 + n).to_string(),
        contact: format!("contact_{contact}"),
    };
    let category = |(n, (name, external_comments)): (usize, &(&str, bool))| Queue {
        key: format!("category_{n}"),
        name: (*name).to_owned(),
        external_comments: *external_comments,
        validity: Validity::Valid,
        ..Queue::default()
    };
    let mut all = vec![
        Batch::Settings(settings(&[("Portal::Instance", "\"northwind.example\"")])),
        Batch::Queues(CATEGORIES.iter().enumerate().map(category).collect()),
        Batch::TicketStates(states(&[
            ("OPEN", "Open", "open"),
            ("WAIT", "Waiting", "pending reminder"),
            ("CLOSE", "Closed", "closed"),
        ])),
        Batch::Agents(agents()),
        Batch::Accounts(accounts()),
        Batch::Contacts((0..PEOPLE).map(contact).collect()),
        Batch::ExternalUsers((0..PEOPLE).map(user).collect()),
        // Person 5 has "account tickets", and is paired with somebody of another company too.
        Batch::UserContacts((0..PEOPLE).map(|n| pair(n, n)).chain([pair(5, 1)]).collect()),
    ];
    all.extend(tickets_and_talk(
        SEED,
        tickets(SEED, ("OPEN", "open"), ("CLOSE", "closed"), |_, dice| {
            let n = dice.below(PEOPLE);
            (
                format!("contact_{n}"),
                account_of(n).0.to_owned(),
                format!("category_{}", dice.below(CATEGORIES.len() as u64)),
            )
        }),
        way,
    ));
    all
}
