//! Records with an id of their own: found again, added, changed, removed.

use rusqlite::Connection;

use super::bulk::Indexes;
use super::scope::Told;
use super::stage::staged;
use super::{KindCount, entry, kind_of};
use crate::error::Result;
use crate::table::{Role, SYNCED, Table, derived};

/// Merges what is staged of one table. What it refers to was merged before.
pub(super) fn merge(tx: &Connection, table: &'static Table, told: &Told<'_>) -> Result<KindCount> {
    entry::load(tx, table)?;
    identify(tx, table, is_new(tx, table)?)?;
    // Before references are resolved: a table may refer to itself.
    tx.execute(
        &format!(
            "INSERT INTO temp.key_{0} (key, id) SELECT desk_key, id FROM temp.in_{0}",
            table.name
        ),
        [],
    )?;
    for column in table.columns {
        if let Role::Reference(target) = column.role {
            let raw = format!("in_{}", table.name);
            resolve_missing(tx, &raw, &format!("{}_key", column.name), target)?;
            tx.execute(
                &format!(
                    "UPDATE temp.in_{0} SET {1} = (SELECT id FROM temp.key_{target} k WHERE k.key = {1}_key) WHERE {1}_key <> ''",
                    table.name, column.name
                ),
                [],
            )?;
        }
    }
    told.fill(tx, table)?;
    entry::come_back(tx, table)?;
    free_names(tx, table)?;
    let mut count = entry::merge(tx, table, told.all_records())?;
    count.kind = kind_of(table);
    write(tx, table, told.all_records(), &mut count)?;
    Ok(count)
}

/// Whether there is nothing that a staged record could be: no row, and none that waits for its end.
fn is_new(tx: &Connection, table: &Table) -> Result<bool> {
    let t = table.name;
    let sql =
        format!("SELECT NOT EXISTS (SELECT 1 FROM {t}) AND NOT EXISTS (SELECT 1 FROM temp.pend WHERE tbl = '{t}')");
    Ok(tx.query_row(&sql, [], |r| r.get(0))?)
}

/// Gives every staged record the id of the row that it is.
///
/// A record created here is recognized by its name once the desk has it; a record of the desk by the desk's key,
/// also when it was removed here; and one whose key the desk has changed by its name.
fn identify(tx: &Connection, table: &Table, all_new: bool) -> Result<()> {
    let t = table.name;
    let natural = table.with_role(Role::Natural).filter(|_| !all_new);
    if let Some(natural) = natural {
        tx.execute_batch(&format!(
            "UPDATE temp.in_{t} AS i SET id = (SELECT m.id FROM {t} m WHERE m.{natural} = i.{natural} AND m.desk_key IS NULL AND m.present = 1)
             WHERE NOT EXISTS (SELECT 1 FROM {t} m WHERE m.desk_key = i.desk_key AND m.present = 1);"
        ))?;
    }
    if all_new {
        tx.execute(
            &format!("UPDATE temp.in_{t} SET id = portico_desk_id('{t}', desk_key)"),
            [],
        )?;
        return Ok(());
    }
    tx.execute_batch(&format!(
        "UPDATE temp.in_{t} AS i SET id = (SELECT m.id FROM {t} m WHERE m.desk_key = i.desk_key ORDER BY m.present DESC LIMIT 1)
         WHERE id IS NULL;
         UPDATE temp.in_{t} AS i SET id = (SELECT p.id FROM temp.pend p WHERE p.tbl = '{t}' AND p.desk_key = i.desk_key)
         WHERE id IS NULL;"
    ))?;
    if let Some(natural) = natural {
        tx.execute_batch(&format!(
            "UPDATE temp.in_{t} AS i SET id =
                (SELECT m.id FROM {t} m WHERE m.{natural} = i.{natural} AND m.desk_key NOT IN (SELECT desk_key FROM temp.in_{t})
                 ORDER BY m.present DESC LIMIT 1)
             WHERE id IS NULL;"
        ))?;
    }
    tx.execute_batch(&format!(
        "UPDATE temp.in_{t} SET id = portico_desk_id('{t}', desk_key) WHERE id IS NULL
            AND portico_desk_id('{t}', desk_key) NOT IN (SELECT id FROM {t})
            AND portico_desk_id('{t}', desk_key) NOT IN (SELECT id FROM temp.pend);
         UPDATE temp.in_{t} SET id = portico_new_id() WHERE id IS NULL;"
    ))?;
    Ok(())
}

/// Finds an id for every key in `column` of `raw` that no record of `target` has: a row that is here already, or a
/// placeholder.
pub(super) fn resolve_missing(tx: &Connection, raw: &str, column: &str, target: &str) -> Result<()> {
    let missing: Vec<String> = tx
        .prepare(&format!(
            "SELECT DISTINCT {column} FROM temp.{raw} WHERE {column} <> '' AND {column} NOT IN (SELECT key FROM temp.key_{target})"
        ))?
        .query_map([], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for key in missing {
        let id = stand_in(tx, target, &key)?;
        tx.prepare_cached(&format!("INSERT INTO temp.key_{target} (key, id) VALUES (?1, ?2)"))?
            .execute((&key, id))?;
    }
    Ok(())
}

fn stand_in(tx: &Connection, target: &str, key: &str) -> Result<Vec<u8>> {
    let table = Table::named(target);
    let natural = table.and_then(|t| t.with_role(Role::Natural));
    // Where people and accounts are concerned, the key that others name is what an admin would type.
    let created_here = match (target, natural) {
        ("external_user" | "account", Some(natural)) => {
            format!(" OR (desk_key IS NULL AND {natural} = ?1)")
        }
        _ => String::new(),
    };
    let sql = format!("SELECT id FROM {target} WHERE desk_key = ?1{created_here} ORDER BY present DESC LIMIT 1");
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query([key])?;
    if let Some(row) = rows.next()? {
        return Ok(row.get(0)?);
    }
    let mut columns = vec!["id".to_owned(), "desk_key".to_owned(), "present".to_owned()];
    let mut values = vec![
        format!(
            "iif(portico_desk_id('{target}', ?1) IN (SELECT id FROM {target}), portico_new_id(), portico_desk_id('{target}', ?1))"
        ),
        "?1".to_owned(),
        "0".to_owned(),
    ];
    if let Some(natural) = natural {
        columns.push(natural.to_owned());
        values.push("?1".to_owned());
    }
    let sql = format!(
        "INSERT INTO {target} ({}) VALUES ({}) RETURNING id",
        columns.join(", "),
        values.join(", ")
    );
    Ok(tx.prepare_cached(&sql)?.query_row([key], |r| r.get(0))?)
}

/// Takes names away from rows that are about to lose them, so that records can swap theirs.
fn free_names(tx: &Connection, table: &'static Table) -> Result<()> {
    let Some(natural) = table.with_role(Role::Natural) else {
        return Ok(());
    };
    let t = table.name;
    entry::give_way(tx, table, natural)?;
    tx.execute(
        &format!(
            "UPDATE {t} SET {natural} = char(1) || hex(id) WHERE id IN
                (SELECT m.id FROM temp.in_{t} i JOIN {t} m ON m.{natural} = i.{natural}
                 WHERE m.id <> i.id AND m.present = 1)"
        ),
        [],
    )?;
    Ok(())
}

/// Adds, changes and removes all rows about which nothing is pending.
fn write(tx: &Connection, table: &'static Table, all_records: bool, count: &mut KindCount) -> Result<()> {
    let t = table.name;
    let free = "NOT IN (SELECT id FROM temp.pend)";
    let promoted: i64 = tx.query_row(
        &format!("SELECT count(*) FROM temp.in_{t} i JOIN {t} m ON m.id = i.id WHERE m.present = 0 AND m.id {free}"),
        [],
        |r| r.get(0),
    )?;
    if all_records {
        let gone = format!(
            "UPDATE {t} SET present = 0 WHERE present = 1 AND desk_key IS NOT NULL
                AND id NOT IN (SELECT id FROM temp.in_{t}) AND id {free}"
        );
        count.removed += tx.execute(&gone, [])? as u64;
    }
    let names: Vec<&str> = staged(table).map(|c| c.name).collect();
    let computed = derived::expressions(t, "i.");
    let sets: Vec<String> = names
        .iter()
        .map(|n| format!("{n} = i.{n}"))
        .chain(computed.iter().map(|(n, sql)| format!("{n} = {sql}")))
        .collect();
    let differs = |tracked: bool| {
        let columns = staged(table).filter(|c| c.role.tracked() == tracked);
        columns
            .map(|c| format!("{t}.{0} IS NOT i.{0}", c.name))
            .collect::<Vec<_>>()
            .join(" OR ")
    };
    let update = |condition: &str| {
        format!(
            "UPDATE {t} SET {} FROM temp.in_{t} i WHERE i.id = {t}.id AND {t}.id {free} AND ({condition})",
            sets.join(", ")
        )
    };
    let promoted = promoted.unsigned_abs();
    count.changed += tx.execute(&update(&differs(true)), [])? as u64 - promoted;
    tx.execute(&update(&differs(false)), [])?;
    let columns: Vec<&str> = names.iter().copied().chain(computed.iter().map(|(n, _)| *n)).collect();
    let values: Vec<String> = names
        .iter()
        .map(|n| format!("i.{n}"))
        .chain(computed.iter().map(|(_, sql)| sql.clone()))
        .collect();
    let indexes = Indexes::take(tx, table)?;
    count.added += promoted
        + tx.execute(
            &format!(
                "INSERT INTO {t} (id, {}) SELECT i.id, {} FROM temp.in_{t} i
                 WHERE i.id NOT IN (SELECT id FROM {t}) AND i.id {free}",
                columns.join(", "),
                values.join(", ")
            ),
            [],
        )? as u64;
    indexes.give_back(tx)
}

/// Removes placeholders to which nothing refers any more.
pub(super) fn drop_unused_placeholders(tx: &Connection) -> Result<()> {
    for table in SYNCED.iter().rev().filter(|t| t.is_entity() && t.based) {
        let mut unused = String::new();
        for from in SYNCED {
            for column in from.columns {
                if column.role == Role::Reference(table.name) {
                    let (child, name, parent) = (from.name, column.name, table.name);
                    unused.extend([format!(
                        " AND NOT EXISTS (SELECT 1 FROM {child} r WHERE r.{name} = {parent}.id)"
                    )]);
                }
            }
        }
        tx.execute(
            &format!(
                "DELETE FROM {} WHERE present = 0 AND id NOT IN (SELECT id FROM temp.pend){unused}",
                table.name
            ),
            [],
        )?;
    }
    Ok(())
}
