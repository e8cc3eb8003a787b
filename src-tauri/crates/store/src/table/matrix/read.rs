//! Reading the matrix.

use portico_core::id::GroupId;
use portico_core::model::Validity;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{MatrixQuery, Rows, Side, rank};
use crate::error::Result;
use crate::table::cell;
use crate::text::searchable;

/// How many rows have a right on a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnCount {
    /// The group.
    pub group: GroupId,
    /// The place of the strongest permission among the desk's keys, from 1; 0 for keys of its own.
    pub strongest: u32,
    /// How many rows.
    pub rows: u64,
}

/// The rights of one row on one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixCell {
    /// The group.
    pub group: GroupId,
    /// The permission keys, in order.
    pub permissions: Vec<String>,
    /// Whether it differs from what the desk has.
    pub changed: bool,
}

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// Its id.
    pub id: [u8; 16],
    /// Login of a person, key of an account.
    pub key: String,
    /// What people call it, in two parts: given and family name, or nothing and the account's name.
    pub name: (String, String),
    /// Its validity.
    pub validity: Validity,
    /// Whether the desk has a record of it.
    pub present: bool,
    /// People whose primary account it is; 0 for people.
    pub people: u64,
    /// Where there are rights, or differences.
    pub cells: Vec<MatrixCell>,
}

fn number(n: u64) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// How many rows match.
pub fn count(c: &Connection, query: &MatrixQuery) -> Result<u64> {
    let rows = Rows::of(c, query)?;
    let sql = format!("SELECT count(*) FROM {} WHERE {}", rows.from, rows.condition);
    let found: i64 = c
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&rows.params), |r| r.get(0))?;
    Ok(found.unsigned_abs())
}

/// How many of the rows have which right, group by group; groups without a right are left out.
pub fn columns(c: &Connection, query: &MatrixQuery) -> Result<Vec<ColumnCount>> {
    let rows = Rows::of(c, query)?;
    let (table, owner, more) = query.side.link();
    // The links are read in the order of their key, so grouping costs nothing.
    let sql = format!(
        "SELECT g, strongest, count(*) FROM (
             SELECT l.group_id AS g, max({}) AS strongest FROM {table} l
             WHERE {more} AND l.{owner} IN (SELECT {} FROM {} WHERE {})
             GROUP BY l.{owner}, l.group_id)
         GROUP BY g, strongest",
        rank(&query.permissions),
        rows.id,
        rows.from,
        rows.condition
    );
    let mut statement = c.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(&rows.params), |r| {
        Ok(ColumnCount {
            group: cell::column(r, 0)?,
            strongest: r.get(1)?,
            rows: r.get::<_, i64>(2)?.unsigned_abs(),
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Groups on which some row differs from what the desk has.
pub fn changed_groups(c: &Connection, side: Side) -> Result<Vec<GroupId>> {
    let sql = "SELECT DISTINCT json_extract(pk, '$[1]') FROM base
               WHERE tbl = ?1 AND (?2 IS NULL OR json_extract(pk, '$[3]') = ?2)";
    let mut statement = c.prepare_cached(sql)?;
    let rows = statement.query_map((side.link().0, side.context()), |r| r.get::<_, String>(0))?;
    let mut groups = Vec::new();
    for text in rows {
        groups.extend(text?.parse::<GroupId>());
    }
    Ok(groups)
}

/// The rows from `offset`, at most `limit`.
pub fn page(c: &Connection, query: &MatrixQuery, offset: u64, limit: u64) -> Result<Vec<MatrixRow>> {
    let mut found = Vec::new();
    for id in ids(c, query, offset, limit)? {
        let mut row = label(c, query.side, id)?;
        row.cells = cells(c, query.side, id)?;
        found.push(row);
    }
    Ok(found)
}

fn ids(c: &Connection, query: &MatrixQuery, offset: u64, limit: u64) -> Result<Vec<[u8; 16]>> {
    let rows = Rows::of(c, query)?;
    let (order, by) = rows.order(query);
    let sql = format!(
        "SELECT {} FROM {} WHERE {} ORDER BY {order} LIMIT ? OFFSET ?",
        rows.id, rows.from, rows.condition
    );
    let params = rows.params.into_iter().chain(by).chain([number(limit), number(offset)]);
    let mut statement = c.prepare_cached(&sql)?;
    let ids = statement.query_map(params_from_iter(params), |r| r.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

fn label(c: &Connection, side: Side, id: [u8; 16]) -> Result<MatrixRow> {
    let sql = match side {
        Side::Users => "SELECT login, first_name, last_name, validity, present, 0 FROM external_user WHERE id = ?1",
        Side::Accounts(_) => {
            "SELECT key, '', iif(name = '', key, name), validity, present,
                    (SELECT count(*) FROM external_user u WHERE u.account_id = a.id AND u.present = 1)
             FROM account a WHERE id = ?1"
        }
    };
    Ok(c.prepare_cached(sql)?.query_row([id], |r| {
        Ok(MatrixRow {
            id,
            key: r.get(0)?,
            name: (r.get(1)?, r.get(2)?),
            validity: cell::column(r, 3)?,
            present: r.get(4)?,
            people: r.get::<_, i64>(5)?.unsigned_abs(),
            cells: Vec::new(),
        })
    })?)
}

fn cells(c: &Connection, side: Side, id: [u8; 16]) -> Result<Vec<MatrixCell>> {
    let (table, owner, more) = side.link();
    let sql = format!(
        "SELECT l.group_id, l.permission FROM {table} l WHERE l.{owner} = ?1 AND {more} ORDER BY l.group_id, l.permission"
    );
    let mut statement = c.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    let mut cells: Vec<MatrixCell> = Vec::new();
    while let Some(r) = rows.next()? {
        let group: GroupId = cell::column(r, 0)?;
        match cells.last_mut() {
            Some(cell) if cell.group == group => cell.permissions.push(r.get(1)?),
            _ => cells.push(MatrixCell {
                group,
                permissions: vec![r.get(1)?],
                changed: false,
            }),
        }
    }
    for group in changed_cells(c, side, id)? {
        match cells.iter_mut().find(|cell| cell.group == group) {
            Some(cell) => cell.changed = true,
            None => cells.push(MatrixCell {
                group,
                permissions: Vec::new(),
                changed: true,
            }),
        }
    }
    Ok(cells)
}

/// Groups on which this row differs from what the desk has.
fn changed_cells(c: &Connection, side: Side, id: [u8; 16]) -> Result<Vec<GroupId>> {
    let owner = uuid::Uuid::from_bytes(id).hyphenated().to_string();
    // Keys of links are JSON arrays that begin with the owner: a stretch of the table's key.
    let sql = "SELECT DISTINCT json_extract(pk, '$[1]') FROM base
               WHERE tbl = ?1 AND pk >= ?2 AND pk < ?3 AND (?4 IS NULL OR json_extract(pk, '$[3]') = ?4)";
    let (from, to) = (format!("[\"{owner}\""), format!("[\"{owner}~"));
    let mut statement = c.prepare_cached(sql)?;
    let rows = statement.query_map((side.link().0, from, to, side.context()), |r| r.get::<_, String>(0))?;
    let mut groups = Vec::new();
    for text in rows {
        groups.extend(text?.parse::<GroupId>());
    }
    Ok(groups)
}

/// Where a row stands in the order, from 0; `None` where it is not among those that match.
pub fn place(c: &Connection, query: &MatrixQuery, id: [u8; 16]) -> Result<Option<u64>> {
    use rusqlite::OptionalExtension as _;
    let rows = Rows::of(c, query)?;
    let Rows {
        id: of,
        from,
        condition,
        ..
    } = &rows;
    let id = [Value::Blob(id.to_vec())];
    let (sql, params): (_, Vec<Value>) = if query.by_group.is_some() {
        let (order, by) = rows.order(query);
        let sql = format!(
            "SELECT n - 1 FROM (SELECT {of} AS id, row_number() OVER (ORDER BY {order}) AS n FROM {from} WHERE {condition})
             WHERE id = ?"
        );
        (sql, by.into_iter().chain(rows.params).chain(id).collect())
    } else {
        // Those before it are a stretch of an index: none of them is numbered.
        let names = rows.by_name(query);
        let sql = format!(
            "WITH aim AS MATERIALIZED (SELECT {names} FROM {from} WHERE {condition} AND {of} = ?)
             SELECT (SELECT count(*) FROM {from} WHERE {condition} AND ({names}) < (SELECT * FROM aim))
             FROM aim"
        );
        let again = rows.params.clone();
        (sql, rows.params.into_iter().chain(id).chain(again).collect())
    };
    let found: Option<i64> = c
        .prepare_cached(&sql)?
        .query_row(params_from_iter(params), |r| r.get(0))
        .optional()?;
    Ok(found.map(i64::unsigned_abs))
}

/// The first row in the order whose name begins with the text; `None` where there is none.
pub fn find(c: &Connection, query: &MatrixQuery, text: &str) -> Result<Option<u64>> {
    let rows = Rows::of(c, query)?;
    let (order, by) = rows.order(query);
    let sql = format!(
        "SELECT min(n) FROM (SELECT {} AS name, row_number() OVER (ORDER BY {order}) AS n FROM {} WHERE {})
         WHERE substr(name, 1, length(?)) = ?",
        rows.name, rows.from, rows.condition
    );
    let text = Value::Text(searchable(text));
    let params = by.into_iter().chain(rows.params).chain([text.clone(), text]);
    let found: Option<i64> = c
        .prepare_cached(&sql)?
        .query_row(params_from_iter(params), |r| r.get(0))?;
    Ok(found.map(|n| n.unsigned_abs() - 1))
}
