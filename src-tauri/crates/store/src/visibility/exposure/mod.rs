//! What people gain and lose between two states of a workspace.
//!
//! A [`Trial`] tries a write out: a [`Scene`] and [`Viewpoint`]s are read of the state after it, it is rolled back, and
//! the [`Comparison`] with the state before is made with no lock held.
//!
//! A ticket is *seen* where the person may log in and a list shows it or it can be opened for reading. Only what is
//! certain counts: gained is what is certainly seen after and certainly not before.

mod abreast;
mod accounts;
mod across;
mod between;
mod beyond;
pub mod expect;
mod found;
mod outcome;
mod pair;
mod scene;
mod shape;
mod tally;
mod target;
#[cfg(test)]
pub(super) mod tests;
mod trial;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use portico_core::access::decide::{Case, Nothing, holds};
use portico_core::access::known::ForPerson;
use rusqlite::Connection;

use super::cells::Cells;
use super::compile::Compiler;
use super::condition::Condition;
use super::directory::Here;
use super::page::Pages;
use super::passing::Passing;
use super::places::Places;
use crate::error::Result;
use crate::snapshot;
pub use accounts::OfAccount;
pub use across::{End, across, across_one, key_of};
pub use between::{Between, between};
use beyond::{Classes, Side};
pub use found::Each;
pub use outcome::{Example, Named, Outcome, Step};
use pair::{OwnersCells, Pair, Place, Sight};
pub(super) use scene::Reading;
pub use scene::{Scene, Viewpoint, Viewpoints};
use shape::Shapes;
use tally::Tally;
pub use tally::{OfPlace, Sum};
pub use trial::Trial;

/// What becomes of a person's login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// As before, or it cannot be told.
    Same,
    /// The person may log in, and could not.
    Gained,
    /// The person could log in, and may not any more.
    Lost,
}

impl Login {
    /// `gained`, `lost`, or nothing.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Gained => "gained",
            Self::Lost => "lost",
        }
    }
}

/// What becomes of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonDifference {
    /// Tickets seen after and not before.
    pub gained: u64,
    /// Tickets seen before and not after.
    pub lost: u64,
    /// The login.
    pub login: Login,
    /// Whether there may be more gained or lost, which cannot be told.
    pub unknown: bool,
}

impl PersonDifference {
    /// Nothing is gained or lost, and that is certain.
    pub const NONE: Self = Self {
        gained: 0,
        lost: 0,
        login: Login::Same,
        unknown: false,
    };

    /// The same, looked at from the other side.
    #[must_use]
    pub fn turned(self) -> Self {
        Self {
            gained: self.lost,
            lost: self.gained,
            login: match self.login {
                Login::Same => Login::Same,
                Login::Gained => Login::Lost,
                Login::Lost => Login::Gained,
            },
            unknown: self.unknown,
        }
    }

    /// Whether something is gained or lost for certain, tickets or the login.
    pub fn is_certain(&self) -> bool {
        self.gained + self.lost > 0 || self.login != Login::Same
    }
}

/// Two states side by side. Both scenes are asked through one connection that sees the state before.
pub struct Comparison<'a> {
    cells: &'a Cells,
    classes: Classes,
    before: Side<'a>,
    after: Side<'a>,
    /// Whether all that is the same for everybody is the same in both states.
    same_scene: bool,
    shapes: [Shapes; 2],
    owners: OwnersCells,
    sums: Sums,
}

/// What all people come to.
struct Sums {
    /// Those that were asked for last.
    pairs: HashMap<[Option<usize>; 2], Pair>,
    gained: Tally,
    lost: Tally,
}

/// So many pairs of viewpoints are kept; ask about people in the order of theirs where there are more.
const KEPT: usize = if cfg!(test) { 2 } else { 500 };

impl Sums {
    /// Adds what a pair comes to for all of its people.
    fn close(&mut self, pair: &Pair) {
        self.gained.add(&pair.gained, pair.people);
        self.lost.add(&pair.lost, pair.people);
    }

    fn close_all(&mut self) {
        for pair in std::mem::take(&mut self.pairs).values() {
            self.close(pair);
        }
    }

    /// Begins again from nothing; of the pairs, which are closed, those stay that took long to work out.
    fn begin_again(&mut self, pairs: impl IntoIterator<Item = ([Option<usize>; 2], Pair)>) {
        let heavy = pairs.into_iter().filter(|(_, pair)| pair.is_heavy());
        self.pairs = heavy
            .map(|(key, pair)| (key, pair.for_nobody()))
            .take(KEPT / 2)
            .collect();
        self.gained.clear();
        self.lost.clear();
    }
}

impl<'a> Comparison<'a> {
    /// Begins a comparison. `cells` belong to the snapshot behind `c`.
    pub fn new(c: &'a Connection, cells: &'a Cells, before: &'a Scene, after: &'a Scene) -> Self {
        let side = |scene: &'a Scene| Side {
            here: Here::new(c, &scene.directory),
            scene,
        };
        Self {
            cells,
            classes: Classes::of(cells),
            before: side(before),
            after: side(after),
            same_scene: std::ptr::eq(before, after),
            shapes: Default::default(),
            owners: OwnersCells::default(),
            sums: Sums {
                pairs: HashMap::new(),
                gained: Tally::of(cells),
                lost: Tally::of(cells),
            },
        }
    }

    /// What becomes of a person; `None` where there is no record in that state.
    pub fn of(
        &mut self,
        points: &Viewpoints,
        before: Option<&Viewpoint>,
        after: Option<&Viewpoint>,
    ) -> Result<PersonDifference> {
        if self.same_scene && before == after {
            return Ok(PersonDifference::NONE);
        }
        let place = Place {
            cells: self.cells,
            classes: &self.classes,
            before: &self.before.here,
            after: &self.after.here,
            owners: &self.owners,
        };
        let sights = |shared: bool| -> Result<[Sight; 2]> {
            Ok([
                sight(points, &self.before, before, &self.shapes[0], shared)?,
                sight(points, &self.after, after, &self.shapes[1], shared)?,
            ])
        };
        let logins = [before, after].map(|point| point.map(|p| p.login.as_str()));
        let Some(login) = logins[0].or(logins[1]) else {
            return Ok(PersonDifference::NONE);
        };
        let sums = &mut self.sums;
        if let [Some(then), Some(now)] = logins
            && then != now
        {
            // Who is renamed owns other tickets after than before: nobody shares that.
            let mut pair = Pair::of(sights(false)?, &place)?;
            let difference = pair.tell(login, &place, [&mut sums.gained, &mut sums.lost])?;
            sums.close(&pair);
            return Ok(difference);
        }
        let key = [before, after].map(|point| point.map(|p| p.number));
        if !sums.pairs.contains_key(&key) && sums.pairs.len() >= KEPT {
            sums.close_all();
        }
        let pair = match sums.pairs.entry(key) {
            Entry::Occupied(slot) => slot.into_mut(),
            Entry::Vacant(slot) => slot.insert(Pair::of(sights(true)?, &place)?),
        };
        pair.tell(login, &place, [&mut sums.gained, &mut sums.lost])
    }

    /// Numbers of tickets that a person gains, newest first, at most `limit`.
    pub fn gained_numbers(
        &self,
        points: &Viewpoints,
        before: Option<&Viewpoint>,
        after: Option<&Viewpoint>,
        limit: usize,
    ) -> Result<Vec<String>> {
        let (then, now) = (
            sight(points, &self.before, before, &self.shapes[0], false)?,
            sight(points, &self.after, after, &self.shapes[1], false)?,
        );
        self.numbers((&now.lower, &self.after.here), (then.upper(), &self.before.here), limit)
    }

    /// Numbers of tickets that a person loses, newest first, at most `limit`.
    pub fn lost_numbers(
        &self,
        points: &Viewpoints,
        before: Option<&Viewpoint>,
        after: Option<&Viewpoint>,
        limit: usize,
    ) -> Result<Vec<String>> {
        let (then, now) = (
            sight(points, &self.before, before, &self.shapes[0], false)?,
            sight(points, &self.after, after, &self.shapes[1], false)?,
        );
        self.numbers((&then.lower, &self.before.here), (now.upper(), &self.after.here), limit)
    }

    fn numbers(&self, a: (&Condition, &Here<'_>), b: (&Condition, &Here<'_>), limit: usize) -> Result<Vec<String>> {
        let seen = Passing::of(a.0, a.1, self.cells)?;
        let seen = seen.less(&Passing::of(b.0, b.1, self.cells)?, self.cells);
        let pages = Pages {
            c: self.before.here.c,
            cells: self.cells,
            passing: &seen,
            wanted: &|_| true,
            total: seen.count(self.cells, |_| true),
        };
        let mut numbers = Vec::new();
        for row in pages.after(None, limit)? {
            numbers.extend(snapshot::ticket(self.before.here.c, row.id)?.map(|ticket| ticket.number));
        }
        Ok(numbers)
    }

    /// The tickets that all those people gain, each once, by the place's number; who is asked about then begins from
    /// nothing. Viewpoints that are numbered anew are not `known`.
    pub(super) fn gained_by_place(&mut self, places: &Places, known: bool) -> BTreeMap<usize, u64> {
        let pairs = std::mem::take(&mut self.sums.pairs);
        for pair in pairs.values() {
            self.sums.close(pair);
        }
        let found = self.sums.gained.by_place(self.cells, places);
        self.sums.begin_again(pairs.into_iter().filter(|_| known));
        found
    }

    /// Which tickets all those people gain, and which they lose, each ticket once; by where they lie before.
    pub fn finish(mut self) -> Result<(Sum, Sum)> {
        self.sums.close_all();
        let Here { c, directory, .. } = &self.before.here;
        let places = directory.places(c)?;
        let sum = |tally: &Tally| tally.sum(self.cells, &places);
        Ok((sum(&self.sums.gained), sum(&self.sums.lost)))
    }
}

/// What somebody sees; `shared` for everybody who has the same facts but for the login.
fn sight(
    points: &Viewpoints,
    side: &Side<'_>,
    point: Option<&Viewpoint>,
    shapes: &Shapes,
    shared: bool,
) -> Result<Sight> {
    let Some(point) = point else {
        return Ok(Sight::nothing());
    };
    let person = points.facts(point);
    let login = holds(
        &side.scene.login,
        &Case {
            person: &person,
            subject: &Nothing,
            workspace: &side.here,
        },
    );
    let known = ForPerson {
        person: &person,
        workspace: &side.here,
    };
    let shape = shapes.of(side.scene, &known);
    let compiler = if shared {
        Compiler::shared(&side.here, &person)
    } else {
        Compiler::new(&side.here, &person)
    };
    let lower = compiler.compile(&shape.lower)?;
    let upper = shape.upper.as_ref().map(|upper| compiler.compile(upper)).transpose()?;
    side.here.checked(Sight { login, lower, upper })
}
