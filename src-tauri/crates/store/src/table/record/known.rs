//! What records are called, for those who must find them by name.

use portico_core::form::field::Entity;
use rusqlite::Connection;

use super::face::face;
use crate::error::Result;

/// A record by its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownRecord {
    /// The desk's key; `None` where the record was made here.
    pub desk_key: Option<String>,
    /// What tells it from all others: a login, a number, a name; of contacts the e-mail address.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// The display name of those who have one.
    pub title: String,
    /// Of ticket states, their kind.
    pub kind: String,
}

/// Hands over all records of a kind, placeholders left out.
pub fn each_known(c: &Connection, entity: Entity, take: &mut dyn FnMut(&KnownRecord)) -> Result<()> {
    let face = face(entity);
    let title = match entity {
        Entity::Contact | Entity::ExternalUser => "t.title",
        _ => "''",
    };
    let kind = if entity == Entity::TicketState { "t.kind" } else { "''" };
    let sql = format!(
        "SELECT t.desk_key, {}, {}, {title}, {kind} FROM {} t WHERE t.present = 1",
        face.key,
        face.name,
        entity.name()
    );
    let mut statement = c.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(&KnownRecord {
            desk_key: row.get(0)?,
            key: row.get(1)?,
            name: row.get(2)?,
            title: row.get(3)?,
            kind: row.get(4)?,
        });
    }
    Ok(())
}
