//! References: whether what a field names is there.

use super::super::field::{Entity, Field};
use super::{KnownRecord, Look, Value};

pub(super) fn check(look: &mut Look<'_>, field: &Field) {
    let (Some(to), Some(known)) = (field.kind.refers_to(), look.at.known) else {
        return;
    };
    let ids: Vec<&str> = match look.form.value(field.name) {
        Value::Text(id) if !id.is_empty() => vec![id],
        Value::List(ids) => ids.iter().map(String::as_str).collect(),
        Value::Rights(rights) => rights.into_iter().map(|(id, _)| id).collect(),
        _ => return,
    };
    for (n, id) in ids.iter().enumerate() {
        if ids[..n].contains(id) {
            continue;
        }
        match known.get(&(to, (*id).to_owned())) {
            None => {
                let (code, noun) = gone(to);
                look.wrong(field.name, code, &[], format!("there is no such {noun}"));
            }
            Some(record) if !record.present => unrecorded(look, field.name, to, record),
            Some(_) => {}
        }
    }
}

/// A name that others mention, and that the desk has no record of.
fn unrecorded(look: &mut Look<'_>, field: &str, to: Entity, record: &KnownRecord) {
    let name = record.name.as_str();
    if to == Entity::Account {
        let message = format!("the desk has no record of {name}; then the company list is not filtered");
        look.warn(field, "problem.account_without_record", &[("account", name)], message);
    } else {
        let message = format!("the desk has no record of {name}");
        look.warn(field, "problem.without_record", &[("name", name)], message);
    }
}

/// The code for something that is not there, and what it is called.
fn gone(entity: Entity) -> (&'static str, &'static str) {
    match entity {
        Entity::ExternalUser => ("problem.no_external_user", "external user"),
        Entity::Contact => ("problem.no_contact", "contact"),
        Entity::Account => ("problem.no_account", "account"),
        Entity::Address => ("problem.no_address", "address"),
        Entity::Machine => ("problem.no_machine", "machine"),
        Entity::Agent => ("problem.no_agent", "agent"),
        Entity::Group => ("problem.no_group", "group"),
        Entity::Queue => ("problem.no_queue", "queue"),
        Entity::TicketType => ("problem.no_ticket_type", "ticket type"),
        Entity::TicketState => ("problem.no_ticket_state", "ticket status"),
        Entity::TicketPriority => ("problem.no_ticket_priority", "ticket priority"),
        Entity::Service => ("problem.no_service", "service"),
        Entity::PortalObject => ("problem.no_portal_object", "portal object"),
        Entity::Backend => ("problem.no_backend", "back end"),
    }
}
