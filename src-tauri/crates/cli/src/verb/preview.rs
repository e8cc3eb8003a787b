//! `preview`: the portal as a person sees it.

use portico_api::preview;
use portico_api::session::Session;
use portico_api::types::preview::{AssumedRule, PageQuery, Preview, Reason, Untold, Viewer};
use portico_api::types::users::{UserQuery, UserRow};

use serde_json::json;

use super::{translate, users};
use crate::args;
use crate::failure::{Ending, Failure};
use crate::output::Output;
use crate::people;

mod portal;

/// What an answer bears that rests on a rule which no documentation states.
const ASSUMED: &str = "[assumed]";

/// Tickets of a list that the text shows.
const SHOWN: usize = 10;

pub(super) fn run(args: &args::Preview, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if let Some(desk) = &args.desk {
        let there = translate::elsewhere(session, desk)?;
        return here(args, &there.session, output);
    }
    here(args, session, output)
}

fn here(args: &args::Preview, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    if args.visitor {
        return visitor(session, output);
    }
    let Some(user) = &args.user else {
        return everybody(session, output);
    };
    let viewer = Viewer {
        at: args.at,
        ..saved(people::id_of(session, user)?)
    };
    if output.is_json() {
        output.value(&preview::full(session, &viewer)?)?;
    } else {
        one(session, &viewer, output)?;
    }
    Ok(Ending::Done)
}

/// Somebody who has not logged in.
fn visitor(session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let seen = preview::visitor(session)?;
    let shown = seen.home.iter().filter(|part| part.shown == Some(true));
    let shown: Vec<&str> = shown.map(|part| part.name.as_str()).collect();
    if output.is_json() {
        output.value(&json!({
            "visitor": true,
            "address": seen.address,
            "portal": seen.portal,
            "portal_reason": seen.portal_reason.text,
            "home": shown,
            "may_submit": seen.may_submit,
            "submit_reason": seen.submit_reason.text,
            "unknown_settings": seen.unknown_settings,
        }))?;
        return Ok(Ending::look_if(!seen.unknown_settings.is_empty()));
    }
    if !seen.address.is_empty() {
        output.line(&format!("Portal at {}", seen.address))?;
    }
    if seen.portal == Some(false) {
        let why = marked(&seen.portal_reason);
        output.line(&format!("a visitor sees nothing, not even the login page: {why}"))?;
    } else {
        if seen.portal.is_none() {
            output.line("whether the portal shows any page cannot be told")?;
        }
        let assumed = seen.home.iter().any(|part| !part.reason.assumed.is_empty());
        output.line(&match shown.as_slice() {
            [] if assumed => format!("a visitor sees the login page only {ASSUMED}"),
            [] => "a visitor sees the login page only".to_owned(),
            some if assumed => format!("a visitor sees the login page and {} {ASSUMED}", some.join(", ")),
            some => format!("a visitor sees the login page and {}", some.join(", ")),
        })?;
        output.line(match seen.may_submit {
            Some(true) => "tickets can be submitted without a login",
            Some(false) => "nothing can be submitted without a login",
            None => "whether tickets can be submitted without a login cannot be told",
        })?;
    }
    Ok(Ending::look_if(!seen.unknown_settings.is_empty()))
}

/// A person in the saved state.
fn saved(id: String) -> Viewer {
    Viewer {
        id: Some(id),
        draft: None,
        at: None,
        desk: None,
    }
}

/// Everybody: in JSON all of it as a stream, in text a line each.
fn everybody(session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let query = UserQuery {
        sort: "login".to_owned(),
        ..UserQuery::default()
    };
    let mut first = true;
    users::each(session, &query, &mut |row| {
        let viewer = saved(row.id.clone());
        if output.is_json() {
            output.member(first, &name(&row), &preview::full(session, &viewer)?)?;
        } else {
            output.line(&summary(&row, &preview::preview(session, &viewer)?))?;
        }
        first = false;
        Ok(true)
    })?;
    if output.is_json() {
        output.end(first)?;
    }
    Ok(Ending::Done)
}

/// The name of a person among others: the login.
fn name(row: &UserRow) -> String {
    if row.login.is_empty() {
        format!("#{}", row.id)
    } else {
        row.login.clone()
    }
}

fn summary(row: &UserRow, preview: &Preview) -> String {
    let lists: Vec<String> = preview
        .lists
        .iter()
        .map(|list| format!("{} {}", list.name, list.all))
        .collect();
    format!(
        "{}  {}  {}  hidden {}{}",
        name(row),
        log_in(preview),
        lists.join(", "),
        preview.hidden,
        cannot_be_told(preview.unknown)
    )
}

fn log_in(preview: &Preview) -> &'static str {
    match preview.may_log_in {
        Some(true) => "may log in",
        Some(false) => "may not log in",
        None => "log-in cannot be told",
    }
}

/// How many tickets cannot be told; empty for none.
fn cannot_be_told(count: u64) -> String {
    match count {
        0 => String::new(),
        some => format!(", cannot be told {some}"),
    }
}

/// The first tickets of a list, or of what cannot be told.
fn tickets(session: &Session, viewer: &Viewer, list: &str, all: u64, output: &mut Output) -> Result<(), Failure> {
    let query = PageQuery {
        list: list.to_owned(),
        tab: "all".to_owned(),
        object: None,
        changed: false,
        after: None,
    };
    let page = preview::preview_page(session, viewer, &query)?;
    let rows = page.rows.iter().take(SHOWN).map(|row| {
        let note = match (row.untold.is_empty(), row.openable) {
            (false, _) => row.untold.iter().map(short).collect::<Vec<_>>().join(", "),
            (true, Some(true)) => String::new(),
            (true, Some(false)) => "cannot be opened".to_owned(),
            (true, None) => "opening cannot be told".to_owned(),
        };
        let mark = if row.assumed.is_empty() { "" } else { ASSUMED };
        let note = [note.as_str(), mark].join(" ").trim().to_owned();
        let columns = [format!("  {}", row.number), row.state.clone(), row.place.clone()];
        columns.into_iter().chain([row.title.clone(), note]).collect()
    });
    output.columns(&rows.collect::<Vec<_>>())?;
    if all > SHOWN as u64 {
        output.line("  ... all of them: --json")?;
    }
    Ok(())
}

/// What is missing, for a column: the whole stands below the tickets.
fn short(one: &Untold) -> &str {
    if one.setting.is_empty() { &one.why } else { &one.setting }
}

/// What is missing, as one text.
fn missing(one: &Untold) -> String {
    match (one.setting.as_str(), one.why.as_str()) {
        (setting, "") => format!("{setting} is not given"),
        ("", why) => why.to_owned(),
        (setting, why) => format!("{setting}: {why}"),
    }
}

/// What cannot be told, and what would have to be known before.
fn untold(session: &Session, viewer: &Viewer, preview: &Preview, output: &mut Output) -> Result<(), Failure> {
    if preview.unknown > 0 {
        output.line("")?;
        output.line(&format!("Cannot be told: {}", preview.unknown))?;
        tickets(session, viewer, "Untold", preview.unknown, output)?;
    }
    for one in preview.untold.iter().filter(|one| !one.why.is_empty()) {
        output.line(&format!("Cannot be told while this stands: {}", missing(one)))?;
    }
    for name in &preview.unknown_settings {
        output.line(&format!("Cannot be told before this setting is given: {name}"))?;
    }
    Ok(())
}

fn one(session: &Session, viewer: &Viewer, output: &mut Output) -> Result<(), Failure> {
    let preview = preview::preview(session, viewer)?;
    output.line(&format!(
        "{} ({}): {}: {}",
        preview.name,
        preview.login,
        log_in(&preview),
        marked(&preview.login_reason)
    ))?;
    if !preview.address.is_empty() {
        output.line(&format!("Portal at {}", preview.address))?;
    }
    if let Some(as_of) = &preview.as_of {
        output.line(&format!("Tickets as of {as_of}"))?;
    }
    for list in &preview.lists {
        output.line("")?;
        output.line(&format!(
            "{}: {} ({} open, {} closed){}",
            list.name,
            list.all,
            list.open,
            list.closed,
            cannot_be_told(list.unknown)
        ))?;
        tickets(session, viewer, &list.name, list.all, output)?;
    }
    portal::parts(&preview, output)?;
    output.line("")?;
    output.line(&format!("Hidden: {}", preview.hidden))?;
    untold(session, viewer, &preview, output)?;
    output.line("")?;
    portal::around(&preview, output)?;
    assumed(&preview.assumed, output)
}

/// The text of a reason, marked where an assumed rule decided.
fn marked(reason: &Reason) -> String {
    if reason.assumed.is_empty() {
        reason.text.clone()
    } else {
        format!("{} {ASSUMED}", reason.text)
    }
}

/// The rules that are only assumed and decided something here, with where that comes from.
fn assumed(rules: &[AssumedRule], output: &mut Output) -> Result<(), Failure> {
    if rules.is_empty() {
        return Ok(());
    }
    output.line("")?;
    output.line("Assumed, as no documentation says so:")?;
    for rule in rules {
        output.line(&format!("  {} ({})", rule.text, rule.source))?;
    }
    Ok(())
}
