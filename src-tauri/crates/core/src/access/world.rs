//! A world in memory that answers facts by brute force: for tests, so that they share no code with the store.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::decide::{Case, Person, Subject, Workspace, holds};
use super::fact::{AccountRow, AnyOf, Dimension, Flag, Fold, Key, Matching, Set};
use super::rule::Node;
use super::setting::{Settings, Value};
use crate::model::{
    Account, AccountGroup, Activity, Agent, Contact, Context, ExternalUser, Group, GroupObject, Named, PortalObject,
    Queue, Ticket, TicketState, UserAccount, UserAccountView, UserAddress, UserContact, UserGroup, UserObject,
    UserResponsibleAgent, UserResponsibleGroup, UserService, UserTicketState, UserTicketType, Validity,
};
use crate::snapshot::Batch;

/// Everything, as the source gave it.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is named like what it holds")]
pub struct World {
    pub settings: Settings,
    pub groups: Vec<Group>,
    pub queues: Vec<Queue>,
    pub types: Vec<Named>,
    pub states: Vec<TicketState>,
    pub priorities: Vec<Named>,
    pub services: Vec<Named>,
    pub accounts: Vec<Account>,
    pub users: Vec<ExternalUser>,
    pub user_accounts: Vec<UserAccount>,
    pub user_groups: Vec<UserGroup>,
    pub account_groups: Vec<AccountGroup>,
    pub user_services: Vec<UserService>,
    pub contacts: Vec<Contact>,
    pub agents: Vec<Agent>,
    pub objects: Vec<PortalObject>,
    pub user_contacts: Vec<UserContact>,
    pub user_account_views: Vec<UserAccountView>,
    pub user_addresses: Vec<UserAddress>,
    pub user_objects: Vec<UserObject>,
    pub group_objects: Vec<GroupObject>,
    pub user_types: Vec<UserTicketType>,
    pub user_states: Vec<UserTicketState>,
    pub user_responsible_groups: Vec<UserResponsibleGroup>,
    pub user_responsible_agents: Vec<UserResponsibleAgent>,
    pub tickets: Vec<Ticket>,
    pub activities: Vec<Activity>,
}

impl World {
    /// Takes in a batch; settings are given apart, as values.
    pub fn take(&mut self, batch: Batch) {
        match batch {
            Batch::Groups(v) => self.groups.extend(v),
            Batch::Queues(v) => self.queues.extend(v),
            Batch::TicketTypes(v) => self.types.extend(v),
            Batch::TicketStates(v) => self.states.extend(v),
            Batch::TicketPriorities(v) => self.priorities.extend(v),
            Batch::Services(v) => self.services.extend(v),
            Batch::Accounts(v) => self.accounts.extend(v),
            Batch::ExternalUsers(v) => self.users.extend(v),
            Batch::UserAccounts(v) => self.user_accounts.extend(v),
            Batch::UserGroups(v) => self.user_groups.extend(v),
            Batch::AccountGroups(v) => self.account_groups.extend(v),
            Batch::UserServices(v) => self.user_services.extend(v),
            Batch::Tickets(v) => self.tickets.extend(v),
            Batch::Activities(v) => self.activities.extend(v),
            Batch::Contacts(v) => self.contacts.extend(v),
            Batch::Agents(v) => self.agents.extend(v),
            Batch::PortalObjects(v) => self.objects.extend(v),
            Batch::UserContacts(v) => self.user_contacts.extend(v),
            Batch::UserAccountViews(v) => self.user_account_views.extend(v),
            Batch::UserAddresses(v) => self.user_addresses.extend(v),
            Batch::UserObjects(v) => self.user_objects.extend(v),
            Batch::GroupObjects(v) => self.group_objects.extend(v),
            Batch::UserTicketTypes(v) => self.user_types.extend(v),
            Batch::UserTicketStates(v) => self.user_states.extend(v),
            Batch::UserResponsibleGroups(v) => self.user_responsible_groups.extend(v),
            Batch::UserResponsibleAgents(v) => self.user_responsible_agents.extend(v),
            // Settings are given apart; about the others no model asks.
            Batch::Settings(_) | Batch::Backends(_) | Batch::Addresses(_) | Batch::Machines(_) => {}
        }
    }

    /// All of it as batches, links in the desk's keys.
    pub fn batches(&self) -> Vec<Batch> {
        vec![
            Batch::Groups(self.groups.clone()),
            Batch::Queues(self.queues.clone()),
            Batch::TicketTypes(self.types.clone()),
            Batch::TicketStates(self.states.clone()),
            Batch::TicketPriorities(self.priorities.clone()),
            Batch::Services(self.services.clone()),
            Batch::Accounts(self.accounts.clone()),
            Batch::ExternalUsers(self.users.clone()),
            Batch::UserAccounts(self.user_accounts.clone()),
            Batch::UserGroups(self.user_groups.clone()),
            Batch::AccountGroups(self.account_groups.clone()),
            Batch::UserServices(self.user_services.clone()),
            Batch::Contacts(self.contacts.clone()),
            Batch::Agents(self.agents.clone()),
            Batch::PortalObjects(self.objects.clone()),
            Batch::UserContacts(self.user_contacts.clone()),
            Batch::UserAccountViews(self.user_account_views.clone()),
            Batch::UserAddresses(self.user_addresses.clone()),
            Batch::UserObjects(self.user_objects.clone()),
            Batch::GroupObjects(self.group_objects.clone()),
            Batch::UserTicketTypes(self.user_types.clone()),
            Batch::UserTicketStates(self.user_states.clone()),
            Batch::UserResponsibleGroups(self.user_responsible_groups.clone()),
            Batch::UserResponsibleAgents(self.user_responsible_agents.clone()),
            Batch::Tickets(self.tickets.clone()),
            Batch::Activities(self.activities.clone()),
        ]
    }

    /// The person with this key; `None` where there is no such record.
    pub fn person(&self, key: &str) -> Option<WorldPerson<'_>> {
        self.users
            .iter()
            .find(|u| u.key == key)
            .map(|user| WorldPerson { world: self, user })
    }

    /// A ticket as a subject.
    pub fn ticket<'a>(&'a self, ticket: &'a Ticket) -> WorldSubject<'a> {
        let queue = self.queues.iter().find(|q| q.key == ticket.queue);
        let group = queue.and_then(|q| self.groups.iter().find(|g| g.key == q.group));
        WorldSubject {
            owner: &ticket.owner,
            account: &ticket.account,
            contact_account: self.account_of(&ticket.owner),
            group,
            queue,
            state_kind: &ticket.state_kind,
            archived: ticket.archived,
            ..WorldSubject::default()
        }
    }

    /// A queue as a subject.
    pub fn queue<'a>(&'a self, queue: &'a Queue) -> WorldSubject<'a> {
        let group = self.groups.iter().find(|g| g.key == queue.group);
        WorldSubject {
            group,
            queue: Some(queue),
            validity: Some(queue.validity),
            ..WorldSubject::default()
        }
    }

    /// The names of valid groups.
    fn valid_groups(&self) -> Vec<&Group> {
        self.groups.iter().filter(|g| g.validity == Validity::Valid).collect()
    }

    fn group_name(&self, key: &str) -> Option<&str> {
        self.groups
            .iter()
            .find(|g| g.key == key && g.validity == Validity::Valid)
            .map(|g| g.name.as_str())
    }

    /// Numbers of the tickets for which the tree holds, newest first.
    pub fn numbers(&self, node: &Node, person: &WorldPerson<'_>, verdict: Option<bool>) -> Vec<String> {
        let mut found: Vec<&Ticket> = self
            .tickets
            .iter()
            .filter(|t| {
                holds(
                    node,
                    &Case {
                        person,
                        subject: &self.ticket(t),
                        workspace: self,
                    },
                ) == verdict
            })
            .collect();
        found.sort_by_key(|t| (-t.created, t.id));
        found.into_iter().map(|t| t.number.clone()).collect()
    }
}

/// A person of the world.
#[derive(Debug, Clone, Copy)]
pub struct WorldPerson<'a> {
    pub(super) world: &'a World,
    pub(super) user: &'a ExternalUser,
}

impl WorldPerson<'_> {
    fn accounts(&self, matching: Matching) -> Vec<String> {
        let mut keys = Vec::new();
        if !self.user.account.is_empty() {
            keys.push(self.user.account.clone());
        }
        for link in &self.world.user_accounts {
            if matching.fold().same(&link.user, &self.user.key) && !keys.contains(&link.account) {
                keys.push(link.account.clone());
            }
        }
        keys
    }

    fn account_groups(&self, any_of: AnyOf, other: bool, matching: Matching) -> Vec<String> {
        let accounts = self.accounts(matching);
        let context = if other { Context::Other } else { Context::Same };
        let mut names = BTreeSet::new();
        for row in &self.world.account_groups {
            if row.context == context
                && any_of.contains(&row.permission.as_str())
                && accounts.iter().any(|a| matching.fold().same(a, &row.account))
            {
                names.extend(self.world.group_name(&row.group).map(str::to_owned));
            }
        }
        names.into_iter().collect()
    }

    fn accessible(&self, any_of: AnyOf, other: bool, matching: Matching) -> Vec<String> {
        let mut keys: BTreeSet<String> = self.accounts(matching).into_iter().collect();
        if other {
            let groups = self.account_groups(any_of, true, matching);
            for row in &self.world.account_groups {
                let reached = self
                    .world
                    .group_name(&row.group)
                    .is_some_and(|g| groups.iter().any(|n| n == g));
                if row.context == Context::Same && any_of.contains(&row.permission.as_str()) && reached {
                    keys.insert(row.account.clone());
                }
            }
        }
        let valid = |key: &String| {
            self.world
                .accounts
                .iter()
                .any(|a| a.key == *key && a.validity == Validity::Valid)
        };
        keys.into_iter().filter(valid).collect()
    }

    fn services(&self, login: &str) -> Vec<String> {
        self.world
            .user_services
            .iter()
            .filter(|l| l.user == login)
            .filter_map(|l| self.world.services.iter().find(|s| s.key == l.service))
            .map(|s| s.name.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }
}

impl Person for WorldPerson<'_> {
    fn values(&self, set: &Set) -> Cow<'_, [String]> {
        let values = match *set {
            Set::Login => vec![self.user.login.clone()],
            Set::Accounts { matching } => self.accounts(matching),
            Set::Accessible {
                any_of,
                other,
                matching,
            } => self.accessible(any_of, other, matching),
            Set::Groups { any_of, matching } => self
                .world
                .user_groups
                .iter()
                .filter(|l| matching.fold().same(&l.user, &self.user.key) && any_of.contains(&l.permission.as_str()))
                .filter_map(|l| self.world.group_name(&l.group))
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            Set::AccountGroups {
                any_of,
                other,
                matching,
            } => self.account_groups(any_of, other, matching),
            Set::Services => self.services(&self.user.key),
            ref set if set.is_common() => Vec::new(),
            ref other => self.named(other),
        };
        Cow::Owned(values)
    }

    fn flag(&self, flag: Flag) -> bool {
        match flag {
            Flag::Valid => self.user.validity == Validity::Valid,
            Flag::NotRegistered => self.user.validity == Validity::NotRegistered,
            Flag::External => self.user.external.unwrap_or(true),
            Flag::AccountContacts => self.user.account_contacts,
            Flag::AccountTickets => self.user.account_tickets,
            Flag::ExternalComments => self.user.external_comments,
            Flag::RightAddresses => self.user.right_addresses,
            Flag::RightMachines => self.user.right_machines,
            Flag::RightContactPerson => self.user.right_contact_person,
            Flag::RestrictStates => self.user.restrict_states,
            Flag::Visitor => false,
        }
    }
}

/// Something of the world that a question is about.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "each field is named like what it holds")]
pub struct WorldSubject<'a> {
    pub owner: &'a str,
    pub account: &'a str,
    pub contact_account: &'a str,
    pub service: &'a str,
    pub group: Option<&'a Group>,
    pub queue: Option<&'a Queue>,
    pub state_kind: &'a str,
    pub archived: bool,
    pub validity: Option<Validity>,
    pub visible: bool,
    pub channel: &'a str,
    /// Key of the page that it is, or on which it lies.
    pub page: &'a str,
    /// The name (or key) of what is chosen, where the subject is no ticket.
    pub name: &'a str,
}

impl Subject for WorldSubject<'_> {
    fn key(&self, key: Key) -> &str {
        match key {
            Key::Owner | Key::Contact => self.owner,
            Key::Account | Key::Address | Key::Object => self.account,
            Key::ContactAccount => self.contact_account,
            Key::Service => self.service,
            Key::Group => self.group.map_or("", |g| g.name.as_str()),
            Key::Page => self.page,
            _ => self.name,
        }
    }

    fn is(&self, dimension: &Dimension) -> bool {
        match dimension {
            Dimension::Valid => self.validity == Some(Validity::Valid),
            Dimension::GroupValid => self.group.is_some_and(|g| g.validity == Validity::Valid),
            Dimension::FollowUp(kind) => self.queue.is_some_and(|q| q.follow_up == *kind),
            Dimension::StateKind(kinds) => kinds.contains(&self.state_kind),
            Dimension::Has(key) => !self.key(*key).is_empty(),
            Dimension::Archived => self.archived,
            Dimension::VisibleForCustomer => self.visible,
            Dimension::ExternalComments => self.queue.is_some_and(|q| q.external_comments),
            Dimension::Channel(kinds) => kinds.iter().any(|kind| kind.eq_ignore_ascii_case(self.channel)),
        }
    }
}

impl Workspace for World {
    fn setting(&self, name: &str) -> Option<Value> {
        self.settings.get(name).map(|value| self.asked(value))
    }

    fn common(&self, set: &Set) -> Option<Cow<'_, [String]>> {
        let names: Vec<String> = match set {
            Set::ListedGroups(setting) => {
                let Some(Value::Names(listed)) = self.settings.get(setting) else {
                    return None;
                };
                self.valid_groups()
                    .iter()
                    .filter(|g| listed.contains(&g.name))
                    .map(|g| g.name.clone())
                    .collect()
            }
            Set::Words(setting) => match self.settings.get(setting) {
                Some(Value::Names(words)) => words.clone(),
                _ => return None,
            },
            Set::ValidGroups => self.valid_groups().iter().map(|g| g.name.clone()).collect(),
            Set::ServicesOf(login) => {
                let nobody = ExternalUser::default();
                WorldPerson {
                    world: self,
                    user: &nobody,
                }
                .services(login)
            }
            _ => Vec::new(),
        };
        Some(Cow::Owned(names))
    }

    fn account_row(&self, row: &AccountRow, account: &str, group: &str, except: &[String]) -> bool {
        self.account_groups.iter().any(|r| {
            r.context == Context::Same
                && row.any_of.contains(&r.permission.as_str())
                && Fold::Simple.same(&r.account, account)
                && !except.contains(&r.account)
                && self.groups.iter().any(|g| g.key == r.group && g.name == group)
        })
    }
}
