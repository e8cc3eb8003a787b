//! How much a reading will ask, told before it begins.

use serde_json::Value;

use super::client::{Answer, Client};
use super::list::{Count, List, Question, Reached};
use super::{Connection, Manner, RestError, list};
use crate::error::DeskError;
use crate::registry;

/// How much a reading will ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Estimate {
    /// By list, in their order.
    pub lists: Vec<ListEstimate>,
    /// How many requests are known to be needed.
    pub requests: u64,
    /// How many requests the estimate itself made.
    pub asked: u64,
    /// What the desk allows a day, in words; `None` where nothing says so.
    pub day: Option<String>,
}

/// How much one list will ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEstimate {
    /// Its name.
    pub list: String,
    /// How many records there are; `None` where nothing says so.
    pub records: Option<u64>,
    /// Whether it was so at the last import, and the desk does not say how it is now.
    pub before: bool,
    /// How many requests it takes; `None` where that is not known.
    pub requests: Option<u64>,
}

/// Asks the desk how many records there are, where it says that. `before` tells how many of a kind the workspace has.
pub fn estimate(
    desk: &str,
    connection: &Connection,
    tickets: bool,
    before: &dyn Fn(&str) -> Option<u64>,
    manner: &Manner<'_>,
) -> Result<Estimate, DeskError> {
    let interface = registry::interface(desk)?;
    let lists = list::wanted(interface, &connection.address, tickets)?;
    let mut client = Client::open(interface, connection, manner)?;
    let mut all: Vec<(&List, ListEstimate)> = Vec::new();
    for list in &lists {
        let parent = list.of.map(|place| {
            let found = all.iter().find(|(other, _)| other.place == place);
            found.map(|(_, one)| (one.records, one.before))
        });
        let (records, is_before) = match (parent, list.count) {
            (Some(parent), _) => parent.unwrap_or_default(),
            (None, Count::Few) => (None, false),
            (None, Count::Before(kind)) => (before(kind), true),
            (None, Count::Total) => (total(&mut client, list, interface.total())?, false),
            (None, Count::Call(path, pointer)) => (counted(&mut client, list, path, pointer)?, false),
        };
        let size = manner.page.unwrap_or(list.most).clamp(super::walk::FEWEST, list.most);
        let requests = match (list.count, list.of) {
            // One each, as long as none has more than a page.
            (_, Some(_)) => records,
            (Count::Few, None) => Some(1),
            // Each page but the first repeats a record.
            _ => records.map(|records| 1 + records.saturating_sub(size).div_ceil(size - 1)),
        };
        let details = list.detail.and(records).unwrap_or(0);
        let one = ListEstimate {
            list: list.name.clone(),
            records,
            before: is_before,
            requests: requests.map(|requests| requests + details),
        };
        all.push((list, one));
    }
    let lists: Vec<ListEstimate> = all.into_iter().map(|(list, one)| shown(list, one)).collect();
    Ok(Estimate {
        requests: lists.iter().filter_map(|list| list.requests).sum(),
        lists,
        asked: client.requests(),
        day: interface.day().map(ToOwned::to_owned),
    })
}

/// How many records a list of records' own lists has in all is not known.
fn shown(list: &List, one: ListEstimate) -> ListEstimate {
    ListEstimate {
        records: one.records.filter(|_| list.of.is_none()),
        ..one
    }
}

/// What the first answer says of the whole list; `None` where there is none.
fn total(client: &mut Client<'_>, list: &List, pointer: Option<&str>) -> Result<Option<u64>, DeskError> {
    let question = list.question(None, &Reached::default(), 1);
    let Answer::Page(_, value) = client.ask(&question)? else {
        return Ok(None);
    };
    Ok(pointer
        .and_then(|pointer| value.pointer(pointer))
        .and_then(Value::as_u64))
}

/// What a call of its own says; `None` where the token may not ask. Whether it opens the lists they say themselves.
fn counted(client: &mut Client<'_>, list: &List, path: &str, pointer: &str) -> Result<Option<u64>, DeskError> {
    let question = Question {
        path: path.to_owned(),
        query: Vec::new(),
        ..list.question(None, &Reached::default(), 1)
    };
    match client.ask(&question) {
        Ok(Answer::Page(_, value)) => Ok(value.pointer(pointer).and_then(number)),
        Ok(_) | Err(DeskError::Rest(RestError::Forbidden { .. } | RestError::Refused(_))) => Ok(None),
        Err(error) => Err(error),
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
