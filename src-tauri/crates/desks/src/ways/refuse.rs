//! Why a whole export would be unsafe.

use std::collections::BTreeMap;

use portico_core::fold;
use portico_core::form::field::{Entity, Kind as FieldKind};
use portico_core::form::{FieldRule, registry};
use portico_core::model::Validity;

use super::{Way, Ways, form_field};
use crate::plan::{Kind, Operation, Plan, PlanInput};

/// Notes why the whole export would be unsafe.
pub(super) fn refuse(ways: &Ways, input: &PlanInput, plan: &mut Plan) {
    let mut refused = Vec::new();
    duplicate_logins(input, plan, &mut refused);
    for operation in &plan.operations {
        signs(operation, &mut refused);
        demands(ways, operation, &mut refused);
    }
    refused.dedup();
    plan.refused = refused;
}

/// Only logins that this export makes can make it unsafe; others are as the desk has them.
fn duplicate_logins(input: &PlanInput, plan: &Plan, refused: &mut Vec<String>) {
    let mut by_fold: BTreeMap<String, usize> = BTreeMap::new();
    for login in &input.logins {
        *by_fold.entry(fold::simple(login)).or_default() += 1;
    }
    let created = plan
        .operations
        .iter()
        .filter(|o| o.entity == "external_user" && o.kind == Kind::Create);
    for login in created.map(|o| o.key.as_str()) {
        if login.trim().is_empty() {
            refused.push("a new person has no login; give one".to_owned());
        }
        let same = by_fold.get(&fold::simple(login)).copied().unwrap_or_default();
        if same > 1 {
            refused.push(format!(
                "the login {login} is there {same} times (capitals do not tell logins apart); change one"
            ));
        }
    }
}

/// What no file and no desk takes.
fn signs(operation: &Operation, refused: &mut Vec<String>) {
    for change in &operation.changes {
        let new = change.new.as_deref().unwrap_or_default();
        if new.contains('\0') {
            refused.push(format!(
                "{}: {} holds a NUL character, which no desk takes; remove it",
                operation.key, change.field
            ));
        }
        if change.field == "status" && change.new.is_some() && Validity::from_name(new).is_none() {
            refused.push(format!("{}: {new:?} is no status", operation.key));
        }
    }
}

/// What the desk's form demands of what is new.
fn demands(ways: &Ways, operation: &Operation, refused: &mut Vec<String>) {
    let Some(entity) = Entity::from_name(&operation.entity) else {
        return;
    };
    let rules = registry::rules(ways.id).and_then(|rules| rules.of(entity));
    for rule in rules.unwrap_or_default() {
        demand(ways, entity, rule, operation, refused);
    }
}

fn demand(ways: &Ways, entity: Entity, rule: &FieldRule, operation: &Operation, refused: &mut Vec<String>) {
    let named = operation.changes.iter().find(|change| change.field == rule.field);
    let by_desk = ways
        .of(entity)
        .and_then(|records| records.field(rule.field))
        .is_some_and(|way| matches!(way.way, Way::Made(_)));
    let missing = rule.required && operation.kind == Kind::Create && !by_desk;
    let value = match named.and_then(|change| change.new.as_deref()) {
        Some(value) => value,
        None if missing => "",
        None => return,
    };
    let kind = form_field(entity, rule.field).map(|field| field.kind);
    let length = value.chars().count();
    if rule.max > 0 && length > rule.max && kind.is_some_and(FieldKind::is_text) {
        refused.push(format!(
            "{}: {} has {length} characters; the desk takes {} at most",
            operation.key, rule.field, rule.max
        ));
    }
    if rule.digits && !value.chars().all(|c| c.is_ascii_digit()) {
        refused.push(format!(
            "{}: {} takes digits only, and is {value:?}",
            operation.key, rule.field
        ));
    }
    if rule.required && value.trim().is_empty() {
        refused.push(format!("{}: {} must not be empty", operation.key, rule.field));
    }
}
