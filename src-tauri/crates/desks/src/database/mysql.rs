//! `MySQL` and `MariaDB`: rows as the server hands them over, written as the lines of a dump.

use std::collections::BTreeSet;
use std::io::{self, Read};

use mysql::prelude::Queryable;
use mysql::{Conn, DriverError, Error, OptsBuilder, Row, SslOpts, Value};

use super::address::Address;
use super::rows::Rows;
use super::{Connection, DatabaseError, Moment, PATIENCE, no_database, refused};
use crate::error::DeskError;

/// The transaction shows the database as it is when it begins, whatever is written meanwhile.
const BEGIN: [&str; 3] = [
    "set session transaction isolation level repeatable read",
    "set session transaction read only",
    "start transaction with consistent snapshot, read only",
];

/// How long a connection may be silent before it is asked whether it is alive.
const KEEP_ALIVE_MS: u32 = 30_000;

pub(super) const TABLES: &str = "select table_name from information_schema.tables where table_schema = database()";

pub(super) struct Session {
    conn: Conn,
    address: Address,
}

impl Session {
    pub(super) fn open(connection: &Connection) -> Result<Self, DatabaseError> {
        let mut conn = connect(connection)?;
        for statement in BEGIN {
            conn.query_drop(statement).map_err(|e| failure(&e, connection))?;
        }
        Ok(Self {
            conn,
            address: connection.address.clone(),
        })
    }

    fn query(&self, table: &str, error: &Error) -> DatabaseError {
        let (table, user) = (table.to_owned(), self.address.user.clone());
        // 1142: no right on the table; 1143: on one of its columns.
        if matches!(error, Error::MySqlError(said) if matches!(said.code, 1142 | 1143)) {
            return DatabaseError::Forbidden { table, user };
        }
        let reason = words(error);
        DatabaseError::Query { table, reason }
    }
}

pub(super) fn connect(connection: &Connection) -> Result<Conn, DatabaseError> {
    let address = &connection.address;
    let socket = address.socket.as_ref().map(|path| path.display().to_string());
    let options = OptsBuilder::new()
        .user(Some(address.user.as_str()))
        .pass(connection.password.as_ref().map(|password| password.as_str()))
        .db_name(Some(address.database.as_str()))
        .ip_or_hostname(Some(address.host.as_str()).filter(|_| socket.is_none()))
        .tcp_port(address.port)
        // By itself the library would leave the network for a socket that the server names.
        .prefer_socket(false)
        .socket(socket)
        .tcp_connect_timeout(Some(PATIENCE))
        .tcp_keepalive_time_ms(Some(KEEP_ALIVE_MS))
        .ssl_opts(tls(address)?);
    Conn::new(options).map_err(|e| failure(&e, connection))
}

impl Moment for Session {
    fn tables(&mut self) -> Result<BTreeSet<String>, DatabaseError> {
        let names: Result<Vec<String>, Error> = self.conn.query(TABLES);
        match names {
            Ok(names) => Ok(names.into_iter().collect()),
            Err(e) => Err(self.query("information_schema.tables", &e)),
        }
    }

    fn rows(
        &mut self,
        table: &str,
        query: &str,
        work: &mut dyn FnMut(&mut dyn Read) -> Result<(), DeskError>,
    ) -> Result<(), DeskError> {
        let problem = match self.conn.query_iter(query) {
            Ok(mut result) => {
                let columns = result.columns();
                let names = columns.as_ref().iter().map(|column| Some(column.name_ref().to_vec()));
                let header = names.collect();
                let mut next = || match result.next() {
                    Some(Ok(row)) => values(row).map(Some),
                    Some(Err(e)) => Err(io::Error::other(words(&e))),
                    None => Ok(None),
                };
                return work(&mut Rows::new(header, &mut next));
            }
            Err(e) => e,
        };
        Err(self.query(table, &problem).into())
    }
}

/// A query without parameters is answered in texts.
fn values(row: Row) -> io::Result<Vec<Option<Vec<u8>>>> {
    let values = row.unwrap().into_iter().map(|value| match value {
        Value::NULL => Ok(None),
        Value::Bytes(bytes) => Ok(Some(bytes)),
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the server answers in no text",
        )),
    });
    values.collect()
}

pub(super) fn words(error: &Error) -> String {
    match error {
        Error::MySqlError(said) => said.message.clone(),
        Error::DriverError(DriverError::CouldNotConnect(Some((_, said, _)))) => said.clone(),
        other => other.to_string(),
    }
}

fn failure(error: &Error, connection: &Connection) -> DatabaseError {
    let address = &connection.address;
    let server = address.server();
    match error {
        // Unknown database; no right to use it.
        Error::MySqlError(said) if matches!(said.code, 1049 | 1044) => no_database(address),
        // Wrong password; a login that only the system lets in; a machine that may not come.
        Error::MySqlError(said) if matches!(said.code, 1045 | 1698 | 1130) => {
            refused(address, connection.password.is_some())
        }
        Error::DriverError(DriverError::TlsNotSupported) => DatabaseError::NoTls(server),
        Error::TlsError(e) => DatabaseError::Untrusted {
            server,
            reason: e.to_string(),
        },
        other => DatabaseError::Unreachable {
            server,
            reason: words(other),
        },
    }
}

fn tls(address: &Address) -> Result<Option<SslOpts>, DatabaseError> {
    if !address.tls {
        return Ok(None);
    }
    if let Some(path) = &address.authority {
        std::fs::metadata(path).map_err(|e| DatabaseError::Authority {
            path: path.display().to_string(),
            reason: e.to_string(),
        })?;
    }
    Ok(Some(SslOpts::default().with_root_cert_path(address.authority.clone())))
}
