//! Innosoft: tickets belong to addresses, people may read some of them.

use portico_core::model::{Address, ExternalUser, Ticket, UserAddress};
use portico_core::snapshot::Batch;

use crate::world::{self, COMMON, Desk, Hand, LINKS, Size, account_key};

pub(crate) struct Innosoft;

fn address_key(n: i64) -> String {
    format!("A{n}")
}

impl Desk for Innosoft {
    fn name(&self) -> &'static str {
        "innosoft"
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Every account has one address.
    fn directory(&self, size: &Size) -> Vec<Batch> {
        let address = |n: i64| Address {
            key: address_key(n),
            number: address_key(n),
            name: format!("Site {n}"),
            account: account_key(n),
            ..Address::default()
        };
        vec![
            world::accounts(size),
            Batch::Addresses((0..size.accounts()).map(address).collect()),
        ]
    }

    fn person(&self, size: &Size, n: i64, person: &mut ExternalUser) {
        person.external = Some(true);
        person.address = address_key(size.account_of(n));
        person.right_addresses = n % 10 != 9 || size.is(n, "all") || size.is(n, "links") || size.is(n, "crowd");
    }

    fn links(&self, size: &Size, people: &[i64]) -> Vec<Batch> {
        let mut granted = Vec::new();
        for &n in people {
            let mut of = Vec::new();
            if !size.is(n, "typical") {
                of.push(COMMON);
            }
            if size.is(n, "all") {
                of = (0..size.accounts()).collect();
            }
            if size.is(n, "links") {
                of.extend(20..20 + LINKS);
            }
            granted.extend(of.into_iter().map(|address| UserAddress {
                user: size.key(n),
                address: address_key(address),
                permission: if address % 5 == 4 { "write" } else { "read" }.to_owned(),
            }));
        }
        vec![Batch::UserAddresses(granted)]
    }

    fn ticket(&self, size: &Size, ticket: &mut Ticket) {
        ticket.account = address_key(size.place_of(ticket.id));
    }

    fn edit(&self) -> &'static str {
        "INSERT OR IGNORE INTO user_address (user_id, address_id, permission)
         SELECT u.id, a.id, 'read' FROM (SELECT id FROM external_user WHERE present = 1 ORDER BY id LIMIT ?1) u
         JOIN address a ON a.number = 'A7'"
    }

    fn hand(&self) -> Hand {
        Hand {
            sees: include_str!("hand/innosoft.sql"),
            own: "1",
            who: include_str!("hand/innosoft_who.sql"),
        }
    }
}
