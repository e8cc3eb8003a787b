//! How many people a tree may hold for, as far as that is told at once: whoever is asked about after the fewest is asked
//! about alone, instead of finding out a whole group of which ten are wanted.

use portico_core::access::decide::Subject as _;
use portico_core::access::fact::{Fact, Fold, Key, Set};
use portico_core::access::rule::Node;
use roaring::RoaringBitmap;
use rusqlite::params_from_iter;

use super::Watched;
use super::people::{FEW, rank};
use super::sets::{Holders, Params};
use crate::error::Result;

/// More than few; it is not counted further.
const MANY: u64 = FEW + 1;

impl Watched<'_> {
    /// Those first who leave the fewest people for the others. Where `of` is few, each is asked about anyway.
    pub(super) fn fewest_first<'n>(&self, nodes: &'n [Node], of: Option<&RoaringBitmap>) -> Result<Vec<&'n Node>> {
        let mut ranked: Vec<(u64, (u8, u8), &Node)> = Vec::with_capacity(nodes.len());
        let count = nodes.len() > 1 && of.is_none_or(|of| of.len() > FEW);
        for node in nodes {
            let most = if count { self.at_most(node)? } else { MANY };
            ranked.push((most, rank(node), node));
        }
        ranked.sort_by_key(|(most, rank, _)| (*most, *rank));
        Ok(ranked.into_iter().map(|(.., node)| node).collect())
    }

    /// No more people than these; `MANY` where it may be any number above.
    fn at_most(&self, node: &Node) -> Result<u64> {
        Ok(match node {
            Node::False | Node::Unknown(_) | Node::Switch(..) => 0,
            Node::All(nodes) => {
                let mut least = MANY;
                for node in nodes {
                    least = least.min(self.at_most(node)?);
                    if least == 0 {
                        break;
                    }
                }
                least
            }
            Node::Any(nodes) => {
                let mut sum = 0;
                for node in nodes {
                    sum += self.at_most(node)?;
                    if sum >= MANY {
                        return Ok(MANY);
                    }
                }
                sum
            }
            Node::Rule(_, node) => self.at_most(node)?,
            Node::Is(Fact::In(key, set, fold)) => self.holders_at_most(*set, *fold, self.subject.key(*key))?,
            Node::Is(Fact::Only(key, set @ Set::Accessible { .. }, fold)) => {
                self.may_have(*set, *fold, self.subject.key(*key))?.len().min(MANY)
            }
            Node::True | Node::Not(_) | Node::Is(_) => MANY,
        })
    }

    fn holders_at_most(&self, set: Set, fold: Fold, value: &str) -> Result<u64> {
        let leaf = (Fact::In(Key::Account, set, fold), value.to_owned());
        let known = self.known().with(|known| known.parts.get(&leaf).cloned());
        if let Some(part) = known.filter(|part| part.tells(None)) {
            return Ok(part.holds.len().min(MANY));
        }
        let mut params = Params::default();
        let found = self.sets(&mut params)?.contains(set, fold, value)?;
        let Holders { ids, rows } = found.holders;
        let all: Vec<String> = ids
            .into_iter()
            .chain(rows)
            .map(|query| format!("SELECT 1 FROM ({query})"))
            .collect();
        if all.is_empty() {
            return Ok(0);
        }
        let sql = format!("SELECT count(*) FROM ({} LIMIT {MANY})", all.join(" UNION ALL "));
        let mut count = self.here.c.prepare_cached(&sql)?;
        let used = params_from_iter(params.of(&count));
        Ok(count.query_row(used, |r| r.get::<_, i64>(0))?.unsigned_abs())
    }
}
