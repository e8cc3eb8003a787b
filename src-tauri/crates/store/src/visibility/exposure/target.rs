//! What an expectation is about, found among the tickets.

use std::sync::Arc;

use portico_core::expectation::What;
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::snapshot::{Compare, Dict, Ticket, id_of, ids_of, ticket_by_number};
use crate::table::{account, address, portal_object, queue};
use crate::visibility::cells::Cells;

/// The tickets that are meant.
#[derive(Clone)]
pub(super) enum Target {
    /// It is not there.
    Gone,
    /// This one.
    Ticket(Arc<Ticket>),
    /// Those of these cells.
    Cells(Arc<Cells>),
    /// None: a field of all of them.
    Field,
}

impl Target {
    pub(super) fn of(c: &Connection, cells: &Cells, what: &What) -> Result<Self> {
        let home = |ids: Vec<i64>| Self::Cells(Arc::new(cells.only(|_, account| ids.contains(&account))));
        let keyed = |key: &str| -> Result<Self> { Ok(home(id_of(c, Dict::Account, key)?.into_iter().collect())) };
        Ok(match what {
            What::Field(_) => Self::Field,
            What::Ticket(number) => match ticket_by_number(c, number)? {
                Some(ticket) => Self::Ticket(Arc::new(ticket)),
                None => Self::Gone,
            },
            What::Queue(id) => match queue::find(c, *id)? {
                Some(row) => {
                    let key = row.desk_key.unwrap_or_default();
                    let number = id_of(c, Dict::Queue, &key)?.and_then(|id| usize::try_from(id).ok());
                    let number = number.filter(|_| !key.is_empty());
                    Self::Cells(Arc::new(cells.only(|queue, _| Some(queue) == number)))
                }
                None => Self::Gone,
            },
            What::Account(id) => match account::find(c, *id)? {
                Some(row) => home(ids_of(c, Dict::Account, Compare::Simple, &row.key)?),
                None => Self::Gone,
            },
            What::Address(id) => match address::find(c, *id)? {
                Some(row) => keyed(&row.desk_key.unwrap_or_default())?,
                None => Self::Gone,
            },
            What::Object(id) => match portal_object::find(c, *id)? {
                Some(row) => keyed(&row.desk_key.unwrap_or_default())?,
                None => Self::Gone,
            },
        })
    }
}

impl Cells {
    /// The number of the newest ticket.
    pub(super) fn newest_number(&self, c: &Connection) -> Result<Option<String>> {
        let Some(first) = self.by_newest.first() else {
            return Ok(None);
        };
        let sql = "SELECT number FROM tickets.ticket WHERE cell = ?1 ORDER BY age, id LIMIT 1";
        let number = c
            .prepare_cached(sql)?
            .query_row([self.ids[*first as usize]], |r| r.get(0));
        Ok(number.optional()?)
    }
}
