//! Finding people and records by the names that are typed, and showing a form in those names.

use std::collections::HashMap;

use portico_api::session::Session;
use portico_api::types::form::FieldValue;
use portico_api::types::users::{UserDetail, UserForm};
use portico_api::{find, records, users};
use portico_core::form::FormRules;
use portico_core::form::field::{Entity, Kind};
use portico_core::form::registry;
use portico_core::model::Validity;
use serde_json::{Value, json};

use crate::edit::{Names, noun};
use crate::failure::Failure;
use crate::field::{self, Named};

/// The id of a person named by login, or by `#` and the desk's key.
pub(crate) fn id_of(session: &Session, name: &str) -> Result<String, Failure> {
    let found = match name.strip_prefix('#') {
        Some(key) => find::user_by_key(session, key)?,
        None => find::user_by_login(session, name)?,
    };
    found.ok_or_else(|| Failure::missing("external user", name))
}

/// Records of a workspace by id and by name, each looked up once.
pub(crate) struct Directory<'a> {
    session: &'a Session,
    rules: &'static FormRules,
    ids: HashMap<(Entity, String), Option<String>>,
    names: HashMap<(Entity, String), String>,
}

impl<'a> Directory<'a> {
    /// The directory of a workspace.
    pub(crate) fn of(session: &'a Session) -> Result<Self, Failure> {
        let rules = registry::rules(session.desk()).ok_or_else(|| Failure::missing("desk", session.desk()))?;
        Ok(Self {
            session,
            rules,
            ids: HashMap::new(),
            names: HashMap::new(),
        })
    }

    /// Whether the workspace's desk has the field, or it is Portico's own.
    pub(crate) fn knows(&self, named: Named) -> bool {
        named.field.own || self.rules.knows(Entity::ExternalUser, named.field.name)
    }

    /// The name by which a record can be typed: its key, otherwise its name.
    fn name(&mut self, entity: Entity, id: &str) -> Result<String, Failure> {
        if let Some(name) = self.names.get(&(entity, id.to_owned())) {
            return Ok(name.clone());
        }
        let found = records::labels(self.session, entity.name(), &[id.to_owned()])?;
        let name = found.into_iter().next().map_or_else(
            || id.to_owned(),
            |record| if record.key.is_empty() { record.name } else { record.key },
        );
        self.names.insert((entity, id.to_owned()), name.clone());
        Ok(name)
    }

    /// A field of a form in the names that people type: a text, true or false, or a list.
    pub(crate) fn readable(&mut self, form: &UserForm, named: Named) -> Result<Value, Failure> {
        let entity = named.field.kind.refers_to();
        let pairs: Vec<(String, String)> = match (form.value(named.field.name), entity) {
            (Some(FieldValue::Flag(flag)), _) => return Ok(json!(flag)),
            (Some(FieldValue::Text(id)), Some(entity)) if !id.is_empty() => return Ok(json!(self.name(entity, &id)?)),
            (Some(FieldValue::Text(text)), _) => return Ok(json!(text)),
            (Some(FieldValue::List(ids)), Some(entity)) => {
                let all = ids.iter().map(|id| self.name(entity, id));
                return Ok(json!(all.collect::<Result<Vec<_>, _>>()?));
            }
            (Some(FieldValue::Groups(rights)), _) => {
                let each = |right: &portico_api::types::users::GroupRight| {
                    let of = right.group.clone();
                    right.permissions.clone().into_iter().map(move |key| (of.clone(), key))
                };
                rights.iter().flat_map(each).collect()
            }
            (Some(FieldValue::Objects(rights)), _) => rights.into_iter().map(|r| (r.object, r.level)).collect(),
            _ => return Ok(Value::Null),
        };
        let mut told = Vec::with_capacity(pairs.len());
        for (id, key) in pairs {
            let name = entity.map_or(Ok(id.clone()), |entity| self.name(entity, &id))?;
            told.push(format!("{name}:{key}"));
        }
        told.sort();
        Ok(json!(told))
    }

    /// All fields of a form in the order in which they are shown.
    pub(crate) fn fields(&mut self, form: &UserForm) -> Result<Vec<(Named, Value)>, Failure> {
        field::all()
            .map(|named| Ok((named, self.readable(form, named)?)))
            .collect()
    }
}

impl Names for Directory<'_> {
    fn record(&mut self, entity: Entity, name: &str) -> Result<Option<String>, Failure> {
        let key = (entity, name.to_owned());
        if let Some(id) = self.ids.get(&key) {
            return Ok(id.clone());
        }
        let found = records::named_records(self.session, entity.name(), name)?;
        if found.len() > 1 {
            let each = found
                .iter()
                .map(|record| format!("#{} ({} {})", record.id, record.name, record.note));
            let each: Vec<String> = each.collect();
            let noun = noun(entity);
            return Err(Failure::Usage(format!(
                "several are called {noun} {name:?}: {}",
                each.join(", ")
            )));
        }
        let id = found.into_iter().next().map(|record| record.id);
        self.ids.insert(key, id.clone());
        Ok(id)
    }

    fn status(&self, word: &str) -> Result<String, Failure> {
        let rule = &self.rules.status;
        // A status of another desk is left to the check, which says what this one has.
        let found = rule.named(word).or_else(|| Validity::from_name(word));
        let found = found.ok_or_else(|| {
            let words = rule.words.join(", ");
            Failure::Usage(format!("{word:?} is no status; there are {words}"))
        })?;
        Ok(found.name().to_owned())
    }

    fn permissions(&self) -> &[&str] {
        self.rules.permissions
    }
}

/// A person by login, with her form.
pub(crate) fn detail(session: &Session, name: &str) -> Result<UserDetail, Failure> {
    Ok(users::get_user(session, &id_of(session, name)?)?)
}

/// A value of a field on one line: lists between commas; what is off says nothing.
pub(crate) fn one_line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// Whether a field would stand in everybody's list without saying anything.
pub(crate) fn says_nothing(named: Named, value: &Value) -> bool {
    one_line(value).is_empty() || (named.field.kind == Kind::Password && value == "unchanged")
}
