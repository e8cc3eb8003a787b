//! On which tickets of a list an assumed rule decides, as a tree: so that all of them are asked at once, not a page.
//!
//! It says what [`Explained::assumed`](super::explain::Explained::assumed) says ticket by ticket.

use std::collections::BTreeMap;

use super::decide::Workspace;
use super::fact::Fact;
use super::rule::{Node, Rule, Standing, all, any, not};

/// What is so on the way from the root down to a node, and what was found on all ways.
struct Walk<'a> {
    workspace: &'a dyn Workspace,
    way: Vec<Node>,
    found: BTreeMap<Rule, Vec<Node>>,
}

impl Node {
    /// Each rule that is only assumed, with a tree of the tickets on which this one holds because of it. Where a setting
    /// is missing it may name tickets too many.
    pub fn assumed_where(&self, workspace: &dyn Workspace) -> Vec<(Rule, Node)> {
        let mut walk = Walk {
            workspace,
            way: Vec::new(),
            found: BTreeMap::new(),
        };
        walk.down(self, true, true);
        walk.found.into_iter().map(|(rule, ways)| (rule, any(ways))).collect()
    }
}

/// Whether the tree with its verdict shows no more here than the name of a property and its value.
fn is_property(node: &Node) -> bool {
    matches!(node, Node::Is(Fact::Flag(_) | Fact::Dimension(_)))
}

fn alone(nodes: &[Node]) -> bool {
    nodes.iter().filter(|node| !is_property(node)).count() == 1
}

impl Walk<'_> {
    /// `holds`: how the node came out; `matters`: whether another answer of it would be another answer of all.
    fn down(&mut self, node: &Node, holds: bool, matters: bool) {
        match node {
            Node::True | Node::False | Node::Unknown(_) | Node::Is(_) => {}
            Node::Rule(rule, body) => {
                if rule.standing == Standing::A && matters {
                    let so = if holds { node.clone() } else { not(node.clone()) };
                    let way = all(self.way.iter().cloned().chain([so]));
                    self.found.entry(*rule).or_default().push(way);
                }
                self.down(body, holds, true);
            }
            Node::Not(inner) => self.down(inner, !holds, true),
            Node::All(nodes) => self.junction(nodes, holds, !holds),
            Node::Any(nodes) => self.junction(nodes, holds, holds),
            Node::Switch(name, branches) => {
                let value = self.workspace.setting(name);
                match branches.iter().find(|(v, _)| Some(v) == value.as_ref()) {
                    Some((_, branch)) => self.down(branch, holds, true),
                    None if holds => {}
                    None => {
                        for (_, branch) in branches {
                            self.down(branch, false, true);
                        }
                    }
                }
            }
        }
    }

    /// `first`: the first node that came out so decided alone, and those before it did not.
    fn junction(&mut self, nodes: &[Node], holds: bool, first: bool) {
        let deep = self.way.len();
        let matters = first || alone(nodes);
        for node in nodes {
            let so = if holds { node.clone() } else { not(node.clone()) };
            self.way.push(so);
            if !is_property(node) || !first {
                self.down(node, holds, matters);
            }
            self.way.pop();
            if first {
                self.way.push(if holds { not(node.clone()) } else { node.clone() });
            }
        }
        self.way.truncate(deep);
    }
}
