//! The one way to write configuration, and the way to try a write out.

use std::ops::Deref;

use jiff::Timestamp;
use portico_core::actor::Actor;
use rusqlite::session::Session;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Result, StoreError};
use crate::history::{self, ChangeId, Intent, Kind};
use crate::store::Store;
use crate::table::SYNCED;
use crate::{base, history::changeset};

/// A transaction in which configuration may be written. Nobody but the store can make one.
pub struct Tx<'c> {
    conn: &'c Connection,
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.conn
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Self {
        Self { conn }
    }
}

/// Milliseconds since 1970-01-01 UTC.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// What a transaction is recorded as.
pub(crate) struct Label<'a> {
    pub(crate) kind: Kind,
    pub(crate) actor: &'a Actor,
    pub(crate) intent: &'a Intent,
    pub(crate) undoes: Option<ChangeId>,
}

impl Store {
    /// Writes configuration: all of it or, when `work` fails, nothing. Waits while another process writes, then `Busy`.
    ///
    /// What differs afterwards becomes one change in the log, under `actor` and `intent`; `None` when nothing does.
    pub fn transact<T, E: From<StoreError>>(
        &self,
        actor: &Actor,
        intent: &Intent,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Option<ChangeId>), E> {
        self.record(
            &Label {
                kind: Kind::Edit,
                actor,
                intent,
                undoes: None,
            },
            work,
        )
    }

    /// As [`Store::transact`], where only `work` can say what was meant: how many, which of them.
    pub fn transact_and_say<T, E: From<StoreError>>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&Tx<'_>) -> Result<(T, Intent), E>,
    ) -> Result<(T, Option<ChangeId>), E> {
        let mut line = self.writer()?;
        let tx = line.begin(self.place(), TransactionBehavior::Immediate)?;
        let ((value, intent), changeset) = recorded(&tx, work)?;
        let label = Label {
            kind: Kind::Edit,
            actor,
            intent: &intent,
            undoes: None,
        };
        let id = keep(&tx, &label, &changeset)?;
        tx.commit().map_err(StoreError::from)?;
        Ok((value, id))
    }

    /// As [`Store::transact`], for every kind of change.
    pub(crate) fn record<T, E: From<StoreError>>(
        &self,
        label: &Label<'_>,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Option<ChangeId>), E> {
        let mut line = self.writer()?;
        let tx = line.begin(self.place(), TransactionBehavior::Immediate)?;
        let (value, changeset) = recorded(&tx, work)?;
        let id = keep(&tx, label, &changeset)?;
        tx.commit().map_err(StoreError::from)?;
        Ok((value, id))
    }

    /// Writes as [`Store::transact`] would, hands out what `work` answers, and takes everything back.
    pub fn what_if<T, E: From<StoreError>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut line = self.writer()?;
        line.within(self.place(), TransactionBehavior::Immediate, |tx| work(&Tx::new(tx)))
    }

    /// Writes what is not configuration (drafts, bookkeeping) in a short transaction of its own.
    pub(crate) fn apart<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut line = self.writer()?;
        let tx = line.begin(self.place(), TransactionBehavior::Immediate)?;
        let value = work(&tx)?;
        tx.commit()?;
        Ok(value)
    }
}

/// Writes what differs into the log; nothing differs where the changeset is empty.
pub(crate) fn keep(tx: &Connection, label: &Label<'_>, changeset: &[u8]) -> Result<Option<ChangeId>> {
    if changeset.is_empty() {
        return Ok(None);
    }
    Ok(Some(keep_always(tx, label, changeset)?))
}

/// Writes into the log also where no row differs.
pub(crate) fn keep_always(tx: &Connection, label: &Label<'_>, changeset: &[u8]) -> Result<ChangeId> {
    if changeset.is_empty() {
        return history::write(tx, label, None);
    }
    base::follow(tx, &changeset::parse(changeset)?)?;
    history::write(tx, label, Some(changeset))
}

/// Runs `work` with a session attached to all recorded tables; its changeset is empty when nothing differs.
pub(crate) fn recorded<T, E: From<StoreError>>(
    tx: &Connection,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<(T, Vec<u8>), E> {
    let mut session = Session::new(tx).map_err(StoreError::from)?;
    // By name: attaching everything would record the tables of the search as well.
    for table in SYNCED {
        session.attach(Some(table.name)).map_err(StoreError::from)?;
    }
    let value = work(&Tx::new(tx))?;
    let mut changeset = Vec::new();
    session.changeset_strm(&mut changeset).map_err(StoreError::from)?;
    Ok((value, changeset))
}
