//! Why something cannot be told: which setting is missing, or what else the model does not know.

use super::explain::{Explained, Verdict};
use super::fact::Set;
use super::known::ForPerson;
use super::rule::{Known, Node};

/// One thing that would have to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Untold {
    /// The desk's name of the setting that is missing, or under whose value this cannot be told; empty where no
    /// setting has a say in it.
    pub setting: &'static str,
    /// What is not known, in English; empty where it is the setting itself.
    pub why: &'static str,
}

impl Untold {
    fn missing(setting: &'static str) -> Self {
        Self { setting, why: "" }
    }
}

fn note(found: &mut Vec<Untold>, one: Untold) {
    if !found.contains(&one) {
        found.push(one);
    }
}

impl Explained {
    /// What made it unknown, each once; empty where there is an answer.
    pub fn untold(&self) -> Vec<Untold> {
        let mut found = Vec::new();
        self.collect_untold("", &mut found);
        found
    }

    fn collect_untold(&self, under: &'static str, found: &mut Vec<Untold>) {
        if self.verdict != Verdict::Unknown {
            return;
        }
        let under = self.under.unwrap_or(under);
        if let Some(why) = self.untold {
            note(found, Untold { setting: under, why });
        }
        if let Some(setting) = self.setting {
            note(found, Untold::missing(setting));
            return;
        }
        // Behind a setting that is missing may stand more; it can be asked about once that one is given.
        let missing = self
            .children
            .first()
            .filter(|first| self.under.is_some() && first.setting == self.under);
        match missing {
            Some(setting) => setting.collect_untold(under, found),
            None => self
                .children
                .iter()
                .for_each(|child| child.collect_untold(under, found)),
        }
    }
}

impl Node {
    /// What makes the tree unknown for this person on some ticket, each once; empty where all can be told.
    pub fn untold(&self, known: &ForPerson<'_>) -> Vec<Untold> {
        let mut found = Vec::new();
        self.collect_untold(known, "", &mut found);
        found
    }

    fn collect_untold(&self, known: &ForPerson<'_>, under: &'static str, found: &mut Vec<Untold>) {
        if self.reduce(known).is_certain() {
            return;
        }
        match self {
            Self::True | Self::False => {}
            Self::Unknown(why) => note(found, Untold { setting: under, why }),
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.collect_untold(known, under, found);
                }
            }
            Self::Not(node) | Self::Rule(_, node) => node.collect_untold(known, under, found),
            Self::Is(fact) => {
                if let Some(Set::ListedGroups(setting) | Set::Words(setting)) = fact.set() {
                    note(found, Untold::missing(setting));
                }
            }
            Self::Switch(name, branches) => {
                let value = known.setting(name).flatten();
                match branches.iter().find(|(v, _)| Some(v) == value.as_ref()) {
                    Some((_, node)) => node.collect_untold(known, name, found),
                    None => note(found, Untold::missing(name)),
                }
            }
        }
    }
}
