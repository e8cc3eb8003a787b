//! Version 1 of Zoho Desk's interface, by its `OpenAPI` files (documented): lists of up to 100 (departments 200, groups 50)
//! with `from` and `limit`, an answer without content where there is nothing. What these files do not say is assumed:
//! whether `from` begins with 0 or 1 (it does not matter: pages overlap), and how many tickets and
//! conversations one answer gives at most (100 are asked for).

use std::collections::BTreeMap;

use portico_core::snapshot::Problem;
use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::read::said;
use crate::rest::RestError;
use crate::rest::address::Address;
use crate::rest::list::{Count, Interface, List, Paging, When};
use crate::rest::login::{Login, Refresh, checked};

/// The interface.
pub(crate) static INTERFACE: Rest = Rest;

pub(crate) struct Rest;

/// Pages of which only the last can be short: how many come at most is documented.
const FULL: Paging = Paging::FromLimit { full: true };
/// Pages that may be shorter than what was asked for.
const ANY: Paging = Paging::FromLimit { full: false };

/// What a data centre's hosts end with (documented: "Multi DC support" of Zoho's accounts). The desk is `desk.` of it, the
/// login `accounts.` of it.
const CENTRES: [&str; 9] = [
    "zoho.com",
    "zoho.eu",
    "zoho.in",
    "zoho.com.au",
    "zoho.jp",
    "zohocloud.ca",
    "zoho.sa",
    "zoho.uk",
    "zoho.com.cn",
];

/// An archive for each department. Documented; how many come at most is assumed, and that their order does not change.
const ARCHIVED: &[(&str, &str)] = &[("departmentId", "{}"), ("include", "contacts")];

/// In an order that does not change while pages are turned.
const BY_TIME: &[(&str, &str)] = &[("sortBy", "createdTime")];
/// With their contacts come the accounts that decide who sees a ticket.
const TICKETS: &[(&str, &str)] = &[("sortBy", "createdTime"), ("include", "contacts")];

/// Whole contacts in place of what the list holds of each.
const DETAILS: &str = "details";
/// What the list of contacts holds of each, by its `OpenAPI` file, as fields of forms.
const CONTACT: [&str; 10] = [
    "login",
    "status",
    "first_name",
    "last_name",
    "email",
    "secondary_email",
    "phone",
    "mobile",
    "category",
    "account",
];
/// The same of accounts.
const ACCOUNT: [&str; 5] = ["name", "email", "url", "phone", "status"];

const CONTACTS: &str = "the scope Desk.contacts.READ";
const SETTINGS: &str = "the scope Desk.settings.READ";
const TICKET: &str = "the scope Desk.tickets.READ";
const ARCHIVE: &str =
    "the scopes Desk.tickets.READ and Desk.search.READ; ?without=archivedTickets behind the address leaves them out";

const DAY: &str = "a request costs a credit or more; a day has 5,000 credits (Free), 25,000 and 100 for each agent (Express), 75,000 and 500 (Professional), 100,000 and 1,000 (Enterprise)";

/// What gives access tokens, as a file or a keyring holds it.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
struct SelfClient {
    client_id: String,
    client_secret: String,
    refresh_token: String,
}

impl Interface for Rest {
    fn base(&self) -> &'static str {
        "/api/v1"
    }

    fn takes(&self) -> &'static [&'static str] {
        &["orgId", "accounts"]
    }

    fn asks(&self) -> &'static [&'static str] {
        &[DETAILS]
    }

    fn check(&self, address: &Address) -> Result<(), RestError> {
        let number = address.own("orgId").unwrap_or_default();
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            let message = "write ?orgId=NUMBER behind it: the number of the organisation (Setup, Developer Space, API)";
            return Err(RestError::Address(message.to_owned()));
        }
        accounts(address).map(|_| ())
    }

    fn login(&self, address: &Address, secret: &str) -> Result<Login, RestError> {
        const HEADER: &str = "Authorization";
        const PREFIX: &str = "Zoho-oauthtoken ";
        if !secret.trim_start().starts_with('{') {
            return Login::fixed(HEADER, PREFIX, secret);
        }
        let client: SelfClient = serde_json::from_str(secret).map_err(|_| {
            let message =
                r#"it is neither an access token nor {"client_id": "…", "client_secret": "…", "refresh_token": "…"}"#;
            RestError::Secret(message.to_owned())
        })?;
        let form = vec![
            ("grant_type", Zeroizing::new("refresh_token".to_owned())),
            ("client_id", checked(&client.client_id)?),
            ("client_secret", checked(&client.client_secret)?),
            ("refresh_token", checked(&client.refresh_token)?),
        ];
        let url = format!("{}/oauth/v2/token", accounts(address)?);
        Ok(Login {
            header: HEADER,
            prefix: PREFIX,
            token: None,
            refresh: Some(Refresh { url, form }),
        })
    }

    fn headers(&self, address: &Address) -> Vec<(&'static str, String)> {
        let number = address.own("orgId").unwrap_or_default();
        vec![("orgId", number.to_owned())]
    }

    fn lists(&self, address: &Address) -> Vec<List> {
        let details = address.also.iter().any(|name| name == DETAILS);
        let sorted = |list: List| List { query: BY_TIME, ..list };
        vec![
            List::new(
                "departments",
                FULL,
                200,
                "the scope Desk.basic.READ or Desk.settings.READ",
            ),
            sorted(List::new("groups", FULL, 50, SETTINGS)),
            sorted(List {
                count: Count::Before("accounts"),
                ..List::new("accounts", FULL, 100, CONTACTS)
            }),
            sorted(List {
                count: Count::Before("external_users"),
                detail: details.then_some("/contacts/{}"),
                ..List::new("contacts", FULL, 100, CONTACTS)
            }),
            List {
                name: "helpCenters".to_owned(),
                when: When::Asked,
                of: Some("contacts"),
                ..List::new("contacts/{}/helpCenters", Paging::Whole, 100, CONTACTS)
            },
            sorted(List {
                name: "contacts of accounts".to_owned(),
                of: Some("accounts"),
                ..List::new("accounts/{}/contacts", FULL, 100, CONTACTS)
            }),
            List {
                name: "users of groups".to_owned(),
                of: Some("groups"),
                ..List::new("groups/{}/users", FULL, 100, SETTINGS)
            },
            List {
                query: TICKETS,
                when: When::Tickets,
                count: Count::Call("/ticketsCount", "/count"),
                ..List::new("tickets", ANY, 100, TICKET)
            },
            List {
                name: "archivedTickets".to_owned(),
                path: "/tickets/archivedTickets".to_owned(),
                query: ARCHIVED,
                when: When::Tickets,
                of: Some("departments"),
                ..List::new("departments/{}/archivedTickets", ANY, 100, ARCHIVE)
            },
            List {
                name: "conversations".to_owned(),
                when: When::AskedTickets,
                of: Some("tickets"),
                ..List::new("tickets/{}/conversations", FULL, 100, TICKET)
            },
        ]
    }

    fn records(&self) -> &'static str {
        "/data"
    }

    fn key(&self) -> &'static str {
        "id"
    }

    fn empty(&self) -> &'static str {
        r#"{"data":[]}"#
    }

    fn fields(&self, address: &Address) -> BTreeMap<&'static str, Vec<String>> {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let mut fields = BTreeMap::from([("accounts", names(&ACCOUNT))]);
        if !address.also.iter().any(|name| name == DETAILS) {
            fields.insert("external_users", names(&CONTACT));
        }
        fields
    }

    fn notes(&self, address: &Address, tickets: bool) -> Vec<Problem> {
        let mut notes = vec![said::no_settings().at("settings", 0, "")];
        if !address.also.iter().any(|name| name == DETAILS) {
            notes.push(said::no_details().at("contacts", 0, ""));
        }
        let left_out = |list: &str| address.without.iter().any(|name| name == list);
        if tickets && !left_out("tickets") && left_out("archivedTickets") {
            notes.push(said::no_archive().at("tickets", 0, ""));
        }
        notes
    }

    fn day(&self) -> Option<&'static str> {
        Some(DAY)
    }
}

/// The login server of the desk's data centre.
fn accounts(address: &Address) -> Result<String, RestError> {
    if let Some(given) = address.own("accounts") {
        return Ok(Address::parse(given)?.root);
    }
    let centre = CENTRES.iter().find(|centre| address.host == format!("desk.{centre}"));
    let centre = centre.ok_or_else(|| {
        let hosts: Vec<String> = CENTRES.iter().map(|centre| format!("desk.{centre}")).collect();
        let message = format!(
            "it is of no data centre that is documented ({}); for another, write its login server behind it: ?accounts=https://SERVER",
            hosts.join(", ")
        );
        RestError::Address(message)
    })?;
    Ok(format!("https://accounts.{centre}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{INTERFACE, Interface, accounts};
    use crate::rest::address::Address;

    #[test]
    fn each_data_centre_has_its_own_login_server() {
        let login = |text: &str| accounts(&Address::parse(text).unwrap());
        assert_eq!(
            login("https://desk.zoho.eu?orgId=7").unwrap(),
            "https://accounts.zoho.eu"
        );
        assert_eq!(
            login("https://desk.zohocloud.ca?orgId=7").unwrap(),
            "https://accounts.zohocloud.ca"
        );
        assert_eq!(
            login("https://desk.zoho.com.au?orgId=7").unwrap(),
            "https://accounts.zoho.com.au"
        );
        assert!(login("https://desk.zoho.com.evil.example").is_err());
        assert!(login("https://evil.example/desk.zoho.com").is_err());
        assert!(login("https://desk.example?accounts=http://evil.example").is_err());
    }

    #[test]
    fn an_address_names_the_organisation() {
        let check = |text: &str| INTERFACE.check(&Address::parse(text).unwrap());
        assert!(check("https://desk.zoho.eu?orgId=600123").is_ok());
        for wrong in ["https://desk.zoho.eu", "https://desk.zoho.eu?orgId=x"] {
            assert!(check(wrong).unwrap_err().to_string().contains("orgId"), "{wrong}");
        }
    }
}
