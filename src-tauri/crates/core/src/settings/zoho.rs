//! What can be set of Zoho Desk's portal. The table of scenarios is reconstructed, so each of its cells is a setting.

use super::{Kind, PortalSetting, assumed, deciding};

/// `all` or `registered`.
pub(crate) const ACCESS: &str = "Portal::Access";
/// Whether submitting demands a login where the portal is open.
pub(crate) const LOGIN_TO_SUBMIT: &str = "Portal::LoginToSubmit";
/// Whether everybody sees the tickets of her accounts.
pub(crate) const ACCOUNT_TICKETS: &str = "Portal::AccountTickets";
/// `complete` or `partial`: whether the switches of contacts and accounts are known.
pub(crate) const SWITCHES: &str = "Portal::AccountSwitches";
/// Whether forums are active and shown.
pub(crate) const FORUMS: &str = "Portal::Forums";
/// Whether the widget is configured.
pub(crate) const WIDGET: &str = "Portal::AddRequestWidget";
/// Whether the tab is configured.
pub(crate) const TAB: &str = "Portal::SubmitRequestTab";

/// What a visitor or a customer finds: the widget and the tab as configured, and whether she submits at once or by way
/// of the login; that she submits; the login page only; or nothing.
const FOUND: &[&str] = &["configured", "configured_login", "submits", "login_page", "nothing"];

const fn cell(
    name: &'static str,
    default: &'static str,
    row: &'static str,
    column: &'static str,
    text: &'static str,
) -> PortalSetting {
    PortalSetting {
        cell: Some((row, column)),
        ..assumed(default, deciding("scenarios", name, Kind::Choice(FOUND), text))
    }
}

/// A visitor's cell where the portal is open and no login is demanded.
pub(crate) const VISITOR_OPEN: &str = "Portal::Scenario::Open::Visitor";
/// A customer's cell, likewise.
pub(crate) const CUSTOMER_OPEN: &str = "Portal::Scenario::Open::Customer";
/// A visitor's cell where the portal is open and a login is demanded to submit.
pub(crate) const VISITOR_LOGIN: &str = "Portal::Scenario::OpenLogin::Visitor";
/// A customer's cell, likewise.
pub(crate) const CUSTOMER_LOGIN: &str = "Portal::Scenario::OpenLogin::Customer";
/// A visitor's cell where only registered customers may enter.
pub(crate) const VISITOR_REGISTERED: &str = "Portal::Scenario::Registered::Visitor";
/// A customer's cell, likewise.
pub(crate) const CUSTOMER_REGISTERED: &str = "Portal::Scenario::Registered::Customer";

pub(super) const SETTINGS: &[PortalSetting] = &[
    deciding(
        "access",
        ACCESS,
        Kind::Choice(&["all", "registered"]),
        "Whether all customers can access the portal, or only registered ones.",
    ),
    assumed(
        "false",
        deciding(
            "access",
            LOGIN_TO_SUBMIT,
            Kind::Switch,
            "Whether submitting a request demands a login where the portal is open to all.",
        ),
    ),
    assumed(
        "false",
        deciding(
            "tickets",
            ACCOUNT_TICKETS,
            Kind::Switch,
            "Whether all contacts see all requests of their accounts (one switch for the whole portal, in older versions).",
        ),
    ),
    assumed(
        "\"complete\"",
        deciding(
            "tickets",
            SWITCHES,
            Kind::Choice(&["complete", "partial"]),
            "Whether it is known of every contact and account if the contact sees all its tickets; an import says what it found.",
        ),
    ),
    assumed(
        "false",
        deciding(
            "home",
            FORUMS,
            Kind::Switch,
            "Whether the forums add-on is active and shown.",
        ),
    ),
    assumed(
        "true",
        deciding(
            "home",
            WIDGET,
            Kind::Switch,
            "Whether the widget \"Add request\" is configured.",
        ),
    ),
    assumed(
        "true",
        deciding(
            "home",
            TAB,
            Kind::Switch,
            "Whether the tab \"Submit a request\" is configured.",
        ),
    ),
    cell(
        VISITOR_OPEN,
        "\"configured\"",
        "open",
        "visitor",
        "What a visitor finds where the portal is open to all and no login is demanded to submit.",
    ),
    cell(
        CUSTOMER_OPEN,
        "\"configured\"",
        "open",
        "customer",
        "What a signed-in customer finds where the portal is open to all and no login is demanded to submit.",
    ),
    cell(
        VISITOR_LOGIN,
        "\"configured_login\"",
        "open_login",
        "visitor",
        "What a visitor finds where the portal is open to all and a login is demanded to submit.",
    ),
    cell(
        CUSTOMER_LOGIN,
        "\"submits\"",
        "open_login",
        "customer",
        "What a signed-in customer finds where the portal is open to all and a login is demanded to submit.",
    ),
    cell(
        VISITOR_REGISTERED,
        "\"login_page\"",
        "registered",
        "visitor",
        "What a visitor finds where only registered customers may enter.",
    ),
    cell(
        CUSTOMER_REGISTERED,
        "\"configured\"",
        "registered",
        "customer",
        "What a signed-in customer finds where only registered customers may enter.",
    ),
];
