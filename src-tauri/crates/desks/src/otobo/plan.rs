//! What OTOBO can take, in the order in which it must be written.

use std::collections::BTreeMap;

use portico_core::form::field::Entity;

use super::FLAVOUR;
use super::columns::columns;
use super::password::{self, Fate};
use super::refuse;
use crate::plan::{Change, Fields, Kind, NotExported, Operation, PASSWORD, Pending, Plan, PlanInput};

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
            Some(_) => record(pending, input, groups, &mut plan),
        }
    }
    plan.operations.extend(links.into_values().flatten());
    plan.operations.sort_by_key(order);
    refuse::refuse(input, &mut plan);
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

fn change(field: &str, old: Option<&str>, new: Option<&str>) -> Change {
    Change {
        field: field.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    }
}

fn record(pending: &Pending, input: &PlanInput, groups: &'static str, plan: &mut Plan) {
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
        (None, Some(current)) => create(pending, current, input, target, plan),
        (Some(base), Some(current)) => update(pending, (base, current), input, target, plan),
        (Some(base), None) => remove(pending, base, target, plan),
        (None, None) => {}
    }
}

fn create(pending: &Pending, current: &Fields, input: &PlanInput, target: &str, plan: &mut Plan) {
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
    plan.operations.push(pending.operation(Kind::Create, target, changes));
    kept(pending, None, current, plan);
    if pending.entity != "external_user" {
        return;
    }
    // A step of its own: what creates a person looks whether she is there as she is to be, and no password can be compared.
    match password::fate(field(current, PASSWORD), current, input) {
        Fate::Set(change) => plan
            .operations
            .push(pending.operation(Kind::Update, target, vec![change])),
        Fate::Not(code, reason) => plan
            .not_exported
            .push(single(pending, PASSWORD, None, None, code, reason)),
        Fate::Untouched => plan.not_exported.push(single(
            pending,
            PASSWORD,
            None,
            None,
            "not_exported.password_none",
            "no password goes with it; the person uses \"Forgot password?\" in the portal, or an agent sets one",
        )),
    }
}

fn update(pending: &Pending, (base, current): (&Fields, &Fields), input: &PlanInput, target: &str, plan: &mut Plan) {
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
    if field(base, PASSWORD) != field(current, PASSWORD) {
        let (old, new) = (field(base, PASSWORD), field(current, PASSWORD));
        match password::fate(new, current, input) {
            Fate::Set(change) => changes.push(change),
            Fate::Not(code, reason) => {
                plan.not_exported
                    .push(single(pending, PASSWORD, Some(old), Some(new), code, reason));
            }
            Fate::Untouched => {}
        }
    }
    kept(pending, Some(base), current, plan);
    let kind = match changes.as_slice() {
        [] => return,
        [only] if only.field == "status" && only.old.as_deref() == Some("valid") => Kind::Deactivate,
        _ => Kind::Update,
    };
    plan.operations.push(pending.operation(kind, target, changes));
}

/// What of a record the desk has no column for; of a new one, what was filled in or ticked.
fn kept(pending: &Pending, base: Option<&Fields>, current: &Fields, plan: &mut Plan) {
    let columns = columns(&pending.entity).unwrap_or_default();
    let is_elsewhere =
        |name: &str| columns.iter().any(|column| column.field == name) || matches!(name, "status" | PASSWORD);
    let fields = Entity::from_name(&pending.entity)
        .map(Entity::fields)
        .unwrap_or_default();
    let names = fields
        .iter()
        .filter(|field| !field.kind.is_linked())
        .map(|field| field.name);
    for name in names.filter(|name| !is_elsewhere(name)) {
        let (old, new) = (base.map(|base| field(base, name)), field(current, name));
        // Every new person is an external one, whether the desk asks or not.
        let is_nothing = matches!(new, "" | "0") || (name == "external" && new == "1");
        if old == Some(new) || (old.is_none() && is_nothing) {
            continue;
        }
        plan.not_exported.push(single(
            pending,
            name,
            old,
            Some(new),
            "not_exported.field",
            "the desk has no such field; it is kept here",
        ));
    }
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
    plan.operations.push(pending.operation(
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
    Some(pending.operation(kind, target, names.iter().map(side).collect()))
}
