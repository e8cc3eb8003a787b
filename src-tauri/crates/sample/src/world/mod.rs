//! Worlds of any size, as a stream: person, account and ticket `n` are computed from `n`.
//!
//! The tails are those of real desks. Most people see few tickets. Every 20th ticket belongs to the first account
//! (50,000 of a million), whose people may read all groups; four more accounts have one in 25 to one in 100. The
//! first person may read and open everything: her account, the last one, has `rw` on all groups for its own and
//! for others' tickets.

mod directory;
mod stream;

use std::convert::Infallible;

use portico_core::snapshot::{Sink, Source};

/// How much of everything to invent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// External users.
    pub users: u64,
    /// Tickets, at most 10^8 a world (their numbers have eight digits).
    pub tickets: u64,
    /// Accounts; at least 1 is made where there are users or tickets.
    pub accounts: u64,
    /// Groups, the first of which everybody has; at least 1 is made.
    pub groups: u64,
    /// Queues; at least 1 is made.
    pub queues: u64,
    /// Activities on each ticket.
    pub activities_per_ticket: u32,
    /// Another seed is another world.
    pub seed: u64,
    /// The desk's id (`otobo`).
    pub desk: String,
}

/// There are no invented worlds of that desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownDesk(pub String);

impl std::fmt::Display for UnknownDesk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "there are no invented worlds of the desk {:?}; there are of {:?}",
            self.0,
            crate::DESK
        )
    }
}

impl std::error::Error for UnknownDesk {}

impl World {
    /// A world with as many accounts, groups and queues as a desk of that size has.
    pub fn sized(users: u64, tickets: u64, seed: u64) -> Self {
        Self {
            users,
            tickets,
            accounts: (users / 5).max(1),
            groups: (users / 100).clamp(4, 40),
            queues: (users / 50).clamp(8, 100),
            activities_per_ticket: 2,
            seed,
            desk: crate::DESK.to_owned(),
        }
    }

    /// The world as a source of records.
    pub fn source(self) -> Result<WorldSource, UnknownDesk> {
        if self.desk != crate::DESK {
            return Err(UnknownDesk(self.desk));
        }
        Ok(WorldSource(World {
            accounts: self.accounts.max(1),
            groups: self.groups.max(1),
            queues: self.queues.max(1),
            ..self
        }))
    }
}

/// A world, ready to be read; nothing of it is kept in memory beyond a batch.
#[derive(Debug, Clone)]
pub struct WorldSource(World);

impl Source for WorldSource {
    type Error = Infallible;

    /// Hands the whole world over; ends early, without an error, where the sink stops.
    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Infallible> {
        // The one who stopped the stream knows why.
        let _stopped = stream::hand_over(&self.0, sink);
        Ok(())
    }
}
