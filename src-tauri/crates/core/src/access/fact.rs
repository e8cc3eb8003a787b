//! The vocabulary of access models.
//!
//! A fact that joins a person and a ticket is always [`Fact::In`]: a key of the ticket is in a set of the
//! person. Everything else is about one side only. A desk adds the keys and sets it needs; the shape of a
//! fact stays (docs/access.md sketches the five models with it).

use crate::fold;

pub use super::key::{Key, Place};

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

/// Permission keys of which one is enough.
pub type AnyOf = &'static [&'static str];

/// A set of names, of the person or of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Set {
    /// The person's login.
    Login,
    /// Keys of the person's accounts, the primary one first; in force or not, recorded or not.
    Accounts {
        /// How rows of further accounts are matched with the login.
        matching: Matching,
    },
    /// The person's accounts (and, with `other`, all accounts with a row in the context `same` on a group that
    /// her accounts reach in the context `other`) that are recorded and valid.
    Accessible {
        /// Permissions of which one is enough, in both rows.
        any_of: AnyOf,
        /// Whether the context `other` adds accounts.
        other: bool,
        /// How rows are matched with logins and account keys.
        matching: Matching,
    },
    /// Names of valid groups that are linked to the person.
    Groups {
        /// Permissions of which one is enough.
        any_of: AnyOf,
        /// How rows are matched with the login.
        matching: Matching,
    },
    /// Names of valid groups that are linked to one of the person's accounts.
    AccountGroups {
        /// Permissions of which one is enough.
        any_of: AnyOf,
        /// Whether the rows count for tickets of other accounts.
        other: bool,
        /// How rows are matched with logins and account keys.
        matching: Matching,
    },
    /// Names of services that are linked to the person.
    Services,
    /// Names of services that are linked to this login, which stands for everybody.
    ServicesOf(&'static str),
    /// Names of valid groups that the setting lists; unknown where the setting is.
    ListedGroups(&'static str),
    /// Names of all valid groups.
    ValidGroups,
    /// The desk's key of the person.
    Own,
    /// Keys of the contacts the person is paired with.
    Contacts,
    /// Keys of the accounts of the contacts the person is paired with.
    AccountsOfContacts,
    /// Keys of the person's accounts, primary or further, whose tickets she sees.
    SeenAccounts,
    /// Keys of the person's accounts, primary and further.
    OwnAccounts,
    /// Key of the address the person belongs to.
    OwnAddress,
    /// Keys of addresses that are granted to the person.
    Addresses {
        /// `read` or `write`.
        permission: &'static str,
    },
    /// Keys of the portal's objects on which the person has a level or a higher one: of her own, through a group,
    /// as their author, or handed down from what they lie in.
    Objects {
        /// Levels of which one is enough: a level and all above it.
        any_of: AnyOf,
    },
    /// Names of the ticket types that the person may create.
    TicketTypes,
    /// Names of the statuses that the person may set.
    TicketStates,
    /// Names of the groups that may answer for her.
    ResponsibleGroups,
    /// Logins of the agents who may answer for her.
    ResponsibleAgents,
    /// Keys of external users who share a contact with the person.
    SameContacts,
    /// Keys of external users whose contacts have an account with one of the person's contacts.
    SameAccounts,
}

impl Set {
    /// Whether the set is the workspace's, the same for everybody.
    pub fn is_common(self) -> bool {
        matches!(self, Self::ServicesOf(_) | Self::ListedGroups(_) | Self::ValidGroups)
    }

    /// Its name in explanations.
    pub fn name(self) -> String {
        match self {
            Self::Login => "login".to_owned(),
            Self::Accounts { .. } | Self::OwnAccounts => "accounts of the person".to_owned(),
            Self::Accessible { .. } => "valid accounts the person reaches".to_owned(),
            Self::Groups { any_of, .. } => format!("groups of the person ({})", any_of.join(", ")),
            Self::AccountGroups {
                any_of, other: false, ..
            } => {
                format!("groups of the person's accounts ({})", any_of.join(", "))
            }
            Self::AccountGroups {
                any_of, other: true, ..
            } => {
                format!(
                    "groups of the person's accounts for other accounts ({})",
                    any_of.join(", ")
                )
            }
            Self::Services => "services of the person".to_owned(),
            Self::ServicesOf(login) => format!("services of {login}"),
            Self::ListedGroups(setting) => format!("valid groups in {setting}"),
            Self::ValidGroups => "valid groups".to_owned(),
            Self::Own => "key of the person".to_owned(),
            Self::Contacts => "contacts of the person".to_owned(),
            Self::AccountsOfContacts => "accounts of the person's contacts".to_owned(),
            Self::SeenAccounts => "accounts whose tickets the person sees".to_owned(),
            Self::OwnAddress => "address of the person".to_owned(),
            Self::Addresses { permission } => format!("addresses granted to the person ({permission})"),
            Self::Objects { any_of } => format!("objects granted to the person ({})", any_of.join(", ")),
            Self::TicketTypes => "ticket types of the person".to_owned(),
            Self::TicketStates => "statuses of the person".to_owned(),
            Self::ResponsibleGroups => "responsible groups of the person".to_owned(),
            Self::ResponsibleAgents => "responsible agents of the person".to_owned(),
            Self::SameContacts => "external users with common contacts".to_owned(),
            Self::SameAccounts => "external users with common accounts".to_owned(),
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
