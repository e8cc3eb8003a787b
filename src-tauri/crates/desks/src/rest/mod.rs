//! A desk's own interface, read page by page into a folder that is then read as any other: only asking, never writing,
//! and one question at a time.

pub mod address;
mod client;
mod estimate;
mod journal;
pub(crate) mod list;
pub(crate) mod login;
mod manner;
pub(crate) mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use portico_core::snapshot::Problem;
use zeroize::Zeroizing;

use self::address::Address;
use crate::error::DeskError;
use crate::registry;

pub use self::estimate::{Estimate, ListEstimate, estimate};
pub use self::manner::{Hear, Manner};

/// An interface and what opens it.
#[derive(Clone)]
pub struct Connection {
    /// Where.
    pub address: Address,
    /// The token, or what gives one; `None` where none was given.
    pub secret: Option<Zeroizing<String>>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// What was brought into the folder.
#[derive(Debug, Default)]
pub struct Fetched {
    /// What was not read, and how it is brought otherwise.
    pub findings: Vec<Problem>,
    /// By kind, the fields that the lists hold; a kind that is not here comes with all of them.
    pub fields: BTreeMap<&'static str, Vec<String>>,
    /// How many requests were made.
    pub requests: u64,
    /// How many pages were there already.
    pub kept: u64,
}

/// Why an interface cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RestError {
    /// The address says not enough, or too much.
    #[error("the address cannot be used: {0}")]
    Address(String),
    /// This desk's interface is not read.
    #[error("{0} is not read from an interface; give a folder, a .zip or a file")]
    NotThisDesk(String),
    /// No token was given.
    #[error("{0} wants a token")]
    NoSecret(String),
    /// What was given as a token is none.
    #[error("the token cannot be used: {0}")]
    Secret(String),
    /// The token does not open it.
    #[error("{0} does not take the token: is it the right one, is it still valid, is it of this desk?")]
    Refused(String),
    /// The login of the token may not read this.
    #[error("the desk does not let the token read {list}: it needs {right}")]
    Forbidden {
        /// What.
        list: String,
        /// What it needs.
        right: String,
    },
    /// There is no such list.
    #[error("{server} has no list {list}: is this the address of the desk, without anything behind the server's name?")]
    NotThere {
        /// The server.
        server: String,
        /// The list.
        list: String,
    },
    /// The server sends to another address, to which a token is not carried.
    #[error(
        "{server} sends to {to}; the token does not go there by itself: give that address where it is the desk's own"
    )]
    Elsewhere {
        /// The server.
        server: String,
        /// Where to, without what lies behind the server's name.
        to: String,
    },
    /// Nobody answers there.
    #[error("{server} cannot be reached ({reason}): is the name right, and is there a way through the network?")]
    Unreachable {
        /// The server.
        server: String,
        /// What the system says.
        reason: String,
    },
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
    /// The file of the authorities.
    #[error("{path}: {reason}; ?ca=FILE takes certificates in PEM")]
    Authority {
        /// Which.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The server wants to be asked later.
    #[error(
        "{server} wants no more questions for {minutes} minutes; with ?pages=FOLDER behind the address what came is kept, and the next run goes on there"
    )]
    Busy {
        /// The server.
        server: String,
        /// For how long.
        minutes: u64,
    },
    /// The server fails, however often it is asked.
    #[error("{server} answered {status} for {list}, {tries} times; try again later")]
    Failing {
        /// The server.
        server: String,
        /// What was asked.
        list: String,
        /// The status of the answer.
        status: u16,
        /// How often.
        tries: u32,
    },
    /// The server does not take the question.
    #[error("{server} does not take the question for {list} ({status}{said})")]
    Status {
        /// The server.
        server: String,
        /// What was asked.
        list: String,
        /// The status of the answer.
        status: u16,
        /// What it says, behind a colon; may be empty.
        said: String,
    },
    /// What came is not what a list looks like.
    #[error("page {page} of {list} cannot be understood: {reason}")]
    Garbage {
        /// The list.
        list: String,
        /// The page, from 1.
        page: u64,
        /// What is wrong.
        reason: String,
    },
    /// An answer has no end.
    #[error("page {page} of {list} is longer than {most} MB; no page is")]
    TooLong {
        /// The list.
        list: String,
        /// The page, from 1.
        page: u64,
        /// The most, in MB.
        most: u64,
    },
    /// The same page comes again and again.
    #[error("page {page} of {list} is one that came before: the desk does not turn the pages, so the list has no end")]
    Endless {
        /// The list.
        list: String,
        /// The page, from 1.
        page: u64,
    },
    /// Records move between the pages of a list.
    #[error(
        "the list {0} changes while it is read: records moved between its pages, so that some would be missing; try again at a quieter time"
    )]
    Restless(String),
    /// The folder for pages is of something else.
    #[error("{folder} {reason}; give another folder, or empty this one")]
    Pages {
        /// Which.
        folder: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Removes what [`fetch`] brought into a folder, and the folder where nothing else lies in it.
pub fn clear(folder: &Path) -> Result<(), DeskError> {
    for entry in std::fs::read_dir(folder).map_err(|e| DeskError::io(folder, e))? {
        let entry = entry.map_err(|e| DeskError::io(folder, e))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(|e| DeskError::io(folder, e))?);
        let name = entry.file_name().to_string_lossy().into_owned();
        if kind.is_dir() {
            clear(&path)?;
        } else if journal::is_ours(&name) {
            std::fs::remove_file(&path).map_err(|e| DeskError::io(&path, e))?;
        }
    }
    // What somebody else put in stays.
    match std::fs::remove_dir(folder) {
        Err(e) if e.kind() != std::io::ErrorKind::DirectoryNotEmpty => Err(DeskError::io(folder, e)),
        _ => Ok(()),
    }
}

/// Reads a desk's lists into `folder`, where a reader finds them. Pages that are there already from the same address are
/// not asked for again. Without `tickets` only the configuration is read.
pub fn fetch(
    desk: &str,
    connection: &Connection,
    tickets: bool,
    folder: &Path,
    manner: &Manner<'_>,
    hear: &mut Hear<'_>,
) -> Result<Fetched, DeskError> {
    let interface = registry::interface(desk)?;
    let lists = list::wanted(interface, &connection.address, tickets)?;
    let mut client = client::Client::open(interface, connection, manner)?;
    let mut fetched = Fetched {
        findings: interface.notes(&connection.address, tickets),
        fields: interface.fields(&connection.address),
        ..Fetched::default()
    };
    let beside = walk::Beside::of(&connection.address)?;
    let mut journal = journal::Journal::open(folder, &connection.address, manner.now)?;
    fetched.kept = journal.pages();
    let mut walk = walk::Walk {
        interface,
        lists: &lists,
        client: &mut client,
        journal: &mut journal,
        findings: &mut fetched.findings,
        hear,
        starts: 0,
    };
    walk.all(manner.page)?;
    beside.copy(folder)?;
    fetched.requests = client.requests();
    Ok(fetched)
}
