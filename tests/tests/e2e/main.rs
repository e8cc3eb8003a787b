//! The real window, driven as a person would: `make test` starts these with a driver and a screen.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod desks;
mod journey;
mod keyboard;
mod many;
mod screens;
mod window;
