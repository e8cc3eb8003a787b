//! OTOBO's and Znuny's tables on real servers, which the tests start themselves: dumps out, scripts in. Where a server
//! is not installed, a test says SKIPPED and why; under `make test` one that is installed must start.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "a test may panic and explain itself"
)]

mod apply;
mod change;
mod desk;
mod direct;
mod dumps;
mod nasty;
mod proxy;
mod round_trip;
mod scripts;
mod server;
mod workspace;
