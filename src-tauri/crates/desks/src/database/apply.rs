//! Carrying an export out in the desk's database: its script's statements over a connection, in one transaction.
//!
//! What does not end with [`Changed::keep`] has changed nothing: the server takes a transaction back whose connection
//! ends, however it ends.

mod mysql;
mod postgresql;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::{Connection, DatabaseError};
use crate::reader::Database;
use crate::writer::{Said, Statements};

/// Why statements did not get through.
#[derive(Debug)]
enum Trouble {
    /// The server says no.
    Said(Said),
    /// The connection is gone.
    Lost(String),
}

/// A connection that changes a database.
trait Hand {
    /// Names of the tables that can be seen.
    fn tables(&mut self) -> Result<BTreeSet<String>, Trouble>;

    /// Makes the session ready. The name of one of `tables` that keeps no transactions, or `Busy`.
    fn ready(&mut self, tables: &BTreeSet<String>) -> Result<Option<Unready>, Trouble>;

    /// Runs a statement.
    fn run(&mut self, statement: &str) -> Result<(), Trouble>;

    /// How many changes the statements made so far.
    fn changes(&mut self) -> Result<u64, Trouble>;

    /// Adds what the session knows of a refusal; asked after the transaction was taken back.
    fn explain(&mut self, said: &mut Said);
}

/// Why a transaction must not begin.
enum Unready {
    NoTransactions(String),
    Occupied,
}

/// Why nothing was changed, or that it is not known.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// The database cannot be reached or used, or broke off.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A guard, or the database itself, refuses an operation.
    #[error("operation {}: {}", .operation + 1, said.message)]
    Refused {
        /// Its place in the plan, from 0.
        operation: usize,
        /// What was said.
        said: Said,
    },
    /// Whoever watches stopped it.
    #[error("cancelled; nothing was changed")]
    Cancelled,
}

/// Every operation has run in a transaction that is still open. Dropped, it is taken back.
pub struct Changed<'a> {
    hand: Box<dyn Hand>,
    server: String,
    statements: &'a Statements,
    /// For each operation whether it changed anything; what did not was there already.
    pub changed: Vec<bool>,
}

fn open(connection: &Connection) -> Result<Box<dyn Hand>, DatabaseError> {
    match connection.address.kind {
        Database::PostgreSql => Ok(Box::new(postgresql::Session::open(connection)?)),
        Database::MySql => Ok(Box::new(mysql::Session::open(connection)?)),
    }
}

/// Runs the statements of all operations and leaves the transaction open. `watch` is told how many have run, before each.
pub fn run<'a>(
    connection: &Connection,
    statements: &'a Statements,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Changed<'a>, ApplyError> {
    let address = &connection.address;
    let mut all = Changed {
        hand: open(connection)?,
        server: address.server(),
        statements,
        changed: Vec::new(),
    };
    let prepared = all.prepare(connection);
    if let Err(error) = prepared {
        all.clean();
        return Err(error.into());
    }
    match all.operations(watch) {
        Ok(()) => Ok(all),
        Err(Stop::Cancelled) => {
            all.take_back();
            Err(ApplyError::Cancelled)
        }
        Err(Stop::Trouble(Trouble::Lost(reason))) => Err(all.lost(reason).into()),
        Err(Stop::Trouble(Trouble::Said(mut said))) => {
            let operation = all.changed.len();
            // The guards end the transaction; whoever else said no may not have.
            if all.hand.run("rollback").is_ok() {
                all.hand.explain(&mut said);
                all.clean();
            }
            Err(ApplyError::Refused { operation, said })
        }
    }
}

enum Stop {
    Cancelled,
    Trouble(Trouble),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl Changed<'_> {
    fn lost(&self, reason: String) -> DatabaseError {
        let server = self.server.clone();
        DatabaseError::Lost { server, reason }
    }

    /// All that comes before the first operation.
    fn prepare(&mut self, connection: &Connection) -> Result<(), DatabaseError> {
        let (server, address) = (self.server.clone(), &connection.address);
        let failed = |trouble| match trouble {
            Trouble::Lost(reason) => DatabaseError::Lost {
                server: server.clone(),
                reason,
            },
            Trouble::Said(said) => DatabaseError::Unprepared {
                user: address.user.clone(),
                reason: said.message,
                hint: match address.kind {
                    Database::PostgreSql => {
                        "; the login needs the right to make temporary functions (TEMPORARY on the database)"
                    }
                    Database::MySql => {
                        "; the login needs the rights CREATE ROUTINE, ALTER ROUTINE and EXECUTE on the database"
                    }
                },
            },
        };
        let there = self.hand.tables().map_err(failed)?;
        if let Some(table) = self.statements.tables.iter().find(|table| !there.contains(*table)) {
            return Err(DatabaseError::Elsewhere {
                database: address.database.clone(),
                table: table.clone(),
                user: address.user.clone(),
            });
        }
        match self.hand.ready(&self.statements.tables).map_err(failed)? {
            Some(Unready::NoTransactions(table)) => return Err(DatabaseError::NoTransactions(table)),
            Some(Unready::Occupied) => return Err(DatabaseError::Occupied(server)),
            None => {}
        }
        for statement in self.statements.before.iter().chain(&self.statements.begin) {
            self.hand.run(statement).map_err(failed)?;
        }
        Ok(())
    }

    fn operations(&mut self, watch: &mut dyn FnMut(usize) -> ControlFlow<()>) -> Result<(), Stop> {
        let mut before = self.hand.changes()?;
        for (done, operation) in self.statements.operations.iter().enumerate() {
            if watch(done).is_break() {
                return Err(Stop::Cancelled);
            }
            for statement in operation {
                self.hand.run(statement)?;
            }
            let after = self.hand.changes()?;
            self.changed.push(after > before);
            before = after;
        }
        Ok(())
    }

    /// Makes everything final.
    pub fn keep(mut self) -> Result<(), DatabaseError> {
        let server = self.server.clone();
        match self.hand.run("commit") {
            Ok(()) => {
                self.clean();
                Ok(())
            }
            Err(Trouble::Said(said)) => {
                self.take_back();
                Err(DatabaseError::NotFinal {
                    server,
                    reason: said.message,
                })
            }
            Err(Trouble::Lost(reason)) => Err(DatabaseError::Unsure { server, reason }),
        }
    }

    /// Takes everything back.
    pub fn take_back(&mut self) {
        // What comes after would make it final; where this does not get through, the connection's end takes it back.
        if self.hand.run("rollback").is_ok() {
            self.clean();
        }
    }

    /// What was made for the transaction goes; there is nobody to tell where it does not.
    fn clean(&mut self) {
        for statement in &self.statements.after {
            let _ = self.hand.run(statement);
        }
    }
}
