//! From what is pending in the workspace to the desk's plan.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use portico_core::form::field::Entity;
use portico_core::model::Validity;
use portico_desks::plan::{Fields, Known, KnownRecords, Pending, Plan, PlanInput};
use portico_desks::registry as desks;
use portico_desks::writer::Occasion;
use portico_store::base::{self, RowMap};
use portico_store::table::{account, desk_setting, external_user, meta, record, user_secret};
use portico_store::{Connection, conflict, history};
use serde_json::Value as Json;

use crate::digest;
use crate::error::ApiError;
use crate::numbers::{time_ms, today};

/// The id of the person whom a record concerns, by entity and key.
pub(super) type People = HashMap<(String, String), String>;

/// Turns ids of rows into the desk's keys and names.
pub(super) struct Names<'c> {
    c: &'c Connection,
    /// What was asked before, by kind of record and id: many rows name the same few.
    told: RefCell<HashMap<&'static str, HashMap<String, String>>>,
    noted: RefCell<HashMap<&'static str, HashSet<String>>>,
}

impl<'c> Names<'c> {
    pub(super) fn new(c: &'c Connection) -> Self {
        Self {
            c,
            told: RefCell::default(),
            noted: RefCell::default(),
        }
    }

    /// What people call the row of a table, or the row a link belongs to.
    pub(super) fn subject(&self, table: &str, key: &str) -> Result<String, ApiError> {
        match base::link_columns(table).first() {
            Some(owner) => super::name_of(self.c, base::referred(table, owner).unwrap_or(table), &first(key)),
            None => super::name_of(self.c, table, key),
        }
    }

    /// A column's value as people and desks write it; `None` for nothing.
    pub(super) fn text(&self, table: &str, column: &str, value: &Json) -> Result<Option<String>, ApiError> {
        Ok(match (column, value) {
            (_, Json::Null) => None,
            ("validity", Json::Number(n)) => {
                let validity = n.as_i64().and_then(Validity::from_number);
                Some(validity.map_or_else(|| n.to_string(), |v| v.name().to_owned()))
            }
            (_, Json::String(text)) => Some(match base::referred(table, column) {
                Some(entity) => self.told(entity, text)?,
                None => text.clone(),
            }),
            (_, other) => Some(other.to_string()),
        })
    }

    /// What the plan calls a record.
    fn told(&self, entity: &'static str, id: &str) -> Result<String, ApiError> {
        if let Some(told) = self.told.borrow().get(entity).and_then(|all| all.get(id)) {
            return Ok(told.clone());
        }
        let told = match entity {
            "external_user" => self.login(id)?,
            "account" => self.account(id)?,
            // A row that is gone still has a name in what was kept of it; failing that, its id says that something is wrong.
            other => super::name_of(self.c, other, id)?,
        };
        let mut all = self.told.borrow_mut();
        all.entry(entity).or_default().insert(id.to_owned(), told.clone());
        Ok(told)
    }

    /// The login the desk knows, or the one it will know.
    fn login(&self, id: &str) -> Result<String, ApiError> {
        let row = external_user::find(self.c, crate::error::id("external user", id)?)?;
        row.map_or_else(
            || self.gone(Entity::ExternalUser, id, "login"),
            |row| Ok(row.desk_key.unwrap_or(row.login)),
        )
    }

    fn account(&self, id: &str) -> Result<String, ApiError> {
        let row = account::find(self.c, crate::error::id("account", id)?)?;
        row.map_or_else(
            || self.gone(Entity::Account, id, "key"),
            |row| Ok(row.desk_key.unwrap_or(row.key)),
        )
    }

    /// What the desk calls a record that is gone here: it has it still.
    fn gone(&self, entity: Entity, id: &str, natural: &str) -> Result<String, ApiError> {
        let bytes = uuid::Uuid::parse_str(id).map_err(|_| ApiError::not_found(entity.name(), id))?;
        let kept = record::pending(self.c, entity, bytes.into_bytes())?.and_then(|pending| pending.base);
        let text = |column: &str| kept.as_ref()?.get(column)?.as_str().map(str::to_owned);
        Ok(text("desk_key")
            .or_else(|| text(natural))
            .unwrap_or_else(|| id.to_owned()))
    }

    /// Notes the records that a row names, by how the plan names them.
    fn note(&self, table: &str, row: &RowMap, known: &mut KnownRecords) -> Result<(), ApiError> {
        for (column, value) in row {
            let (Some(entity), Json::String(id)) = (base::referred(table, column), value) else {
                continue;
            };
            if !self.noted.borrow_mut().entry(entity).or_default().insert(id.clone()) {
                continue;
            }
            let told = self.told(entity, id)?;
            let found = Known {
                name: super::name_of(self.c, entity, id)?,
                desk_key: base::desk_key(self.c, entity, id)?,
            };
            known.insert((entity.to_owned(), told), found);
        }
        Ok(())
    }

    fn fields(&self, table: &str, row: &RowMap) -> Result<Fields, ApiError> {
        let mut fields = Fields::new();
        for (&column, value) in row {
            // What is not there counts as empty, and most columns are.
            if let Some(text) = self.text(table, column, value)?.filter(|text| !text.is_empty()) {
                fields.insert(plan_field(column).into(), text);
            }
        }
        Ok(fields)
    }
}

/// The first id of a link's key, which is a JSON array.
pub(super) fn first(key: &str) -> String {
    let parts: Vec<Json> = serde_json::from_str(key).unwrap_or_default();
    parts.first().and_then(Json::as_str).unwrap_or(key).to_owned()
}

/// The plan's name of a column: that of the form's field.
pub(super) fn plan_field(column: &str) -> &str {
    match column {
        "validity" => "status",
        other => other.strip_suffix("_id").unwrap_or(other),
    }
}

/// All that the desk's writer needs, and whom each key belongs to.
pub(super) fn input(c: &Connection) -> Result<(PlanInput, People), ApiError> {
    let names = Names::new(c);
    let mut input = PlanInput::default();
    let mut users = HashMap::new();
    base::each_pending(c, |pending| {
        let fields = |row: &Option<RowMap>| row.as_ref().map(|row| names.fields(pending.table, row)).transpose();
        let (base, mut current) = (fields(&pending.base)?, fields(&pending.current)?);
        for row in [&pending.base, &pending.current].into_iter().flatten() {
            names.note(pending.table, row, &mut input.known)?;
        }
        let key = desk_key(
            pending.table,
            pending.base.as_ref().or(pending.current.as_ref()),
            base.as_ref().or(current.as_ref()),
        );
        if let (Some(user), "external_user", Some(current)) = (pending.user, pending.table, &mut current)
            && user_secret::is_sealed(c, user)?
        {
            current.insert("password_kept".into(), "1".to_owned());
        }
        if let Some(user) = pending.user {
            users.insert((pending.table.to_owned(), key.clone()), user.to_string());
        }
        let subject = names.subject(pending.table, &pending.key)?;
        input.pending.push(Pending {
            entity: pending.table.to_owned(),
            record: pending.key.clone(),
            key,
            subject,
            base,
            current,
        });
        Ok::<_, ApiError>(())
    })?;
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
    let links = base::link_columns(table);
    if !links.is_empty() {
        let parts: Vec<String> = links.into_iter().map(|column| get(plan_field(column))).collect();
        return parts.join(" ");
    }
    match table {
        "external_user" => desk_or(row, || get("login")),
        "account" => desk_or(row, || get("key")),
        _ => ["name", "number", "login", "path"]
            .into_iter()
            .map(get)
            .find(|name| !name.is_empty())
            .unwrap_or_default(),
    }
}

fn desk_or(row: Option<&RowMap>, otherwise: impl FnOnce() -> String) -> String {
    row.and_then(|row| row.get("desk_key"))
        .and_then(Json::as_str)
        .map_or_else(otherwise, str::to_owned)
}

/// What an export would make of one record alone that has other values, or is gone (`None`).
pub(super) fn of_one(
    c: &Connection,
    desk: &str,
    table: &'static str,
    base: &RowMap,
    current: Option<&RowMap>,
) -> Result<Plan, ApiError> {
    let names = Names::new(c);
    let fields = names.fields(table, base)?;
    let settings = desk_setting::all(c)?;
    Ok(desks::writer(desk)?.plan(&PlanInput {
        pending: vec![Pending {
            entity: table.to_owned(),
            record: String::new(),
            key: desk_key(table, Some(base), Some(&fields)),
            subject: String::new(),
            current: current.map(|row| names.fields(table, row)).transpose()?,
            base: Some(fields),
        }],
        logins: Vec::new(),
        initial_passwords: false,
        known: KnownRecords::new(),
        settings: settings.into_iter().map(|row| (row.name, row.value)).collect(),
    }))
}

/// The desk's plan, with conflicts as a reason to refuse.
pub(super) fn plan(c: &Connection, desk: &str, initial_passwords: bool) -> Result<(Plan, People), ApiError> {
    let (mut input, users) = input(c)?;
    input.initial_passwords = initial_passwords;
    let mut plan = desks::writer(desk)?.plan(&input);
    let conflicts = conflict::list(c)?.len();
    if conflicts > 0 {
        plan.refused.push(format!(
            "{conflicts} conflict(s) are not settled: choose mine or theirs first"
        ));
    }
    Ok((plan, users))
}

/// What stands at the head of the files.
pub(super) fn occasion(c: &Connection) -> Result<Occasion, ApiError> {
    Ok(Occasion {
        workspace: meta::get(c, meta::NAME)?.unwrap_or_default(),
        date: today().to_string(),
        base: since(c)?.unwrap_or_default(),
    })
}

/// What tells one plan from another, while the program is the same.
pub(super) fn mark(plan: &Plan) -> String {
    digest::of_debug(&plan.operations)
}

/// When the base was last moved (RFC 3339).
pub(super) fn since(c: &Connection) -> Result<Option<String>, ApiError> {
    Ok(history::base_moved_at(c)?.map(time_ms))
}
