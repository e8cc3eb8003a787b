//! The questions, asked as a use case asks them: cells and directory kept, with them the people who were asked about
//! last. The first time of each is told apart.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::registry;
use portico_core::id::ExternalUserId;
use portico_store::finding::{self, Scene};
use portico_store::import::CancelFlag;
use portico_store::visibility::exposure::Trial;
use portico_store::visibility::who::{Seers, Watched};
use portico_store::visibility::{CellCache, DirectoryCache, Eyes, Question, Tab};
use portico_store::{Connection, Result, Store, StoreError, snapshot};
use serde_json::{Value, json};

use crate::tables;
use crate::timing::{Figures, ms, peak, worked};
use crate::world::{Desk, ROLES, Size};

/// Whose tickets the reverse question is about: of any account, of the big one, of the place of everybody.
pub(crate) const SORTS: [&str; 3] = ["any", "big", "common"];

/// How many people a bulk edit is about.
const EDITED: i64 = 10_000;

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) model: AccessModel,
    pub(crate) cells: CellCache,
    pub(crate) directory: DirectoryCache,
}

impl World {
    fn look<T>(&self, login: &str, ask: impl FnOnce(&Connection, &Eyes<'_>) -> Result<T>) -> T {
        let looked = self.store.read(|c| {
            let (cells, directory) = (self.cells.get(c)?, self.directory.get(c, &self.model)?);
            let user = ExternalUserId::from_desk(self.model.desk, login);
            let kept = directory.person(c, &self.model, user, false)?;
            let eyes = Eyes::of(c, &self.model, &directory, &kept, Arc::as_ref(&cells))?;
            ask(c, &eyes)
        });
        looked.unwrap()
    }

    fn why(&self, login: &str, id: i64) -> usize {
        self.look(login, |c, eyes| {
            let ticket = snapshot::ticket(c, id)?.unwrap();
            let open = Question::Openable;
            let questions = [
                Question::Listed,
                open(Permission::Ro),
                open(Permission::Rw),
                Question::Reply,
            ];
            let mut facts = 0;
            for question in questions {
                facts += eyes.explain(&eyes.tree(&question)?, &ticket)?.decided().facts.len();
            }
            Ok(facts)
        })
    }

    fn watch<T>(&self, id: i64, ask: impl FnOnce(&Watched<'_>) -> Result<T>) -> T {
        let watched = self.store.read(|c| {
            let directory = self.directory.get(c, &self.model)?;
            let ticket = snapshot::ticket(c, id)?.unwrap();
            ask(&Watched::new(c, &self.model, &directory, &ticket, None))
        });
        watched.unwrap()
    }

    /// How many see the ticket, and the first fifty by login.
    fn who(&self, id: i64) -> Value {
        self.watch(id, |watched| {
            let first = watched.ids(Seers::All, None, 50)?;
            let logins: Vec<String> = first.into_iter().map(|at| at.login).collect();
            Ok(json!([watched.count(Seers::All)?, logins]))
        })
    }

    fn exposure(&self, statement: &str, people: i64) -> (u64, u64) {
        let trial = Trial {
            store: &self.store,
            desk: self.model.desk,
            directory: &self.directory,
            cells: &self.cells,
            cancel: &CancelFlag::new(),
            but: None,
            backwards: false,
        };
        let write = |tx: &portico_store::Tx<'_>| tx.execute(statement, [people]).map(drop).map_err(StoreError::from);
        let outcome = trial.run(write, &mut |_| {}).unwrap().unwrap();
        (outcome.gaining, outcome.gained)
    }

    /// All findings; how many kinds were told of on the way, and how many there are.
    fn findings(&self, cancel: &CancelFlag) -> Result<(u64, u64)> {
        self.store.read(|c| {
            let scene = Scene::load(c, self.model.desk, "2026-11-27")?;
            let mut told = 0;
            let counts = cancel.during(c, || {
                finding::counts(c, &scene, &mut |_| {
                    told += 1;
                    if cancel.is_cancelled() {
                        Err(StoreError::Cancelled)
                    } else {
                        Ok(())
                    }
                })
            })?;
            Ok((told, counts.iter().map(|count| count.shown).sum()))
        })
    }
}

/// What a person sees, of whose tickets and why.
fn people(world: &World, figures: &mut Figures) {
    for role in ROLES {
        figures.ask(&format!("count {role}"), || {
            world.look(role, |_, eyes| Ok(eyes.count(&Question::Listed)?.all))
        });
        figures.ask(&format!("page {role}"), || {
            let rows = world.look(role, |_, eyes| eyes.rows(&Question::Listed, Tab::All, None, 50));
            rows.into_iter().map(|row| row.ticket.id).collect::<Vec<i64>>()
        });
        // The bare question, to be held against SQL, which tells no reasons.
        figures.ask(&format!("pick {role}"), || {
            let page = world.look(role, |_, eyes| eyes.page(&Question::Listed, Tab::All, None, 50));
            page.into_iter().map(|at| at.id).collect::<Vec<i64>>()
        });
        let page: Vec<i64> = serde_json::from_value(figures.answers[&format!("page {role}")].clone()).unwrap();
        let mut one = page.iter().copied().chain([1]).cycle();
        figures.ask(&format!("why {role}"), || world.why(role, one.next().unwrap()));
    }
}

fn tickets(world: &World, size: &Size, figures: &mut Figures) {
    for sort in SORTS {
        let tickets = size.some_tickets(sort);
        let mut next = tickets.iter().cycle();
        figures.ask(&format!("seers {sort}"), || world.who(*next.next().unwrap()));
        let mut next = tickets.iter().cycle();
        // As the window asks: all its counts, and everything that is told of each of fifty.
        figures.ask(&format!("who {sort}"), || {
            world.watch(*next.next().unwrap(), |watched| {
                Ok(watched.counts()?.all + watched.page(Seers::All, None, 50)?.len() as u64)
            })
        });
        let all: Vec<Value> = tickets.iter().map(|id| world.who(*id)).collect();
        figures.answers.insert(format!("who {sort}"), all.into());
    }
}

/// How long it takes until findings stop, once somebody wants them to.
fn stopping(world: &World) -> Duration {
    let cancel = CancelFlag::new();
    let flag = cancel.clone();
    let asked = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        flag.cancel();
        Instant::now()
    });
    let found = world.findings(&cancel);
    let ended = Instant::now();
    let asked = asked.join().unwrap();
    // Few findings may be there before anybody can stop them.
    assert!(matches!(found, Ok(_) | Err(StoreError::Cancelled)), "{found:?}");
    ended.saturating_duration_since(asked)
}

fn open(desk: &dyn Desk, path: &Path) -> World {
    World {
        store: Store::open(path).unwrap(),
        model: registry::model(desk.name()).unwrap(),
        cells: CellCache::default(),
        directory: DirectoryCache::default(),
    }
}

/// Only what many people at once come to.
pub(crate) fn many(desk: &dyn Desk, size: &Size, path: &Path) -> Figures {
    let mut figures = Figures::default();
    everybody(&open(desk, path), desk, size, &mut figures);
    figures.numbers.insert("memory".to_owned(), peak());
    figures
}

/// Only who sees tickets.
pub(crate) fn who(desk: &dyn Desk, size: &Size, path: &Path) -> Figures {
    let mut figures = Figures::default();
    tickets(&open(desk, path), size, &mut figures);
    figures.answers.clear();
    figures
}

pub(crate) fn ask(desk: &dyn Desk, size: &Size, path: &Path) -> Figures {
    let world = open(desk, path);
    let mut figures = Figures::default();
    let start = Instant::now();
    let cells = world.store.read(|c| world.cells.get(c)).unwrap();
    figures.numbers.insert("cells read".to_owned(), ms(start.elapsed()));
    figures
        .numbers
        .insert("cells".to_owned(), f64::from(u32::try_from(cells.len()).unwrap()));
    people(&world, &mut figures);
    tickets(&world, size, &mut figures);
    tables::ask(&world, &mut figures);
    figures.numbers.insert("memory, asking".to_owned(), peak());
    everybody(&world, desk, size, &mut figures);
    figures.numbers.insert("memory".to_owned(), peak());
    figures
}

/// What many people at once come to.
fn everybody(world: &World, desk: &dyn Desk, size: &Size, figures: &mut Figures) {
    let edited = EDITED.min(size.users / 10);
    let (mut slowest, before) = (Duration::ZERO, worked());
    for _ in 0..3 {
        let start = Instant::now();
        let (gaining, gained) = world.exposure(desk.edit(), edited);
        slowest = slowest.max(start.elapsed());
        assert!(
            gaining > 0 && gained > 0,
            "an edit that nobody gains by measures nothing"
        );
        figures.answers.insert("exposure".to_owned(), json!([gaining, gained]));
    }
    figures.numbers.insert("exposure".to_owned(), ms(slowest));
    let mean = worked().saturating_sub(before) / 3;
    figures.numbers.insert("exposure, work".to_owned(), ms(mean));
    let start = Instant::now();
    let (told, found) = world.findings(&CancelFlag::new()).unwrap();
    figures.numbers.insert("findings".to_owned(), ms(start.elapsed()));
    figures.answers.insert("findings".to_owned(), json!([told, found]));
    figures
        .numbers
        .insert("findings, stopped after".to_owned(), ms(stopping(world)));
}
