//! Whether something decides that Portico does not model. Silence is no evidence of absence.

use serde_json::Value;

use super::records::{ACL, PROCESSES};
use super::setting_value::switch;
use super::settings::Effective;
use super::table::{Scanning, Spec, scan};
use super::tickets::Tickets;
use crate::error::DeskError;
use crate::report::Report;

/// What is in use, and what nothing is said about.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) used: Vec<String>,
    pub(super) silent: Vec<String>,
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
        "access control lists",
        &|row, report| row.number("valid_id", report) == Some(1),
        &mut found,
        report,
    )?;
    rows(on, &PROCESSES, "process tickets", &|_, _| true, &mut found, report)?;
    back_ends(effective, &mut found);
    modules(effective, &mut found);
    contexts(effective, &mut found);
    Ok(found)
}

fn archive(effective: &Effective, tickets: &Tickets, found: &mut Evidence) {
    match effective.get("Ticket::ArchiveSystem").map(switch) {
        Some(Some(false)) => {}
        Some(_) => found.used.push(format!(
            "the archive is on (Ticket::ArchiveSystem; {} tickets are archived)",
            tickets.archived
        )),
        None => found
            .silent
            .push("nothing says whether the archive is on (Ticket::ArchiveSystem)".to_owned()),
    }
}

fn rows(
    on: &Scanning<'_>,
    spec: &Spec,
    what: &str,
    counts: &dyn Fn(&super::row::Row<'_>, &mut Report) -> bool,
    found: &mut Evidence,
    report: &mut Report,
) -> Result<(), DeskError> {
    let mut number = 0_u64;
    let there = scan(on, spec, report, &mut |row, report| {
        number += u64::from(counts(row, report));
        Ok(())
    })?;
    if !there {
        found.silent.push(format!(
            "nothing says whether {what} are in use (the table {})",
            spec.table
        ));
    } else if number > 0 {
        found
            .used
            .push(format!("{what} are in use ({number} rows of {})", spec.table));
    }
    Ok(())
}

/// The desk can have ten further back ends beside the first.
fn back_ends(effective: &Effective, found: &mut Evidence) {
    let further: Vec<String> = (1..=10).map(|n| format!("CustomerUser{n}")).collect();
    if let Some(name) = further.iter().find(|name| is_set(effective, name)) {
        found
            .used
            .push(format!("there is a further back end of customers ({name})"));
    }
    match effective.get("CustomerUser###Module") {
        Some(Value::String(module)) if module == BACK_END => {}
        Some(Value::Null) | None => {
            found
                .silent
                .push("nothing says whether customers lie in the database (CustomerUser###Module)".to_owned());
        }
        Some(other) => found
            .used
            .push(format!("customers are read by another back end ({other})")),
    }
    if further.iter().any(|name| effective.get(name).is_none()) {
        found.silent.push("nothing says whether there are further back ends of customers (CustomerUser1 to CustomerUser10, null where there is none)".to_owned());
    }
}

fn is_set(effective: &Effective, name: &str) -> bool {
    let set = |value: Option<&Value>| value.is_some_and(|v| !v.is_null() && switch(v) != Some(false));
    set(effective.get(name)) || set(effective.get(&format!("{name}###Module")))
}

fn modules(effective: &Effective, found: &mut Evidence) {
    match effective.get("CustomerTicket::Permission") {
        None => found
            .silent
            .push("nothing says which permission modules there are (CustomerTicket::Permission)".to_owned()),
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
                found.used.push(format!(
                    "the permission modules are not the usual four but {}",
                    names.join(", ")
                ));
            }
        }
        Some(_) => found
            .used
            .push("CustomerTicket::Permission is of an unusual shape".to_owned()),
    }
}

/// Contexts beside the two known ones, or without the first of them.
fn contexts(effective: &Effective, found: &mut Evidence) {
    if let Some(Value::Object(map)) = effective.get("CustomerGroupPermissionContext") {
        if map.get("001-CustomerID-same").is_none_or(Value::is_null) {
            found
                .used
                .push("CustomerGroupPermissionContext lacks 001-CustomerID-same".to_owned());
        }
        if let Some(name) = map
            .keys()
            .find(|k| !["001-CustomerID-same", "100-CustomerID-other"].contains(&k.as_str()))
        {
            found
                .used
                .push(format!("CustomerGroupPermissionContext has a further context ({name})"));
        }
    }
}
