//! Whether expectations hold: person by person, over only those cells that an expectation is about. People who share
//! their facts share the answer.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use portico_core::access::decide::{Case, Nothing, holds};
use portico_core::expectation::{Expectation, What, Who};
use portico_core::id::{ExpectationId, ExternalUserId};
use rusqlite::Connection;

use super::scene::Reading;
use super::target::Target;
use super::{Comparison, Scene, Viewpoint, Viewpoints};
use crate::error::{Result, StoreError};
use crate::import::CancelFlag;
use crate::table::{cell, external_user};
use crate::visibility::cells::Cells;
use crate::visibility::directory::Here;

/// People who are named for one expectation.
const EXAMPLES: usize = 20;

/// How an expectation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As expected, and that is certain.
    Held,
    /// Otherwise for somebody, and that is certain.
    Broken,
    /// It cannot be told.
    Unknown,
}

/// Why it cannot be told whether an expectation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// What or whom it is about is not there.
    Gone,
    /// There is no ticket of it.
    NoTickets,
    /// There is nobody of whom it could hold.
    Nobody,
    /// The desk's rules cannot tell of somebody.
    CannotTell,
}

/// Somebody for whom it is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// Who.
    pub user: ExternalUserId,
    /// How many tickets she sees and should not; 0 where she should see one.
    pub tickets: u64,
    /// Number of one ticket that shows it, the newest; `None` for a field.
    pub ticket: Option<String>,
}

/// How an expectation stands, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub id: ExpectationId,
    /// How it stands.
    pub state: State,
    /// Why it cannot be told.
    pub because: Option<Because>,
    /// People who were looked at.
    pub people: u64,
    /// All for whom it is not as expected, in the order of their ids.
    pub against: Vec<ExternalUserId>,
    /// People of whom it cannot be told.
    pub unknown: u64,
    /// The first of those for whom it is not as expected, at most twenty.
    pub examples: Vec<Against>,
}

/// A look at expectations in one state of a workspace.
pub struct Look<'a> {
    /// The connection that sees the state.
    pub c: &'a Connection,
    /// What is the same for everybody in that state.
    pub scene: &'a Scene,
    /// The cells of the snapshot.
    pub cells: &'a Cells,
    /// Stops the work.
    pub cancel: &'a CancelFlag,
}

/// An expectation under way.
struct Task<'a> {
    of: &'a Expectation,
    checked: Checked,
    target: Target,
    people: People,
}

enum People {
    All,
    These(Vec<ExternalUserId>),
}

impl People {
    fn has(&self, user: ExternalUserId) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.binary_search(&user).is_ok(),
        }
    }
}

/// What a person sees of a target.
enum Seen {
    /// So many tickets for certain, none where it is 0.
    Tickets(u64),
    /// It cannot be told whether any.
    Unknown,
}

impl Look<'_> {
    /// Checks expectations; with `only`, as far as these people (in order) are concerned. `watch` hears of each person.
    pub fn check(
        &self,
        expectations: &[Expectation],
        only: Option<&[ExternalUserId]>,
        watch: &mut dyn FnMut(u64),
    ) -> Result<Vec<Checked>> {
        let mut tasks = Vec::with_capacity(expectations.len());
        for of in expectations {
            tasks.push(self.task(of)?);
        }
        let people = match only {
            Some(ids) => ids.to_vec(),
            None => self.people(&tasks)?,
        };
        self.ask(&mut tasks, &people, watch)?;
        Ok(tasks.into_iter().map(Task::told).collect())
    }

    fn task<'e>(&self, of: &'e Expectation) -> Result<Task<'e>> {
        let people = match of.who {
            Who::Everyone => People::All,
            Who::Person(id) => {
                let there = external_user::find(self.c, id)?.is_some_and(|row| row.present);
                People::These(if there { vec![id] } else { Vec::new() })
            }
            Who::Account(id) => {
                let sql = "SELECT u.id FROM account a CROSS JOIN account b ON b.key_simple = a.key_simple
                           CROSS JOIN external_user u ON u.account_id = b.id WHERE a.id = ?1 AND u.present = 1
                           UNION SELECT u.id FROM account a CROSS JOIN account b ON b.key_simple = a.key_simple
                           CROSS JOIN user_account l ON l.account_id = b.id
                           CROSS JOIN external_user u ON u.id = l.user_id WHERE a.id = ?1 AND u.present = 1 ORDER BY 1";
                let mut statement = self.c.prepare_cached(sql)?;
                let rows = statement.query_map([id.as_bytes()], |r| cell::column(r, 0))?;
                People::These(rows.collect::<rusqlite::Result<_>>()?)
            }
        };
        let target = Target::of(self.c, self.cells, &of.what)?;
        let checked = Checked {
            id: of.id,
            state: State::Unknown,
            because: None,
            people: 0,
            against: Vec::new(),
            unknown: 0,
            examples: Vec::new(),
        };
        let mut task = Task {
            of,
            checked,
            target,
            people,
        };
        let nobody = matches!(&task.people, People::These(ids) if ids.is_empty());
        task.checked.because = match &task.target {
            Target::Gone => Some(Because::Gone),
            Target::Cells(cells) if cells.is_empty() => Some(Because::NoTickets),
            Target::Field => None,
            _ if nobody && matches!(of.who, Who::Person(_)) => Some(Because::Gone),
            _ if nobody => Some(Because::Nobody),
            _ => None,
        };
        if let What::Field(name) = &of.what {
            task.field(self.scene.fields.as_ref().map(|shown| shown.contains(name)));
        }
        Ok(task)
    }

    /// All people who are to be asked.
    fn people(&self, tasks: &[Task<'_>]) -> Result<Vec<ExternalUserId>> {
        let open = || tasks.iter().filter(|task| task.is_open());
        if open().any(|task| matches!(task.people, People::All)) {
            return external_user::ids(self.c);
        }
        let mut ids: Vec<ExternalUserId> = open()
            .flat_map(|task| match &task.people {
                People::All => &[],
                People::These(ids) => ids.as_slice(),
            })
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn ask(&self, tasks: &mut [Task<'_>], people: &[ExternalUserId], watch: &mut dyn FnMut(u64)) -> Result<()> {
        let targets: Vec<Target> = tasks.iter().map(|task| task.target.clone()).collect();
        let mut looks: Vec<Option<Comparison<'_>>> = targets
            .iter()
            .map(|target| match target {
                Target::Cells(cells) => Some(Comparison::new(self.c, cells, self.scene, self.scene)),
                _ => None,
            })
            .collect();
        let sets = self.scene.sets_with(self.scene);
        let (mut points, mut reading) = (Viewpoints::default(), Reading::default());
        let mut logins: HashMap<usize, Option<bool>> = HashMap::new();
        let here = Here::new(self.c, &self.scene.directory);
        for (n, user) in (0_u64..).zip(people.iter().copied()) {
            if self.cancel.is_cancelled() {
                return Err(StoreError::Cancelled);
            }
            watch(n);
            if !tasks.iter().any(|task| task.is_open() && task.people.has(user)) {
                continue;
            }
            let Some(point) = points.load(self.c, &sets, user, &mut reading)? else {
                continue;
            };
            let login = *logins
                .entry(point.number)
                .or_insert_with(|| self.may_log_in(&here, &points, &point));
            for ((task, look), target) in tasks.iter_mut().zip(&mut looks).zip(&targets) {
                let is_asked = task.is_open() && task.people.has(user);
                // Of several people only those who may log in are expected to see anything.
                let is_meant = login != Some(false) || !task.of.sees || matches!(task.of.who, Who::Person(_));
                if is_asked && is_meant {
                    let seen = self.seen(look.as_mut(), target, &points, &point)?;
                    if let Some(tickets) = task.enter(user, &seen) {
                        let ticket = self.example(task.of.sees, look.as_ref(), target, &points, &point)?;
                        task.checked.examples.push(Against { user, tickets, ticket });
                    }
                }
            }
        }
        here.checked(())
    }

    fn may_log_in(&self, here: &Here<'_>, points: &Viewpoints, point: &Viewpoint) -> Option<bool> {
        holds(
            &self.scene.login,
            &Case {
                person: &points.facts(point),
                subject: &Nothing,
                workspace: here,
            },
        )
    }

    fn seen(
        &self,
        look: Option<&mut Comparison<'_>>,
        target: &Target,
        points: &Viewpoints,
        point: &Viewpoint,
    ) -> Result<Seen> {
        if let Some(look) = look {
            let difference = look.of(points, None, Some(point))?;
            return Ok(match (difference.gained, difference.unknown) {
                (0, true) => Seen::Unknown,
                (tickets, _) => Seen::Tickets(tickets),
            });
        }
        let Target::Ticket(ticket) = target else {
            return Ok(Seen::Unknown);
        };
        let here = Here::new(self.c, &self.scene.directory);
        let subject = here.subject(ticket);
        let answer = holds(
            &self.scene.seen,
            &Case {
                person: &points.facts(point),
                subject: &subject,
                workspace: &here,
            },
        );
        Ok(here
            .checked(answer)?
            .map_or(Seen::Unknown, |sees| Seen::Tickets(u64::from(sees))))
    }

    /// The ticket that shows that it is not as expected.
    fn example(
        &self,
        should_see: bool,
        look: Option<&Comparison<'_>>,
        target: &Target,
        points: &Viewpoints,
        point: &Viewpoint,
    ) -> Result<Option<String>> {
        match (target, look) {
            (Target::Ticket(ticket), _) => Ok(Some(ticket.number.clone())),
            (Target::Cells(cells), Some(_)) if should_see => cells.newest_number(self.c),
            (_, Some(look)) => Ok(look.gained_numbers(points, None, Some(point), 1)?.into_iter().next()),
            _ => Ok(None),
        }
    }
}

impl Task<'_> {
    /// Whether it has still to be asked of people.
    fn is_open(&self) -> bool {
        self.checked.because.is_none() && !matches!(self.target, Target::Field)
    }

    /// A field is shown to everybody who opens a ticket, or to nobody.
    fn field(&mut self, shown: Option<bool>) {
        match shown {
            Some(shown) if shown == self.of.sees => self.checked.state = State::Held,
            Some(_) => self.checked.state = State::Broken,
            None => self.checked.because = Some(Because::CannotTell),
        }
    }

    /// Counts a person; gives how many tickets she sees where it is not as expected and she is to be an example.
    fn enter(&mut self, user: ExternalUserId, seen: &Seen) -> Option<u64> {
        let checked = &mut self.checked;
        checked.people += 1;
        match seen {
            Seen::Unknown => checked.unknown += 1,
            Seen::Tickets(tickets) if (*tickets > 0) != self.of.sees => {
                checked.against.push(user);
                if checked.examples.len() < EXAMPLES {
                    return Some(*tickets);
                }
            }
            Seen::Tickets(_) => {}
        }
        None
    }

    fn told(mut self) -> Checked {
        if self.is_open() {
            let checked = &mut self.checked;
            (checked.state, checked.because) = match (checked.against.len(), checked.unknown, checked.people) {
                (1.., ..) => (State::Broken, None),
                (_, 1.., _) => (State::Unknown, Some(Because::CannotTell)),
                (.., 0) => (State::Unknown, Some(Because::Nobody)),
                _ => (State::Held, None),
            };
        }
        self.checked
    }
}

/// Expectations that a write breaks: those that stand against people (or, of fields, against everybody) after it who
/// were not against before; of each only those people.
pub(super) fn newly_broken(before: Vec<Checked>, after: Vec<Checked>) -> Vec<Checked> {
    let pairs = before.into_iter().zip(after);
    let news = pairs.filter_map(|(then, mut now)| {
        let is_news = now.state == State::Broken && then.state != State::Broken;
        let is_field = now.against.is_empty();
        now.against.retain(|user| then.against.binary_search(user).is_err());
        now.examples.retain(|example| now.against.contains(&example.user));
        ((is_field && is_news) || !now.against.is_empty()).then_some(now)
    });
    news.collect()
}
