//! Links, row by row: adding and removing different ones never conflicts.

use rusqlite::{Connection, params_from_iter};

use super::scope::Told;
use super::{KindCount, entity, entry, kind_of};
use crate::base::{self, Entry};
use crate::error::Result;
use crate::history::changeset::key_values;
use crate::table::{Role, Table};

/// Merges what is staged of one table of links. What it refers to was merged before.
pub(super) fn merge(tx: &Connection, table: &'static Table, told: &Told<'_>) -> Result<KindCount> {
    for column in &table.columns[..table.key] {
        if let Role::Reference(target) = column.role {
            entity::resolve_missing(
                tx,
                &format!("raw_{}", table.name),
                &format!("{}_key", column.name),
                target,
            )?;
        }
    }
    resolve(tx, table)?;
    let owner = owner(table, told);
    pending(tx, table, owner)?;
    write(tx, table, owner)
}

/// Where the source speaks only of the links of the records that came, the table of these.
fn owner(table: &Table, told: &Told<'_>) -> Option<&'static str> {
    match table.columns.first()?.role {
        Role::Reference(owner) if !told.all_records() => Some(owner),
        _ => None,
    }
}

/// Turns keys into ids, and rows that the desk has several times into one with a count.
fn resolve(tx: &Connection, table: &Table) -> Result<()> {
    let (mut ids, mut joins) = (Vec::new(), String::new());
    for column in &table.columns[..table.key] {
        match column.role {
            Role::Reference(target) => {
                let alias = format!("k{}", ids.len());
                // CROSS keeps the order: the keys are looked up, never run over.
                let name = column.name;
                joins.extend([format!(
                    " CROSS JOIN temp.key_{target} {alias} ON {alias}.key = r.{name}_key"
                )]);
                ids.push(format!("{alias}.id"));
            }
            _ => ids.push(format!("r.{}", column.name)),
        }
    }
    let key = ids.join(", ");
    let position = match table.position("position") {
        Some(_) => format!(", row_number() OVER (PARTITION BY {} ORDER BY min(r.seq))", ids[0]),
        None => String::new(),
    };
    tx.execute(
        &format!(
            "INSERT INTO temp.in_{0} ({1}) SELECT {key}, count(*){position} FROM temp.raw_{0} r{joins} GROUP BY {key} ORDER BY {key}",
            table.name,
            table.names()
        ),
        [],
    )?;
    Ok(())
}

/// Notes the rows about which something is pending, and forgets what the desk has followed meanwhile.
fn pending(tx: &Connection, table: &'static Table, owner: Option<&str>) -> Result<()> {
    let key: Vec<&str> = table.columns[..table.key].iter().map(|c| c.name).collect();
    let marks = vec!["?"; key.len()].join(", ");
    let note = format!(
        "INSERT INTO temp.pend_{} ({}) VALUES ({marks})",
        table.name,
        key.join(", ")
    );
    let exists = format!(
        "SELECT EXISTS (SELECT 1 FROM temp.in_{} WHERE {})",
        table.name,
        table.by_key()
    );
    for text in entry::keys(tx, table)? {
        let values = key_values(table, &text)?;
        let there: bool = tx
            .prepare_cached(&exists)?
            .query_row(params_from_iter(&values), |r| r.get(0))?;
        let spoken_of = match owner {
            Some(owner) => tx
                .prepare_cached(&format!("SELECT EXISTS (SELECT 1 FROM temp.in_{owner} WHERE id = ?1)"))?
                .query_row([values.first()], |r| r.get(0))?,
            None => true,
        };
        match (base::entry(tx, table, &text)?, there) {
            (Some(Entry::Inserted), true) => base::put(tx, table, &text, None)?,
            (Some(Entry::Deleted(_)), false) if spoken_of => base::put(tx, table, &text, None)?,
            _ => {
                tx.prepare_cached(&note)?.execute(params_from_iter(&values))?;
            }
        }
    }
    Ok(())
}

fn write(tx: &Connection, table: &Table, owner: Option<&str>) -> Result<KindCount> {
    let t = table.name;
    let whose = owner.map_or_else(String::new, |owner| {
        format!(" AND {t}.{} IN (SELECT id FROM temp.in_{owner})", table.columns[0].name)
    });
    let same = |a: &str, b: &str| {
        let key = table.columns[..table.key].iter();
        key.map(|c| format!("{a}.{0} = {b}.{0}", c.name))
            .collect::<Vec<_>>()
            .join(" AND ")
    };
    let removed = tx.execute(
        &format!(
            "DELETE FROM {t} WHERE NOT EXISTS (SELECT 1 FROM temp.in_{t} i WHERE {}) AND NOT EXISTS (SELECT 1 FROM temp.pend_{t} p WHERE {}){whose}",
            same("i", t),
            same("p", t)
        ),
        [],
    )?;
    let book: Vec<&str> = table.columns[table.key..].iter().map(|c| c.name).collect();
    let sets: Vec<String> = book.iter().map(|n| format!("{n} = i.{n}")).collect();
    let differs: Vec<String> = book.iter().map(|n| format!("{t}.{n} IS NOT i.{n}")).collect();
    tx.execute(
        &format!(
            "UPDATE {t} SET {} FROM temp.in_{t} i WHERE {} AND ({})",
            sets.join(", "),
            same("i", t),
            differs.join(" OR ")
        ),
        [],
    )?;
    let added = tx.execute(
        &format!(
            "INSERT INTO {t} ({0}) SELECT {0} FROM temp.in_{t} i
             WHERE NOT EXISTS (SELECT 1 FROM {t} m WHERE {1}) AND NOT EXISTS (SELECT 1 FROM temp.pend_{t} p WHERE {2})",
            table.names(),
            same("m", "i"),
            same("p", "i")
        ),
        [],
    )?;
    Ok(KindCount {
        kind: kind_of(table),
        added: added as u64,
        changed: 0,
        removed: removed as u64,
    })
}
