//! What surrounds the tickets, as text.

use portico_api::types::preview::Preview;

use super::{ASSUMED, SHOWN, marked};
use crate::failure::Failure;
use crate::output::Output;

/// Parts of the home, pages with what lies on them, apps.
pub(super) fn parts(preview: &Preview, output: &mut Output) -> Result<(), Failure> {
    let shown = |shown: Option<bool>| match shown {
        Some(true) => "shown",
        Some(false) => "not shown",
        None => "cannot be told",
    };
    let home = preview.home.iter().map(|part| {
        let reason = marked(&part.reason);
        let columns = ["  home", part.name.as_str(), shown(part.shown), "", reason.as_str()];
        columns.map(str::to_owned).to_vec()
    });
    let parts = preview.parts.iter().map(|part| {
        let items = part.items.as_ref().map(|items| format!("{} items", items.all));
        vec![
            format!("  {}", part.kind),
            part.path.clone(),
            shown(part.shown).to_owned(),
            items.unwrap_or_default(),
            marked(&part.reason),
        ]
    });
    let rows: Vec<_> = home.chain(parts).collect();
    if rows.is_empty() {
        return Ok(());
    }
    output.line("")?;
    output.line("Portal:")?;
    output.columns(&rows)
}

/// What else the person can do and sees: new tickets, states of a reply, colleagues, machines. What the desk does not
/// have, or nobody offers, has no line.
pub(super) fn around(preview: &Preview, output: &mut Output) -> Result<(), Failure> {
    let mark = |part: &str| {
        if preview.assumed_in.iter().any(|one| one == part) {
            ASSUMED
        } else {
            ""
        }
    };
    new_ticket(preview, mark("may_create"), output)?;
    list("Replies may set", &preview.reply_states, mark("reply_states"), output)?;
    let colleagues = preview.colleagues.iter().map(|other| other.login.clone());
    list("Colleagues", &colleagues.collect::<Vec<_>>(), "", output)?;
    let machines = preview.machines.iter().map(|machine| machine.number.clone());
    list("Machines", &machines.collect::<Vec<_>>(), mark("machines"), output)
}

/// What a new ticket can be, or that there can be none, or that it cannot be told.
fn new_ticket(preview: &Preview, mark: &str, output: &mut Output) -> Result<(), Failure> {
    let new = match (preview.may_create, &preview.new_ticket) {
        (Some(true), Some(new)) => new,
        (Some(true), None) => return output.line("New ticket: allowed; what it can be cannot be told"),
        (Some(false), _) => return output.line(format!("New ticket: not allowed {mark}").trim_end()),
        (None, _) => return output.line("New ticket: cannot be told"),
    };
    let lists = [
        ("New ticket in", "queues", &new.queues),
        ("New items in", "apps", &new.apps),
        ("Types", "types", &new.types),
        ("Priorities", "priorities", &new.priorities),
        ("Services", "services", &new.services),
        ("Responsible groups", "responsible_groups", &new.responsible_groups),
        ("Responsible agents", "responsible_agents", &new.responsible_agents),
    ];
    if lists.iter().all(|(.., names)| names.is_empty()) {
        let has_apps = preview.parts.iter().any(|part| part.kind == "app");
        let text = if has_apps {
            "New items: in no app"
        } else {
            "New ticket: allowed, with nothing to choose"
        };
        output.line(format!("{text} {mark}").trim_end())?;
    }
    for (title, part, names) in lists {
        let assumed = new.assumed_in.iter().any(|one| one == part);
        list(title, names, if assumed { ASSUMED } else { mark }, output)?;
    }
    if new.state.is_empty() {
        return Ok(());
    }
    output.line(&format!("State of a new ticket: {}", new.state))
}

/// The first names, and how many there are where that is not all; no line for none.
fn list(title: &str, names: &[String], mark: &str, output: &mut Output) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    let first = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    let rest = match names.len() {
        all if all > SHOWN => format!(", ... {all} in all: --json"),
        _ => String::new(),
    };
    output.line(format!("{title}: {first}{rest} {mark}").trim_end())
}
