//! What a desk has, laid beside the workspace and taken back: nothing is written.

use portico_core::snapshot::{Scope, Sink};
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};
use serde_json::Value as Json;

use super::scope::Told;
use super::stage::{self, Stage};
use super::{CancelFlag, Course, ImportOptions, KindCount, Progress, configuration, kind_of, stream};
use crate::base::{self, RowMap};
use crate::error::{Result, StoreError};
use crate::history::changeset::key_values;
use crate::open::{self, Mode};
use crate::store::Store;
use crate::table::{Role, Table, cell};

/// A row as the desk has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskRow {
    /// The source does not speak of it.
    Untold,
    /// The desk does not have it.
    Absent,
    /// What the desk has.
    There(RowMap),
}

/// A source beside the workspace, as after an import of it.
pub struct Compared<'a> {
    tx: &'a Connection,
    told: &'a Told<'a>,
    counts: &'a [KindCount],
}

impl Compared<'_> {
    /// To read the workspace as it would be after an import.
    pub fn connection(&self) -> &Connection {
        self.tx
    }

    /// A row of a recorded table by its key, as in [`base::Pending`].
    pub fn row(&self, table: &str, key: &str) -> Result<DeskRow> {
        let Some(table) = Table::named(table).filter(|table| self.told.kind(kind_of(table))) else {
            return Ok(DeskRow::Untold);
        };
        if !self.speaks_of(table, key)? {
            return Ok(DeskRow::Untold);
        }
        // After the merge the desk's side of what is pending is the base; of the rest it is the row itself.
        let row = match base::pending_row(self.tx, table, key)? {
            Some(pending) => pending.base,
            None => {
                base::current(self.tx, table, key)?.filter(|row| row.get("present").and_then(Json::as_i64) != Some(0))
            }
        };
        Ok(row.map_or(DeskRow::Absent, DeskRow::There))
    }

    /// Where not all records come, only those that came are spoken of, with their links.
    fn speaks_of(&self, table: &Table, key: &str) -> Result<bool> {
        if self.told.all_records() {
            return Ok(true);
        }
        let owner = match table.columns.first().map(|column| column.role) {
            Some(Role::Reference(owner)) => owner,
            _ => table.name,
        };
        let values = key_values(table, key)?;
        let sql = format!("SELECT EXISTS (SELECT 1 FROM temp.in_{owner} WHERE id = ?1)");
        Ok(self
            .tx
            .prepare_cached(&sql)?
            .query_row([values.first()], |r| r.get(0))?)
    }

    /// Whether the source speaks of this column of records.
    pub fn tells(&self, table: &str, column: &str) -> bool {
        let found = Table::named(table).and_then(|table| Some((table, table.columns.get(table.position(column)?)?)));
        found.is_some_and(|(table, column)| self.told.kind(kind_of(table)) && self.told.column(table, column))
    }

    /// Whether the source has records of this table that the workspace did not have.
    pub fn adds(&self, table: &str) -> bool {
        let kind = Table::named(table).map(kind_of);
        self.counts
            .iter()
            .any(|count| Some(count.kind) == kind && count.added > 0)
    }

    /// The keys of the source's records that have these values, columns with what they hold.
    pub fn alike(&self, table: &str, values: &[(&str, &Json)]) -> Result<Vec<String>> {
        let Some(table) = Table::named(table).filter(|table| table.is_entity() && table.based) else {
            return Ok(Vec::new());
        };
        let (mut conditions, mut params): (Vec<String>, Vec<Value>) = (Vec::new(), Vec::new());
        for column in table.columns {
            if let Some((name, value)) = values.iter().find(|(name, _)| *name == column.name) {
                params.push(cell::from_json(column.kind, value));
                conditions.push(format!("{name} IS ?{}", params.len()));
            }
        }
        if conditions.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT id FROM temp.in_{} WHERE {}",
            table.name,
            conditions.join(" AND ")
        );
        let mut statement = self.tx.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&params), |r| r.get(0).map(uuid::Uuid::from_bytes))?;
        rows.map(|id| Ok(id?.to_string())).collect()
    }
}

impl Store {
    /// Lays all that `read` hands over beside the workspace as an import would, lets `look` see both, and takes
    /// everything back. Tickets are left out. It takes the place of a writer while `look` works.
    pub fn compare<T, E: From<StoreError>>(
        &self,
        desk: &str,
        read: &mut dyn FnMut(&mut Sink<'_>) -> Result<(), E>,
        scope: &Scope,
        progress: &mut dyn FnMut(Progress),
        cancel: &CancelFlag,
        look: impl FnOnce(&Compared<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly.into());
        }
        let mut course = Course { progress, cancel };
        let mut conn = open::connect(self.place(), Mode::Write)?;
        cancel.watch(&conn)?;
        let stage = Stage::begin(&conn, desk, self.place().key.as_ref())?;
        let kinds = stream(&stage, &mut None, read, &mut course)?;
        stage::finish(&conn)?;
        let told = Told { scope, kinds: &kinds };
        let tx = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let options = ImportOptions {
            dry_run: true,
            keep_settings: true,
            scope: scope.clone(),
            notes: Vec::new(),
        };
        let counts = configuration(&tx, &options, &told, &mut course)?;
        let seen = look(&Compared {
            tx: &tx,
            told: &told,
            counts: &counts,
        });
        tx.rollback().map_err(StoreError::from)?;
        seen
    }
}
