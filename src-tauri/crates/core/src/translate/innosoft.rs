//! Innosoft's half: tickets belong to addresses, and a person reads those that are granted to her.

use std::collections::{HashMap, HashSet};

use super::Effect::{Lost, More, Same};
use super::{Half, Out, Statement, rename_owners};
use crate::model::{Account, Address, ExternalUser, UserAccount, UserAccountView, UserAddress, Validity};
use crate::snapshot::Batch;

const OWN: Statement = Statement::new(
    "innosoft.read.own",
    Same,
    "Tickets that name a person as their portal user are her own.",
);
const ADDRESSES: Statement = Statement::counted(
    "innosoft.read.addresses",
    Same,
    "Addresses become accounts; who may read an address sees the account's tickets.",
);
const CUSTOMERS: Statement = Statement::counted(
    "innosoft.read.accounts",
    Lost,
    "The accounts to which addresses belong are left out.",
);
const WRITING: Statement = Statement::counted(
    "innosoft.read.write",
    Lost,
    "The right to change an address is left out.",
);
const ALLOWED: Statement = Statement::counted(
    "innosoft.read.allowed",
    Lost,
    "Ticket types, statuses, responsible groups and agents of people are left out.",
);
const INTERNAL: Statement = Statement::counted(
    "innosoft.read.internal",
    Same,
    "Who is not marked as external cannot use the portal, and becomes invalid.",
);

/// What reading says.
pub(super) const READ: &[Statement] = &[OWN, ADDRESSES, CUSTOMERS, WRITING, ALLOWED, INTERNAL];

/// Reads Innosoft's customer portal.
#[derive(Default)]
pub(super) struct Read {
    granted: HashMap<String, Vec<String>>,
    logins: HashMap<String, String>,
}

fn account(address: Address) -> Account {
    let name = if address.name.is_empty() {
        address.number
    } else {
        address.name
    };
    Account {
        key: address.key,
        name,
        street: address.street,
        zip: address.zip,
        city: address.city,
        country: address.country,
        validity: address.validity,
        ..Account::default()
    }
}

impl Read {
    fn grant(&mut self, grants: Vec<UserAddress>, out: &mut Out) {
        for grant in grants {
            out.note(&WRITING, usize::from(grant.permission == "write"));
            let all = self.granted.entry(grant.user).or_default();
            if !all.contains(&grant.address) {
                all.push(grant.address);
            }
        }
    }

    fn people(&mut self, mut people: Vec<ExternalUser>, out: &mut Out) {
        let (mut further, mut views) = (Vec::new(), Vec::new());
        for person in &mut people {
            self.logins.insert(person.login.clone(), person.key.clone());
            if person.external == Some(false) && person.validity == Validity::Valid {
                person.validity = Validity::Invalid;
                out.note(&INTERNAL, 1);
            }
            person.account = std::mem::take(&mut person.address);
            let mut granted = self.granted.remove(&person.key).unwrap_or_default();
            // A grant counts only with the basic right; one's own address needs neither.
            granted.retain(|address| person.right_addresses && *address != person.account);
            let own = Some(&person.account).filter(|own| !own.is_empty());
            views.extend(own.into_iter().chain(&granted).map(|address| UserAccountView {
                user: person.key.clone(),
                account: address.clone(),
            }));
            further.extend(granted.into_iter().map(|account| UserAccount {
                user: person.key.clone(),
                account,
            }));
        }
        out.give(Batch::UserAccounts(further));
        out.give(Batch::UserAccountViews(views));
        out.give(Batch::ExternalUsers(people));
    }
}

impl Half for Read {
    fn statements(&self) -> &'static [Statement] {
        READ
    }

    fn take(&mut self, batch: Batch, out: &mut Out) {
        match batch {
            Batch::Settings(_) | Batch::Machines(_) | Batch::UserAccounts(_) | Batch::UserAccountViews(_) => {}
            Batch::Accounts(accounts) => out.note(&CUSTOMERS, accounts.len()),
            Batch::Addresses(addresses) => {
                out.note(&ADDRESSES, addresses.len());
                out.give(Batch::Accounts(addresses.into_iter().map(account).collect()));
            }
            Batch::UserAddresses(grants) => self.grant(grants, out),
            Batch::ExternalUsers(people) => self.people(people, out),
            Batch::UserTicketTypes(all) => out.note(&ALLOWED, all.len()),
            Batch::UserTicketStates(all) => out.note(&ALLOWED, all.len()),
            Batch::UserResponsibleGroups(all) => out.note(&ALLOWED, all.len()),
            Batch::UserResponsibleAgents(all) => out.note(&ALLOWED, all.len()),
            Batch::Tickets(tickets) => out.give(rename_owners(tickets, &self.logins)),
            other => out.give(other),
        }
    }
}

const PLACES: Statement = Statement::counted(
    "innosoft.write.addresses",
    Same,
    "Accounts become addresses; the tickets of an account are those of its address.",
);
const MAIN: Statement = Statement::counted(
    "innosoft.write.own_address",
    More,
    "The address that a person belongs to is readable: who belonged to an account without seeing its tickets sees them.",
);
const LINKED: Statement = Statement::counted(
    "innosoft.write.further",
    Lost,
    "Further accounts whose tickets a person does not see are left out.",
);

/// What writing says.
pub(super) const WRITE: &[Statement] = &[PLACES, MAIN, LINKED];

/// Writes Innosoft's customer portal.
#[derive(Default)]
pub(super) struct Write {
    seen: HashMap<String, HashSet<String>>,
    links: HashMap<String, usize>,
    logins: HashMap<String, String>,
}

fn address(account: Account) -> Address {
    Address {
        number: account.key.clone(),
        key: account.key,
        name: account.name,
        street: account.street,
        zip: account.zip,
        city: account.city,
        country: account.country,
        account: String::new(),
        validity: account.validity,
    }
}

impl Write {
    fn people(&mut self, mut people: Vec<ExternalUser>, out: &mut Out) {
        let mut grants = Vec::new();
        for person in &mut people {
            self.logins.insert(person.key.clone(), person.login.clone());
            person.address = std::mem::take(&mut person.account);
            let mut seen = self.seen.remove(&person.key).unwrap_or_default();
            let main = seen.remove(&person.address);
            out.note(&MAIN, usize::from(!main && !person.address.is_empty()));
            let links = self.links.get(&person.key).copied().unwrap_or(0);
            out.note(&LINKED, links.saturating_sub(seen.len()));
            person.external = Some(true);
            person.right_addresses = !seen.is_empty();
            let mut seen: Vec<String> = seen.into_iter().collect();
            seen.sort();
            grants.extend(seen.into_iter().map(|address| UserAddress {
                user: person.key.clone(),
                address,
                permission: "read".to_owned(),
            }));
        }
        out.give(Batch::UserAddresses(grants));
        out.give(Batch::ExternalUsers(people));
    }
}

impl Half for Write {
    fn statements(&self) -> &'static [Statement] {
        WRITE
    }

    fn take(&mut self, batch: Batch, out: &mut Out) {
        match batch {
            Batch::Accounts(accounts) => {
                out.note(&PLACES, accounts.len());
                out.give(Batch::Addresses(accounts.into_iter().map(address).collect()));
            }
            Batch::UserAccounts(links) => {
                for link in links {
                    *self.links.entry(link.user).or_default() += 1;
                }
            }
            Batch::UserAccountViews(views) => {
                for view in views {
                    self.seen.entry(view.user).or_default().insert(view.account);
                }
            }
            Batch::ExternalUsers(people) => self.people(people, out),
            Batch::Tickets(tickets) => out.give(rename_owners(tickets, &self.logins)),
            other => out.give(other),
        }
    }
}
