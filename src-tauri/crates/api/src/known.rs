//! What the check of a form has to know of the records that the form refers to.

use std::collections::BTreeSet;
use std::str::FromStr;

use portico_core::form::check::{Known, KnownRecord};
use portico_core::form::field::Entity;
use portico_store::table::{
    account, address, agent, backend, contact, external_user, machine, permission_group, portal_object, queue, service,
    ticket_priority, ticket_state, ticket_type,
};
use portico_store::{Connection, StoreError};

use crate::error::ApiError;

/// Those of these records that there are.
pub(crate) fn known(c: &Connection, references: BTreeSet<(Entity, String)>) -> Result<Known, ApiError> {
    let mut known = Known::new();
    for (entity, id) in references {
        if let Some(record) = record(c, entity, &id)? {
            known.insert((entity, id), record);
        }
    }
    Ok(known)
}

/// The row with an id that came over the bridge; a text that is no id names nothing.
fn find<I: FromStr, R>(
    text: &str,
    find: impl FnOnce(I) -> Result<Option<R>, StoreError>,
) -> Result<Option<R>, StoreError> {
    text.parse().map_or(Ok(None), find)
}

fn record(c: &Connection, entity: Entity, id: &str) -> Result<Option<KnownRecord>, ApiError> {
    let named = |name: String, present: bool| KnownRecord {
        name,
        present,
        has_account: false,
    };
    Ok(match entity {
        Entity::ExternalUser => find(id, |id| external_user::find(c, id))?.map(|row| named(row.login, row.present)),
        Entity::Contact => find(id, |id| contact::find(c, id))?.map(|row| KnownRecord {
            has_account: row.account_id.is_some(),
            ..named(contact_name(&row), row.present)
        }),
        Entity::Account => find(id, |id| account::find(c, id))?.map(|row| named(row.key, row.present)),
        Entity::Address => {
            find(id, |id| address::find(c, id))?.map(|row| named(either(row.name, row.number), row.present))
        }
        Entity::Machine => {
            find(id, |id| machine::find(c, id))?.map(|row| named(either(row.name, row.number), row.present))
        }
        Entity::Agent => find(id, |id| agent::find(c, id))?.map(|row| named(row.login, row.present)),
        Entity::Group => find(id, |id| permission_group::find(c, id))?.map(|row| named(row.name, row.present)),
        Entity::Queue => find(id, |id| queue::find(c, id))?.map(|row| named(row.name, row.present)),
        Entity::TicketType => find(id, |id| ticket_type::find(c, id))?.map(|row| named(row.name, row.present)),
        Entity::TicketState => find(id, |id| ticket_state::find(c, id))?.map(|row| named(row.name, row.present)),
        Entity::TicketPriority => find(id, |id| ticket_priority::find(c, id))?.map(|row| named(row.name, row.present)),
        Entity::Service => find(id, |id| service::find(c, id))?.map(|row| named(row.name, row.present)),
        Entity::PortalObject => find(id, |id| portal_object::find(c, id))?.map(|row| named(row.path, row.present)),
        Entity::Backend => find(id, |id| backend::find(c, id))?.map(|row| named(row.name, row.present)),
    })
}

fn either(name: String, otherwise: String) -> String {
    if name.is_empty() { otherwise } else { name }
}

/// What people call a contact.
fn contact_name(row: &contact::Row) -> String {
    let name = format!("{} {}", row.first_name, row.last_name);
    let name = either(name.trim().to_owned(), row.title.clone());
    either(name, row.email.clone())
}
