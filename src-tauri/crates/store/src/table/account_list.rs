//! Accounts as a list, with how many people and groups each has.

use portico_core::id::{AccountId, GroupId};
use rusqlite::{Connection, params};

use super::account::{Row, TABLE};
use super::{cell, row};
use crate::error::Result;
use crate::text::searchable;

/// An account with its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The account.
    pub account: Row,
    /// People whose primary account it is.
    pub people: u64,
    /// People for whom it is a further account.
    pub further: u64,
}

/// Every word of the needle occurs in key or name, case and diacritics ignored.
pub(super) const MATCHES: &str = "instr(portico_search(key || char(10) || name), ?1) > 0";

/// The accounts that fulfil a condition with the text as its first parameter, by name.
pub(super) fn stretch(c: &Connection, condition: &str, text: &str, offset: u64, limit: u64) -> Result<Vec<Row>> {
    let (offset, limit) = (
        i64::try_from(offset).unwrap_or(i64::MAX),
        i64::try_from(limit).unwrap_or(i64::MAX),
    );
    let condition = format!("{condition} ORDER BY portico_search(iif(name = '', key, name)), key LIMIT ?2 OFFSET ?3");
    row::many(c, &TABLE, &condition, &[&searchable(text), &limit, &offset], Row::read)
}

/// How many accounts fulfil it.
pub(super) fn counted(c: &Connection, condition: &str, text: &str) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM account WHERE {condition}");
    Ok(c.prepare_cached(&sql)?
        .query_row([searchable(text)], |r| r.get::<_, i64>(0))?
        .unsigned_abs())
}

/// Accounts (placeholders too) whose key or name contains the text, by name, from `offset`, at most `limit`.
pub fn search(c: &Connection, text: &str, offset: u64, limit: u64) -> Result<Vec<Row>> {
    stretch(c, MATCHES, text, offset, limit)
}

/// How many accounts match.
pub fn count(c: &Connection, text: &str) -> Result<u64> {
    counted(c, MATCHES, text)
}

/// The same accounts as [`search`], with their people.
pub fn list(c: &Connection, text: &str, offset: u64, limit: u64) -> Result<Vec<Line>> {
    let mut primary = c.prepare_cached("SELECT count(*) FROM external_user WHERE account_id = ?1 AND present = 1")?;
    let mut further = c.prepare_cached("SELECT count(*) FROM user_account WHERE account_id = ?1")?;
    let mut lines = Vec::new();
    for account in search(c, text, offset, limit)? {
        let count = |s: &mut rusqlite::CachedStatement<'_>, id: AccountId| -> Result<u64> {
            Ok(s.query_row(params![id.as_bytes()], |r| r.get::<_, i64>(0))?
                .unsigned_abs())
        };
        lines.push(Line {
            people: count(&mut primary, account.id)?,
            further: count(&mut further, account.id)?,
            account,
        });
    }
    Ok(lines)
}

/// How many people and accounts each group has a link to, in whatever permission: group, people, accounts.
pub fn group_usage(c: &Connection) -> Result<Vec<(GroupId, u64, u64)>> {
    let mut statement = c.prepare_cached(
        "SELECT id, (SELECT count(DISTINCT user_id) FROM user_group WHERE group_id = g.id),
                (SELECT count(DISTINCT account_id) FROM account_group WHERE group_id = g.id)
         FROM permission_group g",
    )?;
    let rows = statement.query_map([], |r| {
        Ok((
            cell::column(r, 0)?,
            r.get::<_, i64>(1)?.unsigned_abs(),
            r.get::<_, i64>(2)?.unsigned_abs(),
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
