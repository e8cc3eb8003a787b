//! What the rows of all tables have in common: the macro that declares one, and the statements.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::Table;
use crate::error::{Result, StoreError};
use crate::transact::Tx;

/// Declares a table's `Row` and its description, columns in the order of the schema: `later` ones were appended.
macro_rules! row {
    (
        $(#[$meta:meta])*
        $table:ident, key $key:literal, based $based:literal {
            $($field:ident : $ty:ty = $role:expr),* $(,)?
        }
        derived { $($derived:ident = $compute:expr),* $(,)? }
        $(later { $($later:ident : $later_ty:ty = $later_role:expr),* $(,)? })?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the fields are the table's columns and those of the core's record")]
        pub struct Row {
            $(pub $field: $ty,)*
            $($(pub $later: $later_ty,)*)?
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
                },)*
                $($($crate::table::Column {
                    name: stringify!($later),
                    kind: <$later_ty as $crate::table::cell::Cell>::KIND,
                    role: $later_role,
                },)*)?
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
                    }),)*
                    $($($crate::table::cell::Cell::write(&self.$later),)*)?
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
                $(
                    // A computed column is not read.
                    let _ = stringify!($derived);
                    at += 1;
                )*
                $($(
                    let $later = $crate::table::cell::column(row, at)?;
                    at += 1;
                )*)?
                Ok(Self { $($field,)* $($($later,)*)? })
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

        /// The rows with these ids, in no particular order; ids of what is gone are passed over.
        pub fn find_many(c: &rusqlite::Connection, ids: &[$id]) -> $crate::error::Result<Vec<Row>> {
            let ids = $crate::table::row::id_list(ids.iter().map(<$id>::as_bytes));
            let among = concat!("id ", $crate::table::row::among!());
            $crate::table::row::many(c, &TABLE, among, &[&ids], Row::read)
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

/// Declares a table of links from a person to something else, one row each: a row, and the two ways to it.
macro_rules! user_link {
    ($(#[$meta:meta])* $table:ident, $column:ident : $id:ty = $target:literal) => {
        $crate::table::row::row! {
            $(#[$meta])*
            $table, key 2, based true {
                user_id: portico_core::id::ExternalUserId = $crate::table::Role::Reference("external_user"),
                $column: $id = $crate::table::Role::Reference($target),
                copies: i64 = $crate::table::Role::Book,
            }
            derived {}
        }

        /// The person's links.
        pub fn of_user(
            c: &rusqlite::Connection,
            user: portico_core::id::ExternalUserId,
        ) -> $crate::error::Result<Vec<Row>> {
            $crate::table::row::many(c, &TABLE, "user_id = ?1", &[&user.as_bytes().as_slice()], Row::read)
        }

        /// The links of several people.
        pub fn of_users(
            c: &rusqlite::Connection,
            users: &[portico_core::id::ExternalUserId],
        ) -> $crate::error::Result<Vec<Row>> {
            $crate::table::row::of_users(c, &TABLE, users, Row::read)
        }

        /// Makes these the person's links; rows that stay keep their copies.
        pub fn set_all_replaces_existing(
            tx: &$crate::transact::Tx<'_>,
            user: portico_core::id::ExternalUserId,
            wanted: &[$id],
        ) -> $crate::error::Result<()> {
            let old = of_user(tx, user)?;
            let gone = concat!("DELETE FROM ", stringify!($table), " WHERE user_id = ?1 AND ", stringify!($column), " = ?2");
            for row in old.iter().filter(|r| !wanted.contains(&r.$column)) {
                tx.prepare_cached(gone)?.execute((user.as_bytes(), row.$column.as_bytes()))?;
            }
            for (n, $column) in wanted.iter().copied().enumerate() {
                if !old.iter().any(|r| r.$column == $column) && !wanted[..n].contains(&$column) {
                    let row = Row { user_id: user, $column, copies: 1 };
                    $crate::table::row::insert(tx, &TABLE, &row.values())?;
                }
            }
            Ok(())
        }
    };
}

/// Declares a table of rights: who, on what, and which; several may stand side by side.
macro_rules! right_link {
    (
        $(#[$meta:meta])*
        $table:ident, $who:ident : $who_id:ty = $who_table:literal, $what:ident : $what_id:ty = $what_table:literal, $right:ident
    ) => {
        $crate::table::row::row! {
            $(#[$meta])*
            $table, key 3, based true {
                $who: $who_id = $crate::table::Role::Reference($who_table),
                $what: $what_id = $crate::table::Role::Reference($what_table),
                $right: String = $crate::table::Role::Field,
                copies: i64 = $crate::table::Role::Book,
            }
            derived {}
        }

        /// What this one has.
        pub fn of(c: &rusqlite::Connection, who: $who_id) -> $crate::error::Result<Vec<Row>> {
            let by = concat!(stringify!($who), " = ?1");
            $crate::table::row::many(c, &TABLE, by, &[&who.as_bytes().as_slice()], Row::read)
        }

        /// What several of them have.
        pub fn of_many(c: &rusqlite::Connection, all: &[$who_id]) -> $crate::error::Result<Vec<Row>> {
            let ids = $crate::table::row::id_list(all.iter().map(<$who_id>::as_bytes));
            let among = concat!(stringify!($who), " ", $crate::table::row::among!());
            $crate::table::row::many(c, &TABLE, among, &[&ids], Row::read)
        }

        /// Who has something on this.
        pub fn on(c: &rusqlite::Connection, what: $what_id) -> $crate::error::Result<Vec<Row>> {
            let by = concat!(stringify!($what), " = ?1");
            $crate::table::row::many(c, &TABLE, by, &[&what.as_bytes().as_slice()], Row::read)
        }

        /// Makes these the rights of this one; rows that stay keep their copies.
        pub fn set_all_replaces_existing(
            tx: &$crate::transact::Tx<'_>,
            who: $who_id,
            wanted: &[($what_id, String)],
        ) -> $crate::error::Result<()> {
            let old = of(tx, who)?;
            let same = |r: &Row, (what, right): &($what_id, String)| r.$what == *what && r.$right == *right;
            let gone = concat!(
                "DELETE FROM ", stringify!($table), " WHERE ", stringify!($who), " = ?1 AND ",
                stringify!($what), " = ?2 AND ", stringify!($right), " = ?3"
            );
            for row in old.iter().filter(|r| !wanted.iter().any(|w| same(r, w))) {
                tx.prepare_cached(gone)?
                    .execute((who.as_bytes(), row.$what.as_bytes(), &row.$right))?;
            }
            for (n, one) in wanted.iter().enumerate() {
                if !old.iter().any(|r| same(r, one)) && !wanted[..n].contains(one) {
                    let row = Row { $who: who, $what: one.0, $right: one.1.clone(), copies: 1 };
                    $crate::table::row::insert(tx, &TABLE, &row.values())?;
                }
            }
            Ok(())
        }
    };
}

/// `IN` a list that [`id_list`] made. Ids as one parameter: a hundred thousand would be too many parameters.
macro_rules! among {
    () => {
        "IN (SELECT unhex(value) FROM json_each(?1))"
    };
}

pub(crate) use {among, entity, right_link, row, user_link};

/// Ids as the one parameter that [`among!`] takes.
pub(crate) fn id_list<'a>(ids: impl Iterator<Item = &'a [u8; 16]>) -> String {
    let quoted: Vec<String> = ids
        .map(|id| format!("\"{}\"", uuid::Uuid::from_bytes(*id).simple()))
        .collect();
    format!("[{}]", quoted.join(","))
}

/// The links of several people, each person's in the order of the key.
pub(crate) fn of_users<T>(
    c: &Connection,
    table: &Table,
    users: &[portico_core::id::ExternalUserId],
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let ids = id_list(users.iter().map(portico_core::id::ExternalUserId::as_bytes));
    many(c, table, concat!("user_id ", among!()), &[&ids], read)
}

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

/// Replaces the row that has the key of these values. Only columns that differ are written: to write a column is to
/// write every index on it.
pub(crate) fn update(tx: &Tx<'_>, table: &Table, values: &[Value]) -> Result<()> {
    let key = &values[..table.key];
    let there: Option<Vec<Value>> = tx
        .prepare_cached(&select(table, &table.by_key()))?
        .query_row(params_from_iter(key), |row| {
            (0..values.len()).map(|n| row.get(n)).collect()
        })
        .optional()?;
    let Some(there) = there else {
        let key = key
            .first()
            .map_or_else(String::new, |v| crate::table::cell::to_json(v.into()).to_string());
        return Err(StoreError::NotFound { what: table.name, key });
    };
    let differ: Vec<usize> = (table.key..values.len()).filter(|n| there[*n] != values[*n]).collect();
    if differ.is_empty() {
        return Ok(());
    }
    let sets: Vec<String> = differ
        .iter()
        .map(|n| format!("{} = ?{}", table.columns[*n].name, n + 1))
        .collect();
    let sql = format!("UPDATE {} SET {} WHERE {}", table.name, sets.join(", "), table.by_key());
    let mut statement = tx.prepare_cached(&sql)?;
    for n in (0..table.key).chain(differ) {
        statement.raw_bind_parameter(n + 1, &values[n])?;
    }
    statement
        .raw_execute()
        .map_err(|e| StoreError::from(e).with_value(|field| value_of(table, values, field)))?;
    Ok(())
}

/// The values of a row that was kept as JSON, in the order of the columns.
pub(crate) fn kept(table: &Table, row: &serde_json::Map<String, serde_json::Value>) -> Vec<Value> {
    let value = |column: &crate::table::Column| match row.get(column.name) {
        Some(value) => crate::table::cell::from_json(column.kind, value),
        // Columns that came after the row was kept begin as new rows do.
        None => column.unset(),
    };
    table.columns.iter().map(value).collect()
}

fn value_of(table: &Table, values: &[Value], field: &str) -> String {
    match table.position(field).and_then(|n| values.get(n)) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}
