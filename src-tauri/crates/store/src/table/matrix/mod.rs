//! Rights on groups as a matrix: people or accounts down, groups across. Its rows are asked for in stretches, its
//! columns with counts over all rows that match.

mod read;
mod write;

use portico_core::id::GroupId;
use portico_core::model::{Context, Validity};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::user_list::{ListQuery, Without, condition};
use crate::error::Result;
use crate::text::searchable;
pub use read::{ColumnCount, MatrixCell, MatrixRow, changed_groups, columns, count, find, page, place};
pub use write::{CellEdit, cells_of_column, set_cell, set_column};

/// What stands down the side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// People.
    Users,
    /// Accounts, with the rights that count for tickets of this context.
    Accounts(Context),
}

/// Which rows, in which order.
#[derive(Debug, Clone)]
pub struct MatrixQuery {
    /// What stands down the side.
    pub side: Side,
    /// Words that must occur in what people call the row.
    pub search: String,
    /// Validities to include; empty for all.
    pub status: Vec<Validity>,
    /// Of accounts, only those with people.
    pub with_people: bool,
    /// Only rows with a right on some group.
    pub with_right: bool,
    /// Only rows with a right on this group.
    pub on_group: Option<GroupId>,
    /// By the right on this group, strongest first, then by name.
    pub by_group: Option<GroupId>,
    /// The desk's permission keys, weakest first.
    pub permissions: Vec<String>,
}

impl Side {
    /// The table of the links, its column of the row's id, and what further has to hold of a link `l`.
    fn link(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Users => ("user_group", "user_id", "1"),
            Self::Accounts(Context::Same) => ("account_group", "account_id", "l.context = 'same'"),
            Self::Accounts(Context::Other) => ("account_group", "account_id", "l.context = 'other'"),
        }
    }

    fn context(self) -> Option<&'static str> {
        match self {
            Self::Users => None,
            Self::Accounts(context) => Some(context.name()),
        }
    }
}

/// The rows of a query, for statements.
struct Rows {
    /// What they are read from.
    from: String,
    /// The row's id.
    id: &'static str,
    /// What people call it, folded as it is sorted.
    name: &'static str,
    condition: String,
    params: Vec<Value>,
}

impl Rows {
    fn of(c: &Connection, query: &MatrixQuery) -> Result<Self> {
        let mut rows = match query.side {
            Side::Users => Self::of_users(c, query)?,
            Side::Accounts(context) => Self::of_accounts(query, context),
        };
        if query.with_right {
            let (table, owner, more) = query.side.link();
            // Not EXISTS: SQLite 3.53 makes a join of it, and OFFSET then counts a row once for each of its rights.
            let some = format!(" AND {} IN (SELECT l.{owner} FROM {table} l WHERE {more})", rows.id);
            rows.condition.push_str(&some);
        }
        Ok(rows)
    }

    fn of_users(c: &Connection, query: &MatrixQuery) -> Result<Self> {
        let people = ListQuery {
            search: query.search.clone(),
            status: query.status.clone(),
            groups: query.on_group.into_iter().collect(),
            ..ListQuery::default()
        };
        let found = condition(c, &people, Without::Nothing)?;
        Ok(Self {
            from: found.source().to_owned(),
            id: "s.user_id",
            name: "s.name",
            condition: found.sql,
            params: found.params,
        })
    }

    fn of_accounts(query: &MatrixQuery, context: Context) -> Self {
        let mut condition = vec!["1".to_owned()];
        let mut params = Vec::new();
        for word in searchable(&query.search).split_whitespace() {
            condition.push("instr(portico_search(a.key || char(10) || a.name), ?) > 0".to_owned());
            params.push(Value::Text(word.to_owned()));
        }
        if !query.status.is_empty() {
            let numbers: Vec<String> = query.status.iter().map(|v| v.number().to_string()).collect();
            condition.push(format!("a.validity IN ({})", numbers.join(", ")));
        }
        if query.with_people {
            // Not EXISTS either, see above.
            let has = "a.id IN (SELECT u.account_id FROM external_user u WHERE u.present = 1)";
            condition.push(has.to_owned());
        }
        if let Some(group) = query.on_group {
            let linked = "SELECT l.account_id FROM account_group l WHERE l.group_id = ? AND l.context = ?";
            condition.push(format!("a.id IN ({linked})"));
            params.push(Value::Blob(group.as_bytes().to_vec()));
            params.push(Value::Text(context.name().to_owned()));
        }
        Self {
            from: "account a".to_owned(),
            id: "a.id",
            name: "portico_search(iif(a.name = '', a.key, a.name))",
            condition: condition.join(" AND "),
            params,
        }
    }

    /// The order by name, in which no two rows are alike.
    fn by_name(&self, query: &MatrixQuery) -> String {
        match query.side {
            Side::Users => "s.name, s.login".to_owned(),
            Side::Accounts(_) => format!("{}, a.key, a.id", self.name),
        }
    }

    /// What the rows are ordered by, with its parameters, which come after those of the condition.
    fn order(&self, query: &MatrixQuery) -> (String, Vec<Value>) {
        let by_name = self.by_name(query);
        let Some(group) = query.by_group else {
            return (by_name, Vec::new());
        };
        let (table, owner, more) = query.side.link();
        let right = format!(
            "(SELECT max({}) FROM {table} l WHERE l.{owner} = {} AND l.group_id = ? AND {more}) DESC NULLS LAST",
            rank(&query.permissions),
            self.id
        );
        (
            format!("{right}, {by_name}"),
            vec![Value::Blob(group.as_bytes().to_vec())],
        )
    }
}

/// How strong a link `l` is: the place of its permission among the desk's keys, from 1; 0 for a key of its own.
fn rank(permissions: &[String]) -> String {
    let places = (1..).zip(permissions).map(|(place, key)| {
        let key = key.replace('\'', "''");
        format!("WHEN '{key}' THEN {place}")
    });
    let places: Vec<String> = places.collect();
    if places.is_empty() {
        return "0".to_owned();
    }
    format!("CASE l.permission {} ELSE 0 END", places.join(" "))
}
