//! The sets of names that facts ask about.

use super::fact::Matching;

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
    /// Words that the setting lists; unknown where the setting is.
    Words(&'static str),
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
    /// Of the portal's objects on which the person has such a level those that lie in an app on which she has one too,
    /// or that are one.
    ObjectsInApps {
        /// Levels of which one is enough, on both.
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
    /// How the names of sets of objects that are granted to a person begin.
    pub const OBJECTS_GRANTED: &str = "objects granted to the person";

    /// Whether the set is the workspace's, the same for everybody.
    pub fn is_common(self) -> bool {
        matches!(
            self,
            Self::ServicesOf(_) | Self::ListedGroups(_) | Self::Words(_) | Self::ValidGroups
        )
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
            Self::Objects { any_of } => format!("{} ({})", Self::OBJECTS_GRANTED, any_of.join(", ")),
            Self::ObjectsInApps { any_of } => {
                format!(
                    "{} in apps granted to her ({})",
                    Self::OBJECTS_GRANTED,
                    any_of.join(", ")
                )
            }
            Self::Words(setting) => format!("words in {setting}"),
            Self::TicketTypes => "ticket types of the person".to_owned(),
            Self::TicketStates => "statuses of the person".to_owned(),
            Self::ResponsibleGroups => "responsible groups of the person".to_owned(),
            Self::ResponsibleAgents => "responsible agents of the person".to_owned(),
            Self::SameContacts => "external users with common contacts".to_owned(),
            Self::SameAccounts => "external users with common accounts".to_owned(),
        }
    }
}
