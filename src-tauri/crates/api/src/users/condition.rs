//! Conditions on single fields of the form, as callers give them and as the store takes them.

use portico_core::form::field::{Entity, Field, Kind};
use portico_store::table::user_condition::{FieldCondition, Test, Wanted};

use crate::error::ApiError;
use crate::types::users::UserCondition;

pub(super) fn read(conditions: &[UserCondition]) -> Result<Vec<FieldCondition>, ApiError> {
    conditions.iter().map(one).collect()
}

fn one(condition: &UserCondition) -> Result<FieldCondition, ApiError> {
    let name = condition.field.as_str();
    let fields = Entity::ExternalUser.fields();
    let field = fields
        .iter()
        .find(|field| field.name == name && field.kind != Kind::Status);
    let field = field.ok_or_else(|| ApiError::refused(format!("people cannot be listed by {name:?}")))?;
    let test = match condition.test.as_str() {
        "" | "is" => Test::Is,
        "before" if field.kind == Kind::Date => Test::Before,
        "after" if field.kind == Kind::Date => Test::After,
        other => return Err(ApiError::refused(format!("{name} cannot be compared by {other:?}"))),
    };
    let values = condition.values.iter().map(|value| wanted(field, value));
    Ok(FieldCondition {
        field: field.name,
        test,
        values: values.collect::<Result<_, _>>()?,
    })
}

fn wanted(field: &Field, value: &str) -> Result<Wanted, ApiError> {
    if value.is_empty() {
        return Ok(Wanted::Nothing);
    }
    if field.kind == Kind::Flag {
        return Ok(Wanted::Flag(value == "true"));
    }
    if field.kind.refers_to().is_none() {
        return Ok(Wanted::Text(value.to_owned()));
    }
    let (id, key) = value
        .split_once(' ')
        .map_or((value, None), |(id, key)| (id, Some(key.to_owned())));
    let id = uuid::Uuid::parse_str(id).map_err(|_| ApiError::not_found(field.name, id))?;
    Ok(Wanted::Record(id.into_bytes(), key))
}
