//! Records of the directory, of every kind alike: contacts, accounts, addresses, queues and the others.

pub(crate) mod check;
mod detail;
mod list;
mod save;
mod table;
pub(crate) mod values;

use portico_core::error::FieldProblem;
use portico_core::form::field::Entity;
use portico_store::table::record::{self, Id};
use portico_store::{Connection, Tx, draft};

use crate::error::ApiError;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::records::{
    DeleteHow, Deleted, Deletion, EntityCount, RecordChoice, RecordDetail, RecordPage, RecordQuery, SaveRecord,
    TreePage, Values,
};
use crate::types::users::Saved;
pub(crate) use list::account_rights;
pub use table::{each_record, export_records, record_columns};

/// The most records that are handed out at once.
const MOST_ROWS: u32 = 1_000;

/// Records in which every word of the text occurs, for a field that chooses; of people too.
pub fn search_records(session: &Session, entity: &str, text: &str, limit: u32) -> Result<Vec<RecordChoice>, ApiError> {
    session.may(Action::Read)?;
    let entity = any_kind(entity)?;
    session.store().read(|c| {
        let found = record::search(c, entity, text, limit.min(MOST_ROWS))?;
        Ok(found.into_iter().map(choice).collect())
    })
}

/// The records with these ids, in this order; ids that no record has are left out.
pub fn labels(session: &Session, entity: &str, ids: &[String]) -> Result<Vec<RecordChoice>, ApiError> {
    session.may(Action::Read)?;
    let entity = any_kind(entity)?;
    session.store().read(|c| choices(c, entity, ids))
}

/// Records that are called exactly this: by their key, otherwise by their name; behind a `#` by the desk's key or the
/// id. For callers without a list to choose from; several where the name is that of several.
pub fn named_records(session: &Session, entity: &str, text: &str) -> Result<Vec<RecordChoice>, ApiError> {
    session.may(Action::Read)?;
    let entity = any_kind(entity)?;
    session
        .store()
        .read(|c| Ok(record::named(c, entity, text)?.into_iter().map(choice).collect()))
}

/// How many records there are of each kind that the workspace's desk has, in the order of its forms.
pub fn count_records(session: &Session) -> Result<Vec<EntityCount>, ApiError> {
    session.may(Action::Read)?;
    let rules = crate::forms::rules(session.desk())?;
    session.store().read(|c| {
        let count = |entity: Entity| {
            Ok(EntityCount {
                entity: entity.name().to_owned(),
                total: small(record::count(c, entity, &record::Query::default())?),
            })
        };
        rules.entities.iter().map(|e| count(e.entity)).collect()
    })
}

/// A stretch of the records that match, and how many there are.
pub fn list_records(
    session: &Session,
    entity: &str,
    query: &RecordQuery,
    offset: u32,
    limit: u32,
) -> Result<RecordPage, ApiError> {
    session.may(Action::Read)?;
    let entity = kind(entity)?;
    let query = list::query(entity, query)?;
    session.store().read(|c| {
        let lines = record::list(c, entity, &query, offset.into(), limit.min(MOST_ROWS).into())?;
        Ok(RecordPage {
            total: small(record::count(c, entity, &query)?),
            rows: list::rows(c, entity, lines)?,
        })
    })
}

/// A stretch of what lies directly in an object of the portal; `None` for what lies in nothing.
pub fn portal_tree(session: &Session, parent: Option<&str>, offset: u32, limit: u32) -> Result<TreePage, ApiError> {
    session.may(Action::Read)?;
    let parent = parent.map(|text| id(Entity::PortalObject, text)).transpose()?;
    session
        .store()
        .read(|c| list::tree(c, parent, offset, limit.min(MOST_ROWS)))
}

/// A record with all that surrounds the form.
pub fn get_record(session: &Session, entity: &str, record: &str) -> Result<RecordDetail, ApiError> {
    session.may(Action::Read)?;
    let entity = kind(entity)?;
    let record = id(entity, record)?;
    session.store().read(|c| detail::of(c, session.desk(), entity, record))
}

/// An empty form, with these values in it.
pub fn new_record(session: &Session, entity: &str, given: &Values) -> Result<RecordDetail, ApiError> {
    session.may(Action::Read)?;
    let entity = kind(entity)?;
    session.store().read(|c| detail::fresh(c, entity, given))
}

/// What is wrong, or worth knowing, about a form.
pub fn check_record(
    session: &Session,
    entity: &str,
    record: Option<&str>,
    form: &Values,
) -> Result<Vec<FieldProblem>, ApiError> {
    session.may(Action::Read)?;
    let entity = kind(entity)?;
    let record = record.map(|text| id(entity, text)).transpose()?;
    let form = values::merged(entity, values::fresh(entity), form)?;
    session
        .store()
        .read(|c| check::problems(c, session.desk(), entity, record, &form))
}

/// Saves a form as one change. An unchanged form is no change.
pub fn save_record(session: &Session, input: &SaveRecord) -> Result<Saved, ApiError> {
    session.may(Action::Edit)?;
    save::save(session, kind(&input.entity)?, input)
}

/// What deleting a record leads to: who refers to it, and what the desk makes of it.
pub fn deletion(session: &Session, entity: &str, record: &str) -> Result<Deletion, ApiError> {
    session.may(Action::Read)?;
    let entity = kind(entity)?;
    let record = id(entity, record)?;
    let rules = crate::forms::rules(session.desk())?;
    session.store().read(|c| {
        let row = record::find(c, entity, record)?.ok_or_else(|| ApiError::not_found(entity.name(), &text(record)))?;
        let (desk, desk_text) = crate::desk::removal(c, session.desk(), entity, record, &row)?;
        Ok(Deletion {
            used_by: detail::used_by(c, rules, entity, record)?,
            total: small(record::total_uses(c, entity, record)?),
            desk,
            desk_text,
        })
    })
}

/// Deletes a record as one change; refused with who refers to it, unless that is to be moved or unlinked.
pub fn delete_record(session: &Session, entity: &str, record: &str, how: &DeleteHow) -> Result<Deleted, ApiError> {
    session.may(Action::Edit)?;
    let entity = kind(entity)?;
    save::delete(session, entity, id(entity, record)?, how)
}

/// Writes what saving a form would; nothing is kept of it where `tx` is a trial. `None` for a new record.
pub(crate) fn try_record(
    tx: &Tx<'_>,
    desk: &str,
    entity: &str,
    record: Option<&str>,
    form: &Values,
) -> Result<(), ApiError> {
    let entity = kind(entity)?;
    let record = record.map(|text| id(entity, text)).transpose()?;
    save::try_save(tx, desk, entity, record, form)
}

/// Writes what deleting a record would; nothing is kept of it where `tx` is a trial.
pub(crate) fn try_deletion(
    tx: &Tx<'_>,
    desk: &str,
    entity: &str,
    record: &str,
    how: &DeleteHow,
) -> Result<(), ApiError> {
    let entity = kind(entity)?;
    save::try_delete(tx, desk, entity, id(entity, record)?, how)
}

/// Keeps a form that is being edited; `None` for the form of a new record.
pub fn put_record_draft(session: &Session, entity: &str, record: Option<&str>, form: &Values) -> Result<(), ApiError> {
    session.may(Action::Draft)?;
    let entity = kind(entity)?;
    let json = serde_json::to_string(form).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(draft::put(
        session.store(),
        &detail::draft_key(entity, record),
        entity.name(),
        &json,
    )?)
}

/// Forgets the draft of a record, or of a new one.
pub fn discard_record_draft(session: &Session, entity: &str, record: Option<&str>) -> Result<(), ApiError> {
    session.may(Action::Draft)?;
    Ok(draft::discard(
        session.store(),
        &detail::draft_key(kind(entity)?, record),
    )?)
}

fn any_kind(name: &str) -> Result<Entity, ApiError> {
    Entity::from_name(name).ok_or_else(|| ApiError::not_found("kind of record", name))
}

/// A kind of record that is handled here: people have forms of their own.
fn kind(name: &str) -> Result<Entity, ApiError> {
    let entity = any_kind(name)?;
    if entity == Entity::ExternalUser {
        return Err(ApiError::refused("external users have a form of their own"));
    }
    Ok(entity)
}

fn id(entity: Entity, text: &str) -> Result<Id, ApiError> {
    bytes(text).ok_or_else(|| ApiError::not_found(entity.name(), text))
}

/// The bytes of an id; `None` for a text that is none.
fn bytes(id: &str) -> Option<Id> {
    uuid::Uuid::parse_str(id).ok().map(uuid::Uuid::into_bytes)
}

fn text(id: Id) -> String {
    uuid::Uuid::from_bytes(id).to_string()
}

fn choices(c: &Connection, entity: Entity, ids: &[String]) -> Result<Vec<RecordChoice>, ApiError> {
    let ids: Vec<Id> = ids.iter().filter_map(|text| bytes(text)).collect();
    Ok(record::labels(c, entity, &ids)?.into_iter().map(choice).collect())
}

fn choice(found: record::Choice) -> RecordChoice {
    RecordChoice {
        id: found.id,
        key: found.key,
        name: found.name,
        note: found.note,
        present: found.present,
    }
}
