//! What refers to a record: every column that can, found in the tables' own descriptions.

use portico_core::form::field::Entity;
use rusqlite::Connection;

use super::Id;
use super::choice::{self, Choice};
use super::face::face;
use crate::error::Result;
use crate::table::{Role, SYNCED, Table};
use crate::transact::Tx;

/// A way in which records of one kind refer to another.
#[derive(Debug, Clone, Copy)]
struct Way {
    table: &'static Table,
    /// The column that refers.
    column: &'static str,
    /// Whose row it is, or, for a link, what stands at its other end.
    holder: Entity,
    /// The column that names the holder.
    holder_column: &'static str,
    /// The holder's field.
    field: &'static str,
    /// Only links with this permission.
    permission: Option<&'static str>,
    /// Whether the links belong to the record itself, so that they go with it.
    own: bool,
}

impl Way {
    /// Rows that refer to `?1`.
    fn rows(&self) -> String {
        let also = self
            .permission
            .map(|p| format!(" AND permission = '{p}'"))
            .unwrap_or_default();
        format!("FROM {} WHERE {} = ?1{also}", self.table.name, self.column)
    }

    /// Whether a holder refers to `?1`.
    fn one_of(&self, holder: &str) -> String {
        format!(
            "EXISTS (SELECT 1 {} AND {} = {holder})",
            self.rows_by_holder(),
            self.holder_column
        )
    }

    /// As [`Way::rows`], found by the holder and not by what is referred to.
    fn rows_by_holder(&self) -> String {
        self.rows()
            .replacen(&format!("{} = ?1", self.column), &format!("+{} = ?1", self.column), 1)
    }

    /// How many holders refer to `?1`. A link with a right may stand several times.
    fn count(&self) -> String {
        let what = if self.table.is_entity() || self.table.key == 2 || self.permission.is_some() {
            "*".to_owned()
        } else {
            format!("DISTINCT {}", self.holder_column)
        };
        format!("SELECT count({what}) {}", self.rows())
    }
}

/// The form's field that a table of links stands for.
fn field_of_link(table: &str) -> &'static str {
    match table {
        "user_account" => "further_accounts",
        "user_account_view" => "seen_accounts",
        "user_contact" => "contacts",
        "user_address" => "read_addresses",
        "user_responsible_group" => "responsible_groups",
        "user_responsible_agent" => "responsible_agents",
        "user_ticket_type" => "ticket_types",
        "user_ticket_state" => "ticket_states",
        "user_service" => "services",
        "user_object" | "group_object" => "objects",
        _ => "groups",
    }
}

fn entity_of(role: Role) -> Option<Entity> {
    if let Role::Reference(name) = role {
        Entity::from_name(name)
    } else {
        None
    }
}

/// All ways in which something can refer to a record of this kind, in the order of the tables.
fn ways(entity: Entity) -> Vec<Way> {
    let mut found = Vec::new();
    for &table in SYNCED {
        for (place, column) in table.columns.iter().enumerate() {
            if entity_of(column.role) != Some(entity) {
                continue;
            }
            if table.is_entity() {
                found.extend(Entity::from_name(table.name).map(|holder| Way {
                    table,
                    column: column.name,
                    holder,
                    holder_column: "id",
                    field: column.name.strip_suffix("_id").unwrap_or(column.name),
                    permission: None,
                    own: false,
                }));
            } else {
                found.extend(link_ways(table, place, column.name));
            }
        }
    }
    found
}

fn link_ways(table: &'static Table, place: usize, column: &'static str) -> Vec<Way> {
    let other = table.columns[..table.key]
        .iter()
        .enumerate()
        .find_map(|(n, c)| Some((c.name, entity_of(c.role).filter(|_| n != place)?)));
    let Some((holder_column, holder)) = other else {
        return Vec::new();
    };
    let way = Way {
        table,
        column,
        holder,
        holder_column,
        field: field_of_link(table.name),
        permission: None,
        // A link stands with what it names first.
        own: place == 0,
    };
    if table.name != "user_address" || way.own {
        return vec![way];
    }
    let split = |permission, field| Way {
        permission: Some(permission),
        field,
        ..way
    };
    vec![split("read", "read_addresses"), split("write", "write_addresses")]
}

/// Records of one kind that refer to a record by one of their fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// What they are.
    pub entity: Entity,
    /// The field by which they refer.
    pub field: &'static str,
    /// How many.
    pub total: u64,
    /// The first of them, by name.
    pub some: Vec<Choice>,
    /// Whether these links belong to the record itself, so that they go with it.
    pub own: bool,
}

/// Everything that refers to a record, with the names of the first `most` of each; ways that nothing takes are left out.
pub fn uses(c: &Connection, entity: Entity, id: Id, most: u32) -> Result<Vec<Usage>> {
    let mut found = Vec::new();
    for way in ways(entity) {
        let total = counted(c, &way, id)?;
        if total == 0 {
            continue;
        }
        found.push(Usage {
            entity: way.holder,
            field: way.field,
            total,
            some: first(c, &way, id, most, total)?,
            own: way.own,
        });
    }
    Ok(found)
}

fn counted(c: &Connection, way: &Way, id: Id) -> Result<u64> {
    let count: i64 = c.prepare_cached(&way.count())?.query_row([id], |r| r.get(0))?;
    Ok(count.unsigned_abs())
}

/// With more than this, walking all holders in order until enough are found is faster than sorting those that refer.
const MANY: u64 = 1_000;

fn first(c: &Connection, way: &Way, id: Id, most: u32, total: u64) -> Result<Vec<Choice>> {
    let face = face(way.holder);
    let (holder, columns) = (way.holder.name(), choice::columns(face));
    let people = way.holder == Entity::ExternalUser;
    let sql = if total <= MANY {
        let order = if people {
            "t.sort_name".to_owned()
        } else {
            format!("portico_search({})", face.name)
        };
        format!(
            "SELECT {columns} FROM {holder} t WHERE t.id IN (SELECT {} {}) ORDER BY {order}, t.id LIMIT {most}",
            way.holder_column,
            way.rows()
        )
    } else if people {
        format!(
            "SELECT {columns} FROM user_search s CROSS JOIN {holder} t ON t.id = s.user_id
             WHERE s.present = 1 AND {} ORDER BY s.name LIMIT {most}",
            way.one_of("t.id")
        )
    } else {
        format!(
            "SELECT {columns} FROM {holder} t WHERE {} ORDER BY portico_search({}), t.id LIMIT {most}",
            way.one_of("t.id"),
            face.name
        )
    };
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map([id], choice::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many refer to a record, not counting links of its own.
pub fn total_uses(c: &Connection, entity: Entity, id: Id) -> Result<u64> {
    let mut total = 0;
    for way in ways(entity).iter().filter(|way| !way.own) {
        total += counted(c, way, id)?;
    }
    Ok(total)
}

/// The expression that counts what refers to the record `t`; links of its own left out.
pub(super) fn total(entity: Entity) -> String {
    let ways = ways(entity);
    let counts = ways.iter().filter(|way| !way.own);
    let counts: Vec<String> = counts
        .map(|way| format!("({})", way.count().replace("?1", "t.id")))
        .collect();
    // A bare number would be taken for the place of a column where it is ordered by.
    format!(
        "abs({})",
        if counts.is_empty() {
            "0".to_owned()
        } else {
            counts.join(" + ")
        }
    )
}

/// How many records of a kind refer to another one by a field: kind, field, number.
pub type UseCount = (Entity, &'static str, u64);

/// For each of these records what refers to it; links of its own left out.
pub fn uses_of_lines(c: &Connection, entity: Entity, ids: &[Id]) -> Result<Vec<Vec<UseCount>>> {
    let ways: Vec<Way> = ways(entity).into_iter().filter(|way| !way.own).collect();
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let mut line = Vec::new();
        for way in &ways {
            let total = counted(c, way, *id)?;
            if total > 0 {
                line.push((way.holder, way.field, total));
            }
        }
        found.push(line);
    }
    Ok(found)
}

/// Lets everything that refers to `from` refer to `to`; links that are there already fall together. Gives the number
/// of rows that changed.
pub fn move_uses(tx: &Tx<'_>, entity: Entity, from: Id, to: Id) -> Result<u64> {
    let mut moved = 0;
    for (table, column) in columns(entity) {
        // Two links that become one: the one that stands stays as it is.
        let sql = format!("UPDATE OR IGNORE {table} SET {column} = ?2 WHERE {column} = ?1");
        moved += tx.prepare_cached(&sql)?.execute((from, to))?;
        if !is_entity(table) {
            let sql = format!("DELETE FROM {table} WHERE {column} = ?1");
            moved += tx.prepare_cached(&sql)?.execute([from])?;
        }
    }
    Ok(moved as u64)
}

/// Lets nothing refer to a record any more: fields become empty, links go. Gives the number of rows that changed.
pub fn unlink_uses(tx: &Tx<'_>, entity: Entity, id: Id) -> Result<u64> {
    let mut changed = 0;
    for (table, column) in columns(entity) {
        let sql = if is_entity(table) {
            format!("UPDATE {table} SET {column} = NULL WHERE {column} = ?1")
        } else {
            format!("DELETE FROM {table} WHERE {column} = ?1")
        };
        changed += tx.prepare_cached(&sql)?.execute([id])?;
    }
    Ok(changed as u64)
}

/// Removes the links that belong to the record itself.
pub(super) fn drop_own(tx: &Tx<'_>, entity: Entity, id: Id) -> Result<()> {
    for way in ways(entity).iter().filter(|way| way.own) {
        tx.prepare_cached(&format!("DELETE {}", way.rows()))?.execute([id])?;
    }
    Ok(())
}

fn is_entity(table: &str) -> bool {
    Table::named(table).is_some_and(Table::is_entity)
}

/// Tables and columns that can refer to such a record, links of its own left out, each once.
fn columns(entity: Entity) -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<_> = ways(entity)
        .iter()
        .filter(|way| !way.own)
        .map(|way| (way.table.name, way.column))
        .collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::open;

    #[test]
    fn every_field_that_refers_is_known_and_has_an_index() {
        let conn = open::scratch().unwrap();
        for entity in Entity::ALL {
            for way in ways(entity) {
                let known = way.own
                    || way.holder.fields().iter().any(|f| f.name == way.field)
                    || way.table.name == "account_group";
                assert!(known, "{} has no field {}", way.holder.name(), way.field);
                let plan: Vec<String> = conn
                    .prepare(&format!("EXPLAIN QUERY PLAN {}", way.count()))
                    .unwrap()
                    .query_map([[0_u8; 16]], |r| r.get(3))
                    .unwrap()
                    .map(Result::unwrap)
                    .collect();
                assert!(plan.iter().any(|step| step.starts_with("SEARCH")), "{way:?}: {plan:?}");
            }
        }
    }

    #[test]
    fn every_reference_is_a_way() {
        let references = SYNCED
            .iter()
            .flat_map(|t| t.columns)
            .filter(|c| matches!(c.role, Role::Reference(_)));
        let ways: std::collections::BTreeSet<_> = Entity::ALL
            .into_iter()
            .flat_map(ways)
            .map(|way| (way.table.name, way.column))
            .collect();
        assert_eq!(ways.len(), references.count());
    }
}
