//! The configuration: one file per table, with its migrations, its row, its reads and its writes.
//!
//! What every table has in common is described by [`Table`]; recording, base and import work from that
//! description. A table that is recorded must be in [`SYNCED`] (a test compares it with the schema).

pub mod account;
pub mod account_group;
pub mod account_list;
pub mod account_people;
pub mod address;
pub mod agent;
pub mod backend;
pub mod cell;
pub mod contact;
pub(crate) mod derived;
pub mod desk_setting;
pub mod expectation;
pub mod external_user;
pub mod finding_mute;
pub mod group_object;
pub mod machine;
pub mod matrix;
pub mod meta;
pub mod permission_group;
pub mod portal_object;
pub mod queue;
pub mod record;
pub(crate) mod row;
pub mod service;
pub mod template;
pub mod ticket_priority;
pub mod ticket_state;
pub mod ticket_type;
pub mod user_account;
pub mod user_account_view;
pub mod user_address;
pub mod user_column;
pub mod user_condition;
pub mod user_contact;
pub mod user_facet;
pub mod user_group;
pub mod user_list;
pub mod user_object;
pub mod user_order;
pub mod user_responsible_agent;
pub mod user_responsible_group;
pub mod user_search;
pub mod user_secret;
pub mod user_selection;
pub mod user_service;
pub mod user_ticket_state;
pub mod user_ticket_type;

use cell::Kind;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The entity's own id.
    Id,
    /// The desk's key of the entity.
    DeskKey,
    /// The unique name by which an entity created here is recognized in the desk later.
    Natural,
    /// What people edit and desks know.
    Field,
    /// The id of a row of another table.
    Reference(&'static str),
    /// 0 for a placeholder of something that is only named by others.
    Present,
    /// Bookkeeping; never a difference of its own.
    Book,
    /// Portico's own: people edit it, no desk knows it, no import touches it, no export takes it.
    Own,
    /// Computed from other columns.
    Derived,
}

impl Role {
    /// Whether a difference in such a column is a difference from the desk.
    pub(crate) fn tracked(self) -> bool {
        matches!(self, Self::Natural | Self::Field | Self::Reference(_) | Self::Present)
    }
}

/// A column of a recorded table.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) role: Role,
}

impl Column {
    /// What it holds where nothing is known of it.
    pub(crate) fn unset(&self) -> rusqlite::types::Value {
        use rusqlite::types::Value;
        match (self.name, self.kind, self.role) {
            ("password", ..) => Value::Text("unchanged".to_owned()),
            (_, Kind::Text, Role::DeskKey) | (_, Kind::Id, _) | ("has_password", Kind::Integer, _) => Value::Null,
            (_, Kind::Text, _) => Value::Text(String::new()),
            ("external" | "validity" | "present" | "copies" | "inherits", Kind::Integer, _) => Value::Integer(1),
            (_, Kind::Integer, _) => Value::Integer(0),
        }
    }
}

/// A recorded table, its columns in the order of the schema.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// How many of the first columns are the primary key.
    pub(crate) key: usize,
    pub(crate) columns: &'static [Column],
    /// Whether differences from the desk are kept (settings are knowledge about the desk, templates are ours).
    pub(crate) based: bool,
}

impl Table {
    /// The description of the table `name`.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        SYNCED.iter().find(|t| t.name == name).copied()
    }

    /// The column's position.
    pub(crate) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// The first column with this role.
    pub(crate) fn with_role(&self, role: Role) -> Option<&'static str> {
        self.columns.iter().find(|c| c.role == role).map(|c| c.name)
    }

    /// Whether rows are entities with an id of their own, and not links or settings.
    pub(crate) fn is_entity(&self) -> bool {
        self.columns.first().is_some_and(|c| c.role == Role::Id)
    }

    /// `id = ?1` or `user_id = ?1 AND group_id = ?2`.
    pub(crate) fn by_key(&self) -> String {
        self.columns[..self.key]
            .iter()
            .enumerate()
            .map(|(n, c)| format!("{} = ?{}", c.name, n + 1))
            .collect::<Vec<_>>()
            .join(" AND ")
    }

    /// All column names, with commas between.
    pub(crate) fn names(&self) -> String {
        self.columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
    }
}

/// The column by whose value a new record is known again; `None` for a table of links, and where no column tells
/// records apart.
pub fn natural(table: &str) -> Option<&'static str> {
    Table::named(table)?.with_role(Role::Natural)
}

/// All columns of a recorded table.
pub fn columns(table: &str) -> Vec<&'static str> {
    Table::named(table).map_or_else(Vec::new, |table| table.columns.iter().map(|c| c.name).collect())
}

/// All recorded tables, what is referred to before what refers.
pub(crate) static SYNCED: &[&Table] = &[
    &backend::TABLE,
    &account::TABLE,
    &permission_group::TABLE,
    &queue::TABLE,
    &ticket_type::TABLE,
    &ticket_state::TABLE,
    &ticket_priority::TABLE,
    &service::TABLE,
    &contact::TABLE,
    &address::TABLE,
    &machine::TABLE,
    &agent::TABLE,
    &external_user::TABLE,
    &portal_object::TABLE,
    &user_account::TABLE,
    &user_account_view::TABLE,
    &user_contact::TABLE,
    &user_group::TABLE,
    &account_group::TABLE,
    &user_service::TABLE,
    &user_address::TABLE,
    &user_responsible_group::TABLE,
    &user_responsible_agent::TABLE,
    &user_ticket_type::TABLE,
    &user_ticket_state::TABLE,
    &user_object::TABLE,
    &group_object::TABLE,
    &template::TABLE,
    &desk_setting::TABLE,
    &finding_mute::TABLE,
    &expectation::TABLE,
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::open;

    #[test]
    fn the_descriptions_are_the_schema() {
        let conn = open::scratch().unwrap();
        for table in SYNCED {
            let mut found = conn
                .prepare("SELECT name, pk, type FROM pragma_table_xinfo(?1) ORDER BY cid")
                .unwrap();
            let found: Vec<(String, i64, String)> = found
                .query_map([table.name], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert!(table.key > 0, "{} has no key", table.name);
            let described: Vec<(String, i64, String)> = table
                .columns
                .iter()
                .enumerate()
                .map(|(n, c)| {
                    (
                        c.name.to_owned(),
                        if n < table.key {
                            i64::try_from(n).unwrap() + 1
                        } else {
                            0
                        },
                        c.kind.sql().to_owned(),
                    )
                })
                .collect();
            assert_eq!(described, found, "{}", table.name);
        }
    }

    #[test]
    fn every_table_with_ids_is_recorded() {
        let conn = open::scratch().unwrap();
        let mut names = conn
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'user_fts%' ORDER BY name")
            .unwrap();
        let apart = [
            "base",
            "change",
            "conflict",
            "contact_moved",
            "draft",
            "export",
            "export_operation",
            "meta",
            "user_search",
            "user_secret",
        ];
        let mut found: Vec<String> = names
            .query_map([], |r| r.get(0))
            .unwrap()
            .map(Result::unwrap)
            .filter(|n: &String| !apart.contains(&n.as_str()))
            .collect();
        found.sort();
        let mut described: Vec<&str> = SYNCED.iter().map(|t| t.name).collect();
        described.sort_unstable();
        assert_eq!(found, described);
    }
}
