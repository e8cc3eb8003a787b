//! What a verification found the desk to have of single rows: the base moves there, and the workspace where somebody
//! takes it.

mod links;

use std::collections::BTreeMap;

use portico_core::actor::Actor;
use portico_core::model::Validity;
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};
use serde_json::{Map, Value as Json};

use self::links::{links_come, links_go};
use crate::base::{self, Entry, RowMap};
use crate::conflict::{self, Keep};
use crate::error::{Result, StoreError};
use crate::history::changeset::key_values;
use crate::history::{ChangeId, Intent, Kind};
use crate::store::Store;
use crate::table::{Role, SYNCED, Table, derived, row};
use crate::transact::{Label, Tx, keep, keep_always, recorded};

/// What the desk has of one row, under the key that the row has here.
#[derive(Debug, Clone)]
pub struct Found {
    table: &'static Table,
    key: String,
    /// `None` where the desk has no such row.
    row: Option<RowMap>,
    /// The columns that are spoken of; a link, and a row that was new to the desk, are spoken of as a whole.
    columns: Vec<&'static str>,
}

impl Found {
    /// `None` for a table that is no desk's. Of a `row` that the desk had before, only `columns` are looked at.
    pub fn new(table: &str, key: &str, row: Option<RowMap>, columns: Vec<&'static str>) -> Option<Self> {
        let table = Table::named(table).filter(|table| table.based)?;
        let key = key.to_owned();
        Some(Self {
            table,
            key,
            row,
            columns,
        })
    }

    /// Whether this is the row of a table that has this key.
    pub fn is_of(&self, table: &str, key: &str) -> bool {
        self.table.name == table && self.key == key
    }

    fn values(&self) -> Result<Vec<Value>> {
        key_values(self.table, &self.key)
    }

    /// The row with the key that it has here.
    fn whole(&self) -> Option<Map<String, Json>> {
        let mut row: Map<String, Json> = named(self.row.as_ref()?);
        match serde_json::from_str::<Vec<Json>>(&self.key) {
            Ok(parts) if self.table.key > 1 => {
                let names = self.table.columns[..self.table.key].iter().map(|c| c.name.to_owned());
                row.extend(names.zip(parts));
            }
            _ => {
                row.insert("id".to_owned(), self.key.as_str().into());
            }
        }
        Some(row)
    }
}

impl Store {
    /// Moves the base to what a verification found of rows about which something is pending. The log gets an entry where
    /// something moved; how many rows that were. It cannot be undone: it is what the desk has.
    pub fn move_base(&self, actor: &Actor, intent: &Intent, found: &[Found]) -> Result<usize> {
        let mut line = self.writer()?;
        let tx = line.begin(self.place(), TransactionBehavior::Immediate)?;
        let (moved, changeset) = recorded(&tx, |tx| -> Result<usize> {
            let mut moved = 0;
            for one in found {
                moved += usize::from(refers_to_rows(tx, one)?.is_none() && follow(tx, one, true)?);
            }
            Ok(moved)
        })?;
        if moved > 0 {
            keep_always(&tx, &by(Kind::Verify, actor, intent), &changeset)?;
        }
        tx.commit()?;
        Ok(moved)
    }

    /// Settles rows of which the desk has something else. `Theirs` takes what it has, as one edit that can be undone;
    /// `Mine` lets it go out again, against what the desk has now. All of it or, where one cannot be taken, nothing.
    ///
    /// `NotTaken` where the desk's value names a record that the workspace does not have, or something here still
    /// refers to what would go. `again` is what the log says of the one, `taken` of the other.
    pub fn settle_found(
        &self,
        actor: &Actor,
        (taken, again): (&Intent, &Intent),
        chosen: &[(&Found, Keep)],
    ) -> Result<Option<ChangeId>> {
        let mut line = self.writer()?;
        let tx = line.begin(self.place(), TransactionBehavior::Immediate)?;
        let (goes_out, changeset) = recorded(&tx, |tx| -> Result<bool> {
            for (one, _) in chosen {
                if let Some(name) = refers_to_rows(tx, one)? {
                    return Err(StoreError::NotTaken {
                        table: one.table.name,
                        key: one.key.clone(),
                        field: name,
                    });
                }
                follow(tx, one, false)?;
                forget_conflicts(tx, one)?;
            }
            Ok(chosen.iter().any(|(_, keep)| *keep == Keep::Mine))
        })?;
        if goes_out || !changeset.is_empty() {
            keep_always(&tx, &by(Kind::Verify, actor, again), &changeset)?;
        }
        let theirs: Vec<&Found> = chosen
            .iter()
            .filter(|(_, keep)| *keep == Keep::Theirs)
            .map(|(found, _)| *found)
            .collect();
        let ((), changeset) = recorded(&tx, |tx| take(tx, &theirs))?;
        let id = keep(&tx, &by(Kind::Edit, actor, taken), &changeset)?;
        tx.commit()?;
        Ok(id)
    }
}

fn by<'a>(kind: Kind, actor: &'a Actor, intent: &'a Intent) -> Label<'a> {
    Label {
        kind,
        actor,
        intent,
        undoes: None,
    }
}

/// Lets the base say what the desk has; where `pending` only in what differs here. Whether something moved.
fn follow(tx: &Tx<'_>, one: &Found, pending: bool) -> Result<bool> {
    let before = base::entry(tx, one.table, &one.key)?;
    let current = base::current(tx, one.table, &one.key)?;
    let there = current.as_ref();
    let after = match (&before, one.whole()) {
        (None, _) if pending => return Ok(false),
        (Some(Entry::Inserted), None) => return Ok(false),
        (Some(Entry::Updated(_)) | None, None) if there.is_some() => {
            links_go(tx, one)?;
            write(tx, one, &BTreeMap::from([("desk_key", Json::Null)]))?;
            Some(Entry::Inserted)
        }
        (_, None) => None,
        (Some(Entry::Inserted), Some(row)) => {
            write(tx, one, &bookkeeping(one))?;
            there.map(|current| Entry::Updated(differing(one.table, &row, current)))
        }
        (Some(Entry::Deleted(old)), Some(row)) => return came_back(tx, one, old, row),
        (None | Some(Entry::Updated(_)), Some(row)) => match there {
            Some(current) => Some(overlaid(one, before.as_ref(), &row, current, pending)),
            None if one.table.key > 1 => Some(Entry::Deleted(row)),
            // The row is neither here nor kept: an import brings it.
            None => return Ok(false),
        },
    };
    let moved = before != after;
    if moved {
        base::put(tx, one.table, &one.key, after.as_ref())?;
    }
    Ok(moved)
}

/// The overlay of a row that both sides have, with what the desk has in the columns that are spoken of.
fn overlaid(one: &Found, before: Option<&Entry>, row: &Map<String, Json>, current: &RowMap, pending: bool) -> Entry {
    let mut overlay = match before {
        Some(Entry::Updated(overlay)) => overlay.clone(),
        _ => Map::new(),
    };
    for name in one
        .columns
        .iter()
        .copied()
        .filter(|name| base::is_tracked(one.table, name))
    {
        let theirs = row.get(name).unwrap_or(&Json::Null);
        if pending && !overlay.contains_key(name) {
            continue;
        }
        if current.get(name) == Some(theirs) {
            overlay.remove(name);
        } else {
            overlay.insert(name.to_owned(), theirs.clone());
        }
    }
    Entry::Updated(overlay)
}

/// A row that was removed here. Desks that delete nothing take it out of force instead: then it comes back as the desk has
/// it, as with an import.
fn came_back(tx: &Tx<'_>, one: &Found, old: &Map<String, Json>, row: Map<String, Json>) -> Result<bool> {
    let mut now = old.clone();
    let spoken_of = |name: &str| one.columns.contains(&name);
    now.extend(row.into_iter().filter(|(name, _)| spoken_of(name)));
    let moved = now != *old;
    base::put(tx, one.table, &one.key, Some(&Entry::Deleted(now.clone())))?;
    let is_ended = spoken_of("validity") && now.get("validity") == Some(&Validity::Invalid.number().into());
    if is_ended && refers_to_rows(tx, one)?.is_none() {
        insert(tx, one, &now)?;
    }
    Ok(moved || is_ended)
}

/// Where a row has other values than the desk.
fn differing(table: &Table, row: &Map<String, Json>, current: &RowMap) -> Map<String, Json> {
    let columns = table.columns.iter().skip(table.key).filter(|c| c.role.tracked());
    columns
        .filter_map(|c| Some((c.name, row.get(c.name)?)))
        .filter(|(name, theirs)| current.get(name) != Some(theirs))
        .map(|(name, theirs)| (name.to_owned(), theirs.clone()))
        .collect()
}

/// What the desk knows of a row and nobody edits.
fn bookkeeping(one: &Found) -> BTreeMap<&'static str, Json> {
    let columns = one.table.columns.iter().skip(one.table.key);
    columns
        .filter(|c| matches!(c.role, Role::DeskKey | Role::Book))
        .filter_map(|c| Some((c.name, one.row.as_ref()?.get(c.name)?.clone())))
        .collect()
}

/// The first column that is spoken of and names a record that the workspace does not have.
fn refers_to_rows(c: &Connection, one: &Found) -> Result<Option<&'static str>> {
    let is_new = base::entry(c, one.table, &one.key)? == Some(Entry::Inserted);
    for column in one.table.columns.iter().skip(one.table.key) {
        let (Role::Reference(to), Some(row)) = (column.role, &one.row) else {
            continue;
        };
        let (true, Some(Json::String(id))) = (is_new || one.columns.contains(&column.name), row.get(column.name))
        else {
            continue;
        };
        let to = Table::named(to).ok_or_else(|| StoreError::Damaged(to.to_owned()))?;
        if base::current(c, to, id)?.is_none() {
            return Ok(Some(column.name));
        }
    }
    Ok(None)
}

/// What waited for somebody to settle it about what is settled here.
fn forget_conflicts(tx: &Tx<'_>, one: &Found) -> Result<()> {
    let mut statement = tx.prepare_cached("DELETE FROM conflict WHERE tbl = ?1 AND pk = ?2 AND field = ?3")?;
    for field in one.columns.iter().copied().chain([""]) {
        statement.execute((one.table.name, &one.key, field))?;
    }
    Ok(())
}

/// Takes what the desk has: the base says the same already. First what comes back, then values, which may refer to it, and
/// last what goes, to which nothing may refer any more.
fn take(tx: &Tx<'_>, theirs: &[&Found]) -> Result<()> {
    let of = |table: &'static &'static Table| theirs.iter().copied().filter(move |one| one.table.name == table.name);
    let mut came = Vec::new();
    for one in SYNCED.iter().flat_map(of).filter(|one| one.row.is_some()) {
        if let Some(Entry::Deleted(row)) = base::entry(tx, one.table, &one.key)? {
            insert(tx, one, &row)?;
            came.push(one);
        }
    }
    for one in came {
        links_come(tx, one)?;
    }
    for one in SYNCED.iter().flat_map(of) {
        take_values(tx, one)?;
    }
    for one in SYNCED.iter().rev().flat_map(of).filter(|one| one.row.is_none()) {
        if base::current(tx, one.table, &one.key)?.is_none() {
            continue;
        }
        if one.table.is_entity() {
            conflict::remove(tx, one.table, &one.key).map_err(|error| in_use(error, one))?;
        } else {
            let sql = format!("DELETE FROM {} WHERE {}", one.table.name, one.table.by_key());
            tx.execute(&sql, params_from_iter(one.values()?))?;
        }
    }
    Ok(())
}

fn take_values(tx: &Tx<'_>, one: &Found) -> Result<()> {
    let (Some(row), Some(current)) = (one.whole(), base::current(tx, one.table, &one.key)?) else {
        return Ok(());
    };
    let Some(Entry::Updated(overlay)) = base::entry(tx, one.table, &one.key)? else {
        return Ok(());
    };
    let mine = |name: &&str| overlay.contains_key(*name) && current.get(name) != row.get(*name);
    let columns = one.columns.iter().copied().filter(mine);
    write(tx, one, &columns.map(|name| (name, row[name].clone())).collect())
}

/// Something here still needs what would go.
fn in_use(error: StoreError, one: &Found) -> StoreError {
    match error {
        StoreError::Reference => StoreError::NotTaken {
            table: one.table.name,
            key: one.key.clone(),
            field: "",
        },
        other => other,
    }
}

fn write(tx: &Tx<'_>, one: &Found, columns: &BTreeMap<&'static str, Json>) -> Result<()> {
    let mut values = one.values()?;
    let mut sets = Vec::new();
    for column in one.table.columns.iter().skip(one.table.key) {
        if let Some(value) = columns.get(column.name) {
            values.push(base::value(one.table, column.name, value));
            sets.push(format!("{} = ?{}", column.name, values.len()));
        }
    }
    if sets.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE {} SET {} WHERE {}",
        one.table.name,
        sets.join(", "),
        one.table.by_key()
    );
    let named = |_: &str| columns.values().find_map(Json::as_str).unwrap_or_default().to_owned();
    tx.execute(&sql, params_from_iter(&values))
        .map_err(|e| StoreError::from(e).with_value(named))?;
    derived::refresh(tx, one.table, one.values()?.first().filter(|_| one.table.is_entity()))
}

fn insert(tx: &Tx<'_>, one: &Found, kept: &Map<String, Json>) -> Result<()> {
    row::insert(tx, one.table, &row::kept(one.table, kept)).map_err(|error| in_use(error, one))?;
    derived::refresh(tx, one.table, one.values()?.first().filter(|_| one.table.is_entity()))
}

fn named(row: &RowMap) -> Map<String, Json> {
    row.iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}
