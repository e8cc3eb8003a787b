//! What `set` is told to change: `field=value`, `list+=entry`, `list-=entry`.

use std::str::FromStr;

use portico_api::types::form::FieldValue;
use portico_api::types::users::{GroupRight, ObjectRight, UserForm};
use portico_core::form::field::{Entity, Kind};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::field::{self, Named};

/// How a field is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Replace,
    Add,
    Remove,
}

/// A change of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    named: Named,
    /// The name of one custom field: `custom.NAME=value`.
    part: Option<String>,
    how: How,
    value: String,
}

impl FromStr for Edit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let end = text
            .find(|c: char| !c.is_ascii_lowercase() && c != '_')
            .unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        let named = field::find(name)?;
        let mut part = None;
        if named.field.kind == Kind::Custom
            && let Some((inner, value)) = rest.strip_prefix('.').and_then(|rest| rest.split_once('='))
        {
            part = Some(inner.to_owned());
            rest = value;
            if inner.is_empty() {
                return Err(format!("{name}: say which custom field, as in {name}.cf_level=gold"));
            }
        } else if part.is_none() {
            return Self::of(named, rest);
        }
        Ok(Self {
            named,
            part,
            how: How::Replace,
            value: rest.to_owned(),
        })
    }
}

/// Finds the ids behind the names that people type.
pub(crate) trait Names {
    /// The id of the record with this name; `None` where there is none, an error where it is the name of several.
    fn record(&mut self, entity: Entity, name: &str) -> Result<Option<String>, Failure>;
    /// The status behind the desk's word, or behind its name.
    fn status(&self, word: &str) -> Result<String, Failure>;
    /// Permission keys of the desk's group links.
    fn permissions(&self) -> &[&str];
}

impl Edit {
    fn of(named: Named, rest: &str) -> Result<Self, String> {
        let (how, value) = if let Some(value) = rest.strip_prefix("+=") {
            (How::Add, value)
        } else if let Some(value) = rest.strip_prefix("-=") {
            (How::Remove, value)
        } else if let Some(value) = rest.strip_prefix('=') {
            (How::Replace, value)
        } else {
            return Err("write field=value, list+=entry or list-=entry".to_owned());
        };
        let is_list = matches!(named.field.kind, Kind::Many(_) | Kind::Rights(_) | Kind::Levels(_));
        if how != How::Replace && !is_list {
            return Err(format!("{0} holds one value: write {0}=VALUE", named.name));
        }
        field::check(named, value)?;
        Ok(Self {
            named,
            part: None,
            how,
            value: value.to_owned(),
        })
    }

    /// Applies the change to a form.
    pub(crate) fn apply(&self, form: &mut UserForm, names: &mut dyn Names) -> Result<(), Failure> {
        let value = match self.named.field.kind {
            Kind::Flag => FieldValue::Flag(field::flag(&self.value).unwrap_or_default()),
            Kind::Status => FieldValue::Text(names.status(&self.value)?),
            Kind::One(entity) if !self.value.is_empty() => FieldValue::Text(id(entity, &self.value, names)?),
            Kind::Many(entity) => FieldValue::List(self.many(entity, form, names)?),
            Kind::Rights(entity) => FieldValue::Groups(self.groups(entity, form, names)?),
            Kind::Levels(entity) => FieldValue::Objects(self.objects(entity, form, names)?),
            Kind::Custom => FieldValue::Text(self.custom(form)),
            _ => FieldValue::Text(self.value.clone()),
        };
        let name = self.named.field.name;
        form.put(name, value)
            .map_err(|_| Failure::Usage(format!("{name} cannot hold {:?}", self.value)))
    }

    /// One custom field among the others; an empty value takes it away. What was no object is left to the check.
    fn custom(&self, form: &UserForm) -> String {
        let Some(part) = &self.part else {
            return self.value.clone();
        };
        let mut all: Map<String, Value> = serde_json::from_str(&form.custom).unwrap_or_default();
        if self.value.is_empty() {
            all.remove(part);
        } else {
            all.insert(part.clone(), Value::String(self.value.clone()));
        }
        if all.is_empty() {
            String::new()
        } else {
            Value::Object(all).to_string()
        }
    }

    fn many(&self, entity: Entity, form: &UserForm, names: &mut dyn Names) -> Result<Vec<String>, Failure> {
        let mut list = match form.value(self.named.field.name) {
            Some(FieldValue::List(list)) if self.how != How::Replace => list,
            _ => Vec::new(),
        };
        for entry in entries(&self.value) {
            let chosen = id(entity, &entry, names)?;
            if self.how == How::Remove {
                list.retain(|other| *other != chosen);
            } else if !list.contains(&chosen) {
                list.push(chosen);
            }
        }
        Ok(list)
    }

    fn groups(&self, entity: Entity, form: &UserForm, names: &mut dyn Names) -> Result<Vec<GroupRight>, Failure> {
        let mut groups = if self.how == How::Replace {
            Vec::new()
        } else {
            form.groups.clone()
        };
        // Where a link has no kinds nobody has to name one.
        let only = match names.permissions() {
            [only] => Some((*only).to_owned()),
            _ => None,
        };
        for entry in entries(&self.value) {
            let (group, permission) = right(entity, &entry, names)?;
            match (self.how, permission) {
                (How::Remove, None) => groups.retain(|right| right.group != group),
                (How::Remove, Some(permission)) => {
                    for right in groups.iter_mut().filter(|right| right.group == group) {
                        right.permissions.retain(|p| *p != permission);
                    }
                    groups.retain(|right| !right.permissions.is_empty());
                }
                (_, permission) => {
                    let permission = permission.or_else(|| only.clone()).ok_or_else(|| {
                        Failure::Usage(format!("{entry}: say which permission, as in groups+=finance:ro"))
                    })?;
                    grant(&mut groups, group, permission);
                }
            }
        }
        Ok(groups)
    }

    fn objects(&self, entity: Entity, form: &UserForm, names: &mut dyn Names) -> Result<Vec<ObjectRight>, Failure> {
        let mut objects = if self.how == How::Replace {
            Vec::new()
        } else {
            form.objects.clone()
        };
        for entry in entries(&self.value) {
            let (object, level) = right(entity, &entry, names)?;
            match (self.how, level) {
                (How::Remove, level) => {
                    objects.retain(|right| right.object != object || level.as_ref().is_some_and(|l| *l != right.level));
                }
                (_, None) => {
                    let example = "as in objects+=portal/requests:edit";
                    return Err(Failure::Usage(format!("{entry}: say which level, {example}")));
                }
                (_, Some(level)) => {
                    // Each level holds those before it: one is enough.
                    objects.retain(|right| right.object != object);
                    objects.push(ObjectRight { object, level });
                }
            }
        }
        Ok(objects)
    }
}

fn grant(groups: &mut Vec<GroupRight>, group: String, permission: String) {
    match groups.iter_mut().find(|right| right.group == group) {
        Some(right) if right.permissions.contains(&permission) => {}
        Some(right) => right.permissions.push(permission),
        None => groups.push(GroupRight {
            group,
            permissions: vec![permission],
        }),
    }
}

/// What a kind of record is called on the command line.
pub(crate) fn noun(entity: Entity) -> String {
    let name = entity.name();
    name.strip_prefix("permission_").unwrap_or(name).replace('_', " ")
}

fn id(entity: Entity, name: &str, names: &mut dyn Names) -> Result<String, Failure> {
    let found = names.record(entity, name)?;
    found.ok_or_else(|| Failure::missing(&noun(entity), name))
}

/// A record's id and the permission behind the last colon; a record may itself have colons in its name.
pub(crate) fn right(entity: Entity, entry: &str, names: &mut dyn Names) -> Result<(String, Option<String>), Failure> {
    if let Some(id) = names.record(entity, entry)? {
        return Ok((id, None));
    }
    if let Some((name, key)) = entry.rsplit_once(':')
        && !key.is_empty()
        && let Some(id) = names.record(entity, name)?
    {
        return Ok((id, Some(key.to_owned())));
    }
    let name = entry.rsplit_once(':').map_or(entry, |(name, _)| name);
    Err(Failure::missing(&noun(entity), name))
}

/// Entries between commas; a backslash takes the meaning from the comma (or backslash) after it.
fn entries(text: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let literal = (c == '\\')
            .then(|| chars.next_if(|next| matches!(next, ',' | '\\')))
            .flatten();
        match (c, literal) {
            (',', _) => entries.push(String::new()),
            (c, literal) => {
                if let Some(last) = entries.last_mut() {
                    last.push(literal.unwrap_or(c));
                }
            }
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

#[cfg(test)]
mod tests;
