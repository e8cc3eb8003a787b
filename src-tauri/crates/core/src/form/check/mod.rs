//! The one check of every form: what each field holds, what the desk demands of it, what a record means as a whole.
//!
//! It knows no workspace: who calls it hands over what the form refers to ([`Circumstances::known`]).

mod field;
pub mod misfit;
mod password;
mod person;
mod reference;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::field::{Entity, Field};
use super::{FieldRule, FormRules};
use crate::error::FieldProblem;
pub use password::{NOT_KEPT, check_password};

/// What stands in a field. References are ids, or whatever else names a record in [`Known`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing, or a field that the form does not have.
    Nothing,
    /// A text, a word, a day, one reference.
    Text(&'a str),
    /// On or off.
    Flag(bool),
    /// References.
    List(&'a [String]),
    /// References, each with a permission key or a level; a reference with several stands there several times.
    Rights(Vec<(&'a str, &'a str)>),
}

/// A form by its fields' names.
pub trait Form {
    /// What stands in a field.
    fn value(&self, field: &str) -> Value<'_>;
}

/// A record that a form refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownRecord {
    /// What people call it.
    pub name: String,
    /// Whether it is more than a name that others mention.
    pub present: bool,
    /// Whether it belongs to an account; of use for contacts.
    pub has_account: bool,
}

/// The records that a form refers to, as far as they exist.
pub type Known = BTreeMap<(Entity, String), KnownRecord>;

/// What the check needs to know beside the form.
#[derive(Clone, Copy)]
pub struct Circumstances<'a> {
    /// The form as it is saved; `None` for a new record.
    pub saved: Option<&'a dyn Form>,
    /// The key under which the desk has the record; `None` where it does not have it yet.
    pub desk_key: Option<&'a str>,
    /// What the form refers to; `None` where references are not to be looked at.
    pub known: Option<&'a Known>,
    /// The day on which the check is made; `None` where no day matters.
    pub today: Option<Date>,
    /// Whether a typed password is kept for the person.
    pub has_secret: bool,
    /// Licences for external users; `None` where none are counted.
    pub licences: Option<Licences>,
}

/// Licences for external users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Licences {
    /// How many the desk has.
    pub total: u32,
    /// How many more people can become active.
    pub free: u32,
}

impl Circumstances<'_> {
    /// A new record of which nothing else is known.
    pub const NEW: Self = Self {
        saved: None,
        desk_key: None,
        known: None,
        today: None,
        has_secret: false,
        licences: None,
    };
}

/// All that a form refers to, once each: for whoever has to find out about it.
pub fn references(entity: Entity, form: &dyn Form) -> std::collections::BTreeSet<(Entity, String)> {
    let mut found = std::collections::BTreeSet::new();
    for field in entity.fields() {
        let Some(to) = field.kind.refers_to() else { continue };
        let ids: Vec<&str> = match form.value(field.name) {
            Value::Text("") | Value::Nothing | Value::Flag(_) => continue,
            Value::Text(id) => vec![id],
            Value::List(ids) => ids.iter().map(String::as_str).collect(),
            Value::Rights(rights) => rights.into_iter().map(|(id, _)| id).collect(),
        };
        found.extend(ids.into_iter().map(|id| (to, id.to_owned())));
    }
    found
}

/// All problems of a form, errors and warnings, in the form's order.
pub fn check(rules: &FormRules, entity: Entity, form: &dyn Form, at: &Circumstances<'_>) -> Vec<FieldProblem> {
    let fields = entity.fields();
    let demands = rules.of(entity).unwrap_or_default();
    let mut look = Look {
        rules,
        entity,
        form,
        at,
        found: Vec::new(),
    };
    for one in fields {
        let demand = demands.iter().find(|rule| rule.field == one.name);
        field::check(&mut look, one, demand);
        reference::check(&mut look, one);
    }
    if entity == Entity::ExternalUser {
        person::check(&mut look);
    }
    let place = |problem: &FieldProblem| fields.iter().position(|field| field.name == problem.field);
    let mut found = look.found;
    found.sort_by_key(place);
    found
}

/// A form that is being looked at, and what was found so far.
struct Look<'a> {
    rules: &'a FormRules,
    entity: Entity,
    form: &'a dyn Form,
    at: &'a Circumstances<'a>,
    found: Vec<FieldProblem>,
}

impl<'a> Look<'a> {
    fn text(&self, field: &str) -> &'a str {
        match self.form.value(field) {
            Value::Text(text) => text,
            _ => "",
        }
    }

    fn flag(&self, field: &str) -> bool {
        self.form.value(field) == Value::Flag(true)
    }

    fn list(&self, field: &str) -> &'a [String] {
        match self.form.value(field) {
            Value::List(list) => list,
            _ => &[],
        }
    }

    fn rights(&self, field: &str) -> Vec<(&'a str, &'a str)> {
        match self.form.value(field) {
            Value::Rights(rights) => rights,
            _ => Vec::new(),
        }
    }

    /// Whether the workspace's desk knows the field.
    fn knows(&self, field: &str) -> bool {
        self.rules.knows(self.entity, field)
    }

    /// Whether the field is saved as it stands.
    fn is_saved(&self, field: &str) -> bool {
        self.at
            .saved
            .is_some_and(|saved| saved.value(field) == self.form.value(field))
    }

    /// What people call a record that the form refers to; its id where it is not known.
    fn name<'b>(&'b self, entity: Entity, id: &'b str) -> &'b str {
        let known = self.at.known.and_then(|known| known.get(&(entity, id.to_owned())));
        known.map_or(id, |record| record.name.as_str())
    }

    /// Something that stops a save.
    fn wrong(&mut self, field: &str, code: &str, detail: &[(&str, &str)], message: impl Into<String>) {
        self.found.push(problem(field, code, owned(detail), message.into()));
    }

    /// Something to know.
    fn warn(&mut self, field: &str, code: &str, detail: &[(&str, &str)], message: impl Into<String>) {
        self.found.push(warning(field, code, owned(detail), message.into()));
    }

    /// Something that stops a save, unless it is saved already: then nobody can be kept from saving the rest.
    fn wrong_if_new(&mut self, field: &str, code: &str, detail: &[(&str, &str)], message: impl Into<String>) {
        let warning = self.is_saved(field);
        let problem = problem(field, code, owned(detail), message.into());
        self.found.push(FieldProblem { warning, ..problem });
    }
}

fn owned(detail: &[(&str, &str)]) -> Vec<(String, String)> {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    detail.iter().map(pair).collect()
}

/// A problem that stops a save.
pub fn problem(field: &str, code: &str, detail: Vec<(String, String)>, message: String) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        code: code.to_owned(),
        detail,
        message,
        warning: false,
    }
}

/// Something to know that does not stop a save.
pub fn warning(field: &str, code: &str, detail: Vec<(String, String)>, message: String) -> FieldProblem {
    FieldProblem {
        warning: true,
        ..problem(field, code, detail, message)
    }
}

/// What the desk demands of a field; nothing where it does not know it.
fn max_of(demand: Option<&FieldRule>) -> usize {
    demand.map_or(0, |rule| rule.max)
}

/// Whether a field holds nothing.
fn is_empty(look: &Look<'_>, field: &Field) -> bool {
    match look.form.value(field.name) {
        Value::Nothing | Value::Flag(false) => true,
        Value::Flag(true) => false,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Rights(rights) => rights.is_empty(),
    }
}
