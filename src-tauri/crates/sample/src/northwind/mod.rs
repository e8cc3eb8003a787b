//! "Northwind Support": an invented help desk, its people and its year, with a story to find.
//!
//! The story: from January to March an e-invoicing pilot gave a project account (`PRJ-EINVOICE`) the right to
//! read the invoices of all companies. When it was over, the account was set to invalid, which changes nothing
//! for those who still have it as a further account: Agnieszka Nowak of a freight partner sees every
//! company's invoices to this day.

mod accounts;
mod links;
mod people;
mod story;
mod tickets;

use std::convert::Infallible;

use portico_core::model::{Activity, Queue};
use portico_core::snapshot::{Batch, Sink, Source, Stopped};

use crate::otobo;
use crate::table::rows;

/// The seed of the sample; another one would be another desk, and other pictures.
const SEED: u64 = 0x004e_6f72_7468_7769;

/// Kinds of dice, so that one more person does not change every ticket.
mod kind {
    pub(super) const PEOPLE: u64 = 1;
    pub(super) const LINKS: u64 = 2;
    pub(super) const TICKETS: u64 = 3;
    pub(super) const TALK: u64 = 4;
}

/// A queue with what the sample needs beside it.
#[derive(Debug)]
struct Place {
    queue: Queue,
    /// The name of its group.
    group: &'static str,
    /// How many tickets it gets, against the others.
    weight: u64,
}

/// The queues, in the order of their keys.
fn places() -> Vec<Place> {
    rows(include_str!("../../data/queues.txt"))
        .map(|row| Place {
            queue: Queue {
                key: row.owned(0),
                name: row.owned(1),
                group: accounts::group_key(row.text(2)),
                follow_up: row.owned(3),
                validity: accounts::validity(row.text(4)),
                ..Queue::default()
            },
            group: row.text(2),
            weight: row.number(5),
        })
        .collect()
}

/// The built-in sample as a source of records.
#[derive(Debug, Default)]
pub struct Northwind(());

impl Northwind {
    pub(crate) fn new() -> Self {
        Self(())
    }
}

impl Source for Northwind {
    type Error = Infallible;

    /// Hands the whole desk over; ends early, without an error, where the sink stops.
    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Infallible> {
        // The one who stopped the stream knows why.
        let _stopped = hand_over(sink);
        Ok(())
    }
}

fn hand_over(sink: &mut Sink<'_>) -> Result<(), Stopped> {
    let places = places();
    let people = people::all();
    sink(Batch::Settings(otobo::settings()))?;
    sink(Batch::Groups(accounts::groups()))?;
    sink(Batch::Queues(places.iter().map(|p| p.queue.clone()).collect()))?;
    sink(Batch::TicketTypes(otobo::types()))?;
    sink(Batch::TicketStates(otobo::states()))?;
    sink(Batch::TicketPriorities(otobo::priorities()))?;
    sink(Batch::Services(otobo::services()))?;
    sink(Batch::Accounts(accounts::all()))?;
    sink(Batch::ExternalUsers(people.clone()))?;
    sink(Batch::UserAccounts(links::user_accounts()))?;
    sink(Batch::UserGroups(links::user_groups(&people)))?;
    sink(Batch::AccountGroups(links::account_groups()))?;
    sink(Batch::UserServices(links::user_services(&people)))?;
    for chunk in tickets::all(&people, &places).chunks(1000) {
        sink(Batch::Tickets(chunk.iter().map(|t| t.ticket.clone()).collect()))?;
        let said: Vec<Activity> = chunk.iter().flat_map(tickets::Drawn::activities).collect();
        sink(Batch::Activities(said))?;
    }
    Ok(())
}
