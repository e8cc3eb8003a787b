//! Every field that the form of an external user can have.

use super::field::{Entity, Field, Kind};

const fn on(tab: &'static str, section: &'static str, name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        tab,
        section,
        own: false,
    }
}

const fn own(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        tab: "identity",
        section: "own",
        own: true,
    }
}

/// In the form's order.
pub(super) static FIELDS: &[Field] = &[
    on("identity", "person", "title", Kind::Text),
    on("identity", "person", "first_name", Kind::Text),
    on("identity", "person", "last_name", Kind::Text),
    on("identity", "person", "language", Kind::Text),
    on("identity", "person", "category", Kind::Text),
    on("identity", "sign_in", "external", Kind::Flag),
    on("identity", "sign_in", "login", Kind::Code),
    on("identity", "sign_in", "email", Kind::Email),
    on("identity", "sign_in", "password", Kind::Password),
    on("identity", "sign_in", "status", Kind::Status),
    on("identity", "reach", "secondary_email", Kind::Email),
    on("identity", "reach", "phone", Kind::Text),
    on("identity", "reach", "mobile", Kind::Text),
    on("identity", "reach", "fax", Kind::Text),
    on("identity", "reach", "street", Kind::Text),
    on("identity", "reach", "zip", Kind::Text),
    on("identity", "reach", "city", Kind::Text),
    on("identity", "reach", "region", Kind::Text),
    on("identity", "reach", "country", Kind::Text),
    on("identity", "reach", "twitter", Kind::Text),
    on("identity", "reach", "facebook", Kind::Text),
    on("identity", "remark", "description", Kind::Long),
    on("identity", "remark", "custom", Kind::Custom),
    own("invited", Kind::Date),
    own("expires", Kind::Date),
    own("sponsor", Kind::Text),
    on("access", "belongs", "account", Kind::One(Entity::Account)),
    on("access", "belongs", "further_accounts", Kind::Many(Entity::Account)),
    on("access", "belongs", "seen_accounts", Kind::Many(Entity::Account)),
    on("access", "belongs", "contacts", Kind::Many(Entity::Contact)),
    on("access", "belongs", "contact_person", Kind::One(Entity::Contact)),
    on("access", "belongs", "backend", Kind::One(Entity::Backend)),
    on("access", "belongs", "main_group", Kind::One(Entity::Group)),
    on("access", "belongs", "linked_resource", Kind::Text),
    on("access", "flags", "account_contacts", Kind::Flag),
    on("access", "flags", "account_tickets", Kind::Flag),
    on("access", "flags", "external_comments", Kind::Flag),
    on("access", "addresses", "address", Kind::One(Entity::Address)),
    on("access", "addresses", "read_addresses", Kind::Many(Entity::Address)),
    on("access", "addresses", "write_addresses", Kind::Many(Entity::Address)),
    on("access", "addresses", "right_addresses", Kind::Flag),
    on("access", "addresses", "right_machines", Kind::Flag),
    on("access", "addresses", "right_contact_person", Kind::Flag),
    on("access", "addresses", "excel_export", Kind::Flag),
    on("groups", "groups", "groups", Kind::Rights(Entity::Group)),
    on(
        "tickets",
        "responsible",
        "responsible_groups",
        Kind::Many(Entity::Group),
    ),
    on(
        "tickets",
        "responsible",
        "responsible_agents",
        Kind::Many(Entity::Agent),
    ),
    on("tickets", "types", "ticket_types", Kind::Many(Entity::TicketType)),
    on("tickets", "statuses", "restrict_states", Kind::Flag),
    on("tickets", "statuses", "ticket_states", Kind::Many(Entity::TicketState)),
    on("tickets", "services", "services", Kind::Many(Entity::Service)),
    on("portal", "objects", "objects", Kind::Levels(Entity::PortalObject)),
];
