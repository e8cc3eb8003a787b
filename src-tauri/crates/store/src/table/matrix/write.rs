//! Writing cells of the matrix: one by one, or a column for all rows that match.

use portico_core::id::GroupId;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{MatrixQuery, Rows, Side};
use crate::error::{Result, StoreError};
use crate::transact::Tx;

/// A cell to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEdit {
    /// The row.
    pub row: [u8; 16],
    /// The column.
    pub group: GroupId,
    /// What it held when it was edited.
    pub before: Vec<String>,
    /// What it shall hold.
    pub permissions: Vec<String>,
}

fn held(c: &Connection, side: Side, row: [u8; 16], group: GroupId) -> Result<Vec<String>> {
    let (table, owner, more) = side.link();
    let sql = format!(
        "SELECT l.permission FROM {table} l WHERE l.{owner} = ?1 AND l.group_id = ?2 AND {more} ORDER BY l.permission"
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map((row, group.as_bytes()), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Inserts links that are not there: all columns but those with a default.
fn insert(side: Side, source: &str) -> String {
    let (table, owner, _) = side.link();
    match side.context() {
        None => format!("INSERT OR IGNORE INTO {table} ({owner}, group_id, permission) {source}"),
        Some(context) => format!(
            "INSERT OR IGNORE INTO {table} ({owner}, group_id, permission, context)
             SELECT *, '{context}' FROM ({source})"
        ),
    }
}

/// Writes one cell; whether it differed. Rows that stay keep their copies.
///
/// # Errors
/// [`StoreError::Stale`] where it holds something else than when it was edited, [`StoreError::NotFound`] where the row
/// is gone, [`StoreError::Reference`] where the group is.
pub fn set_cell(tx: &Tx<'_>, side: Side, edit: &CellEdit) -> Result<bool> {
    let exists = match side {
        Side::Users => "SELECT EXISTS (SELECT 1 FROM external_user WHERE id = ?1 AND present = 1)",
        Side::Accounts(_) => "SELECT EXISTS (SELECT 1 FROM account WHERE id = ?1)",
    };
    let there: bool = tx.prepare_cached(exists)?.query_row([edit.row], |r| r.get(0))?;
    if !there {
        return Err(StoreError::NotFound {
            what: if side == Side::Users {
                "external_user"
            } else {
                "account"
            },
            key: uuid::Uuid::from_bytes(edit.row).to_string(),
        });
    }
    let held = held(tx, side, edit.row, edit.group)?;
    let same = |a: &[String], b: &[String]| a.len() == b.len() && a.iter().all(|p| b.contains(p));
    if same(&held, &edit.permissions) {
        return Ok(false);
    }
    if !same(&held, &edit.before) {
        return Err(StoreError::Stale);
    }
    let (table, owner, more) = side.link();
    let delete =
        format!("DELETE FROM {table} AS l WHERE l.{owner} = ?1 AND l.group_id = ?2 AND l.permission = ?3 AND {more}");
    for permission in held.iter().filter(|p| !edit.permissions.contains(p)) {
        tx.prepare_cached(&delete)?
            .execute((edit.row, edit.group.as_bytes(), permission))?;
    }
    let insert = insert(side, "SELECT ?1, ?2, ?3");
    for permission in edit.permissions.iter().filter(|p| !held.contains(p)) {
        tx.prepare_cached(&insert)?
            .execute((edit.row, edit.group.as_bytes(), permission))?;
    }
    Ok(true)
}

/// The condition on a row `id` that its cell differs from `permission` (or, without one, is not empty), with its
/// parameters. Keys that are not among the desk's own stay beside a permission.
fn differs(query: &MatrixQuery, group: GroupId, permission: Option<&str>, only_empty: bool) -> (String, Vec<Value>) {
    let (table, owner, more) = query.side.link();
    let group = Value::Blob(group.as_bytes().to_vec());
    let any = format!("EXISTS (SELECT 1 FROM {table} l WHERE l.{owner} = id AND l.group_id = ? AND {more}");
    match permission {
        None => (format!("{any})"), vec![group]),
        Some(_) if only_empty => (format!("NOT {any})"), vec![group]),
        Some(permission) => {
            let text = Value::Text(permission.to_owned());
            let others = ladder(query);
            (
                format!(
                    "(NOT {any} AND l.permission = ?) OR {any} AND l.permission <> ? AND l.permission IN {others}))"
                ),
                vec![group.clone(), text.clone(), group, text],
            )
        }
    }
}

/// The desk's own permission keys, as a list in SQL.
fn ladder(query: &MatrixQuery) -> String {
    let quoted = query
        .permissions
        .iter()
        .map(|key| format!("'{}'", key.replace('\'', "''")));
    format!("({})", quoted.collect::<Vec<_>>().join(", "))
}

/// How many cells of a column would differ: of all rows that match, or of those whose cell is empty.
pub fn cells_of_column(
    c: &Connection,
    query: &MatrixQuery,
    group: GroupId,
    permission: Option<&str>,
    only_empty: bool,
) -> Result<u64> {
    let rows = Rows::of(c, query)?;
    let (differs, params) = differs(query, group, permission, only_empty);
    let sql = format!(
        "SELECT count(*) FROM (SELECT {} AS id FROM {} WHERE {}) WHERE {differs}",
        rows.id, rows.from, rows.condition
    );
    let params = rows.params.into_iter().chain(params);
    let count: i64 = c
        .prepare_cached(&sql)?
        .query_row(params_from_iter(params), |r| r.get(0))?;
    Ok(count.unsigned_abs())
}

/// Sets a column for all rows that match (or those whose cell is empty): to a permission, or to nothing. Keys that are
/// not the desk's own stay beside a permission. Returns how many cells differ.
pub fn set_column(
    tx: &Tx<'_>,
    query: &MatrixQuery,
    group: GroupId,
    permission: Option<&str>,
    only_empty: bool,
) -> Result<u64> {
    let rows = Rows::of(tx, query)?;
    let (differs, params) = differs(query, group, permission, only_empty);
    // The rows are put aside first: what is written may change which rows match.
    tx.execute_batch(
        "DROP TABLE IF EXISTS temp.matrix_row; CREATE TEMP TABLE matrix_row (id BLOB NOT NULL PRIMARY KEY)",
    )?;
    let aside = format!(
        "INSERT INTO temp.matrix_row SELECT id FROM (SELECT {} AS id FROM {} WHERE {}) WHERE {differs}",
        rows.id, rows.from, rows.condition
    );
    let cells = tx.execute(&aside, params_from_iter(rows.params.into_iter().chain(params)))?;
    let (table, owner, more) = query.side.link();
    let group = group.as_bytes();
    let delete = format!(
        "DELETE FROM {table} AS l WHERE l.group_id = ?1 AND {more} AND l.{owner} IN (SELECT id FROM temp.matrix_row)"
    );
    if let Some(permission) = permission {
        let others = format!("{delete} AND l.permission <> ?2 AND l.permission IN {}", ladder(query));
        tx.execute(&others, (group, permission))?;
        let insert = insert(query.side, "SELECT id, ?1, ?2 FROM temp.matrix_row");
        tx.execute(&insert, (group, permission))?;
    } else {
        tx.execute(&delete, [group])?;
    }
    tx.execute_batch("DROP TABLE temp.matrix_row")?;
    Ok(cells as u64)
}
