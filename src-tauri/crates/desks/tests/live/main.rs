//! Interfaces that are read live: what comes is what the same pages in a folder give, and whatever goes wrong on the way
//! is said.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../fuzz/budget.rs"]
mod budget;
#[path = "../lists/mod.rs"]
mod lists;
mod oauth;
mod reading;
mod resume;
mod same;
mod server;
#[path = "../fuzz/spoil.rs"]
mod spoil;
mod spoilt;
mod tls;
mod trouble;
mod world;
