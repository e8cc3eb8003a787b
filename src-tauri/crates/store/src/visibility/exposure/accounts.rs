//! What the people of each account gain and lose: sums over people, so that an account needs a few bytes however many
//! tickets there are.

use std::collections::HashMap;

use portico_core::id::AccountId;
use rusqlite::{Connection, OptionalExtension as _};

use super::{Login, PersonDifference};
use crate::error::Result;

/// How many accounts are shown one by one.
const MOST: usize = 50;

/// What the people of one account gain and lose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfAccount {
    /// `None` for people who belong to no account.
    pub account: Option<AccountId>,
    /// Its name, its key where it has no name.
    pub name: String,
    /// People who gain or lose something, tickets or the login.
    pub people: u64,
    /// People who gain tickets.
    pub gaining: u64,
    /// People who lose tickets.
    pub losing: u64,
    /// Tickets gained, summed over people.
    pub gained: u64,
    /// Tickets lost, summed over people.
    pub lost: u64,
}

impl OfAccount {
    /// The same, looked at from the other side.
    pub(super) fn turn(&mut self) {
        std::mem::swap(&mut self.gaining, &mut self.losing);
        std::mem::swap(&mut self.gained, &mut self.lost);
    }

    fn add(&mut self, difference: &PersonDifference) {
        let PersonDifference { gained, lost, .. } = *difference;
        self.people += u64::from(gained + lost > 0 || difference.login != Login::Same);
        self.gaining += u64::from(gained > 0);
        self.losing += u64::from(lost > 0);
        self.gained += gained;
        self.lost += lost;
    }
}

/// All accounts of people for whom something differs.
#[derive(Default)]
pub(super) struct Accounts(HashMap<Option<AccountId>, OfAccount>);

impl Accounts {
    /// Adds what becomes of a person to each account that she belongs to.
    pub(super) fn add(&mut self, of: &[AccountId], difference: &PersonDifference) {
        if of.is_empty() {
            self.0.entry(None).or_default().add(difference);
        }
        for account in of {
            self.0.entry(Some(*account)).or_default().add(difference);
        }
    }

    /// Those for whose people it means most, with their names, and how many there are. `fresh` names accounts that are
    /// not there yet.
    pub(super) fn told(self, c: &Connection, fresh: &HashMap<AccountId, String>) -> Result<(Vec<OfAccount>, u64)> {
        let total = self.0.len() as u64;
        let mut all: Vec<OfAccount> = self
            .0
            .into_iter()
            .map(|(account, of)| OfAccount { account, ..of })
            .collect();
        all.sort_by_key(|of| (std::cmp::Reverse((of.gained + of.lost, of.people)), of.account));
        all.truncate(MOST);
        for of in &mut all {
            if let Some(id) = of.account {
                of.name = name(c, id)?.or_else(|| fresh.get(&id).cloned()).unwrap_or_default();
            }
        }
        Ok((all, total))
    }
}

/// What an account is called; `None` where there is none.
pub(super) fn name(c: &Connection, account: AccountId) -> Result<Option<String>> {
    let mut statement = c.prepare_cached("SELECT iif(name = '', key, name) FROM account WHERE id = ?1")?;
    Ok(statement.query_row([account.as_bytes()], |row| row.get(0)).optional()?)
}
