//! Invented help desks from a seed: the built-in sample, and worlds of any size. No I/O, no clock.
//!
//! * [`built_in`]: "Northwind Support", a few hundred people with a small story: somebody sees too much.
//! * [`small`]: samples of the other desks, about sixty people each.
//! * [`World`]: as many people and tickets as asked for, streamed, with the heavy tails of real desks.
//!
//! The same seed always gives the same records; all dates lie before [`NOW`].

mod dice;
mod names;
mod northwind;
mod otobo;
mod say;
mod small;
mod table;
mod time;
mod world;

pub use northwind::Northwind;
pub use small::{SmallDesk, small};
pub use world::{UnknownDesk, World, WorldSource};

/// The name of the built-in sample's help desk.
pub const NAME: &str = "Northwind Support";

/// The id of the desk that the built-in sample comes from.
pub const DESK: &str = "otobo";

/// The moment at which every invented world stands still: 2026-11-20 16:00 UTC, in seconds since 1970-01-01 UTC.
pub const NOW: i64 = 1_795_190_400;

/// The built-in sample.
pub fn built_in() -> Northwind {
    Northwind::new()
}
