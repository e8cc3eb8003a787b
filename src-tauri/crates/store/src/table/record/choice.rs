//! Records to choose from, and the names of those that were chosen.

use portico_core::form::field::Entity;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::Id;
use super::face::{Face, face};
use crate::error::Result;
use crate::table::{cell, user_list};
use crate::text::searchable;

/// A record, as far as it takes to tell it from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id, hyphenated.
    pub id: String,
    /// What tells it from all others, read letter by letter.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// A word more, to tell those of one name apart.
    pub note: String,
    /// False for a placeholder of something that is only named by others.
    pub present: bool,
}

/// How many columns [`columns`] names.
pub(super) const COLUMNS: usize = 5;

/// What a choice is read from; the record is `t`.
pub(super) fn columns(face: Face) -> String {
    format!("t.id, {}, {}, {}, t.present", face.key, face.name, face.note)
}

/// Reads a choice from the first columns of a row.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Choice> {
    let id: [u8; 16] = row.get(0)?;
    Ok(Choice {
        id: uuid::Uuid::from_bytes(id).to_string(),
        key: row.get(1)?,
        name: row.get(2)?,
        note: row.get(3)?,
        present: cell::column(row, 4)?,
    })
}

/// Records (placeholders too) in which every word of the text occurs, case and diacritics ignored; by name.
pub fn search(c: &Connection, entity: Entity, text: &str, limit: u32) -> Result<Vec<Choice>> {
    if entity == Entity::ExternalUser {
        return people(c, text, limit);
    }
    let face = face(entity);
    let mut params = Vec::new();
    let mut conditions = vec!["1".to_owned()];
    for word in searchable(text).split_whitespace() {
        conditions.push(format!("portico_contains(portico_search({}), '', ?)", face.text));
        params.push(Value::Text(word.to_owned()));
    }
    params.push(Value::Integer(limit.into()));
    let sql = format!(
        "SELECT {} FROM {} t WHERE {} ORDER BY portico_search({}), t.id LIMIT ?",
        columns(face),
        entity.name(),
        conditions.join(" AND "),
        face.name
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&params), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// People have a search of their own, which is fast for any number of them; placeholders are left out.
fn people(c: &Connection, text: &str, limit: u32) -> Result<Vec<Choice>> {
    let query = user_list::ListQuery {
        search: text.to_owned(),
        ..user_list::ListQuery::default()
    };
    let found = user_list::list(c, &query, 0, limit.into())?;
    let ids: Vec<Id> = found.iter().map(|line| *line.id.as_bytes()).collect();
    labels(c, Entity::ExternalUser, &ids)
}

/// The records with these ids, in this order; ids that no record has are left out.
pub fn labels(c: &Connection, entity: Entity, ids: &[Id]) -> Result<Vec<Choice>> {
    let sql = format!(
        "SELECT {} FROM {} t WHERE t.id = ?1",
        columns(face(entity)),
        entity.name()
    );
    let mut statement = c.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(statement.query_row([id], read).optional()?);
    }
    Ok(found)
}

/// Records that are called exactly this, at most eleven: by their key, otherwise by their name; behind a `#` by the
/// desk's key or the id. Placeholders only where there is nothing else.
pub fn named(c: &Connection, entity: Entity, text: &str) -> Result<Vec<Choice>> {
    let face = face(entity);
    let by = |condition: &str, param: &dyn rusqlite::ToSql| -> Result<Vec<Choice>> {
        let sql = format!(
            "SELECT {} FROM {} t WHERE {condition} ORDER BY t.present DESC, t.id LIMIT 11",
            columns(face),
            entity.name()
        );
        let mut statement = c.prepare_cached(&sql)?;
        let rows = statement.query_map([param], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let mut found = Vec::new();
    if let Some(key) = text.strip_prefix('#') {
        found = by("t.desk_key = ?1", &key)?;
        if let (true, Ok(id)) = (found.is_empty(), uuid::Uuid::parse_str(key)) {
            found = by("t.id = ?1", &id.into_bytes())?;
        }
    }
    if found.is_empty() {
        found = by(&format!("{} = ?1", face.key), &text)?;
    }
    if found.is_empty() {
        found = by(&format!("{} = ?1", face.name), &text)?;
    }
    if found.is_empty() && entity == Entity::Contact {
        found = by("t.title = ?1", &text)?;
    }
    if found.iter().any(|choice| choice.present) {
        found.retain(|choice| choice.present);
    }
    Ok(found)
}
