//! From what is pending in the workspace to the desk's plan.

use std::collections::HashMap;

use portico_core::model::Validity;
use portico_desks::plan::{Fields, Operation, Pending, Plan, PlanInput};
use portico_desks::registry as desks;
use portico_store::base::{self, RowMap};
use portico_store::table::{account, desk_setting, external_user, permission_group, service};
use portico_store::{Connection, conflict, history};
use serde_json::Value as Json;

use crate::error::ApiError;
use crate::numbers::{small, time_ms};
use crate::types::transfer::{FieldChange, NotExported, PlanOperation, PlanView};

/// The id of the person whom a record concerns, by entity and key.
pub(super) type People = HashMap<(String, String), String>;

/// Turns ids of rows into the desk's keys and names.
pub(super) struct Names<'c> {
    c: &'c Connection,
}

impl<'c> Names<'c> {
    pub(super) fn new(c: &'c Connection) -> Self {
        Self { c }
    }

    /// What people call the row of a table, or the first row a link names.
    pub(super) fn subject(&self, table: &str, key: &str) -> Result<String, ApiError> {
        let (table, id) = match table {
            "user_account" | "user_group" | "user_service" | "user_contact" => ("external_user", first(key)),
            "account_group" => ("account", first(key)),
            table => (table, key.to_owned()),
        };
        super::name_of(self.c, table, &id)
    }

    /// A column's value as people and desks write it; `None` for nothing.
    pub(super) fn text(&self, table: &str, column: &str, value: &Json) -> Result<Option<String>, ApiError> {
        Ok(match (column, value) {
            (_, Json::Null) => None,
            ("user_id", Json::String(id)) => Some(self.login(id)?),
            ("account_id", Json::String(id)) => Some(self.account(id)?),
            ("group_id", Json::String(id)) => {
                Some(self.named(permission_group::find(self.c, parse(table, id)?)?.map(|r| r.name), id))
            }
            ("service_id", Json::String(id)) => {
                Some(self.named(service::find(self.c, parse(table, id)?)?.map(|r| r.name), id))
            }
            ("validity", Json::Number(n)) => {
                let validity = n.as_i64().and_then(Validity::from_number);
                Some(validity.map_or_else(|| n.to_string(), |v| v.name().to_owned()))
            }
            (_, Json::String(text)) => Some(text.clone()),
            (_, other) => Some(other.to_string()),
        })
    }

    /// The login the desk knows, or the one it will know.
    fn login(&self, id: &str) -> Result<String, ApiError> {
        let row = external_user::find(self.c, parse("external user", id)?)?;
        Ok(self.named(row.map(|row| row.desk_key.unwrap_or(row.login)), id))
    }

    fn account(&self, id: &str) -> Result<String, ApiError> {
        Ok(self.named(account::find(self.c, parse("account", id)?)?.map(|row| row.key), id))
    }

    /// A row that is gone still has a name in what was kept of it; failing that, its id says that something is wrong.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    fn named(&self, name: Option<String>, id: &str) -> String {
        name.unwrap_or_else(|| id.to_owned())
    }

    fn fields(&self, table: &str, row: &RowMap) -> Result<Fields, ApiError> {
        let mut fields = Fields::new();
        for (column, value) in row {
            if let Some(text) = self.text(table, column, value)? {
                fields.insert(plan_field(table, column).to_owned(), text);
            }
        }
        Ok(fields)
    }
}

fn parse<T: std::str::FromStr>(what: &str, id: &str) -> Result<T, ApiError> {
    crate::error::id(what, id)
}

/// The first id of a link's key, which is a JSON array.
fn first(key: &str) -> String {
    let parts: Vec<Json> = serde_json::from_str(key).unwrap_or_default();
    parts.first().and_then(Json::as_str).unwrap_or(key).to_owned()
}

/// The plan's name of a column.
fn plan_field<'a>(table: &str, column: &'a str) -> &'a str {
    match (table, column) {
        (_, "validity") => "status",
        (_, "account_id") => "account",
        (_, "user_id") => "user",
        (_, "group_id") => "group",
        (_, "service_id") => "service",
        (_, other) => other,
    }
}

/// All that the desk's writer needs, and whom each key belongs to.
pub(super) fn input(c: &Connection) -> Result<(PlanInput, People), ApiError> {
    let names = Names::new(c);
    let mut input = PlanInput::default();
    let mut users = HashMap::new();
    for pending in base::pending(c)? {
        let fields = |row: &Option<RowMap>| row.as_ref().map(|row| names.fields(pending.table, row)).transpose();
        let (base, current) = (fields(&pending.base)?, fields(&pending.current)?);
        let key = desk_key(
            pending.table,
            pending.base.as_ref().or(pending.current.as_ref()),
            base.as_ref().or(current.as_ref()),
        );
        if let Some(user) = pending.user {
            users.insert((pending.table.to_owned(), key.clone()), user.to_string());
        }
        let subject = names.subject(pending.table, &pending.key)?;
        input.pending.push(Pending {
            entity: pending.table.to_owned(),
            key,
            subject,
            base,
            current,
        });
    }
    input.logins = external_user::logins(c)?;
    input.settings = desk_setting::all(c)?
        .into_iter()
        .map(|row| (row.name, row.value))
        .collect();
    Ok((input, users))
}

/// The key under which the desk knows (or will know) a record; for links what they join.
fn desk_key(table: &str, row: Option<&RowMap>, fields: Option<&Fields>) -> String {
    let Some(fields) = fields else { return String::new() };
    let get = |name: &str| fields.get(name).cloned().unwrap_or_default();
    match table {
        "external_user" => desk_or(row, || get("login")),
        "account" => desk_or(row, || get("key")),
        "user_account" => format!("{} {}", get("user"), get("account")),
        "user_group" => format!("{} {} {}", get("user"), get("group"), get("permission")),
        "account_group" => format!(
            "{} {} {} {}",
            get("account"),
            get("group"),
            get("permission"),
            get("context")
        ),
        "user_service" => format!("{} {}", get("user"), get("service")),
        _ => get("name"),
    }
}

fn desk_or(row: Option<&RowMap>, otherwise: impl FnOnce() -> String) -> String {
    row.and_then(|row| row.get("desk_key"))
        .and_then(Json::as_str)
        .map_or_else(otherwise, str::to_owned)
}

/// The desk's plan, with conflicts as a reason to refuse.
pub(super) fn plan(c: &Connection, desk: &str) -> Result<(Plan, People), ApiError> {
    let (input, users) = input(c)?;
    let mut plan = desks::writer(desk)?.plan(&input);
    let conflicts = conflict::list(c)?.len();
    if conflicts > 0 {
        plan.refused.push(format!(
            "{conflicts} conflict(s) are not settled: choose mine or theirs first"
        ));
    }
    Ok((plan, users))
}

/// The plan as people see it.
pub(super) fn view(c: &Connection, desk: &str) -> Result<PlanView, ApiError> {
    let (plan, users) = plan(c, desk)?;
    Ok(PlanView {
        operations: plan
            .operations
            .into_iter()
            .map(|operation| operation_view(operation, &users))
            .collect(),
        not_exported: plan.not_exported.into_iter().map(not_exported).collect(),
        refused: plan.refused,
        conflicts: small(conflict::list(c)?.len()),
        since: since(c)?,
    })
}

/// When the base was last moved (RFC 3339).
fn since(c: &Connection) -> Result<Option<String>, ApiError> {
    Ok(history::last_import_at(c)?.map(time_ms))
}

fn operation_view(operation: Operation, users: &People) -> PlanOperation {
    let user = users.get(&(operation.entity.clone(), operation.key.clone())).cloned();
    let changes = operation.changes.into_iter();
    PlanOperation {
        kind: operation.kind.name().to_owned(),
        changes: changes
            .map(|c| FieldChange {
                field: c.field,
                old: c.old,
                new: c.new,
            })
            .collect(),
        entity: operation.entity,
        key: operation.key,
        subject: operation.subject,
        user,
        target: operation.target,
    }
}

fn not_exported(found: portico_desks::plan::NotExported) -> NotExported {
    NotExported {
        entity: found.entity,
        key: found.key,
        field: found.field,
        reason: found.reason,
        code: found.code.to_owned(),
        old: found.old,
        new: found.new,
    }
}
