//! What the workspace knows about one person, as an access model asks for it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use portico_core::access::decide::{Person, contains};
use portico_core::access::fact::{AnyOf, Flag, Fold, Matching, Set};
use portico_core::access::model::AccessModel;
use portico_core::id::ExternalUserId;
use rusqlite::{Connection, ToSql};

use super::links;
use super::memory::{Memory, Written};
use super::unconfirmed::confirmed;
use crate::error::{Result, StoreError};

/// A person's facts; they outlive the transaction they were read in, so that a draft can be asked about later.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonFacts {
    /// The login.
    pub login: String,
    /// Whether the record is valid.
    pub valid: bool,
    flags: Vec<Flag>,
    pub(super) sets: BTreeMap<Set, Arc<[String]>>,
    /// Objects of the portal with the highest level on each; read only where the model asks about objects.
    levels: Arc<[(String, &'static str)]>,
    /// Sets with many values, in order.
    long: Vec<Set>,
}

/// From so many values on a set is looked into by halves.
const LONG: usize = if cfg!(test) { 2 } else { 64 };

/// The person, all records that the desk takes for hers, and her accounts. Relations of a desk name people and
/// accounts by text, so links of another record with the same login (or key) are hers too.
fn relations(matching: Matching) -> String {
    let (login, _) = columns(matching);
    format!(
        "WITH me AS (SELECT login, login_simple, account_id FROM external_user WHERE id = ?1),
         twin AS (SELECT u.id FROM me CROSS JOIN external_user u ON u.{login} = me.{login}),
         own AS (
             SELECT a.key AS key, a.key_simple AS key_simple, -1 AS position
             FROM me CROSS JOIN account a ON a.id = me.account_id WHERE a.key <> ''
             UNION ALL
             SELECT a.key, a.key_simple, l.position
             FROM twin CROSS JOIN user_account l ON l.user_id = twin.id CROSS JOIN account a ON a.id = l.account_id
             WHERE a.key <> ''
         ) "
    )
}

pub(super) fn columns(matching: Matching) -> (&'static str, &'static str) {
    match matching {
        Matching::Exact => ("login", "key"),
        Matching::AnyCase => ("login_simple", "key_simple"),
    }
}

pub(super) const VALID_GROUP: &str = "g.validity = 1 AND g.present = 1";

fn account_groups(matching: Matching) -> String {
    let (_, key) = columns(matching);
    format!(
        "{} SELECT DISTINCT g.name FROM own CROSS JOIN account a ON a.{key} = own.{key}
            CROSS JOIN account_group r ON r.account_id = a.id AND r.context = ?3
            CROSS JOIN permission_group g ON g.id = r.group_id AND {VALID_GROUP}
            WHERE r.permission IN (SELECT value FROM json_each(?2)) ORDER BY g.name",
        relations(matching)
    )
}

pub(super) fn json(values: &[impl serde::Serialize]) -> Result<String> {
    serde_json::to_string(values).map_err(|e| StoreError::Damaged(e.to_string()))
}

pub(super) fn names(c: &Connection, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(sql)?;
    let rows = statement.query_map(params, |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The valid accounts the person reaches; stops after the second, because models only ask whether there is one.
fn accessible(c: &Connection, id: &[u8], any_of: AnyOf, other: bool, matching: Matching) -> Result<Vec<String>> {
    let (_, key) = columns(matching);
    let valid = "v.validity = 1 AND v.present = 1";
    let own = format!(
        "{} SELECT DISTINCT v.key FROM own CROSS JOIN account v ON v.key = own.key AND {valid} LIMIT 2",
        relations(matching)
    );
    let mut keys = names(c, &own, &[&id])?;
    if !other || keys.len() > 1 {
        return Ok(keys);
    }
    let others = format!(
        "{} SELECT v.key FROM
             (SELECT DISTINCT g.id FROM own CROSS JOIN account a ON a.{key} = own.{key}
              CROSS JOIN account_group r ON r.account_id = a.id AND r.context = 'other'
              CROSS JOIN permission_group g ON g.id = r.group_id AND {VALID_GROUP}
              WHERE r.permission IN (SELECT value FROM json_each(?2))) reached
             CROSS JOIN account_group s ON s.group_id = reached.id AND s.context = 'same'
                 AND s.permission IN (SELECT value FROM json_each(?2))
             CROSS JOIN account b ON b.id = s.account_id
             CROSS JOIN account v ON v.key = b.key AND {valid}",
        relations(matching)
    );
    two(c, &others, &[&id, &json(any_of)?], &mut keys)?;
    Ok(keys)
}

/// Adds what a query answers, each once, until there are two.
pub(super) fn two(c: &Connection, sql: &str, params: &[&dyn ToSql], keys: &mut Vec<String>) -> Result<()> {
    let mut statement = c.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while keys.len() < 2
        && let Some(row) = rows.next()?
    {
        let key: String = row.get(0)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(())
}

const SERVICES: &str = "SELECT DISTINCT s.name FROM external_user u
    CROSS JOIN user_service l ON l.user_id = u.id CROSS JOIN service s ON s.id = l.service_id
    WHERE u.login = ?1 ORDER BY s.name";

/// Names of the services linked to a login.
pub(super) fn services_of(c: &Connection, login: &str) -> Result<Vec<String>> {
    names(c, SERVICES, &[&login])
}

impl PersonFacts {
    /// Somebody who looks at the portal without having logged in: nothing is hers.
    pub fn visitor() -> Self {
        Self {
            login: String::new(),
            valid: false,
            flags: vec![Flag::Visitor],
            sets: BTreeMap::new(),
            levels: Arc::new([]),
            long: Vec::new(),
        }
    }

    /// Reads what `model` asks about a person under the settings as they are, in some tenths of a millisecond; of whom else she sees only on
    /// [`Self::with_colleagues`], because that may be everybody. Works inside a transaction too, on what is not
    /// committed yet.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such person (a placeholder is none).
    pub fn load(c: &Connection, user: ExternalUserId, model: &AccessModel) -> Result<Self> {
        let sets = model.sets_under(&confirmed(c, model)?);
        let facts = Self::of_sets(c, user, &sets, &mut Memory::default())?;
        facts.ok_or_else(|| StoreError::NotFound {
            what: "external_user",
            key: user.to_string(),
        })
    }

    /// The same with what the model asks about whom else the person sees.
    pub fn with_colleagues(mut self, c: &Connection, user: ExternalUserId, model: &AccessModel) -> Result<Self> {
        for set in model.colleague.sets() {
            let values = self.read(c, user.as_bytes().as_slice(), set)?;
            self.sets.insert(set, values.into());
        }
        Ok(self)
    }

    /// Reads only these sets, helped by what was read for others; `None` if there is no such person.
    pub(super) fn of_sets(
        c: &Connection,
        user: ExternalUserId,
        sets: &[Set],
        memory: &mut Memory,
    ) -> Result<Option<Self>> {
        Self::of_sets_like(c, user, sets, memory, None)
    }

    /// The same, where the facts of the person in another state are known: what is the same in both is not read again.
    pub(super) fn of_sets_like(
        c: &Connection,
        user: ExternalUserId,
        sets: &[Set],
        memory: &mut Memory,
        other: Option<(&Self, &Written)>,
    ) -> Result<Option<Self>> {
        let id = user.as_bytes().as_slice();
        let Some((login, flags)) = links::row(c, id)? else {
            return Ok(None);
        };
        let mut facts = Self {
            login,
            valid: flags.contains(&Flag::Valid),
            flags,
            sets: BTreeMap::new(),
            levels: Arc::new([]),
            long: Vec::new(),
        };
        let same = |set: Set| other.filter(|(_, written)| written.spares(set)).map(|(facts, _)| facts);
        if let Some(objects) = sets.iter().find(|set| matches!(set, Set::Objects { .. })) {
            facts.levels = match same(*objects) {
                Some(other) => Arc::clone(&other.levels),
                None => match memory.objects.levels(c, id)? {
                    Some(levels) => levels.into(),
                    None => links::levels(c, id)?.into(),
                },
            };
        }
        for set in sets {
            // The login is kept once, beside the sets.
            if !set.is_common() && *set != Set::Login {
                let values = match same(*set).and_then(|other| other.sets.get(set)) {
                    Some(values) => Arc::clone(values),
                    None => facts.read_of_many(c, id, *set, memory)?,
                };
                if values.len() >= LONG && values.is_sorted() {
                    facts.long.push(*set);
                }
                facts.sets.insert(*set, values);
            }
        }
        Ok(Some(facts))
    }

    /// The values of a set, from what is known of others where that says it.
    fn read_of_many(&self, c: &Connection, id: &[u8], set: Set, memory: &mut Memory) -> Result<Arc<[String]>> {
        if let Set::ObjectsInApps { any_of } = set
            && let Some(keys) = memory.objects.in_apps(c, id, any_of)?
        {
            return Ok(keys.into());
        }
        match memory.of_accounts(c, self, set)? {
            Some(values) => Ok(values),
            None => Ok(self.read(c, id, set)?.into()),
        }
    }

    /// How many values all sets have.
    pub(super) fn len(&self) -> usize {
        self.levels.len() + self.sets.values().map(|values| values.len()).sum::<usize>()
    }

    /// The same without the login: what people in the same position have in common.
    #[must_use]
    pub(super) fn without_login(mut self) -> Self {
        self.login.clear();
        self
    }

    /// The same with a login.
    #[must_use]
    pub(super) fn with_login(&self, login: String) -> Self {
        Self { login, ..self.clone() }
    }

    pub(super) fn read(&self, c: &Connection, id: &[u8], set: Set) -> Result<Vec<String>> {
        match set {
            Set::Accounts { matching } => {
                let sql = format!(
                    "{} SELECT key FROM own GROUP BY key ORDER BY min(position), key",
                    relations(matching)
                );
                names(c, &sql, &[&id])
            }
            Set::Accessible {
                any_of,
                other,
                matching,
            } => accessible(c, id, any_of, other, matching),
            Set::Groups { any_of, matching } => {
                let sql = format!(
                    "{} SELECT DISTINCT g.name FROM twin CROSS JOIN user_group l ON l.user_id = twin.id
                        CROSS JOIN permission_group g ON g.id = l.group_id AND {VALID_GROUP}
                        WHERE l.permission IN (SELECT value FROM json_each(?2)) ORDER BY g.name",
                    relations(matching)
                );
                names(c, &sql, &[&id, &json(any_of)?])
            }
            Set::AccountGroups {
                any_of,
                other,
                matching,
            } => {
                let context = if other { "other" } else { "same" };
                names(c, &account_groups(matching), &[&id, &json(any_of)?, &context])
            }
            Set::Services => services_of(c, &self.login),
            set if set == Set::Login || set.is_common() => Ok(Vec::new()),
            Set::Objects { any_of } => {
                let granted = self.levels.iter().filter(|(_, level)| any_of.contains(level));
                Ok(granted.map(|(key, _)| key.clone()).collect())
            }
            set => links::read(c, id, set),
        }
    }
}

impl PersonFacts {
    /// The portal's objects that are granted to the person (the desk's keys), with the highest level on each.
    pub fn object_levels(&self) -> &[(String, &'static str)] {
        &self.levels
    }
}

impl Person for PersonFacts {
    fn values(&self, set: &Set) -> Cow<'_, [String]> {
        if *set == Set::Login {
            return Cow::Borrowed(std::slice::from_ref(&self.login));
        }
        self.sets
            .get(set)
            .map_or(Cow::Borrowed(&[]), |values| Cow::Borrowed(values))
    }

    fn has(&self, set: &Set, key: &str, fold: Fold) -> bool {
        let values = self.values(set);
        if fold == Fold::Exact && self.long.contains(set) {
            return values.binary_search_by(|value| value.as_str().cmp(key)).is_ok();
        }
        contains(&values, key, fold)
    }

    fn flag(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}
