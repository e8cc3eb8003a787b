//! Trees and reasons as they cross the bridge.

use std::collections::HashMap;

use portico_core::access::explain::Explained;
use portico_core::access::fact::{Key, Set};
use portico_core::access::model::Permission;
use portico_core::access::rule::{Node, Rule, Standing};
use portico_store::visibility::{PlaceNames, Question, Reasoned};

use super::look::{At, ticket};
use super::objects::Reached;
use crate::error::ApiError;
use crate::types::preview::Reason;
use crate::types::why::{Why, WhyNode, WhyTree};

/// The deciding rule, for one line.
pub(crate) fn reason(why: &Reasoned) -> Reason {
    let rule = why.decided.rule;
    let named = rule.filter(|rule| rule.standing == Standing::A);
    let around = why.assumed.iter().copied().filter(|rule| Some(*rule) != named);
    Reason {
        rule: rule.map(|rule| rule.id.to_owned()).unwrap_or_default(),
        text: rule.map(|rule| rule.text.to_owned()).unwrap_or_default(),
        standing: rule.map(standing).unwrap_or_default(),
        facts: why.decided.facts.clone(),
        assumed: named.into_iter().chain(around).map(|rule| rule.id.to_owned()).collect(),
    }
}

fn standing(rule: Rule) -> String {
    rule.standing.letter().to_owned()
}

/// One tree a question.
pub(super) fn why(at: &At<'_>, number: &str) -> Result<Why, ApiError> {
    let ticket = ticket(at.c, number)?;
    let reached = if at.model.asks_about(Key::Object) {
        super::objects::reaching(at, &ticket.account)?
    } else {
        None
    };
    let mut trees = vec![tree("login", &at.eyes.explain_alone(&at.model.login)?)];
    let mut lists = Vec::new();
    for list in &at.model.lists {
        lists.push(tree(list.name, &at.eyes.explain(&list.shows(), &ticket)?));
    }
    let ask = |question: &str, node: &Node| -> Result<WhyTree, ApiError> {
        Ok(tree(question, &at.eyes.explain(node, &ticket)?))
    };
    let openable = ask("openable", at.model.openable.get(Permission::Ro))?;
    let reply = ask("reply", &at.model.reply.allowed)?;
    let comment = at.model.has_comments().then(|| ask("comment", &at.model.comment));
    let comment = comment.transpose()?;
    Ok(Why {
        login: at.eyes.person().login.clone(),
        title: ticket.title.clone(),
        place: PlaceNames::default().of(at.c, at.model.sorted_by, &ticket)?,
        may_log_in: trees[0].answer,
        listed: at.eyes.sees(&Question::Listed, &ticket)?,
        openable: openable.answer,
        reply: reply.answer,
        ticket: ticket.number,
        trees: {
            trees.extend(lists);
            trees.push(openable);
            trees.push(reply);
            trees.extend(comment);
            for tree in &mut trees {
                name_the_object(&mut tree.tree, reached.as_ref());
                shorten(&mut tree.reason.facts, tree.answer == Some(true), reached.as_ref());
            }
            trees
        },
        right: reached.map(|reached| reached.right),
    })
}

/// Of all objects that are granted to a person, the facts of a tree name the one whose right reaches the item, and none
/// where nothing does: of a list of hundreds the first twelve say nothing.
fn name_the_object(node: &mut WhyNode, reached: Option<&Reached>) {
    shorten(&mut node.facts, node.verdict == "passed", reached);
    for child in &mut node.children {
        name_the_object(child, reached);
    }
}

/// The rights that reach the items of a page: many lie in the same object.
#[derive(Default)]
pub(super) struct Rights {
    by_home: HashMap<String, Option<Reached>>,
}

impl Rights {
    /// Of all objects that are granted to the person, the reason of a row names the one whose right reaches the item.
    pub(super) fn name(&mut self, at: &At<'_>, home: &str, passed: bool, reason: &mut Reason) -> Result<(), ApiError> {
        if !at.model.asks_about(Key::Object) {
            return Ok(());
        }
        if !self.by_home.contains_key(home) {
            let reached = super::objects::reaching(at, home)?;
            self.by_home.insert(home.to_owned(), reached);
        }
        let reached = self.by_home.get(home).and_then(Option::as_ref);
        shorten(&mut reason.facts, passed, reached);
        Ok(())
    }
}

fn shorten(facts: &mut [(String, String)], passed: bool, reached: Option<&Reached>) {
    for (name, value) in facts {
        if name.starts_with(Set::OBJECTS_GRANTED) {
            *value = reached
                .filter(|_| passed)
                .map(|reached| reached.given_on().to_owned())
                .unwrap_or_default();
        }
    }
}

/// The name of a queue by the desk's key; the key where the queue is not recorded.
pub(super) fn queue_name(at: &At<'_>, key: &str) -> Result<String, ApiError> {
    let found = portico_store::table::queue::by_desk_key(at.c, key)?;
    Ok(found.map_or_else(|| key.to_owned(), |queue| queue.name))
}

fn tree(question: &str, explained: &Explained) -> WhyTree {
    WhyTree {
        question: question.to_owned(),
        answer: explained.answer(),
        reason: reason(&Reasoned::from(explained)),
        tree: node(&explained.simplified()),
    }
}

fn node(explained: &Explained) -> WhyNode {
    WhyNode {
        id: explained.rule.map(|rule| rule.id.to_owned()).unwrap_or_default(),
        text: explained.text.clone(),
        verdict: explained.verdict.name().to_owned(),
        standing: explained.rule.map(standing).unwrap_or_default(),
        source: explained.rule.map(|rule| rule.source.to_owned()).unwrap_or_default(),
        kind: explained.kind.name().to_owned(),
        facts: explained.facts.clone(),
        children: explained.children.iter().map(node).collect(),
    }
}
