//! `PostgreSQL`: the guards answer each statement with what they did.

use std::collections::BTreeSet;

use postgres::{Client, SimpleQueryMessage};

use super::super::postgresql::{TABLES, connect, words};
use super::super::{Connection, DatabaseError};
use super::{Hand, Trouble, Unready};
use crate::writer::Said;

pub(super) struct Session {
    client: Client,
    changes: u64,
}

impl Session {
    pub(super) fn open(connection: &Connection) -> Result<Self, DatabaseError> {
        let client = connect(connection)?;
        Ok(Self { client, changes: 0 })
    }

    fn trouble(&self, error: &postgres::Error) -> Trouble {
        let said = error.as_db_error().filter(|said| {
            // The server shuts down or ends the connection: it says so, and is gone.
            let state = said.code().code();
            !(self.client.is_closed() || state.starts_with("08") || state.starts_with("57P0"))
        });
        match said {
            Some(said) => Trouble::Said(Said {
                state: said.code().code().to_owned(),
                message: said.message().to_owned(),
                column: said.column().map(str::to_owned),
                found: None,
            }),
            None => Trouble::Lost(words(error)),
        }
    }
}

impl Hand for Session {
    fn tables(&mut self) -> Result<BTreeSet<String>, Trouble> {
        match self.client.query(TABLES, &[]) {
            Ok(rows) => Ok(rows.into_iter().map(|row| row.get(0)).collect()),
            Err(e) => Err(self.trouble(&e)),
        }
    }

    fn ready(&mut self, _tables: &BTreeSet<String>) -> Result<Option<Unready>, Trouble> {
        self.run("set lock_timeout = '30s'").map(|()| None)
    }

    fn run(&mut self, statement: &str) -> Result<(), Trouble> {
        let answers = match self.client.simple_query(statement) {
            Ok(answers) => answers,
            Err(e) => return Err(self.trouble(&e)),
        };
        let applied = answers.iter().filter(|answer| match answer {
            SimpleQueryMessage::Row(row) => row.get(0) == Some("applied"),
            _ => false,
        });
        self.changes += applied.count() as u64;
        Ok(())
    }

    fn changes(&mut self) -> Result<u64, Trouble> {
        Ok(self.changes)
    }

    fn explain(&mut self, _said: &mut Said) {
        // The guards have said it all.
    }
}
