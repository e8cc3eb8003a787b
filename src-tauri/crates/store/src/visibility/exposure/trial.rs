//! Trying a write out, and what it would do to whom.

use std::cell::Cell;
use std::collections::HashMap;

use portico_core::access::fact::Set;
use portico_core::expectation::Expectation;
use portico_core::id::ExternalUserId;
use portico_core::snapshot::Sink;
use rusqlite::Connection;

use super::expect::Checked;
use super::expect::{Look, newly_broken};
use super::found::{Each, Found, Fresh};
use super::outcome::{Outcome, Step};
use super::scene::Reading;
use super::{Comparison, Scene, Viewpoint, Viewpoints};
use crate::error::{Result, StoreError};
use crate::history;
use crate::import::{CancelFlag, ImportOptions, ImportOutcome, Progress};
use crate::store::Store;
use crate::table::{expectation, external_user};
use crate::touched::Touched;
use crate::transact::Tx;
use crate::visibility::memory::Written;
use crate::visibility::{CellCache, DirectoryCache};

/// How many tickets are named for each.
const NUMBERS: usize = 5;

/// A look at what a write would do. Nothing stays written.
pub struct Trial<'a> {
    /// The workspace.
    pub store: &'a Store,
    /// Its desk.
    pub desk: &'a str,
    /// Where the directory of the committed state is kept.
    pub directory: &'a DirectoryCache,
    /// Where the cells are kept.
    pub cells: &'a CellCache,
    /// Stops the work.
    pub cancel: &'a CancelFlag,
    /// Somebody who is left out of account: what the write means for everybody else.
    pub but: Option<ExternalUserId>,
    /// Whether the write leads back: then what it tells is what led from there to here.
    pub backwards: bool,
}

/// All that has to be known of the state after the write.
struct After {
    touched: Touched,
    /// `None` where the scene is the same.
    scene: Option<Scene>,
    sets: Vec<Set>,
    points: Viewpoints,
    people: HashMap<ExternalUserId, Viewpoint>,
    /// What was read, as far as it is so in the state before, too.
    reading: Reading,
    written: Written,
    /// How expectations stand after it, as far as they concern those whom it touches.
    expected: Vec<Checked>,
    /// People who are only there after it, and their accounts.
    fresh: Fresh,
}

impl Trial<'_> {
    /// Tries the write out and compares; `None` where the desk has no access model (the write was tried all the same,
    /// so its errors are known). `watch` hears how far it is.
    ///
    /// The write holds the lock while it is tried and while the facts of those whom it touches are read.
    pub fn run<E: From<StoreError>>(
        &self,
        write: impl FnOnce(&Tx<'_>) -> Result<(), E>,
        watch: &mut dyn FnMut(Step),
    ) -> Result<Option<Outcome>, E> {
        self.run_each(write, watch, None)
    }

    /// The same; `each` hears of everybody who gains or loses something or of whom it cannot be told, those for whom it
    /// means most first. Its error ends the look.
    pub fn run_each<E: From<StoreError>>(
        &self,
        write: impl FnOnce(&Tx<'_>) -> Result<(), E>,
        watch: &mut dyn FnMut(Step),
        mut each: Option<Each<'_>>,
    ) -> Result<Option<Outcome>, E> {
        let mut write = Some(write);
        // The two states must belong together: where somebody wrote between the two looks, look again.
        for _ in 0..8 {
            let moved = Cell::new(false);
            let outcome = self.store.read(|c| {
                let last = history::last_id(c)?;
                let before = Scene::load(c, self.desk, self.directory)?;
                let work = |tx: &Tx<'_>| {
                    moved.set(history::last_id(tx)? != last);
                    match write.take_if(|_| !moved.get()) {
                        Some(write) => self.watched(tx, write),
                        None => Err(StoreError::Busy.into()),
                    }
                };
                let after = self.store.what_if_touching(work, |tx, touched| match &before {
                    Some(before) => Ok(Some(self.after(c, tx, touched, before, watch)?)),
                    None => Ok(None),
                })?;
                match (before, after) {
                    (Some(before), Some(after)) => Ok(Some(self.compare(c, &before, after, watch, &mut each)?)),
                    _ => Ok(None),
                }
            });
            if !moved.get() {
                return outcome;
            }
        }
        Err(StoreError::Busy.into())
    }

    /// Rehearses an import and compares, both with the tickets from before it: what the desk's other tickets are now,
    /// and which are new, is not told. `None` where the desk has no access model.
    ///
    /// Everybody's facts are read while the rehearsal holds the lock; the comparison holds none.
    pub fn of_import<E: From<StoreError>>(
        &self,
        read: &mut dyn FnMut(&mut Sink<'_>) -> Result<(), E>,
        options: &ImportOptions,
        progress: &mut dyn FnMut(Progress),
        watch: &mut dyn FnMut(Step),
    ) -> Result<(ImportOutcome, Option<Outcome>), E> {
        let mut seen = None;
        let mut look = |tx: &Connection| {
            let everybody = Touched {
                people: Vec::new(),
                facts_of_everybody: true,
                everybody: true,
                rows: true,
                tables: None,
            };
            seen = self.store.read(|c| -> Result<_> {
                let Some(before) = Scene::load(c, self.desk, self.directory)? else {
                    return Ok(None);
                };
                Ok(Some((
                    history::last_id(c)?,
                    self.after(c, tx, &everybody, &before, watch)?,
                )))
            })?;
            Ok(())
        };
        let outcome = self
            .store
            .rehearse(self.desk, read, options, progress, self.cancel, &mut look)?;
        let Some((last, after)) = seen else {
            return Ok((outcome, None));
        };
        let exposure = self.store.read(|c| -> Result<_> {
            match Scene::load(c, self.desk, self.directory)? {
                Some(before) if history::last_id(c)? == last => {
                    self.compare(c, &before, after, watch, &mut None).map(Some)
                }
                _ => Err(StoreError::Busy),
            }
        })?;
        Ok((outcome, exposure))
    }

    fn watched<E: From<StoreError>>(&self, tx: &Tx<'_>, write: impl FnOnce(&Tx<'_>) -> Result<(), E>) -> Result<(), E> {
        self.cancel.during(tx, || write(tx))
    }

    fn go_on(&self) -> Result<()> {
        if self.cancel.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        Ok(())
    }

    /// Reads what is needed of the state after the write, while it is there.
    fn after(
        &self,
        c: &Connection,
        tx: &Connection,
        touched: &Touched,
        before: &Scene,
        watch: &mut dyn FnMut(Step),
    ) -> Result<After> {
        let mut touched = touched.clone();
        let mut scene = None;
        let counted = before.counts_people && !touched.people.is_empty();
        if touched.everybody || touched.rows || counted {
            scene = Scene::load_apart(tx, self.desk)?;
            let same = scene.as_ref().is_some_and(|s| s.looks_like(before, c));
            if same && !touched.rows {
                scene = None;
                touched.everybody = false;
            }
            // The last licence was taken, or one came free.
            touched.everybody |= counted && !same;
        }
        let sets = before.sets_with(scene.as_ref().unwrap_or(before));
        if touched.facts_of_everybody {
            let mut all = external_user::ids(tx)?;
            all.extend(external_user::ids(c)?);
            all.sort_unstable();
            all.dedup();
            touched.people = all;
        }
        touched.people.retain(|user| Some(*user) != self.but);
        let mut after = After {
            scene,
            sets,
            points: Viewpoints::default(),
            people: HashMap::with_capacity(touched.people.len()),
            reading: Reading::default(),
            written: Written {
                tables: touched.tables.clone(),
            },
            fresh: Fresh::default(),
            expected: Vec::new(),
            touched,
        };
        after.expected = self.expected(
            tx,
            after.scene.as_ref().unwrap_or(before),
            &after.touched,
            &expectation::all(c)?,
        )?;
        let mut reading = Reading::default();
        for (n, user) in (0_u64..).zip(after.touched.people.iter().copied()) {
            self.go_on()?;
            watch(Step {
                phase: "trying",
                people: n,
            });
            let Some(point) = after.points.load(tx, &after.sets, user, &mut reading)? else {
                continue;
            };
            after.people.insert(user, point);
            if !external_user::is_present(c, user)? {
                after.fresh.take(tx, user)?;
            }
        }
        after.reading = reading.across(&after.written);
        Ok(after)
    }

    /// How expectations stand in a state, as far as they concern those whom a write touches.
    fn expected(&self, c: &Connection, scene: &Scene, touched: &Touched, all: &[Expectation]) -> Result<Vec<Checked>> {
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let look = Look {
            c,
            scene,
            cells: &*self.cells.get(c)?,
            cancel: self.cancel,
        };
        let only = (!touched.everybody).then_some(touched.people.as_slice());
        look.check(all, only, &mut |_| {})
    }

    fn compare(
        &self,
        c: &Connection,
        before: &Scene,
        mut after: After,
        watch: &mut dyn FnMut(Step),
        each: &mut Option<Each<'_>>,
    ) -> Result<Outcome> {
        let cells = self.cells.get(c)?;
        let mut reading = std::mem::take(&mut after.reading);
        let mut points = std::mem::take(&mut after.points);
        let (touched, fresh) = (&after.touched, std::mem::take(&mut after.fresh));
        let mut found = Found::new(c, &fresh);
        if each.is_some() {
            found.keep_all();
        }
        let scene = after.scene.as_ref().unwrap_or(before);
        let mut comparison = Comparison::new(c, &cells, before, scene);
        let everybody = if touched.everybody {
            external_user::ids(c)?
        } else {
            Vec::new()
        };
        let others = everybody
            .into_iter()
            .filter(|id| Some(*id) != self.but && touched.people.binary_search(id).is_err());
        let mut people = Vec::with_capacity(touched.people.len());
        for user in touched.people.iter().copied().chain(others) {
            self.go_on()?;
            watch(Step {
                phase: "comparing",
                people: people.len() as u64 / 2,
            });
            let is_touched = touched.people.binary_search(&user).is_ok();
            let now = after.people.remove(&user);
            let other = now.as_ref().map(|now| (now, &after.written));
            let then = points.load_like(c, &after.sets, user, &mut reading, other)?;
            let now = if is_touched { now } else { then.clone() };
            people.push((user, then, now));
        }
        // Those who share their viewpoints one after the other: of few it is kept what these come to.
        let number = |point: &Option<Viewpoint>| point.as_ref().map(|point| point.number);
        people.sort_by_key(|(_, then, now)| (number(then), number(now)));
        let half = people.len() as u64 / 2;
        for (user, then, now) in people {
            self.go_on()?;
            watch(Step {
                phase: "comparing",
                people: half + found.outcome.people.div_ceil(2),
            });
            let difference = comparison.of(&points, then.as_ref(), now.as_ref())?;
            found.take(user, then, now, difference)?;
        }
        for shown in found.shown() {
            self.go_on()?;
            let (then, now) = (shown.then.as_ref(), shown.now.as_ref());
            let numbers = [
                comparison.gained_numbers(&points, then, now, NUMBERS)?,
                comparison.lost_numbers(&points, then, now, NUMBERS)?,
            ];
            found.show(shown, numbers)?;
        }
        if let Some(each) = each {
            found.tell_all(self.backwards, &mut |named, difference| {
                self.go_on()?;
                each(named, difference)
            })?;
        }
        let mut outcome = found.finish()?;
        outcome.by = before.directory().sorted_by.name();
        (outcome.gained_tickets, outcome.lost_tickets) = comparison.finish()?;
        let then = self.expected(c, before, &after.touched, &expectation::all(c)?)?;
        if self.backwards {
            outcome.broken = newly_broken(after.expected, then);
            return Ok(outcome.turned());
        }
        outcome.broken = newly_broken(then, after.expected);
        Ok(outcome)
    }
}
