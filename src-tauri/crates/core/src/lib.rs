//! What Portico knows about external users, tickets and who sees what. No I/O.
//!
//! * [`model`]: one concept a file; the records of a workspace.
//! * [`snapshot`]: the neutral stream that every reader yields and the store takes in.
//! * [`form`], [`settings`]: what the desks' forms take, and what can be set of their portals.
//! * [`expectation`]: what people are to see, or never to see.
//! * [`finding`]: what is probably not meant, and the way to put it right.
//! * [`access`]: access models as rule trees, and the two ways to read them.
//! * [`translate`]: a workspace of one desk in the terms of another.

#![warn(missing_docs)]

pub mod access;
pub mod actor;
pub mod error;
pub mod expectation;
pub mod finding;
pub mod fold;
pub mod form;
pub mod id;
pub mod model;
pub mod passphrase;
pub mod settings;
pub mod snapshot;
pub mod spreadsheet;
pub mod translate;
