//! Writing and deleting records, each as one change.

use portico_core::form::field::Entity;
use portico_store::history::Intent;
use portico_store::table::record::{self, Columns, Id};
use portico_store::{Tx, draft};

use super::{check, detail, values};
use crate::error::{ApiError, Code};
use crate::numbers::small;
use crate::session::Session;
use crate::types::records::{DeleteHow, Deleted, SaveRecord, Values};
use crate::types::users::Saved;

/// Saves the form as one change and forgets its draft.
pub(super) fn save(session: &Session, entity: Entity, input: &SaveRecord) -> Result<Saved, ApiError> {
    let id = input.id.as_deref().map(|text| super::id(entity, text)).transpose()?;
    let code = if id.is_some() {
        "intent.save_record"
    } else {
        "intent.create_record"
    };
    let intent = Intent::new(code)
        .with("entity", entity.name())
        .with("name", called(entity, &input.values, id, session)?);
    let (saved, change) = session.store().transact(session.actor(), &intent, |tx| {
        let saved = write(
            tx,
            session.desk(),
            entity,
            id,
            (input.version.as_deref(), &input.values),
        )?;
        draft::discard_saved(tx, &detail::draft_key(entity, input.id.as_deref()))?;
        Ok::<_, ApiError>(saved)
    })?;
    Ok(Saved {
        id: super::text(saved),
        change: change.map_or(0, |change| small(change.0)),
    })
}

/// What people call the record of a form: as it will be, or as it is.
fn called(entity: Entity, given: &Values, id: Option<Id>, session: &Session) -> Result<String, ApiError> {
    let text = |field| values::text(given, field).trim().to_owned();
    let full = format!("{} {}", text("first_name"), text("last_name"));
    let names = [
        full.trim().to_owned(),
        text("name"),
        text("title"),
        text("key"),
        text("number"),
        text("path"),
        text("login"),
    ];
    if let Some(name) = names.into_iter().find(|name| !name.is_empty()) {
        return Ok(name);
    }
    let Some(id) = id else { return Ok(String::new()) };
    session.store().read(|c| {
        Ok(record::labels(c, entity, &[id])?
            .into_iter()
            .map(|one| one.name)
            .collect())
    })
}

/// What saving a form writes, without the question whether somebody saved meanwhile; for a trial.
pub(super) fn try_save(
    tx: &Tx<'_>,
    desk: &str,
    entity: Entity,
    id: Option<Id>,
    values: &Values,
) -> Result<(), ApiError> {
    write(tx, desk, entity, id, (None, values))?;
    Ok(())
}

fn write(
    tx: &Tx<'_>,
    desk: &str,
    entity: Entity,
    id: Option<Id>,
    (version, given): (Option<&str>, &Values),
) -> Result<Id, ApiError> {
    let before = match id {
        Some(id) => {
            let row =
                record::find(tx, entity, id)?.ok_or_else(|| ApiError::not_found(entity.name(), &super::text(id)))?;
            let saved = values::of_record(tx, entity, id, &row)?;
            refuse_stale(&saved, version)?;
            saved
        }
        None => values::fresh(entity),
    };
    let mut form = values::merged(entity, before, given)?;
    name_itself(desk, entity, &mut form)?;
    let errors: Vec<_> = check::problems(tx, desk, entity, id, &form)?
        .into_iter()
        .filter(|p| !p.warning)
        .collect();
    if !errors.is_empty() {
        return Err(ApiError::invalid(errors));
    }
    let mut columns: Columns = values::columns(entity, &form);
    // What is saved here is a record, even where it was only named by others.
    columns.insert("present".to_owned(), 1.into());
    let saved = id.unwrap_or_else(|| uuid::Uuid::now_v7().into_bytes());
    if id.is_some() {
        record::update(tx, entity, saved, &columns)?;
    } else {
        record::insert(tx, entity, saved, &columns)?;
    }
    values::write_links(tx, entity, saved, &form)?;
    Ok(saved)
}

/// A desk that gives keys itself wants none: until then the name stands for it.
fn name_itself(desk: &str, entity: Entity, form: &mut Values) -> Result<(), ApiError> {
    let Some(column) = record::unique_column(entity)? else {
        return Ok(());
    };
    let wanted = crate::forms::rules(desk)?
        .of(entity)
        .is_some_and(|rules| rules.iter().any(|rule| rule.field == column && rule.required));
    if !wanted && values::text(form, column).is_empty() {
        let name = form.get("name").cloned();
        form.extend(name.map(|name| (column.to_owned(), name)));
    }
    Ok(())
}

fn refuse_stale(saved: &Values, edited: Option<&str>) -> Result<(), ApiError> {
    if edited.is_none_or(|edited| detail::version(saved).is_ok_and(|now| now == edited)) {
        return Ok(());
    }
    Err(ApiError::new(
        Code::Stale,
        "somebody saved this record meanwhile; look at the saved state, then save again",
    ))
}

/// What becomes of what refers to the record.
enum How {
    Refuse,
    Move(Id),
    Unlink,
}

fn how(entity: Entity, id: Id, asked: &DeleteHow) -> Result<How, ApiError> {
    Ok(match (asked.how.as_str(), &asked.to) {
        ("refuse", _) => How::Refuse,
        ("unlink", _) => How::Unlink,
        ("move", Some(to)) => {
            let to = super::id(entity, to)?;
            if to == id {
                return Err(ApiError::refused("it cannot be moved to itself; choose another one"));
            }
            How::Move(to)
        }
        ("move", None) => return Err(ApiError::refused("move to which? say `to`")),
        (other, _) => return Err(ApiError::refused(format!("{other:?} is none of refuse, move, unlink"))),
    })
}

/// Deletes a record as one change, with what becomes of what refers to it.
pub(super) fn delete(session: &Session, entity: Entity, id: Id, asked: &DeleteHow) -> Result<Deleted, ApiError> {
    let how = how(entity, id, asked)?;
    let name = |id: Id| -> Result<String, ApiError> {
        let found = session.store().read(|c| record::labels(c, entity, &[id]))?;
        let found = found
            .into_iter()
            .next()
            .ok_or_else(|| ApiError::not_found(entity.name(), &super::text(id)))?;
        Ok(found.name)
    };
    let code = match how {
        How::Refuse => "intent.delete_record",
        How::Move(_) => "intent.delete_record_moved",
        How::Unlink => "intent.delete_record_unlinked",
    };
    let mut intent = Intent::new(code).with("entity", entity.name()).with("name", name(id)?);
    if let How::Move(to) = how {
        intent = intent.with("to", name(to)?);
    }
    let (touched, change) = session.store().transact(session.actor(), &intent, |tx| {
        let touched = remove(tx, session.desk(), entity, id, &how)?;
        draft::discard_saved(tx, &super::text(id))?;
        Ok::<_, ApiError>(touched)
    })?;
    Ok(Deleted {
        change: change.map_or(0, |change| small(change.0)),
        touched: small(touched),
    })
}

/// What deleting a record writes, for a trial.
pub(super) fn try_delete(tx: &Tx<'_>, desk: &str, entity: Entity, id: Id, asked: &DeleteHow) -> Result<(), ApiError> {
    remove(tx, desk, entity, id, &how(entity, id, asked)?)?;
    Ok(())
}

fn remove(tx: &Tx<'_>, desk: &str, entity: Entity, id: Id, how: &How) -> Result<u64, ApiError> {
    let touched = release(tx, desk, entity, id, how)?;
    record::delete(tx, entity, id)?;
    Ok(touched)
}

/// Lets nothing refer to the record any more, or says what does.
fn release(tx: &Tx<'_>, desk: &str, entity: Entity, id: Id, how: &How) -> Result<u64, ApiError> {
    let rules = crate::forms::rules(desk)?;
    match how {
        How::Move(to) => {
            if entity == Entity::PortalObject && record::lies_in(tx, *to, id)? {
                return Err(ApiError::refused(
                    "what lies in it cannot be moved into itself; choose another one",
                ));
            }
            Ok(record::move_uses(tx, entity, id, *to)?)
        }
        How::Refuse | How::Unlink => {
            let used = detail::used_by(tx, rules, entity, id)?;
            let stops =
                |usage: &&crate::types::records::Usage| !usage.own && (matches!(how, How::Refuse) || usage.wanted);
            let stopping: Vec<String> = used.iter().filter(stops).map(told).collect();
            if stopping.is_empty() {
                return Ok(record::unlink_uses(tx, entity, id)?);
            }
            let why = if matches!(how, How::Refuse) {
                "something refers to it; move it to another one, or unlink it"
            } else {
                "the desk wants these fields filled in; move them to another one"
            };
            Err(ApiError::new(Code::Conflict, why).with_detail(stopping))
        }
    }
}

/// `external_user account: 12 (Jana Nováková, ...)`.
fn told(usage: &crate::types::records::Usage) -> String {
    let names: Vec<&str> = usage.some.iter().map(|one| one.name.as_str()).collect();
    let more = if usage.some.len() < usage.total as usize {
        ", ..."
    } else {
        ""
    };
    format!(
        "{} {}: {} ({}{more})",
        usage.entity,
        usage.field,
        usage.total,
        names.join(", ")
    )
}
