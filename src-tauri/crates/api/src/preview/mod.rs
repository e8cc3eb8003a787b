//! The portal as a person sees it, and why. Nothing here can write: a draft is looked at in a transaction
//! that is always rolled back.

mod assumed;
mod colleague;
mod full;
mod home;
pub(crate) mod look;
mod new_ticket;
mod objects;
mod portal;
mod tell;
mod ticket;
mod untold;
mod visitor;

use portico_store::visibility::{Cursor, Question, Tab};

use crate::error::{ApiError, id};
use crate::session::{Action, Session};
use crate::types::colleague::ColleagueView;
use crate::types::preview::{PageQuery, Preview, TicketPage, TicketView, Viewer};
use crate::types::why::Why;

pub use full::{FullList, FullNewTicket, FullPreview, FullSearch, FullTicket, full, full_of_everybody};

pub use visitor::visitor;

pub(crate) use look::model;
use look::{Reach, look_at};
pub(crate) use tell::reason;

/// Tickets on a page.
const PAGE: usize = 50;

/// The question that the window calls `Hidden`.
const HIDDEN: &str = "Hidden";

/// The question that the window calls `Untold`.
const UNTOLD: &str = "Untold";

/// The portal's front: lists with counts, what is hidden, what a new ticket could be.
pub fn preview(session: &Session, viewer: &Viewer) -> Result<Preview, ApiError> {
    session.may(Action::Preview)?;
    look_at(session, viewer, Reach::Colleagues, portal::preview)
}

/// A page of one of the lists, each ticket with its reason.
pub fn preview_page(session: &Session, viewer: &Viewer, query: &PageQuery) -> Result<TicketPage, ApiError> {
    session.may(Action::Preview)?;
    let tab = Tab::from_name(&query.tab)
        .ok_or_else(|| ApiError::refused(format!("tab: {:?} is none of all, open, closed", query.tab)))?;
    let question = question(&query.list, query.object.as_deref());
    let after = query.after.as_ref().map(|at| Cursor { age: at.age, id: at.id });
    look_at(session, viewer, Reach::Rights, |at| {
        portal::page(at, (&question, query.changed), tab, after)
    })
}

/// A ticket's page in the portal.
pub fn preview_ticket(session: &Session, viewer: &Viewer, number: &str) -> Result<TicketView, ApiError> {
    session.may(Action::Preview)?;
    look_at(session, viewer, Reach::Rights, |at| ticket::view(at, number))
}

/// Another external user whom the person sees, with her settings to read and the reason why she is shown; refused for
/// somebody whom the person does not see.
pub fn preview_colleague(session: &Session, viewer: &Viewer, other: &str) -> Result<ColleagueView, ApiError> {
    session.may(Action::Preview)?;
    let other = id("external user", other)?;
    look_at(session, viewer, Reach::Colleagues, |at| colleague::colleague(at, other))
}

/// Why the person sees a ticket, or not: one tree a question.
pub fn why(session: &Session, viewer: &Viewer, number: &str) -> Result<Why, ApiError> {
    session.may(Action::Preview)?;
    look_at(session, viewer, Reach::Rights, |at| tell::why(at, number))
}

fn question(list: &str, object: Option<&str>) -> Question {
    match object {
        _ if list == HIDDEN => Question::Hidden,
        _ if list == UNTOLD => Question::Untold,
        Some(object) => Question::ListIn {
            list: list.to_owned(),
            object: object.to_owned(),
        },
        None => Question::List(list.to_owned()),
    }
}
