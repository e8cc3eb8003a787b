//! What a source hands over, as it comes, in temporary tables: references are still the desk's keys.

use portico_core::id::{
    AccountId, AddressId, AgentId, BackendId, ContactId, ExternalUserId, GroupId, MachineId, PortalObjectId, QueueId,
    ServiceId, TicketPriorityId, TicketStateId, TicketTypeId,
};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::error::{Result, StoreError};
use crate::open;
use crate::passphrase::Key;
use crate::table::{Column, Role, SYNCED, Table};

/// The temporary tables of one import.
pub(super) struct Stage<'c> {
    conn: &'c Connection,
}

/// The columns that come from the desk: all but the id, what is computed, and what is ours.
pub(super) fn staged(table: &Table) -> impl Iterator<Item = &'static Column> + use<> {
    let columns = table.columns;
    columns
        .iter()
        .filter(|c| !matches!(c.role, Role::Id | Role::Derived | Role::Own))
}

/// The id of what a desk knows under `key`.
fn desk_id(table: &str, desk: &str, key: &str) -> [u8; 16] {
    match table {
        "account" => *AccountId::from_desk(desk, key).as_bytes(),
        "permission_group" => *GroupId::from_desk(desk, key).as_bytes(),
        "queue" => *QueueId::from_desk(desk, key).as_bytes(),
        "ticket_type" => *TicketTypeId::from_desk(desk, key).as_bytes(),
        "ticket_state" => *TicketStateId::from_desk(desk, key).as_bytes(),
        "ticket_priority" => *TicketPriorityId::from_desk(desk, key).as_bytes(),
        "service" => *ServiceId::from_desk(desk, key).as_bytes(),
        "contact" => *ContactId::from_desk(desk, key).as_bytes(),
        "address" => *AddressId::from_desk(desk, key).as_bytes(),
        "machine" => *MachineId::from_desk(desk, key).as_bytes(),
        "agent" => *AgentId::from_desk(desk, key).as_bytes(),
        "portal_object" => *PortalObjectId::from_desk(desk, key).as_bytes(),
        "backend" => *BackendId::from_desk(desk, key).as_bytes(),
        _ => *ExternalUserId::from_desk(desk, key).as_bytes(),
    }
}

impl<'c> Stage<'c> {
    /// Makes the tables; from here on the connection is in a transaction that touches nothing else.
    pub(super) fn begin(conn: &'c Connection, desk: &str, key: Option<&Key>) -> Result<Self> {
        let desk = desk.to_owned();
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        conn.create_scalar_function("portico_desk_id", 2, flags, move |c| {
            let (table, key): (String, String) = (c.get(0)?, c.get(1)?);
            Ok(desk_id(&table, &desk, &key))
        })?;
        conn.create_scalar_function("portico_new_id", 0, FunctionFlags::SQLITE_UTF8, |_| {
            Ok(uuid::Uuid::now_v7().into_bytes())
        })?;
        conn.execute_batch(open::temp_store(key))?;
        conn.execute_batch("PRAGMA temp.cache_size = -48000; PRAGMA main.cache_size = -64000;")?;
        let mut sql = "CREATE TEMP TABLE pend (tbl TEXT, id BLOB, desk_key TEXT, PRIMARY KEY (tbl, id));
             CREATE TEMP TABLE in_desk_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);"
            .to_owned();
        for table in SYNCED.iter().filter(|t| t.based) {
            sql.push_str(&if table.is_entity() {
                entity_sql(table)
            } else {
                link_sql(table)
            });
        }
        conn.execute_batch(&sql)?;
        conn.execute_batch("BEGIN")?;
        Ok(Self { conn })
    }

    pub(super) fn entities(&self, table: &'static Table, rows: impl Iterator<Item = Vec<Value>>) -> Result<()> {
        let columns: Vec<String> = staged(table)
            .filter(|c| c.role != Role::Present)
            .map(raw_name)
            .collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        self.rows(&format!("in_{}", table.name), &columns, rows)
    }

    pub(super) fn links(&self, table: &'static Table, rows: impl Iterator<Item = Vec<Value>>) -> Result<()> {
        let columns: Vec<String> = table.columns[..table.key].iter().map(raw_name).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        self.rows(&format!("raw_{}", table.name), &columns, rows)
    }

    pub(super) fn rows(&self, into: &str, columns: &[&str], rows: impl Iterator<Item = Vec<Value>>) -> Result<()> {
        let marks = vec!["?"; columns.len()].join(", ");
        let sql = format!("INSERT INTO temp.{into} ({}) VALUES ({marks})", columns.join(", "));
        let mut statement = self.conn.prepare_cached(&sql)?;
        for row in rows {
            statement
                .execute(params_from_iter(&row))
                .map_err(|e| refusal(e, columns, &row))?;
        }
        Ok(())
    }
}

/// Ends staging, so that the connection can begin the transaction that writes.
pub(super) fn finish(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch("COMMIT")?)
}

/// The table and value, when a source names the same thing twice.
fn refusal(error: rusqlite::Error, columns: &[&str], row: &[Value]) -> StoreError {
    let error = StoreError::from(error).with_value(|field| {
        match columns.iter().position(|c| *c == field).and_then(|n| row.get(n)) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        }
    });
    match error {
        StoreError::Duplicate { table, field, value } => StoreError::Duplicate {
            table: table.trim_start_matches("in_").to_owned(),
            field,
            value,
        },
        other => other,
    }
}

/// Where the desk's own key of a reference is staged.
pub(super) fn raw_name(column: &Column) -> String {
    match column.role {
        Role::Reference(_) => format!("{}_key", column.name),
        _ => column.name.to_owned(),
    }
}

fn entity_sql(table: &Table) -> String {
    let name = table.name;
    let mut columns = vec!["id BLOB".to_owned()];
    for column in staged(table) {
        columns.push(match column.role {
            Role::DeskKey => "desk_key TEXT NOT NULL PRIMARY KEY".to_owned(),
            Role::Present => "present INTEGER NOT NULL DEFAULT 1".to_owned(),
            Role::Reference(_) => format!("{0}_key TEXT NOT NULL, {0} BLOB", column.name),
            _ => format!("{} {}", column.name, column.kind.sql()),
        });
    }
    let mut sql = format!(
        "CREATE TEMP TABLE in_{name} ({});
         CREATE UNIQUE INDEX temp.in_{name}_id ON in_{name} (id);
         CREATE TEMP TABLE key_{name} (key TEXT NOT NULL PRIMARY KEY, id BLOB NOT NULL) WITHOUT ROWID;",
        columns.join(", ")
    );
    if let Some(natural) = table.with_role(Role::Natural) {
        sql.extend([format!(
            "CREATE UNIQUE INDEX temp.in_{name}_natural ON in_{name} ({natural});"
        )]);
    }
    sql
}

fn link_sql(table: &Table) -> String {
    let name = table.name;
    let raw: Vec<String> = table.columns[..table.key]
        .iter()
        .map(|c| format!("{} TEXT NOT NULL", raw_name(c)))
        .collect();
    let all: Vec<String> = table
        .columns
        .iter()
        .map(|c| format!("{} {} NOT NULL", c.name, c.kind.sql()))
        .collect();
    let key: Vec<&str> = table.columns[..table.key].iter().map(|c| c.name).collect();
    let (raw, all, key) = (raw.join(", "), all.join(", "), key.join(", "));
    format!(
        "CREATE TEMP TABLE raw_{name} (seq INTEGER PRIMARY KEY, {raw});
         CREATE TEMP TABLE in_{name} ({all}, PRIMARY KEY ({key})) WITHOUT ROWID;
         CREATE TEMP TABLE pend_{name} ({}, PRIMARY KEY ({key})) WITHOUT ROWID;",
        table.columns[..table.key]
            .iter()
            .map(|c| format!("{} {} NOT NULL", c.name, c.kind.sql()))
            .collect::<Vec<_>>()
            .join(", ")
    )
}
