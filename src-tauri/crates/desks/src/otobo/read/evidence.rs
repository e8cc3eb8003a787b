//! Whether something decides that Portico does not model. Silence is no evidence of absence.

use serde_json::Value;

use super::records::{ACL, PROCESSES};
use super::said;
use super::setting_value::switch;
use super::settings::Effective;
use super::table::{Scanning, Spec, scan};
use super::tickets::Tickets;
use crate::error::DeskError;
use crate::otobo::NOTHING_ELSE;
use crate::report::Report;
use crate::said::Said;

/// What is in use, and what nothing is said about.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) used: Vec<Said>,
    pub(super) silent: Vec<Said>,
}

/// The permission modules whose effect was measured. All four, or something else decides.
const MODULES: [&str; 4] = [
    "Kernel::System::Ticket::CustomerPermission::CustomerGroupCheck",
    "Kernel::System::Ticket::CustomerPermission::CustomerIDCheck",
    "Kernel::System::Ticket::CustomerPermission::CustomerUserIDCheck",
    "Kernel::System::Ticket::CustomerPermission::GroupCheck",
];
/// The one back end that reads the tables.
const BACK_END: &str = "Kernel::System::CustomerUser::DB";

/// Gathers the evidence from settings and tables.
pub(super) fn evidence(
    on: &Scanning<'_>,
    effective: &Effective,
    tickets: &Tickets,
    report: &mut Report,
) -> Result<Evidence, DeskError> {
    let mut found = Evidence::default();
    archive(effective, tickets, &mut found);
    rows(
        on,
        &ACL,
        &|row, report| row.number("valid_id", report) == Some(1),
        &|rows| match rows {
            Some(rows) => said::acls(rows, ACL.table),
            None => said::silent_acls(ACL.table, NOTHING_ELSE),
        },
        &mut found,
        report,
    )?;
    rows(
        on,
        &PROCESSES,
        &|_, _| true,
        &|rows| match rows {
            Some(rows) => said::processes(rows, PROCESSES.table),
            None => said::silent_processes(PROCESSES.table, NOTHING_ELSE),
        },
        &mut found,
        report,
    )?;
    back_ends(effective, &mut found);
    modules(effective, &mut found);
    contexts(effective, &mut found);
    Ok(found)
}

fn archive(effective: &Effective, tickets: &Tickets, found: &mut Evidence) {
    match effective.get("Ticket::ArchiveSystem").map(switch) {
        Some(Some(false)) => {}
        Some(_) => found.used.push(said::archive(tickets.archived)),
        None => found.silent.push(said::silent_archive(NOTHING_ELSE)),
    }
}

fn rows(
    on: &Scanning<'_>,
    spec: &Spec,
    counts: &dyn Fn(&super::row::Row<'_>, &mut Report) -> bool,
    words: &dyn Fn(Option<u64>) -> Said,
    found: &mut Evidence,
    report: &mut Report,
) -> Result<(), DeskError> {
    let mut number = 0_u64;
    let there = scan(on, spec, report, &mut |row, report| {
        number += u64::from(counts(row, report));
        Ok(())
    })?;
    if !there {
        found.silent.push(words(None));
    } else if number > 0 {
        found.used.push(words(Some(number)));
    }
    Ok(())
}

/// The desk can have ten further back ends beside the first.
fn back_ends(effective: &Effective, found: &mut Evidence) {
    let further: Vec<String> = (1..=10).map(|n| format!("CustomerUser{n}")).collect();
    if let Some(name) = further.iter().find(|name| is_set(effective, name)) {
        found.used.push(said::further_back_end(name));
    }
    match effective.get("CustomerUser###Module") {
        Some(Value::String(module)) if module == BACK_END => {}
        Some(Value::Null) | None => {
            found.silent.push(said::silent_back_end(NOTHING_ELSE));
        }
        Some(other) => found.used.push(said::other_back_end(other.to_string())),
    }
    if further.iter().any(|name| effective.get(name).is_none()) {
        found.silent.push(said::silent_back_ends(NOTHING_ELSE));
    }
}

fn is_set(effective: &Effective, name: &str) -> bool {
    let set = |value: Option<&Value>| value.is_some_and(|v| !v.is_null() && switch(v) != Some(false));
    set(effective.get(name)) || set(effective.get(&format!("{name}###Module")))
}

fn modules(effective: &Effective, found: &mut Evidence) {
    match effective.get("CustomerTicket::Permission") {
        None => found.silent.push(said::silent_modules(NOTHING_ELSE)),
        Some(Value::Object(map)) => {
            let module = |value: &Value| {
                value
                    .get("Module")
                    .and_then(Value::as_str)
                    .unwrap_or("one without a name")
                    .to_owned()
            };
            let mut names: Vec<String> = map.values().filter(|v| !v.is_null()).map(module).collect();
            names.sort();
            if names != MODULES {
                found.used.push(said::modules(names.join(", ")));
            }
        }
        Some(_) => found.used.push(said::odd_modules()),
    }
}

/// Contexts beside the two known ones, or without the first of them.
fn contexts(effective: &Effective, found: &mut Evidence) {
    if let Some(Value::Object(map)) = effective.get("CustomerGroupPermissionContext") {
        if map.get("001-CustomerID-same").is_none_or(Value::is_null) {
            found.used.push(said::no_same_context());
        }
        if let Some(name) = map
            .keys()
            .find(|k| !["001-CustomerID-same", "100-CustomerID-other"].contains(&k.as_str()))
        {
            found.used.push(said::further_context(name));
        }
    }
}
