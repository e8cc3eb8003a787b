//! What surrounds the tickets in the portal: its home, the colleagues a person sees, the machines.

use std::collections::BTreeMap;

use portico_core::access::decide::Person as _;
use portico_core::access::rule::Node;
use portico_store::table::{contact, external_user, machine};
use portico_store::visibility::Reasoned;

use super::assumed::{Rules, about};
use super::look::At;
use super::new_ticket::Thing;
use super::tell::reason;
use crate::error::ApiError;
use crate::types::colleague::Colleague;
use crate::types::preview::{HomePart, PortalContact, PortalMachine};

/// The parts of the portal's home, shown or not, each with its reason.
pub(super) fn home(at: &At<'_>) -> Result<Vec<HomePart>, ApiError> {
    let mut parts = Vec::new();
    for (name, node) in &at.model.home {
        let part = Thing {
            name,
            ..Thing::default()
        };
        let explained = at.eyes.explain_about(node, &part)?;
        parts.push(HomePart {
            name: (*name).to_owned(),
            shown: explained.answer(),
            reason: reason(&Reasoned::from(&explained)),
        });
    }
    Ok(parts)
}

/// Whom else the person sees, by login. Only those who share something with her are asked about.
pub(super) fn colleagues(at: &At<'_>) -> Result<Vec<Colleague>, ApiError> {
    let mut keys: Vec<String> = Vec::new();
    for set in at.model.colleague.sets() {
        keys.extend(at.eyes.person().values(&set).iter().cloned());
    }
    keys.sort();
    keys.dedup();
    let mut found = Vec::new();
    for key in keys {
        let thing = Thing {
            name: &key,
            ..Thing::default()
        };
        if at.eyes.answer_about(&at.model.colleague, &thing)? != Some(true) {
            continue;
        }
        if let Some(row) = external_user::by_key(at.c, &key)? {
            found.push(Colleague {
                id: row.id.to_string(),
                name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
                login: row.login,
            });
        }
    }
    found.sort_by(|a, b| a.login.cmp(&b.login));
    Ok(found)
}

/// The addresses at which the portal shows her a kind of thing. Only those that she has something to do with are asked
/// about.
fn addresses(at: &At<'_>, node: &Node, assumed: &mut Rules) -> Result<Vec<String>, ApiError> {
    let mut keys: Vec<String> = Vec::new();
    for set in node.sets() {
        keys.extend(at.eyes.person().values(&set).iter().cloned());
    }
    keys.sort();
    keys.dedup();
    let mut shown = Vec::new();
    for address in keys {
        let thing = Thing {
            address: &address,
            ..Thing::default()
        };
        if about(at, node, &thing, assumed)? == Some(true) {
            shown.push(address);
        }
    }
    Ok(shown)
}

/// The machines that the portal shows, by number.
pub(super) fn machines(at: &At<'_>, assumed: &mut Rules) -> Result<Vec<PortalMachine>, ApiError> {
    let mut found = Vec::new();
    for address in addresses(at, &at.model.machine, assumed)? {
        found.extend(
            machine::at_address(at.c, &address)?
                .into_iter()
                .map(|row| PortalMachine {
                    id: row.id.to_string(),
                    number: row.number,
                    name: row.name,
                }),
        );
    }
    found.sort_by(|a, b| a.number.cmp(&b.number));
    Ok(found)
}

/// The contact persons that the portal shows, by name. A customer may have several of the addresses.
pub(super) fn contact_persons(at: &At<'_>, assumed: &mut Rules) -> Result<Vec<PortalContact>, ApiError> {
    let mut found = BTreeMap::new();
    for address in addresses(at, &at.model.contact_person, assumed)? {
        for row in contact::at_address(at.c, &address)? {
            let (id, email) = (row.id.to_string(), row.email.clone());
            let name = contact::display_name(row);
            found.insert((name.clone(), id.clone()), PortalContact { id, name, email });
        }
    }
    Ok(found.into_values().collect())
}
