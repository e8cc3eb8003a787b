//! The vocabulary of access models.
//!
//! A fact that joins a person and a ticket is always [`Fact::In`]: a key of the ticket is in a set of the
//! person. Everything else is about one side only. A desk adds the keys and sets it needs; the shape of a
//! fact stays (docs/access.md sketches the five models with it).

use crate::fold;

pub use super::key::{Key, Place};
pub use super::set::{AnyOf, Set};

/// How two names are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fold {
    /// Character by character.
    Exact,
    /// Lower-cased one character to one ([`fold::simple`]), as a database does.
    Simple,
    /// Lower-cased by full Unicode ([`fold::full`]), as a program does.
    Full,
}

impl Fold {
    /// The text as it is compared.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Exact => text.to_owned(),
            Self::Simple => fold::simple(text),
            Self::Full => fold::full(text),
        }
    }

    /// Whether two names are the same under this comparison.
    pub fn same(self, a: &str, b: &str) -> bool {
        a == b || (self != Self::Exact && self.apply(a) == self.apply(b))
    }
}

/// How the desk's database matches the rows of its relations with the names they speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matching {
    /// Character by character.
    Exact,
    /// Without regard to case ([`Fold::Simple`]).
    AnyCase,
}

impl Matching {
    /// The comparison behind it.
    pub fn fold(self) -> Fold {
        match self {
            Self::Exact => Fold::Exact,
            Self::AnyCase => Fold::Simple,
        }
    }
}

/// A property of the subject alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The subject itself (a queue, a state, a type, a priority, a service) is valid.
    Valid,
    /// The group of its queue is valid.
    GroupValid,
    /// Its queue treats replies to closed tickets like this.
    FollowUp(&'static str),
    /// Its state is of one of these kinds.
    StateKind(&'static [&'static str]),
    /// The key is not empty.
    Has(Key),
    /// The desk put it into its archive.
    Archived,
    /// The activity is marked as visible for the customer, or as external.
    VisibleForCustomer,
    /// Its queue (its category) allows comments of external users.
    ExternalComments,
    /// The activity came in one of these ways, whatever their case.
    Channel(&'static [&'static str]),
}

impl Dimension {
    /// Its name in explanations.
    pub fn name(self) -> String {
        match self {
            Self::Valid => "valid".to_owned(),
            Self::GroupValid => "group of the queue is valid".to_owned(),
            Self::FollowUp(kind) => format!("queue's follow-up is {kind}"),
            Self::StateKind(kinds) => format!("kind of the state is one of {}", kinds.join(", ")),
            Self::Has(key) => format!("{} is set", key.name()),
            Self::Archived => "archived".to_owned(),
            Self::VisibleForCustomer => "visible for the customer".to_owned(),
            Self::ExternalComments => "category allows external comments".to_owned(),
            Self::Channel(kinds) => format!("activity is one of {}", kinds.join(", ")),
        }
    }
}

/// A property of the person alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// The person's record is valid.
    Valid,
    /// The person has never logged in.
    NotRegistered,
    /// The desk marks the person as external.
    External,
    /// Sees colleagues of the same account.
    AccountContacts,
    /// Sees all tickets of the accounts of her contacts.
    AccountTickets,
    /// Writes and reads external comments.
    ExternalComments,
    /// Basic right: addresses.
    RightAddresses,
    /// Basic right: machines.
    RightMachines,
    /// Basic right: contact persons.
    RightContactPerson,
    /// May set only listed statuses.
    RestrictStates,
    /// Looks at the portal without having logged in.
    Visitor,
}

impl Flag {
    /// Its name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "person is valid",
            Self::NotRegistered => "person is not registered yet",
            Self::External => "person is external",
            Self::AccountContacts => "flag account contacts",
            Self::AccountTickets => "flag account tickets",
            Self::ExternalComments => "flag external comments",
            Self::RightAddresses => "basic right addresses",
            Self::RightMachines => "basic right machines",
            Self::RightContactPerson => "basic right contact person",
            Self::RestrictStates => "statuses are restricted",
            Self::Visitor => "visitor",
        }
    }
}

/// A relation between two keys of the ticket: an account that compares like the ticket's account
/// ([`Fold::Simple`]) has a row in the context `same` on the group of the ticket's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountRow {
    /// Permissions of which one is enough.
    pub any_of: AnyOf,
    /// Accounts that do not count (compared exactly).
    pub except: Option<Set>,
}

/// A named predicate about workspace, person and subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The subject's key is in the set. An empty key is in no set.
    In(Key, Set, Fold),
    /// The set is not empty.
    Some(Set),
    /// The set has exactly one value.
    One(Set),
    /// The set has exactly one value, and the subject's key is that one.
    Only(Key, Set, Fold),
    /// A property of the person.
    Flag(Flag),
    /// A property of the subject.
    Dimension(Dimension),
    /// A relation between two keys of the subject.
    AccountRow(AccountRow),
}

impl Fact {
    /// The key of the subject it asks about.
    pub fn key(&self) -> Option<Key> {
        match self {
            Self::In(key, ..) | Self::Only(key, ..) => Some(*key),
            _ => None,
        }
    }

    /// The set it asks about.
    pub fn set(self) -> Option<Set> {
        match self {
            Self::In(_, set, _) | Self::Some(set) | Self::One(set) | Self::Only(_, set, _) => Some(set),
            Self::AccountRow(row) => row.except,
            Self::Flag(_) | Self::Dimension(_) => None,
        }
    }
}
