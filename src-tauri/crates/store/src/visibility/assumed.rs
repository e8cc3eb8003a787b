//! Which assumed rules decide on tickets of a list: on any of them, not on a page.

use std::collections::BTreeSet;

use portico_core::access::known::ForPerson;
use portico_core::access::rule::{Node, Rule, all};

use super::compile::Compiler;
use super::passing::Passing;
use super::{Eyes, Question};
use crate::error::Result;

impl Eyes<'_> {
    /// The rules that are only assumed and because of which some ticket of a list is in it, by id. Where a setting is
    /// missing there may be rules too many.
    pub fn assumed(&self, question: &Question) -> Result<BTreeSet<Rule>> {
        let tree = self.tree(question)?;
        let known = ForPerson {
            person: self.person,
            workspace: &self.here,
        };
        let (reduced, mut rules) = (tree.reduce(&known).lower(), BTreeSet::new());
        if reduced == Node::False {
            return Ok(rules);
        }
        for (rule, where_so) in tree.assumed_where(&self.here) {
            let node = all([reduced.clone(), where_so.reduce(&known).upper()]).reduce(&known);
            if node == Node::False {
                continue;
            }
            let condition = Compiler::new(&self.here, self.person).compile(&node)?;
            if Passing::of(&condition, &self.here, self.cells)?.count(self.cells, |_| true) > 0 {
                rules.insert(rule);
            }
        }
        Ok(rules)
    }
}
