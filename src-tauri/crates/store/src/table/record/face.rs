//! What a record is called: SQL expressions over its row, which is `t`.

use portico_core::form::field::Entity;

/// The ways to say which record it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Face {
    /// What tells it from all others, read letter by letter; the name where it has nothing else.
    pub(crate) key: &'static str,
    /// What people call it; never empty where the record holds anything at all.
    pub(crate) name: &'static str,
    /// A word more, to tell those of one name apart.
    pub(crate) note: &'static str,
    /// What it is found by, before the fold.
    pub(crate) text: &'static str,
}

const ACCOUNT_OF: &str =
    "coalesce((SELECT iif(a.name = '', a.key, a.name) FROM account a WHERE a.id = t.account_id), '')";

/// The face of a kind of record.
pub(crate) fn face(entity: Entity) -> Face {
    let named = Face {
        key: "t.name",
        name: "t.name",
        note: "''",
        text: "t.name",
    };
    match entity {
        Entity::ExternalUser => Face {
            key: "t.login",
            name: "coalesce(nullif(trim(t.first_name || ' ' || t.last_name), ''), t.login)",
            note: "t.email",
            text: "t.login || char(10) || t.first_name || ' ' || t.last_name || char(10) || t.title || char(10) || t.email",
        },
        Entity::Account => Face {
            key: "t.key",
            name: "iif(t.name = '', t.key, t.name)",
            note: "t.city",
            text: "t.key || char(10) || t.name",
        },
        Entity::Contact => Face {
            key: "t.email",
            name: "coalesce(nullif(trim(t.first_name || ' ' || t.last_name), ''), nullif(t.title, ''), t.email)",
            note: ACCOUNT_OF,
            text: "t.first_name || ' ' || t.last_name || char(10) || t.title || char(10) || t.email",
        },
        Entity::Address => Face {
            key: "t.number",
            name: "iif(t.name = '', t.number, t.name)",
            note: "trim(t.zip || ' ' || t.city)",
            text: "t.number || char(10) || t.name || char(10) || t.zip || ' ' || t.city || char(10) || t.street",
        },
        Entity::Machine => Face {
            key: "t.number",
            name: "iif(t.name = '', t.number, t.name)",
            note: "coalesce((SELECT iif(a.name = '', a.number, a.name) FROM address a WHERE a.id = t.address_id), '')",
            text: "t.number || char(10) || t.name",
        },
        Entity::Agent => Face {
            key: "t.login",
            name: "iif(t.name = '', t.login, t.name)",
            note: "t.email",
            text: "t.login || char(10) || t.name || char(10) || t.email",
        },
        Entity::Group | Entity::Backend => Face {
            note: "t.description",
            text: "t.name || char(10) || t.description",
            ..named
        },
        Entity::Queue => Face {
            note: "coalesce((SELECT g.name FROM permission_group g WHERE g.id = t.group_id), '')",
            ..named
        },
        Entity::TicketState => Face {
            note: "t.kind",
            ..named
        },
        Entity::TicketType | Entity::TicketPriority | Entity::Service => named,
        Entity::PortalObject => Face {
            key: "t.path",
            name: "iif(t.name = '', t.path, t.name)",
            note: "t.kind",
            text: "t.path || char(10) || t.name",
        },
    }
}
