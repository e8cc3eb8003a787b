//! Columns that are computed from others, where rows are written by SQL and not from a `Row`.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::Table;
use crate::error::Result;

/// The expressions for a table's computed columns, in the order of the schema; columns are read `from` this prefix.
pub(crate) fn expressions(table: &str, from: &str) -> Vec<(&'static str, String)> {
    let of = |function: &str, columns: &[&str]| {
        let columns: Vec<String> = columns.iter().map(|c| format!("{from}{c}")).collect();
        format!("{function}({})", columns.join(", "))
    };
    match table {
        "account" => vec![
            ("key_simple", of("portico_simple", &["key"])),
            ("key_full", of("portico_full", &["key"])),
        ],
        "external_user" => vec![
            ("login_simple", of("portico_simple", &["login"])),
            ("login_full", of("portico_full", &["login"])),
            (
                "sort_name",
                of("portico_sort_name", &["last_name", "first_name", "title", "login"]),
            ),
        ],
        _ => Vec::new(),
    }
}

/// Computes the computed columns again: of one row, or of all.
pub(crate) fn refresh(c: &Connection, table: &Table, id: Option<&Value>) -> Result<()> {
    let columns = expressions(table.name, "");
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
