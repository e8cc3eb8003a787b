//! What reading a desk's interface takes, told before it begins.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::desk;
use portico_api::session::Session;
use portico_api::types::live::{ListEstimate, ReadEstimate};
use portico_api::types::passphrase::Secret;

use super::database;
use crate::failure::Failure;
use crate::output::{counted, say};

/// Says how much will be asked of the desk, where `from` is the address of its interface.
pub(super) fn estimate(session: &Session, from: &str, token: Option<&Secret>, tickets: bool) -> Result<(), Failure> {
    let never = Arc::new(AtomicBool::new(false));
    let told = desk::estimate_reading(session, from, token, tickets, &never);
    if let Some(told) = told.map_err(|error| database::explained(error, from, token))? {
        say(&in_words(&told));
    }
    Ok(())
}

fn in_words(told: &ReadEstimate) -> String {
    let lists: Vec<String> = told.lists.iter().map(of_list).collect();
    let least = if told.open { "at least " } else { "" };
    let requests = counted(told.requests, "request", "requests");
    let day = told.day.as_ref().map(|day| format!("; {day}")).unwrap_or_default();
    format!("Reading takes {least}{requests}: {}{day}.", lists.join(", "))
}

fn of_list(list: &ListEstimate) -> String {
    let ListEstimate {
        list: name,
        records,
        before,
        requests,
    } = list;
    let of_before = if *before { " at the last import" } else { "" };
    let records = records.map(|n| format!("{n}{of_before}"));
    let requests = requests.map_or_else(
        || "nothing says how many".to_owned(),
        |n| counted(n, "request", "requests"),
    );
    match records {
        Some(records) => format!("{name} {records} ({requests})"),
        None => format!("{name} ({requests})"),
    }
}
