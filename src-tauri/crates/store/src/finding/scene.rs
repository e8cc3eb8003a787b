//! What the checks are asked with: the day, the settings, which of them are assumed and decide.

use std::sync::Arc;

use portico_core::access::fact::Fact;
use portico_core::access::model::{AccessModel, Permission};
use portico_core::access::rule::{Known, Node};
use portico_core::access::setting::{Settings, Value};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Statement};
use serde_json::{Map, Value as Json, json};

use crate::error::{Result, StoreError};
use crate::table::desk_setting;
use crate::visibility::{self, model};

/// How many people are many, where only many are worth a finding.
const MANY: i64 = 10;

/// A workspace as the checks look at it.
#[derive(Debug, Clone)]
pub struct Scene {
    pub(super) desk: String,
    today: String,
    settings: String,
    assumed: String,
    /// The access model and its settings; `None` where the desk has none.
    pub(super) rules: Option<Arc<(AccessModel, Settings)>>,
}

/// Knows the settings but for one, and nothing else.
struct Without<'a> {
    settings: &'a Settings,
    name: &'a str,
}

impl Known for Without<'_> {
    fn fact(&self, _: &Fact) -> Option<Node> {
        None
    }

    fn setting(&self, name: &str) -> Option<Option<Value>> {
        Some(self.settings.get(name).filter(|_| name != self.name).cloned())
    }
}

impl Scene {
    /// Reads the settings of a workspace; `today` is a day, `2026-11-26`.
    pub fn load(c: &Connection, desk: &str, today: &str) -> Result<Self> {
        let Some(model) = model(c, desk)? else {
            return Self::of(desk, today, Map::new(), &[]);
        };
        let settings = visibility::settings(c, &model)?;
        let given = desk_setting::all(c)?;
        let assumed = model.settings.iter().filter(|needed| needed.assumed);
        let assumed = assumed.map(|needed| needed.name);
        let open: Vec<&str> = assumed
            .filter(|name| !given.iter().any(|row| row.name == *name))
            .filter(|name| decides(&model, &settings, name))
            .collect();
        let known = model.settings.iter().filter_map(|needed| {
            let value = settings.get(needed.name)?;
            Some((needed.name.to_owned(), as_json(value)))
        });
        let known = known.collect();
        let scene = Self::of(desk, today, known, &open)?;
        Ok(Self {
            rules: Some(Arc::new((model, settings))),
            ..scene
        })
    }

    fn of(desk: &str, today: &str, known: Map<String, Json>, assumed: &[&str]) -> Result<Self> {
        let text = |value: &Json| serde_json::to_string(value).map_err(|e| StoreError::Damaged(e.to_string()));
        Ok(Self {
            desk: desk.to_owned(),
            today: today.to_owned(),
            settings: text(&Json::Object(known))?,
            assumed: text(&json!(assumed))?,
            rules: None,
        })
    }

    /// Gives a statement those of the parameters that it has.
    pub(super) fn bind(&self, statement: &mut Statement<'_>) -> Result<()> {
        let text = |text: &str| Sql::Text(text.to_owned());
        let values = [
            (":today", text(&self.today)),
            (":settings", text(&self.settings)),
            (":assumed", text(&self.assumed)),
            (":many", Sql::Integer(MANY)),
        ];
        for (name, value) in values {
            if let Some(at) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(at, value)?;
            }
        }
        Ok(())
    }
}

fn as_json(value: &Value) -> Json {
    match value {
        Value::Switch(on) => json!(on),
        Value::Choice(word) => json!(word),
        Value::Names(names) => json!(names),
        Value::Number(number) => json!(number),
    }
}

/// Whether who may log in or sees what depends on the setting, as the others are.
fn decides(model: &AccessModel, settings: &Settings, name: &str) -> bool {
    let listed = model.listed();
    let trees = [&model.login, &listed, model.openable.get(Permission::Ro)];
    trees.into_iter().any(|tree| {
        let known = tree.reduce(&Without { settings, name: "" });
        let unknown = tree.reduce(&Without { settings, name });
        known != unknown
    })
}
