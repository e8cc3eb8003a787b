//! A reduced tree as the WHERE clause over `tickets.ticket t`.
//!
//! It asks the tables themselves and shares nothing with the cells, so that the two can be held against each other.

use portico_core::access::decide::{Case, Nothing, Person};
use portico_core::access::fact::{Dimension, Fact, Fold, Key, Place, Set};
use portico_core::access::rule::Node;

use super::directory::Here;
use super::owners_home;
use super::person::json;
use crate::error::Result;

/// A condition in SQL with its parameters, numbered from 1.
#[derive(Debug, Default)]
pub(super) struct Where {
    pub(super) text: String,
    pub(super) params: Vec<String>,
}

const QUEUES: &str =
    "t.queue IN (SELECT d.id FROM queue q CROSS JOIN tickets.dict d ON d.kind = 3 AND d.key = q.desk_key
    LEFT JOIN permission_group g ON g.id = q.group_id AND g.present = 1 WHERE q.present = 1 AND ";

pub(super) struct Writer<'a> {
    pub(super) here: &'a Here<'a>,
    pub(super) person: &'a dyn Person,
    pub(super) out: Where,
}

impl Writer<'_> {
    /// Writes a tree that is reduced by the person and bounded.
    pub(super) fn node(&mut self, node: &Node) -> Result<()> {
        match node {
            Node::True => self.out.text.push('1'),
            Node::False | Node::Unknown(_) | Node::Switch(..) => self.out.text.push('0'),
            Node::All(nodes) => self.join(nodes, " AND ", "1")?,
            Node::Any(nodes) => self.join(nodes, " OR ", "0")?,
            Node::Not(node) => {
                self.out.text.push_str("NOT (");
                self.node(node)?;
                self.out.text.push(')');
            }
            Node::Rule(_, node) => self.node(node)?,
            Node::Is(fact) => self.fact(fact)?,
        }
        Ok(())
    }

    fn join(&mut self, nodes: &[Node], word: &str, empty: &str) -> Result<()> {
        if nodes.is_empty() {
            self.out.text.push_str(empty);
            return Ok(());
        }
        self.out.text.push('(');
        for (n, node) in nodes.iter().enumerate() {
            if n > 0 {
                self.out.text.push_str(word);
            }
            self.node(node)?;
        }
        self.out.text.push(')');
        Ok(())
    }

    /// Adds a list of texts as one parameter; returns what reads it.
    fn list(&mut self, values: &[impl serde::Serialize]) -> Result<String> {
        self.out.params.push(json(values)?);
        Ok(format!("(SELECT value FROM json_each(?{}))", self.out.params.len()))
    }

    fn values(&self, set: &Set) -> Vec<String> {
        let case = Case {
            person: self.person,
            subject: &Nothing,
            workspace: self.here,
        };
        case.values(set).map(std::borrow::Cow::into_owned).unwrap_or_default()
    }

    fn key_in(&mut self, key: Key, values: &[String], fold: Fold) -> Result<()> {
        let folded: Vec<String> = values.iter().map(|v| fold.apply(v)).collect();
        let column = match fold {
            Fold::Exact => "key",
            Fold::Simple => "simple",
            Fold::Full => "full",
        };
        let of_dict = |key: &str, kind: u8, list: &str| {
            format!("t.{key} IN (SELECT d.id FROM tickets.dict d WHERE d.kind = {kind} AND d.{column} IN {list})")
        };
        let text = match key.place() {
            Place::Owner => of_dict("owner", 1, &self.list(&folded)?),
            Place::Home => of_dict("account", 2, &self.list(&folded)?),
            Place::OwnersHome => {
                let list = self.list(values)?;
                format!("t.owner IN ({})", owners_home::owners_of(&list))
            }
            Place::Queue => {
                // Groups are few: the names that compare like a value, as they are written.
                let all = self.here.directory.queues.iter().map(|q| q.group.clone());
                let names: Vec<String> = all
                    .filter(|g| !g.is_empty() && values.iter().any(|v| fold.same(v, g)))
                    .collect();
                format!("{QUEUES} g.name IN {})", self.list(&names)?)
            }
            Place::None => "0".to_owned(),
        };
        self.out.text.push_str(&text);
        Ok(())
    }

    fn fact(&mut self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::In(key, set, fold) => self.key_in(*key, &self.values(set), *fold),
            Fact::Only(key, set, fold) => {
                let values = self.values(set);
                if values.len() == 1 {
                    return self.key_in(*key, &values, *fold);
                }
                self.out.text.push('0');
                Ok(())
            }
            Fact::Some(_) | Fact::One(_) | Fact::Flag(_) => {
                let case = Case {
                    person: self.person,
                    subject: &Nothing,
                    workspace: self.here,
                };
                let holds = case.fact(fact) == Some(true);
                self.out.text.push(if holds { '1' } else { '0' });
                Ok(())
            }
            Fact::Dimension(dimension) => self.dimension(dimension),
            Fact::AccountRow(row) => {
                let permissions = self.list(row.any_of)?;
                let except = row.except.map(|set| self.values(&set)).unwrap_or_default();
                let except = self.list(&except)?;
                let text = format!(
                    "EXISTS (SELECT 1 FROM tickets.dict da CROSS JOIN account a ON a.key_simple = da.simple
                        CROSS JOIN account_group r ON r.account_id = a.id AND r.context = 'same'
                        CROSS JOIN queue q ON q.group_id = r.group_id AND q.present = 1
                        CROSS JOIN permission_group g ON g.id = q.group_id AND g.present = 1
                        CROSS JOIN tickets.dict dq ON dq.kind = 3 AND dq.key = q.desk_key
                        WHERE da.kind = 2 AND da.id = t.account AND dq.id = t.queue
                          AND r.permission IN {permissions} AND a.key NOT IN {except})"
                );
                self.out.text.push_str(&text);
                Ok(())
            }
        }
    }

    fn dimension(&mut self, dimension: &Dimension) -> Result<()> {
        let text = match dimension {
            Dimension::GroupValid => format!("{QUEUES} g.validity = 1)"),
            Dimension::FollowUp(kind) => {
                let list = self.list(&[kind])?;
                format!("{QUEUES} q.follow_up IN {list})")
            }
            Dimension::StateKind(kinds) => {
                let list = self.list(kinds)?;
                format!("t.state_kind IN (SELECT d.id FROM tickets.dict d WHERE d.kind = 5 AND d.key IN {list})")
            }
            Dimension::ExternalComments => format!("{QUEUES} q.external_comments = 1)"),
            Dimension::Has(key) => match key.place() {
                Place::Owner => "t.owner <> 0".to_owned(),
                Place::Home => "t.account <> 0".to_owned(),
                Place::Queue => format!("{QUEUES} g.id IS NOT NULL)"),
                Place::OwnersHome | Place::None => "0".to_owned(),
            },
            Dimension::Archived => "t.archived <> 0".to_owned(),
            Dimension::Valid | Dimension::VisibleForCustomer | Dimension::Channel(_) => "0".to_owned(),
        };
        self.out.text.push_str(&text);
        Ok(())
    }
}
