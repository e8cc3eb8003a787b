//! Columns that are computed from others, where rows are written by SQL and not from a `Row`.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::Table;
use crate::error::Result;

/// The expressions for a table's computed columns, in the order of the schema.
pub(crate) fn expressions(table: &str) -> &'static [(&'static str, &'static str)] {
    match table {
        "account" => &[("key_simple", "portico_simple(key)"), ("key_full", "portico_full(key)")],
        "external_user" => &[
            ("login_simple", "portico_simple(login)"),
            ("login_full", "portico_full(login)"),
            ("sort_name", "portico_sort_name(last_name, first_name, login)"),
        ],
        _ => &[],
    }
}

/// Computes the computed columns again: of one row, or of all.
pub(crate) fn refresh(c: &Connection, table: &Table, id: Option<&Value>) -> Result<()> {
    let columns = expressions(table.name);
    if columns.is_empty() {
        return Ok(());
    }
    let sets: Vec<String> = columns.iter().map(|(name, sql)| format!("{name} = {sql}")).collect();
    let wrong: Vec<String> = columns
        .iter()
        .map(|(name, sql)| format!("{name} IS NOT {sql}"))
        .collect();
    let sql = format!(
        "UPDATE {} SET {} WHERE (?1 IS NULL OR id = ?1) AND ({})",
        table.name,
        sets.join(", "),
        wrong.join(" OR ")
    );
    c.execute(&sql, [id.unwrap_or(&Value::Null)])?;
    Ok(())
}
