//! What a column of a table of tickets can be, desk by desk.

use portico_core::access::fact::Key;
use portico_core::access::registry as access;
use portico_core::form::FormRules;
use portico_core::form::field::{Entity, Field, Kind};
use portico_core::form::registry;
use portico_core::model::TICKET_STATE_KINDS;

/// The field that says which ticket a row is.
pub(crate) const NUMBER: &str = "number";
/// When it was created: lists are in its order.
pub(crate) const CREATED: &str = "created";

const fn field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        tab: "record",
        section: "main",
        own: false,
    }
}

static FIELDS: [Field; 16] = [
    field(NUMBER, Kind::Code),
    field("title", Kind::Text),
    field("person", Kind::One(Entity::ExternalUser)),
    field("contact", Kind::One(Entity::Contact)),
    field("account", Kind::One(Entity::Account)),
    field("address", Kind::One(Entity::Address)),
    field("object", Kind::One(Entity::PortalObject)),
    field("queue", Kind::One(Entity::Queue)),
    field("state", Kind::One(Entity::TicketState)),
    field("state_kind", Kind::Choice(TICKET_STATE_KINDS)),
    field("ticket_type", Kind::One(Entity::TicketType)),
    field("priority", Kind::One(Entity::TicketPriority)),
    field("service", Kind::One(Entity::Service)),
    field(CREATED, Kind::Date),
    field("changed", Kind::Date),
    field("archived", Kind::Flag),
];

/// Whose a desk's tickets are and where they lie, by what its rules ask of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Places {
    /// The field that says whom a ticket belongs to.
    pub(crate) owner: &'static str,
    /// Whether the ticket holds that person's login, and not the desk's key.
    pub(crate) by_login: bool,
    /// The field that says where it lies; `None` where that is told by whom it belongs to.
    pub(crate) home: Option<&'static str>,
}

impl Places {
    pub(crate) fn of(desk: &str, rules: &FormRules) -> Self {
        let model = access::model(desk);
        let asks = |key: Key| model.as_ref().is_some_and(|model| model.asks_about(key));
        let by_contact = asks(Key::Contact);
        let home = match () {
            () if asks(Key::ContactAccount) => None,
            () if asks(Key::Address) => Some("address"),
            () if asks(Key::Object) => Some("object"),
            () => Some("account"),
        };
        Self {
            owner: if by_contact && rules.of(Entity::Contact).is_some() {
                "contact"
            } else {
                "person"
            },
            by_login: !by_contact,
            home,
        }
    }

    /// The field of a ticket of the snapshot that a column's field fills.
    pub(crate) fn told(field: &str) -> &'static [&'static str] {
        match field {
            "person" | "contact" => &["owner"],
            "account" | "address" | "object" => &["account"],
            "title" => &["title"],
            "queue" => &["queue"],
            "state" | "state_kind" => &["state", "state_kind"],
            "ticket_type" => &["ticket_type"],
            "priority" => &["priority"],
            "service" => &["service"],
            "changed" => &["changed"],
            "archived" => &["archived"],
            _ => &[],
        }
    }
}

/// Fields that the desk's tickets have, in the order in which they are offered.
pub(crate) fn fields(desk: &str) -> Vec<&'static Field> {
    let Some(rules) = registry::rules(desk) else {
        return Vec::new();
    };
    let places = Places::of(desk, rules);
    let has = |field: &&Field| match field.name {
        "person" | "contact" => field.name == places.owner,
        "account" | "address" | "object" => Some(field.name) == places.home,
        "queue" | "ticket_type" | "service" => field.kind.refers_to().is_some_and(|entity| rules.of(entity).is_some()),
        _ => true,
    };
    FIELDS.iter().filter(has).collect()
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn a_ticket_belongs_to_whom_and_where_the_desks_rules_ask() {
        let names = |desk: &str| fields(desk).iter().map(|field| field.name).collect::<Vec<_>>();
        let places = |desk: &str| {
            let among = ["person", "contact", "account", "address", "object", "queue", "service"];
            names(desk)
                .into_iter()
                .filter(|name| among.contains(name))
                .collect::<Vec<_>>()
        };
        assert_eq!(places("otobo"), ["person", "account", "queue", "service"]);
        assert_eq!(places("zoho"), ["person", "account", "queue"]);
        assert_eq!(places("daktela"), ["contact", "queue"]);
        assert_eq!(places("innosoft"), ["person", "address"]);
        assert_eq!(places("elma365"), ["person", "object"]);
        assert!(names("nowhere").is_empty());
    }
}
