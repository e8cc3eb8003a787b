//! Which fact is changed by what. Desks share sets, so they share levers; which settings an admin sets is the desk's.

use super::{Change, Proposal};
use crate::access::decide::Case;
use crate::access::fact::{AccountRow, AnyOf, Dimension, Fact, Flag, Fold, Key, Matching, Set};
use crate::access::setting::Value;

/// Alternatives of one kind that are looked at: accounts that could get a row, groups a queue could go to.
const ALTERNATIVES: usize = 3;

/// What an admin of a desk can set for everybody. What a workspace only *says* of its desk (the kind of database, what
/// an undocumented case means) is none: changing it here changes nothing there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Levers {
    /// Names of settings.
    pub settings: &'static [&'static str],
}

/// How a set is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lever {
    /// By a link of the person.
    Link,
    /// By a link of the person, to something that must be hers in another way too.
    LinkWithin(Set),
    /// By rows of her accounts.
    Rows {
        any_of: AnyOf,
        other: bool,
        matching: Matching,
    },
    /// By a setting that lists names.
    Listed(&'static str),
    /// Not at all.
    None,
}

/// How a set is changed, and by which key of a ticket it is entered.
fn lever(set: Set) -> (Lever, Option<Key>) {
    match set {
        Set::Accounts { .. } | Set::Accessible { .. } | Set::OwnAccounts => (Lever::Link, Some(Key::Account)),
        Set::SeenAccounts => (Lever::LinkWithin(Set::OwnAccounts), Some(Key::Account)),
        Set::Groups { .. } => (Lever::Link, Some(Key::Group)),
        Set::AccountGroups {
            any_of,
            other,
            matching,
        } => (
            Lever::Rows {
                any_of,
                other,
                matching,
            },
            Some(Key::Group),
        ),
        Set::ListedGroups(setting) => (Lever::Listed(setting), Some(Key::Group)),
        Set::Contacts | Set::AccountsOfContacts => (Lever::Link, Some(Key::Contact)),
        Set::OwnAddress | Set::Addresses { .. } => (Lever::Link, Some(Key::Address)),
        Set::Objects { .. } | Set::ObjectsInApps { .. } => (Lever::Link, Some(Key::Object)),
        // Who somebody is does not change; what a new ticket may be is no question about a ticket that is there.
        Set::Login
        | Set::Own
        | Set::Services
        | Set::ServicesOf(_)
        | Set::ValidGroups
        | Set::Words(_)
        | Set::TicketTypes
        | Set::TicketStates
        | Set::ResponsibleGroups
        | Set::ResponsibleAgents
        | Set::SameContacts
        | Set::SameAccounts => (Lever::None, None),
    }
}

impl Levers {
    /// Proposals that would make the fact come out as `wanted`, which it does not.
    pub(super) fn of(&self, fact: &Fact, wanted: bool, case: &Case<'_>) -> Vec<Proposal> {
        match fact {
            Fact::In(key, set, fold) if wanted => {
                // A contact is linked, not its account.
                let entry = if *key == Key::ContactAccount {
                    Key::Contact
                } else {
                    *key
                };
                let mut found = self.into(*set, case.subject.key(entry), case);
                if *key == Key::Group {
                    found.extend(moved_queue(*set, case));
                }
                found
            }
            Fact::In(key, set, fold) => self.out(*set, |value| fold.same(value, case.subject.key(*key)), case),
            Fact::Some(set) if wanted => match lever(*set).1 {
                Some(key) => self.into(*set, case.subject.key(key), case),
                None => Vec::new(),
            },
            Fact::Some(set) => self.out(*set, |_| true, case),
            Fact::One(set) => self.count(*set, wanted, case),
            Fact::Only(key, set, fold) => self.only(*set, case.subject.key(*key), *fold, wanted, case),
            Fact::Flag(Flag::Visitor) => Vec::new(),
            Fact::Flag(flag) => vec![Proposal::of(Change::Flag(*flag, wanted))],
            Fact::Dimension(dimension) => of_dimension(dimension, wanted, case),
            Fact::AccountRow(row) => of_row(*row, wanted, case),
        }
    }

    /// The key into the set.
    fn into(&self, set: Set, key: &str, case: &Case<'_>) -> Vec<Proposal> {
        if key.is_empty() {
            return Vec::new();
        }
        match lever(set).0 {
            Lever::Link => vec![link(set, key, true)],
            Lever::LinkWithin(outer) => {
                let within = case
                    .values(&outer)
                    .is_some_and(|values| values.iter().any(|v| v == key));
                let one = link(set, key, true);
                let both = if within {
                    Some(one)
                } else {
                    one.with(&link(outer, key, true))
                };
                both.into_iter().collect()
            }
            Lever::Rows {
                any_of,
                other,
                matching,
            } => accounts(matching, case)
                .into_iter()
                .take(ALTERNATIVES)
                .map(|account| Proposal::of(row(account, key, any_of, other, true)))
                .collect(),
            Lever::Listed(setting) => self.listed(setting, case, |names| names.push(key.to_owned())),
            Lever::None => Vec::new(),
        }
    }

    /// All values that `meant` means out of the set, together.
    fn out(&self, set: Set, meant: impl Fn(&str) -> bool, case: &Case<'_>) -> Vec<Proposal> {
        let Some(values) = case.values(&set) else {
            return Vec::new();
        };
        let values: Vec<&String> = values.iter().filter(|value| meant(value)).collect();
        match lever(set).0 {
            Lever::Link | Lever::LinkWithin(_) => {
                together(values.into_iter().map(|value| change(set, value, false)).collect())
            }
            Lever::Rows {
                any_of,
                other,
                matching,
            } => {
                let accounts = accounts(matching, case);
                let rows = values.iter().flat_map(|group| {
                    let rows = accounts.iter();
                    rows.map(|account| row(account.clone(), group, any_of, other, false))
                });
                together(rows.collect())
            }
            Lever::Listed(setting) => self.listed(setting, case, |names| names.retain(|name| !meant(name))),
            Lever::None => Vec::new(),
        }
    }

    /// A setting that lists names, with other names in it.
    fn listed(&self, setting: &'static str, case: &Case<'_>, edit: impl FnOnce(&mut Vec<String>)) -> Vec<Proposal> {
        let Some(Value::Names(mut names)) = case.workspace.setting(setting) else {
            return Vec::new();
        };
        if !self.settings.contains(&setting) {
            return Vec::new();
        }
        edit(&mut names);
        vec![Proposal::of(Change::Setting(setting, Value::Names(names)))]
    }

    /// Exactly one value, or not.
    fn count(&self, set: Set, wanted: bool, case: &Case<'_>) -> Vec<Proposal> {
        let Some(key) = lever(set).1.map(|key| case.subject.key(key)) else {
            return Vec::new();
        };
        match case.values(&set).map(|values| values.len()) {
            Some(0) if wanted => self.into(set, key, case),
            Some(1) if !wanted => {
                let mut found = self.into(set, key, case);
                found.extend(self.out(set, |_| true, case));
                found
            }
            // A set that is only counted stops after the second value: what would have to go is not known.
            _ => Vec::new(),
        }
    }

    /// The key as the only value, or not.
    fn only(&self, set: Set, key: &str, fold: Fold, wanted: bool, case: &Case<'_>) -> Vec<Proposal> {
        if !wanted {
            return self.out(set, |value| fold.same(value, key), case);
        }
        let into = self.into(set, key, case);
        match case.values(&set).map(|values| values.len()) {
            Some(0) => into,
            Some(1) => {
                let out = self.out(set, |_| true, case);
                let both = into.iter().flat_map(|a| out.iter().filter_map(|b| b.with(a)));
                both.collect()
            }
            _ => Vec::new(),
        }
    }
}

fn change(set: Set, value: &str, into: bool) -> Change {
    Change::Link {
        set,
        value: value.to_owned(),
        into,
    }
}

fn link(set: Set, value: &str, into: bool) -> Proposal {
    Proposal::of(change(set, value, into))
}

fn row(account: String, group: &str, any_of: AnyOf, other: bool, into: bool) -> Change {
    Change::AccountRow {
        account,
        group: group.to_owned(),
        any_of,
        other,
        into,
    }
}

/// All of them as one proposal; none for nothing to do, which would not help.
fn together(changes: Vec<Change>) -> Vec<Proposal> {
    if changes.is_empty() {
        return Vec::new();
    }
    vec![Proposal { changes }]
}

/// Keys of the person's accounts.
fn accounts(matching: Matching, case: &Case<'_>) -> Vec<String> {
    case.values(&Set::Accounts { matching })
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default()
}

/// The ticket's queue under a group that is in the set already.
fn moved_queue(set: Set, case: &Case<'_>) -> Vec<Proposal> {
    let values = case.values(&set).unwrap_or_default();
    let groups = values.iter().take(ALTERNATIVES);
    groups
        .map(|group| Proposal::of(Change::QueueGroup(group.clone())))
        .collect()
}

fn of_dimension(dimension: &Dimension, wanted: bool, case: &Case<'_>) -> Vec<Proposal> {
    let change = match dimension {
        Dimension::GroupValid if !case.subject.key(Key::Group).is_empty() => Change::GroupValid(wanted),
        Dimension::FollowUp(kind) if wanted => Change::FollowUp(kind),
        Dimension::FollowUp("possible") => Change::FollowUp("reject"),
        // The rest is the ticket's own.
        _ => return Vec::new(),
    };
    vec![Proposal::of(change)]
}

/// A row of the ticket's own account on the group of its queue.
fn of_row(asked: AccountRow, wanted: bool, case: &Case<'_>) -> Vec<Proposal> {
    let (account, group) = (case.subject.key(Key::Account), case.subject.key(Key::Group));
    if account.is_empty() || group.is_empty() {
        return Vec::new();
    }
    vec![Proposal::of(row(
        account.to_owned(),
        group,
        asked.any_of,
        false,
        wanted,
    ))]
}
