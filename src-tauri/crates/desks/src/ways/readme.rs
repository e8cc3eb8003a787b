//! What lies in an export, in plain words.

use std::fmt::Write as _;

use super::{Ways, worklist::worklist};
use crate::plan::{Operation, Plan};
use crate::writer::Occasion;

/// The text of README.txt: `ways_in` says which file is for what.
pub(crate) fn readme(ways: &Ways, plan: &Plan, occasion: &Occasion, ways_in: &str) -> String {
    let title = format!("Changes for {}, written by Portico", ways.name);
    let line = "=".repeat(title.chars().count());
    let mut out = format!(
        "{title}\n{line}\n{}, {}\n\nNothing has been changed yet.\n\n{ways_in}",
        plain(&occasion.workspace),
        occasion.date
    );
    if plan.operations.iter().any(Operation::sets_password) {
        out.push_str(
            "\nPasswords\n---------\nNo file here holds a password. The worklist says whose is to be set; initial ones stand in the\n\
             encrypted list that the export was asked for, and what was typed in Portico is forgotten with this export.\n",
        );
    }
    let steps = worklist(ways, plan, occasion, None).count();
    let _ = writeln!(
        out,
        "\nChanges: {}, steps of the worklist: {steps}\n-------",
        plan.operations.len()
    );
    for (number, operation) in plan.operations.iter().enumerate() {
        let _ = writeln!(out, "{:4}. {}", number + 1, words(operation));
    }
    if !plan.not_exported.is_empty() {
        let _ = writeln!(out, "\nNot exported: {}\n------------", plan.not_exported.len());
        for not in &plan.not_exported {
            let _ = writeln!(out, "{}", not.line(plain));
        }
    }
    out
}

/// What is done once all was entered.
pub(crate) const AFTERWARDS: &str =
    "Then read the desk again and import it: what arrived is no longer pending, and what did not is still there.\n";

/// An operation in one line.
pub(crate) fn words(operation: &Operation) -> String {
    let is_link = portico_core::form::field::Entity::from_name(&operation.entity).is_none();
    let fields: Vec<String> = operation
        .changes
        .iter()
        .map(|c| {
            if is_link {
                format!("{}={}", c.field, operation.value(&c.field))
            } else {
                c.field.clone()
            }
        })
        .collect();
    let subject = if operation.subject.is_empty() || operation.subject == operation.key {
        String::new()
    } else {
        format!(" ({})", operation.subject)
    };
    plain(&format!(
        "{}: {} {} {}{subject}: {}",
        operation.target,
        operation.kind.name(),
        operation.entity,
        operation.key,
        fields.join(", ")
    ))
}

/// A text on one line.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
