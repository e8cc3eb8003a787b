//! Reads a tree for one person and one subject.
//!
//! Three-valued (Kleene): false and unknown is false, true and unknown is unknown. [`holds`] gives the
//! verdict alone; [`decide`] walks the whole tree and keeps the reasons.

use std::borrow::Cow;

use super::explain::{Explained, Kind, Verdict};
use super::fact::{AccountRow, Dimension, Fact, Flag, Fold, Key, Place, Set};
use super::rule::Node;
use super::setting::Value;

/// The person (or a visitor) who asks.
pub trait Person {
    /// The values of one of the person's sets, each once. A set that the model asks about only by its size
    /// may stop after the second value.
    fn values(&self, set: &Set) -> Cow<'_, [String]>;

    /// Whether a key that is not empty is in one of the person's sets.
    fn has(&self, set: &Set, key: &str, fold: Fold) -> bool {
        contains(&self.values(set), key, fold)
    }

    /// A property of the person.
    fn flag(&self, flag: Flag) -> bool;
}

/// What the question is about: a ticket, a queue, a group, a state, an activity.
pub trait Subject {
    /// The key; empty for none.
    fn key(&self, key: Key) -> &str;

    /// A property.
    fn is(&self, dimension: &Dimension) -> bool;
}

/// What is the same for everybody.
pub trait Workspace {
    /// A setting; `None` where it is unknown.
    fn setting(&self, name: &str) -> Option<Value>;

    /// The values of a common set; `None` where a setting behind it is unknown.
    fn common(&self, set: &Set) -> Option<Cow<'_, [String]>>;

    /// Whether an account that compares like `account` ([`Fold::Simple`]) and is none of `except` (exactly) has a
    /// row on `group`.
    fn account_row(&self, row: &AccountRow, account: &str, group: &str, except: &[String]) -> bool;
}

/// A person, a subject and the workspace both are in.
pub struct Case<'a> {
    /// Who asks.
    pub person: &'a dyn Person,
    /// About what.
    pub subject: &'a dyn Subject,
    /// Where.
    pub workspace: &'a dyn Workspace,
}

/// The subject of a question that is about the person alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Subject for Nothing {
    fn key(&self, _: Key) -> &'static str {
        ""
    }

    fn is(&self, _: &Dimension) -> bool {
        false
    }
}

/// The verdict of a tree: `None` where it cannot be told.
pub fn holds(node: &Node, case: &Case<'_>) -> Option<bool> {
    match node {
        Node::True => Some(true),
        Node::False => Some(false),
        Node::Unknown(_) => None,
        Node::All(nodes) => {
            let mut verdict = Some(true);
            for node in nodes {
                match holds(node, case) {
                    Some(false) => return Some(false),
                    None => verdict = None,
                    Some(true) => {}
                }
            }
            verdict
        }
        Node::Any(nodes) => {
            let mut verdict = Some(false);
            for node in nodes {
                match holds(node, case) {
                    Some(true) => return Some(true),
                    None => verdict = None,
                    Some(false) => {}
                }
            }
            verdict
        }
        Node::Not(node) => holds(node, case).map(|held| !held),
        Node::Is(fact) => case.fact(fact),
        Node::Switch(name, branches) => {
            let value = case.workspace.setting(name);
            if let Some((_, node)) = branches.iter().find(|(v, _)| Some(v) == value.as_ref()) {
                return holds(node, case);
            }
            let none_holds = branches.iter().all(|(_, n)| holds(n, case) == Some(false));
            none_holds.then_some(false)
        }
        Node::Rule(_, node) => holds(node, case),
    }
}

/// The tree with a verdict on every node.
pub fn decide(node: &Node, case: &Case<'_>) -> Explained {
    match node {
        Node::True => Explained::bare(Kind::Fact, Verdict::Passed),
        Node::False => Explained::bare(Kind::Fact, Verdict::Blocked),
        Node::Unknown(why) => Explained {
            text: (*why).to_owned(),
            untold: Some(why),
            ..Explained::bare(Kind::Fact, Verdict::Unknown)
        },
        Node::All(nodes) => junction(Kind::All, Verdict::Blocked, nodes, case),
        Node::Any(nodes) => junction(Kind::Any, Verdict::Passed, nodes, case),
        Node::Not(node) => {
            let child = decide(node, case);
            Explained {
                children: vec![child.clone()],
                ..Explained::bare(Kind::Not, child.verdict.reversed())
            }
        }
        Node::Is(fact) => {
            let explained = case.explain_fact(fact);
            Explained {
                meets: is_joint(fact) && explained.verdict == Verdict::Passed,
                ..explained
            }
        }
        Node::Switch(name, branches) => decide_switch(name, branches, case),
        Node::Rule(rule, node) => {
            let body = decide(node, case);
            if body.rule.is_none() {
                Explained {
                    rule: Some(*rule),
                    text: rule.text.to_owned(),
                    ..body
                }
            } else {
                Explained {
                    rule: Some(*rule),
                    text: rule.text.to_owned(),
                    children: vec![body.clone()],
                    ..Explained::bare(Kind::All, body.verdict)
                }
            }
        }
    }
}

/// Reads the nodes in turn; after one with the verdict `decides`, the others are skipped.
fn junction(kind: Kind, decides: Verdict, nodes: &[Node], case: &Case<'_>) -> Explained {
    let mut verdict = decides.reversed();
    let mut children = Vec::with_capacity(nodes.len());
    for node in nodes {
        if verdict == decides {
            let meets = joins(node) && holds(node, case) == Some(true);
            children.push(Explained { meets, ..skipped(node) });
            continue;
        }
        let child = decide(node, case);
        if child.verdict == decides || child.verdict == Verdict::Unknown {
            verdict = child.verdict;
        }
        children.push(child);
    }
    Explained {
        children,
        ..Explained::bare(kind, verdict)
    }
}

fn decide_switch(name: &'static str, branches: &[(Value, Node)], case: &Case<'_>) -> Explained {
    let value = case.workspace.setting(name);
    let shown = value.as_ref().map_or_else(String::new, Value::show);
    let mut setting = Explained::bare(Kind::Fact, Verdict::Passed);
    name.clone_into(&mut setting.text);
    setting.facts = vec![(name.to_owned(), shown)];
    if let Some((_, node)) = branches.iter().find(|(v, _)| Some(v) == value.as_ref()) {
        let branch = decide(node, case);
        let verdict = branch.verdict;
        return Explained {
            under: Some(name),
            children: vec![setting, branch],
            ..Explained::bare(Kind::All, verdict)
        };
    }
    setting.verdict = Verdict::Unknown;
    setting.setting = Some(name);
    let branches: Vec<_> = branches.iter().map(|(_, n)| decide(n, case)).collect();
    let none_holds = branches.iter().all(|b| b.verdict == Verdict::Blocked);
    let verdict = if none_holds { Verdict::Blocked } else { Verdict::Unknown };
    let any = Explained {
        children: branches,
        ..Explained::bare(Kind::Any, verdict)
    };
    Explained {
        under: Some(name),
        children: vec![setting, any],
        ..Explained::bare(Kind::All, verdict)
    }
}

/// Whether it asks if the ticket is the person's in some way. Groups do not count: they say what is allowed.
fn joins(node: &Node) -> bool {
    let mut joins = false;
    node.facts(&mut |fact| joins |= is_joint(fact));
    joins
}

fn is_joint(fact: &Fact) -> bool {
    match fact {
        Fact::In(key, ..) | Fact::Only(key, ..) => {
            matches!(key.place(), Place::Owner | Place::Home | Place::OwnersHome)
        }
        _ => false,
    }
}

fn skipped(node: &Node) -> Explained {
    let bare = Explained::bare(Kind::Fact, Verdict::Skipped);
    match node {
        Node::Rule(rule, _) => Explained {
            rule: Some(*rule),
            text: rule.text.to_owned(),
            ..bare
        },
        Node::Switch(name, _) => Explained {
            text: (*name).to_owned(),
            ..bare
        },
        Node::Is(fact) => Explained {
            text: describe(fact),
            ..bare
        },
        Node::All(_) => Explained {
            kind: Kind::All,
            ..bare
        },
        Node::Any(_) => Explained {
            kind: Kind::Any,
            ..bare
        },
        Node::Not(inner) => Explained {
            kind: Kind::Not,
            children: vec![skipped(inner)],
            ..bare
        },
        Node::True | Node::False | Node::Unknown(_) => bare,
    }
}

/// A fact in English.
fn describe(fact: &Fact) -> String {
    match fact {
        Fact::In(key, set, fold) => format!("{} is in: {}{}", key.name(), set.name(), case_note(*fold)),
        Fact::Some(set) => format!("there are: {}", set.name()),
        Fact::One(set) => format!("there is exactly one: {}", set.name()),
        Fact::Only(key, set, fold) => format!("{} is the only one of: {}{}", key.name(), set.name(), case_note(*fold)),
        Fact::Flag(flag) => flag.name().to_owned(),
        Fact::Dimension(dimension) => dimension.name(),
        Fact::AccountRow(row) => {
            format!(
                "account of the ticket has a row ({}) on the group of the queue",
                row.any_of.join(", ")
            )
        }
    }
}

fn case_note(fold: Fold) -> &'static str {
    if fold == Fold::Exact { "" } else { " (case ignored)" }
}

/// At most so many values of a set are shown.
const SHOWN: usize = 12;

fn show(values: &[String]) -> String {
    let mut text = values
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if values.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

impl Case<'_> {
    /// The values of a set; `None` where a setting behind it is unknown.
    pub fn values(&self, set: &Set) -> Option<Cow<'_, [String]>> {
        if set.is_common() {
            self.workspace.common(set)
        } else {
            Some(self.person.values(set))
        }
    }

    /// Whether a fact holds; `None` where it cannot be told.
    pub fn fact(&self, fact: &Fact) -> Option<bool> {
        match fact {
            Fact::In(key, set, fold) => {
                let key = self.subject.key(*key);
                if key.is_empty() {
                    return Some(false);
                }
                Some(if set.is_common() {
                    contains(&self.workspace.common(set)?, key, *fold)
                } else {
                    self.person.has(set, key, *fold)
                })
            }
            Fact::Some(set) => Some(!self.values(set)?.is_empty()),
            Fact::One(set) => Some(self.values(set)?.len() == 1),
            Fact::Only(key, set, fold) => {
                let key = self.subject.key(*key);
                let values = self.values(set)?;
                Some(!key.is_empty() && values.len() == 1 && contains(&values, key, *fold))
            }
            Fact::Flag(flag) => Some(self.person.flag(*flag)),
            Fact::Dimension(dimension) => Some(self.subject.is(dimension)),
            Fact::AccountRow(row) => {
                let (account, group) = (self.subject.key(Key::Account), self.subject.key(Key::Group));
                if account.is_empty() || group.is_empty() {
                    return Some(false);
                }
                let except = match row.except {
                    Some(set) => self.values(&set)?,
                    None => Cow::Borrowed(&[][..]),
                };
                Some(self.workspace.account_row(row, account, group, &except))
            }
        }
    }

    fn explain_fact(&self, fact: &Fact) -> Explained {
        let verdict = Verdict::from(self.fact(fact));
        let mut facts = Vec::new();
        let key = |key: Key| (key.name().to_owned(), self.subject.key(key).to_owned());
        match fact {
            Fact::In(k, ..) | Fact::Only(k, ..) => facts.push(key(*k)),
            Fact::AccountRow(_) => facts.extend([key(Key::Account), key(Key::Group)]),
            Fact::Flag(flag) => facts.push((flag.name().to_owned(), self.person.flag(*flag).to_string())),
            Fact::Dimension(d) => facts.push((d.name(), self.subject.is(d).to_string())),
            Fact::Some(_) | Fact::One(_) => {}
        }
        let mut setting = None;
        if let Some(set) = fact.set() {
            let values = self.values(&set);
            if values.is_none()
                && let Set::ListedGroups(name) | Set::Words(name) = set
            {
                setting = Some(name);
            }
            facts.push((set.name(), values.map_or_else(String::new, |v| show(&v))));
        }
        Explained {
            text: describe(fact),
            facts,
            setting,
            ..Explained::bare(Kind::Fact, verdict)
        }
    }
}

/// Whether a key is among values.
pub fn contains(values: &[String], key: &str, fold: Fold) -> bool {
    if values.iter().any(|v| v == key) {
        return true;
    }
    if fold == Fold::Exact {
        return false;
    }
    let folded = fold.apply(key);
    values.iter().any(|v| fold.apply(v) == folded)
}
