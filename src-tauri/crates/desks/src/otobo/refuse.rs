//! Why a whole export would be unsafe.

use std::collections::HashMap;

use portico_core::fold;

use super::columns::{columns, validity};
use crate::plan::{Kind, Operation, Plan, PlanInput};

/// The longest login that the relation tables can name.
const LINKED_LOGIN: usize = 100;
/// Notes why the whole export would be unsafe.
pub(super) fn refuse(input: &PlanInput, plan: &mut Plan) {
    let mut refused = Vec::new();
    duplicate_logins(input, plan, &mut refused);
    for operation in &plan.operations {
        too_long(operation, &mut refused);
        for change in &operation.changes {
            for value in [&change.old, &change.new].into_iter().flatten() {
                if value.contains('\0') {
                    refused.push(format!(
                        "{}: {} holds a NUL character, which no database takes; remove it",
                        operation.key, change.field
                    ));
                }
                if change.field == "status" && validity(value).is_none() {
                    refused.push(format!("{}: {value:?} is no status", operation.key));
                }
            }
        }
    }
    plan.refused = refused;
}

/// Only logins that this export touches can make it unsafe; others are as the desk has them.
fn duplicate_logins(input: &PlanInput, plan: &Plan, refused: &mut Vec<String>) {
    let mut by_fold: HashMap<String, Vec<&str>> = HashMap::new();
    for login in &input.logins {
        by_fold.entry(fold::simple(login)).or_default().push(login);
    }
    let created = plan
        .operations
        .iter()
        .filter(|o| o.entity == "external_user" && o.kind == Kind::Create);
    for login in created.map(|o| o.new_value("login")) {
        if login.trim().is_empty() {
            refused.push("a new person has no login; give one".to_owned());
        }
        let same = by_fold.get(&fold::simple(login)).map_or(0, Vec::len);
        if same > 1 {
            refused.push(format!(
                "the login {login} is there {same} times (capitals do not tell logins apart); change one"
            ));
        }
    }
}

fn too_long(operation: &Operation, refused: &mut Vec<String>) {
    for column in columns(&operation.entity).unwrap_or_default() {
        let value = if operation.kind == Kind::Unlink {
            ""
        } else {
            operation.new_value(column.field)
        };
        let length = value.chars().count();
        if length <= column.max {
            continue;
        }
        refused.push(if column.field == "user" {
            format!("the login {} has {length} characters: with more than {LINKED_LOGIN} it can have no groups, further companies or services; shorten it or remove its links", operation.value("user"))
        } else {
            format!("{}: {} has {length} characters; the desk takes {} at most", operation.key, column.field, column.max)
        });
    }
}
