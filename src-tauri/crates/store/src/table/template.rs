//! Templates: the rights that a role usually has, to start a new person from.

use portico_core::id::TemplateId;
use rusqlite::Connection;

use super::Role::{Id, Natural, Own};
use super::row::{self, row};
use crate::error::{Result, StoreError};
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE template (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    form TEXT NOT NULL
);
CREATE UNIQUE INDEX template_name ON template (name);
";

row! {
    /// A template; `form` is the form's part that it fills in, as JSON.
    template, key 1, based false {
        id: TemplateId = Id,
        name: String = Natural,
        form: String = Own,
    }
    derived {}
}

/// All templates, by name.
pub fn all(c: &Connection) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "1 ORDER BY name", &[], Row::read)
}

/// The template with this id; `NotFound` when there is none.
pub fn get(c: &Connection, id: TemplateId) -> Result<Row> {
    row::one(c, &TABLE, "id = ?1", &[&id.as_bytes().as_slice()], Row::read)?.ok_or_else(|| StoreError::NotFound {
        what: "template",
        key: id.to_string(),
    })
}

/// Keeps a template in the place of one with the same id.
pub fn put(tx: &Tx<'_>, row: &Row) -> Result<()> {
    let there = row::one(tx, &TABLE, "id = ?1", &[&row.id.as_bytes().as_slice()], Row::read)?;
    if there.is_some() {
        row::update(tx, &TABLE, &row.values())
    } else {
        row::insert(tx, &TABLE, &row.values())
    }
}

/// Removes a template.
pub fn delete(tx: &Tx<'_>, id: TemplateId) -> Result<()> {
    tx.execute("DELETE FROM template WHERE id = ?1", [id.as_bytes()])?;
    Ok(())
}
