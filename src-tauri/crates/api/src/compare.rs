//! People side by side: what one sees and another does not.

use portico_core::id::ExternalUserId;
use portico_store::visibility::exposure::{Login, between};
use portico_store::{Connection, snapshot};

use crate::error::{ApiError, id};
use crate::session::{Action, Session};
use crate::tickets::{Names, found};
use crate::types::compare::PeopleCompared;
use crate::types::tickets::FoundTicket;

/// Tickets named for each of the two.
const NAMED: usize = 50;

/// What two people see, held against each other.
pub fn compare_people(session: &Session, first: &str, second: &str) -> Result<PeopleCompared, ApiError> {
    session.may(Action::Preview)?;
    let people: [ExternalUserId; 2] = [id("external user", first)?, id("external user", second)?];
    session.store().read(|c| {
        let found = between(c, session.desk(), session.directory(), session.cells(), people, NAMED)?;
        let Some(found) = found else {
            return Err(ApiError::refused(
                "there is no access model of this desk: nothing can be compared",
            ));
        };
        let difference = found.difference;
        Ok(PeopleCompared {
            only_first: difference.lost,
            only_second: difference.gained,
            login: match difference.login {
                Login::Same => "same",
                Login::Lost => "first",
                Login::Gained => "second",
            }
            .to_owned(),
            unknown: difference.unknown,
            first_tickets: tickets(c, session.desk(), &found.only_first)?,
            second_tickets: tickets(c, session.desk(), &found.only_second)?,
        })
    })
}

/// Tickets by their numbers, as far as they are there.
pub(crate) fn tickets(c: &Connection, desk: &str, numbers: &[String]) -> Result<Vec<FoundTicket>, ApiError> {
    let mut names = Names::of(desk);
    let mut rows = Vec::with_capacity(numbers.len());
    for number in numbers {
        if let Some(ticket) = snapshot::ticket_by_number(c, number)? {
            rows.push(found(c, &mut names, ticket)?);
        }
    }
    Ok(rows)
}
