//! On which settings an answer hangs: those whose value nobody has confirmed, and without which it could not be told.

use std::borrow::Cow;

use super::decide::{Case, Workspace, holds};
use super::fact::{AccountRow, Set};
use super::rule::{Node, Rule, Standing};
use super::setting::{NeededSetting, Value};

/// A workspace in which one setting is not known.
pub struct Without<'a> {
    /// The workspace.
    pub workspace: &'a dyn Workspace,
    /// Name of the setting.
    pub setting: &'static str,
}

impl Workspace for Without<'_> {
    fn setting(&self, name: &str) -> Option<Value> {
        self.workspace.setting(name).filter(|_| name != self.setting)
    }

    fn common(&self, set: &Set) -> Option<Cow<'_, [String]>> {
        match set {
            Set::Words(name) | Set::ListedGroups(name) if *name == self.setting => None,
            _ => self.workspace.common(set),
        }
    }

    fn account_row(&self, row: &AccountRow, account: &str, group: &str, except: &[String]) -> bool {
        self.workspace.account_row(row, account, group, except)
    }
}

impl NeededSetting {
    /// Its assumed value, as a rule: the name is its id.
    pub fn assumption(&self) -> Rule {
        Rule {
            id: self.name,
            text: self.text,
            source: "a setting that nobody has confirmed",
            standing: Standing::A,
        }
    }
}

/// Of these settings, whose values are assumed, those on which the answer of a tree hangs; none where it cannot be told
/// anyway.
pub fn hangs_on(node: &Node, case: &Case<'_>, assumed: &[NeededSetting]) -> Vec<Rule> {
    let told = assumed.is_empty() || holds(node, case).is_none();
    let settings = assumed.iter().filter(|setting| !told && node.asks_for(setting.name));
    let hang = settings.filter(|setting| {
        let workspace = &Without {
            workspace: case.workspace,
            setting: setting.name,
        };
        holds(node, &Case { workspace, ..*case }).is_none()
    });
    hang.map(NeededSetting::assumption).collect()
}

impl Node {
    /// Whether the value of a setting may enter.
    pub fn asks_for(&self, setting: &str) -> bool {
        match self {
            Self::True | Self::False | Self::Unknown(_) => false,
            Self::Is(fact) => match fact.set() {
                Some(Set::Words(name) | Set::ListedGroups(name)) => name == setting,
                _ => false,
            },
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(|node| node.asks_for(setting)),
            Self::Not(node) | Self::Rule(_, node) => node.asks_for(setting),
            Self::Switch(name, branches) => *name == setting || branches.iter().any(|(_, node)| node.asks_for(setting)),
        }
    }
}
