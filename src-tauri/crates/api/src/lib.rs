//! Portico's use cases, for every caller: the window, the command line, tests.
//!
//! Each area is a module of functions that take a [`session::Session`] first.

#![warn(missing_docs)]

pub mod desk;
mod digest;
pub mod directory;
pub mod error;
pub mod find;
pub mod history;
pub mod invented;
mod numbers;
pub mod preview;
pub mod session;
pub mod types;
pub mod users;
pub mod workspace;
