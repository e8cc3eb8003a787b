//! Findings that nobody wants to see any more: whole kinds, or single ones.

use rusqlite::Connection;

use super::Role::{Natural, Own};
use super::row::{self, row};
use crate::error::Result;
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE finding_mute (
    finding TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL
) WITHOUT ROWID;
";

row! {
    /// What is muted: the id of a kind, or the key of a single finding; and why, as somebody put it.
    finding_mute, key 1, based false {
        finding: String = Natural,
        reason: String = Own,
    }
    derived {}
}

/// All that is muted, by its key.
pub fn all(c: &Connection) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "1 ORDER BY finding", &[], Row::read)
}

/// One of them.
pub fn find(c: &Connection, finding: &str) -> Result<Option<Row>> {
    row::one(c, &TABLE, "finding = ?1", &[&finding], Row::read)
}

/// Mutes; what is muted already gets the reason.
pub fn put(tx: &Tx<'_>, row: &Row) -> Result<()> {
    if find(tx, &row.finding)?.is_some() {
        row::update(tx, &TABLE, &row.values())
    } else {
        row::insert(tx, &TABLE, &row.values())
    }
}

/// Shows a finding again; whether it was muted.
pub fn delete(tx: &Tx<'_>, finding: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM finding_mute WHERE finding = ?1", [finding])? > 0)
}
