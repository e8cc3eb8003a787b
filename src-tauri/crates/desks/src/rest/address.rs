//! Where a desk's interface is reached: `https://northwind.example`, `https://desk.example?orgId=7&also=conversations`.
//!
//! A server that is not on this machine is spoken to by TLS, with its certificate checked: against the system's
//! authorities, or those of the file of `?ca=FILE`. A token never stands in an address.

use std::fmt;
use std::path::PathBuf;

use url::{Host, Url};

use super::RestError;

/// Where an interface is reached, and how much of it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Scheme, server, port and what lies before the interface's own paths; without a slash at the end.
    pub root: String,
    /// The server's name or address.
    pub host: String,
    /// Whether it is on this machine.
    pub here: bool,
    /// A file with certificate authorities of one's own (PEM), in place of the system's.
    pub authority: Option<PathBuf>,
    /// Where pages are kept until they were imported, so that a reading can go on.
    pub pages: Option<PathBuf>,
    /// A folder with lists that no call gives.
    pub beside: Option<PathBuf>,
    /// Lists that are read only when asked for.
    pub also: Vec<String>,
    /// Lists that are not read.
    pub without: Vec<String>,
    /// What only some desks take, in the order of the address: name and value.
    pub own: Vec<(String, String)>,
}

/// Whether a text is meant as an interface's address and not as a path.
pub fn is_address(text: &str) -> bool {
    text.split_once("://")
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
}

fn wrong(reason: impl Into<String>) -> RestError {
    RestError::Address(reason.into())
}

impl Address {
    /// Reads an address. What is wrong is said without repeating it: somebody may have put a token in.
    pub fn parse(text: &str) -> Result<Self, RestError> {
        let url = Url::parse(text).map_err(|e| wrong(format!("it is no address ({e})")))?;
        if !is_address(text) {
            return Err(wrong("it does not begin with https://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong(
                "a name or a password stands in it, where other processes and logs see it: leave it out, and change it if it was real",
            ));
        }
        if url.fragment().is_some() {
            return Err(wrong("it takes no #"));
        }
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| wrong("it names no server"))?.to_owned();
        let here = is_here(&url);
        if url.scheme() == "http" && !here {
            return Err(wrong(
                "without TLS names and tickets would cross the network in the open: write https://",
            ));
        }
        let mut address = Self {
            root: root(&url, &host),
            host,
            here,
            authority: None,
            pages: None,
            beside: None,
            also: Vec::new(),
            without: Vec::new(),
            own: Vec::new(),
        };
        for (name, value) in url.query_pairs() {
            address.option(&name, &value)?;
        }
        Ok(address)
    }

    fn option(&mut self, name: &str, value: &str) -> Result<(), RestError> {
        if value.is_empty() {
            return Err(wrong("something behind the ? has no value"));
        }
        let words = || {
            let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
            words.map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        match name {
            "ca" => self.authority = Some(PathBuf::from(value)),
            "pages" => self.pages = Some(PathBuf::from(value)),
            "beside" => self.beside = Some(PathBuf::from(value)),
            "also" => self.also.extend(words()),
            "without" => self.without.extend(words()),
            _ => self.own.push((name.to_owned(), value.to_owned())),
        }
        Ok(())
    }

    /// The value of something that only some desks take.
    pub(crate) fn own(&self, name: &str) -> Option<&str> {
        let found = self.own.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Which desk it is, without how and how much of it is read; a token's name in a keyring.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        match self.own("orgId") {
            Some(organisation) => write!(f, "?orgId={organisation}"),
            None => Ok(()),
        }
    }
}

fn root(url: &Url, host: &str) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    format!("{}://{host}{port}{path}", url.scheme())
}

/// Whether what is said does not leave this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::path::PathBuf;

    use super::{Address, is_address};

    #[test]
    fn addresses_say_where_and_how_much() {
        let text =
            "https://Northwind.example/desk/?ca=/etc/ca.pem&also=conversations,details&also=archived&app=a/b&app=c/d";
        let address = Address::parse(text).unwrap();
        assert_eq!(address.root, "https://northwind.example/desk");
        assert_eq!(address.authority, Some(PathBuf::from("/etc/ca.pem")));
        assert_eq!(address.also, ["conversations", "details", "archived"]);
        assert_eq!(address.own("app"), Some("a/b"));
        assert_eq!(address.own.len(), 2);
        let address = Address::parse("https://desk.example:8443?orgId=7&pages=/var/p").unwrap();
        // How it is read is no other desk.
        assert_eq!(address.to_string(), "https://desk.example:8443?orgId=7");
    }

    #[test]
    fn only_what_stays_on_this_machine_goes_without_tls() {
        for (text, allowed) in [
            ("http://localhost:8080", true),
            ("http://127.0.0.1", true),
            ("http://[::1]:9", true),
            ("http://desk.example", false),
            ("http://10.0.0.1", false),
            ("http://localhost.example", false),
            ("https://desk.example", true),
        ] {
            assert_eq!(Address::parse(text).is_ok(), allowed, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_repeating_it() {
        for (text, word) in [
            ("https://hunter2@desk.example", "leave it out"),
            ("https://me:hunter2@desk.example", "leave it out"),
            ("https://desk.example/#hunter2", "takes no #"),
            ("http://desk.example/hunter2", "TLS"),
            ("https://desk.example:hunter2", "no address"),
            ("https://desk.example?pages=", "no value"),
            ("ftp://desk.example/hunter2", "https://"),
        ] {
            let error = Address::parse(text).unwrap_err().to_string();
            assert!(error.contains(word), "{text}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        assert!(is_address("HTTPS://x") && is_address("http://x"));
        assert!(!is_address("/a/https") && !is_address("postgres://x") && !is_address("C://x"));
    }
}
