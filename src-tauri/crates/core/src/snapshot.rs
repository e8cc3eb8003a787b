//! The neutral stream of batches that every reader and the sample yield, and the store takes in.
//!
//! A source never holds the world: it hands over batches of a few thousand records, in any order but
//! with tickets before their activities. References are desk keys and need not exist.

use serde::Serialize;

use crate::model::{
    Account, AccountGroup, Activity, Contact, DeskSetting, ExternalUser, Group, Named, Queue, Ticket, TicketState,
    UserAccount, UserContact, UserGroup, UserService,
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
            Self::Tickets(v) => v.len(),
            Self::Activities(v) => v.len(),
        }
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

/// What a desk had at one time, readable once.
pub trait Source {
    /// What went wrong while reading.
    type Error;

    /// Hands all batches over, in order.
    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Self::Error>;
}
