//! A tree that is reduced by a ticket, as a condition on a person `u` of `external_user`, and as a query of those who
//! come into question.

use portico_core::access::fact::{Fact, Flag, Fold, Set};
use portico_core::access::rule::Node;

use super::sets::{Contains, Params, Sets};
use crate::error::Result;
use crate::visibility::directory::Here;

/// How far candidates are counted, in steps.
const CAPS: [usize; 2] = [50, 1_000];

/// Queries of ids (the first column) among which is everybody for whom a condition holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    /// As they are looked up: quick to count.
    pub(super) raw: Vec<String>,
    /// The same, some of them asked already whether it does hold.
    pub(super) asked: Vec<String>,
}

/// A condition on `u`.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    /// Those who come into question; `None` where that may be anybody.
    pub(super) candidates: Option<Candidates>,
    /// What is left to ask of the candidates.
    pub(super) rest: String,
    /// How many may be candidates, from few to many.
    reach: u8,
    /// What it costs to ask one person.
    cost: u8,
}

impl Written {
    fn constant(holds: bool) -> Self {
        let text = u8::from(holds).to_string();
        Self {
            candidates: (!holds).then(Candidates::default),
            rest: text.clone(),
            text,
            reach: 0,
            cost: 0,
        }
    }

    fn filter(text: String, cost: u8) -> Self {
        Self {
            rest: text.clone(),
            text,
            candidates: None,
            reach: u8::MAX,
            cost,
        }
    }
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

pub(super) struct Writer<'a> {
    pub(super) here: &'a Here<'a>,
    pub(super) subject: &'a dyn portico_core::access::decide::Subject,
    pub(super) params: Params,
}

impl Writer<'_> {
    fn sets(&mut self) -> Sets<'_> {
        Sets {
            c: self.here.c,
            params: &mut self.params,
        }
    }

    /// Writes a tree that is reduced by the ticket and bounded.
    pub(super) fn node(&mut self, node: &Node) -> Result<Written> {
        Ok(match node {
            Node::True => Written::constant(true),
            Node::False | Node::Unknown(_) | Node::Switch(..) => Written::constant(false),
            Node::All(nodes) => {
                let parts = self.parts(nodes)?;
                let fewest = self.fewest(&parts)?;
                all(parts, fewest)
            }
            Node::Any(nodes) => {
                let parts = self.parts(nodes)?;
                any(parts)
            }
            Node::Not(node) => {
                let inner = self.node(node)?;
                opposite(&inner.text, inner.cost)
            }
            Node::Rule(_, node) => self.node(node)?,
            Node::Is(fact) => self.fact(fact)?,
        })
    }

    /// Which of the parts has the fewest candidates; `None` where each may hold for anybody.
    ///
    /// They are counted, as far as it takes: how many people hold a group or an account differs by four powers of ten.
    fn fewest(&self, parts: &[Written]) -> Result<Option<usize>> {
        let places = 0..parts.len();
        let named: Vec<(usize, &[String])> = places
            .filter_map(|at| Some((at, parts[at].candidates.as_ref()?.raw.as_slice())))
            .collect();
        if let [] | [_] = named.as_slice() {
            return Ok(named.first().map(|(at, _)| *at));
        }
        for cap in CAPS {
            let mut best: Option<(usize, usize)> = None;
            for &(at, queries) in &named {
                let limit = best.map_or(cap, |(count, _)| count);
                let count = self.params.count(self.here.c, queries, limit)?;
                if count < limit {
                    best = Some((count, at));
                }
            }
            if let Some((_, at)) = best {
                return Ok(Some(at));
            }
        }
        let reach = |at: &usize| parts[*at].reach;
        Ok(named.iter().map(|(at, _)| *at).min_by_key(reach))
    }

    /// The cheapest first: SQLite asks them in turn.
    fn parts(&mut self, nodes: &[Node]) -> Result<Vec<Written>> {
        let mut parts = nodes.iter().map(|n| self.node(n)).collect::<Result<Vec<_>>>()?;
        parts.sort_by_key(|part| part.cost);
        Ok(parts)
    }

    fn fact(&mut self, fact: &Fact) -> Result<Written> {
        Ok(match *fact {
            Fact::Flag(wanted) => Written::filter(flag(wanted).to_owned(), 1),
            Fact::In(key, set, fold) => {
                let value = self.subject.key(key).to_owned();
                in_set(self.sets().contains(set, fold, &value)?)
            }
            Fact::Only(key, set, fold) => {
                let value = self.subject.key(key).to_owned();
                Written::filter(self.sets().only(set, fold, &value)?, 9)
            }
            Fact::Some(set) => Written::filter(self.sets().some(set)?, 4),
            Fact::One(set) => Written::filter(self.sets().one(set)?, 9),
            Fact::AccountRow(row) => {
                use portico_core::access::fact::Key;
                let (account, group) = (self.subject.key(Key::Account), self.subject.key(Key::Group));
                let keys = self.here.keys_with_row(row.any_of, account, group)?;
                let except = row.except.unwrap_or(Set::ValidGroups);
                let mut ways = Vec::new();
                for key in keys {
                    let hers = self.sets().contains(except, Fold::Exact, &key)?;
                    ways.push(opposite(&hers.condition, 4));
                }
                any(ways)
            }
            // Reduced by the ticket, none is left.
            Fact::Dimension(_) => Written::constant(false),
        })
    }
}

/// Whoever has no account is not in it either: nothing (NULL) is no.
fn opposite(text: &str, cost: u8) -> Written {
    Written::filter(format!("(({text}) IS NOT TRUE)"), cost)
}

fn in_set(found: Contains) -> Written {
    let rest = if found.exact {
        "1".to_owned()
    } else {
        found.condition.clone()
    };
    Written {
        text: found.condition,
        candidates: Some(Candidates {
            raw: found.holders.clone(),
            asked: found.holders,
        }),
        rest,
        reach: found.cost,
        cost: found.cost,
    }
}

fn join(parts: &[Written], word: &str, empty: &str) -> String {
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    joined(&texts, word, empty)
}

fn joined(texts: &[&str], word: &str, empty: &str) -> String {
    match texts {
        [] => empty.to_owned(),
        [one] => (*one).to_owned(),
        several => format!("({})", several.join(word)),
    }
}

/// All of them; the candidates are those of one, of whom the others are left to ask.
fn all(mut parts: Vec<Written>, of: Option<usize>) -> Written {
    let (text, cost) = (
        join(&parts, " AND ", "1"),
        parts.iter().map(|p| p.cost).max().unwrap_or(0),
    );
    let Some(at) = of else {
        return Written::filter(text, cost);
    };
    let best = parts.remove(at);
    let others = [&best.rest].into_iter().chain(parts.iter().map(|part| &part.text));
    let others: Vec<&str> = others.map(String::as_str).filter(|text| *text != "1").collect();
    Written {
        rest: joined(&others, " AND ", "1"),
        text,
        candidates: best.candidates,
        reach: best.reach,
        cost,
    }
}

/// Queries of those candidates who pass what is left to ask of them.
fn asked(queries: Vec<String>, rest: &str) -> Vec<String> {
    if rest == "1" || queries.is_empty() {
        return queries;
    }
    vec![format!(
        "SELECT u.id FROM (SELECT NULL AS id WHERE 0 UNION ALL {}) k CROSS JOIN external_user u ON u.id = k.id WHERE {rest}",
        queries.join(" UNION ALL ")
    )]
}

fn any(parts: Vec<Written>) -> Written {
    let (text, cost) = (
        join(&parts, " OR ", "0"),
        parts.iter().map(|p| p.cost).max().unwrap_or(0),
    );
    let reach = parts.iter().map(|p| p.reach).max().unwrap_or(0);
    // Where one part alone has something left to ask, its candidates are asked it before they are put to the others.
    // Where several have, whoever passes the first need not be asked for the next.
    let early = parts.iter().filter(|part| part.rest != "1").count() <= 1;
    let mut candidates = Some(Candidates::default());
    for part in parts {
        candidates = match (candidates, part.candidates) {
            (Some(mut all), Some(more)) => {
                all.raw.extend(more.raw);
                let rest = if early { &part.rest } else { "1" };
                all.asked.extend(asked(more.asked, rest));
                Some(all)
            }
            _ => None,
        };
    }
    let rest = if early && candidates.is_some() {
        "1".to_owned()
    } else {
        text.clone()
    };
    Written {
        text,
        candidates,
        rest,
        reach,
        cost,
    }
}
