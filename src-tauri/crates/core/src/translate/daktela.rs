//! Daktela's half: a person is paired with contacts, a ticket has a contact, and a contact has an account.

use std::collections::{HashMap, HashSet};

use super::Effect::{Less, Lost, More, Same};
use super::{Half, Out, Statement};
use crate::model::{Contact, ExternalUser, Ticket, UserAccount, UserAccountView, UserContact};
use crate::settings::daktela::INVOLVEMENT;
use crate::snapshot::Batch;

const OWN: Statement = Statement::new(
    "daktela.read.own",
    Same,
    "The tickets of the contacts that a person is paired with are her own.",
);
const SHARED: Statement = Statement::counted(
    "daktela.read.shared",
    Less,
    "A contact that several people are paired with becomes that of the first of them; the others lose its tickets, unless they see the account's.",
);
const ACCOUNTS: Statement = Statement::new(
    "daktela.read.accounts",
    Same,
    "A person belongs to the accounts of her contacts, and sees their tickets by the flag \"Account tickets\".",
);
const COMMENTS: Statement = Statement::counted(
    "daktela.read.comments",
    Lost,
    "The right to external comments is left out.",
);

/// What reading says.
pub(super) const READ: &[Statement] = &[OWN, SHARED, ACCOUNTS, COMMENTS];

/// Reads Daktela's external portal.
#[derive(Default)]
pub(super) struct Read {
    involved: bool,
    /// The account of each contact.
    accounts: HashMap<String, String>,
    /// The person to whom a contact goes.
    people: HashMap<String, String>,
    /// The contacts of each person, in their order.
    contacts: HashMap<String, Vec<String>>,
}

impl Read {
    fn pair(&mut self, pairs: Vec<UserContact>, out: &mut Out) {
        for pair in pairs {
            let first = self.people.entry(pair.contact.clone());
            if *first.or_insert_with(|| pair.user.clone()) != pair.user {
                out.note(&SHARED, 1);
            }
            self.contacts.entry(pair.user).or_default().push(pair.contact);
        }
    }

    /// The accounts of a person's contacts, each once.
    fn accounts_of(&self, person: &str) -> Vec<String> {
        let mut accounts: Vec<String> = Vec::new();
        let contacts = self.contacts.get(person).into_iter().flatten();
        for account in contacts.filter_map(|contact| self.accounts.get(contact)) {
            if !account.is_empty() && !accounts.contains(account) {
                accounts.push(account.clone());
            }
        }
        accounts
    }

    fn take_people(&mut self, mut people: Vec<ExternalUser>, out: &mut Out) {
        let (mut further, mut views) = (Vec::new(), Vec::new());
        for person in &mut people {
            let accounts = self.accounts_of(&person.key);
            if person.account_tickets || self.involved {
                views.extend(accounts.iter().map(|account| UserAccountView {
                    user: person.key.clone(),
                    account: account.clone(),
                }));
            }
            let mut accounts = accounts.into_iter();
            person.account = accounts.next().unwrap_or_default();
            further.extend(accounts.map(|account| UserAccount {
                user: person.key.clone(),
                account,
            }));
            out.note(&COMMENTS, usize::from(person.external_comments));
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
            Batch::Settings(settings) => {
                let wide = "\"contact_or_company\"";
                self.involved = settings.iter().any(|s| s.name == INVOLVEMENT && s.value == wide);
            }
            Batch::Contacts(contacts) => self.accounts.extend(contacts.into_iter().map(|c| (c.key, c.account))),
            Batch::UserContacts(pairs) => self.pair(pairs, out),
            Batch::ExternalUsers(people) => self.take_people(people, out),
            // What is not said through a contact decides nothing there.
            Batch::UserAccounts(_) | Batch::UserAccountViews(_) => {}
            Batch::Tickets(mut tickets) => {
                for ticket in &mut tickets {
                    ticket.account = self.accounts.get(&ticket.owner).cloned().unwrap_or_default();
                    ticket.owner = self.people.get(&ticket.owner).cloned().unwrap_or_default();
                }
                out.give(Batch::Tickets(tickets));
            }
            other => out.give(other),
        }
    }
}

const PAIRED: Statement = Statement::new(
    "daktela.write.contact",
    Same,
    "Each external user is paired with a contact of her own for each of her accounts.",
);
const FLAG: Statement = Statement::counted(
    "daktela.write.flag",
    More,
    "\"Account tickets\" is one flag: who sees the tickets of one of her accounts sees those of all of them.",
);
const ELSEWHERE: Statement = Statement::counted(
    "daktela.write.elsewhere",
    Less,
    "A person's ticket of an account that she does not belong to goes to her own contact: others of that account lose it.",
);
const WITHOUT: Statement = Statement::counted(
    "daktela.write.without_account",
    More,
    "A person's ticket without an account gets that of her contact: others of that account may see it.",
);
const NOBODY: Statement = Statement::counted(
    "daktela.write.nobody",
    Same,
    "Tickets of an account and of nobody go to a contact of the account that nobody is paired with.",
);
const READING: Statement = Statement::new(
    "daktela.write.reading",
    Less,
    "Tickets can be read, not answered; external comments stay off.",
);

/// What writing says.
pub(super) const WRITE: &[Statement] = &[PAIRED, FLAG, ELSEWHERE, WITHOUT, NOBODY, READING];

/// Writes Daktela's external portal.
#[derive(Default)]
pub(super) struct Write {
    /// Main account of each person.
    mains: HashMap<String, String>,
    /// Further accounts of each person.
    further: HashMap<String, Vec<String>>,
    /// Accounts whose tickets a person sees.
    seen: HashMap<String, usize>,
    /// Accounts that have a contact with whom nobody is paired.
    nobodys: HashSet<String>,
}

/// The contact of a person for a further account of hers.
fn contact_of(person: &str, account: &str) -> String {
    format!("{person}@{account}")
}

/// The contact of an account whom nobody is paired with.
fn nobody_of(account: &str) -> String {
    format!("@{account}")
}

impl Write {
    fn take_people(&mut self, mut people: Vec<ExternalUser>, out: &mut Out) {
        let (mut contacts, mut pairs) = (Vec::new(), Vec::new());
        for person in &mut people {
            let main = std::mem::take(&mut person.account);
            let mut further = self.further.remove(&person.key).unwrap_or_default();
            further.retain(|account| *account != main);
            let seen = self.seen.get(&person.key).copied().unwrap_or(0);
            person.account_tickets = seen > 0;
            person.account_contacts = false;
            person.external_comments = false;
            if seen > 0 {
                let all = further.len() + usize::from(!main.is_empty());
                out.note(&FLAG, all.saturating_sub(seen));
            }
            let keys = std::iter::once((person.key.clone(), main.clone()));
            let more = further.iter().map(|a| (contact_of(&person.key, a), a.clone()));
            for (key, account) in keys.chain(more) {
                pairs.push(UserContact {
                    user: person.key.clone(),
                    contact: key.clone(),
                });
                contacts.push(contact(person, key, account));
            }
            self.mains.insert(person.key.clone(), main);
            self.further.insert(person.key.clone(), further);
        }
        out.give(Batch::Contacts(contacts));
        out.give(Batch::UserContacts(pairs));
        out.give(Batch::ExternalUsers(people));
    }

    /// The contact to whom a ticket goes.
    fn contact_for(&mut self, ticket: &Ticket, out: &mut Out) -> String {
        let account = &ticket.account;
        let Some(main) = self.mains.get(&ticket.owner) else {
            return self.nobody(account, out);
        };
        if account == main {
            return ticket.owner.clone();
        }
        if account.is_empty() {
            out.note(&WITHOUT, 1);
            return ticket.owner.clone();
        }
        let further = self.further.get(&ticket.owner);
        if further.is_some_and(|all| all.contains(account)) {
            return contact_of(&ticket.owner, account);
        }
        out.note(&ELSEWHERE, 1);
        ticket.owner.clone()
    }

    fn nobody(&mut self, account: &str, out: &mut Out) -> String {
        if account.is_empty() {
            return String::new();
        }
        out.note(&NOBODY, 1);
        let key = nobody_of(account);
        if self.nobodys.insert(account.to_owned()) {
            out.give(Batch::Contacts(vec![Contact {
                key: key.clone(),
                title: account.to_owned(),
                account: account.to_owned(),
                ..Contact::default()
            }]));
        }
        key
    }
}

fn contact(person: &ExternalUser, key: String, account: String) -> Contact {
    Contact {
        key,
        title: person.title.clone(),
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        email: person.email.clone(),
        phone: person.phone.clone(),
        mobile: person.mobile.clone(),
        account,
        description: String::new(),
    }
}

impl Half for Write {
    fn statements(&self) -> &'static [Statement] {
        WRITE
    }

    fn take(&mut self, batch: Batch, out: &mut Out) {
        match batch {
            Batch::UserAccounts(links) => {
                for link in links {
                    let further = self.further.entry(link.user).or_default();
                    if !further.contains(&link.account) {
                        further.push(link.account);
                    }
                }
            }
            Batch::UserAccountViews(views) => {
                for view in views {
                    *self.seen.entry(view.user).or_default() += 1;
                }
            }
            Batch::ExternalUsers(people) => self.take_people(people, out),
            Batch::Tickets(mut tickets) => {
                for ticket in &mut tickets {
                    ticket.owner = self.contact_for(ticket, out);
                    ticket.account.clear();
                }
                out.give(Batch::Tickets(tickets));
            }
            other => out.give(other),
        }
    }
}
