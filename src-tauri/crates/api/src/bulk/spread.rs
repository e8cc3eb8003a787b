//! What some people have in common, and how far they differ.

use std::collections::HashMap;

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::id::ExternalUserId;
use portico_store::{Connection, history};

use super::edit::pairs;
use crate::error::ApiError;
use crate::types::bulk::{BulkForm, Spread, SpreadValue};
use crate::types::form::FieldValue;
use crate::users;

/// People whose forms are in memory at a time.
const AT_A_TIME: usize = 500;
/// Different values that are counted.
const MOST_DIFFERENT: usize = 1_000;
/// Values that are named.
const MOST_NAMED: usize = 20;

/// A field as it is counted.
struct Count {
    field: &'static Field,
    first: Option<FieldValue>,
    /// Whole values, by how often they stand there.
    values: HashMap<String, u32>,
    /// Value and right of entries, by how many people have them.
    entries: HashMap<(String, String), u32>,
}

/// What these people have in each field.
pub(super) fn form(c: &Connection, people: &[ExternalUserId]) -> Result<BulkForm, ApiError> {
    let fields = Entity::ExternalUser.fields().iter();
    let mut counts: Vec<Count> = fields
        .map(|field| Count {
            field,
            first: None,
            values: HashMap::new(),
            entries: HashMap::new(),
        })
        .collect();
    let mut found = 0;
    for some in people.chunks(AT_A_TIME) {
        for (_, form) in users::forms(c, some)? {
            found += 1;
            for count in &mut counts {
                if let Some(value) = form.value(count.field.name) {
                    count.add(value)?;
                }
            }
        }
    }
    let fields = counts
        .into_iter()
        .map(|count| count.told(c))
        .collect::<Result<_, _>>()?;
    Ok(BulkForm { people: found, fields })
}

impl Count {
    fn add(&mut self, value: FieldValue) -> Result<(), ApiError> {
        let text = serde_json::to_string(&value).map_err(|e| ApiError::refused(e.to_string()))?;
        let counted = self.values.len() < MOST_DIFFERENT || self.values.contains_key(&text);
        if counted {
            *self.values.entry(text).or_default() += 1;
        }
        for entry in self.entries_of(&value) {
            if self.entries.len() < MOST_DIFFERENT || self.entries.contains_key(&entry) {
                *self.entries.entry(entry).or_default() += 1;
            }
        }
        self.first.get_or_insert(value);
        Ok(())
    }

    /// What stands in a value: itself, or its entries with their rights; of custom fields, names with their texts.
    fn entries_of(&self, value: &FieldValue) -> Vec<(String, String)> {
        match pairs(value) {
            Some(pairs) if self.field.kind == Kind::Custom => pairs.into_iter().collect(),
            _ => entries(value),
        }
    }

    fn told(self, c: &Connection) -> Result<Spread, ApiError> {
        let mut entries: Vec<_> = self.entries.into_iter().collect();
        entries.sort_by(|(a, most), (b, more)| more.cmp(most).then_with(|| a.cmp(b)));
        entries.truncate(MOST_NAMED);
        let refers = self.field.kind.refers_to();
        let named = |((value, right), people): ((String, String), u32)| {
            let label = refers.map_or_else(|| Ok(value.clone()), |entity| label(c, entity, &value))?;
            Ok::<_, ApiError>(SpreadValue {
                value,
                right,
                label,
                people,
            })
        };
        let alike = self.values.len() == 1;
        Ok(Spread {
            field: self.field.name.to_owned(),
            common: self.first.filter(|_| alike),
            different: crate::numbers::small(self.values.len()),
            values: entries.into_iter().map(named).collect::<Result<_, _>>()?,
        })
    }
}

/// What stands in a value: itself, or its entries with their rights. Nothing for an empty one.
fn entries(value: &FieldValue) -> Vec<(String, String)> {
    let plain = |text: &String| (text.clone(), String::new());
    match value {
        FieldValue::Text(text) if text.is_empty() => Vec::new(),
        FieldValue::Text(text) => vec![plain(text)],
        FieldValue::Flag(flag) => vec![plain(&flag.to_string())],
        FieldValue::List(list) => list.iter().map(plain).collect(),
        FieldValue::Groups(rights) => {
            let each = |key: &String, group: &String| (group.clone(), key.clone());
            rights
                .iter()
                .flat_map(|right| right.permissions.iter().map(move |key| each(key, &right.group)))
                .collect()
        }
        FieldValue::Objects(rights) => rights.iter().map(|r| (r.object.clone(), r.level.clone())).collect(),
    }
}

/// What people call the record with this id; the id where there is none.
pub(crate) fn label(c: &Connection, entity: Entity, id: &str) -> Result<String, ApiError> {
    match uuid::Uuid::parse_str(id) {
        Ok(uuid) => Ok(history::label(c, entity.name(), uuid.into_bytes())?),
        Err(_) => Ok(id.to_owned()),
    }
}
