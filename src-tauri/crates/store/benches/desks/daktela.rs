//! Daktela: people are paired with contacts, contacts have accounts, a flag shows the tickets of the whole account.

use portico_core::model::{Contact, ExternalUser, Ticket, UserContact};
use portico_core::snapshot::Batch;

use crate::world::{self, BIG, COMMON, Desk, FIRST, Hand, LINKS, Size, account_key};

pub(crate) struct Daktela;

/// A contact without an account, with whom nearly everybody is paired.
const RECEPTION: &str = "reception";

fn contact_key(person: i64) -> String {
    format!("contact{person}")
}

impl Desk for Daktela {
    fn name(&self) -> &'static str {
        "daktela"
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Every person is a contact too.
    fn directory(&self, size: &Size) -> Vec<Batch> {
        let contact = |n: i64| Contact {
            key: contact_key(n),
            last_name: format!("Contact {n}"),
            account: account_key(size.account_of(n)),
            ..Contact::default()
        };
        let reception = Contact {
            key: RECEPTION.to_owned(),
            last_name: RECEPTION.to_owned(),
            ..Contact::default()
        };
        vec![
            world::queues(),
            world::accounts(size),
            Batch::Contacts((0..size.users).map(contact).chain([reception]).collect()),
        ]
    }

    fn person(&self, size: &Size, n: i64, person: &mut ExternalUser) {
        person.account = String::new();
        person.account_tickets = n % 3 == 0 || ["typical", "heavy", "all"].iter().any(|role| size.is(n, role));
        if size.is(n, "links") {
            person.account_tickets = false;
        }
    }

    fn links(&self, size: &Size, people: &[i64]) -> Vec<Batch> {
        let mut pairs = Vec::new();
        for &n in people {
            let mut with = vec![contact_key(n)];
            if !size.is(n, "typical") {
                with.push(RECEPTION.to_owned());
            }
            if size.is(n, "all") {
                // One contact of each account.
                let others = (FIRST + 1..size.accounts()).map(|account| size.first_of(account));
                with.extend(others.chain([BIG]).map(contact_key));
            }
            if size.is(n, "links") {
                with.extend((0..LINKS).map(|other| contact_key(size.first_of(20 + other))));
            }
            pairs.extend(with.into_iter().map(|contact| UserContact {
                user: size.key(n),
                contact,
            }));
        }
        vec![Batch::UserContacts(pairs)]
    }

    fn ticket(&self, size: &Size, ticket: &mut Ticket) {
        ticket.owner = match size.place_of(ticket.id) {
            COMMON => RECEPTION.to_owned(),
            _ => contact_key(size.owner_of(ticket.id)),
        };
        ticket.account = String::new();
        ticket.queue = world::some_queue(size, ticket.id);
    }

    fn edit(&self) -> &'static str {
        "UPDATE external_user SET account_tickets = 1
         WHERE id IN (SELECT id FROM external_user WHERE present = 1 ORDER BY id LIMIT ?1)"
    }

    fn hand(&self) -> Hand {
        Hand {
            sees: include_str!("hand/daktela.sql"),
            own: "1",
            who: include_str!("hand/daktela_who.sql"),
        }
    }
}
