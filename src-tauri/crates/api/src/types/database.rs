//! The desk's database in a form.

use serde::{Deserialize, Serialize};

use super::passphrase::Secret;

/// What opens the database that a source is the address of.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct DatabaseLogin {
    /// The password as it was typed; `None` or empty for the one that the system's keyring has.
    pub password: Option<Secret>,
    /// Whether to keep it in the keyring, once it has opened the database.
    pub keep: bool,
}

/// A database that could be opened.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct DatabaseSeen {
    /// The server and its port, or its socket.
    pub server: String,
    /// Name and number of the server's program.
    pub version: String,
    /// Which desk's it is, by its proper name.
    pub product: String,
    /// People who can be let in there.
    #[specta(type = specta_typescript::Number)]
    pub people: u64,
    /// Tickets.
    #[specta(type = specta_typescript::Number)]
    pub tickets: u64,
    /// Whether the password was put into the keyring.
    pub kept: bool,
}
