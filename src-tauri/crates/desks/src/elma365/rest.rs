//! ELMA365's interface, as public clients use it (observed): lists of items of apps are asked for with a body, from `from`
//! on, `size` at once; the answer says how many there are. How many one answer gives at most nobody says (assumed: 100
//! are given). No call gives groups, their members, objects of the portal or rights, nor which apps there are.

use portico_core::snapshot::Problem;
use serde_json::Value;

use super::read::said;
use crate::rest::RestError;
use crate::rest::address::Address;
use crate::rest::list::{Count, Extra, Interface, List, Paging, When};
use crate::rest::login::Login;

/// The interface.
pub(crate) static INTERFACE: Rest = Rest;

pub(crate) struct Rest;

/// How many records are asked for at once (assumed).
const MOST: u64 = 100;
/// What an item list is asked with: those that are not deleted, with all their fields.
const ITEMS: &[(&str, Extra)] = &[("active", Extra::True), ("fields", Extra::Every)];

/// The apps whose items are read: section and code.
fn apps(address: &Address) -> impl Iterator<Item = &str> {
    let named = address.own.iter().filter(|(name, _)| name == "app");
    named.map(|(_, app)| app.as_str())
}

fn is_app(app: &str) -> bool {
    let is_word = |word: &str| {
        let is_sign = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        !word.is_empty() && word.bytes().all(is_sign)
    };
    app.split_once('/')
        .is_some_and(|(section, code)| is_word(section) && is_word(code))
}

impl Interface for Rest {
    fn base(&self) -> &'static str {
        "/pub/v1"
    }

    fn takes(&self) -> &'static [&'static str] {
        &["app"]
    }

    fn check(&self, address: &Address) -> Result<(), RestError> {
        if !apps(address).all(is_app) {
            let message = "?app= takes a section and an app of it, as in the app's own address: SECTION/APP";
            return Err(RestError::Address(message.to_owned()));
        }
        if apps(address).next().is_some() && address.beside.is_none() {
            let message = "who sees an item is said by objects of the portal and rights on them, which no call gives: name the folder with objects.json and the others by ?beside=FOLDER";
            return Err(RestError::Address(message.to_owned()));
        }
        Ok(())
    }

    fn login(&self, _: &Address, secret: &str) -> Result<Login, RestError> {
        Login::fixed("Authorization", "Bearer ", secret)
    }

    fn lists(&self, address: &Address) -> Vec<List> {
        let list = |name: &str, app: &str, right| List {
            place: format!("app/{app}/list"),
            path: format!("/app/{app}/list"),
            count: Count::Total,
            ..List::new(name, Paging::Body(ITEMS), MOST, right)
        };
        let mut lists = vec![
            list(
                "external users",
                "_system_catalogs/_user_profiles",
                "the right to read user profiles",
            ),
            List {
                lacking: Some(said::no_companies),
                ..list(
                    "companies",
                    "_clients/_companies",
                    "the right to read the app of companies",
                )
            },
            List {
                place: "user/list".to_owned(),
                path: "/user/list".to_owned(),
                count: Count::Total,
                ..List::new("users", Paging::Body(&[]), MOST, "the right to read users")
            },
        ];
        lists.extend(apps(address).map(|app| List {
            when: When::Tickets,
            ..list(app, app, "the right to read the items of this app")
        }));
        lists
    }

    fn records(&self) -> &'static str {
        "/result/result"
    }

    fn total(&self) -> Option<&'static str> {
        Some("/result/total")
    }

    fn refusal(&self, answer: &Value) -> Option<String> {
        let failed = answer.get("success").and_then(Value::as_bool) == Some(false);
        failed.then(|| answer.get("error").map(ToString::to_string).unwrap_or_default())
    }

    fn key(&self) -> &'static str {
        "__id"
    }

    fn empty(&self) -> &'static str {
        r#"{"success":true,"error":"","result":{"result":[],"total":0}}"#
    }

    fn notes(&self, address: &Address, tickets: bool) -> Vec<Problem> {
        let mut notes = Vec::new();
        if address.beside.is_none() {
            notes.push(said::no_files().at("rights", 0, ""));
        }
        if tickets && apps(address).next().is_none() {
            notes.push(said::no_apps().at("items", 0, ""));
        }
        notes
    }
}
