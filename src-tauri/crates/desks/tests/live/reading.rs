//! Reading from a server of a test.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use portico_desks::error::DeskError;
use portico_desks::rest::address::Address;
use portico_desks::rest::{self, Connection, Fetched, Manner};
use zeroize::Zeroizing;

use crate::world::TOKEN;

/// A moment: 2026-11-27.
pub(crate) const NOW: i64 = 1_795_750_000;

/// What is asked of the server, and how.
pub(crate) struct Reading<'a> {
    pub(crate) desk: &'a str,
    /// The address.
    pub(crate) address: String,
    pub(crate) secret: &'a str,
    pub(crate) page: Option<u64>,
    pub(crate) tickets: bool,
}

impl<'a> Reading<'a> {
    pub(crate) fn of(desk: &'a str, address: &str) -> Self {
        Self {
            desk,
            address: address.to_owned(),
            secret: TOKEN,
            page: Some(3),
            tickets: true,
        }
    }

    pub(crate) fn connection(&self) -> Connection {
        Connection {
            address: Address::parse(&self.address).unwrap(),
            secret: Some(Zeroizing::new(self.secret.to_owned())),
        }
    }

    /// Reads into a folder, without waiting; tells the pauses that were wanted.
    pub(crate) fn fetch(&self, folder: &Path) -> (Result<Fetched, DeskError>, Vec<Duration>) {
        self.until(folder, usize::MAX)
    }

    /// The same, until so many pages were asked for.
    pub(crate) fn until(&self, folder: &Path, most: usize) -> (Result<Fetched, DeskError>, Vec<Duration>) {
        let pauses = std::cell::RefCell::new(Vec::new());
        let wait = |pause| {
            pauses.borrow_mut().push(pause);
            ControlFlow::Continue(())
        };
        let manner = Manner {
            page: self.page,
            chance: &|| 1.0,
            ..Manner::new(&wait, NOW)
        };
        let mut steps = 0;
        let fetched = rest::fetch(
            self.desk,
            &self.connection(),
            self.tickets,
            folder,
            &manner,
            &mut |_| {
                steps += 1;
                if steps > most {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        (fetched, pauses.into_inner())
    }
}
