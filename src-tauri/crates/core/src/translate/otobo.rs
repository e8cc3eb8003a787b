//! OTOBO's half: a ticket names its customer user by login and its customer by id; who belongs to a customer sees the
//! company tickets; rights on groups narrow both.

use std::collections::{HashMap, HashSet};

use super::Effect::{Less, Lost, More, Same};
use super::{Half, Out, Statement, setting};
use crate::fold;
use crate::model::{Context, ExternalUser, Group, Queue, Ticket, UserAccount, UserAccountView};
use crate::settings::otobo::{ALWAYS, COMPANY_ALWAYS, DATABASE, NO_COMPANY, OTHER, SERVICES, SETTLED, SUPPORT, TYPES};
use crate::snapshot::Batch;

const OWN: Statement = Statement::new(
    "otobo.read.own",
    Same,
    "Tickets whose customer user has a person's login, whatever the case, are her own.",
);
const COMPANY: Statement = Statement::new(
    "otobo.read.company",
    Same,
    "Who belongs to a customer sees all its tickets, unless company tickets are switched off.",
);
const GROUPS: Statement = Statement::counted(
    "otobo.read.groups",
    More,
    "Rights on groups are left out: tickets are seen whatever their queue.",
);
const OTHERS: Statement = Statement::counted(
    "otobo.read.others",
    Less,
    "Rights of a customer on tickets of other customers are left out.",
);
const SERVED: Statement = Statement::counted("otobo.read.services", Lost, "Services of people are left out.");

/// What reading says.
pub(super) const READ: &[Statement] = &[OWN, COMPANY, GROUPS, OTHERS, SERVED];

/// Reads OTOBO's customer interface.
#[derive(Default)]
pub(super) struct Read {
    /// Access through accounts is off.
    no_company: bool,
    /// Keys by login, and by login without regard to case.
    logins: HashMap<String, String>,
    folded: HashMap<String, String>,
    /// Who is linked to which account, besides her main one.
    links: HashSet<(String, String)>,
}

impl Read {
    fn see<'a>(&self, links: impl Iterator<Item = (&'a str, &'a str)>, out: &mut Out) {
        if self.no_company {
            return;
        }
        let views = links.map(|(user, account)| UserAccountView {
            user: user.to_owned(),
            account: account.to_owned(),
        });
        out.give(Batch::UserAccountViews(views.collect()));
    }

    fn people(&mut self, people: Vec<ExternalUser>, out: &mut Out) {
        for person in &people {
            self.logins.insert(person.login.clone(), person.key.clone());
            let folded = self.folded.entry(fold::full(&person.login));
            folded.or_insert_with(|| person.key.clone());
        }
        let mains = people.iter().filter(|p| !p.account.is_empty());
        let mains = mains.filter(|p| !self.links.contains(&(p.key.clone(), p.account.clone())));
        self.see(mains.map(|p| (p.key.as_str(), p.account.as_str())), out);
        out.give(Batch::ExternalUsers(people));
    }

    fn links(&mut self, links: Vec<UserAccount>, out: &mut Out) {
        self.see(links.iter().map(|l| (l.user.as_str(), l.account.as_str())), out);
        let both = |l: &UserAccount| (l.user.clone(), l.account.clone());
        self.links.extend(links.iter().map(both));
        out.give(Batch::UserAccounts(links));
    }

    fn owner(&self, login: &str) -> String {
        let known = self.logins.get(login);
        let known = known.or_else(|| self.folded.get(&fold::full(login)));
        known.cloned().unwrap_or_default()
    }
}

impl Half for Read {
    fn statements(&self) -> &'static [Statement] {
        READ
    }

    fn take(&mut self, batch: Batch, out: &mut Out) {
        match batch {
            Batch::Settings(settings) => {
                self.no_company = settings.iter().any(|s| s.name == NO_COMPANY && s.value == "true");
            }
            Batch::ExternalUsers(people) => self.people(people, out),
            Batch::UserAccounts(links) => self.links(links, out),
            Batch::UserGroups(rights) => out.note(&GROUPS, rights.len()),
            Batch::AccountGroups(rights) => {
                let others = rights.iter().filter(|r| r.context == Context::Other).count();
                out.note(&OTHERS, others);
                out.note(&GROUPS, rights.len() - others);
            }
            Batch::UserServices(services) => out.note(&SERVED, services.len()),
            Batch::Groups(_) | Batch::Backends(_) => {}
            Batch::Queues(mut queues) => {
                for queue in &mut queues {
                    queue.group.clear();
                }
                out.give(Batch::Queues(queues));
            }
            Batch::Tickets(mut tickets) => {
                for ticket in &mut tickets {
                    ticket.owner = self.owner(&ticket.owner);
                }
                out.give(Batch::Tickets(tickets));
            }
            other => out.give(other),
        }
    }
}

const LOGIN: Statement = Statement::new(
    "otobo.write.login",
    Same,
    "Each external user becomes a customer user; her tickets name her login.",
);
const ALL: Statement = Statement::counted(
    "otobo.write.company",
    More,
    "Company tickets shows the tickets of all customers that a person belongs to; it cannot be switched off for one person.",
);
const SUPPORTED: Statement = Statement::new(
    "otobo.write.groups",
    Same,
    "All queues belong to the group \"users\" and group support stays off: every queue is open to everybody. Switch it on to narrow them.",
);
const QUEUES: Statement = Statement::counted(
    "otobo.write.queue",
    Same,
    "Tickets without a queue go to the queue \"Misc\".",
);
const NOTHING_ELSE: Statement = Statement::new(
    "otobo.write.settled",
    Same,
    "It is taken for granted that no access control list or other module decides.",
);

/// What writing says.
pub(super) const WRITE: &[Statement] = &[LOGIN, ALL, SUPPORTED, QUEUES, NOTHING_ELSE];

/// The group of all queues.
const USERS: &str = "users";
/// The queue of tickets that have none.
const MISC: &str = "Misc";

fn queue(key: &str) -> Queue {
    Queue {
        key: key.to_owned(),
        name: key.to_owned(),
        group: USERS.to_owned(),
        ..Queue::default()
    }
}

/// Writes OTOBO's customer interface.
#[derive(Default)]
pub(super) struct Write {
    queues: HashSet<String>,
    logins: HashMap<String, String>,
    /// Links of people to accounts, and those of them whose tickets are seen.
    links: usize,
    seen: usize,
}

impl Write {
    /// A ticket is always in a queue, and a queue always in a group.
    fn ticket(&mut self, ticket: &mut Ticket, out: &mut Out) {
        ticket.owner = self.logins.get(&ticket.owner).cloned().unwrap_or_default();
        if ticket.queue.is_empty() {
            MISC.clone_into(&mut ticket.queue);
            out.note(&QUEUES, 1);
        }
        if !self.queues.contains(&ticket.queue) {
            self.queues.insert(ticket.queue.clone());
            out.give(Batch::Queues(vec![queue(&ticket.queue)]));
        }
    }
}

impl Half for Write {
    fn statements(&self) -> &'static [Statement] {
        WRITE
    }

    fn take(&mut self, batch: Batch, out: &mut Out) {
        match batch {
            Batch::ExternalUsers(people) => {
                let login = |p: &ExternalUser| (p.key.clone(), p.login.clone());
                self.logins.extend(people.iter().map(login));
                self.links += people.iter().filter(|p| !p.account.is_empty()).count();
                out.give(Batch::ExternalUsers(people));
            }
            Batch::UserAccounts(links) => {
                self.links += links.len();
                out.give(Batch::UserAccounts(links));
            }
            Batch::UserAccountViews(views) => self.seen += views.len(),
            Batch::Groups(_) => {}
            Batch::Queues(mut queues) => {
                for queue in &mut queues {
                    USERS.clone_into(&mut queue.group);
                }
                self.queues.extend(queues.iter().map(|queue| queue.key.clone()));
                out.give(Batch::Queues(queues));
            }
            Batch::Tickets(mut tickets) => {
                for ticket in &mut tickets {
                    self.ticket(ticket, out);
                }
                out.give(Batch::Tickets(tickets));
            }
            other => out.give(other),
        }
    }

    fn finish(&mut self, out: &mut Out) {
        out.give(Batch::Groups(vec![Group {
            key: USERS.to_owned(),
            name: USERS.to_owned(),
            ..Group::default()
        }]));
        let nobody = self.seen == 0;
        if !nobody {
            out.note(&ALL, self.links.saturating_sub(self.seen));
        }
        out.give(Batch::Settings(vec![
            setting(NO_COMPANY, if nobody { "true" } else { "false" }),
            setting(SUPPORT, "false"),
            setting(ALWAYS, "[]"),
            setting(COMPANY_ALWAYS, "[]"),
            setting(OTHER, "false"),
            setting(TYPES, "true"),
            setting(SERVICES, "false"),
            setting(DATABASE, "\"postgresql\""),
            setting(SETTLED, "true"),
        ]));
    }
}
