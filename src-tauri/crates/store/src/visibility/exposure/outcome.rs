//! What a trial has to say.

use portico_core::id::ExternalUserId;

use super::expect::Checked;
use super::{OfAccount, PersonDifference, Sum};

/// How far a trial is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// `trying` while the write is tried out, then `comparing`.
    pub phase: &'static str,
    /// People so far.
    pub people: u64,
}

/// One of those for whom it means most.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the person and of the difference")]
pub struct Example {
    pub id: ExternalUserId,
    pub login: String,
    /// Given name and family name; the login where both are empty.
    pub name: String,
    /// Name of the account she belongs to (of the first of several), its key where it has no name; empty for none.
    pub account: String,
    pub difference: PersonDifference,
    /// Numbers of tickets, newest first, at most five.
    pub gained: Vec<String>,
    /// Numbers of tickets, newest first, at most five.
    pub lost: Vec<String>,
}

/// Somebody with what people call her.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of an example")]
pub struct Named {
    pub id: ExternalUserId,
    pub login: String,
    pub name: String,
    pub account: String,
}

/// What a write would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What the tickets are summed by: `queue`, `category`, `department`, `address` or `app`.
    pub by: &'static str,
    /// People who were looked at.
    pub people: u64,
    /// People for whom something differs.
    pub affected: u64,
    /// People who gain tickets.
    pub gaining: u64,
    /// People who lose tickets.
    pub losing: u64,
    /// Tickets gained, summed over people.
    pub gained: u64,
    /// Tickets lost, summed over people.
    pub lost: u64,
    /// People who may log in, and could not.
    pub logins_gained: u64,
    /// People who could log in, and may not any more.
    pub logins_lost: u64,
    /// People for whom there may be more, which cannot be told.
    pub unknown: u64,
    /// Tickets that somebody gains, each once.
    pub gained_tickets: Sum,
    /// Tickets that somebody loses, each once.
    pub lost_tickets: Sum,
    /// The accounts for whose people it means most, at most fifty. Who belongs to several is with each; accounts are
    /// those of the state before the write, for those who come with it of the state after.
    pub accounts: Vec<OfAccount>,
    /// How many such accounts there are, people without one as one of them.
    pub accounts_total: u64,
    /// People for whom there may be more, which cannot be told: the first twenty by login.
    pub doubtful: Vec<Named>,
    /// The people for whom it means most, at most fifty.
    pub examples: Vec<Example>,
    /// Expectations that it breaks, with the people for whom it does.
    pub broken: Vec<Checked>,
}

impl Outcome {
    /// The same, looked at from the other side; expectations stay.
    pub(super) fn turned(mut self) -> Self {
        std::mem::swap(&mut self.gaining, &mut self.losing);
        std::mem::swap(&mut self.gained, &mut self.lost);
        std::mem::swap(&mut self.logins_gained, &mut self.logins_lost);
        std::mem::swap(&mut self.gained_tickets, &mut self.lost_tickets);
        self.accounts.iter_mut().for_each(OfAccount::turn);
        for example in &mut self.examples {
            std::mem::swap(&mut example.gained, &mut example.lost);
            example.difference = example.difference.turned();
        }
        self
    }
}
