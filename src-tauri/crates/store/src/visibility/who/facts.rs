//! Facts as conditions on a person `u` of `external_user`.

use portico_core::access::fact::{Fact, Flag};
use portico_core::access::rule::Node;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::sets::{Params, Sets};
use crate::error::{Result, StoreError};

/// The condition on `u` that a tree holds which asks about people alone: flags, and whether sets have values. Nothing in
/// it is a parameter.
pub(crate) fn people_where(c: &Connection, node: &Node) -> Result<String> {
    let mut params = Params::default();
    let condition = Sets {
        c,
        params: &mut params,
        lone_logins: false,
    }
    .people(node)?;
    inlined(&condition, &params)
}

/// The text with its parameters written out. They are words of access models, never of people.
fn inlined(text: &str, params: &Params) -> Result<String> {
    let mut parts = text.split('?');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|one: char| !one.is_ascii_digit()).unwrap_or(part.len());
        let number = part[..digits].parse::<usize>().ok();
        let Some(Value::Text(word)) = number.and_then(|n| params.0.get(n.checked_sub(1)?)) else {
            return Err(StoreError::Damaged(format!("no word for a parameter in {text}")));
        };
        out.push('\'');
        out.push_str(&word.replace('\'', "''"));
        out.push('\'');
        out.push_str(&part[digits..]);
    }
    Ok(out)
}

/// What a flag is in the person's record.
fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Valid => "u.validity = 1",
        Flag::NotRegistered => "u.validity = 4",
        Flag::External => "u.external <> 0",
        Flag::AccountContacts => "u.account_contacts <> 0",
        Flag::AccountTickets => "u.account_tickets <> 0",
        Flag::ExternalComments => "u.external_comments <> 0",
        Flag::RightAddresses => "u.right_addresses <> 0",
        Flag::RightMachines => "u.right_machines <> 0",
        Flag::RightContactPerson => "u.right_contact_person <> 0",
        Flag::RestrictStates => "u.restrict_states <> 0",
        // Whoever has a record is none.
        Flag::Visitor => "0",
    }
}

impl Sets<'_> {
    fn people(&mut self, node: &Node) -> Result<String> {
        let mut joined = |nodes: &[Node], by: &str, none: &str| -> Result<String> {
            let parts: Vec<String> = nodes.iter().map(|n| self.people(n)).collect::<Result<_>>()?;
            Ok(if parts.is_empty() {
                none.to_owned()
            } else {
                format!("({})", parts.join(by))
            })
        };
        Ok(match node {
            Node::True => "1".to_owned(),
            Node::All(nodes) => joined(nodes, " AND ", "1")?,
            Node::Any(nodes) => joined(nodes, " OR ", "0")?,
            Node::Not(inner) => format!("NOT {}", self.people(inner)?),
            Node::Rule(_, inner) => self.people(inner)?,
            Node::Is(fact) => format!("({})", self.fact(*fact, "")?),
            Node::False | Node::Unknown(_) | Node::Switch(..) => "0".to_owned(),
        })
    }

    /// The condition that a fact holds about a ticket whose key, where the fact asks about one, is `value`.
    pub(super) fn fact(&mut self, fact: Fact, value: &str) -> Result<String> {
        Ok(match fact {
            Fact::Flag(wanted) => flag(wanted).to_owned(),
            Fact::In(_, set, fold) => self.contains(set, fold, value)?.condition,
            Fact::Only(_, set, fold) => self.only(set, fold, value)?,
            Fact::Some(set) => self.some(set)?,
            Fact::One(set) => self.one(set)?,
            // Reduced by the ticket, none of the first is left; of the other it is told by its parts.
            Fact::Dimension(_) | Fact::AccountRow(_) => "0".to_owned(),
        })
    }
}
