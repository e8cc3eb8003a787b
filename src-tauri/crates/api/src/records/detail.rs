//! A record with all that surrounds its form.

use std::collections::{BTreeMap, BTreeSet};

use portico_core::form::FormRules;
use portico_core::form::field::Entity;
use portico_core::id::PortalObjectId;
use portico_store::table::record::{self, Id};
use portico_store::table::{group_object, user_object};
use portico_store::{Connection, draft};

use super::{check, list, values};
use crate::error::ApiError;
use crate::numbers::small;
use crate::types::records::{RecordChoice, RecordDetail, RecordRight, Usage, Values};

/// How many of those that refer to a record are named.
const NAMED: u32 = 8;
/// The most rights of an object that are shown.
const MOST_RIGHTS: usize = 200;

/// A record; `NotFound` when there is none.
pub(super) fn of(c: &Connection, desk: &str, entity: Entity, id: Id) -> Result<RecordDetail, ApiError> {
    let text = super::text(id);
    let row = record::find(c, entity, id)?.ok_or_else(|| ApiError::not_found(entity.name(), &text))?;
    let saved = values::of_record(c, entity, id, &row)?;
    let draft = draft_of(c, entity, &text)?.filter(|draft| *draft != saved);
    let present = check::is_present(&row);
    let rules = crate::forms::rules(desk)?;
    Ok(RecordDetail {
        entity: entity.name().to_owned(),
        name: super::choices(c, entity, std::slice::from_ref(&text))?
            .into_iter()
            .map(|one| one.name)
            .collect(),
        version: version(&saved)?,
        in_desk: in_desk(c, entity, id, present)?,
        present,
        labels: labels(c, entity, [Some(&saved), draft.as_ref()].into_iter().flatten())?,
        changed_fields: changed_fields(c, entity, id)?,
        used_by: used_by(c, rules, entity, id)?,
        rights: rights(c, entity, id)?,
        path: path(c, entity, id)?,
        problems: check::problems(c, desk, entity, Some(id), &saved)?,
        id: text,
        values: saved,
        draft,
    })
}

/// An empty form.
pub(super) fn fresh(c: &Connection, entity: Entity, given: &Values) -> Result<RecordDetail, ApiError> {
    let new = values::merged(entity, values::fresh(entity), given)?;
    let draft = draft_of(c, entity, &draft_key(entity, None))?.filter(|draft| given.is_empty() && *draft != new);
    Ok(RecordDetail {
        entity: entity.name().to_owned(),
        id: String::new(),
        name: String::new(),
        version: String::new(),
        in_desk: false,
        present: true,
        labels: labels(c, entity, [Some(&new), draft.as_ref()].into_iter().flatten())?,
        changed_fields: Vec::new(),
        used_by: Vec::new(),
        rights: Vec::new(),
        path: Vec::new(),
        problems: Vec::new(),
        values: new,
        draft,
    })
}

/// The name of a form's draft.
pub(super) fn draft_key(entity: Entity, id: Option<&str>) -> String {
    id.map_or_else(|| format!("new {}", entity.name()), str::to_owned)
}

/// A draft that an older program wrote and this one cannot read is as good as none.
fn draft_of(c: &Connection, entity: Entity, key: &str) -> Result<Option<Values>, ApiError> {
    let kept = draft::get(c, key)?.filter(|draft| draft.entity == entity.name());
    let read: Option<Values> = kept.and_then(|draft| serde_json::from_str(&draft.form).ok());
    Ok(read.and_then(|given| values::merged(entity, values::fresh(entity), &given).ok()))
}

/// Whether the desk has the record: neither made here nor only named by others.
pub(super) fn in_desk(c: &Connection, entity: Entity, id: Id, present: bool) -> Result<bool, ApiError> {
    Ok(match record::pending(c, entity, id)? {
        Some(pending) => pending.base.is_some(),
        None => present,
    })
}

/// A fingerprint of the saved form: equal as long as nobody saved something else.
pub(super) fn version(saved: &Values) -> Result<String, ApiError> {
    let json = serde_json::to_string(saved).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(crate::digest::short(json.as_bytes()))
}

fn labels<'a>(
    c: &Connection,
    entity: Entity,
    forms: impl Iterator<Item = &'a Values>,
) -> Result<Vec<RecordChoice>, ApiError> {
    let mut named: BTreeMap<Entity, BTreeSet<String>> = BTreeMap::new();
    for (_, to, id) in forms.flat_map(|form| values::references(entity, form)) {
        named.entry(to).or_default().insert(id);
    }
    let mut found = Vec::new();
    for (to, ids) in named {
        found.extend(super::choices(c, to, &ids.into_iter().collect::<Vec<_>>())?);
    }
    Ok(found)
}

/// Fields of the form that differ from what the desk has.
fn changed_fields(c: &Connection, entity: Entity, id: Id) -> Result<Vec<String>, ApiError> {
    let changes = record::pending(c, entity, id)?
        .map(|pending| pending.changes())
        .unwrap_or_default();
    let mut fields: Vec<String> = changes
        .into_iter()
        .map(|(column, ..)| crate::users::field(column).to_owned())
        .collect();
    if entity == Entity::Group && record::has_changed_links(c, "group_object", &super::text(id))? {
        fields.push("objects".to_owned());
    }
    Ok(fields)
}

/// What refers to a record, and whether it could do without.
pub(super) fn used_by(c: &Connection, rules: &FormRules, entity: Entity, id: Id) -> Result<Vec<Usage>, ApiError> {
    let found = record::uses(c, entity, id, NAMED)?;
    let usage = |found: record::Usage| Usage {
        wanted: wanted(rules, found.entity, found.field),
        entity: found.entity.name().to_owned(),
        field: found.field.to_owned(),
        total: small(found.total),
        some: found.some.into_iter().map(super::choice).collect(),
        own: found.own,
    };
    Ok(found.into_iter().map(usage).collect())
}

fn wanted(rules: &FormRules, entity: Entity, field: &str) -> bool {
    rules
        .of(entity)
        .is_some_and(|fields| fields.iter().any(|rule| rule.field == field && rule.required))
}

/// Rights on an object, or of an account.
fn rights(c: &Connection, entity: Entity, id: Id) -> Result<Vec<RecordRight>, ApiError> {
    match entity {
        Entity::Account => list::account_rights(c, id),
        Entity::PortalObject => object_rights(c, PortalObjectId::from_bytes(id)),
        _ => Ok(Vec::new()),
    }
}

fn object_rights(c: &Connection, object: PortalObjectId) -> Result<Vec<RecordRight>, ApiError> {
    let groups = group_object::on(c, object)?
        .into_iter()
        .map(|link| (link.group_id.to_string(), link.level));
    let people = user_object::on(c, object)?
        .into_iter()
        .map(|link| (link.user_id.to_string(), link.level));
    let groups = groups.map(|(id, level)| (Entity::Group, id, level));
    let people = people.map(|(id, level)| (Entity::ExternalUser, id, level));
    let mut rights = Vec::new();
    for (entity, id, right) in groups.chain(people).take(MOST_RIGHTS) {
        let name = super::choices(c, entity, std::slice::from_ref(&id))?
            .into_iter()
            .map(|one| one.name)
            .collect();
        rights.push(RecordRight {
            entity: entity.name().to_owned(),
            id,
            name,
            right,
            context: String::new(),
        });
    }
    Ok(rights)
}

/// What an object of the portal lies in, from the root down.
fn path(c: &Connection, entity: Entity, id: Id) -> Result<Vec<RecordChoice>, ApiError> {
    if entity != Entity::PortalObject {
        return Ok(Vec::new());
    }
    let up = record::ancestors(c, id)?;
    let down: Vec<Id> = up.into_iter().skip(1).rev().collect();
    Ok(record::labels(c, entity, &down)?
        .into_iter()
        .map(super::choice)
        .collect())
}
