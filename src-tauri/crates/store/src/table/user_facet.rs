//! The facets beside the list of people: how many each value would list, under all other conditions.

use portico_core::id::{AccountId, GroupId};
use portico_core::model::Validity;
use rusqlite::{Connection, params_from_iter};

use super::cell;
use super::user_list::{ListQuery, Without, condition};
use crate::error::Result;

/// How many people have each validity, changed or not, under all other conditions of the query.
pub fn status_facet(c: &Connection, query: &ListQuery) -> Result<Vec<(Validity, u64)>> {
    let found = condition(c, query, Without::Status)?;
    let sql = format!(
        "SELECT s.validity, count(*) FROM {} WHERE {} GROUP BY s.validity",
        found.source(),
        found.sql
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&found.params), |r| {
        Ok((cell::column(r, 0)?, r.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// An account with the number of people who have it, as primary or further account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the account")]
pub struct AccountCount {
    pub id: AccountId,
    pub key: String,
    pub name: String,
    pub people: u64,
}

/// The accounts with most people under all other conditions of the query, at most `limit`.
pub fn account_facet(c: &Connection, query: &ListQuery, limit: u32) -> Result<Vec<AccountCount>> {
    let found = condition(c, query, Without::Accounts)?;
    let sql = format!(
        "SELECT a.id, a.key, iif(a.name = '', a.key, a.name), n.people
         FROM (SELECT account_id, sum(people) AS people
               FROM (SELECT s.account_id, count(*) AS people FROM {1}
                     WHERE {0} AND s.account_id IS NOT NULL GROUP BY s.account_id
                     UNION ALL
                     SELECT f.account_id, count(*) FROM user_account f JOIN user_search s ON s.user_id = f.user_id
                     WHERE {0} AND s.account_id IS NOT f.account_id GROUP BY f.account_id)
               GROUP BY account_id ORDER BY people DESC, account_id LIMIT {limit}) n
         JOIN account a ON a.id = n.account_id
         ORDER BY n.people DESC, a.key",
        found.sql,
        found.source()
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(found.params.iter().chain(&found.params)), |r| {
        Ok(AccountCount {
            id: cell::column(r, 0)?,
            key: r.get(1)?,
            name: r.get(2)?,
            people: r.get::<_, i64>(3)?.unsigned_abs(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A group with the number of people linked to it, in whatever permission.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the group")]
pub struct GroupCount {
    pub id: GroupId,
    pub name: String,
    pub people: u64,
}

/// All groups with people under all other conditions of the query, by name.
pub fn group_facet(c: &Connection, query: &ListQuery) -> Result<Vec<GroupCount>> {
    let found = condition(c, query, Without::Groups)?;
    let sql = format!(
        "SELECT g.id, g.name, n.people
         FROM (SELECT l.group_id, count(DISTINCT l.user_id) AS people
               FROM user_group l JOIN user_search s ON s.user_id = l.user_id WHERE {} GROUP BY l.group_id) n
         JOIN permission_group g ON g.id = n.group_id ORDER BY portico_search(g.name), g.name",
        found.sql
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&found.params), |r| {
        Ok(GroupCount {
            id: cell::column(r, 0)?,
            name: r.get(1)?,
            people: r.get::<_, i64>(2)?.unsigned_abs(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many people differ from what the desk has, whatever their validity, under all other conditions of the query.
pub fn changed_facet(c: &Connection, query: &ListQuery) -> Result<u64> {
    let changed = ListQuery {
        changed: true,
        status: Vec::new(),
        ..query.clone()
    };
    super::user_list::count_matching(c, &changed)
}
