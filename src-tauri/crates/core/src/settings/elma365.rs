//! What can be set of ELMA365's portal.

use super::{Kind, PortalSetting, assumed, deciding, offered};

/// Whether the portal is active.
pub(crate) const ACTIVE: &str = "Portal::Active";
/// Whether the package of licences is enabled.
pub(crate) const LICENCES: &str = "Portal::LicencesEnabled";

/// Who sees the portal's pages.
pub(crate) const PAGES: &str = "Portal::Pages";

pub(super) const SETTINGS: &[PortalSetting] = &[
    offered(
        "true",
        deciding(
            "portal",
            ACTIVE,
            Kind::Switch,
            "Whether the portal is active; an inactive one shows no pages to anybody.",
        ),
    ),
    assumed(
        "\"everybody\"",
        deciding(
            "portal",
            PAGES,
            Kind::Choice(&["everybody", "granted"]),
            "Whether the portal's pages are shown to everybody who enters it, or only where they are granted.",
        ),
    ),
    offered(
        "true",
        deciding(
            "licences",
            LICENCES,
            Kind::Switch,
            "Whether the package of licences for external users is enabled; without it nobody enters the portal.",
        ),
    ),
    deciding(
        "licences",
        super::LICENCES_TOTAL,
        Kind::Number(0, 10_000_000),
        "How many named users the package has; when it is full, nobody can register.",
    ),
];
