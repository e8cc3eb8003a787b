//! The vocabulary of access models.
//!
//! A fact that joins a person and a ticket is always [`Fact::In`]: a key of the ticket is in a set of the
//! person. Everything else is about one side only. A desk adds the keys and sets it needs; the shape of a
//! fact stays (docs/access.md sketches the five models with it).

use crate::fold;

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

/// A key of the subject: of a ticket, and where it has them, of a queue, a group or a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Login of the person it belongs to.
    Owner,
    /// Key of the account it belongs to.
    Account,
    /// Name of the group of its queue.
    Group,
    /// Name of the service.
    Service,
}

impl Key {
    /// Its name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner of the ticket",
            Self::Account => "account of the ticket",
            Self::Group => "group of the queue",
            Self::Service => "service",
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
            Self::Accounts { .. } => "accounts of the person".to_owned(),
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
    /// The activity is marked as visible for the customer.
    VisibleForCustomer,
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
        }
    }
}

/// A property of the person alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// The person's record is valid.
    Valid,
}

impl Flag {
    /// Its name in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "person is valid",
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
    /// The set it asks about.
    pub fn set(self) -> Option<Set> {
        match self {
            Self::In(_, set, _) | Self::Some(set) | Self::One(set) | Self::Only(_, set, _) => Some(set),
            Self::AccountRow(row) => row.except,
            Self::Flag(_) | Self::Dimension(_) => None,
        }
    }
}
