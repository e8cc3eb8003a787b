//! Kinds of record that tables can hold, and their fields.

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::form::registry;

use super::ticket;
use super::ticket::fields::{CREATED, NUMBER};

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Records that have a form.
    Records(Entity),
    /// Tickets, which have none.
    Tickets,
}

impl RowKind {
    /// The records that have a form; `None` for tickets.
    pub fn entity(self) -> Option<Entity> {
        match self {
            Self::Records(entity) => Some(entity),
            Self::Tickets => None,
        }
    }

    /// What the rest of the program calls one of them.
    pub fn name(self) -> &'static str {
        self.entity().map_or("ticket", Entity::name)
    }
}

impl From<Entity> for RowKind {
    fn from(entity: Entity) -> Self {
        Self::Records(entity)
    }
}

/// Kinds of record by the names that people use, in the order in which one needs the other.
pub const KINDS: [(&str, RowKind); 15] = [
    ("accounts", RowKind::Records(Entity::Account)),
    ("agents", RowKind::Records(Entity::Agent)),
    ("backends", RowKind::Records(Entity::Backend)),
    ("groups", RowKind::Records(Entity::Group)),
    ("queues", RowKind::Records(Entity::Queue)),
    ("ticket-types", RowKind::Records(Entity::TicketType)),
    ("ticket-states", RowKind::Records(Entity::TicketState)),
    ("ticket-priorities", RowKind::Records(Entity::TicketPriority)),
    ("services", RowKind::Records(Entity::Service)),
    ("addresses", RowKind::Records(Entity::Address)),
    ("contacts", RowKind::Records(Entity::Contact)),
    ("machines", RowKind::Records(Entity::Machine)),
    ("people", RowKind::Records(Entity::ExternalUser)),
    ("objects", RowKind::Records(Entity::PortalObject)),
    ("tickets", RowKind::Tickets),
];

/// The field that stands for the desk's own key of a record.
pub(super) const KIND_KEY: &str = "desk_key";

/// The kind of record that people call so.
pub fn kind(name: &str) -> Option<RowKind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// What people call a kind of record.
pub fn kind_name(kind: impl Into<RowKind>) -> Option<&'static str> {
    let kind = kind.into();
    KINDS.iter().find(|(_, known)| *known == kind).map(|(name, _)| *name)
}

/// Fields that a column can be, in the form's order: those that the desk knows. Portico's own fields, passwords, custom
/// fields and levels on portal objects are in no table.
pub fn fields(desk: &str, kind: impl Into<RowKind>) -> Vec<&'static Field> {
    let RowKind::Records(entity) = kind.into() else {
        return ticket::fields::fields(desk);
    };
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
pub(super) fn has_own_key(kind: RowKind) -> bool {
    !matches!(kind, RowKind::Records(Entity::Account) | RowKind::Tickets)
}

/// Names of all that a column can be: the desk's key where no field shows it, and [`fields`].
pub fn choices(desk: &str, kind: RowKind) -> Vec<String> {
    let own = has_own_key(kind).then_some(KIND_KEY);
    let names = own
        .into_iter()
        .chain(fields(desk, kind).into_iter().map(|field| field.name));
    names.map(ToOwned::to_owned).collect()
}

/// Fields that can tell one record from another, the better first.
pub fn keys(kind: impl Into<RowKind>) -> &'static [&'static str] {
    let RowKind::Records(entity) = kind.into() else {
        return &[NUMBER];
    };
    match entity {
        Entity::Account => &["key"],
        Entity::ExternalUser | Entity::Agent => &[KIND_KEY, "login"],
        Entity::Address | Entity::Machine => &[KIND_KEY, "number"],
        Entity::PortalObject => &[KIND_KEY, "path"],
        Entity::Contact => &[KIND_KEY, "email", "title"],
        _ => &[KIND_KEY, "name"],
    }
}

/// Fields without which nothing of the kind is read, beside one of [`keys`].
pub fn needed(kind: impl Into<RowKind>) -> &'static [&'static str] {
    match kind.into() {
        RowKind::Records(_) => &[],
        RowKind::Tickets => &[CREATED],
    }
}

/// The field whose values the desk has once; `None` where there is none beside the desk's key.
pub(super) fn unique(entity: Entity) -> Option<&'static str> {
    (entity != Entity::Contact)
        .then(|| keys(entity).last().copied())
        .flatten()
}
