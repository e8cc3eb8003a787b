//! How many people a tree holds for. What everybody shares is counted once for all tickets of a place: apart from that
//! are only those who are asked whether the ticket is theirs.

use std::sync::{Mutex, PoisonError};

use portico_core::access::decide::Subject as _;
use portico_core::access::fact::{Fact, Key, Place};
use portico_core::access::rule::{Known, Node};
use portico_core::access::setting::Value;

use super::{Watched, from};
use crate::error::Result;
use crate::visibility::kept::is_reader;

/// So many counts are kept.
const KEPT: usize = 200;
/// Fewer people than this are counted anew each time.
const MANY: u64 = if cfg!(test) { 1 } else { 200 };

/// A tree with the values of all keys that it asks for.
type Asked = (Node, Vec<(Key, String)>);

/// Counts for as long as the directory stands.
#[derive(Debug, Default)]
pub(in crate::visibility) struct KnownCounts(Mutex<Vec<(Asked, u64)>>);

impl KnownCounts {
    fn get(&self, asked: &Asked) -> Option<u64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(of, _)| of == asked).map(|(_, count)| *count)
    }

    fn put(&self, asked: Asked, count: u64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.remove(0);
        }
        known.push((asked, count));
    }
}

/// Knows that the ticket is nobody's.
struct Nobodys;

impl Known for Nobodys {
    fn fact(&self, fact: &Fact) -> Option<Node> {
        is_of_owner(fact).then_some(Node::False)
    }

    fn setting(&self, _: &str) -> Option<Option<Value>> {
        None
    }
}

/// Whether it asks a person if the ticket is hers.
fn is_of_owner(fact: &Fact) -> bool {
    fact.key().is_some_and(|key| key.place() == Place::Owner)
}

impl Watched<'_> {
    /// For how many people a tree holds that is reduced by the ticket and bounded.
    pub(super) fn count_of(&self, tree: &Node) -> Result<u64> {
        let asked = (tree.clone(), self.keys(tree));
        let known = &self.here.directory.counts;
        let reader = is_reader(self.here.c)?;
        if let Some(count) = known.get(&asked).filter(|_| reader) {
            return Ok(count);
        }
        let mut owner: Vec<Node> = Vec::new();
        tree.facts(&mut |fact| {
            let node = Node::Is(*fact);
            if is_of_owner(fact) && !owner.contains(&node) {
                owner.push(node);
            }
        });
        let count = if owner.is_empty() || matches!(tree, Node::Is(_)) {
            self.counted(tree)?
        } else {
            // Of whom none of these holds, the tree says what it says of a ticket that is nobody's.
            let theirs = Node::Any(owner);
            let nobodys = tree.reduce(&Nobodys);
            let both = |tree: &Node| self.counted(&Node::All(vec![theirs.clone(), tree.clone()]));
            let (with, without) = (both(tree)?, both(&nobodys)?);
            (self.count_of(&nobodys)? + with).saturating_sub(without)
        };
        if count >= MANY && reader {
            known.put(asked, count);
        }
        Ok(count)
    }

    /// The values of the keys that a tree asks for.
    fn keys(&self, tree: &Node) -> Vec<(Key, String)> {
        let mut keys: Vec<Key> = Vec::new();
        tree.facts(&mut |fact| match fact {
            Fact::AccountRow(_) => keys.extend([Key::Account, Key::Group]),
            fact => keys.extend(fact.key()),
        });
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter()
            .map(|key| (key, self.subject.key(key).to_owned()))
            .collect()
    }

    fn counted(&self, tree: &Node) -> Result<u64> {
        let (written, params) = self.write(tree)?;
        if written.text == "0" {
            return Ok(0);
        }
        // Where a third of all people come into question, it is quicker to ask each in turn than to look those up.
        let third = usize::try_from(self.people()? / 3).unwrap_or(usize::MAX);
        let (candidates, condition) = match written.candidates {
            Some(found) if params.count(self.here.c, &found.raw, third + 1)? <= third => {
                (Some(found.asked), written.rest)
            }
            _ => (None, written.text),
        };
        let sql = format!("SELECT count(*) FROM {} AND {condition}", from(candidates.as_deref()));
        Ok(u64::try_from(params.number(self.here.c, &sql)?).unwrap_or(0))
    }

    /// How many people there are, placeholders included.
    fn people(&self) -> Result<u64> {
        let mut statement = self.here.c.prepare_cached("SELECT count(*) FROM external_user")?;
        Ok(statement.query_row([], |r| r.get::<_, i64>(0))?.unsigned_abs())
    }
}
