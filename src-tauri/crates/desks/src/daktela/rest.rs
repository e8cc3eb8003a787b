//! Version 6 of Daktela's interface, as public clients use it (observed): `/api/v6/{model}.json` with `skip`, `take` up to
//! 1,000 and `sort`; the answer says how many records there are. Which model holds the external users no public source
//! says: their right is called `externalsUsers`, and the list is taken to be called so too (assumed).

use portico_core::snapshot::Problem;
use serde_json::Value;

use super::read::said;
use crate::rest::RestError;
use crate::rest::address::Address;
use crate::rest::list::{Count, Interface, List, Paging, When};
use crate::rest::login::Login;
use crate::source::record::is_nothing;

/// The interface.
pub(crate) static INTERFACE: Rest = Rest;

pub(crate) struct Rest;

/// The most records that one answer gives (observed).
const MOST: u64 = 1_000;
/// Activities hold whole e-mails: fewer at once.
const MOST_ACTIVITIES: u64 = 200;

/// In an order that does not change while pages are turned.
const BY_NAME: &[(&str, &str)] = &[("sort[0][field]", "name"), ("sort[0][dir]", "asc")];
/// Activities are wanted in the order of time.
const BY_TIME: &[(&str, &str)] = &[("sort[0][field]", "time"), ("sort[0][dir]", "asc")];

impl Interface for Rest {
    fn base(&self) -> &'static str {
        "/api/v6"
    }

    fn login(&self, _: &Address, secret: &str) -> Result<Login, RestError> {
        Login::fixed("X-AUTH-TOKEN", "", secret)
    }

    fn lists(&self, _: &Address) -> Vec<List> {
        let list = |name: &str, right| List {
            path: format!("/{name}.json"),
            query: BY_NAME,
            count: Count::Total,
            ..List::new(name, Paging::SkipTake, MOST, right)
        };
        vec![
            list("accounts", "the right accounts"),
            list("ticketsCategories", "the right ticketsCategories"),
            list("contacts", "the right contacts"),
            List {
                lacking: Some(said::no_externals),
                ..list("externalsUsers", "the right externalsUsers")
            },
            List {
                when: When::Tickets,
                ..list("tickets", "the right tickets")
            },
            List {
                query: BY_TIME,
                most: MOST_ACTIVITIES,
                when: When::Tickets,
                ..list("activities", "the right activities")
            },
        ]
    }

    fn records(&self) -> &'static str {
        "/result/data"
    }

    fn total(&self) -> Option<&'static str> {
        Some("/result/total")
    }

    fn refusal(&self, answer: &Value) -> Option<String> {
        let error = answer.get("error").filter(|error| !is_nothing(error));
        error.map(ToString::to_string)
    }

    fn key(&self) -> &'static str {
        "name"
    }

    fn empty(&self) -> &'static str {
        r#"{"error":[],"result":{"data":[],"total":0}}"#
    }

    fn notes(&self, _: &Address, _: bool) -> Vec<Problem> {
        Vec::new()
    }
}
