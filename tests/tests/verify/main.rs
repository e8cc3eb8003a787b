//! An export against what the desk has afterwards: all of it applied, one operation left out, one changed by somebody.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod generated;
mod ledger;
mod lists;
mod world;
