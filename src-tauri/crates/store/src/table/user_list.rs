//! The list of people: search, filters, order, stretches.

use portico_core::id::{AccountId, ExternalUserId, GroupId};
use portico_core::model::Validity;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::cell;
use super::user_column::{self, Column};
use super::user_condition::FieldCondition;
use crate::error::Result;
use crate::text::searchable;

/// What people are sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Family name, given name.
    #[default]
    Name,
    /// Login.
    Login,
    /// Name of the primary account, then the person's.
    Account,
    /// Validity, then the name.
    Status,
    /// A column that no index holds: everybody is looked at.
    By(&'static Column),
}

impl Sort {
    /// The order by a column.
    pub fn by(column: &'static Column) -> Self {
        match column.key {
            "name" => Self::Name,
            "login" => Self::Login,
            "account" => Self::Account,
            "status" => Self::Status,
            _ => Self::By(column),
        }
    }
}

/// Which people, in which order. Placeholders are never listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Words that must all occur somewhere in login, names, e-mail, account key or account name.
    pub search: String,
    /// Validities to include; empty for all.
    pub status: Vec<Validity>,
    /// Accounts (primary or further) to include; empty for all.
    pub accounts: Vec<AccountId>,
    /// Groups to which the person is linked; empty for all.
    pub groups: Vec<GroupId>,
    /// Conditions on single fields, all of which must hold.
    pub fields: Vec<FieldCondition>,
    /// Only people who differ from what the desk has, themselves or by their links.
    pub changed: bool,
    /// The order.
    pub sort: Sort,
    /// Backwards.
    pub descending: bool,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the person")]
pub struct ListRow {
    pub id: ExternalUserId,
    pub login: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// Key of the primary account; empty for none.
    pub account_key: String,
    /// Name of the primary account; its key where it has no name.
    pub account: String,
    pub validity: Validity,
    /// What the further columns hold, by their keys; what is empty is left out.
    pub more: Vec<(&'static str, String)>,
}

/// A condition of the query that a facet leaves out for itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    Nothing,
    /// Status and whether something is changed: one row of tabs chooses both.
    Status,
    Accounts,
    Groups,
}

/// What has to hold for a person `s` to be listed.
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) params: Vec<Value>,
    /// Whether every person is looked at.
    scans: bool,
}

impl Condition {
    /// Where to count. Looking at everybody goes through the table as it lies: in the order of an index, every row
    /// would be looked up on its own.
    pub(super) fn source(&self) -> &'static str {
        if self.scans {
            "user_search s NOT INDEXED"
        } else {
            "user_search s"
        }
    }

    fn and(&mut self, sql: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
    }

    /// `x IN (?, ?)` with one parameter a value.
    fn among(&mut self, before: &str, values: impl Iterator<Item = Value>, after: &str) {
        let from = self.params.len();
        self.params.extend(values);
        let marks = vec!["?"; self.params.len() - from].join(", ");
        self.and(&format!("{before} IN ({marks}){after}"));
    }
}

fn blobs<'a>(ids: impl Iterator<Item = &'a [u8; 16]>) -> impl Iterator<Item = Value> {
    ids.map(|b| Value::Blob(b.to_vec()))
}

/// More hits than this, and looking at every person is faster than looking the hits up one by one; measured.
const MANY_HITS: i64 = 20_000;

/// Whether so many people have the word that the index is no help.
fn is_everywhere(c: &Connection, phrase: &str) -> Result<bool> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM user_fts WHERE user_fts MATCH ?1 LIMIT ?2)";
    let hits: i64 = c.prepare_cached(sql)?.query_row((phrase, MANY_HITS), |r| r.get(0))?;
    Ok(hits == MANY_HITS)
}

pub(super) fn condition(c: &Connection, query: &ListQuery, without: Without) -> Result<Condition> {
    let mut found = Condition {
        sql: "s.present = 1".to_owned(),
        params: Vec::new(),
        scans: false,
    };
    for word in searchable(&query.search).split_whitespace() {
        let phrase = format!("\"{}\"", word.replace('"', "\"\""));
        // The index holds runs of three characters; for less there is nothing to look up.
        if word.chars().count() < 3 || is_everywhere(c, &phrase)? {
            found.params.push(Value::Text(word.to_owned()));
            found.and("portico_contains(s.person, s.company, ?)");
            found.scans = true;
        } else {
            found.params.push(Value::Text(phrase));
            found.and("s.key IN (SELECT rowid FROM user_fts WHERE user_fts MATCH ?)");
        }
    }
    if !query.status.is_empty() && without != Without::Status {
        found.among(
            "s.validity",
            query.status.iter().map(|v| Value::Integer(v.number())),
            "",
        );
    }
    if !query.accounts.is_empty() && without != Without::Accounts {
        let ids = || blobs(query.accounts.iter().map(AccountId::as_bytes));
        let marks = vec!["?"; query.accounts.len()].join(", ");
        found.params.extend(ids());
        found.params.extend(ids());
        found.and(&format!(
            "s.user_id IN (SELECT user_id FROM user_search WHERE account_id IN ({marks})
                           UNION ALL SELECT user_id FROM user_account WHERE account_id IN ({marks}))"
        ));
    }
    if !query.groups.is_empty() && without != Without::Groups {
        let ids = blobs(query.groups.iter().map(GroupId::as_bytes));
        found.among("s.user_id IN (SELECT user_id FROM user_group WHERE group_id", ids, ")");
    }
    for field in &query.fields {
        let sql = field.sql(&mut found.params);
        found.and(&sql);
    }
    if query.changed && without != Without::Status {
        found.and("s.user_id IN (SELECT user_id FROM base WHERE user_id IS NOT NULL)");
    }
    Ok(found)
}

/// What the rows are ordered by; ties go by name and login.
pub(super) fn order(sort: Sort, descending: bool) -> String {
    let way = if descending { " DESC" } else { "" };
    let columns: &[&str] = match sort {
        Sort::Name => &["name", "login"],
        Sort::Login => &["login"],
        Sort::Account => &["account", "name", "login"],
        Sort::Status => &["validity", "name", "login"],
        Sort::By(column) => return format!("{}, s.name{way}, s.login{way}", column.order(way)),
    };
    let columns: Vec<String> = columns.iter().map(|c| format!("s.{c}{way}")).collect();
    columns.join(", ")
}

/// What the columns of a list are read from.
pub(super) const PEOPLE: &str = "user_search s JOIN external_user u ON u.id = s.user_id
         LEFT JOIN account a ON a.id = u.account_id";

/// What an order is read from. Without an index, everybody is looked at as the table lies, not in an order of no use.
pub(super) fn ordered(sort: Sort) -> &'static str {
    if matches!(sort, Sort::By(_)) {
        "user_search s NOT INDEXED CROSS JOIN external_user u ON u.id = s.user_id
         LEFT JOIN account a ON a.id = u.account_id"
    } else {
        "user_search s"
    }
}

/// The people from `offset`, at most `limit`.
pub fn list(c: &Connection, query: &ListQuery, offset: u64, limit: u64) -> Result<Vec<ListRow>> {
    let mut found = condition(c, query, Without::Nothing)?;
    let order = order(query.sort, query.descending);
    for number in [limit, offset] {
        found
            .params
            .push(Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
    }
    // The inner query walks an index alone, where one has the order; only the rows of the stretch are fetched.
    let from = ordered(query.sort);
    let page = format!(
        "SELECT s.key FROM {from} WHERE {} ORDER BY {order} LIMIT ? OFFSET ?",
        found.sql
    );
    rows(c, &page, &order, found.params)
}

/// The rows that a query names by their keys, in an order of `page`, `s`, `u` and `a`.
pub(super) fn rows(c: &Connection, page: &str, order: &str, params: Vec<Value>) -> Result<Vec<ListRow>> {
    let more: Vec<String> = Column::further().map(Column::value).collect();
    let sql = format!(
        "SELECT u.id, u.login, u.first_name, u.last_name, u.email, coalesce(a.key, ''),
                coalesce(iif(a.name = '', a.key, a.name), ''), u.validity, {more}
         FROM ({page}) page
         JOIN user_search s ON s.key = page.key
         JOIN external_user u ON u.id = s.user_id
         LEFT JOIN account a ON a.id = u.account_id
         ORDER BY {order}",
        more = more.join(", ")
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(params), |r| {
        Ok(ListRow {
            id: cell::column(r, 0)?,
            login: r.get(1)?,
            first_name: r.get(2)?,
            last_name: r.get(3)?,
            email: r.get(4)?,
            account_key: r.get(5)?,
            account: r.get(6)?,
            validity: cell::column(r, 7)?,
            more: more_of(r, 8)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The further columns, which begin at `from`; what is empty or zero says nothing.
fn more_of(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Vec<(&'static str, String)>> {
    let mut more = Vec::new();
    for (place, column) in (from..).zip(Column::further()) {
        let text = user_column::read(row, place)?;
        let says_nothing = text.is_empty() || (column.is_number() && text == "0");
        if !says_nothing {
            more.push((column.key, text));
        }
    }
    Ok(more)
}

/// How many people match.
pub fn count_matching(c: &Connection, query: &ListQuery) -> Result<u64> {
    let found = condition(c, query, Without::Nothing)?;
    let sql = format!("SELECT count(*) FROM {} WHERE {}", found.source(), found.sql);
    let count: i64 = c
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&found.params), |r| r.get(0))?;
    Ok(count.unsigned_abs())
}
