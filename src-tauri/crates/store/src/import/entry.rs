//! Records about which something is pending: what the desk says now against what it said and what was made of it.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::{Map, Value as Json};

use portico_core::model::Validity;

use super::KindCount;
use super::stage::staged;
use crate::base::{self, Entry, RowMap};
use crate::conflict::{self, Found};
use crate::error::Result;
use crate::history::changeset::key_values;
use crate::table::cell::{from_json, to_json};
use crate::table::{Role, Table};

/// Notes which rows of the table something is pending about, with the desk's key of those removed here.
pub(super) fn load(tx: &Connection, table: &'static Table) -> Result<()> {
    for key in keys(tx, table)? {
        let id = key_values(table, &key)?;
        let desk_key = match base::entry(tx, table, &key)? {
            Some(Entry::Deleted(row)) => row.get("desk_key").and_then(Json::as_str).map(str::to_owned),
            _ => None,
        };
        tx.execute(
            "INSERT INTO temp.pend (tbl, id, desk_key) VALUES (?1, ?2, ?3)",
            (table.name, id.first(), desk_key),
        )?;
    }
    Ok(())
}

/// The keys of all entries of a table.
pub(super) fn keys(tx: &Connection, table: &Table) -> Result<Vec<String>> {
    let mut statement = tx.prepare_cached("SELECT pk FROM base WHERE tbl = ?1 ORDER BY pk")?;
    let rows = statement.query_map([table.name], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Desks that delete nothing take a record out of force instead: where that has happened to a row that was removed here,
/// nothing is pending about it any more, and it comes back as the desk has it.
pub(super) fn come_back(tx: &Connection, table: &'static Table) -> Result<()> {
    for key in keys(tx, table)? {
        let Some(Entry::Deleted(old)) = base::entry(tx, table, &key)? else {
            continue;
        };
        let Some(theirs) = theirs(tx, table, &key)? else {
            continue;
        };
        let row = Row { tx, table, key: &key };
        let mut changed = row
            .tracked()
            .filter(|name| old.get(*name).unwrap_or(&Json::Null) != at(&theirs, name));
        let is_ended = at(&theirs, "validity") == &Json::from(Validity::Invalid.number());
        if changed.next() == Some("validity") && changed.next().is_none() && is_ended {
            base::put(tx, table, &key, None)?;
            let id = key_values(table, &key)?;
            tx.execute(
                "DELETE FROM temp.pend WHERE tbl = ?1 AND id = ?2",
                (table.name, id.first()),
            )?;
        }
    }
    Ok(())
}

/// Where a row was renamed here to a name that another record of the desk has now, the desk's name of it comes
/// back, and the renaming becomes a conflict.
pub(super) fn give_way(tx: &Connection, table: &'static Table, natural: &str) -> Result<()> {
    let sql = format!(
        "SELECT 1 FROM {0} m JOIN temp.in_{0} i ON i.{natural} = m.{natural} WHERE m.id = ?1 AND i.id <> m.id AND m.present = 1",
        table.name
    );
    for key in keys(tx, table)? {
        let id = key_values(table, &key)?;
        let taken: Option<i64> = tx
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&id), |r| r.get(0))
            .optional()?;
        let (Some(_), Some(Entry::Updated(mut overlay))) = (taken, base::entry(tx, table, &key)?) else {
            continue;
        };
        let (Some(theirs), Some(row)) = (overlay.remove(natural), base::current(tx, table, &key)?) else {
            continue;
        };
        let mine = row.get(natural).cloned().unwrap_or_default();
        set(tx, table, &key, &BTreeMap::from([(natural, theirs.clone())]))?;
        // Kept as a difference of its own value, so that the conflict stands until somebody settles it.
        overlay.insert(natural.to_owned(), theirs.clone());
        base::put(tx, table, &key, Some(&Entry::Updated(overlay)))?;
        conflict::put(
            tx,
            &Found {
                table,
                key: &key,
                field: natural,
                base: &theirs,
                mine: &mine,
                theirs: &theirs,
            },
        )?;
    }
    Ok(())
}

/// Merges all rows of the table about which something is pending; those that did not come only where all came.
pub(super) fn merge(tx: &Connection, table: &'static Table, all_records: bool) -> Result<KindCount> {
    let mut count = KindCount::default();
    for key in keys(tx, table)? {
        let Some(entry) = base::entry(tx, table, &key)? else {
            continue;
        };
        let theirs = theirs(tx, table, &key)?;
        if theirs.is_none() && !all_records {
            continue;
        }
        let mine = base::current(tx, table, &key)?;
        let row = Row { tx, table, key: &key };
        match (entry, theirs, mine) {
            (Entry::Inserted, Some(theirs), Some(mine)) => {
                row.created_on_both_sides(&theirs, &mine)?;
                count.added += 1;
            }
            (Entry::Updated(overlay), Some(theirs), Some(mine)) => {
                count.changed += u64::from(row.changed_here(overlay, &theirs, &mine)?);
            }
            (Entry::Updated(overlay), None, Some(mine)) => {
                count.removed += u64::from(row.gone_there(overlay, &mine)?);
            }
            (Entry::Deleted(old), Some(theirs), _) => {
                count.changed += u64::from(row.removed_here(&old, &theirs)?);
            }
            (Entry::Deleted(_), None, _) => {
                base::put(tx, table, &key, None)?;
                count.removed += 1;
            }
            (Entry::Inserted | Entry::Updated(_), _, _) => {}
        }
    }
    Ok(count)
}

/// The staged record that has this row's id.
fn theirs(tx: &Connection, table: &'static Table, key: &str) -> Result<Option<RowMap>> {
    let columns: Vec<_> = staged(table).collect();
    let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
    let sql = format!("SELECT {} FROM temp.in_{} WHERE id = ?1", names.join(", "), table.name);
    let id = key_values(table, key)?;
    let row = tx
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&id), |r| {
            columns
                .iter()
                .enumerate()
                .map(|(n, c)| Ok((c.name, to_json(r.get_ref(n)?))))
                .collect()
        })
        .optional()?;
    Ok(row)
}

/// Writes some columns of a row.
fn set(tx: &Connection, table: &Table, key: &str, columns: &BTreeMap<&str, Json>) -> Result<()> {
    if columns.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = key_values(table, key)?;
    let mut sets = Vec::new();
    for column in table.columns.iter().filter(|c| columns.contains_key(c.name)) {
        values.push(from_json(column.kind, columns.get(column.name).unwrap_or(&Json::Null)));
        sets.push(format!("{} = ?{}", column.name, values.len()));
    }
    tx.execute(
        &format!("UPDATE {} SET {} WHERE id = ?1", table.name, sets.join(", ")),
        params_from_iter(&values),
    )?;
    Ok(())
}

struct Row<'a> {
    tx: &'a Connection,
    table: &'static Table,
    key: &'a str,
}

impl Row<'_> {
    fn tracked(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.table.columns.iter().filter(|c| c.role.tracked()).map(|c| c.name)
    }

    /// What the desk knows and nobody edits.
    fn bookkeeping(&self, theirs: &RowMap) -> BTreeMap<&'static str, Json> {
        let columns = self
            .table
            .columns
            .iter()
            .filter(|c| matches!(c.role, Role::DeskKey | Role::Book));
        columns
            .filter_map(|c| Some((c.name, theirs.get(c.name)?.clone())))
            .collect()
    }

    fn conflict(&self, field: &str, base: &Json, mine: &Json, theirs: &Json) -> Result<()> {
        conflict::put(
            self.tx,
            &Found {
                table: self.table,
                key: self.key,
                field,
                base,
                mine,
                theirs,
            },
        )
    }

    fn put(&self, entry: &Entry) -> Result<()> {
        base::put(self.tx, self.table, self.key, Some(entry))
    }

    fn created_on_both_sides(&self, theirs: &RowMap, mine: &RowMap) -> Result<()> {
        let mut overlay = Map::new();
        for name in self.tracked() {
            let (m, t) = (at(mine, name), at(theirs, name));
            if m != t {
                self.conflict(name, &Json::Null, m, t)?;
                overlay.insert(name.to_owned(), t.clone());
            }
        }
        set(self.tx, self.table, self.key, &self.bookkeeping(theirs))?;
        self.put(&Entry::Updated(overlay))
    }

    /// Whether the desk says something else than before.
    fn changed_here(&self, mut overlay: Map<String, Json>, theirs: &RowMap, mine: &RowMap) -> Result<bool> {
        let mut columns = self.bookkeeping(theirs);
        let mut changed = false;
        for name in self.tracked() {
            let (m, t) = (at(mine, name), at(theirs, name));
            match overlay.get(name).cloned() {
                None if m == t => {}
                None => {
                    columns.insert(name, t.clone());
                    changed = true;
                }
                Some(base) => {
                    changed |= base != *t;
                    if m == t {
                        if !self.gave_way(name, m)? {
                            overlay.remove(name);
                        }
                    } else if base != *t {
                        self.conflict(name, &base, m, t)?;
                        overlay.insert(name.to_owned(), t.clone());
                    }
                }
            }
        }
        set(self.tx, self.table, self.key, &columns)?;
        self.put(&Entry::Updated(overlay))?;
        Ok(changed)
    }

    /// Whether mine was put back by [`give_way`] and waits as a conflict.
    fn gave_way(&self, name: &str, value: &Json) -> Result<bool> {
        let sql = "SELECT 1 FROM conflict WHERE tbl = ?1 AND pk = ?2 AND field = ?3 AND theirs = ?4 AND mine <> ?4";
        let found: Option<i64> = self
            .tx
            .query_row(sql, (self.table.name, self.key, name, value.to_string()), |r| r.get(0))
            .optional()?;
        Ok(found.is_some())
    }

    /// Whether the desk had it before.
    fn gone_there(&self, overlay: Map<String, Json>, mine: &RowMap) -> Result<bool> {
        if overlay.get("present").and_then(Json::as_i64) == Some(0) {
            return Ok(false);
        }
        let mut base = object(mine);
        base.extend(overlay);
        self.conflict("", &Json::Object(base), &Json::Object(object(mine)), &Json::Null)?;
        set(
            self.tx,
            self.table,
            self.key,
            &BTreeMap::from([("desk_key", Json::Null)]),
        )?;
        self.put(&Entry::Inserted)?;
        Ok(true)
    }

    /// Whether the desk says something else than before.
    fn removed_here(&self, old: &Map<String, Json>, theirs: &RowMap) -> Result<bool> {
        let null = Json::Null;
        if self
            .tracked()
            .all(|name| old.get(name).unwrap_or(&null) == at(theirs, name))
        {
            return Ok(false);
        }
        let mut row = object(theirs);
        row.insert("id".to_owned(), self.key.into());
        self.conflict("", &Json::Object(old.clone()), &Json::Null, &Json::Object(row.clone()))?;
        self.put(&Entry::Deleted(row))?;
        Ok(true)
    }
}

fn at<'a>(row: &'a RowMap, name: &str) -> &'a Json {
    row.get(name).unwrap_or(&Json::Null)
}

fn object(row: &RowMap) -> Map<String, Json> {
    row.iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}
