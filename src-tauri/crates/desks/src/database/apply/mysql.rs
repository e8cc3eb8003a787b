//! `MySQL` and `MariaDB`: the guards count in variables of the session, and leave there what they found.

use std::collections::BTreeSet;

use mysql::prelude::Queryable;
use mysql::{Conn, Error};

use super::super::mysql::{TABLES, connect, words};
use super::super::{Connection, DatabaseError};
use super::{Hand, Trouble, Unready};
use crate::writer::Said;

/// Nobody shall wait a day for a table that somebody rebuilds.
const WAIT: &str = "set session lock_wait_timeout = 30";
/// The guards are procedures of the database and not of the session: two at once would take them from each other.
const LOCK: &str = "select get_lock(left(concat('portico.', database()), 64), 5)";
const PLAIN: &str = "select t.table_name from information_schema.tables t
    join information_schema.engines e on e.engine = t.engine
    where t.table_schema = database() and coalesce(e.transactions, 'NO') <> 'YES'";
const FOUND: &str = "select @portico_column, convert(unhex(@portico_now) using utf8mb4)";
/// The server ends the connection and says so: it shuts down, or somebody ended it.
const ENDED: [u16; 4] = [1053, 1077, 1079, 1927];

pub(super) struct Session {
    conn: Conn,
}

impl Session {
    pub(super) fn open(connection: &Connection) -> Result<Self, DatabaseError> {
        let conn = connect(connection)?;
        Ok(Self { conn })
    }
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::MySqlError(said) if !ENDED.contains(&said.code) => Trouble::Said(Said {
            state: said.state.clone(),
            message: said.message.clone(),
            column: None,
            found: None,
        }),
        other => Trouble::Lost(words(other)),
    }
}

impl Hand for Session {
    fn tables(&mut self) -> Result<BTreeSet<String>, Trouble> {
        let names: Vec<String> = self.conn.query(TABLES).map_err(|e| trouble(&e))?;
        Ok(names.into_iter().collect())
    }

    fn ready(&mut self, tables: &BTreeSet<String>) -> Result<Option<Unready>, Trouble> {
        self.run(WAIT)?;
        let plain: Vec<String> = self.conn.query(PLAIN).map_err(|e| trouble(&e))?;
        if let Some(table) = plain.into_iter().find(|table| tables.contains(table)) {
            return Ok(Some(Unready::NoTransactions(table)));
        }
        // Some clusters know no such locks.
        let locked: Option<Option<i64>> = self.conn.query_first(LOCK).unwrap_or_default();
        Ok((locked.flatten() == Some(0)).then_some(Unready::Occupied))
    }

    fn run(&mut self, statement: &str) -> Result<(), Trouble> {
        self.conn.query_drop(statement).map_err(|e| trouble(&e))
    }

    fn changes(&mut self) -> Result<u64, Trouble> {
        let counted: Option<Option<u64>> = self
            .conn
            .query_first("select @portico_applied")
            .map_err(|e| trouble(&e))?;
        Ok(counted.flatten().unwrap_or_default())
    }

    fn explain(&mut self, said: &mut Said) {
        let found = self.conn.query_first::<(Option<String>, Option<String>), _>(FOUND);
        if let Ok(Some((column, found))) = found {
            said.column = column;
            said.found = found;
        }
    }
}
