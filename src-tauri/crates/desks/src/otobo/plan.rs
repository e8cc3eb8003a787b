//! What OTOBO can take, in the order in which it must be written.

use std::collections::{BTreeMap, HashMap};

use portico_core::fold;

use super::FLAVOUR;
use super::columns::{columns, validity};
use crate::plan::{Change, Fields, Kind, NotExported, Operation, Pending, Plan, PlanInput};

/// The longest login that the relation tables can name.
const LINKED_LOGIN: usize = 100;
/// The table of groups where the flavour is not known: OTOBO's. Elsewhere the script stops at once, changing nothing.
const GROUPS: &str = "groups_table";

/// Plans an export.
pub(super) fn plan(input: &PlanInput) -> Plan {
    let groups = groups_table(input.setting(FLAVOUR));
    let mut plan = Plan {
        settings: input.settings.clone(),
        ..Plan::default()
    };
    let mut links: BTreeMap<(String, String), Vec<Operation>> = BTreeMap::new();
    for pending in &input.pending {
        match columns(&pending.entity) {
            None => plan.not_exported.push(whole(
                pending,
                "not_exported.entity",
                "Portico does not write this kind of record; change it in the desk itself",
            )),
            Some(_) if is_link(&pending.entity) => {
                if let Some(operation) = link(pending) {
                    links
                        .entry((operation.entity.clone(), operation.key.clone()))
                        .or_default()
                        .push(operation);
                }
            }
            Some(_) => record(pending, groups, &mut plan),
        }
    }
    plan.operations.extend(links.into_values().flatten());
    plan.operations.sort_by_key(order);
    refuse(input, &mut plan);
    plan
}

/// The name of the table of groups under a flavour.
pub(super) fn groups_table(flavour: Option<&str>) -> &'static str {
    if flavour == Some("\"znuny\"") {
        "permission_groups"
    } else {
        GROUPS
    }
}

fn is_link(entity: &str) -> bool {
    matches!(entity, "user_account" | "user_group" | "account_group" | "user_service")
}

/// Groups and companies before people, people before their links; what ends comes last.
fn order(operation: &Operation) -> (u8, u8) {
    let entity = match operation.entity.as_str() {
        "permission_group" => 0,
        "account" => 1,
        "external_user" => 2,
        "user_account" => 3,
        "account_group" => 4,
        "user_group" => 5,
        _ => 6,
    };
    match operation.kind {
        Kind::Create => (0, entity),
        Kind::Update => (1, entity),
        Kind::Link => (2, entity),
        Kind::Unlink => (3, entity),
        Kind::Deactivate => (4, entity),
    }
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    if name == "status" {
        return fields
            .get("status")
            .or_else(|| fields.get("validity"))
            .map_or("valid", |s| status(s));
    }
    fields.get(name).map_or("", String::as_str)
}

/// Validity by name, whether it came as name or number.
fn status(text: &str) -> &str {
    match text {
        "1" | "" => "valid",
        "2" => "invalid",
        "3" => "invalid-temporarily",
        name => name,
    }
}

fn whole(pending: &Pending, code: &'static str, reason: &str) -> NotExported {
    single(pending, "", None, None, code, reason)
}

fn single(
    pending: &Pending,
    field: &str,
    old: Option<&str>,
    new: Option<&str>,
    code: &'static str,
    reason: &str,
) -> NotExported {
    NotExported {
        entity: pending.entity.clone(),
        key: pending.key.clone(),
        field: field.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
        reason: reason.to_owned(),
        code,
    }
}

fn operation(pending: &Pending, kind: Kind, target: &str, changes: Vec<Change>) -> Operation {
    Operation {
        kind,
        entity: pending.entity.clone(),
        key: pending.key.clone(),
        subject: pending.subject.clone(),
        target: target.to_owned(),
        changes,
    }
}

fn change(field: &str, old: Option<&str>, new: Option<&str>) -> Change {
    Change {
        field: field.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    }
}

fn record(pending: &Pending, groups: &'static str, plan: &mut Plan) {
    let target = match pending.entity.as_str() {
        "external_user" => "customer_user",
        "account" => "customer_company",
        _ => groups,
    };
    let placeholder = |fields: &Option<Fields>| {
        fields
            .as_ref()
            .is_some_and(|f| f.get("present").is_some_and(|p| p == "0"))
    };
    if placeholder(&pending.current) || placeholder(&pending.base) {
        plan.not_exported.push(whole(
            pending,
            "not_exported.placeholder",
            "the desk has no record of it, only links name it; create it in Portico to export it",
        ));
        return;
    }
    match (&pending.base, &pending.current) {
        (None, Some(current)) => create(pending, current, target, plan),
        (Some(base), Some(current)) => update(pending, base, current, target, plan),
        (Some(base), None) => remove(pending, base, target, plan),
        (None, None) => {}
    }
}

fn create(pending: &Pending, current: &Fields, target: &str, plan: &mut Plan) {
    let Some(columns) = columns(&pending.entity) else {
        return;
    };
    let mut changes: Vec<Change> = columns
        .iter()
        .map(|column| (column.field, field(current, column.field)))
        .filter(|(name, value)| !value.is_empty() || *name == columns[0].field)
        .map(|(name, value)| change(name, None, Some(value)))
        .collect();
    changes.push(change("status", None, Some(field(current, "status"))));
    plan.operations.push(operation(pending, Kind::Create, target, changes));
    if pending.entity == "external_user" {
        plan.not_exported.push(single(
            pending,
            "has_password",
            None,
            None,
            "not_exported.password",
            "Portico does not set passwords; the person uses \"Forgot password?\" in the portal, or an agent sets one",
        ));
    }
}

fn update(pending: &Pending, base: &Fields, current: &Fields, target: &str, plan: &mut Plan) {
    let Some(columns) = columns(&pending.entity) else {
        return;
    };
    let key = columns[0].field;
    // A group's name is no key of other tables; a login and a customer number are.
    let renames = pending.entity == "permission_group";
    let mut changes = Vec::new();
    for name in columns.iter().map(|c| c.field).chain(["status"]) {
        let (old, new) = (field(base, name), field(current, name));
        if old == new {
            continue;
        }
        if name == key && !renames {
            let (code, reason) = if pending.entity == "external_user" {
                (
                    "not_exported.renamed_login",
                    "renaming a login drops its groups, companies and tickets; create a new person and make the old one invalid",
                )
            } else {
                (
                    "not_exported.renamed_account",
                    "people and tickets name the customer number; create a new company and move them",
                )
            };
            plan.not_exported
                .push(single(pending, name, Some(old), Some(new), code, reason));
            continue;
        }
        changes.push(change(name, Some(old), Some(new)));
    }
    if field(base, "has_password") != field(current, "has_password") {
        let (old, new) = (field(base, "has_password"), field(current, "has_password"));
        plan.not_exported.push(single(
            pending,
            "has_password",
            Some(old),
            Some(new),
            "not_exported.password",
            "Portico does not set or remove passwords; do it in the desk",
        ));
    }
    let kind = match changes.as_slice() {
        [] => return,
        [only] if only.field == "status" && only.old.as_deref() == Some("valid") => Kind::Deactivate,
        _ => Kind::Update,
    };
    plan.operations.push(operation(pending, kind, target, changes));
}

/// OTOBO deletes nobody: what is removed becomes invalid.
fn remove(pending: &Pending, base: &Fields, target: &str, plan: &mut Plan) {
    let old = field(base, "status");
    if old == "invalid" {
        plan.not_exported.push(whole(
            pending,
            "not_exported.deleted",
            "the desk deletes no such record; it is invalid already and stays so",
        ));
        return;
    }
    plan.operations.push(operation(
        pending,
        Kind::Deactivate,
        target,
        vec![change("status", Some(old), Some("invalid"))],
    ));
}

/// A link's operation; `None` where only the number of its copies differs.
fn link(pending: &Pending) -> Option<Operation> {
    let (kind, fields) = match (&pending.base, &pending.current) {
        (None, Some(fields)) => (Kind::Link, fields),
        (Some(fields), None) => (Kind::Unlink, fields),
        _ => return None,
    };
    let (target, names): (_, &[&str]) = match pending.entity.as_str() {
        "user_account" => ("customer_user_customer", &["user", "account"]),
        "user_group" => ("group_customer_user", &["user", "group", "permission"]),
        "account_group" => ("group_customer", &["account", "group", "permission", "context"]),
        _ => ("service_customer_user", &["user", "service"]),
    };
    let side = |name: &&str| {
        let value = Some(field(fields, name));
        if kind == Kind::Link {
            change(name, None, value)
        } else {
            change(name, value, None)
        }
    };
    Some(operation(pending, kind, target, names.iter().map(side).collect()))
}

/// Notes why the whole export would be unsafe.
fn refuse(input: &PlanInput, plan: &mut Plan) {
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
