//! `PostgreSQL`: its own COPY gives the very lines that a dump holds.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::io::Read;
use std::time::Duration;

use native_tls::{Certificate, TlsConnector};
use postgres::config::SslMode;
use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};
use postgres_native_tls::MakeTlsConnector;

use super::address::Address;
use super::{Connection, DatabaseError, Moment, PATIENCE, no_database, refused};
use crate::error::DeskError;

const BEGIN: &str = "set session characteristics as transaction read only;
    set client_encoding = 'UTF8'; set datestyle = 'ISO'; set lock_timeout = '30s';
    begin isolation level repeatable read read only;";

/// How long a connection may be silent before it is asked whether it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

pub(super) const TABLES: &str = "select c.relname from pg_catalog.pg_class c
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_catalog.pg_table_is_visible(c.oid)";

pub(super) struct Session {
    client: Client,
    address: Address,
}

impl Session {
    pub(super) fn open(connection: &Connection) -> Result<Self, DatabaseError> {
        let mut client = connect(connection)?;
        client.batch_execute(BEGIN).map_err(|e| failure(&e, connection))?;
        Ok(Self {
            client,
            address: connection.address.clone(),
        })
    }

    fn query(&self, table: &str, error: &postgres::Error) -> DatabaseError {
        let (table, user) = (table.to_owned(), self.address.user.clone());
        if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) {
            return DatabaseError::Forbidden { table, user };
        }
        let reason = words(error);
        DatabaseError::Query { table, reason }
    }
}

pub(super) fn connect(connection: &Connection) -> Result<Client, DatabaseError> {
    let address = &connection.address;
    let mut config = Config::new();
    config
        .user(&address.user)
        .dbname(&address.database)
        .port(address.port)
        .application_name("Portico")
        .connect_timeout(PATIENCE)
        .keepalives_idle(KEEP_ALIVE);
    if let Some(password) = &connection.password {
        config.password(password.as_str());
    }
    match &address.socket {
        #[cfg(unix)]
        Some(folder) => config.host_path(folder),
        #[cfg(not(unix))]
        Some(_) => {
            return Err(DatabaseError::Address(
                "this system has no sockets of that kind".to_owned(),
            ));
        }
        None => config.host(&address.host),
    };
    if address.tls {
        config.ssl_mode(SslMode::Require);
        config.connect(MakeTlsConnector::new(tls(address)?))
    } else {
        config.ssl_mode(SslMode::Disable);
        config.connect(NoTls)
    }
    .map_err(|e| failure(&e, connection))
}

impl Moment for Session {
    fn tables(&mut self) -> Result<BTreeSet<String>, DatabaseError> {
        match self.client.query(TABLES, &[]) {
            Ok(rows) => Ok(rows.into_iter().map(|row| row.get(0)).collect()),
            Err(e) => Err(self.query("pg_class", &e)),
        }
    }

    fn rows(
        &mut self,
        table: &str,
        query: &str,
        work: &mut dyn FnMut(&mut dyn Read) -> Result<(), DeskError>,
    ) -> Result<(), DeskError> {
        let copy = format!("copy ({query}) to stdout with (format csv, header true)");
        let problem = match self.client.copy_out(&copy) {
            Ok(mut reader) => return work(&mut reader),
            Err(e) => e,
        };
        Err(self.query(table, &problem).into())
    }
}

/// What the server says, or what lies below the library's own words.
pub(super) fn words(error: &postgres::Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.message().to_owned();
    }
    let mut deepest = error.source();
    while let Some(next) = deepest.and_then(std::error::Error::source) {
        deepest = Some(next);
    }
    deepest.map_or_else(|| error.to_string(), ToString::to_string)
}

fn failure(error: &postgres::Error, connection: &Connection) -> DatabaseError {
    let address = &connection.address;
    let server = address.server();
    let (code, said) = (error.code(), error.to_string());
    if code == Some(&SqlState::INVALID_CATALOG_NAME) || code == Some(&SqlState::INSUFFICIENT_PRIVILEGE) {
        no_database(address)
    } else if code.is_some_and(|code| code.code().starts_with("28")) {
        refused(address, connection.password.is_some())
    } else if words(error).contains("password missing") {
        refused(address, false)
    } else if said.contains("server does not support TLS") || words(error).contains("server does not support TLS") {
        DatabaseError::NoTls(server)
    } else if said.contains("TLS handshake") {
        let reason = words(error);
        DatabaseError::Untrusted { server, reason }
    } else {
        let reason = words(error);
        DatabaseError::Unreachable { server, reason }
    }
}

fn tls(address: &Address) -> Result<TlsConnector, DatabaseError> {
    let mut builder = TlsConnector::builder();
    if let Some(path) = &address.authority {
        let wrong = |reason: String| DatabaseError::Authority {
            path: path.display().to_string(),
            reason,
        };
        let pem = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
        let authorities = Certificate::stack_from_pem(&pem).map_err(|e| wrong(e.to_string()))?;
        if authorities.is_empty() {
            return Err(wrong("it holds no certificate".to_owned()));
        }
        for authority in authorities {
            builder.add_root_certificate(authority);
        }
    }
    builder.build().map_err(|e| DatabaseError::Untrusted {
        server: address.server(),
        reason: e.to_string(),
    })
}
