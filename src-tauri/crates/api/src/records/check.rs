//! What is wrong with a record's form: the one check from core, what only the workspace knows, what only an export
//! would find.

use portico_core::error::FieldProblem;
use portico_core::form::check::{self, Circumstances, Form, Value, problem, warning};
use portico_core::form::field::Entity;
use portico_store::Connection;
use portico_store::base::RowMap;
use portico_store::table::record::{self, Id};
use serde_json::Value as Json;

use super::{detail, values};
use crate::error::ApiError;
use crate::known::known;
use crate::types::records::Values;

/// A record's form, as the check takes it.
struct Checked<'a>(&'a Values);

impl Form for Checked<'_> {
    fn value(&self, field: &str) -> Value<'_> {
        self.0.get(field).map_or(Value::Nothing, |value| value.as_checked())
    }
}

/// All problems of a form, errors and warnings, in the form's order; `field` is empty where they are about the record
/// as a whole.
pub(super) fn problems(
    c: &Connection,
    desk: &str,
    entity: Entity,
    id: Option<Id>,
    form: &Values,
) -> Result<Vec<FieldProblem>, ApiError> {
    let row = id.map(|id| record::find(c, entity, id)).transpose()?.flatten();
    let present = row.as_ref().is_some_and(is_present);
    // A placeholder was never saved: it is a name that others mention.
    let saved = match (&row, id) {
        (Some(row), Some(id)) if present => Some(values::of_record(c, entity, id, row)?),
        _ => None,
    };
    let in_desk = match id {
        Some(id) if present => detail::in_desk(c, entity, id, present)?,
        _ => false,
    };
    let form_ = Checked(form);
    let saved = saved.as_ref().map(Checked);
    let known = known(c, check::references(entity, &form_))?;
    let at = Circumstances {
        saved: saved.as_ref().map(|form| form as &dyn Form),
        desk_key: in_desk.then_some(""),
        known: Some(&known),
        ..Circumstances::NEW
    };
    let mut found = check::check(crate::forms::rules(desk)?, entity, &form_, &at);
    found.extend(twice(c, entity, id, form)?);
    found.extend(circle(c, entity, id, form)?);
    if let (true, Some(id), Some(row)) = (in_desk, id, row) {
        found.extend(crate::desk::not_taken(
            c,
            desk,
            entity,
            id,
            &row,
            &values::columns(entity, form),
        )?);
    }
    let fields = entity.fields();
    found.sort_by_key(|problem| fields.iter().position(|field| field.name == problem.field));
    Ok(found)
}

/// Whether a row is a record, and no placeholder of something that is only named by others.
pub(super) fn is_present(row: &RowMap) -> bool {
    row.get("present").and_then(Json::as_i64) != Some(0)
}

/// Another record with the name that must be unique.
fn twice(c: &Connection, entity: Entity, id: Option<Id>, form: &Values) -> Result<Option<FieldProblem>, ApiError> {
    let Some(column) = record::unique_column(entity)? else {
        return Ok(None);
    };
    let name = values::text(form, column);
    if name.is_empty() {
        return Ok(None);
    }
    Ok(record::taken(c, entity, name, id)?.map(|_| {
        let detail = vec![("value".into(), name.to_owned())];
        problem(column, "problem.taken", detail, format!("{name} is taken"))
    }))
}

/// An object that would lie in itself.
fn circle(c: &Connection, entity: Entity, id: Option<Id>, form: &Values) -> Result<Option<FieldProblem>, ApiError> {
    let parent = super::bytes(values::text(form, "parent"));
    let (Entity::PortalObject, Some(id), Some(parent)) = (entity, id, parent) else {
        return Ok(None);
    };
    if !record::lies_in(c, parent, id)? {
        return Ok(None);
    }
    let message = "an object cannot lie in itself, nor in what lies in it".to_owned();
    Ok(Some(problem("parent", "problem.circle", vec![], message)))
}

/// What the desk would not take at the export, beside the field it is about.
pub(crate) fn from_plan(found: portico_desks::plan::NotExported) -> FieldProblem {
    let detail = vec![
        ("old".into(), found.old.unwrap_or_default()),
        ("new".into(), found.new.unwrap_or_default()),
    ];
    warning(&found.field, found.code, detail, found.reason)
}
