//! What the rows of all tables have in common: the macro that declares one, and the statements.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::Table;
use crate::error::{Result, StoreError};
use crate::transact::Tx;

/// Declares a table's `Row` and its description, columns in the order of the schema.
macro_rules! row {
    (
        $(#[$meta:meta])*
        $table:ident, key $key:literal, based $based:literal {
            $($field:ident : $ty:ty = $role:expr),* $(,)?
        }
        derived { $($derived:ident = $compute:expr),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the fields are the table's columns and those of the core's record")]
        pub struct Row {
            $(pub $field: $ty),*
        }

        pub(crate) static TABLE: $crate::table::Table = $crate::table::Table {
            name: stringify!($table),
            key: $key,
            based: $based,
            columns: &[
                $($crate::table::Column {
                    name: stringify!($field),
                    kind: <$ty as $crate::table::cell::Cell>::KIND,
                    role: $role,
                },)*
                $($crate::table::Column {
                    name: stringify!($derived),
                    kind: $crate::table::cell::Kind::Text,
                    role: $crate::table::Role::Derived,
                }),*
            ],
        };

        impl Row {
            /// The values of all columns, computed ones included.
            pub(crate) fn values(&self) -> Vec<rusqlite::types::Value> {
                vec![
                    $($crate::table::cell::Cell::write(&self.$field),)*
                    $(rusqlite::types::Value::Text({
                        let compute: fn(&Self) -> String = $compute;
                        compute(self)
                    })),*
                ]
            }

            /// From a row that was selected with all columns in order.
            #[expect(unused_assignments, reason = "the last position is not used again")]
            pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut at = 0;
                $(
                    let $field = $crate::table::cell::column(row, at)?;
                    at += 1;
                )*
                Ok(Self { $($field),* })
            }
        }
    };
}

/// Declares what every entity has: finding, inserting, updating, deleting by id.
macro_rules! entity {
    ($id:ty) => {
        /// The row with this id; `NotFound` when there is none.
        pub fn get(c: &rusqlite::Connection, id: $id) -> $crate::error::Result<Row> {
            find(c, id)?.ok_or_else(|| $crate::error::StoreError::NotFound {
                what: TABLE.name,
                key: id.to_string(),
            })
        }

        /// The row with this id.
        pub fn find(c: &rusqlite::Connection, id: $id) -> $crate::error::Result<Option<Row>> {
            $crate::table::row::one(c, &TABLE, "id = ?1", &[&id.as_bytes().as_slice()], Row::read)
        }

        /// All rows, placeholders included, in no particular order.
        pub fn all(c: &rusqlite::Connection) -> $crate::error::Result<Vec<Row>> {
            $crate::table::row::many(c, &TABLE, "1", &[], Row::read)
        }

        /// How many rows there are, placeholders left out.
        pub fn count(c: &rusqlite::Connection) -> $crate::error::Result<u64> {
            let sql = format!("SELECT count(*) FROM {} WHERE present = 1", TABLE.name);
            Ok(c.prepare_cached(&sql)?
                .query_row([], |r| r.get::<_, i64>(0))?
                .unsigned_abs())
        }

        /// Adds the row.
        pub fn insert(tx: &$crate::transact::Tx<'_>, row: &Row) -> $crate::error::Result<()> {
            $crate::table::row::insert(tx, &TABLE, &row.values())
        }

        /// Replaces what the row with this id holds; `NotFound` when there is none.
        pub fn update(tx: &$crate::transact::Tx<'_>, row: &Row) -> $crate::error::Result<()> {
            $crate::table::row::update(tx, &TABLE, &row.values())
        }

        /// Removes the row; `Reference` while something refers to it, `NotFound` when there is none.
        pub fn delete(tx: &$crate::transact::Tx<'_>, id: $id) -> $crate::error::Result<()> {
            let gone = tx.execute(
                &format!("DELETE FROM {} WHERE id = ?1", TABLE.name),
                [id.as_bytes()],
            )?;
            if gone == 0 {
                return Err($crate::error::StoreError::NotFound {
                    what: TABLE.name,
                    key: id.to_string(),
                });
            }
            Ok(())
        }
    };
}

pub(crate) use {entity, row};

fn select(table: &Table, condition: &str) -> String {
    format!("SELECT {} FROM {} WHERE {condition}", table.names(), table.name)
}

/// The one row for which `condition` holds.
pub(crate) fn one<T>(
    c: &Connection,
    table: &Table,
    condition: &str,
    params: &[&dyn rusqlite::ToSql],
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    Ok(c.prepare_cached(&select(table, condition))?
        .query_row(params, read)
        .optional()?)
}

/// All rows for which `condition` holds; it may end with an ORDER BY.
pub(crate) fn many<T>(
    c: &Connection,
    table: &Table,
    condition: &str,
    params: &[&dyn rusqlite::ToSql],
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut statement = c.prepare_cached(&select(table, condition))?;
    let rows = statement.query_map(params, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds a row with values for all columns.
pub(crate) fn insert(tx: &Tx<'_>, table: &Table, values: &[Value]) -> Result<()> {
    let marks: Vec<String> = (1..=values.len()).map(|n| format!("?{n}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name,
        table.names(),
        marks.join(", ")
    );
    tx.prepare_cached(&sql)?
        .execute(params_from_iter(values))
        .map_err(|e| StoreError::from(e).with_value(|field| value_of(table, values, field)))?;
    Ok(())
}

/// Replaces the row that has the key of these values.
pub(crate) fn update(tx: &Tx<'_>, table: &Table, values: &[Value]) -> Result<()> {
    let sets: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .skip(table.key)
        .map(|(n, c)| format!("{} = ?{}", c.name, n + 1))
        .collect();
    let sql = format!("UPDATE {} SET {} WHERE {}", table.name, sets.join(", "), table.by_key());
    let changed = tx
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))
        .map_err(|e| StoreError::from(e).with_value(|field| value_of(table, values, field)))?;
    if changed == 0 {
        let key = values
            .first()
            .map_or_else(String::new, |v| crate::table::cell::to_json(v.into()).to_string());
        return Err(StoreError::NotFound { what: table.name, key });
    }
    Ok(())
}

fn value_of(table: &Table, values: &[Value], field: &str) -> String {
    match table.position(field).and_then(|n| values.get(n)) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}
