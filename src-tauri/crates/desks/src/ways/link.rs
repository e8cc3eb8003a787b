//! Links: the field of a form that each is a value of.

use portico_core::form::field::Entity;

use crate::plan::{Change, Fields, Kind, Pending};

/// The record whose form has the link, and the field there; `None` for a link that no form of these desks has.
pub(crate) fn field_of(table: &str, fields: &Fields) -> Option<(Entity, &'static str)> {
    let person = |field| Some((Entity::ExternalUser, field));
    match table {
        "user_account" => person("further_accounts"),
        "user_account_view" => person("seen_accounts"),
        "user_contact" => person("contacts"),
        "user_group" => person("groups"),
        "user_service" => person("services"),
        "user_address" if fields.get("permission").is_some_and(|p| p == "write") => person("write_addresses"),
        "user_address" => person("read_addresses"),
        "user_responsible_group" => person("responsible_groups"),
        "user_responsible_agent" => person("responsible_agents"),
        "user_ticket_type" => person("ticket_types"),
        "user_ticket_state" => person("ticket_states"),
        "user_object" => person("objects"),
        "group_object" => Some((Entity::Group, "objects")),
        _ => None,
    }
}

/// The field that names whose link it is.
pub(crate) fn owner_of(table: &str) -> &'static str {
    if table.starts_with("user_") {
        "user"
    } else if table.starts_with("account_") {
        "account"
    } else {
        "group"
    }
}

/// The kind of record that a link's field names; `None` for a permission or a level.
pub(crate) fn referred(field: &str) -> Option<&'static str> {
    Some(match field {
        "user" => "external_user",
        "account" => "account",
        "contact" => "contact",
        "group" => "permission_group",
        "service" => "service",
        "address" => "address",
        "agent" => "agent",
        "type" => "ticket_type",
        "state" => "ticket_state",
        "object" => "portal_object",
        _ => return None,
    })
}

/// What becomes of a link, and its values: whose it is first, how far it goes last. `None` where only the number of its
/// copies differs.
pub(super) fn change(pending: &Pending) -> Option<(Kind, &Fields, Vec<Change>)> {
    let (kind, fields) = match (&pending.base, &pending.current) {
        (None, Some(fields)) => (Kind::Link, fields),
        (Some(fields), None) => (Kind::Unlink, fields),
        (Some(base), Some(current)) if names(current).any(|name| base.get(name) != current.get(name)) => {
            (Kind::Update, current)
        }
        _ => return None,
    };
    let owner = owner_of(&pending.entity);
    let mut all: Vec<&str> = names(fields).collect();
    all.sort_by_key(|name| (*name != owner, referred(name).is_none(), *name));
    let side = |row: &Option<Fields>, name: &str| row.as_ref().and_then(|row| row.get(name)).cloned();
    let changes = all.into_iter().map(|name| Change {
        field: name.to_owned(),
        old: side(&pending.base, name),
        new: side(&pending.current, name),
    });
    Some((kind, fields, changes.collect()))
}

fn names(fields: &Fields) -> impl Iterator<Item = &str> {
    fields.keys().map(AsRef::as_ref).filter(|name| *name != "copies")
}
