//! Tickets of the snapshot: finding them, and who can see them. Nothing here can write but a list into a file.

mod export;
mod who;

use std::collections::HashMap;

use portico_core::access::registry;
use portico_core::access::sorted::SortedBy;
use portico_store::snapshot::{self, Ticket};
use portico_store::table::ticket_state;
use portico_store::visibility::{Cursor, PlaceNames};
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

/// Names of places and states, looked up once each.
#[derive(Default)]
pub(crate) struct Names {
    by: SortedBy,
    places: PlaceNames,
    states: HashMap<String, String>,
}

impl Names {
    /// As the desk sorts its tickets.
    pub(crate) fn of(desk: &str) -> Self {
        let model = registry::model(desk);
        Self {
            by: model.map(|model| model.sorted_by).unwrap_or_default(),
            ..Self::default()
        }
    }

    fn state(&mut self, c: &Connection, key: &str) -> Result<String, ApiError> {
        if let Some(name) = self.states.get(key) {
            return Ok(name.clone());
        }
        let found = ticket_state::by_desk_key(c, key)?;
        let name = found.map_or_else(|| key.to_owned(), |row| row.name);
        self.states.insert(key.to_owned(), name.clone());
        Ok(name)
    }
}

pub(crate) fn found(c: &Connection, names: &mut Names, ticket: Ticket) -> Result<FoundTicket, ApiError> {
    Ok(FoundTicket {
        place: names.places.of(c, names.by, &ticket)?,
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
        let mut names = Names::of(session.desk());
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
            ticket: found(c, &mut Names::of(session.desk()), ticket)?,
        })
    })
}
