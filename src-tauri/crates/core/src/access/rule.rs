//! The tree of an access model, and how it is reduced by what is known.

use serde::Serialize;

use super::fact::{Fact, Set};
use super::setting::{Settings, Value};

/// How well a rule is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, specta::Type)]
pub enum Standing {
    /// Documented by the vendor.
    D,
    /// Measured on a running instance.
    M,
    /// Observed in public client code.
    O,
    /// Assumed: the documentation is silent.
    A,
}

impl Standing {
    /// Its letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::D => "D",
            Self::M => "M",
            Self::O => "O",
            Self::A => "A",
        }
    }
}

/// A sentence of the desk about who sees what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Stable id, `<desk>.<question>.<rule>`; a key of the catalogue.
    pub id: &'static str,
    /// The sentence in English, for an admin.
    pub text: &'static str,
    /// Where it is written or how it was found.
    pub source: &'static str,
    /// How well it is known.
    pub standing: Standing,
}

/// A tree over facts. Three-valued: where something is unknown and decides, the answer is unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Always holds.
    True,
    /// Never holds.
    False,
    /// Cannot be told, for this reason.
    Unknown(&'static str),
    /// Holds where all hold; the first that does not decides.
    All(Vec<Node>),
    /// Holds where one holds; the first that does decides.
    Any(Vec<Node>),
    /// Holds where the other does not.
    Not(Box<Node>),
    /// A fact.
    Is(Fact),
    /// The branch for the value of a setting. Where the setting is absent or has none of these values:
    /// it does not hold where no branch does, and is unknown otherwise.
    Switch(&'static str, Vec<(Value, Node)>),
    /// A rule and what it says.
    Rule(Rule, Box<Node>),
}

/// Holds where all hold.
pub fn all(nodes: impl IntoIterator<Item = Node>) -> Node {
    Node::All(nodes.into_iter().collect())
}

/// Holds where one holds.
pub fn any(nodes: impl IntoIterator<Item = Node>) -> Node {
    Node::Any(nodes.into_iter().collect())
}

/// Holds where the other does not.
pub fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

/// The branch for a switch of the desk.
pub fn when(setting: &'static str, on: Node, off: Node) -> Node {
    Node::Switch(setting, vec![(Value::Switch(true), on), (Value::Switch(false), off)])
}

impl Rule {
    /// The rule with what it says.
    pub fn says(self, node: Node) -> Node {
        Node::Rule(self, Box::new(node))
    }
}

/// What is known while a tree is reduced. `None` leaves the leaf as it is.
pub trait Known {
    /// What a fact is replaced by.
    fn fact(&self, fact: &Fact) -> Option<Node>;

    /// Whether the settings are known; if so, `Some(value)`, with `None` for an absent one.
    fn setting(&self, name: &str) -> Option<Option<Value>>;
}

impl Node {
    /// Replaces what is known and folds constants. The result says the same as the tree wherever `known` is right.
    #[must_use]
    pub fn reduce(&self, known: &impl Known) -> Node {
        match self {
            Self::True | Self::False | Self::Unknown(_) => self.clone(),
            Self::All(nodes) => fold_all(nodes.iter().map(|n| n.reduce(known))),
            Self::Any(nodes) => fold_any(nodes.iter().map(|n| n.reduce(known))),
            Self::Not(node) => match node.reduce(known) {
                Self::True => Self::False,
                Self::False => Self::True,
                Self::Unknown(why) => Self::Unknown(why),
                Self::Not(inner) => *inner,
                other => not(other),
            },
            Self::Is(fact) => known.fact(fact).unwrap_or_else(|| self.clone()),
            Self::Switch(name, branches) => reduce_switch(name, branches, known),
            Self::Rule(rule, node) => match node.reduce(known) {
                constant @ (Self::True | Self::False | Self::Unknown(_)) => constant,
                other => rule.says(other),
            },
        }
    }

    /// The tree that holds exactly where this one is certain to hold: unknown counts as no, and as yes under a Not.
    #[must_use]
    pub fn lower(&self) -> Node {
        self.bound(false)
    }

    /// The tree that fails exactly where this one is certain to fail: unknown counts as yes, and as no under a Not.
    #[must_use]
    pub fn upper(&self) -> Node {
        self.bound(true)
    }

    fn bound(&self, upper: bool) -> Node {
        match self {
            Self::True | Self::False | Self::Is(_) => self.clone(),
            Self::Unknown(_) => {
                if upper {
                    Self::True
                } else {
                    Self::False
                }
            }
            Self::All(nodes) => fold_all(nodes.iter().map(|n| n.bound(upper))),
            Self::Any(nodes) => fold_any(nodes.iter().map(|n| n.bound(upper))),
            Self::Not(node) => match node.bound(!upper) {
                Self::True => Self::False,
                Self::False => Self::True,
                other => not(other),
            },
            // Without the setting a switch never holds for certain, and fails only where every branch does.
            Self::Switch(_, branches) if upper => fold_any(branches.iter().map(|(_, n)| n.bound(true))),
            Self::Switch(..) => Self::False,
            Self::Rule(_, node) => node.bound(upper),
        }
    }

    /// Whether nothing in the tree is unknown.
    pub fn is_certain(&self) -> bool {
        match self {
            Self::Unknown(_) | Self::Switch(..) => false,
            Self::True | Self::False | Self::Is(_) => true,
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().all(Self::is_certain),
            Self::Not(node) | Self::Rule(_, node) => node.is_certain(),
        }
    }

    /// Calls `visit` with every fact of the tree.
    pub fn facts(&self, visit: &mut impl FnMut(&Fact)) {
        match self {
            Self::True | Self::False | Self::Unknown(_) => {}
            Self::Is(fact) => visit(fact),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|n| n.facts(visit)),
            Self::Not(node) | Self::Rule(_, node) => node.facts(visit),
            Self::Switch(_, branches) => branches.iter().for_each(|(_, n)| n.facts(visit)),
        }
    }

    /// Calls `visit` with every fact that is asked under these settings: of a switch whose setting is known, with those
    /// of its branch alone.
    pub fn facts_under(&self, settings: &Settings, visit: &mut impl FnMut(&Fact)) {
        match self {
            Self::True | Self::False | Self::Unknown(_) => {}
            Self::Is(fact) => visit(fact),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|n| n.facts_under(settings, visit)),
            Self::Not(node) | Self::Rule(_, node) => node.facts_under(settings, visit),
            Self::Switch(name, branches) => match branches.iter().find(|(v, _)| Some(v) == settings.get(name)) {
                Some((_, node)) => node.facts_under(settings, visit),
                None => branches.iter().for_each(|(_, n)| n.facts_under(settings, visit)),
            },
        }
    }

    /// Calls `visit` with every rule of the tree.
    pub fn rules(&self, visit: &mut impl FnMut(&Rule)) {
        match self {
            Self::True | Self::False | Self::Unknown(_) | Self::Is(_) => {}
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|n| n.rules(visit)),
            Self::Not(node) => node.rules(visit),
            Self::Switch(_, branches) => branches.iter().for_each(|(_, n)| n.rules(visit)),
            Self::Rule(rule, node) => {
                visit(rule);
                node.rules(visit);
            }
        }
    }

    /// The sets the tree asks about, each once, in order of first mention.
    pub fn sets(&self) -> Vec<Set> {
        let mut sets = Vec::new();
        self.facts(&mut |fact| {
            if let Some(set) = fact.set()
                && !sets.contains(&set)
            {
                sets.push(set);
            }
        });
        sets
    }
}

/// All of them, with constants folded. An unknown stays beside what may still fail.
fn fold_all(nodes: impl Iterator<Item = Node>) -> Node {
    let mut kept = Vec::new();
    let mut unknown = None;
    for node in nodes {
        match node {
            Node::False => return Node::False,
            Node::True => {}
            Node::Unknown(why) => unknown = unknown.or(Some(why)),
            Node::All(inner) => kept.extend(inner),
            other => kept.push(other),
        }
    }
    close(kept, unknown, Node::True, Node::All)
}

/// One of them, with constants folded. An unknown stays beside what may still hold.
fn fold_any(nodes: impl Iterator<Item = Node>) -> Node {
    let mut kept = Vec::new();
    let mut unknown = None;
    for node in nodes {
        match node {
            Node::True => return Node::True,
            Node::False => {}
            Node::Unknown(why) => unknown = unknown.or(Some(why)),
            Node::Any(inner) => kept.extend(inner),
            other => kept.push(other),
        }
    }
    close(kept, unknown, Node::False, Node::Any)
}

fn close(mut kept: Vec<Node>, unknown: Option<&'static str>, empty: Node, join: fn(Vec<Node>) -> Node) -> Node {
    if let Some(why) = unknown {
        kept.push(Node::Unknown(why));
    }
    if kept.len() > 1 {
        return join(kept);
    }
    kept.pop().unwrap_or(empty)
}

fn reduce_switch(name: &'static str, branches: &[(Value, Node)], known: &impl Known) -> Node {
    if let Some(Some(value)) = known.setting(name)
        && let Some((_, node)) = branches.iter().find(|(v, _)| *v == value)
    {
        return node.reduce(known);
    }
    let branches: Vec<_> = branches.iter().map(|(v, n)| (v.clone(), n.reduce(known))).collect();
    if branches.iter().all(|(_, n)| *n == Node::False) {
        return Node::False;
    }
    Node::Switch(name, branches)
}
