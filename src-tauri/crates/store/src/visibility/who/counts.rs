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

/// Knows that the ticket is nobody's, or is in nobody's place.
struct Nobodys(Places);

impl Known for Nobodys {
    fn fact(&self, fact: &Fact) -> Option<Node> {
        is_of(fact, self.0).then_some(Node::False)
    }

    fn setting(&self, _: &str) -> Option<Option<Value>> {
        None
    }
}

/// Places of which people are asked whether they are theirs.
type Places = &'static [Place];
const OWNER: Places = &[Place::Owner];
const HOME: Places = &[Place::Home, Place::OwnersHome];

/// Whether it asks a person if what the ticket has in one of these places is hers.
fn is_of(fact: &Fact, places: Places) -> bool {
    fact.key().is_some_and(|key| places.contains(&key.place()))
}

/// Facts of a tree about these places, each once.
fn facts_of(tree: &Node, places: Places) -> Vec<Node> {
    let mut facts: Vec<Node> = Vec::new();
    tree.facts(&mut |fact| {
        let node = Node::Is(*fact);
        if is_of(fact, places) && !facts.contains(&node) {
            facts.push(node);
        }
    });
    facts
}

/// Whether it asks for rows of the ticket's account, whosever that is.
fn asks_for_rows(tree: &Node) -> bool {
    let mut asks = false;
    tree.facts(&mut |fact| asks |= matches!(fact, Fact::AccountRow(_)));
    asks
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
        let count = if facts_of(tree, OWNER).is_empty() || matches!(tree, Node::Is(_)) {
            self.counted(tree, true)?
        } else {
            self.apart(tree, OWNER)?
        };
        if count >= MANY && reader {
            known.put(asked, count);
        }
        Ok(count)
    }

    /// The same, where those for whom one of the facts about these places holds are counted apart: of all others the
    /// tree says what it says of a ticket in nobody's place, and that is the same for many tickets.
    fn apart(&self, tree: &Node, places: Places) -> Result<u64> {
        let theirs = Node::Any(facts_of(tree, places));
        let nobodys = tree.reduce(&Nobodys(places));
        let both = |tree: &Node| self.counted(&Node::All(vec![theirs.clone(), tree.clone()]), false);
        let (with, without) = (both(tree)?, both(&nobodys)?);
        Ok((self.count_of(&nobodys)? + with).saturating_sub(without))
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

    /// Asked of the people; where that is most of them, with those of the ticket's account counted apart if `may_part`.
    fn counted(&self, tree: &Node, may_part: bool) -> Result<u64> {
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
            _ if may_part && !facts_of(tree, HOME).is_empty() && !asks_for_rows(tree) => return self.apart(tree, HOME),
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
