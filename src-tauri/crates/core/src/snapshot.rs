//! The neutral stream of batches that every reader and the sample yield, and the store takes in.
//!
//! A source never holds the world: it hands over batches of a few thousand records, in any order but
//! with tickets before their activities. References are desk keys and need not exist.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{
    Account, AccountGroup, Activity, Address, Agent, Backend, Contact, DeskSetting, ExternalUser, Group, GroupObject,
    Machine, Named, PortalObject, Queue, Ticket, TicketState, UserAccount, UserAccountView, UserAddress, UserContact,
    UserGroup, UserObject, UserResponsibleAgent, UserResponsibleGroup, UserService, UserTicketState, UserTicketType,
};

/// Some thousand records of one kind.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each variant is named like what it holds")]
pub enum Batch {
    Settings(Vec<DeskSetting>),
    Groups(Vec<Group>),
    Queues(Vec<Queue>),
    TicketTypes(Vec<Named>),
    TicketStates(Vec<TicketState>),
    TicketPriorities(Vec<Named>),
    Services(Vec<Named>),
    Accounts(Vec<Account>),
    Contacts(Vec<Contact>),
    ExternalUsers(Vec<ExternalUser>),
    UserAccounts(Vec<UserAccount>),
    UserContacts(Vec<UserContact>),
    UserGroups(Vec<UserGroup>),
    AccountGroups(Vec<AccountGroup>),
    UserServices(Vec<UserService>),
    Backends(Vec<Backend>),
    Addresses(Vec<Address>),
    Machines(Vec<Machine>),
    Agents(Vec<Agent>),
    PortalObjects(Vec<PortalObject>),
    UserAccountViews(Vec<UserAccountView>),
    UserAddresses(Vec<UserAddress>),
    UserResponsibleGroups(Vec<UserResponsibleGroup>),
    UserResponsibleAgents(Vec<UserResponsibleAgent>),
    UserTicketTypes(Vec<UserTicketType>),
    UserTicketStates(Vec<UserTicketState>),
    UserObjects(Vec<UserObject>),
    GroupObjects(Vec<GroupObject>),
    Tickets(Vec<Ticket>),
    Activities(Vec<Activity>),
}

impl Batch {
    /// How many records it holds.
    pub fn len(&self) -> usize {
        match self {
            Self::Settings(v) => v.len(),
            Self::Groups(v) => v.len(),
            Self::Queues(v) => v.len(),
            Self::TicketStates(v) => v.len(),
            Self::TicketTypes(v) | Self::TicketPriorities(v) | Self::Services(v) => v.len(),
            Self::Accounts(v) => v.len(),
            Self::Contacts(v) => v.len(),
            Self::ExternalUsers(v) => v.len(),
            Self::UserAccounts(v) => v.len(),
            Self::UserContacts(v) => v.len(),
            Self::UserGroups(v) => v.len(),
            Self::AccountGroups(v) => v.len(),
            Self::UserServices(v) => v.len(),
            Self::Backends(v) => v.len(),
            Self::Addresses(v) => v.len(),
            Self::Machines(v) => v.len(),
            Self::Agents(v) => v.len(),
            Self::PortalObjects(v) => v.len(),
            Self::UserAccountViews(v) => v.len(),
            Self::UserAddresses(v) => v.len(),
            Self::UserResponsibleGroups(v) => v.len(),
            Self::UserResponsibleAgents(v) => v.len(),
            Self::UserTicketTypes(v) => v.len(),
            Self::UserTicketStates(v) => v.len(),
            Self::UserObjects(v) => v.len(),
            Self::GroupObjects(v) => v.len(),
            Self::Tickets(v) => v.len(),
            Self::Activities(v) => v.len(),
        }
    }

    /// Takes in records of the same kind; others are not taken, and come back.
    #[expect(
        clippy::match_same_arms,
        reason = "arms of the same look hold records of different kinds"
    )]
    pub fn append(&mut self, more: Self) -> Option<Self> {
        match (self, more) {
            (Self::Settings(all), Self::Settings(more)) => all.extend(more),
            (Self::Groups(all), Self::Groups(more)) => all.extend(more),
            (Self::Queues(all), Self::Queues(more)) => all.extend(more),
            (Self::TicketTypes(all), Self::TicketTypes(more)) => all.extend(more),
            (Self::TicketStates(all), Self::TicketStates(more)) => all.extend(more),
            (Self::TicketPriorities(all), Self::TicketPriorities(more)) => all.extend(more),
            (Self::Services(all), Self::Services(more)) => all.extend(more),
            (Self::Accounts(all), Self::Accounts(more)) => all.extend(more),
            (Self::Contacts(all), Self::Contacts(more)) => all.extend(more),
            (Self::ExternalUsers(all), Self::ExternalUsers(more)) => all.extend(more),
            (Self::UserAccounts(all), Self::UserAccounts(more)) => all.extend(more),
            (Self::UserContacts(all), Self::UserContacts(more)) => all.extend(more),
            (Self::UserGroups(all), Self::UserGroups(more)) => all.extend(more),
            (Self::AccountGroups(all), Self::AccountGroups(more)) => all.extend(more),
            (Self::UserServices(all), Self::UserServices(more)) => all.extend(more),
            (Self::Backends(all), Self::Backends(more)) => all.extend(more),
            (Self::Addresses(all), Self::Addresses(more)) => all.extend(more),
            (Self::Machines(all), Self::Machines(more)) => all.extend(more),
            (Self::Agents(all), Self::Agents(more)) => all.extend(more),
            (Self::PortalObjects(all), Self::PortalObjects(more)) => all.extend(more),
            (Self::UserAccountViews(all), Self::UserAccountViews(more)) => all.extend(more),
            (Self::UserAddresses(all), Self::UserAddresses(more)) => all.extend(more),
            (Self::UserResponsibleGroups(all), Self::UserResponsibleGroups(more)) => all.extend(more),
            (Self::UserResponsibleAgents(all), Self::UserResponsibleAgents(more)) => all.extend(more),
            (Self::UserTicketTypes(all), Self::UserTicketTypes(more)) => all.extend(more),
            (Self::UserTicketStates(all), Self::UserTicketStates(more)) => all.extend(more),
            (Self::UserObjects(all), Self::UserObjects(more)) => all.extend(more),
            (Self::GroupObjects(all), Self::GroupObjects(more)) => all.extend(more),
            (Self::Tickets(all), Self::Tickets(more)) => all.extend(more),
            (Self::Activities(all), Self::Activities(more)) => all.extend(more),
            (_, other) => return Some(other),
        }
        None
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of what it holds, as in reports (`external_users`).
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Settings(_) => "settings",
            Self::Groups(_) => "groups",
            Self::Queues(_) => "queues",
            Self::TicketTypes(_) => "ticket_types",
            Self::TicketStates(_) => "ticket_states",
            Self::TicketPriorities(_) => "ticket_priorities",
            Self::Services(_) => "services",
            Self::Accounts(_) => "accounts",
            Self::Contacts(_) => "contacts",
            Self::ExternalUsers(_) => "external_users",
            Self::UserAccounts(_) => "user_accounts",
            Self::UserContacts(_) => "user_contacts",
            Self::UserGroups(_) => "user_groups",
            Self::AccountGroups(_) => "account_groups",
            Self::UserServices(_) => "user_services",
            Self::Backends(_) => "backends",
            Self::Addresses(_) => "addresses",
            Self::Machines(_) => "machines",
            Self::Agents(_) => "agents",
            Self::PortalObjects(_) => "portal_objects",
            Self::UserAccountViews(_) => "user_account_views",
            Self::UserAddresses(_) => "user_addresses",
            Self::UserResponsibleGroups(_) => "user_responsible_groups",
            Self::UserResponsibleAgents(_) => "user_responsible_agents",
            Self::UserTicketTypes(_) => "user_ticket_types",
            Self::UserTicketStates(_) => "user_ticket_states",
            Self::UserObjects(_) => "user_objects",
            Self::GroupObjects(_) => "group_objects",
            Self::Tickets(_) => "tickets",
            Self::Activities(_) => "activities",
        }
    }
}

/// Something wrong in a source, or something that was noticed in it, at a place that a person can find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Problem {
    /// The file, as named in the source.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    #[specta(type = u32)]
    pub line: u64,
    /// The column's name; empty for the whole line.
    pub column: String,
    /// Which sentence it is: a key of the catalogue (`source.table.flag`).
    pub code: String,
    /// What stands in the sentence, by name.
    pub detail: Vec<(String, String)>,
    /// What is wrong and what to do, in English.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, " {}", self.column)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a stream stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// Somebody asked for it.
    #[error("cancelled")]
    Cancelled,
    /// The one who takes the batches could not go on; the reason is with him.
    #[error("{0}")]
    Refused(Box<dyn std::error::Error + Send + Sync>),
}

/// Takes batches; returns an error to stop the stream.
pub type Sink<'a> = dyn FnMut(Batch) -> Result<(), Stopped> + 'a;

/// How much of its desk a source tells. What it does not tell stays as the workspace has it; nothing is taken for empty
/// because a file does not speak of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Kinds of which not even an empty batch comes stay as they are. Otherwise they are taken for empty.
    pub some_kinds: bool,
    /// Records that do not come stay, with their links. Otherwise they are gone from the desk.
    pub some_records: bool,
    /// By kind, the fields that come, named as in forms. A kind that is not here comes with all of them.
    pub fields: BTreeMap<&'static str, Vec<String>>,
}

/// What a desk had at one time, readable once.
pub trait Source {
    /// What went wrong while reading.
    type Error;

    /// Hands all batches over, in order.
    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Self::Error>;
}
