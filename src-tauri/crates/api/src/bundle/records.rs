//! A record as a bundle has it: links by the other record's key.

use std::collections::HashMap;

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::id::ExternalUserId;
use portico_store::Connection;
use portico_store::base::RowMap;
use portico_store::table::record::{self, Id};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::error::ApiError;
use crate::records::{account_rights, values};
use crate::types::form::FieldValue;

/// Keys that are remembered, so that a group that everybody has is looked up once.
const MOST_KEPT: usize = 10_000;

/// A record.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    /// What links name it by; no other record of its kind has it.
    pub(super) key: String,
    /// The desk's own key, where the desk gives one.
    pub(super) desk_key: Option<String>,
    /// False for a placeholder of something that is only named by others.
    pub(super) present: bool,
    /// By the form's names.
    pub(super) fields: Map<String, Json>,
    /// An account's permissions on groups: `{group, permission, context}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rights: Option<Vec<Json>>,
}

/// The fields of a kind that a bundle has: what is to become of a password is nobody else's business.
pub(super) fn fields(entity: Entity) -> impl Iterator<Item = &'static Field> {
    entity.fields().iter().filter(|field| field.kind != Kind::Password)
}

/// Keys of records, by their ids.
#[derive(Default)]
pub(super) struct Keys(HashMap<(Entity, Id), String>);

impl Keys {
    /// The value of the column by which the desk tells records of the kind apart; `#` and the id where there is none,
    /// or where a placeholder is named like a record.
    fn of_row(&mut self, c: &Connection, entity: Entity, id: Id, row: &RowMap) -> Result<String, ApiError> {
        if let Some(known) = self.0.get(&(entity, id)) {
            return Ok(known.clone());
        }
        let natural = record::unique_column(entity)?.and_then(|column| row.get(column)?.as_str());
        let key = match natural {
            Some(name) if !name.is_empty() && record::taken(c, entity, name, Some(id))?.is_none() => name.to_owned(),
            _ => format!("#{}", uuid::Uuid::from_bytes(id)),
        };
        if self.0.len() >= MOST_KEPT {
            self.0.clear();
        }
        self.0.insert((entity, id), key.clone());
        Ok(key)
    }

    /// The key of the record with this id; null for none.
    fn of(&mut self, c: &Connection, entity: Entity, text: &str) -> Result<Json, ApiError> {
        let Ok(id) = uuid::Uuid::parse_str(text).map(uuid::Uuid::into_bytes) else {
            return Ok(Json::Null);
        };
        if let Some(known) = self.0.get(&(entity, id)) {
            return Ok(known.clone().into());
        }
        match record::find(c, entity, id)? {
            Some(row) => Ok(self.of_row(c, entity, id, &row)?.into()),
            None => Ok(Json::Null),
        }
    }
}

/// Reads a record.
pub(super) fn read(c: &Connection, entity: Entity, id: Id, keys: &mut Keys) -> Result<Record, ApiError> {
    let missing = || ApiError::not_found(entity.name(), &uuid::Uuid::from_bytes(id).to_string());
    let row = record::find(c, entity, id)?.ok_or_else(missing)?;
    let mut found = Map::new();
    if entity == Entity::ExternalUser {
        let form = crate::users::saved_form(c, ExternalUserId::from_bytes(id))?;
        for field in fields(entity) {
            let value = form.value(field.name).ok_or_else(missing)?;
            found.insert(field.name.to_owned(), as_json(c, field, value, keys)?);
        }
    } else {
        let mut form = values::of_record(c, entity, id, &row)?;
        for field in fields(entity) {
            let value = form.remove(field.name).ok_or_else(missing)?;
            found.insert(field.name.to_owned(), as_json(c, field, value, keys)?);
        }
    }
    Ok(Record {
        key: keys.of_row(c, entity, id, &row)?,
        desk_key: row.get("desk_key").and_then(Json::as_str).map(str::to_owned),
        present: row.get("present").and_then(Json::as_i64) != Some(0),
        fields: found,
        rights: rights(c, entity, id, keys)?,
    })
}

fn as_json(c: &Connection, field: &Field, value: FieldValue, keys: &mut Keys) -> Result<Json, ApiError> {
    Ok(match (field.kind, value) {
        (Kind::One(to), FieldValue::Text(id)) => keys.of(c, to, &id)?,
        (Kind::Many(to), FieldValue::List(ids)) => {
            let found = ids.iter().map(|id| keys.of(c, to, id));
            found.collect::<Result<Vec<_>, _>>()?.into()
        }
        (Kind::Rights(to), FieldValue::Groups(rights)) => {
            let found = rights
                .iter()
                .map(|right| Ok(json!({ "record": keys.of(c, to, &right.group)?, "permissions": right.permissions })));
            found.collect::<Result<Vec<_>, ApiError>>()?.into()
        }
        (Kind::Levels(to), FieldValue::Objects(rights)) => {
            let found = rights
                .iter()
                .map(|right| Ok(json!({ "record": keys.of(c, to, &right.object)?, "level": right.level })));
            found.collect::<Result<Vec<_>, ApiError>>()?.into()
        }
        // What no form would take is kept as the text that it is.
        (Kind::Custom, FieldValue::Text(text)) => match serde_json::from_str(&text) {
            Ok(Json::Object(texts)) => Json::Object(texts),
            _ if text.is_empty() => json!({}),
            _ => text.into(),
        },
        (_, FieldValue::Flag(on)) => on.into(),
        (_, FieldValue::Text(text)) => text.into(),
        (kind, value) => return Err(ApiError::refused(format!("{}: {value:?} is no {kind:?}", field.name))),
    })
}

fn rights(c: &Connection, entity: Entity, id: Id, keys: &mut Keys) -> Result<Option<Vec<Json>>, ApiError> {
    if entity != Entity::Account {
        return Ok(None);
    }
    let found = account_rights(c, id)?.into_iter().map(|right| {
        let group = keys.of(c, Entity::Group, &right.id)?;
        Ok(json!({ "group": group, "permission": right.right, "context": right.context }))
    });
    found.collect::<Result<_, ApiError>>().map(Some)
}
