//! Portico's use cases, for every caller: the window, the command line, tests.
//!
//! Each area is a module of functions that take a [`session::Session`] first.

pub mod error;
pub mod types;
