//! `overview`: how a workspace stands.

use portico_api::overview;
use portico_api::session::Session;
use portico_api::types::findings::FindingCounts;
use portico_api::types::overview::{Happened, Overview};
use serde_json::json;

use super::findings;
use crate::args;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &args::Overview, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let seen = overview::overview(session)?;
    let found = (!args.no_findings).then(|| findings::counts(session)).transpose()?;
    if output.is_json() {
        let mut value = serde_json::to_value(&seen).map_err(std::io::Error::from)?;
        if let Some(found) = &found {
            value["findings"] = json!(found);
        }
        output.value(&value)?;
    } else {
        output.columns(&people(&seen))?;
        output.columns(&work(&seen))?;
        if let Some(found) = &found {
            output.columns(&kinds(found))?;
        }
    }
    let any = found.is_some_and(|found| found.total > 0);
    Ok(Ending::look_if(seen.conflicts > 0 || any))
}

/// A figure with its name.
fn line(name: &str, value: &(impl ToString + ?Sized)) -> Vec<String> {
    vec![name.to_owned(), value.to_string()]
}

fn people(seen: &Overview) -> Vec<Vec<String>> {
    let mut lines = vec![line("people", &seen.people)];
    let status = seen.status.iter();
    lines.extend(status.map(|of| line(&format!("  {}", of.label), &of.count)));
    if let Some(licences) = &seen.licences {
        lines.push(line("licences", &licences.total));
        lines.push(line("  occupied", &licences.occupied));
        lines.push(line("  free", &licences.free));
    }
    lines
}

fn work(seen: &Overview) -> Vec<Vec<String>> {
    let when = |of: &Option<Happened>| {
        of.as_ref()
            .map_or_else(|| "never".to_owned(), |of| format!("{} {}", of.at, of.actor))
    };
    vec![
        line("people changed", &seen.changed),
        line("changes pending", &seen.pending),
        line("conflicts", &seen.conflicts),
        line("expectations", &seen.expectations),
        line("tickets", &seen.tickets),
        line("tickets as of", seen.as_of.as_deref().unwrap_or("none read")),
        line("last import", &when(&seen.last_import)),
        line("last export", &when(&seen.last_export)),
    ]
}

fn kinds(found: &FindingCounts) -> Vec<Vec<String>> {
    let mut lines = vec![line("findings", &found.total)];
    let shown = found.kinds.iter().filter(|kind| kind.shown > 0);
    lines.extend(shown.map(|kind| vec![format!("  {}", kind.id), kind.shown.to_string(), kind.text.clone()]));
    lines
}
