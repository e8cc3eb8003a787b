//! The rules that no documentation states and that decided something.

use std::collections::BTreeSet;

use portico_core::access::decide::Subject;
use portico_core::access::rule::{Node, Rule};
use portico_store::visibility::Question;

use super::look::At;
use crate::error::ApiError;
use crate::types::preview::{AssumedRule, Reason};

/// Those that were met, by id.
pub(super) type Rules = BTreeSet<Rule>;

/// Those that were met, and in which parts of what is told.
#[derive(Default)]
pub(super) struct Noted {
    pub(super) rules: Rules,
    pub(super) parts: Vec<String>,
}

impl Noted {
    /// The answer about a part, noting it where an assumed rule decided something.
    pub(super) fn of<T>(
        &mut self,
        part: &str,
        ask: impl FnOnce(&mut Rules) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut met = Rules::new();
        let answer = ask(&mut met)?;
        if !met.is_empty() {
            self.parts.push(part.to_owned());
            self.rules.extend(met);
        }
        Ok(answer)
    }

    /// Adds those because of which the person may log in or not, a ticket is in a list, or a part is shown or not.
    pub(super) fn add(&mut self, at: &At<'_>, login: &[Rule], reasons: &[&Reason]) -> Result<(), ApiError> {
        self.rules.extend(login.iter().copied());
        for list in &at.model.lists {
            self.rules
                .extend(at.eyes.assumed(&Question::List(list.name.to_owned()))?);
        }
        let named: BTreeSet<&str> = reasons
            .iter()
            .flat_map(|reason| reason.assumed.iter().map(String::as_str))
            .collect();
        let trees = at.model.home.iter().map(|(_, tree)| tree);
        for tree in trees.chain(at.model.objects.iter().map(|(_, tree)| tree)) {
            tree.rules(&mut |rule| {
                if named.contains(rule.id) {
                    self.rules.insert(*rule);
                }
            });
        }
        Ok(())
    }

    /// The rules, as they cross the bridge.
    pub(super) fn told(&self) -> Vec<AssumedRule> {
        let told = |rule: &Rule| AssumedRule {
            id: rule.id.to_owned(),
            text: rule.text.to_owned(),
            source: rule.source.to_owned(),
        };
        self.rules.iter().map(told).collect()
    }
}

/// The answer of a tree about something else than a ticket; assumed rules that decided are added.
pub(super) fn about(
    at: &At<'_>,
    node: &Node,
    subject: &dyn Subject,
    assumed: &mut Rules,
) -> Result<Option<bool>, ApiError> {
    let explained = at.eyes.explain_about(node, subject)?;
    assumed.extend(explained.assumed());
    Ok(explained.answer())
}
