//! What a desk's interface is asked for: its lists, how their pages are turned, and what an answer looks like.

use std::collections::BTreeMap;

use portico_core::snapshot::Problem;
use serde_json::{Value, json};

use super::RestError;
use super::address::Address;
use super::login::Login;
use crate::said::Said;

/// What stands in a place or a path for the key of the record that a list belongs to.
const KEY: &str = "{}";

/// A list of an interface.
#[derive(Debug, Clone)]
pub(crate) struct List {
    /// What it is called in an address, in progress and in errors.
    pub(crate) name: String,
    /// Where its pages lie, without number and ending: `accounts/{}/contacts`.
    pub(crate) place: String,
    /// Its path in the interface: `/accounts/{}/contacts`.
    pub(crate) path: String,
    /// What is asked beside the page; a value can be the key of the record that the list belongs to.
    pub(crate) query: &'static [(&'static str, &'static str)],
    /// How its pages are turned.
    pub(crate) paging: Paging,
    /// The most records of a page.
    pub(crate) most: u64,
    /// When it is read.
    pub(crate) when: When,
    /// The place of the list whose records each have one of these.
    pub(crate) of: Option<&'static str>,
    /// The path of one whole record, where the list holds only a part of each.
    pub(crate) detail: Option<&'static str>,
    /// How it is known before how many records there are.
    pub(crate) count: Count,
    /// What it means that there is no such list, and how its records are brought; `None` where that cannot be.
    pub(crate) lacking: Option<fn() -> Said>,
    /// What a token needs to read it.
    pub(crate) right: &'static str,
}

/// How pages are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paging {
    /// `skip` and `take`; the answer says how many there are.
    SkipTake,
    /// `from` and `limit`; nothing says how many there are, nor whether the first record is number 0 or 1.
    FromLimit {
        /// Whether only the last page can be short.
        full: bool,
    },
    /// A question with a body: `from` and `size` join these members. The answer says how many there are.
    Body(&'static [(&'static str, Extra)]),
    /// All at once.
    Whole,
}

/// A member of a question's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    /// `true`.
    True,
    /// `{"*": true}`: every field.
    Every,
}

/// When a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Always.
    Always,
    /// With the tickets, unless the address leaves it out.
    Tickets,
    /// Where the address asks for it.
    Asked,
    /// With the tickets, where the address asks for it.
    AskedTickets,
}

/// How it is known before how many records there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    /// Any answer says it.
    Total,
    /// Another call says it: path, and where in the answer.
    Call(&'static str, &'static str),
    /// Nothing says it. The workspace may know this kind from before.
    Before(&'static str),
    /// There are few.
    Few,
}

/// A desk's interface.
pub(crate) trait Interface: Sync {
    /// What stands before the paths of all lists.
    fn base(&self) -> &'static str;
    /// What an address of this desk takes beside what every address takes.
    fn takes(&self) -> &'static [&'static str] {
        &[]
    }
    /// What an address can ask for beside lists.
    fn asks(&self) -> &'static [&'static str] {
        &[]
    }
    /// Whether the address says enough.
    fn check(&self, _address: &Address) -> Result<(), RestError> {
        Ok(())
    }
    /// How a token is shown.
    fn login(&self, address: &Address, secret: &str) -> Result<Login, RestError>;
    /// What else every question carries.
    fn headers(&self, _address: &Address) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// All lists, those that others belong to first.
    fn lists(&self, address: &Address) -> Vec<List>;
    /// Where in an answer the records are.
    fn records(&self) -> &'static str;
    /// Where in an answer it says how many records the list has.
    fn total(&self) -> Option<&'static str> {
        None
    }
    /// What makes an answer one of an error, although its status is not.
    fn refusal(&self, _answer: &Value) -> Option<String> {
        None
    }
    /// The member of a record that holds its key.
    fn key(&self) -> &'static str;
    /// An answer without records.
    fn empty(&self) -> &'static str;
    /// By kind, the fields that the lists hold, where they do not hold all.
    fn fields(&self, _address: &Address) -> BTreeMap<&'static str, Vec<String>> {
        BTreeMap::new()
    }
    /// What no call gives, and how it is brought.
    fn notes(&self, _address: &Address, _tickets: bool) -> Vec<Problem> {
        Vec::new()
    }
    /// How many questions a day the desk allows, in words.
    fn day(&self) -> Option<&'static str> {
        None
    }
}

/// The lists to read: all that the address wants of those there are.
pub(crate) fn wanted(interface: &dyn Interface, address: &Address, tickets: bool) -> Result<Vec<List>, RestError> {
    let takes = interface.takes();
    if let Some((name, _)) = address.own.iter().find(|(name, _)| !takes.contains(&name.as_str())) {
        let known = ["ca=FILE", "pages=FOLDER", "beside=FOLDER", "also=LIST", "without=LIST"];
        let own = takes.iter().map(|name| format!("{name}=…"));
        let known: Vec<String> = known.iter().map(ToString::to_string).chain(own).collect();
        // A token would be long: only what can be a name is repeated.
        let name = Some(name).filter(|name| name.len() < 20 && name.bytes().all(|b| b.is_ascii_lowercase()));
        let name = name.map_or_else(|| "something".to_owned(), |name| format!("{name}="));
        let message = format!("behind the ? stands {name}; it takes {}", known.join(", "));
        return Err(RestError::Address(message));
    }
    interface.check(address)?;
    let lists = interface.lists(address);
    let named = |which: fn(When) -> bool| -> Vec<String> {
        let some = lists.iter().filter(|list| which(list.when));
        some.map(|list| list.name.clone()).collect()
    };
    let mut asked = named(|when| matches!(when, When::Asked | When::AskedTickets));
    asked.extend(interface.asks().iter().map(ToString::to_string));
    let optional = named(|when| when == When::Tickets);
    known_names("also", &address.also, &asked)?;
    known_names("without", &address.without, &optional)?;
    let tickets = tickets && !address.without.iter().any(|name| name == TICKETS);
    let is_wanted = |list: &List| match list.when {
        When::Always => true,
        When::Tickets => tickets && !address.without.contains(&list.name),
        When::Asked => address.also.contains(&list.name),
        When::AskedTickets => tickets && address.also.contains(&list.name),
    };
    Ok(lists.into_iter().filter(is_wanted).collect())
}

/// The list without which none that belongs to tickets is read.
const TICKETS: &str = "tickets";

fn known_names(option: &str, given: &[String], there: &[String]) -> Result<(), RestError> {
    if given.iter().all(|name| there.contains(name)) {
        return Ok(());
    }
    let message = if there.is_empty() {
        format!("?{option}= takes nothing with this desk")
    } else {
        format!("?{option}= takes {}", there.join(", "))
    };
    Err(RestError::Address(message))
}

/// How far a list is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Pages that came.
    pub(crate) pages: u64,
    /// Records that came, each once.
    pub(crate) records: u64,
}

/// A question for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// The list, for errors.
    pub(crate) list: String,
    /// The page, from 1, for errors.
    pub(crate) page: u64,
    /// What a token needs.
    pub(crate) right: &'static str,
    /// Behind the base.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
}

impl List {
    /// A list that is read always, has few rights and belongs to none; the rest is said where it differs.
    pub(crate) fn new(name: &str, paging: Paging, most: u64, right: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            place: name.to_owned(),
            path: format!("/{name}"),
            query: &[],
            paging,
            most,
            when: When::Always,
            of: None,
            detail: None,
            count: Count::Few,
            lacking: None,
            right,
        }
    }

    /// Where the pages lie of the list of this record.
    pub(crate) fn place_of(&self, key: Option<&str>) -> String {
        self.place.replacen(KEY, key.unwrap_or_default(), 1)
    }

    /// Asks for the next page.
    pub(crate) fn question(&self, key: Option<&str>, reached: &Reached, size: u64) -> Question {
        let path = self.path.replacen(KEY, key.unwrap_or_default(), 1);
        let mut query: Vec<(String, String)> = Vec::new();
        let mut body = None;
        let mut say = |name: &str, value: u64| query.push((name.to_owned(), value.to_string()));
        // The last record that came comes again: where it does not, records moved between the pages.
        let from = reached.records.saturating_sub(1);
        match self.paging {
            Paging::SkipTake => {
                say("skip", from);
                say("take", size);
            }
            Paging::FromLimit { .. } => {
                if reached.pages > 0 {
                    say("from", from);
                }
                say("limit", size);
            }
            Paging::Body(extra) => {
                let mut members = json!({ "from": from, "size": size });
                for (name, value) in extra {
                    members[*name] = match value {
                        Extra::True => Value::Bool(true),
                        Extra::Every => json!({ "*": true }),
                    };
                }
                body = Some(members);
            }
            Paging::Whole => {}
        }
        let fixed = self
            .query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.replacen(KEY, key.unwrap_or_default(), 1)));
        query.extend(fixed);
        Question {
            list: self.name.clone(),
            page: reached.pages + 1,
            right: self.right,
            path,
            query,
            body,
        }
    }

    /// Asks for one whole record.
    pub(crate) fn question_for_one(&self, path: &str, key: &str, page: u64) -> Question {
        Question {
            list: self.name.clone(),
            page,
            right: self.right,
            path: path.replacen(KEY, key, 1),
            query: Vec::new(),
            body: None,
        }
    }
}
