//! Who belongs to an account: people whose account it is, whose contact is of it, whose own address is of it. Which of
//! the three a desk has is its own affair. Somebody who belongs to several is with each.

use portico_core::id::{AccountId, ExternalUserId};
use rusqlite::{Connection, params};

use super::account::Row;
use super::account_list::{MATCHES, counted, stretch};
use super::cell;
use crate::error::Result;

/// A place in a list by login: the login, and the id among equal ones.
pub type Place = (String, ExternalUserId);

const OF: &str = "SELECT id FROM external_user WHERE account_id = ?1
    UNION SELECT l.user_id FROM contact k CROSS JOIN user_contact l ON l.contact_id = k.id WHERE k.account_id = ?1
    UNION SELECT u.id FROM address k CROSS JOIN external_user u ON u.address_id = k.id WHERE k.account_id = ?1";

/// The accounts of a person: the one in her record first.
const ACCOUNTS_OF: &str = "SELECT account_id FROM external_user WHERE id = ?1 AND account_id IS NOT NULL
    UNION ALL SELECT DISTINCT k.account_id FROM user_contact l CROSS JOIN contact k ON k.id = l.contact_id
              WHERE l.user_id = ?1 AND k.account_id IS NOT NULL
    UNION ALL SELECT k.account_id FROM external_user u CROSS JOIN address k ON k.id = u.address_id
              WHERE u.id = ?1 AND k.account_id IS NOT NULL";

/// Said of a person `u`.
const WITHOUT: &str = "u.account_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM user_contact l CROSS JOIN contact k ON k.id = l.contact_id
                    WHERE l.user_id = u.id AND k.account_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM address k WHERE k.id = u.address_id AND k.account_id IS NOT NULL)";

/// Said of an account.
const ANYBODY: &str = "(EXISTS (SELECT 1 FROM external_user u WHERE u.account_id = account.id AND u.present = 1)
    OR EXISTS (SELECT 1 FROM contact k CROSS JOIN user_contact l ON l.contact_id = k.id
               CROSS JOIN external_user u ON u.id = l.user_id AND u.present = 1 WHERE k.account_id = account.id)
    OR EXISTS (SELECT 1 FROM address k CROSS JOIN external_user u ON u.address_id = k.id AND u.present = 1
               WHERE k.account_id = account.id))";

/// People of an account (of none for `None`) by login, after a place, at most `limit`; placeholders left out.
pub fn of(c: &Connection, account: Option<AccountId>, after: Option<&Place>, limit: u64) -> Result<Vec<Place>> {
    let belong = if account.is_some() {
        format!("u.id IN ({OF})")
    } else {
        // One parameter is there either way.
        format!("?1 IS NULL AND {WITHOUT}")
    };
    let sql = format!(
        "SELECT u.login, u.id FROM external_user u
         WHERE {belong} AND u.present = 1 AND (u.login, u.id) > (?2, ?3) ORDER BY u.login, u.id LIMIT ?4"
    );
    let (login, id) = after.map_or((String::new(), Vec::new()), |(login, id)| {
        (login.clone(), id.as_bytes().to_vec())
    });
    let account = account.map(|id| id.as_bytes().to_vec());
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params![account, login, id, limit], |r| {
        Ok((r.get(0)?, cell::column(r, 1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The accounts that somebody belongs to, each once; the one that is written in her record first.
pub fn accounts_of(c: &Connection, user: ExternalUserId) -> Result<Vec<AccountId>> {
    let mut statement = c.prepare_cached(ACCOUNTS_OF)?;
    let mut rows = statement.query([user.as_bytes()])?;
    let mut accounts = Vec::new();
    while let Some(row) = rows.next()? {
        let account = cell::column(row, 0)?;
        if !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    Ok(accounts)
}

/// Whether somebody belongs to no account.
pub fn is_without(c: &Connection) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM external_user u WHERE u.present = 1 AND {WITHOUT})");
    Ok(c.prepare_cached(&sql)?.query_row([], |r| r.get(0))?)
}

/// Accounts to which somebody belongs, and whose key or name contains the text, by name, from `offset`, at most
/// `limit`.
pub fn accounts(c: &Connection, text: &str, offset: u64, limit: u64) -> Result<Vec<Row>> {
    stretch(c, &format!("{MATCHES} AND {ANYBODY}"), text, offset, limit)
}

/// How many [`accounts`] has.
pub fn count_accounts(c: &Connection, text: &str) -> Result<u64> {
    counted(c, &format!("{MATCHES} AND {ANYBODY}"), text)
}
