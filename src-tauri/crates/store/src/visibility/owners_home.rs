//! Tickets that belong somewhere through the one whom they belong to: to the account of their contact, as that is now.
//!
//! A ticket file keeps with each ticket the account that its contact had when the tickets were read, so that the cells
//! of an account lie together. Since then contacts may have moved: triggers note them, and they are looked at apart.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use portico_core::access::fact::Fold;
use rusqlite::Connection;

use super::compile::Compiler;
use super::condition::{Accounts, Condition};
use crate::error::Result;
use crate::snapshot::{Dict, Ticket};

/// The key of an account `a`, or its id where it has none.
pub(super) const ACCOUNT_KEY: &str = "CASE a.key WHEN '' THEN hex(a.id) ELSE a.key END";

/// Ids of the accounts with such a key.
pub(super) const ACCOUNTS: &str = "SELECT id FROM account WHERE key = ?1 AND key <> ''
    UNION ALL SELECT id FROM account WHERE id = unhex(?1) AND key = ''";

/// Above so many who have moved they are not told apart: the accounts of all owners are looked up instead.
const MANY: usize = if cfg!(test) { 2 } else { 2_000 };

/// The query of a contact's account, by the contact's key.
pub(crate) fn account_of(contact: &str) -> String {
    format!(
        "SELECT {ACCOUNT_KEY} FROM contact x CROSS JOIN account a ON a.id = x.account_id
         WHERE x.desk_key = {contact} ORDER BY x.id LIMIT 1"
    )
}

/// The query of the owners' numbers in the snapshot whose account is in `list`.
pub(super) fn owners_of(list: &str) -> String {
    format!(
        "SELECT d.id FROM (SELECT id FROM account WHERE key <> '' AND key IN {list}
             UNION SELECT id FROM account WHERE key = '' AND hex(id) IN {list}) a
         CROSS JOIN contact x ON x.account_id = a.id CROSS JOIN tickets.dict d ON d.kind = 1 AND d.key = x.desk_key"
    )
}

/// What accounts owners of tickets have now, as far as the ticket file may say otherwise.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Moved {
    /// By the owner's key.
    accounts: HashMap<String, String>,
    /// Their numbers in the snapshot, in order.
    owners: Arc<[i64]>,
    /// Numbers of the owners of an account, in order.
    of_account: HashMap<String, Vec<i64>>,
    /// Whether these are all owners, so that the ticket file need not be asked.
    all: bool,
}

impl Moved {
    /// Reads them; what is asked later asks nothing of the state behind `c`, which may be gone by then.
    pub(super) fn load(c: &Connection) -> Result<Self> {
        let some = format!(
            "contact_moved m CROSS JOIN tickets.dict d ON d.kind = 1 AND d.key = m.owner LIMIT {}",
            MANY + 1
        );
        let some = Self::read(c, &some, "m.owner")?;
        if some.owners.len() <= MANY {
            return Ok(some);
        }
        let all = Self::read(c, "tickets.dict d WHERE d.kind = 1", "d.key")?;
        Ok(Self { all: true, ..all })
    }

    fn read(c: &Connection, from: &str, contact: &str) -> Result<Self> {
        let sql = format!(
            "SELECT d.id, d.key, coalesce(({}), '') FROM {from}",
            account_of(contact)
        );
        let mut statement = c.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let (mut moved, mut owners) = (Self::default(), Vec::new());
        while let Some(row) = rows.next()? {
            let (id, account): (i64, String) = (row.get(0)?, row.get(2)?);
            owners.push(id);
            moved.of_account.entry(account.clone()).or_default().push(id);
            moved.accounts.insert(row.get(1)?, account);
        }
        owners.sort_unstable();
        moved.of_account.values_mut().for_each(|owners| owners.sort_unstable());
        moved.owners = owners.into();
        Ok(moved)
    }

    /// The account of a ticket's owner, as it is now; empty for none.
    pub(super) fn account_of<'t>(&'t self, ticket: &'t Ticket) -> &'t str {
        match self.accounts.get(&ticket.owner) {
            Some(account) => account,
            None if self.all => "",
            None => &ticket.account,
        }
    }

    fn owners_of(&self, accounts: &[String], fold: Fold) -> Arc<[i64]> {
        let of = self.of_account.iter().filter(|(account, _)| !account.is_empty());
        let mut owners: Vec<i64> = match fold {
            Fold::Exact => accounts
                .iter()
                .filter_map(|account| self.of_account.get(account))
                .flatten()
                .copied()
                .collect(),
            fold => of
                .filter(|(account, _)| accounts.iter().any(|value| fold.same(value, account)))
                .flat_map(|(_, owners)| owners)
                .copied()
                .collect(),
        };
        owners.sort_unstable();
        owners.dedup();
        owners.into()
    }
}

impl Compiler<'_> {
    /// The ticket's owner has one of these accounts.
    pub(super) fn owners_home(&self, values: &[String], fold: Fold) -> Result<Condition> {
        let moved = &self.here.directory.moved;
        let now = Condition::Owner(moved.owners_of(values, fold));
        if moved.all {
            return Ok(now);
        }
        let then = Condition::Account(Accounts::new(
            self.ids(Dict::Account, values, fold)?.iter().copied().collect(),
        ));
        if moved.owners.is_empty() {
            return Ok(then);
        }
        let stayed = Condition::Not(Box::new(Condition::Owner(Arc::clone(&moved.owners))));
        Ok(Condition::Any(vec![Condition::All(vec![then, stayed]), now]))
    }
}
