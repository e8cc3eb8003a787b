//! Where a database is reached: `postgres://reader@db.example/otobo`, `mysql://reader@db.example:3306/otobo`.
//!
//! A server that is not on this machine is spoken to by TLS, with its certificate checked: against the system's
//! authorities and the file of `?ca=FILE`. `?tls=off` says that nobody can listen in between. `?socket=PATH` reaches a
//! server by its socket. A password never stands in an address.

use std::fmt;
use std::path::PathBuf;

use url::{Host, ParseError, Url};

use super::DatabaseError;
use crate::reader::Database;

/// Where a database is reached, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// What it is.
    pub kind: Database,
    /// As whom.
    pub user: String,
    /// The server's name or address; `localhost` for a socket.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The database's name.
    pub database: String,
    /// The socket; for `PostgreSQL` the folder it lies in.
    pub socket: Option<PathBuf>,
    /// A file with a certificate authority of one's own (PEM).
    pub authority: Option<PathBuf>,
    /// Whether it is spoken to by TLS.
    pub tls: bool,
}

/// What an address begins with.
fn kind(scheme: &str) -> Option<Database> {
    match scheme {
        "postgres" | "postgresql" => Some(Database::PostgreSql),
        "mysql" | "mariadb" => Some(Database::MySql),
        _ => None,
    }
}

/// Whether a text is meant as a database's address and not as a path.
pub fn is_address(text: &str) -> bool {
    text.split_once("://")
        .is_some_and(|(scheme, _)| kind(&scheme.to_ascii_lowercase()).is_some())
}

fn wrong(reason: impl Into<String>) -> DatabaseError {
    DatabaseError::Address(reason.into())
}

impl Address {
    /// Reads an address. What is wrong is said without repeating it: somebody may have put a password in.
    pub fn parse(text: &str) -> Result<Self, DatabaseError> {
        let url = Url::parse(text).map_err(|e| match e {
            ParseError::EmptyHost => wrong("it names no server: write localhost, where ?socket= says the rest too"),
            e => wrong(format!("it is no address ({e})")),
        })?;
        let kind = kind(url.scheme()).ok_or_else(|| wrong("it begins with neither postgres:// nor mysql://"))?;
        if url.password().is_some() {
            return Err(wrong(
                "a password stands in it, where other processes and logs see it: leave it out, and change it if it was real",
            ));
        }
        let mut address = Self {
            kind,
            user: decoded(url.username())?,
            host: host(&url)?,
            port: url
                .port()
                .unwrap_or(if kind == Database::PostgreSql { 5432 } else { 3306 }),
            database: decoded(url.path().trim_start_matches('/'))?,
            socket: None,
            authority: None,
            tls: !is_here(&url),
        };
        if address.user.is_empty() {
            return Err(wrong("it says not as whom: write NAME@ before the server's name"));
        }
        if address.database.is_empty() || address.database.contains('/') {
            return Err(wrong("it names no database: write /NAME behind the server's name"));
        }
        for (name, value) in url.query_pairs() {
            match (&*name, &*value) {
                ("tls", "on") => address.tls = true,
                ("tls", "off") => address.tls = false,
                ("ca", file) if !file.is_empty() => address.authority = Some(PathBuf::from(file)),
                ("socket", path) if path.starts_with('/') => address.socket = Some(PathBuf::from(path)),
                _ => {
                    return Err(wrong(
                        "behind the ? it takes tls=on, tls=off, ca=FILE and socket=/PATH only",
                    ));
                }
            }
        }
        if address.socket.is_some() {
            address.tls = false;
        } else if address.host.is_empty() {
            return Err(wrong("it names no server, and no socket"));
        }
        Ok(address)
    }

    /// The server for people: its name and port, or the socket.
    pub fn server(&self) -> String {
        match &self.socket {
            Some(path) => path.display().to_string(),
            None => format!("{}:{}", self.host, self.port),
        }
    }
}

/// The address without what only says how to get there; a password's name in a keyring.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}://{}@{}/{}",
            self.kind.name(),
            self.user,
            self.server(),
            self.database
        )
    }
}

fn host(url: &Url) -> Result<String, DatabaseError> {
    match url.host() {
        Some(Host::Ipv6(address)) => Ok(address.to_string()),
        Some(Host::Ipv4(address)) => Ok(address.to_string()),
        Some(Host::Domain(name)) => decoded(name),
        None => Ok(String::new()),
    }
}

/// Whether what is said does not leave this machine.
fn is_here(url: &Url) -> bool {
    // For schemes that no browser knows, the library leaves addresses of four numbers as names.
    let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    name == "localhost"
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn decoded(text: &str) -> Result<String, DatabaseError> {
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(text).collect();
    String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{Address, is_address};
    use crate::reader::Database;

    #[test]
    fn addresses_say_where_and_as_whom() {
        let address = Address::parse("postgres://re%40der@db.example/ot%20obo?ca=/etc/ca.pem").unwrap();
        assert_eq!(
            (address.kind, address.port, address.tls),
            (Database::PostgreSql, 5432, true)
        );
        assert_eq!((&*address.user, &*address.database), ("re@der", "ot obo"));
        assert_eq!(address.to_string(), "postgresql://re@der@db.example:5432/ot obo");
        let address = Address::parse("mariadb://r@db.example:3307/otobo?tls=off").unwrap();
        assert_eq!(
            (address.kind, address.port, address.tls),
            (Database::MySql, 3307, false)
        );
    }

    #[test]
    fn only_what_stays_on_this_machine_goes_without_tls() {
        for (text, tls) in [
            ("mysql://r@localhost/o", false),
            ("mysql://r@127.0.0.1/o", false),
            ("postgres://r@[::1]/o", false),
            ("postgres://r@localhost/o?socket=/run/postgresql", false),
            ("postgres://r@db.example/o?socket=/run/postgresql", false),
            ("postgres://r@localhost/o?tls=on", true),
            ("postgres://r@localhost.example/o", true),
            ("postgres://r@10.0.0.1/o", true),
            ("postgres://r@[2001:db8::1]/o", true),
        ] {
            assert_eq!(Address::parse(text).map(|a| a.tls).ok(), Some(tls), "{text}");
        }
        assert_eq!(Address::parse("postgres://r@[::1]/o").unwrap().host, "::1");
    }

    #[test]
    fn what_is_wrong_is_said_without_repeating_it() {
        for (text, word) in [
            ("postgres://r:hunter2@db/otobo", "leave it out"),
            ("postgres://:hunter2@db/otobo", "leave it out"),
            ("postgres://db/otobo", "as whom"),
            ("postgres://r@db", "no database"),
            ("postgres://r@db/otobo?password=hunter2", "only"),
            ("postgres://r@/otobo", "no server"),
            ("postgres://r@db:hunter2/otobo", "no address"),
            ("http://r@db/otobo", "begins"),
        ] {
            let error = Address::parse(text).unwrap_err().to_string();
            assert!(error.contains(word), "{text}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        assert!(is_address("PostgreSQL://x") && is_address("mariadb://x"));
        assert!(!is_address("/a/postgres") && !is_address("C://x") && !is_address("file://x"));
    }
}
