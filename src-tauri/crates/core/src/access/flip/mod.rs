//! The smallest changes that would flip an answer, derived from its tree over what an admin can change.
//!
//! * [`flips`]: what all must hold is a product, where one is enough a union; the cheapest few are kept.
//! * [`lever`]: which fact is changed by what: data, beside the sets.
//!
//! Facts depend on each other (a further account ends that there is exactly one), so these are proposals: whoever
//! shows one tries it out first.

pub mod lever;

use super::decide::{Case, holds};
use super::fact::{AnyOf, Flag, Set};
use super::rule::Node;
use super::setting::Value;
use lever::Levers;

/// How many proposals are kept.
pub const KEPT: usize = 8;
/// The most changes of one proposal: more than these are not small any more.
pub const MOST_CHANGES: usize = 6;

/// Something that an admin can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A property of the person.
    Flag(Flag, bool),
    /// A key goes into one of the person's sets, or out of it.
    Link {
        /// Which set.
        set: Set,
        /// The key, as the ticket has it (into) or the set (out).
        value: String,
        /// Into, or out.
        into: bool,
    },
    /// A setting of the desk gets this value.
    Setting(&'static str, Value),
    /// An account gets a permission on a group, or loses those that count.
    AccountRow {
        /// The account's key.
        account: String,
        /// The group's name.
        group: String,
        /// Permissions of which one is enough.
        any_of: AnyOf,
        /// Whether it is about tickets of other accounts.
        other: bool,
        /// Gets, or loses.
        into: bool,
    },
    /// The ticket's queue goes to the group of this name.
    QueueGroup(String),
    /// The group of the ticket's queue becomes valid, or invalid.
    GroupValid(bool),
    /// What the ticket's queue does with replies to closed tickets.
    FollowUp(&'static str),
}

impl Change {
    /// How much it takes, or touches: one for a link, more for what concerns more people.
    pub fn cost(&self) -> u32 {
        match self {
            Self::Flag(..) | Self::Link { .. } => 1,
            Self::AccountRow { .. } => 3,
            Self::QueueGroup(_) | Self::GroupValid(_) | Self::FollowUp(_) => 6,
            Self::Setting(..) => 10,
        }
    }

    /// Account, group and whether it is about tickets of other accounts, of a change of rows.
    fn row(&self) -> Option<(&str, &str, bool)> {
        match self {
            Self::AccountRow {
                account, group, other, ..
            } => Some((account, group, *other)),
            _ => None,
        }
    }

    /// Whether both cannot be done.
    fn contradicts(&self, other: &Self) -> bool {
        if self == other {
            return false;
        }
        match (self, other) {
            (Self::Flag(a, _), Self::Flag(b, _)) => a == b,
            (Self::Link { set: a, value: v, .. }, Self::Link { set: b, value: w, .. }) => a == b && v == w,
            (Self::Setting(a, _), Self::Setting(b, _)) => a == b,
            (Self::AccountRow { into: one, .. }, Self::AccountRow { into: two, .. }) => {
                one != two && self.row() == other.row()
            }
            (Self::QueueGroup(_), Self::QueueGroup(_))
            | (Self::GroupValid(_), Self::GroupValid(_))
            | (Self::FollowUp(_), Self::FollowUp(_)) => true,
            _ => false,
        }
    }
}

/// Changes that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// What would be changed, each once.
    pub changes: Vec<Change>,
}

impl Proposal {
    /// A single change.
    pub fn of(change: Change) -> Self {
        Self { changes: vec![change] }
    }

    /// What all of it costs.
    pub fn cost(&self) -> u32 {
        self.changes.iter().map(Change::cost).sum()
    }

    /// Both of them; `None` where they contradict each other.
    #[must_use]
    pub fn with(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        for change in &other.changes {
            if both.changes.iter().any(|one| one.contradicts(change)) {
                return None;
            }
            if !both.changes.contains(change) {
                both.changes.push(change.clone());
            }
        }
        Some(both)
    }

    /// Whether it does all that the other does.
    pub fn includes(&self, other: &Self) -> bool {
        other.changes.iter().all(|change| self.changes.contains(change))
    }
}

/// Proposals that would make the tree answer `wanted`, cheapest first, at most [`KEPT`] of at most [`MOST_CHANGES`]. One without changes stands
/// for a tree that answers so already; none means that nothing an admin can change leads there.
pub fn flips(node: &Node, wanted: bool, case: &Case<'_>, levers: &Levers) -> Vec<Proposal> {
    if holds(node, case) == Some(wanted) {
        return vec![Proposal::default()];
    }
    match node {
        Node::True | Node::False | Node::Unknown(_) => Vec::new(),
        Node::All(nodes) if wanted => product(nodes, wanted, case, levers),
        Node::Any(nodes) if !wanted => product(nodes, wanted, case, levers),
        Node::All(nodes) | Node::Any(nodes) => {
            cheapest(nodes.iter().flat_map(|n| flips(n, wanted, case, levers)).collect())
        }
        Node::Not(inner) => flips(inner, !wanted, case, levers),
        Node::Is(fact) => cheapest(levers.of(fact, wanted, case)),
        Node::Switch(name, branches) => switched(name, branches, wanted, case, levers),
        Node::Rule(_, inner) => flips(inner, wanted, case, levers),
    }
}

/// One proposal of each, together.
fn product(nodes: &[Node], wanted: bool, case: &Case<'_>, levers: &Levers) -> Vec<Proposal> {
    let mut found = vec![Proposal::default()];
    for node in nodes {
        let ways = flips(node, wanted, case, levers);
        let both = found
            .iter()
            .flat_map(|one| ways.iter().filter_map(|way| one.with(way)))
            .collect();
        found = cheapest(both);
    }
    found
}

/// The branch of the value as it is, or another value with its branch. What a missing setting would say is a question
/// about the desk, not a change to it.
fn switched(
    name: &'static str,
    branches: &[(Value, Node)],
    wanted: bool,
    case: &Case<'_>,
    levers: &Levers,
) -> Vec<Proposal> {
    let Some(now) = case.workspace.setting(name) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (value, node) in branches {
        let ways = flips(node, wanted, case, levers);
        if *value == now {
            found.extend(ways);
        } else if levers.settings.contains(&name) {
            let given = Proposal::of(Change::Setting(name, value.clone()));
            found.extend(ways.iter().filter_map(|way| given.with(way)));
        }
    }
    cheapest(found)
}

/// The cheapest few, without those that do what another one does and more.
fn cheapest(mut found: Vec<Proposal>) -> Vec<Proposal> {
    found.retain(|proposal| proposal.changes.len() <= MOST_CHANGES);
    found.sort_by_key(Proposal::cost);
    let mut kept: Vec<Proposal> = Vec::new();
    for proposal in found {
        if kept.len() == KEPT {
            break;
        }
        if !kept.iter().any(|one| proposal.includes(one)) {
            kept.push(proposal);
        }
    }
    kept
}
