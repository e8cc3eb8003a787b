//! What a source tells, and what it leaves as it is.

use portico_core::snapshot::Scope;
use rusqlite::{Connection, params_from_iter};

use super::kind_of;
use super::stage::staged;
use crate::base::{self, Entry};
use crate::error::Result;
use crate::history::changeset::key_values;
use crate::table::cell::from_json;
use crate::table::{Column, Role, Table};

/// What came of what a source tells.
pub(super) struct Told<'a> {
    pub(super) scope: &'a Scope,
    /// Kinds that came, empty ones included.
    pub(super) kinds: &'a [&'static str],
}

impl Told<'_> {
    /// Whether the source speaks of this kind.
    pub(super) fn kind(&self, kind: &str) -> bool {
        !self.scope.some_kinds || self.kinds.contains(&kind)
    }

    /// Whether what does not come is gone.
    pub(super) fn all_records(&self) -> bool {
        !self.scope.some_records
    }

    /// Whether the source speaks of this column of records.
    pub(super) fn column(&self, table: &Table, column: &Column) -> bool {
        let Some(fields) = self.scope.fields.get(kind_of(table)) else {
            return true;
        };
        let name = match (column.name, column.role) {
            (_, Role::DeskKey | Role::Natural | Role::Present) => return true,
            ("validity", _) => "status",
            (name, Role::Reference(_)) => name.trim_end_matches("_id"),
            (name, _) => name,
        };
        fields.iter().any(|field| field == name)
    }

    /// Gives staged records that are known already what the desk had in the columns of which the source does not speak.
    pub(super) fn fill(&self, tx: &Connection, table: &'static Table) -> Result<()> {
        let untold: Vec<&Column> = staged(table).filter(|column| !self.column(table, column)).collect();
        if untold.is_empty() {
            return Ok(());
        }
        let t = table.name;
        let sets: Vec<String> = untold.iter().map(|c| format!("{0} = m.{0}", c.name)).collect();
        tx.execute(
            &format!(
                "UPDATE temp.in_{t} AS i SET {} FROM {t} m WHERE m.id = i.id AND m.present = 1",
                sets.join(", ")
            ),
            [],
        )?;
        fill_pending(tx, table, &untold)
    }
}

/// Where something is pending the row holds our side; what the desk had lies beside it.
fn fill_pending(tx: &Connection, table: &'static Table, untold: &[&Column]) -> Result<()> {
    for key in super::entry::keys(tx, table)? {
        let Some(Entry::Updated(overlay)) = base::entry(tx, table, &key)? else {
            continue;
        };
        let id = key_values(table, &key)?;
        for column in untold {
            let Some(theirs) = overlay.get(column.name) else {
                continue;
            };
            let mut values = id.clone();
            values.push(from_json(column.kind, theirs));
            tx.execute(
                &format!("UPDATE temp.in_{} SET {} = ?2 WHERE id = ?1", table.name, column.name),
                params_from_iter(&values),
            )?;
        }
    }
    Ok(())
}
