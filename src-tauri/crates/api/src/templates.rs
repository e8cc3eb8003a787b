//! Templates: the rights that a role usually has, to begin a new person with or to give to one who is there.

use std::collections::BTreeMap;

use portico_core::form::check::{self, Known};
use portico_core::form::field::{Entity, Kind};
use portico_core::id::{ExternalUserId, TemplateId};
use portico_store::history::Intent;
use portico_store::table::template;
use portico_store::{Connection, Tx};

use crate::error::{ApiError, Code, id};
use crate::known::known;
use crate::session::{Action, Session};
use crate::types::form::FieldValue;
use crate::types::templates::{SaveTemplate, TemplateRow};
use crate::types::users::{Saved, UserDetail, UserForm};
use crate::users;

/// What a template fills in: values by the form's field names.
type Rights = BTreeMap<String, FieldValue>;

/// All templates, by name.
pub fn list_templates(session: &Session) -> Result<Vec<TemplateRow>, ApiError> {
    session.may(Action::Read)?;
    session
        .store()
        .read(|c| template::all(c)?.into_iter().map(|row| described(c, row)).collect())
}

fn described(c: &Connection, row: template::Row) -> Result<TemplateRow, ApiError> {
    let rights = rights(&row)?;
    let mut form = UserForm::default();
    fill(&mut form, &rights);
    let known = known(c, check::references(Entity::ExternalUser, &form))?;
    let fields = Entity::ExternalUser.fields().iter();
    let filled = fields.filter(|field| rights.contains_key(field.name));
    let gone = |field: &str| {
        rights
            .get(field)
            .is_some_and(|value| still_there(field, value, &known) != *value)
    };
    let names: Vec<String> = filled.map(|field| field.name.to_owned()).collect();
    Ok(TemplateRow {
        id: row.id.to_string(),
        name: row.name,
        gone: names.iter().filter(|field| gone(field)).cloned().collect(),
        fields: names,
    })
}

/// Keeps a template, as one change.
pub fn save_template(session: &Session, input: &SaveTemplate) -> Result<Saved, ApiError> {
    session.may(Action::Edit)?;
    let name = input.name.trim();
    if name.is_empty() {
        return Err(ApiError::refused("a template needs a name"));
    }
    let intent = Intent::new("intent.save_template").with("name", name);
    let (saved, change) = session.store().transact(session.actor(), &intent, |tx| {
        let before = input.id.as_deref().map(|text| found(tx, text)).transpose()?;
        let rights = match (source(tx, input)?, &before) {
            (Some(form), _) => taken(&form, &input.fields)?,
            (None, Some(before)) => rights(before)?,
            (None, None) => {
                return Err(ApiError::refused(
                    "a template takes the rights of a form or of a person",
                ));
            }
        };
        let id = before.map_or_else(TemplateId::new, |row| row.id);
        if template::all(tx)?
            .iter()
            .any(|other| other.name == name && other.id != id)
        {
            let message = format!("there is a template {name:?} already; choose another name");
            return Err(ApiError::new(Code::Conflict, message));
        }
        let row = template::Row {
            id,
            name: name.to_owned(),
            form: serde_json::to_string(&rights).map_err(|e| ApiError::refused(e.to_string()))?,
        };
        template::put(tx, &row)?;
        Ok(id)
    })?;
    Ok(Saved {
        id: saved.to_string(),
        change: change.map_or(0, |change| crate::numbers::small(change.0)),
    })
}

fn source(tx: &Tx<'_>, input: &SaveTemplate) -> Result<Option<UserForm>, ApiError> {
    if let Some(form) = &input.form {
        return Ok(Some(form.clone()));
    }
    let user = input
        .user
        .as_deref()
        .map(|text| id::<ExternalUserId>("external user", text));
    user.transpose()?.map(|user| users::form(tx, user)).transpose()
}

/// The rights that a template takes over: those that are named, or all that are filled in.
fn taken(form: &UserForm, wanted: &[String]) -> Result<Rights, ApiError> {
    if let Some(odd) = wanted.iter().find(|field| !users::is_right(field)) {
        return Err(ApiError::refused(format!(
            "{odd} is no right: a template cannot fill it in"
        )));
    }
    let empty = UserForm::default();
    let mut rights = Rights::new();
    for field in Entity::ExternalUser
        .fields()
        .iter()
        .filter(|field| users::is_right(field.name))
    {
        let Some(value) = form.value(field.name) else { continue };
        let is_wanted = if wanted.is_empty() {
            empty.value(field.name).as_ref() != Some(&value)
        } else {
            wanted.iter().any(|name| name == field.name)
        };
        if is_wanted {
            rights.insert(field.name.to_owned(), value);
        }
    }
    Ok(rights)
}

/// Forgets a template, as one change.
pub fn delete_template(session: &Session, template: &str) -> Result<(), ApiError> {
    session.may(Action::Edit)?;
    let row = session.store().read(|c| found(c, template))?;
    let intent = Intent::new("intent.delete_template").with("name", row.name.as_str());
    session.store().transact(session.actor(), &intent, |tx| {
        Ok::<_, ApiError>(template::delete(tx, row.id)?)
    })?;
    Ok(())
}

/// An empty form with the rights of a template.
pub fn new_user_from(session: &Session, template: &str) -> Result<UserDetail, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let rights = rights(&found(c, template)?)?;
        let mut form = users::blank(session.desk())?;
        applied(c, &mut form, &rights)?;
        users::fresh_detail(c, session.desk(), form)
    })
}

/// A form with the rights of a template in the place of its own; fields that the template leaves out stay.
pub fn apply_template(session: &Session, template: &str, form: &UserForm) -> Result<UserForm, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let mut form = form.clone();
        applied(c, &mut form, &rights(&found(c, template)?)?)?;
        Ok(form)
    })
}

/// Fills a form in with what is still there of a template's records.
fn applied(c: &Connection, form: &mut UserForm, rights: &Rights) -> Result<(), ApiError> {
    let mut named = UserForm::default();
    fill(&mut named, rights);
    let known = known(c, check::references(Entity::ExternalUser, &named))?;
    let there = rights
        .iter()
        .map(|(field, value)| (field.clone(), still_there(field, value, &known)));
    fill(form, &there.collect());
    Ok(())
}

/// A field that a newer program wrote is passed over.
fn fill(form: &mut UserForm, rights: &Rights) {
    for (field, value) in rights {
        let _unknown = form.put(field, value.clone());
    }
}

/// A value without the records that are gone.
fn still_there(field: &str, value: &FieldValue, known: &Known) -> FieldValue {
    let kind = Entity::ExternalUser
        .fields()
        .iter()
        .find(|one| one.name == field)
        .map(|one| one.kind);
    let Some(entity) = kind.and_then(Kind::refers_to) else {
        return value.clone();
    };
    let there = |id: &str| known.contains_key(&(entity, id.to_owned()));
    match value {
        FieldValue::Text(id) if !there(id) => FieldValue::Text(String::new()),
        FieldValue::List(ids) => FieldValue::List(ids.iter().filter(|id| there(id)).cloned().collect()),
        FieldValue::Groups(rights) => FieldValue::Groups(rights.iter().filter(|r| there(&r.group)).cloned().collect()),
        FieldValue::Objects(rights) => {
            FieldValue::Objects(rights.iter().filter(|r| there(&r.object)).cloned().collect())
        }
        FieldValue::Text(_) | FieldValue::Flag(_) => value.clone(),
    }
}

fn found(c: &Connection, template: &str) -> Result<template::Row, ApiError> {
    Ok(template::get(c, id::<TemplateId>("template", template)?)?)
}

fn rights(row: &template::Row) -> Result<Rights, ApiError> {
    serde_json::from_str(&row.form).map_err(|e| {
        ApiError::new(
            Code::NotAWorkspace,
            format!("the template {:?} cannot be read: {e}", row.name),
        )
    })
}
