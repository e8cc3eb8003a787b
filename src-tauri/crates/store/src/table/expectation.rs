//! Expectations: what people are to see, or never to see.

use portico_core::expectation::{Expectation, What, Who};
use portico_core::id::ExpectationId;
use rusqlite::Connection;

use super::Role::{Id, Own};
use super::row::{self, row};
use crate::error::{Result, StoreError};
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE expectation (
    id BLOB NOT NULL PRIMARY KEY,
    who TEXT NOT NULL,
    who_key TEXT NOT NULL,
    sees INTEGER NOT NULL,
    what TEXT NOT NULL,
    what_key TEXT NOT NULL
);
CREATE UNIQUE INDEX expectation_sentence ON expectation (who, who_key, what, what_key);
";

row! {
    /// An expectation, its parts by kind and key.
    expectation, key 1, based false {
        id: ExpectationId = Id,
        who: String = Own,
        who_key: String = Own,
        sees: bool = Own,
        what: String = Own,
        what_key: String = Own,
    }
    derived {}
}

impl Row {
    fn expectation(self) -> Result<Expectation> {
        let who = Who::named(&self.who, &self.who_key);
        let what = What::named(&self.what, &self.what_key);
        let (Some(who), Some(what)) = (who, what) else {
            return Err(StoreError::Damaged(format!(
                "the expectation {} cannot be read",
                self.id
            )));
        };
        Ok(Expectation {
            id: self.id,
            who,
            sees: self.sees,
            what,
        })
    }
}

/// All expectations, in the order in which they were added.
pub fn all(c: &Connection) -> Result<Vec<Expectation>> {
    let rows = row::many(c, &TABLE, "1 ORDER BY id", &[], Row::read)?;
    rows.into_iter().map(Row::expectation).collect()
}

/// The expectation with this id.
pub fn find(c: &Connection, id: ExpectationId) -> Result<Option<Expectation>> {
    let found = row::one(c, &TABLE, "id = ?1", &[&id.as_bytes().as_slice()], Row::read)?;
    found.map(Row::expectation).transpose()
}

/// The expectation with this id; `NotFound` when there is none.
pub fn get(c: &Connection, id: ExpectationId) -> Result<Expectation> {
    find(c, id)?.ok_or_else(|| StoreError::NotFound {
        what: "expectation",
        key: id.to_string(),
    })
}

/// The expectation of the same people about the same thing, whichever way it goes.
pub fn alike(c: &Connection, wanted: &Expectation) -> Result<Option<Expectation>> {
    let condition = "who = ?1 AND who_key = ?2 AND what = ?3 AND what_key = ?4";
    let (who, what) = (wanted.who.key(), wanted.what.key());
    let params: [&dyn rusqlite::ToSql; 4] = [&wanted.who.kind(), &who, &wanted.what.kind(), &what];
    row::one(c, &TABLE, condition, &params, Row::read)?
        .map(Row::expectation)
        .transpose()
}

/// Adds an expectation; `Duplicate` where there is one of the same people about the same thing.
pub fn insert(tx: &Tx<'_>, of: &Expectation) -> Result<()> {
    let row = Row {
        id: of.id,
        who: of.who.kind().to_owned(),
        who_key: of.who.key(),
        sees: of.sees,
        what: of.what.kind().to_owned(),
        what_key: of.what.key(),
    };
    row::insert(tx, &TABLE, &row.values())
}

/// Removes an expectation; `NotFound` when there is none.
pub fn delete(tx: &Tx<'_>, id: ExpectationId) -> Result<()> {
    if tx.execute("DELETE FROM expectation WHERE id = ?1", [id.as_bytes()])? == 0 {
        return Err(StoreError::NotFound {
            what: "expectation",
            key: id.to_string(),
        });
    }
    Ok(())
}
