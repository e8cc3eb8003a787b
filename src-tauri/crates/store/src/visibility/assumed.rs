//! Which assumed rules decide on tickets of a list, and which settings that nobody has confirmed: on any ticket, not on
//! one of a page.

use std::collections::BTreeSet;

use portico_core::access::decide::Workspace;
use portico_core::access::hangs::Without;
use portico_core::access::known::ForPerson;
use portico_core::access::rule::{Node, Rule, all, not};
use portico_core::access::setting::NeededSetting;

use super::compile::Compiler;
use super::passing::Passing;
use super::{Eyes, Question};
use crate::error::Result;

impl Eyes<'_> {
    /// The rules that are only assumed and because of which some ticket of a list is in it, and the settings without whose
    /// assumed value it could not be told of some ticket, by id. Where a setting is missing there may be rules too many.
    pub fn assumed(&self, question: &Question) -> Result<BTreeSet<Rule>> {
        let seen = self.seen(question)?;
        if let Some(known) = seen.assumed.get() {
            return Ok(known.clone());
        }
        let tree = self.tree(question)?;
        let known = ForPerson {
            person: self.person,
            workspace: &self.here,
        };
        let (reduced, mut rules) = (tree.reduce(&known).lower(), BTreeSet::new());
        if reduced != Node::False {
            for (rule, where_so) in tree.assumed_where(&self.here) {
                let node = all([reduced.clone(), where_so.reduce(&known).upper()]).reduce(&known);
                if self.is_so_of_some_ticket(&node)? {
                    rules.insert(rule);
                }
            }
        }
        for setting in &self.here.directory.unconfirmed {
            if tree.asks_for(setting.name) && self.hangs_on(&tree, setting)? {
                rules.insert(setting.assumption());
            }
        }
        Ok(seen.assumed.get_or_init(|| rules).clone())
    }

    /// Whether it could not be told of some ticket without the setting, though it can be told with it.
    fn hangs_on(&self, tree: &Node, setting: &NeededSetting) -> Result<bool> {
        let reduced = |workspace: &dyn Workspace| {
            tree.reduce(&ForPerson {
                person: self.person,
                workspace,
            })
        };
        let (with, without) = (
            reduced(&self.here),
            reduced(&Without {
                workspace: &self.here,
                setting: setting.name,
            }),
        );
        if without.is_certain() {
            return Ok(false);
        }
        let told = not(all([with.upper(), not(with.lower())]));
        self.is_so_of_some_ticket(&all([told, without.upper(), not(without.lower())]))
    }

    fn is_so_of_some_ticket(&self, node: &Node) -> Result<bool> {
        if *node == Node::False {
            return Ok(false);
        }
        let condition = Compiler::new(&self.here, self.person).compile(node)?;
        Ok(Passing::of(&condition, &self.here, self.cells)?.count(self.cells, |_| true) > 0)
    }
}
