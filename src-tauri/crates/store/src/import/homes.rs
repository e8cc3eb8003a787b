//! Accounts of the owners of tickets, where a desk's tickets belong to an account through their contact: kept with
//! each ticket while it is read, and held against what the contacts are once all is taken in.

use std::collections::HashMap;

use portico_core::access::fact::Key;
use portico_core::access::registry::model_of;
use rusqlite::{Connection, OptionalExtension as _};

use crate::error::Result;
use crate::visibility::owners_home::account_of;

/// So many are kept in memory.
const KEPT: usize = 50_000;

/// Finds accounts, and remembers them in a temporary table of the connection.
pub(super) struct Homes<'a> {
    conn: &'a Connection,
    last: HashMap<String, String>,
}

impl<'a> Homes<'a> {
    /// `None` for a desk whose tickets keep what they belong to themselves.
    pub(super) fn of_desk(conn: &'a Connection, desk: &str) -> Result<Option<Self>> {
        if !model_of(desk, |_| None).is_some_and(|model| model.asks_about(Key::ContactAccount)) {
            return Ok(None);
        }
        conn.execute_batch(
            "CREATE TEMP TABLE owner_home (owner TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL) WITHOUT ROWID",
        )?;
        Ok(Some(Self {
            conn,
            last: HashMap::new(),
        }))
    }

    /// The account of an owner of tickets.
    pub(super) fn account_of(&mut self, owner: &str) -> Result<String> {
        match self.last.get(owner) {
            Some(account) => Ok(account.clone()),
            None => self.look_up(owner),
        }
    }

    fn look_up(&mut self, owner: &str) -> Result<String> {
        // What the source says, as far as it has said it; otherwise what is known from before.
        let mut put = self.conn.prepare_cached(&format!(
            "INSERT OR IGNORE INTO temp.owner_home SELECT ?1, coalesce(
                 (SELECT account_id_key FROM temp.in_contact WHERE desk_key = ?1),
                 ({}), '')",
            account_of("?1")
        ))?;
        put.execute([owner])?;
        let mut get = self
            .conn
            .prepare_cached("SELECT account FROM temp.owner_home WHERE owner = ?1")?;
        let account: String = get.query_row([owner], |r| r.get(0)).optional()?.unwrap_or_default();
        if self.last.len() >= KEPT {
            self.last.clear();
        }
        self.last.insert(owner.to_owned(), account.clone());
        Ok(account)
    }
}

/// Notes whose account is another one than their tickets say, after everything was taken in; the new tickets are the
/// workspace's from here on.
pub(super) fn note_moved(tx: &Connection) -> Result<()> {
    tx.execute_batch("DELETE FROM main.contact_moved")?;
    let known: bool = tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'owner_home')",
        [],
        |r| r.get(0),
    )?;
    if known {
        tx.execute(
            &format!(
                "INSERT INTO main.contact_moved SELECT h.owner FROM temp.owner_home h
                 WHERE h.account IS NOT coalesce(({}), '')",
                account_of("h.owner")
            ),
            [],
        )?;
    }
    Ok(())
}
