//! Another external user whom somebody sees, with her settings to read.

use portico_core::form::field::{Entity, Kind};
use portico_core::form::registry;
use portico_core::id::ExternalUserId;
use portico_store::table::external_user;
use portico_store::visibility::{Reasoned, exposure};
use portico_store::{Connection, StoreError, history};

use super::look::At;
use super::new_ticket::Thing;
use super::tell::reason;
use crate::error::ApiError;
use crate::types::colleague::{ColleagueSetting, ColleagueView};
use crate::types::form::FieldValue;

/// Why the person sees her, and what stands in the fields of her form that the desk has. Refused for somebody whom the
/// person does not see.
pub(super) fn colleague(at: &At<'_>, other: ExternalUserId) -> Result<ColleagueView, ApiError> {
    let gone = || StoreError::NotFound {
        what: "external_user",
        key: other.to_string(),
    };
    let row = external_user::find(at.c, other)?
        .filter(|row| row.present)
        .ok_or_else(gone)?;
    let key = exposure::key_of(at.c, other)?.ok_or_else(gone)?;
    let thing = Thing {
        name: &key,
        ..Thing::default()
    };
    let explained = at.eyes.explain_about(&at.model.colleague, &thing)?;
    if explained.answer() != Some(true) {
        return Err(ApiError::refused(
            "the portal does not show this person to whoever looks",
        ));
    }
    Ok(ColleagueView {
        id: other.to_string(),
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        login: row.login,
        reason: reason(&Reasoned::from(&explained)),
        settings: settings(at, other)?,
    })
}

/// The desk's fields in the form's order, but for the password: that is nobody's to read.
fn settings(at: &At<'_>, other: ExternalUserId) -> Result<Vec<ColleagueSetting>, ApiError> {
    let form = crate::users::form(at.c, other)?;
    let rules = registry::rules(at.model.desk)
        .map(|rules| rules.fields)
        .unwrap_or_default();
    let mut settings = Vec::new();
    for rule in rules {
        let field = Entity::ExternalUser
            .fields()
            .iter()
            .find(|field| field.name == rule.field);
        let Some(field) = field.filter(|field| field.kind != Kind::Password) else {
            continue;
        };
        if let Some(value) = form.value(field.name) {
            settings.push(ColleagueSetting {
                field: field.name.to_owned(),
                on: match &value {
                    FieldValue::Flag(on) => Some(*on),
                    _ => None,
                },
                values: values(at.c, field.kind, value)?,
            });
        }
    }
    Ok(settings)
}

/// What stands in a field as texts: of other records their names.
fn values(c: &Connection, kind: Kind, value: FieldValue) -> Result<Vec<String>, ApiError> {
    let name = |id: &str| -> Result<String, ApiError> {
        let Some(entity) = kind.refers_to() else {
            return Ok(id.to_owned());
        };
        let id = uuid::Uuid::parse_str(id).map_err(|_| ApiError::refused("an id in a form is none"))?;
        Ok(history::label(c, entity.name(), id.into_bytes())?)
    };
    match value {
        FieldValue::Flag(_) => Ok(Vec::new()),
        FieldValue::Text(text) if text.is_empty() => Ok(Vec::new()),
        FieldValue::Text(text) => Ok(vec![name(&text)?]),
        FieldValue::List(ids) => ids.iter().map(|id| name(id)).collect(),
        FieldValue::Groups(rights) => {
            let right = |right: &crate::types::users::GroupRight| {
                Ok(format!("{} {}", name(&right.group)?, right.permissions.join(", ")))
            };
            rights.iter().map(right).collect()
        }
        FieldValue::Objects(rights) => {
            let right =
                |right: &crate::types::users::ObjectRight| Ok(format!("{} {}", name(&right.object)?, right.level));
            rights.iter().map(right).collect()
        }
    }
}
