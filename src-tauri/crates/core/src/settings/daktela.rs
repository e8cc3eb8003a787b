//! What can be set of Daktela's external portal.

use super::{Kind, PortalSetting, assumed, deciding, plain};

/// The instance's address, as people give it: with or without `https://` before it.
pub(crate) const INSTANCE: &str = "Portal::Instance";
/// `contact` or `contact_or_company`.
pub(crate) const INVOLVEMENT: &str = "Portal::Involvement";
/// The fields of a ticket that the portal shows.
pub(crate) const SHOWN_FIELDS: &str = "Portal::ShownFields";

/// Where external users log in, by the instance's address.
pub(super) fn portal(instance: &str) -> Option<String> {
    let host = instance
        .trim()
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let host = host.trim_end_matches('/').trim_end_matches("/clients/login");
    (!host.is_empty()).then(|| format!("https://{host}/clients/login"))
}

pub(super) const SETTINGS: &[PortalSetting] = &[
    plain(
        "portal",
        INSTANCE,
        Kind::Text,
        "The instance's address; the portal lies at https://{instance}/clients/login.",
    ),
    assumed(
        "\"contact\"",
        deciding(
            "tickets",
            INVOLVEMENT,
            Kind::Choice(&["contact", "contact_or_company"]),
            "Whether a ticket involves a person by her contact alone, or by her company as well.",
        ),
    ),
    assumed(
        r#"["number","title","queue","state","priority","contact","created","changed"]"#,
        plain(
            "tickets",
            SHOWN_FIELDS,
            Kind::Words(&[
                "number",
                "title",
                "queue",
                "state",
                "priority",
                "contact",
                "created",
                "changed",
                "description",
                "agent",
                "edited",
                "followers",
                "email",
            ]),
            "The fields of a ticket that external users see; the manual shows them only in a picture.",
        ),
    ),
];
