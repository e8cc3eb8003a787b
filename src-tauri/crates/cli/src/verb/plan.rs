//! `plan`: what an export would do.

use portico_api::desk;
use portico_api::session::Session;
use portico_api::types::transfer::{FieldChange, NotExported, PlanOperation, PlanView};
use serde_json::{Map, Value, json};

use crate::args::Plan;
use crate::failure::{Ending, Failure};
use crate::output::Output;

pub(super) fn run(args: &Plan, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let plan = desk::plan(session)?;
    if output.is_json() {
        output.value(&as_json(&plan))?;
    } else {
        as_text(&plan, output)?;
    }
    let trouble = plan.conflicts > 0 || !plan.refused.is_empty();
    Ok(Ending::look_if(
        trouble || (args.exit_code && !plan.operations.is_empty()),
    ))
}

fn as_json(plan: &PlanView) -> Value {
    let operation = |operation: &PlanOperation| {
        let changes: Map<String, Value> = operation
            .changes
            .iter()
            .map(|c| (c.field.clone(), json!([c.old, c.new])))
            .collect();
        json!({
            "kind": operation.kind,
            "entity": operation.entity,
            "key": operation.key,
            "target": operation.target,
            "changes": changes,
        })
    };
    let left = |left: &NotExported| json!({ "entity": left.entity, "key": left.key, "field": left.field, "reason": left.reason });
    json!({
        "operations": plan.operations.iter().map(operation).collect::<Vec<_>>(),
        "not_exported": plan.not_exported.iter().map(left).collect::<Vec<_>>(),
        "conflicts": plan.conflicts,
        "refused": plan.refused,
    })
}

pub(super) fn as_text(plan: &PlanView, output: &mut Output) -> Result<(), Failure> {
    if plan.operations.is_empty() && plan.not_exported.is_empty() {
        output.line("Nothing to export: the desk has all of it.")?;
    }
    for operation in &plan.operations {
        // The key of a link says all of it.
        let told = operation.changes.iter().filter(|_| !operation.kind.ends_with("link"));
        let changes = told.map(in_words).collect::<Vec<_>>().join(", ");
        let line = format!(
            "{:10} {} {}  {changes}",
            operation.kind, operation.entity, operation.key
        );
        output.line(line.trim_end())?;
    }
    for left in &plan.not_exported {
        output.line(&format!(
            "not exported: {} {} {}: {}",
            left.entity, left.key, left.field, left.reason
        ))?;
    }
    if plan.conflicts > 0 {
        output.line(&format!("{} conflicts are to be settled first", plan.conflicts))?;
    }
    for reason in &plan.refused {
        output.line(&format!("export is refused: {reason}"))?;
    }
    Ok(())
}

fn in_words(change: &FieldChange) -> String {
    match (&change.old, &change.new) {
        (None, Some(new)) => format!("{}: {new:?}", change.field),
        (Some(old), None) => format!("{}: {old:?} removed", change.field),
        (Some(old), Some(new)) => format!("{}: {old:?} -> {new:?}", change.field),
        (None, None) => change.field.clone(),
    }
}
