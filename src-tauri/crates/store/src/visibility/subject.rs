//! A ticket of the snapshot, as access models ask about it.

use portico_core::access::decide::Subject;
use portico_core::access::fact::{Dimension, Key, Place};

use super::directory::{Here, QueueEntry};
use crate::snapshot::Ticket;

/// A ticket of the snapshot as a subject.
pub(super) struct TicketSubject<'a> {
    ticket: &'a Ticket,
    queue: QueueEntry,
    /// The account of its contact, as it is now.
    owners_home: String,
}

impl Subject for TicketSubject<'_> {
    fn key(&self, key: Key) -> &str {
        match key.place() {
            Place::Owner => &self.ticket.owner,
            Place::Home => &self.ticket.account,
            Place::OwnersHome => &self.owners_home,
            Place::Queue => &self.queue.group,
            Place::None => "",
        }
    }

    fn is(&self, dimension: &Dimension) -> bool {
        match dimension {
            Dimension::GroupValid => self.queue.group_valid,
            Dimension::FollowUp(kind) => self.queue.follow_up == *kind,
            Dimension::StateKind(kinds) => kinds.contains(&self.ticket.state_kind.as_str()),
            Dimension::Has(key) => !self.key(*key).is_empty(),
            Dimension::Archived => self.ticket.archived,
            Dimension::ExternalComments => self.queue.external_comments,
            Dimension::Valid | Dimension::VisibleForCustomer | Dimension::Channel(_) => false,
        }
    }
}

impl Here<'_> {
    /// A ticket as a subject.
    pub(super) fn subject<'t>(&self, ticket: &'t Ticket) -> TicketSubject<'t> {
        TicketSubject {
            ticket,
            queue: self.directory.queue(ticket),
            owners_home: self.directory.moved.account_of(ticket).to_owned(),
        }
    }
}
