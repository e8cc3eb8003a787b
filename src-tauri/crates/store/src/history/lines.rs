//! A change in words that people can read: whom it concerns, which field, before and after.

use portico_core::id::ExternalUserId;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::changeset::{Op, RowChange, parse};
use super::{ChangeId, changeset_of};
use crate::error::Result;
use crate::table::{Column, Role, Table};

/// What happened to a record or link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named like what it is")]
pub enum LineKind {
    Create,
    Update,
    Delete,
    Link,
    Unlink,
}

impl LineKind {
    /// Its name: `create`, `update`, `delete`, `link`, `unlink`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Link => "link",
            Self::Unlink => "unlink",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The table (`external_user`, `user_group`).
    pub table: &'static str,
    /// The row's key, as in [`crate::base::Pending`].
    pub key: String,
    /// What happened.
    pub kind: LineKind,
    /// Whom or what it concerns, for people.
    pub subject: String,
    /// The person it concerns, where there is one.
    pub user: Option<ExternalUserId>,
    /// The column, or what the link leads to (`finance ro`); empty for a record as a whole.
    pub field: String,
    /// Before, with names in the place of ids.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
}

/// All differences of a change; none for an import or an export.
pub fn lines(c: &Connection, id: ChangeId) -> Result<Vec<Line>> {
    Ok(first_lines(c, id, usize::MAX)?.0)
}

/// The first differences of a change, and how many more there are: those are counted without looking up names.
pub fn first_lines(c: &Connection, id: ChangeId, limit: usize) -> Result<(Vec<Line>, usize)> {
    let Some(bytes) = changeset_of(c, id)? else {
        return Ok((Vec::new(), 0));
    };
    let rows = parse(&bytes)?;
    let names = Names { conn: c, rows: &rows };
    let (mut found, mut more) = (Vec::new(), 0);
    for row in &rows {
        if found.len() >= limit {
            more += count_of(row);
        } else if is_record(row) {
            record_lines(&names, row, &mut found)?;
        } else {
            found.extend(link_line(&names, row)?);
        }
    }
    more += found.len().saturating_sub(limit);
    found.truncate(limit);
    Ok((found, more))
}

fn is_record(row: &RowChange) -> bool {
    row.table.is_entity() || row.table.key == 1
}

/// How many lines a row comes to.
fn count_of(row: &RowChange) -> usize {
    match (is_record(row), row.op) {
        (false, Op::Update) => 0,
        (false, _) | (true, Op::Delete) => 1,
        (true, op) => shown_columns(row)
            .filter(|(_, new)| {
                op == Op::Update || !matches!(new, Value::Null) && !matches!(new, Value::Text(t) if t.is_empty())
            })
            .count(),
    }
}

/// The columns of a record that are told, with what they are now, where that differs.
fn shown_columns(row: &RowChange) -> impl Iterator<Item = (usize, &Value)> {
    let columns = row.table.columns.iter().enumerate().skip(row.table.key);
    columns.filter_map(|(n, column)| {
        let shown = column.role.tracked() && column.role != Role::Present
            || column.role == Role::Own
            || row.table.name == "desk_setting";
        row.new[n].as_ref().filter(|_| shown).map(|new| (n, new))
    })
}

/// What people call the row of `table` with this id: name and login, key, name; its id where it is gone.
pub fn label(c: &Connection, table: &str, id: [u8; 16]) -> Result<String> {
    Names { conn: c, rows: &[] }.of(table, &Value::Blob(id.to_vec()))
}

/// Names of rows, also of those that the change itself removed.
struct Names<'a> {
    conn: &'a Connection,
    rows: &'a [RowChange],
}

impl Names<'_> {
    fn of(&self, table: &str, id: &Value) -> Result<String> {
        let Value::Blob(bytes) = id else {
            return Ok(String::new());
        };
        let Some(sql) = name_sql(table) else {
            return Ok(String::new());
        };
        let found: Option<String> = self
            .conn
            .prepare_cached(&format!("SELECT {sql} FROM {table} WHERE id = ?1"))?
            .query_row([bytes], |r| r.get(0))
            .optional()?;
        let found = found.or_else(|| self.removed(table, id));
        let found = found.map_or_else(|| kept_name(self.conn, table, bytes), |name| Ok(Some(name)))?;
        Ok(found.unwrap_or_else(|| uuid::Uuid::from_slice(bytes).map_or_else(|_| String::new(), |u| u.to_string())))
    }

    fn removed(&self, table: &str, id: &Value) -> Option<String> {
        let row = self
            .rows
            .iter()
            .find(|r| r.table.name == table && r.old.first() == Some(&Some(id.clone())))?;
        let text = |column: &str| match row.old.get(row.table.position(column)?)? {
            Some(Value::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        name_in(&text)
    }
}

/// The name of a record that was removed some time ago, from what is kept of it as the desk had it.
fn kept_name(c: &Connection, table: &str, id: &[u8]) -> Result<Option<String>> {
    let Ok(key) = uuid::Uuid::from_slice(id) else {
        return Ok(None);
    };
    let kept: Option<String> = c
        .prepare_cached("SELECT row FROM base WHERE tbl = ?1 AND pk = ?2 AND kind = 'deleted'")?
        .query_row((table, key.to_string()), |r| r.get(0))
        .optional()?;
    let row: serde_json::Value = kept.and_then(|row| serde_json::from_str(&row).ok()).unwrap_or_default();
    let text = |column: &str| {
        row.get(column)?
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Ok(name_in(&text))
}

/// What people call a record with these columns.
fn name_in(text: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let full = [text("first_name"), text("last_name")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    if !full.is_empty() {
        return Some(full);
    }
    ["path", "name", "login", "key", "number", "title", "email"]
        .into_iter()
        .find_map(text)
}

fn name_sql(table: &str) -> Option<&'static str> {
    Some(match table {
        "external_user" => "coalesce(nullif(trim(first_name || ' ' || last_name), ''), login)",
        "account" => "coalesce(nullif(name, ''), key)",
        "contact" => "coalesce(nullif(trim(first_name || ' ' || last_name), ''), nullif(title, ''), email)",
        "address" | "machine" => "coalesce(nullif(name, ''), number)",
        "agent" => "coalesce(nullif(name, ''), login)",
        "portal_object" => "path",
        "permission_group" | "queue" | "ticket_type" | "ticket_state" | "ticket_priority" | "service" | "backend"
        | "template" => "name",
        _ => return None,
    })
}

fn text(names: &Names<'_>, column: &Column, value: &Value) -> Result<Option<String>> {
    Ok(match (column.role, value) {
        (_, Value::Null) => None,
        (Role::Reference(table), id) => Some(names.of(table, id)?),
        (_, Value::Text(text)) => Some(text.clone()),
        (_, Value::Integer(n)) if column.name == "validity" => {
            Some(portico_core::model::Validity::from_number(*n).map_or_else(|| n.to_string(), |v| v.name().to_owned()))
        }
        (_, Value::Integer(n)) => Some(n.to_string()),
        _ => None,
    })
}

fn record_lines(names: &Names<'_>, row: &RowChange, found: &mut Vec<Line>) -> Result<()> {
    let side = if row.op == Op::Insert { &row.new } else { &row.old };
    let first = side.first().cloned().flatten().unwrap_or(Value::Null);
    let subject = match &first {
        Value::Text(name) => name.clone(),
        id => names.of(row.table.name, id)?,
    };
    let line = |kind, field: &str, from, to| Line {
        table: row.table.name,
        key: row.key(),
        kind,
        subject: subject.clone(),
        user: row.user().map(ExternalUserId::from_bytes),
        field: field.to_owned(),
        from,
        to,
    };
    if row.op == Op::Delete {
        found.push(line(LineKind::Delete, "", Some(subject.clone()), None));
        return Ok(());
    }
    let kind = if row.op == Op::Insert {
        LineKind::Create
    } else {
        LineKind::Update
    };
    for (n, new) in shown_columns(row) {
        let column = &row.table.columns[n];
        let from = row.old[n].as_ref().map_or(Ok(None), |old| text(names, column, old))?;
        let to = text(names, column, new)?;
        // Of what is new, only what is filled in.
        if row.op == Op::Update || to.as_ref().is_some_and(|t| !t.is_empty()) {
            found.push(line(kind, column.name, from, to));
        }
    }
    Ok(())
}

fn link_line(names: &Names<'_>, row: &RowChange) -> Result<Option<Line>> {
    let (kind, side) = match row.op {
        Op::Insert => (LineKind::Link, &row.new),
        Op::Delete => (LineKind::Unlink, &row.old),
        // Only bookkeeping can change in a link.
        Op::Update => return Ok(None),
    };
    let table: &Table = row.table;
    let mut words = Vec::new();
    for (column, value) in table.columns.iter().zip(side).take(table.key) {
        let value = value.as_ref().unwrap_or(&Value::Null);
        words.push(text(names, column, value)?.unwrap_or_default());
    }
    let subject = words.remove(0);
    let field = words.join(" ");
    let (from, to) = if kind == LineKind::Link {
        (None, Some(field.clone()))
    } else {
        (Some(field.clone()), None)
    };
    let user = row.user().map(ExternalUserId::from_bytes);
    Ok(Some(Line {
        table: table.name,
        key: row.key(),
        kind,
        subject,
        user,
        field,
        from,
        to,
    }))
}
