//! What people are expected to see, or never to see: kept beside the configuration, and checked after every change.

use crate::id::{AccountId, AddressId, ExpectationId, ExternalUserId, PortalObjectId, QueueId};

/// Whom an expectation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Each of all people.
    Everyone,
    /// One person.
    Person(ExternalUserId),
    /// Each person of an account, whether it is her primary or a further one.
    Account(AccountId),
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A ticket, by its number.
    Ticket(String),
    /// Any ticket of a queue.
    Queue(QueueId),
    /// Any ticket of an account; case of its key is ignored.
    Account(AccountId),
    /// Any ticket of an address.
    Address(AddressId),
    /// Any item that lies right in an object of the portal.
    Object(PortalObjectId),
    /// A field of tickets, by its name in the desk.
    Field(String),
}

/// "X sees Y" or "X never sees Y". A ticket is seen where the person may log in, and a list shows it or it can be
/// opened. "Sees a queue" is: sees at least one of its tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// Its id.
    pub id: ExpectationId,
    /// Whom.
    pub who: Who,
    /// Whether it is seen; else it never is.
    pub sees: bool,
    /// What.
    pub what: What,
}

impl Who {
    /// `everyone`, `external_user` or `account`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Person(_) => "external_user",
            Self::Account(_) => "account",
        }
    }

    /// The id as text; empty for everyone.
    pub fn key(&self) -> String {
        match self {
            Self::Everyone => String::new(),
            Self::Person(id) => id.to_string(),
            Self::Account(id) => id.to_string(),
        }
    }

    /// From [`Who::kind`] and [`Who::key`].
    pub fn named(kind: &str, key: &str) -> Option<Self> {
        match kind {
            "everyone" => Some(Self::Everyone),
            "external_user" => key.parse().ok().map(Self::Person),
            "account" => key.parse().ok().map(Self::Account),
            _ => None,
        }
    }
}

impl What {
    /// `ticket`, `queue`, `account`, `address`, `portal_object` or `field`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ticket(_) => "ticket",
            Self::Queue(_) => "queue",
            Self::Account(_) => "account",
            Self::Address(_) => "address",
            Self::Object(_) => "portal_object",
            Self::Field(_) => "field",
        }
    }

    /// The id as text, the ticket's number or the field's name.
    pub fn key(&self) -> String {
        match self {
            Self::Ticket(name) | Self::Field(name) => name.clone(),
            Self::Queue(id) => id.to_string(),
            Self::Account(id) => id.to_string(),
            Self::Address(id) => id.to_string(),
            Self::Object(id) => id.to_string(),
        }
    }

    /// From [`What::kind`] and [`What::key`].
    pub fn named(kind: &str, key: &str) -> Option<Self> {
        match kind {
            "ticket" => Some(Self::Ticket(key.to_owned())),
            "field" => Some(Self::Field(key.to_owned())),
            "queue" => key.parse().ok().map(Self::Queue),
            "account" => key.parse().ok().map(Self::Account),
            "address" => key.parse().ok().map(Self::Address),
            "portal_object" => key.parse().ok().map(Self::Object),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for who in [
            Who::Everyone,
            Who::Person(ExternalUserId::new()),
            Who::Account(AccountId::new()),
        ] {
            assert_eq!(Who::named(who.kind(), &who.key()), Some(who));
        }
        for what in [
            What::Ticket("2026-1".to_owned()),
            What::Queue(QueueId::new()),
            What::Account(AccountId::new()),
            What::Address(AddressId::new()),
            What::Object(PortalObjectId::new()),
            What::Field("priority".to_owned()),
        ] {
            assert_eq!(What::named(what.kind(), &what.key()), Some(what));
        }
        assert_eq!(Who::named("account", "shoe"), None);
        assert_eq!(What::named("shoe", ""), None);
    }
}
