//! Facts as conditions on a person `u` of `external_user`.

use portico_core::access::fact::{Fact, Flag};

use super::sets::Sets;
use crate::error::Result;

/// What a flag is in the person's record.
fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Valid => "u.validity = 1",
        Flag::NotRegistered => "u.validity = 4",
        Flag::External => "u.external <> 0",
        Flag::AccountContacts => "u.account_contacts <> 0",
        Flag::AccountTickets => "u.account_tickets <> 0",
        Flag::ExternalComments => "u.external_comments <> 0",
        Flag::RightAddresses => "u.right_addresses <> 0",
        Flag::RightMachines => "u.right_machines <> 0",
        Flag::RightContactPerson => "u.right_contact_person <> 0",
        Flag::RestrictStates => "u.restrict_states <> 0",
        // Whoever has a record is none.
        Flag::Visitor => "0",
    }
}

impl Sets<'_> {
    /// The condition that a fact holds about a ticket whose key, where the fact asks about one, is `value`.
    pub(super) fn fact(&mut self, fact: Fact, value: &str) -> Result<String> {
        Ok(match fact {
            Fact::Flag(wanted) => flag(wanted).to_owned(),
            Fact::In(_, set, fold) => self.contains(set, fold, value)?.condition,
            Fact::Only(_, set, fold) => self.only(set, fold, value)?,
            Fact::Some(set) => self.some(set)?,
            Fact::One(set) => self.one(set)?,
            // Reduced by the ticket, none of the first is left; of the other it is told by its parts.
            Fact::Dimension(_) | Fact::AccountRow(_) => "0".to_owned(),
        })
    }
}
