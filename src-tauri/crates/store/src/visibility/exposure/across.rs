//! What people see in two workspaces that hold the same tickets, each by the rules of its own desk.

use std::sync::Arc;

use portico_core::access::fact::Set;
use portico_core::id::ExternalUserId;
use rusqlite::{Connection, OptionalExtension};

use super::abreast::{Abreast, NUMBERS, Once};
use super::beyond::Side;
use super::found::{Found, Fresh};
use super::outcome::{Outcome, Step};
use super::scene::Reading;
use super::shape::Shapes;
use super::{Login, PersonDifference, Scene, Viewpoint, Viewpoints, sight};
use crate::error::{Result, StoreError};
use crate::import::CancelFlag;
use crate::table::{cell, external_user};
use crate::visibility::cells::Cells;
use crate::visibility::directory::Here;
use crate::visibility::passing::Passing;
use crate::visibility::{CellCache, DirectoryCache};

/// A workspace, as it is compared.
pub struct End<'a> {
    /// A connection to it.
    pub c: &'a Connection,
    /// Its desk.
    pub desk: &'a str,
    /// Where its directory is kept.
    pub directory: &'a DirectoryCache,
    /// Where its cells are kept.
    pub cells: &'a CellCache,
}

/// What one person sees in one of the two.
pub(super) struct Seen {
    login: Option<bool>,
    lower: Passing,
    /// `None` where all is certain.
    upper: Option<Passing>,
}

impl Seen {
    /// Whether a ticket in the cell is seen for certain; one of an owner whom nothing names, where none is given.
    pub(super) fn certainly(&self, cell: u32, owner: Option<i64>) -> bool {
        passes(&self.lower, cell, owner)
    }

    /// Whether it may be.
    pub(super) fn maybe(&self, cell: u32, owner: Option<i64>) -> bool {
        passes(self.upper.as_ref().unwrap_or(&self.lower), cell, owner)
    }

    /// Owners whose tickets may get another answer than their cells.
    pub(super) fn owners(&self) -> impl Iterator<Item = i64> + '_ {
        let more = self.upper.iter().flat_map(|upper| upper.own.keys());
        let more = more.filter(|owner| !self.lower.own.contains_key(owner));
        self.lower.own.keys().chain(more).copied()
    }

    /// Whether it is one of [`Seen::owners`].
    pub(super) fn has_owner(&self, owner: i64) -> bool {
        let has = |passing: &Passing| passing.own.contains_key(&owner);
        has(&self.lower) || self.upper.as_ref().is_some_and(has)
    }

    /// Whether all is certain.
    pub(super) fn is_certain(&self) -> bool {
        self.upper.is_none()
    }
}

fn passes(passing: &Passing, cell: u32, owner: Option<i64>) -> bool {
    let at = cell as usize;
    owner.map_or_else(|| passing.cell(at), |owner| passing.passes(at, owner))
}

/// A side with what was read of it.
struct Looked<'a> {
    side: Side<'a>,
    /// What has to be known of a person.
    sets: Vec<Set>,
    cells: Arc<Cells>,
    points: Viewpoints,
    reading: Reading,
    shapes: Shapes,
}

impl<'a> Looked<'a> {
    fn new(end: &End<'a>, scene: &'a Scene) -> Result<Self> {
        Ok(Self {
            side: Side {
                here: Here::new(end.c, &scene.directory),
                scene,
            },
            sets: scene.sets_with(scene),
            cells: end.cells.get(end.c)?,
            points: Viewpoints::default(),
            reading: Reading::default(),
            shapes: Shapes::default(),
        })
    }

    /// Where a person stands, and what she sees from there.
    fn look(&mut self, user: Option<ExternalUserId>) -> Result<(Option<Viewpoint>, Seen)> {
        let point = match user {
            Some(user) => self
                .points
                .load(self.side.here.c, &self.sets, user, &mut self.reading)?,
            None => None,
        };
        let seen = sight(&self.points, &self.side, point.as_ref(), &self.shapes, false)?;
        let passing = |condition| Passing::of(condition, &self.side.here, &self.cells);
        let seen = Seen {
            login: seen.login,
            lower: passing(&seen.lower)?,
            upper: seen.upper.as_ref().map(passing).transpose()?,
        };
        Ok((point, seen))
    }
}

/// Everybody in `here`, by the desk's key: gained is what is seen there and not here. Whoever is only there is left
/// out. `None` where a desk has no access model.
pub fn across(
    here: &End<'_>,
    there: &End<'_>,
    cancel: &CancelFlag,
    watch: &mut dyn FnMut(Step),
) -> Result<Option<Outcome>> {
    let (Some(before), Some(after)) = (
        Scene::load(here.c, here.desk, here.directory)?,
        Scene::load(there.c, there.desk, there.directory)?,
    ) else {
        return Ok(None);
    };
    let (mut then, mut now) = (Looked::new(here, &before)?, Looked::new(there, &after)?);
    let tickets = Abreast::read((here.c, &then.cells), (there.c, &now.cells))?;
    let fresh = Fresh::default();
    let mut found = Found::new(here.c, &fresh);
    let mut once = Once::default();
    for user in external_user::ids(here.c)? {
        if cancel.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        watch(Step {
            phase: "comparing",
            people: found.outcome.people,
        });
        let (from, mine) = then.look(Some(user))?;
        let (to, theirs) = now.look(same_person(here.c, user, there.c)?)?;
        let difference = difference(&tickets, [&mine, &theirs], &mut once);
        found.take(user, from, to, difference)?;
    }
    for shown in found.shown() {
        let (_, mine) = then.look(Some(shown.user))?;
        let (_, theirs) = now.look(same_person(here.c, shown.user, there.c)?)?;
        let numbers = tickets.numbers(here.c, &mine, &theirs, NUMBERS)?;
        found.show(shown, numbers)?;
    }
    let mut outcome = found.finish()?;
    outcome.by = before.directory().sorted_by.name();
    let places = before.directory().places(here.c)?;
    (outcome.gained_tickets, outcome.lost_tickets) = once.finish(&tickets, &then.cells, &places);
    Ok(Some(outcome))
}

/// The same of one person, with the numbers of the newest tickets that she gains and that she loses, at most `limit` of
/// each. `None` where a desk has no access model.
pub fn across_one(
    here: &End<'_>,
    there: &End<'_>,
    user: ExternalUserId,
    limit: usize,
) -> Result<Option<(PersonDifference, [Vec<String>; 2])>> {
    let (Some(before), Some(after)) = (
        Scene::load(here.c, here.desk, here.directory)?,
        Scene::load(there.c, there.desk, there.directory)?,
    ) else {
        return Ok(None);
    };
    let (mut then, mut now) = (Looked::new(here, &before)?, Looked::new(there, &after)?);
    let tickets = Abreast::read((here.c, &then.cells), (there.c, &now.cells))?;
    let (_, mine) = then.look(Some(user))?;
    let (_, theirs) = now.look(same_person(here.c, user, there.c)?)?;
    let difference = difference(&tickets, [&mine, &theirs], &mut Once::default());
    Ok(Some((difference, tickets.numbers(here.c, &mine, &theirs, limit)?)))
}

fn difference(tickets: &Abreast, [mine, theirs]: [&Seen; 2], once: &mut Once) -> PersonDifference {
    let sums = tickets.compare(mine, theirs, once);
    PersonDifference {
        gained: sums.gained,
        lost: sums.lost,
        login: login(mine.login, theirs.login),
        unknown: sums.unknown,
    }
}

fn login(here: Option<bool>, there: Option<bool>) -> Login {
    match (here, there) {
        (Some(false), Some(true)) => Login::Gained,
        (Some(true), Some(false)) => Login::Lost,
        _ => Login::Same,
    }
}

/// The person of the theirs workspace with the same key of the desk; what the desk does not have yet goes by its id.
fn same_person(here: &Connection, user: ExternalUserId, there: &Connection) -> Result<Option<ExternalUserId>> {
    let Some(key) = key_of(here, user)? else {
        return Ok(None);
    };
    let mut statement = there.prepare_cached("SELECT id FROM external_user WHERE desk_key = ?1 AND present = 1")?;
    Ok(statement.query_row([key], |r| cell::column(r, 0)).optional()?)
}

/// The key by which a person is known in a workspace that was made of this one: the desk's, or for what the desk does
/// not have yet her id. `None` where there is no such person.
pub fn key_of(c: &Connection, user: ExternalUserId) -> Result<Option<String>> {
    let mut statement = c.prepare_cached("SELECT coalesce(desk_key, hex(id)) FROM external_user WHERE id = ?1")?;
    Ok(statement.query_row([user.as_bytes()], |r| r.get(0)).optional()?)
}
