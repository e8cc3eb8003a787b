//! The JSON Schema of a bundle (draft 2020-12), written from the forms' fields. It is one for all desks.

use portico_core::form::field::{Entity, Kind};
use portico_core::model::{LEVELS, Validity};
use serde_json::{Map, Value as Json, json};

use super::records::fields;
use super::{FORMAT, VERSION};
use crate::error::ApiError;

/// The schema.
pub fn schema() -> Json {
    let kinds: Map<String, Json> = Entity::ALL
        .iter()
        .map(|entity| {
            let of = json!({ "$ref": format!("#/$defs/{}", entity.name()) });
            (entity.name().to_owned(), json!({ "type": "array", "items": of }))
        })
        .collect();
    let definitions: Map<String, Json> = Entity::ALL
        .iter()
        .map(|entity| (entity.name().to_owned(), record(*entity)))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A configuration of external users, and of what decides about their access, of no particular desk",
        "type": "object",
        "properties": {
            "format": { "const": FORMAT },
            "version": { "const": VERSION },
            "desk": { "type": "string", "description": "The desk that the workspace is for" },
            "made_at": { "type": "string", "format": "date-time" },
            "program": { "type": "string", "description": "The version of Portico that wrote it" },
            "records": {
                "type": "object",
                "description": "An array for each kind that the desk has. Links name a record of the kind by its key",
                "properties": kinds,
                "required": [Entity::ExternalUser.name()],
                "additionalProperties": false,
            },
        },
        "required": ["format", "version", "desk", "made_at", "program", "records"],
        "additionalProperties": false,
        "$defs": definitions,
    })
}

/// The schema as a file.
pub(super) fn text() -> Result<String, ApiError> {
    let text = serde_json::to_string_pretty(&schema()).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(text + "\n")
}

fn object(properties: &Map<String, Json>) -> Json {
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn record(entity: Entity) -> Json {
    let form = fields(entity).map(|field| (field.name.to_owned(), value(field.kind)));
    let mut members = Map::new();
    members.insert("key".to_owned(), json!({ "type": "string", "minLength": 1 }));
    members.insert("desk_key".to_owned(), json!({ "type": ["string", "null"] }));
    members.insert(
        "present".to_owned(),
        json!({ "type": "boolean", "description": "False for something that is only named by others" }),
    );
    members.insert("fields".to_owned(), object(&form.collect()));
    if entity == Entity::Account {
        let right = ["group", "permission", "context"].map(|name| (name.to_owned(), json!({ "type": "string" })));
        let rights = json!({ "type": "array", "items": object(&right.into_iter().collect()) });
        members.insert("rights".to_owned(), rights);
    }
    object(&members)
}

fn value(kind: Kind) -> Json {
    let link = |to: Entity| json!({ "type": "string", "description": format!("The key of a record of {}", to.name()) });
    let links = |to: Entity, name: &str, of: Json| {
        let members = [("record".to_owned(), link(to)), (name.to_owned(), of)];
        json!({ "type": "array", "items": object(&members.into_iter().collect()) })
    };
    match kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Status => {
            let names: Vec<&str> = (1..).map_while(Validity::from_number).map(Validity::name).collect();
            json!({ "enum": names })
        }
        Kind::Date => json!({ "type": "string", "description": "A day like 2026-11-26; empty for none" }),
        Kind::Custom => json!({ "type": ["object", "string"] }),
        Kind::One(to) => {
            json!({ "type": ["string", "null"], "description": format!("The key of a record of {}", to.name()) })
        }
        Kind::Many(to) => json!({ "type": "array", "items": link(to) }),
        Kind::Rights(to) => links(
            to,
            "permissions",
            json!({ "type": "array", "items": { "type": "string" } }),
        ),
        Kind::Levels(to) => links(to, "level", json!({ "enum": LEVELS })),
        // A desk may hold another word than the form offers.
        Kind::Choice(words) => json!({ "type": "string", "examples": words }),
        Kind::Text | Kind::Code | Kind::Email | Kind::Long | Kind::Password => json!({ "type": "string" }),
    }
}
