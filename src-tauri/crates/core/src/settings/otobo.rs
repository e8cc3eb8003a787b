//! What can be set of the customer interface of OTOBO and Znuny; names and defaults as measured.

use super::{Kind, PortalSetting, deciding, offered, plain};
use crate::access::rule::Standing;
use crate::form::field::Entity;

/// Whether people and accounts need permissions on groups.
pub(crate) const SUPPORT: &str = "CustomerGroupSupport";
/// Groups of everybody.
pub(crate) const ALWAYS: &str = "CustomerGroupAlwaysGroups";
/// Groups of everybody who has an account.
pub(crate) const COMPANY_ALWAYS: &str = "CustomerGroupCompanyAlwaysGroups";
/// Whether access through accounts is off.
pub(crate) const NO_COMPANY: &str = "Ticket::Frontend::CustomerDisableCompanyTicketAccess";
/// Whether the context of other accounts' tickets is there.
pub(crate) const OTHER: &str = "CustomerGroupPermissionContext###100-CustomerID-other";
/// Whether tickets have types.
pub(crate) const TYPES: &str = "Ticket::Type";
/// Whether tickets have services.
pub(crate) const SERVICES: &str = "Ticket::Service";
/// The kind of database.
pub(crate) const DATABASE: &str = "database";
/// Whether nothing that is not modelled decides.
pub(crate) const SETTLED: &str = "Portico::NothingElseDecides";
/// Which of the family it is.
const FLAVOUR: &str = "Portico::Flavour";
/// The attributes of a ticket that its page shows.
pub(crate) const ATTRIBUTES: &str = "Ticket::Frontend::CustomerTicketZoom###AttributesView";

const fn measured(default: Option<&'static str>, setting: PortalSetting) -> PortalSetting {
    PortalSetting {
        default,
        standing: Standing::M,
        ..setting
    }
}

const fn switch(section: &'static str, name: &'static str, text: &'static str) -> PortalSetting {
    measured(Some("false"), deciding(section, name, Kind::Switch, text))
}

const fn groups(name: &'static str, text: &'static str) -> PortalSetting {
    measured(
        Some(r#"["users"]"#),
        deciding("groups", name, Kind::Names(Entity::Group), text),
    )
}

pub(super) const SETTINGS: &[PortalSetting] = &[
    switch(
        "groups",
        SUPPORT,
        "Whether people and accounts need permissions on groups; off gives everybody every valid group.",
    ),
    groups(ALWAYS, "Groups in which everybody has full rights."),
    groups(
        COMPANY_ALWAYS,
        "Groups in which everybody who has an account has full rights.",
    ),
    switch(
        "company",
        NO_COMPANY,
        "Whether the list of company tickets and access through accounts are switched off.",
    ),
    switch(
        "company",
        OTHER,
        "Whether an account can have permissions on tickets of other accounts.",
    ),
    switch("tickets", TYPES, "Whether tickets have types."),
    switch("tickets", SERVICES, "Whether tickets have services."),
    measured(
        Some(r#"["queue","priority","state"]"#),
        plain(
            "tickets",
            ATTRIBUTES,
            Kind::Words(&[
                "queue",
                "priority",
                "state",
                "type",
                "service",
                "sla",
                "owner",
                "responsible",
            ]),
            "The attributes of a ticket that its page shows.",
        ),
    ),
    deciding(
        "system",
        DATABASE,
        Kind::Choice(&["postgresql", "mysql"]),
        "The kind of database; MySQL and MariaDB compare names without regard to case.",
    ),
    measured(
        None,
        deciding(
            "system",
            SETTLED,
            Kind::Switch,
            "Whether it is certain that nothing else decides: no archive, no access control lists, no further permission \
             modules, no other customer back ends.",
        ),
    ),
    offered(
        "\"otobo\"",
        plain(
            "system",
            FLAVOUR,
            Kind::Choice(&["otobo", "znuny"]),
            "Which of the two it is; they sort tickets into open and closed by different lists.",
        ),
    ),
];
