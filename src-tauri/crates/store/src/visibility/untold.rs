//! Tickets of which it cannot be told whether a list shows them, or whether they can be opened. That they cannot be told
//! is certain: they are what lies between the bounds of both questions, so they are counted and paged like any list.

use std::sync::Arc;

use portico_core::access::decide::Workspace;
use portico_core::access::known::ForPerson;
use portico_core::access::rule::{Node, all, any, not};
use portico_core::access::untold::Untold;

use super::kept::Seen;
use super::passing::Passing;
use super::reason::Reasoned;
use super::{Bounds, Eyes, Question};
use crate::error::Result;
use crate::snapshot::Ticket;

impl Eyes<'_> {
    pub(super) fn untold_bounds(&self) -> Result<Bounds> {
        let mut between = Vec::new();
        for question in Question::asked() {
            let bounds = self.bounds(&question)?;
            if !bounds.certain {
                between.push(all([bounds.upper, not(bounds.lower)]));
            }
        }
        let node = if between.is_empty() { Node::False } else { any(between) };
        Ok(Bounds {
            lower: node.clone(),
            upper: node,
            certain: true,
        })
    }

    /// What lies between the bounds of both questions. Their answers are asked for anyway, so it is worked out from them.
    pub(super) fn seen_untold(&self) -> Result<Seen> {
        let [listed, openable] = Question::asked();
        let between = |question| -> Result<Passing> {
            let seen = self.seen(question)?;
            Ok(seen.upper.less(&seen.lower, self.cells))
        };
        let untold = Arc::new(between(&listed)?.or(&between(&openable)?, self.cells));
        Ok(Seen::between(Arc::clone(&untold), untold))
    }

    pub(super) fn is_untold(&self, ticket: &Ticket) -> Result<bool> {
        for question in Question::asked() {
            if self.sees(&question, ticket)?.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Why the first of the two questions that cannot be answered cannot be.
    pub(super) fn why_untold(&self, ticket: &Ticket) -> Result<Reasoned> {
        let [listed, openable] = Question::asked();
        let listed = self.why(&listed, ticket)?;
        if listed.answer.is_none() {
            return Ok(listed);
        }
        self.why(&openable, ticket)
    }

    /// What is missing to tell the answer of a tree on every ticket, or, where it is about the person alone, on her;
    /// each once, and nothing where all can be told.
    pub fn missing_for(&self, node: &Node) -> Vec<Untold> {
        node.untold(&ForPerson {
            person: self.person,
            workspace: &self.here,
        })
    }

    /// Names of the settings that are needed and not known.
    pub fn missing_settings(&self) -> Vec<&'static str> {
        self.model
            .settings
            .iter()
            .map(|s| s.name)
            .filter(|name| self.here.setting(name).is_none())
            .collect()
    }
}
