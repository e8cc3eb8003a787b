//! Findings: what in a workspace is probably not meant. What each check means stands in [`portico_core::finding`]; here
//! it is found, counted, listed page by page, and left out where somebody muted it.

mod assumed;
mod list;
mod scene;
mod sql;
#[cfg(test)]
mod tests;

use portico_core::finding::{Check, Kind, kinds, registry};
use rusqlite::Connection;

pub use list::{Found, of_person, page, people};
pub use scene::Scene;

use crate::error::Result;

/// How many findings of a kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The kind.
    pub kind: &'static Kind,
    /// Those that are shown; 0 where the whole kind is muted.
    pub shown: u64,
    /// Those that somebody muted, one by one or with their kind.
    pub muted: u64,
    /// Whether the whole kind is muted.
    pub kind_muted: bool,
}

/// The key of a single finding, under which it is muted.
pub fn key(check: &str, subject: &str) -> String {
    format!("{check} {subject}")
}

/// The checks of a desk that lead to a kind of finding.
pub fn checks(desk: &str, kind: &Kind) -> impl Iterator<Item = &'static Check> {
    let id = kind.id;
    registry::of(desk).iter().filter(move |check| check.kind.id == id)
}

/// How many findings there are of each kind that can be found in the desk, weightiest first, whether there are any or
/// not. `before` hears of each kind before it is looked for, and may end the work.
pub fn counts(
    c: &Connection,
    scene: &Scene,
    before: &mut dyn FnMut(&'static Kind) -> Result<()>,
) -> Result<Vec<Count>> {
    let mut counts = Vec::new();
    for kind in kinds::ALL {
        if checks(&scene.desk, kind).next().is_some() {
            before(kind)?;
            counts.push(list::count(c, scene, kind)?);
        }
    }
    Ok(counts)
}
