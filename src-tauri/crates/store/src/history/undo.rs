//! Undo and redo: the inverse changeset, applied as a change of its own.

use std::sync::{Arc, Mutex};

use portico_core::actor::Actor;
use rusqlite::Connection;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType, invert_strm};
use rusqlite::types::Value;

use super::changeset::{self, key_text};
use super::pieces;
use super::{Change, ChangeId, Intent, Kind, can_redo, can_undo, changeset_of, get, list};
use crate::error::{Result, StoreError};
use crate::store::{Store, lock};
use crate::table::Table;
use crate::transact::{Label, Tx};

impl Store {
    /// Takes back the newest edit since the last import; `NothingToUndo` when there is none.
    pub fn undo(&self, actor: &Actor) -> Result<ChangeId> {
        let change = self.read(can_undo)?.ok_or(StoreError::NothingToUndo)?;
        self.undo_change(actor, change.id)
    }

    /// Takes back one edit since the last import, whatever came after it.
    ///
    /// `Conflict` when a later change touched the same; it names that change, and nothing is written.
    pub fn undo_change(&self, actor: &Actor, id: ChangeId) -> Result<ChangeId> {
        let change = self.read(|c| {
            let change = get(c, id)?;
            let allowed =
                matches!(change.kind, Kind::Edit | Kind::Redo) && !change.undone && id.0 > super::last_import(c)?;
            if allowed {
                Ok(change)
            } else {
                Err(StoreError::NothingToUndo)
            }
        })?;
        self.invert(actor, &change, Kind::Undo)
    }

    /// Does again what the last undo took back; `NothingToUndo` when something was edited since.
    pub fn redo(&self, actor: &Actor) -> Result<ChangeId> {
        let undo = self.read(can_redo)?.ok_or(StoreError::NothingToUndo)?;
        self.invert(actor, &undo, Kind::Redo)
    }

    fn invert(&self, actor: &Actor, change: &Change, kind: Kind) -> Result<ChangeId> {
        let intent = Intent {
            code: change.intent.code.clone(),
            detail: change.intent.detail.clone(),
        };
        let label = Label {
            kind,
            actor,
            intent: &intent,
            undoes: Some(change.id),
        };
        let ((), id) = self.record(&label, |tx| take_back(tx, change.id))?;
        id.ok_or(StoreError::NothingToUndo)
    }
}

/// Applies the inverse of a change; `Conflict` where a later one touched the same.
pub(crate) fn take_back(tx: &Tx<'_>, id: ChangeId) -> Result<()> {
    let stored = changeset_of(tx, id)?.ok_or(StoreError::NothingToUndo)?;
    let mut inverse = Vec::new();
    invert_strm(&mut stored.as_slice(), &mut inverse)?;
    if !pieces::independent(&changeset::parse(&inverse)?) {
        return apply(tx, &inverse, id);
    }
    for piece in pieces::pieces(&inverse)? {
        apply(tx, &piece, id)?;
    }
    Ok(())
}

/// A row that stood in the way: table and key.
type Obstacle = (String, String);

fn apply(tx: &Tx<'_>, changes: &[u8], id: ChangeId) -> Result<()> {
    let obstacle: Arc<Mutex<Option<Obstacle>>> = Arc::default();
    let seen = Arc::clone(&obstacle);
    let result = tx.apply_strm(&mut &*changes, None::<fn(&str) -> bool>, move |kind, item| {
        // With broken references there is no row to name.
        if kind != ConflictType::SQLITE_CHANGESET_FOREIGN_KEY {
            *lock(&seen) = place(&item);
        }
        ConflictAction::SQLITE_CHANGESET_ABORT
    });
    match result {
        Ok(()) => Ok(()),
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationAborted) => {
            let place = lock(&obstacle).take();
            let later = place.map_or(Ok(None), |place| toucher(tx, id, &place))?;
            Err(StoreError::Conflict {
                change: id.0,
                later: later.map(Box::new),
            })
        }
        Err(e) => Err(e.into()),
    }
}

fn place(item: &ChangesetItem) -> Option<Obstacle> {
    let operation = item.op().ok()?;
    let table = Table::named(operation.table_name())?;
    let key: Vec<Value> = (0..table.key)
        .filter_map(|n| {
            item.old_value(n)
                .or_else(|_| item.new_value(n))
                .ok()
                .and_then(|v| Value::try_from(v).ok())
        })
        .collect();
    Some((table.name.to_owned(), key_text(&key)))
}

/// The newest change after `id` that touched the row.
fn toucher(c: &Connection, id: ChangeId, (table, key): &Obstacle) -> Result<Option<Change>> {
    for change in list(c, None, u32::MAX)?.into_iter().take_while(|ch| ch.id > id) {
        let Some(bytes) = changeset_of(c, change.id)? else {
            continue;
        };
        if changeset::parse(&bytes)?
            .iter()
            .any(|row| row.table.name == table && row.key() == *key)
        {
            return Ok(Some(change));
        }
    }
    Ok(None)
}
