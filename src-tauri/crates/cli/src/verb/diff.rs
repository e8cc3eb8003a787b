//! `diff`: who gains and loses what between two states, or between two people.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::exposure::{self, Work};
use portico_api::session::Session;
use portico_api::types::exposure::{ExportExposure, Exposure, ExposureOf, ExposureOfPlace, ExposureSource};
use portico_api::types::tickets::FoundTicket;
use portico_api::{compare, error::ApiError};
use serde_json::{Value, json};

use super::{progress, progress_is_over, table_file, translate};
use crate::args;
use crate::failure::{Ending, Failure};
use crate::output::{Output, counted};
use crate::people;

/// Accounts, and places of tickets, that are told of in the text.
const NAMED: usize = 10;

pub(super) fn run(args: &args::Diff, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if !args.users.is_empty() {
        let [first, second] = args.users.as_slice() else {
            return Err(Failure::Usage(
                "--users takes two logins with a comma between".to_owned(),
            ));
        };
        return people(first, second, session, output);
    }
    if let Some(desk) = &args.desk {
        return translate::compare(desk, args.keep.as_deref(), session, output);
    }
    if let Some((path, format)) = table_file::target(args.csv.as_deref(), args.xlsx.as_deref()) {
        return write(args, path, format, session, output);
    }
    let exposure = watched(|work| match (args.since, args.undo) {
        (Some(change), _) => exposure::since(session, change, work),
        (_, Some(change)) => exposure::of_undo(session, change, work),
        _ => exposure::of_pending(session, work),
    })?;
    if output.is_json() {
        output.value(&as_json(&exposure))?;
    } else {
        as_text(&exposure, output)?;
    }
    Ok(Ending::look_if(exposure.affected > 0 || !exposure.complete))
}

fn write(
    args: &args::Diff,
    path: &Path,
    format: &str,
    session: &Session,
    output: &mut Output,
) -> Result<Ending, Failure> {
    let input = ExportExposure {
        source: match (args.since, args.undo) {
            (Some(change), _) => ExposureSource::Since { change },
            (_, Some(change)) => ExposureSource::Undo { change },
            _ => ExposureSource::Pending,
        },
        columns: table_file::columns(exposure::exposure_columns()),
        format: format.to_owned(),
        separator: ",".to_owned(),
        path: path.display().to_string(),
    };
    let (file, found) = watched(|work| exposure::export_exposure(session, &input, work))?;
    table_file::done(&file, "people", output)?;
    Ok(Ending::look_if(found.affected > 0 || !found.complete))
}

fn watched<T>(look: impl FnOnce(&mut Work<'_>) -> Result<T, ApiError>) -> Result<T, Failure> {
    let never = Arc::new(AtomicBool::new(false));
    let found = look(&mut Work {
        job: "diff",
        tell: &mut |told| progress(&told),
        cancelled: &never,
    });
    progress_is_over();
    Ok(found?)
}

pub(super) fn as_json(of: &Exposure) -> Value {
    let example = |one: &ExposureOf| {
        json!({
            "login": one.login,
            "gained": one.gained_tickets,
            "lost": one.lost_tickets,
            "gained_count": one.gained,
            "lost_count": one.lost,
            "login_change": one.login_change,
        })
    };
    let place = |of: &ExposureOfPlace| json!({ "queue": of.place, "gained": of.gained, "lost": of.lost });
    json!({
        "people": of.affected,
        "looked_at": of.people,
        "gaining": of.gaining,
        "losing": of.losing,
        "gained": of.gained,
        "lost": of.lost,
        "tickets_gained": of.tickets_gained,
        "tickets_lost": of.tickets_lost,
        "logins_gained": of.logins_gained,
        "logins_lost": of.logins_lost,
        "unknown": of.unknown,
        "queues": of.places.iter().map(place).collect::<Vec<_>>(),
        "queues_total": of.places_total,
        "examples": of.examples.iter().map(example).collect::<Vec<_>>(),
        "accounts": of.accounts,
        "accounts_total": of.accounts_total,
        "doubtful": of.doubtful,
        "broken": of.broken,
        "assumed": of.assumed,
    })
}

pub(super) fn as_text(of: &Exposure, output: &mut Output) -> Result<(), Failure> {
    sums(of, output)?;
    if !of.assumed.is_empty() {
        let settings = of.assumed.join(", ");
        output.line(&format!(
            "[assumed] nobody has confirmed {settings}: told as it is assumed"
        ))?;
    }
    for one in &of.examples {
        let login = match one.login_change.as_str() {
            "gained" => "; may log in",
            "lost" => "; may not log in any more",
            _ => "",
        };
        output.line(&format!("  {}: +{} -{}{login}", one.login, one.gained, one.lost))?;
    }
    more(of.affected as usize, of.examples.len(), output)?;
    accounts(of, output)?;
    places(of, output)?;
    if !of.doubtful.is_empty() {
        let logins: Vec<&str> = of.doubtful.iter().map(|one| one.login.as_str()).collect();
        let more = (of.unknown as usize).saturating_sub(logins.len());
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        output.line(&format!("not told: {}{more}", logins.join(", ")))?;
    }
    for broken in &of.broken {
        super::expect::told(broken, output)?;
    }
    Ok(())
}

/// Who gains and loses how much, in all; only what is so.
fn sums(of: &Exposure, output: &mut Output) -> Result<(), Failure> {
    if of.affected == 0 && of.complete {
        return output.line("Grants nothing new and takes nothing away.");
    }
    if of.gaining + of.losing > 0 {
        output.line(&format!(
            "{} {}, {} {}",
            counted(of.gaining.into(), "person gains", "people gain"),
            counted(of.tickets_gained, "ticket", "tickets"),
            counted(of.losing.into(), "loses", "lose"),
            of.tickets_lost
        ))?;
    }
    if of.logins_gained + of.logins_lost > 0 {
        output.line(&format!(
            "{} may log in who could not, {} may not any more",
            of.logins_gained, of.logins_lost
        ))?;
    }
    if of.complete {
        return Ok(());
    }
    let people = counted(of.unknown.into(), "person", "people");
    output.line(&match (of.affected, of.unknown) {
        (0, 0) => "It cannot be told who gains or loses something: the rules of this desk are not known.".to_owned(),
        (0, _) => format!("Nobody gains or loses for certain; of {people} it cannot be told"),
        _ => format!("of {people} it cannot be told whether there is more"),
    })
}

/// The accounts for whose people it means most.
fn accounts(of: &Exposure, output: &mut Output) -> Result<(), Failure> {
    if of.accounts.is_empty() {
        return Ok(());
    }
    output.line("by account, tickets summed over people:")?;
    for one in of.accounts.iter().take(NAMED) {
        let name = if one.id.is_some() { &one.name } else { "(no account)" };
        let people = counted(one.people.into(), "person", "people");
        output.line(&format!("  {name}: {people}, +{} -{}", one.gained, one.lost))?;
    }
    more(of.accounts_total as usize, NAMED, output)
}

/// Where the tickets lie that somebody gains or loses.
fn places(of: &Exposure, output: &mut Output) -> Result<(), Failure> {
    if of.places.is_empty() {
        return Ok(());
    }
    output.line(&format!("by {}, each ticket once:", of.by))?;
    for one in of.places.iter().take(NAMED) {
        let place = if one.place.is_empty() { "(none)" } else { &one.place };
        output.line(&format!("  {place}: +{} -{}", one.gained, one.lost))?;
    }
    more(of.places_total as usize, NAMED, output)
}

/// Says how many there are beyond those that were named.
fn more(all: usize, named: usize, output: &mut Output) -> Result<(), Failure> {
    match all.saturating_sub(named) {
        0 => Ok(()),
        more => output.line(&format!("  and {more} more")),
    }
}

fn people(first: &str, second: &str, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let ids = [people::id_of(session, first)?, people::id_of(session, second)?];
    let found = compare::compare_people(session, &ids[0], &ids[1])?;
    if output.is_json() {
        output.value(&json!({
            "first": first,
            "second": second,
            "only_first": found.only_first,
            "only_second": found.only_second,
            "login": found.login,
            "unknown": found.unknown,
            "first_tickets": numbers(&found.first_tickets),
            "second_tickets": numbers(&found.second_tickets),
        }))?;
    } else {
        for (login, count, tickets) in [
            (first, found.only_first, &found.first_tickets),
            (second, found.only_second, &found.second_tickets),
        ] {
            output.line(&format!("only {login} sees {count} tickets"))?;
            for ticket in tickets {
                output.line(&format!("  {}  {}  {}", ticket.number, ticket.place, ticket.title))?;
            }
        }
        match found.login.as_str() {
            "first" => output.line(&format!("only {first} may log in"))?,
            "second" => output.line(&format!("only {second} may log in"))?,
            _ => {}
        }
        if found.unknown {
            output.line("It cannot be told whether more differs.")?;
        }
    }
    let differs = found.only_first + found.only_second > 0 || found.login != "same";
    Ok(Ending::look_if(differs || found.unknown))
}

fn numbers(tickets: &[FoundTicket]) -> Vec<&str> {
    tickets.iter().map(|ticket| ticket.number.as_str()).collect()
}
