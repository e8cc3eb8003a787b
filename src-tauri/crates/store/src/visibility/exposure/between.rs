//! What one person sees and another does not, in the same state.

use portico_core::id::ExternalUserId;
use rusqlite::Connection;

use super::scene::Reading;
use super::{Comparison, PersonDifference, Scene, Viewpoints};
use crate::error::{Result, StoreError};
use crate::visibility::{CellCache, DirectoryCache};

/// Two people side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// Gained is what the second sees and the first does not, lost the other way round.
    pub difference: PersonDifference,
    /// Numbers of tickets that only the first sees, newest first.
    pub only_first: Vec<String>,
    /// Numbers of tickets that only the second sees, newest first.
    pub only_second: Vec<String>,
}

/// Compares two people, naming at most `limit` tickets of each; `None` where the desk has no access model.
pub fn between(
    c: &Connection,
    desk: &str,
    directory: &DirectoryCache,
    cells: &CellCache,
    people: [ExternalUserId; 2],
    limit: usize,
) -> Result<Option<Between>> {
    let Some(scene) = Scene::load(c, desk, directory)? else {
        return Ok(None);
    };
    let cells = cells.get(c)?;
    let sets = scene.sets_with(&scene);
    let mut points = Viewpoints::default();
    let mut reading = Reading::default();
    let mut load = |user: ExternalUserId| {
        points
            .load(c, &sets, user, &mut reading)?
            .ok_or_else(|| StoreError::NotFound {
                what: "external_user",
                key: user.to_string(),
            })
    };
    let (first, second) = (load(people[0])?, load(people[1])?);
    let mut comparison = Comparison::new(c, &cells, &scene, &scene);
    let sides = (Some(&first), Some(&second));
    Ok(Some(Between {
        difference: comparison.of(&points, sides.0, sides.1)?,
        only_first: comparison.lost_numbers(&points, sides.0, sides.1, limit)?,
        only_second: comparison.gained_numbers(&points, sides.0, sides.1, limit)?,
    }))
}
