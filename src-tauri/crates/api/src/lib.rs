//! Portico's use cases, for every caller: the window, the command line, tests.
//!
//! Each area is a module of functions that take a [`session::Session`] first.

#![warn(missing_docs)]

pub mod bulk;
pub mod bundle;
pub mod compare;
mod database_problem;
pub mod desk;
mod digest;
pub mod directory;
pub mod elsewhere;
pub mod error;
pub mod expectations;
pub mod exposure;
pub mod find;
pub mod findings;
pub mod flips;
pub mod forms;
pub mod heat;
pub mod history;
mod interface_problem;
pub mod invented;
mod known;
pub mod lists;
pub mod matrix;
mod numbers;
pub mod offboard;
pub mod overview;
pub mod passphrase;
pub mod preview;
pub mod records;
pub mod selection;
pub mod session;
pub mod settings;
pub mod templates;
pub mod tickets;
pub mod translate;
pub mod types;
pub mod users;
pub mod workspace;
