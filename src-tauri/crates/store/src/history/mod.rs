//! What was done: one row a change, with its changeset.

pub(crate) mod changeset;
mod lines;
mod pieces;
pub(crate) mod undo;

use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::error::{Result, StoreError};
use crate::migrate;
use crate::transact::{Label, now};
pub use lines::{Line, LineKind, first_lines, label, lines};

pub(crate) const CREATE: &str = "
CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    intent TEXT NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    changeset BLOB,
    undoes INTEGER
);
CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;
";

/// The number of a change in this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeId(pub i64);

/// What was meant: a key of the catalogue, with names and values for its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The key (`save_user`).
    pub code: String,
    /// Names and values.
    pub detail: Vec<(String, String)>,
}

impl Intent {
    /// An intent without details.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            detail: Vec::new(),
        }
    }

    /// The same with one more detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.detail.push((name.to_owned(), value.into()));
        self
    }
}

/// What kind of change it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named like what it is")]
pub enum Kind {
    Edit,
    Undo,
    Redo,
    Import,
    Export,
    /// The desk was read again to verify an export, and the base moved.
    Verify,
}

impl Kind {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Edit, "edit"),
        (Self::Undo, "undo"),
        (Self::Redo, "redo"),
        (Self::Import, "import"),
        (Self::Export, "export"),
        (Self::Verify, "verify"),
    ];

    /// Its name in the database.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(k, _)| *k == self).map_or("", |(_, n)| n)
    }

    fn from_name(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|(_, n)| *n == name).map(|(k, _)| *k);
        found.ok_or_else(|| StoreError::Damaged(format!("a change of kind {name}")))
    }
}

/// A change of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub id: ChangeId,
    /// What kind it was.
    pub kind: Kind,
    /// What was meant.
    pub intent: Intent,
    /// Who.
    pub actor: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// For an undo the change it took back, for a redo the undo it took back.
    pub undoes: Option<ChangeId>,
    /// Whether it was taken back and is not in force again.
    pub undone: bool,
    /// Whether [`Store::undo`] would take this one back now.
    pub undoable: bool,
}

/// A change `c` is undone while an undo of it stands that was not taken back itself.
const SELECT: &str = "SELECT c.id, c.kind, c.intent, c.actor, c.at, c.undoes,
    EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.id
            AND NOT EXISTS (SELECT 1 FROM change r WHERE r.undoes = u.id)) AS undone
    FROM change c";

fn read(row: &Row<'_>) -> Result<Change> {
    let intent: String = row.get(2)?;
    Ok(Change {
        id: ChangeId(row.get(0)?),
        kind: Kind::from_name(&row.get::<_, String>(1)?)?,
        intent: serde_json::from_str(&intent).map_err(|e| StoreError::Damaged(format!("intent of a change: {e}")))?,
        actor: row.get(3)?,
        at: row.get(4)?,
        undoes: row.get::<_, Option<i64>>(5)?.map(ChangeId),
        undone: row.get(6)?,
        undoable: false,
    })
}

/// The log, newest first, at most `limit` changes older than `before`.
pub fn list(c: &Connection, before: Option<ChangeId>, limit: u32) -> Result<Vec<Change>> {
    let undoable = can_undo(c)?.map(|ch| ch.id);
    let mut statement = c.prepare_cached(&format!("{SELECT} WHERE c.id < ?1 ORDER BY c.id DESC LIMIT ?2"))?;
    let mut rows = statement.query((before.map_or(i64::MAX, |b| b.0), limit))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut change = read(row)?;
        change.undoable = Some(change.id) == undoable;
        found.push(change);
    }
    Ok(found)
}

/// One change of the log.
pub fn get(c: &Connection, id: ChangeId) -> Result<Change> {
    let found = first(c, "c.id = ?1", id.0)?;
    found.ok_or_else(|| StoreError::NotFound {
        what: "change",
        key: id.0.to_string(),
    })
}

fn first(c: &Connection, condition: &str, param: i64) -> Result<Option<Change>> {
    let mut statement = c.prepare_cached(&format!("{SELECT} WHERE {condition}"))?;
    let mut rows = statement.query([param])?;
    rows.next()?.map(read).transpose()
}

/// The change that undo would take back now: the newest edit or redo in force since the last import.
pub fn can_undo(c: &Connection) -> Result<Option<Change>> {
    let found = first(
        c,
        "c.kind IN ('edit', 'redo') AND c.id > ?1
         AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes = c.id)
         ORDER BY c.id DESC LIMIT 1",
        last_import(c)?,
    )?;
    Ok(found.map(|change| Change {
        undoable: true,
        ..change
    }))
}

/// The undo that redo would take back now: the newest one still standing, if nothing was edited since.
pub fn can_redo(c: &Connection) -> Result<Option<Change>> {
    first(
        c,
        "c.kind = 'undo' AND c.id > ?1
         AND NOT EXISTS (SELECT 1 FROM change r WHERE r.undoes = c.id)
         AND NOT EXISTS (SELECT 1 FROM change e WHERE e.id > c.id AND e.kind = 'edit')
         ORDER BY c.id DESC LIMIT 1",
        last_import(c)?,
    )
}

/// The newest change of a kind; `None` where there was none.
pub fn last(c: &Connection, kind: Kind) -> Result<Option<Change>> {
    let sql = format!("{SELECT} WHERE c.kind = ?1 ORDER BY c.id DESC LIMIT 1");
    let mut statement = c.prepare_cached(&sql)?;
    let mut rows = statement.query([kind.name()])?;
    rows.next()?.map(read).transpose()
}

/// The number of the newest change; 0 where there was none. What is kept between calls is as old as this.
pub fn last_id(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT coalesce(max(id), 0) FROM change")?
        .query_row([], |r| r.get(0))?)
}

pub(crate) fn last_import(c: &Connection) -> Result<i64> {
    Ok(c.query_row(
        "SELECT coalesce(max(id), 0) FROM change WHERE kind = 'import'",
        [],
        |r| r.get(0),
    )?)
}

/// When the base was last moved, by an import or a verification, in milliseconds since 1970-01-01 UTC; `None` before the
/// first one.
pub fn base_moved_at(c: &Connection) -> Result<Option<i64>> {
    let sql = "SELECT at FROM change WHERE kind IN ('import', 'verify') ORDER BY id DESC LIMIT 1";
    Ok(c.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?)
}

/// Writes a row of the log.
pub(crate) fn write(c: &Connection, label: &Label<'_>, changeset: Option<&[u8]>) -> Result<ChangeId> {
    let intent = serde_json::to_string(label.intent).map_err(|e| StoreError::Damaged(e.to_string()))?;
    c.prepare_cached(
        "INSERT INTO change (uid, kind, intent, actor, at, schema_version, changeset, undoes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        uuid::Uuid::now_v7().into_bytes(),
        label.kind.name(),
        intent,
        &label.actor.0,
        now(),
        migrate::newest(),
        changeset,
        label.undoes.map(|c| c.0),
    ))?;
    Ok(ChangeId(c.last_insert_rowid()))
}

pub(crate) fn changeset_of(c: &Connection, id: ChangeId) -> Result<Option<Vec<u8>>> {
    let found: Option<Option<Vec<u8>>> = c
        .prepare_cached("SELECT changeset FROM change WHERE id = ?1")?
        .query_row([id.0], |r| r.get(0))
        .optional()?;
    found.ok_or_else(|| StoreError::NotFound {
        what: "change",
        key: id.0.to_string(),
    })
}
