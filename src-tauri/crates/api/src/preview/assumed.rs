//! The rules that no documentation states and that decided something.

use std::collections::BTreeSet;

use portico_core::access::explain::Explained;
use portico_core::access::rule::Rule;
use portico_store::visibility::Question;

use super::look::At;
use crate::error::ApiError;
use crate::types::preview::{AssumedRule, Reason};

/// Those because of which the person may log in or not, a ticket is in a list, or a part is shown or not; by id.
pub(super) fn rules<'a>(
    at: &At<'_>,
    login: &Explained,
    parts: impl Iterator<Item = &'a Reason>,
) -> Result<Vec<AssumedRule>, ApiError> {
    let mut rules: BTreeSet<Rule> = login.assumed().into_iter().collect();
    for list in &at.model.lists {
        rules.extend(at.eyes.assumed(&Question::List(list.name.to_owned()))?);
    }
    let of_parts: BTreeSet<&str> = parts
        .filter(|reason| reason.standing == "A")
        .map(|reason| reason.rule.as_str())
        .collect();
    let trees = at.model.home.iter().map(|(_, tree)| tree);
    for tree in trees.chain(at.model.objects.iter().map(|(_, tree)| tree)) {
        tree.rules(&mut |rule| {
            if of_parts.contains(rule.id) {
                rules.insert(*rule);
            }
        });
    }
    let shown = rules.into_iter().map(|rule| AssumedRule {
        id: rule.id.to_owned(),
        text: rule.text.to_owned(),
        source: rule.source.to_owned(),
    });
    Ok(shown.collect())
}
