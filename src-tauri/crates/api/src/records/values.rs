//! Between a record's row and the fields of its form.

use std::collections::BTreeMap;

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::id::{GroupId, PortalObjectId};
use portico_core::model::Validity;
use portico_store::base::RowMap;
use portico_store::table::group_object;
pub(super) use portico_store::table::record::field_column as column;
use portico_store::table::record::{Columns, Id};
use portico_store::{Connection, Tx};
use serde_json::Value as Json;

use crate::error::ApiError;
use crate::types::form::FieldValue;
use crate::types::records::Values;
use crate::types::users::ObjectRight;

/// The field of this name.
pub(super) fn field(entity: Entity, name: &str) -> Result<&'static Field, ApiError> {
    let found = entity.fields().iter().find(|field| field.name == name);
    found.ok_or_else(|| ApiError::not_found("field", name))
}

/// What stands in the fields that are columns.
pub(super) fn plain(entity: Entity, row: &RowMap) -> Values {
    let mut values = Values::new();
    for field in entity.fields() {
        let Some(column) = column(field) else { continue };
        let json = row.get(column.as_str()).unwrap_or(&Json::Null);
        values.insert(field.name.to_owned(), value(field, json));
    }
    values
}

fn value(field: &Field, json: &Json) -> FieldValue {
    match field.kind {
        Kind::Flag => FieldValue::Flag(json.as_i64().is_some_and(|n| n != 0)),
        Kind::Status => {
            let validity = json.as_i64().and_then(Validity::from_number).unwrap_or_default();
            FieldValue::Text(validity.name().to_owned())
        }
        _ => FieldValue::Text(json.as_str().unwrap_or_default().to_owned()),
    }
}

/// All that stands in a record's form.
pub(crate) fn of_record(c: &Connection, entity: Entity, id: Id, row: &RowMap) -> Result<Values, ApiError> {
    let mut values = plain(entity, row);
    if entity == Entity::Group {
        let levels = group_object::of(c, GroupId::from_bytes(id))?;
        let levels = levels.into_iter().map(|link| ObjectRight {
            object: link.object_id.to_string(),
            level: link.level,
        });
        values.insert("objects".to_owned(), FieldValue::Objects(levels.collect()));
    }
    Ok(values)
}

/// What stands in the form of a record that does not exist yet.
pub(super) fn fresh(entity: Entity) -> Values {
    let empty = |field: &Field| match field.kind {
        Kind::Flag => FieldValue::Flag(field.name == "inherits"),
        Kind::Status => FieldValue::Text(Validity::Valid.name().to_owned()),
        Kind::Levels(_) => FieldValue::Objects(Vec::new()),
        Kind::Many(_) | Kind::Rights(_) => FieldValue::List(Vec::new()),
        _ => FieldValue::Text(String::new()),
    };
    let fields = entity.fields().iter();
    fields.map(|field| (field.name.to_owned(), empty(field))).collect()
}

/// The form with other values in some fields; refuses names that are no fields and values that do not fit.
pub(super) fn merged(entity: Entity, saved: Values, given: &Values) -> Result<Values, ApiError> {
    let mut values = saved;
    for (name, value) in given {
        let field = field(entity, name)?;
        let value = match (field.kind, value) {
            (Kind::Levels(_), FieldValue::List(list)) if list.is_empty() => FieldValue::Objects(Vec::new()),
            (_, value) => value.clone(),
        };
        if !fits(field.kind, &value) {
            return Err(ApiError::refused(format!("{name}: {value:?} does not fit this field")));
        }
        values.insert(name.clone(), value);
    }
    Ok(values)
}

fn fits(kind: Kind, value: &FieldValue) -> bool {
    match kind {
        Kind::Flag => matches!(value, FieldValue::Flag(_)),
        Kind::Levels(_) => matches!(value, FieldValue::Objects(_)),
        Kind::Many(_) => matches!(value, FieldValue::List(_)),
        Kind::Rights(_) => matches!(value, FieldValue::Groups(_)),
        _ => matches!(value, FieldValue::Text(_)),
    }
}

/// The text of a field; empty where it holds none.
pub(super) fn text<'a>(values: &'a Values, field: &str) -> &'a str {
    match values.get(field) {
        Some(FieldValue::Text(text)) => text,
        _ => "",
    }
}

/// The columns of a form; links are written by [`write_links`].
pub(super) fn columns(entity: Entity, values: &Values) -> Columns {
    let mut columns: Columns = BTreeMap::new();
    for field in entity.fields() {
        let (Some(column), Some(value)) = (column(field), values.get(field.name)) else {
            continue;
        };
        let json = match (field.kind, value) {
            (Kind::Status, FieldValue::Text(name)) => {
                Validity::from_name(name).map_or(Json::Null, |v| v.number().into())
            }
            (Kind::One(_), FieldValue::Text(id)) if id.is_empty() => Json::Null,
            (_, FieldValue::Flag(on)) => i64::from(*on).into(),
            (_, FieldValue::Text(text)) => text.clone().into(),
            _ => continue,
        };
        columns.insert(column, json);
    }
    columns
}

/// Writes the fields that are links.
pub(super) fn write_links(tx: &Tx<'_>, entity: Entity, id: Id, values: &Values) -> Result<(), ApiError> {
    if let (Entity::Group, Some(FieldValue::Objects(rights))) = (entity, values.get("objects")) {
        let mut wanted: Vec<(PortalObjectId, String)> = Vec::with_capacity(rights.len());
        for right in rights {
            wanted.push((crate::error::id("object", &right.object)?, right.level.clone()));
        }
        group_object::set_all_replaces_existing(tx, GroupId::from_bytes(id), &wanted)?;
    }
    Ok(())
}

/// Ids that a form refers to, by the kind of what they name.
pub(super) fn references(entity: Entity, values: &Values) -> Vec<(&'static str, Entity, String)> {
    let mut found = Vec::new();
    for field in entity.fields() {
        let (Some(to), Some(value)) = (field.kind.refers_to(), values.get(field.name)) else {
            continue;
        };
        match value {
            FieldValue::Text(id) if !id.is_empty() => found.push((field.name, to, id.clone())),
            FieldValue::Objects(rights) => found.extend(rights.iter().map(|r| (field.name, to, r.object.clone()))),
            _ => {}
        }
    }
    found
}
