//! Kinds of record that tables can hold, and their fields.

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::form::registry;

/// Kinds of record by the names that people use, in the order in which one needs the other.
pub const KINDS: [(&str, Entity); 14] = [
    ("accounts", Entity::Account),
    ("agents", Entity::Agent),
    ("backends", Entity::Backend),
    ("groups", Entity::Group),
    ("queues", Entity::Queue),
    ("ticket-types", Entity::TicketType),
    ("ticket-states", Entity::TicketState),
    ("ticket-priorities", Entity::TicketPriority),
    ("services", Entity::Service),
    ("addresses", Entity::Address),
    ("contacts", Entity::Contact),
    ("machines", Entity::Machine),
    ("people", Entity::ExternalUser),
    ("objects", Entity::PortalObject),
];

/// The field that stands for the desk's own key of a record.
pub(super) const KIND_KEY: &str = "desk_key";

/// The kind of record that people call so.
pub fn kind(name: &str) -> Option<Entity> {
    KINDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, entity)| *entity)
}

/// What people call a kind of record.
pub fn kind_name(entity: Entity) -> Option<&'static str> {
    KINDS.iter().find(|(_, known)| *known == entity).map(|(name, _)| *name)
}

/// Fields that a column can be, in the form's order: those that the desk knows. Portico's own fields, passwords, custom
/// fields and levels on portal objects are in no table.
pub fn fields(desk: &str, entity: Entity) -> Vec<&'static Field> {
    let Some(rules) = registry::rules(desk).filter(|rules| rules.of(entity).is_some()) else {
        return Vec::new();
    };
    let taken = |field: &&Field| {
        let known = rules.knows(entity, field.name) || field.kind == Kind::Status;
        known && !field.own && !matches!(field.kind, Kind::Password | Kind::Date | Kind::Custom | Kind::Levels(_))
    };
    entity.fields().iter().filter(taken).collect()
}

/// Whether the records have a key of the desk's that no field of the form shows.
pub(super) fn has_own_key(entity: Entity) -> bool {
    entity != Entity::Account
}

/// Names of all that a column can be: the desk's key where no field shows it, and [`fields`].
pub fn choices(desk: &str, entity: Entity) -> Vec<String> {
    let own = has_own_key(entity).then_some(KIND_KEY);
    let names = own
        .into_iter()
        .chain(fields(desk, entity).into_iter().map(|field| field.name));
    names.map(ToOwned::to_owned).collect()
}

/// Fields that can tell one record from another, the better first.
pub fn keys(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Account => &["key"],
        Entity::ExternalUser | Entity::Agent => &[KIND_KEY, "login"],
        Entity::Address | Entity::Machine => &[KIND_KEY, "number"],
        Entity::PortalObject => &[KIND_KEY, "path"],
        Entity::Contact => &[KIND_KEY, "email", "title"],
        _ => &[KIND_KEY, "name"],
    }
}

/// The field whose values the desk has once; `None` where there is none beside the desk's key.
pub(super) fn unique(entity: Entity) -> Option<&'static str> {
    (entity != Entity::Contact)
        .then(|| keys(entity).last().copied())
        .flatten()
}
