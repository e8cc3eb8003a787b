//! The only crate that knows SQLite: the workspace file, and the ticket snapshot beside it.
//!
//! * [`Store`]: opens a workspace; [`Store::read`], [`Store::transact`] and [`Store::what_if`] are the ways in.
//! * [`table`]: one module per table: its rows, its reads and its writes.
//! * [`history`], [`base`], [`conflict`], [`draft`]: what was done, what the desk had, what contradicts, what is unsaved.
//! * [`ledger`]: what was exported, operation by operation; [`found`]: what the desk has of it.
//! * [`passphrase`]: locks a workspace's files, and opens locked ones.
//! * [`finding`]: what is probably not meant.
//! * [`import`]: takes a desk's records in; [`snapshot`]: reads the tickets.

#![warn(missing_docs)]

mod backup;
pub mod base;
pub mod conflict;
pub mod draft;
pub mod earlier;
mod error;
pub mod finding;
pub mod found;
pub mod handed;
pub mod history;
pub mod import;
pub mod ledger;
mod migrate;
mod open;
pub mod passphrase;
pub mod snapshot;
mod store;
pub mod table;
mod text;
mod touched;
mod transact;
pub mod visibility;

pub use error::{KeyFileProblem, Result, StoreError};
pub use rusqlite::Connection;
pub use store::{NewWorkspace, Store};
pub use text::searchable;
pub use touched::Touched;
pub use transact::Tx;
