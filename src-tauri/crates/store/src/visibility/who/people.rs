//! The people for whom a tree holds, as sets of row numbers. What one fact says of whom is found out once, for as long as
//! the directory stands: tickets differ in which facts they ask for, not in what those say.

use std::sync::Arc;

use portico_core::access::decide::Subject as _;
use portico_core::access::fact::{Fact, Fold, Key, Place, Set};
use portico_core::access::rule::Node;
use roaring::RoaringBitmap;
use rusqlite::params_from_iter;

use super::known::{KnownPeople, Part};
use super::sets::{Params, Sets};
use super::values::having;
use super::{SeerCursor, Watched};
use crate::error::Result;
use crate::visibility::person::{json, names};

/// Of so few people a fact is asked for them alone, not found out for all.
pub(super) const FEW: u64 = if cfg!(test) { 2 } else { 200 };
/// So few people are sorted; of more, those are picked out of all in their order.
const SORTED: u64 = if cfg!(test) { 2 } else { 2_000 };

/// How many people a tree may hold for, from few to many, and what it costs to find them out.
pub(super) fn rank(node: &Node) -> (u8, u8) {
    let ranks = |nodes: &[Node]| nodes.iter().map(rank).collect::<Vec<_>>();
    match node {
        Node::False | Node::Unknown(_) | Node::Switch(..) => (0, 0),
        Node::True => (9, 0),
        Node::All(nodes) => {
            let ranks = ranks(nodes);
            let reach = ranks.iter().map(|(reach, _)| *reach).min();
            (
                reach.unwrap_or(9),
                ranks.iter().map(|(_, cost)| *cost).max().unwrap_or(0),
            )
        }
        Node::Any(nodes) => {
            let ranks = ranks(nodes);
            let reach = ranks.iter().map(|(reach, _)| *reach).max();
            (
                reach.unwrap_or(0),
                ranks.iter().map(|(_, cost)| *cost).max().unwrap_or(0),
            )
        }
        Node::Not(node) => (9, rank(node).1),
        Node::Rule(_, node) => rank(node),
        Node::Is(Fact::In(key, ..)) => match key.place() {
            Place::Owner => (1, 1),
            Place::Home | Place::OwnersHome => (2, 1),
            Place::Queue | Place::None => (4, 2),
        },
        Node::Is(Fact::Only(..)) => (3, 5),
        Node::Is(Fact::Flag(_) | Fact::Dimension(_)) => (8, 1),
        Node::Is(Fact::AccountRow(_)) => (9, 2),
        Node::Is(Fact::Some(_)) => (9, 4),
        Node::Is(Fact::One(_)) => (9, 5),
    }
}

/// Those of some people, or of everybody, of whom a fact holds.
fn within(part: &Arc<Part>, of: Option<&RoaringBitmap>) -> RoaringBitmap {
    match of {
        Some(of) => &part.holds & of,
        None => part.holds.clone(),
    }
}

/// Those first that ask for the fewest people, as far as what they ask for tells.
fn by_rank(nodes: &[Node]) -> Vec<&Node> {
    let mut nodes: Vec<&Node> = nodes.iter().collect();
    nodes.sort_by_key(|node| rank(node));
    nodes
}

/// Row numbers as a parameter.
fn list(params: &mut Params, rows: &RoaringBitmap) -> String {
    let list: Vec<String> = rows.iter().map(|row| row.to_string()).collect();
    params.add(format!("[{}]", list.join(",")))
}

impl Watched<'_> {
    /// Row numbers of the people for whom a tree holds that is reduced by the ticket and bounded.
    pub(super) fn people(&self, tree: &Node) -> Result<RoaringBitmap> {
        self.among(tree, None)
    }

    /// What is found out through a reader is of the state of the directory, and is kept with it.
    pub(super) fn known(&self) -> &KnownPeople {
        self.own.as_ref().unwrap_or(&self.here.directory.known_people)
    }

    pub(super) fn everybody(&self) -> Result<Arc<RoaringBitmap>> {
        if let Some(everybody) = self.known().with(|known| known.everybody.clone()) {
            return Ok(everybody);
        }
        let sql = "SELECT u.rowid FROM external_user u WHERE u.present = 1";
        let everybody = Arc::new(self.rows(sql, &Params::default())?);
        self.known()
            .with(|known| known.everybody = Some(Arc::clone(&everybody)));
        Ok(everybody)
    }

    pub(super) fn records(&self) -> Result<u64> {
        if let Some(records) = self.known().with(|known| known.records) {
            return Ok(records);
        }
        let mut count = self.here.c.prepare_cached("SELECT count(*) FROM external_user")?;
        let records = count.query_row([], |r| r.get::<_, i64>(0))?.unsigned_abs();
        self.known().with(|known| known.records = Some(records));
        Ok(records)
    }

    /// Those of some people, or of everybody, for whom it holds.
    fn among(&self, tree: &Node, of: Option<&RoaringBitmap>) -> Result<RoaringBitmap> {
        if of.is_some_and(RoaringBitmap::is_empty) {
            return Ok(RoaringBitmap::new());
        }
        Ok(match tree {
            Node::True => self.all(of)?,
            Node::False | Node::Unknown(_) | Node::Switch(..) => RoaringBitmap::new(),
            Node::All(nodes) => {
                let mut left: Option<RoaringBitmap> = of.cloned();
                for node in self.fewest_first(nodes, of)? {
                    left = Some(self.among(node, left.as_ref())?);
                }
                match left {
                    Some(left) => left,
                    None => self.all(None)?,
                }
            }
            Node::Any(nodes) => {
                let (mut found, mut left) = (RoaringBitmap::new(), of.cloned());
                for node in by_rank(nodes) {
                    let more = self.among(node, left.as_ref())?;
                    if let Some(left) = &mut left {
                        *left -= &more;
                    }
                    found |= more;
                }
                found
            }
            Node::Not(node) => self.all(of)? - self.among(node, of)?,
            Node::Rule(_, node) => self.among(node, of)?,
            Node::Is(fact) => self.of_fact(fact, of)?,
        })
    }

    fn all(&self, of: Option<&RoaringBitmap>) -> Result<RoaringBitmap> {
        match of {
            Some(of) => Ok(of.clone()),
            None => Ok(self.everybody()?.as_ref().clone()),
        }
    }

    fn of_fact(&self, fact: &Fact, of: Option<&RoaringBitmap>) -> Result<RoaringBitmap> {
        match *fact {
            Fact::In(key, set, fold) => {
                let few = of.filter(|of| of.len() <= FEW);
                match few {
                    Some(few) => Ok(within(&self.part(fact, Some(few))?, of)),
                    None => Ok(within(&self.holders(set, fold, self.subject.key(key))?, of)),
                }
            }
            // Whoever has it as the only one has it: the others need not be asked what they have.
            Fact::Only(key, set, fold) => {
                let mut may = self.may_have(set, fold, self.subject.key(key))?;
                if let Some(of) = of {
                    may &= of;
                }
                Ok(within(&self.part(fact, Some(&may))?, Some(&may)))
            }
            Fact::AccountRow(row) => {
                let (account, group) = (self.subject.key(Key::Account), self.subject.key(Key::Group));
                let keys = self.here.keys_with_row(row.any_of, account, group)?;
                if keys.is_empty() {
                    return Ok(RoaringBitmap::new());
                }
                let of = self.all(of)?;
                let Some(except) = row.except else { return Ok(of) };
                let mut found = RoaringBitmap::new();
                for key in keys {
                    found |= &of - &self.holders(except, Fold::Exact, &key)?.holds;
                }
                Ok(found)
            }
            _ => Ok(within(&self.part(fact, of)?, of)),
        }
    }

    /// People among whom are all who have the value in the set.
    pub(super) fn may_have(&self, set: Set, fold: Fold, value: &str) -> Result<RoaringBitmap> {
        let Set::Accessible {
            any_of,
            other,
            matching,
        } = set
        else {
            return Ok(self.holders(set, fold, value)?.holds.clone());
        };
        let mut found = self.holders(Set::Accounts { matching }, fold, value)?.holds.clone();
        if other {
            let column = match fold {
                Fold::Exact => "key",
                Fold::Simple => "key_simple",
                Fold::Full => "key_full",
            };
            let sql = format!(
                "SELECT DISTINCT g.name FROM account a
                 CROSS JOIN account_group s ON s.account_id = a.id AND s.context = 'same'
                     AND s.permission IN (SELECT value FROM json_each(?2))
                 CROSS JOIN permission_group g ON g.id = s.group_id
                 WHERE a.{column} = ?1"
            );
            let reached = Set::AccountGroups {
                any_of,
                other: true,
                matching,
            };
            for group in names(self.here.c, &sql, &[&fold.apply(value), &json(any_of)?])? {
                found |= &self.holders(reached, Fold::Exact, &group)?.holds;
            }
        }
        Ok(found)
    }

    pub(super) fn sets<'s>(&'s self, params: &'s mut Params) -> Result<Sets<'s>> {
        Ok(Sets {
            c: self.here.c,
            params,
            lone_logins: self.records()? == self.everybody()?.len(),
        })
    }

    /// All who have the value in the set.
    fn holders(&self, set: Set, fold: Fold, value: &str) -> Result<Arc<Part>> {
        // Which key of a ticket it is does not matter.
        let leaf = (Fact::In(Key::Account, set, fold), value.to_owned());
        let known = self.known().with(|known| known.parts.get(&leaf).cloned());
        if let Some(part) = known.filter(|part| part.tells(None)) {
            return Ok(part);
        }
        let mut params = Params::default();
        let found = self.sets(&mut params)?.contains(set, fold, value)?;
        let mut holds = self.numbers(&found.holders, &params)?;
        if let Some(within) = &found.within {
            holds &= self.numbers(within, &params)?;
        }
        if !found.exact {
            let few = format!(
                "SELECT u.rowid FROM (SELECT value AS row FROM json_each({})) m CROSS JOIN external_user u ON u.rowid = m.row
                 WHERE {}",
                list(&mut params, &holds),
                found.condition
            );
            holds = self.rows(&few, &params)?;
        }
        let part = Arc::new(Part::of_everybody(holds));
        self.known().put(leaf, &part);
        Ok(part)
    }

    /// Of whom a fact holds, as far as these people are concerned, or everybody.
    fn part(&self, fact: &Fact, of: Option<&RoaringBitmap>) -> Result<Arc<Part>> {
        let value = fact.key().map_or(String::new(), |key| self.subject.key(key).to_owned());
        let leaf = match *fact {
            Fact::In(_, set, fold) => (Fact::In(Key::Account, set, fold), value),
            fact => (fact, value),
        };
        let known = self.known().with(|known| known.parts.get(&leaf).cloned());
        if let Some(part) = known.as_ref().filter(|part| part.tells(of)) {
            return Ok(Arc::clone(part));
        }
        let part = Arc::new(self.ask(fact, of, known.as_deref())?);
        self.known().put(leaf, &part);
        Ok(part)
    }

    fn ask(&self, fact: &Fact, of: Option<&RoaringBitmap>, known: Option<&Part>) -> Result<Part> {
        let mut params = Params::default();
        let condition = self
            .sets(&mut params)?
            .fact(*fact, fact.key().map_or("", |key| self.subject.key(key)))?;
        let before = known.and_then(|part| part.asked.clone()).unwrap_or_default();
        let records = self.records()?;
        let missing = of.map(|of| of - &before);
        let missing = missing.filter(|missing| missing.len() <= FEW || missing.len() * 4 < records);
        let Some(missing) = missing else {
            if let Fact::Some(set) = fact
                && let Some(holders) = having(*set)
            {
                return Ok(Part::of_everybody(self.numbers(&holders, &params)?));
            }
            let sql = format!("SELECT u.rowid FROM external_user u WHERE u.present = 1 AND {condition}");
            return Ok(Part::of_everybody(self.rows(&sql, &params)?));
        };
        let list = list(&mut params, &missing);
        let sql = format!(
            "SELECT u.rowid FROM (SELECT value AS row FROM json_each({list})) m CROSS JOIN external_user u ON u.rowid = m.row
             WHERE {condition}"
        );
        let holds = known.map(|part| part.holds.clone()).unwrap_or_default() | self.rows(&sql, &params)?;
        Ok(Part {
            asked: Some(before | missing),
            holds,
        })
    }

    pub(super) fn rows(&self, sql: &str, params: &Params) -> Result<RoaringBitmap> {
        let mut statement = self.here.c.prepare_cached(sql)?;
        let used = params_from_iter(params.of(&statement));
        let mut rows = statement.query(used)?;
        let mut found = RoaringBitmap::new();
        while let Some(row) = rows.next()? {
            found.insert(row.get(0)?);
        }
        Ok(found)
    }

    /// Those of `people` who come after the cursor, by login, as many as `limit`.
    pub(super) fn in_order(
        &self,
        people: &RoaringBitmap,
        after: Option<&SeerCursor>,
        limit: usize,
    ) -> Result<Vec<SeerCursor>> {
        let c = self.here.c;
        let mut logins: Vec<(String, u32)> = Vec::new();
        if people.len() <= SORTED {
            let mut login_of = c.prepare_cached("SELECT login FROM external_user WHERE rowid = ?1")?;
            for at in people {
                logins.push((login_of.query_row([at], |r| r.get(0))?, at));
            }
            logins.retain(|(login, _)| after.is_none_or(|after| *login > after.login));
            logins.sort_unstable();
            logins.truncate(limit);
        } else {
            // No two people have the same login, so that it is order enough.
            let beyond = if after.is_some() { "AND login > ?1" } else { "" };
            let sql = format!("SELECT rowid, login FROM external_user WHERE present = 1 {beyond} ORDER BY login");
            let mut statement = c.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(after.map(|after| &after.login)))?;
            while logins.len() < limit
                && let Some(row) = rows.next()?
            {
                let at = row.get(0)?;
                if people.contains(at) {
                    logins.push((row.get(1)?, at));
                }
            }
        }
        let mut id_of = c.prepare_cached("SELECT id FROM external_user WHERE rowid = ?1")?;
        let mut cursor = |(login, at): (String, u32)| {
            let id = id_of.query_row([at], |r| crate::table::cell::column(r, 0))?;
            Ok(SeerCursor { login, id })
        };
        logins.into_iter().map(&mut cursor).collect()
    }
}
