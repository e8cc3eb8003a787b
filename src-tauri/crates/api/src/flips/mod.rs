//! The smallest changes that would flip an answer: derived from the rules, tried out one by one, and only those that
//! hold are told. Nothing here can write: each is tried in a transaction that is always rolled back.

mod copy;
mod form;
mod plan;
#[cfg(test)]
mod tests;

use std::sync::atomic::Ordering;

use portico_core::access::flip::{Change, Proposal};
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::rule::Node;
use portico_core::id::ExternalUserId;
use portico_store::snapshot::Ticket;
use portico_store::table::external_user;
use portico_store::visibility::{Question, answer_apart};
use portico_store::{StoreError, Tx};

use crate::error::{ApiError, Code, id};
use crate::exposure::{self, Work};
use crate::numbers::small;
use crate::preview::look::{look, ticket};
use crate::session::{Action, Session};
use crate::types::exposure::Exposure;
use crate::types::flips::{Flip, FlipChange, FlipTouch, Flips};
use crate::types::preview::Viewer;
pub(crate) use copy::CopyCache;
use plan::{Plan, Planner};

/// What is asked.
enum Asked {
    Login,
    Comment,
    About(Question),
}

impl Asked {
    fn named(text: &str) -> Self {
        match text {
            "login" => Self::Login,
            "comment" => Self::Comment,
            "listed" => Self::About(Question::Listed),
            "openable" => Self::About(Question::Openable(Permission::Ro)),
            "reply" => Self::About(Question::Reply),
            list => Self::About(Question::List(list.to_owned())),
        }
    }

    fn node(&self, model: &AccessModel) -> Result<Node, StoreError> {
        match self {
            Self::Login => Ok(model.login.clone()),
            Self::Comment => Ok(model.comment.clone()),
            Self::About(question) => question.tree(model),
        }
    }
}

/// Of which proposals it is counted what they mean for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Of those that concern no more people than are compared in about a second.
    Near,
    /// Of all of them.
    All,
}

/// So many people are compared at once without being asked for.
const NEAR: u32 = if cfg!(test) { 4 } else { 5_000 };

/// What the rules propose, with the answer as it is.
struct Found {
    answer: Option<bool>,
    ticket: Ticket,
    proposals: Vec<Proposal>,
    planner: Planner,
}

/// The smallest changes that would flip the answer to `question` (`login`, `listed`, `openable`, `reply`, `comment`, or a
/// list's name) about a person and a ticket. Where the viewer has a draft, they come on top of it.
///
/// Whoever cancels while it is counted what they mean for others gets them with what was counted so far. A workspace
/// that is open for reading only is copied, and they are tried out in the copy.
pub fn flips(
    session: &Session,
    viewer: &Viewer,
    number: &str,
    question: &str,
    counting: Counting,
    work: &mut Work<'_>,
) -> Result<Flips, ApiError> {
    session.may(Action::Preview)?;
    copy::with(session, |session| {
        told(session, viewer, number, question, counting, work)
    })
}

/// What the changes of one proposal mean for everybody else, however many that are: those of a proposal that
/// [`flips`] told, which must hold still.
pub fn flip_touch(
    session: &Session,
    viewer: &Viewer,
    number: &str,
    question: &str,
    changes: &[FlipChange],
    work: &mut Work<'_>,
) -> Result<FlipTouch, ApiError> {
    session.may(Action::Preview)?;
    copy::with(session, |session| {
        let asked = Asked::named(question);
        let found = derived(session, viewer, number, &asked)?;
        let plans = match found.answer {
            Some(answer) => Trial::new(session, &found, &asked, answer).that_hold(work)?,
            None => Vec::new(),
        };
        let plan = plans.into_iter().find(|plan| plan.lines == changes);
        let plan = plan.ok_or_else(|| {
            ApiError::new(
                Code::Stale,
                "the workspace has changed since these changes were proposed; ask again what would change the answer",
            )
        })?;
        let trial = Trial::new(session, &found, &asked, true);
        Ok(touch(&trial.others(&plan, work)?))
    })
}

fn told(
    session: &Session,
    viewer: &Viewer,
    number: &str,
    question: &str,
    counting: Counting,
    work: &mut Work<'_>,
) -> Result<Flips, ApiError> {
    let asked = Asked::named(question);
    let found = derived(session, viewer, number, &asked)?;
    let mut told = Flips {
        question: question.to_owned(),
        answer: found.answer,
        flips: Vec::new(),
    };
    let Some(answer) = found.answer else { return Ok(told) };
    let trial = Trial::new(session, &found, &asked, answer);
    let plans = trial.that_hold(work)?;
    told.flips = trial.counted(plans, counting, work)?;
    // None comes first where it is compared.
    told.flips
        .sort_by_key(|flip| (flip.changes.len(), flip.touches.is_none(), flip.touches, flip.concerns));
    Ok(told)
}

fn derived(session: &Session, viewer: &Viewer, number: &str, asked: &Asked) -> Result<Found, ApiError> {
    if viewer.at.is_some() {
        return Err(ApiError::refused("changes are made today: an earlier state has none"));
    }
    if viewer.desk.is_some() {
        return Err(ApiError::refused(
            "changes are made by the rules of this desk: a workspace in the terms of another one is only looked at",
        ));
    }
    look(session, viewer, |at| {
        let ticket = ticket(at.c, number)?;
        let node = asked.node(at.model)?;
        let answer = at.eyes.answer(&node, &ticket)?;
        let proposals = match answer {
            Some(answer) => at.eyes.flips(&node, &ticket, !answer)?,
            None => Vec::new(),
        };
        Ok(Found {
            answer,
            proposals,
            planner: Planner::new(at.c, session.desk(), viewer, &ticket)?,
            ticket,
        })
    })
}

/// Where proposals are tried out.
struct Trial<'a> {
    session: &'a Session,
    found: &'a Found,
    asked: &'a Asked,
    wanted: bool,
}

impl<'a> Trial<'a> {
    /// For an answer that is this one now.
    fn new(session: &'a Session, found: &'a Found, asked: &'a Asked, answer: bool) -> Self {
        Self {
            session,
            found,
            asked,
            wanted: !answer,
        }
    }

    /// Plans of the proposals that hold, each without what it does not need, and none twice.
    fn that_hold(&self, work: &Work<'_>) -> Result<Vec<Plan>, ApiError> {
        let mut kept: Vec<(Proposal, Plan)> = Vec::new();
        let mut failed: Vec<Proposal> = Vec::new();
        for proposal in &self.found.proposals {
            let Some(least) = self.least(proposal, &mut failed, work)? else {
                continue;
            };
            let new = !kept
                .iter()
                .any(|(one, plan)| least.0.includes(one) || plan.lines == least.1.lines);
            if new {
                kept.retain(|(one, _)| !one.includes(&least.0));
                kept.push(least);
            }
        }
        Ok(kept.into_iter().map(|(_, plan)| plan).collect())
    }

    /// The smallest part of the proposal that holds; `None` where not even all of it does. `failed` are those that are
    /// known not to hold.
    fn least(
        &self,
        proposal: &Proposal,
        failed: &mut Vec<Proposal>,
        work: &Work<'_>,
    ) -> Result<Option<(Proposal, Plan)>, ApiError> {
        for part in parts(&proposal.changes) {
            go_on(work)?;
            if failed.contains(&part) {
                continue;
            }
            if let Some(plan) = self.holding(&part)? {
                return Ok(Some((part, plan)));
            }
            failed.push(part);
        }
        Ok(None)
    }

    /// Tries a proposal out; `None` where it cannot be done, or the answer stays.
    fn holding(&self, proposal: &Proposal) -> Result<Option<Plan>, ApiError> {
        let store = self.session.store();
        let plan = store.read(|c| self.found.planner.plan(c, proposal))?;
        let Some(plan) = plan else { return Ok(None) };
        let answer = store.what_if(|tx| {
            let user = self.found.planner.write(tx, &plan)?;
            self.answer(tx, user)
        });
        match answer {
            Ok(answer) => Ok((answer == Some(self.wanted)).then_some(plan)),
            // The desk would not take it, or somebody changed meanwhile what it is about.
            Err(error) if matches!(error.code, Code::Invalid | Code::Stale | Code::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn answer(&self, tx: &Tx<'_>, user: ExternalUserId) -> Result<Option<bool>, ApiError> {
        let ask = |model: &AccessModel| self.asked.node(model);
        Ok(answer_apart(tx, self.session.desk(), user, &self.found.ticket, ask)?)
    }

    /// The plans with what they mean for everybody else, as far as nobody stops it; those that concern few first.
    fn counted(&self, plans: Vec<Plan>, counting: Counting, work: &mut Work<'_>) -> Result<Vec<Flip>, ApiError> {
        let mut found = Vec::with_capacity(plans.len());
        for plan in plans {
            found.push((self.concerned(&plan)?, plan));
        }
        found.sort_by_key(|(concerns, _)| *concerns);
        let mut flips = Vec::with_capacity(found.len());
        for (concerns, plan) in found {
            let touches = if counting == Counting::Near && concerns > NEAR {
                None
            } else {
                match go_on(work).and_then(|()| self.others(&plan, work)) {
                    Ok(exposure) => Some(touch(&exposure)),
                    Err(error) if error.code == Code::Cancelled => None,
                    Err(error) => return Err(error),
                }
            };
            flips.push(flip(plan, concerns, touches));
        }
        Ok(flips)
    }

    /// How many people the plan concerns at all, at most.
    fn concerned(&self, plan: &Plan) -> Result<u32, ApiError> {
        let planner = &self.found.planner;
        self.session.store().what_if_touching(
            |tx| planner.write_for_others(tx, plan),
            |tx, touched| {
                if touched.everybody || touched.facts_of_everybody {
                    return Ok(small(external_user::ids(tx)?.len() as u64));
                }
                let others = touched.people.iter().filter(|user| Some(**user) != planner.user);
                Ok(small(others.count() as u64))
            },
        )
    }

    /// What the plan means for everybody else.
    fn others(&self, plan: &Plan, work: &mut Work<'_>) -> Result<Exposure, ApiError> {
        let planner = &self.found.planner;
        exposure::for_all_but(self.session, planner.user, work, |tx| {
            planner.write_for_others(tx, plan)
        })
    }
}

/// All parts that are not empty, the smallest first and the whole last. There are few changes, so there are few parts.
fn parts(changes: &[Change]) -> Vec<Proposal> {
    let mut parts: Vec<Proposal> = (1..1_u32 << changes.len())
        .map(|mask| Proposal {
            changes: (0..)
                .zip(changes)
                .filter(|(n, _)| mask & (1 << n) != 0)
                .map(|(_, change)| change.clone())
                .collect(),
        })
        .collect();
    parts.sort_by_key(|part| (part.changes.len(), part.cost()));
    parts
}

fn go_on(work: &Work<'_>) -> Result<(), ApiError> {
    if work.cancelled.load(Ordering::Relaxed) {
        return Err(ApiError::new(Code::Cancelled, "cancelled; nothing was written"));
    }
    Ok(())
}

fn touch(exposure: &Exposure) -> FlipTouch {
    FlipTouch {
        others: exposure.affected,
        concerns: exposure.people,
        unknown: exposure.unknown,
        tickets_gained: exposure.tickets_gained,
        tickets_lost: exposure.tickets_lost,
    }
}

fn flip(plan: Plan, concerns: u32, touches: Option<FlipTouch>) -> Flip {
    Flip {
        changes: plan.lines,
        concerns,
        touches,
        form: plan.form,
        cells: plan.cells,
        settings: plan.settings,
    }
}

/// The person a viewer looks as; `None` for one who is not saved yet.
fn user_of(viewer: &Viewer) -> Result<Option<ExternalUserId>, ApiError> {
    viewer
        .id
        .as_deref()
        .map(|text| id::<ExternalUserId>("external user", text))
        .transpose()
}
