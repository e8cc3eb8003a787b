//! `who`: everybody who can see a ticket, with the reason.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::session::Session;
use portico_api::tickets;
use portico_api::types::tickets::{ExportWho, WhoCounts, WhoPerson, WhoQuery};
use serde_json::{Value, json};

use super::{progress, progress_is_over, table_file};
use crate::args;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &args::Who, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if let Some((path, format)) = table_file::target(args.csv.as_deref(), args.xlsx.as_deref()) {
        return write(args, path, format, session, output);
    }
    let counts = tickets::who_count(session, &args.ticket, args.activity)?;
    let people = people(args, session)?;
    if output.is_json() {
        output.value(&json!({
            "ticket": args.ticket,
            "total": counts.all,
            "may_log_in": counts.may_log_in,
            "listed": counts.listed,
            "openable": counts.openable,
            "unknown": counts.unknown,
            "unknown_settings": counts.unknown_settings,
            "hanging": counts.hanging,
            "people": people.iter().map(as_json).collect::<Vec<_>>(),
        }))?;
    } else {
        as_text(&counts, &people, output)?;
    }
    Ok(Ending::look_if(
        counts.unknown > 0 || !counts.unknown_settings.is_empty(),
    ))
}

fn people(args: &args::Who, session: &Session) -> Result<Vec<WhoPerson>, Failure> {
    let limit = args.limit.unwrap_or(usize::MAX);
    let mut query = WhoQuery {
        ticket: args.ticket.clone(),
        activity: args.activity,
        part: args.part.clone(),
        after: None,
    };
    let mut people = Vec::new();
    loop {
        let page = tickets::who_page(session, &query)?;
        people.extend(page.people);
        if page.next.is_none() || people.len() >= limit {
            people.truncate(limit);
            return Ok(people);
        }
        query.after = page.next;
    }
}

fn as_json(person: &WhoPerson) -> Value {
    json!({
        "login": person.login,
        "name": person.name,
        "account": person.account,
        "may_log_in": person.may_log_in,
        "listed": person.listed,
        "lists": person.lists,
        "openable": person.openable,
        "reply": person.reply,
        "reason": person.reason.text,
        "rule": person.reason.rule,
        "assumed": person.assumed,
    })
}

fn as_text(counts: &WhoCounts, people: &[WhoPerson], output: &mut Output) -> Result<(), Failure> {
    output.line(&format!(
        "{} people see it: {} find it in a list, {} can open it; {} of them may log in",
        counts.all, counts.listed, counts.openable, counts.may_log_in
    ))?;
    if counts.unknown > 0 {
        output.line(&format!("of {} more it cannot be told", counts.unknown))?;
    }
    if !counts.unknown_settings.is_empty() {
        output.line(&format!(
            "settings that are needed: {}",
            counts.unknown_settings.join(", ")
        ))?;
    }
    for of in &counts.hanging {
        output.line(&format!(
            "{} more may see it if {} is not as assumed; nobody has confirmed it",
            of.people, of.setting
        ))?;
    }
    for person in people {
        let mut ways: Vec<&str> = person.lists.iter().map(String::as_str).collect();
        ways.extend((person.openable == Some(true)).then_some("opens it"));
        ways.extend((person.reply == Some(true)).then_some("replies"));
        ways.extend((person.may_log_in == Some(false)).then_some("may not log in"));
        let mark = if person.assumed.is_empty() { "" } else { " [assumed]" };
        output.line("")?;
        output.line(&format!("{}  {}  {}", person.login, person.name, person.account))?;
        output.line(&format!("  {}", ways.join(", ")))?;
        output.line(&format!("  because: {}{mark}", person.reason.text))?;
    }
    Ok(())
}

fn write(
    args: &args::Who,
    path: &std::path::Path,
    format: &str,
    session: &Session,
    output: &mut Output,
) -> Result<Ending, Failure> {
    let input = ExportWho {
        ticket: args.ticket.clone(),
        activity: args.activity,
        part: args.part.clone(),
        columns: table_file::columns(tickets::who_columns()),
        format: format.to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    };
    let never = Arc::new(AtomicBool::new(false));
    let written = tickets::export_who(session, &input, "who", &mut |p| progress(&p), &never);
    progress_is_over();
    let file = written?;
    table_file::done(&file, "people", output)
}
