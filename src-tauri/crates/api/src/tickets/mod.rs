//! Tickets of the snapshot: finding them, and who can see them. Nothing here can write but a list into a file.

mod export;
mod who;

use std::collections::HashMap;

use portico_store::snapshot::{self, Ticket};
use portico_store::table::{queue, ticket_state};
use portico_store::visibility::Cursor;
use portico_store::{Connection, StoreError};

use crate::error::ApiError;
use crate::numbers::{small, time};
use crate::session::{Action, Session};
use crate::types::preview;
use crate::types::tickets::{ActivityHead, FoundTicket, FoundTickets, TicketHead};

pub use export::{export_who, who_columns};
pub use who::{who_count, who_page};

/// Tickets on a page.
const PAGE: usize = 50;
/// How many tickets one answer looks at: some hundredths of a second.
const STEP: usize = 50_000;

/// Names of queues and states, looked up once each.
#[derive(Default)]
pub(crate) struct Names(HashMap<(bool, String), String>);

impl Names {
    fn queue(&mut self, c: &Connection, key: &str) -> Result<String, ApiError> {
        self.named((true, key), || Ok(queue::by_desk_key(c, key)?.map(|row| row.name)))
    }

    fn state(&mut self, c: &Connection, key: &str) -> Result<String, ApiError> {
        self.named((false, key), || {
            Ok(ticket_state::by_desk_key(c, key)?.map(|row| row.name))
        })
    }

    fn named(
        &mut self,
        (is_queue, key): (bool, &str),
        look: impl FnOnce() -> Result<Option<String>, StoreError>,
    ) -> Result<String, ApiError> {
        let at = (is_queue, key.to_owned());
        if let Some(name) = self.0.get(&at) {
            return Ok(name.clone());
        }
        let name = look()?.unwrap_or_else(|| key.to_owned());
        self.0.insert(at, name.clone());
        Ok(name)
    }
}

pub(crate) fn found(c: &Connection, names: &mut Names, ticket: Ticket) -> Result<FoundTicket, ApiError> {
    Ok(FoundTicket {
        queue: names.queue(c, &ticket.queue)?,
        state: names.state(c, &ticket.state)?,
        created: time(ticket.created),
        number: ticket.number,
        title: ticket.title,
        owner: ticket.owner,
        account: ticket.account,
    })
}

/// Tickets whose number begins with the text, or whose title contains it (case ignored), newest first, after a cursor.
/// One answer looks at so many tickets as take some hundredths of a second, and says where to look on.
pub fn find_tickets(session: &Session, text: &str, after: Option<&preview::Cursor>) -> Result<FoundTickets, ApiError> {
    session.may(Action::Read)?;
    let after = after.map(|at| Cursor { age: at.age, id: at.id });
    session.store().read(|c| {
        let text = text.trim();
        let mut names = Names::default();
        let mut rows = Vec::new();
        let exact = snapshot::ticket_by_number(c, text)?;
        if let (Some(ticket), None) = (exact.clone(), after) {
            rows.push(found(c, &mut names, ticket)?);
        }
        let stretch = snapshot::search(c, text, after.map(|at| (at.age, at.id)), STEP, PAGE)?;
        for id in stretch.ids {
            if exact.as_ref().is_some_and(|exact| exact.id == id) {
                continue;
            }
            if let Some(ticket) = snapshot::ticket(c, id)? {
                rows.push(found(c, &mut names, ticket)?);
            }
        }
        Ok(FoundTickets {
            rows,
            next: stretch.next.map(|(age, id)| preview::Cursor { age, id }),
            looked: stretch.looked,
            total: snapshot::count(c)?,
        })
    })
}

/// A ticket by its number, or an error that names it.
fn ticket(c: &Connection, number: &str) -> Result<Ticket, ApiError> {
    let found = snapshot::ticket_by_number(c, number.trim())?;
    found.ok_or_else(|| {
        StoreError::NotFound {
            what: "ticket",
            key: number.to_owned(),
        }
        .into()
    })
}

/// What a ticket's head says, and what was said on it.
pub fn ticket_head(session: &Session, number: &str) -> Result<TicketHead, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let ticket = ticket(c, number)?;
        let activities = snapshot::activities(c, ticket.id)?;
        let head = |activity: snapshot::Activity| ActivityHead {
            position: small(activity.position),
            channel: activity.channel,
            sender: activity.sender,
            visible: activity.visible,
            subject: activity.subject,
            created: time(activity.created),
        };
        Ok(TicketHead {
            activities: activities.into_iter().map(head).collect(),
            ticket: found(c, &mut Names::default(), ticket)?,
        })
    })
}
