//! Words that the models of several desks are made of.

use super::fact::{Dimension, Fact, Flag, Fold, Key, Set};
use super::flip::lever::Levers;
use super::model::{AccessModel, ByPermission, NewTicketModel, ReplyModel};
use super::rule::{Node, Rule, Standing};
use super::sorted::SortedBy;

/// Where a vendor documents its rules.
pub(super) struct Documented(pub(super) &'static str);

impl Documented {
    /// A rule that stands there.
    pub(super) const fn rule(&self, id: &'static str, text: &'static str) -> Rule {
        Rule {
            id,
            text,
            source: self.0,
            standing: Standing::D,
        }
    }
}

/// A rule about which the documentation is silent; `source` says about what.
pub(super) const fn assumed(id: &'static str, text: &'static str, source: &'static str) -> Rule {
    Rule {
        id,
        text,
        source,
        standing: Standing::A,
    }
}

/// The person has it.
pub(super) fn flag(flag: Flag) -> Node {
    Node::Is(Fact::Flag(flag))
}

/// The subject has it.
pub(super) fn is(dimension: Dimension) -> Node {
    Node::Is(Fact::Dimension(dimension))
}

/// The subject's key is in the set, character by character.
pub(super) fn within(key: Key, set: Set) -> Node {
    Node::Is(Fact::In(key, set, Fold::Exact))
}

/// The set has a value.
pub(super) fn some(set: Set) -> Node {
    Node::Is(Fact::Some(set))
}

/// States that count as closed are those of these kinds, on every desk that has kinds.
pub(super) const CLOSED: &[&str] = &["closed", "merged", "removed"];

/// A model in which nobody may do anything: what a desk does not have stays as it is here.
pub(super) fn nothing(desk: &'static str) -> AccessModel {
    AccessModel {
        desk,
        settings: Vec::new(),
        levers: Levers::default(),
        portal: Node::True,
        login: Node::False,
        lists: Vec::new(),
        sorted_by: SortedBy::Queue,
        open_tab: super::rule::not(is(Dimension::StateKind(CLOSED))),
        searchable: both(Node::False),
        openable: both(Node::False),
        member: both(Node::False),
        accessible: Node::False,
        concerns: Node::False,
        reply: ReplyModel {
            allowed: Node::False,
            state: Node::False,
            preset: "",
        },
        comment: Node::False,
        activity: Node::False,
        simplified: Node::False,
        colleague: Node::False,
        machine: Node::False,
        contact_person: Node::False,
        home: Vec::new(),
        objects: Vec::new(),
        attributes: &[],
        new_ticket: NewTicketModel {
            allowed: Node::False,
            queue: Node::False,
            ticket_type: Node::False,
            priority: Node::False,
            service: Node::False,
            app: Node::False,
            responsible_group: Node::False,
            responsible_agent: Node::False,
            state: "",
        },
    }
}

/// The portal takes no reply, as this rule says.
pub(super) fn no_reply(rule: Rule) -> ReplyModel {
    ReplyModel {
        allowed: rule.says(Node::False),
        state: Node::False,
        preset: "",
    }
}

/// The same for reading and writing.
pub(super) fn both(node: Node) -> ByPermission {
    ByPermission {
        ro: node.clone(),
        rw: node,
    }
}

/// For reading alone.
pub(super) fn read_only(node: Node) -> ByPermission {
    ByPermission {
        ro: node,
        rw: Node::False,
    }
}
