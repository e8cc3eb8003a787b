//! What need not be read again of a person's facts: because it follows from an account that others have too, or because
//! a write leaves it as it was.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use portico_core::access::fact::{AnyOf, Matching, Set};
use rusqlite::Connection;

use super::links;
use super::objects::Objects;
use super::person::{PersonFacts, VALID_GROUP, columns, json, names, two};
use crate::error::Result;

/// What a write has changed, as far as sets of people are read from it.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    /// Names of tables; `None` where it may be any.
    pub(super) tables: Option<BTreeSet<&'static str>>,
}

impl Written {
    /// Whether nobody's values of the set can differ.
    pub(super) fn spares(&self, set: Set) -> bool {
        let Some(written) = &self.tables else { return false };
        links::tables(set).is_some_and(|read| !read.iter().any(|table| written.contains(table)))
    }

    /// Whether what is read from these tables alone is as before.
    fn spares_all_of(&self, tables: &[&str]) -> bool {
        let Some(written) = &self.tables else { return false };
        !tables.iter().any(|table| written.contains(table))
    }
}

/// What [`of_account`] reads.
const OF_ACCOUNTS: &[&str] = &["account", "account_group", "permission_group"];

/// What is read for many people at once: what follows from one account, whoever has it, and the portal's objects.
#[derive(Default)]
pub(super) struct Memory {
    of_accounts: HashMap<Set, HashMap<String, Names>>,
    pub(super) objects: Objects,
}

/// Names that several people share.
type Names = Arc<[String]>;

impl Memory {
    /// What of it is so in another state, too, between which and this one stands what was written.
    pub(super) fn across(self, written: &Written) -> Self {
        let Self { of_accounts, objects } = self;
        let mut kept = Self::default();
        if written.spares_all_of(OF_ACCOUNTS) {
            kept.of_accounts = of_accounts;
        }
        if written.spares_all_of(Objects::TABLES) {
            kept.objects = objects;
        }
        kept
    }

    /// Above so many accounts all are asked about at once.
    const FEW: usize = if cfg!(test) { 2 } else { 4 };

    /// The values of a set that follows from the person's accounts alone, where these are known and few.
    pub(super) fn of_accounts(&mut self, c: &Connection, facts: &PersonFacts, set: Set) -> Result<Option<Names>> {
        let (Set::AccountGroups { matching, .. } | Set::Accessible { matching, .. }) = set else {
            return Ok(None);
        };
        let accounts = facts.sets.get(&Set::Accounts { matching });
        let Some(accounts) = accounts.filter(|accounts| accounts.len() <= Self::FEW) else {
            return Ok(None);
        };
        if let Set::Accessible {
            any_of,
            other,
            matching,
        } = set
        {
            return self.accessible(c, accounts, (any_of, other, matching)).map(Some);
        }
        let mut all: Option<Names> = None;
        for account in accounts.iter() {
            let more = self.of_account(c, set, account)?;
            all = Some(match all {
                None => more,
                Some(all) => {
                    let mut both: Vec<String> = all.iter().chain(more.iter()).cloned().collect();
                    both.sort_unstable();
                    both.dedup();
                    both.into()
                }
            });
        }
        Ok(Some(all.unwrap_or_else(|| Arc::new([]))))
    }

    /// The valid accounts that these and their groups reach; stops after the second, as [`accessible`] does.
    fn accessible(
        &mut self,
        c: &Connection,
        accounts: &Names,
        (any_of, other, matching): (AnyOf, bool, Matching),
    ) -> Result<Names> {
        let mut keys: Vec<String> = Vec::new();
        for others in [false, true].into_iter().take(1 + usize::from(other)) {
            let set = Set::Accessible {
                any_of,
                other: others,
                matching,
            };
            for account in accounts.iter() {
                for key in self.of_account(c, set, account)?.iter() {
                    if keys.len() < 2 && !keys.contains(key) {
                        keys.push(key.clone());
                    }
                }
            }
        }
        Ok(keys.into())
    }

    fn of_account(&mut self, c: &Connection, set: Set, account: &str) -> Result<Names> {
        let of_set = self.of_accounts.entry(set).or_default();
        if let Some(names) = of_set.get(account) {
            return Ok(Arc::clone(names));
        }
        let names: Names = of_account(c, set, account)?.into();
        of_set.insert(account.to_owned(), Arc::clone(&names));
        Ok(names)
    }
}

/// What a set comes to for one account. Of [`Set::Accessible`] with others, only the others.
fn of_account(c: &Connection, set: Set, account: &str) -> Result<Vec<String>> {
    let through = |matching: Matching| {
        let (_, key) = columns(matching);
        format!(
            "account o CROSS JOIN account a ON a.{key} = o.{key} CROSS JOIN account_group r ON r.account_id = a.id
             CROSS JOIN permission_group g ON g.id = r.group_id AND {VALID_GROUP}
             WHERE o.key = ?1 AND r.permission IN (SELECT value FROM json_each(?2))"
        )
    };
    match set {
        Set::AccountGroups {
            any_of,
            other,
            matching,
        } => {
            let context = if other { "other" } else { "same" };
            let sql = format!(
                "SELECT DISTINCT g.name FROM {} AND r.context = ?3 ORDER BY g.name",
                through(matching)
            );
            names(c, &sql, &[&account, &json(any_of)?, &context])
        }
        Set::Accessible {
            any_of,
            other: true,
            matching,
        } => {
            let sql = format!(
                "SELECT v.key FROM (SELECT DISTINCT g.id FROM {} AND r.context = 'other') reached
                 CROSS JOIN account_group s ON s.group_id = reached.id AND s.context = 'same'
                     AND s.permission IN (SELECT value FROM json_each(?2))
                 CROSS JOIN account b ON b.id = s.account_id
                 CROSS JOIN account v ON v.key = b.key AND v.validity = 1 AND v.present = 1",
                through(matching)
            );
            let mut keys = Vec::new();
            two(c, &sql, &[&account, &json(any_of)?], &mut keys)?;
            Ok(keys)
        }
        _ => names(
            c,
            "SELECT DISTINCT key FROM account WHERE key = ?1 AND validity = 1 AND present = 1",
            &[&account],
        ),
    }
}
