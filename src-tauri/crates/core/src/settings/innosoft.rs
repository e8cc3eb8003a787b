//! What can be set of Innosoft's customer portal.

use super::{Kind, PortalSetting, assumed, deciding, plain};
use crate::form::field::Entity;

/// What an empty list of ticket types means.
pub(crate) const EMPTY_TYPES: &str = "Portal::EmptyTypes";
/// What empty lists of responsible groups and agents mean.
pub(crate) const EMPTY_RESPONSIBLES: &str = "Portal::EmptyResponsibles";

/// Which tabs the dashboard has.
pub(crate) const DASHBOARD_TABS: &str = "Portal::DashboardTabs";
/// The tabs that the dashboard can have.
pub(crate) const TABS: &[&str] = &[
    "service_documents",
    "machines",
    "service_assignments",
    "maintenance_contracts",
    "sales_quotations",
];

pub(super) const SETTINGS: &[PortalSetting] = &[
    plain(
        "new_ticket",
        "Portal::ForwardToGroup",
        Kind::Switch,
        "Whether tickets from external users go to the group instead of a hotliner.",
    ),
    plain(
        "new_ticket",
        "Portal::Medium",
        Kind::Text,
        "The medium of a ticket that an external user makes.",
    ),
    plain(
        "new_ticket",
        "Portal::InitialStatus",
        Kind::One(Entity::TicketState),
        "The status in which a ticket of an external user begins.",
    ),
    plain(
        "new_ticket",
        "Portal::Priority",
        Kind::One(Entity::TicketPriority),
        "The priority of a ticket that an external user makes.",
    ),
    assumed(
        "\"none\"",
        deciding(
            "new_ticket",
            EMPTY_TYPES,
            Kind::Choice(&["none", "all"]),
            "What an empty list of ticket types means: no type, or all of them.",
        ),
    ),
    assumed(
        "\"none\"",
        deciding(
            "new_ticket",
            EMPTY_RESPONSIBLES,
            Kind::Choice(&["none", "all"]),
            "What empty lists of responsible groups and agents mean: nobody, or all of them.",
        ),
    ),
    deciding(
        "dashboard",
        DASHBOARD_TABS,
        Kind::Words(TABS),
        "The tabs of the dashboard, all for the user's address.",
    ),
];
