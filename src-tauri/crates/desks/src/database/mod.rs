//! A desk's own database, as it is at one moment: read in a transaction that can only read, by a login of one's own.

pub mod address;
pub mod apply;
mod mysql;
mod postgresql;
mod rows;

use std::collections::BTreeSet;
use std::fmt;
use std::io::Read;
use std::time::Duration;

use zeroize::Zeroizing;

use self::address::Address;
use crate::error::DeskError;
use crate::reader::Database;

/// How long a server may take to answer the first time.
const PATIENCE: Duration = Duration::from_secs(15);

/// A database and what opens it.
#[derive(Clone)]
pub struct Connection {
    /// Where, and as whom.
    pub address: Address,
    /// The password; `None` where the server lets the login in without.
    pub password: Option<Zeroizing<String>>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// What a database is, and how much is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseLook {
    /// The server and its port, or its socket.
    pub server: String,
    /// Name and number of the server's program.
    pub version: String,
    /// Which desk's it is, by its proper name.
    pub product: &'static str,
    /// People.
    pub people: u64,
    /// Tickets.
    pub tickets: u64,
}

/// Why a database cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The address says not enough, or too much.
    #[error(
        "the database's address cannot be used: {0}; it is written postgres://NAME@SERVER/DATABASE or mysql://NAME@SERVER/DATABASE"
    )]
    Address(String),
    /// This desk's database is not read.
    #[error("{0} is not read from a database; give a folder, a .zip or a file")]
    NotThisDesk(String),
    /// Nobody answers there.
    #[error(
        "{server} cannot be reached ({reason}): is the name right, does the server listen to the network, is a firewall in between?"
    )]
    Unreachable {
        /// The server.
        server: String,
        /// What the system says.
        reason: String,
    },
    /// The server speaks no TLS.
    #[error(
        "{0} speaks no TLS, so names and tickets would cross the network in the open: have it set up, or write ?tls=off behind the address where nobody can listen in between"
    )]
    NoTls(String),
    /// The server's certificate is not trusted, or TLS fails otherwise.
    #[error(
        "{server} cannot be trusted ({reason}): its certificate must be for the name in the address, and from an authority of this system or of the file in ?ca=FILE"
    )]
    Untrusted {
        /// The server.
        server: String,
        /// What the TLS library says.
        reason: String,
    },
    /// The file of the authority.
    #[error("{path}: {reason}; ?ca=FILE takes a certificate in PEM")]
    Authority {
        /// Which.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// Name and password do not open it.
    #[error(
        "{server} does not let {user} in: is the password right, does the login exist, and may it come from this machine?"
    )]
    Refused {
        /// The server.
        server: String,
        /// Who.
        user: String,
    },
    /// No password was given, and one is needed.
    #[error("{server} wants a password of {user}")]
    NoPassword {
        /// The server.
        server: String,
        /// Who.
        user: String,
    },
    /// There is no such database.
    #[error("{server} has no database {database} that {user} may use")]
    NoDatabase {
        /// The server.
        server: String,
        /// The database.
        database: String,
        /// Who.
        user: String,
    },
    /// It is the database of something else.
    #[error(
        "{database} has no table {table} that {user} can see: is this the desk's database, and may {user} read its tables?"
    )]
    Elsewhere {
        /// The database.
        database: String,
        /// The table.
        table: String,
        /// Who.
        user: String,
    },
    /// A table is there and may not be read.
    #[error("{user} may not read the table {table}: grant SELECT on it to the login")]
    Forbidden {
        /// The table.
        table: String,
        /// Who.
        user: String,
    },
    /// What it is about to change could not be taken back.
    #[error(
        "the table {0} is kept by an engine without transactions, so what fails half way could not be taken back: nothing was changed; turn it into InnoDB first"
    )]
    NoTransactions(String),
    /// Another one is at it.
    #[error("somebody else is applying changes to {0} just now; nothing was changed, try again when that is over")]
    Occupied(String),
    /// What must be there before the transaction begins cannot be made.
    #[error("the changes cannot be begun as {user}: {reason}; nothing was changed{hint}")]
    Unprepared {
        /// Who.
        user: String,
        /// What the server says.
        reason: String,
        /// What may be missing.
        hint: &'static str,
    },
    /// The connection broke before the end.
    #[error("the connection to {server} broke ({reason}); nothing was changed, as all of it is one transaction")]
    Lost {
        /// The server.
        server: String,
        /// What the system says.
        reason: String,
    },
    /// The connection broke while the transaction was made final.
    #[error(
        "the connection to {server} broke ({reason}) just when the changes were made final, so whether they are there is not known: verify the export, or apply them again, what is there already is left as it is"
    )]
    Unsure {
        /// The server.
        server: String,
        /// What the system says.
        reason: String,
    },
    /// The server does not make the transaction final.
    #[error("{server} does not make the changes final ({reason}); nothing was changed")]
    NotFinal {
        /// The server.
        server: String,
        /// What it says.
        reason: String,
    },
    /// A query fails.
    #[error("the table {table} cannot be read: {reason}")]
    Query {
        /// The table.
        table: String,
        /// What the server says.
        reason: String,
    },
}

/// A database at one moment.
pub(crate) trait Moment {
    /// Names of the tables that can be seen.
    fn tables(&mut self) -> Result<BTreeSet<String>, DatabaseError>;

    /// A query's rows as comma-separated values: a line of column names, NULL as nothing and an empty text in quotes.
    /// `table` names it in errors.
    fn rows(
        &mut self,
        table: &str,
        query: &str,
        work: &mut dyn FnMut(&mut dyn Read) -> Result<(), DeskError>,
    ) -> Result<(), DeskError>;
}

/// Connects, and begins a transaction that can only read. What it shows is the database at this moment, until it is dropped.
pub(crate) fn open(connection: &Connection) -> Result<Box<dyn Moment>, DatabaseError> {
    match connection.address.kind {
        Database::PostgreSql => Ok(Box::new(postgresql::Session::open(connection)?)),
        Database::MySql => Ok(Box::new(mysql::Session::open(connection)?)),
    }
}

fn refused(address: &Address, has_password: bool) -> DatabaseError {
    let (server, user) = (address.server(), address.user.clone());
    if has_password {
        DatabaseError::Refused { server, user }
    } else {
        DatabaseError::NoPassword { server, user }
    }
}

fn no_database(address: &Address) -> DatabaseError {
    DatabaseError::NoDatabase {
        server: address.server(),
        database: address.database.clone(),
        user: address.user.clone(),
    }
}
