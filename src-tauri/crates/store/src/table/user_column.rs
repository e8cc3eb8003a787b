//! The columns that a list of people can show, sort by and write into a file. Another column is another line here.

use rusqlite::Row;
use rusqlite::types::ValueRef;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Text that a row of the list has as a field of its own.
    Field,
    /// Text.
    Text,
    /// `yes` or nothing.
    Flag,
    /// How many there are.
    Count,
}

/// A column of the list of people.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its key, the same on every floor: a field's name where it shows a field of the form.
    pub key: &'static str,
    holds: Holds,
    /// Where its value is: in `u`, the person, or `a`, the primary account; of a count, what is counted of the links `l`.
    sql: &'static str,
}

const fn field(key: &'static str, sql: &'static str) -> Column {
    let holds = Holds::Field;
    Column { key, holds, sql }
}

const fn text(key: &'static str, sql: &'static str) -> Column {
    let holds = Holds::Text;
    Column { key, holds, sql }
}

const fn flag(key: &'static str, sql: &'static str) -> Column {
    let holds = Holds::Flag;
    Column { key, holds, sql }
}

const fn count(key: &'static str, sql: &'static str) -> Column {
    let holds = Holds::Count;
    Column { key, holds, sql }
}

/// On desks that have no other name, the title is the name.
const NAME: &str = "coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), nullif(trim(u.title), ''), u.login)";
const STATUS: &str = "CASE u.validity WHEN 1 THEN 'valid' WHEN 2 THEN 'invalid' WHEN 3 THEN 'invalid-temporarily' \
                      WHEN 4 THEN 'not-registered' END";
const CHANGED: &str = "iif(EXISTS (SELECT 1 FROM base b WHERE b.user_id = u.id), 'changed', '')";
const CONTACT_PERSON: &str = "(SELECT coalesce(nullif(trim(x.first_name || ' ' || x.last_name), ''), x.title) \
                              FROM contact x WHERE x.id = u.contact_person_id)";

/// All columns, in the order in which they are offered.
pub static COLUMNS: &[Column] = &[
    field("name", NAME),
    field("login", "u.login"),
    text("title", "u.title"),
    field("first_name", "u.first_name"),
    field("last_name", "u.last_name"),
    text("language", "u.language"),
    text("category", "u.category"),
    flag("external", "u.external"),
    field("email", "u.email"),
    text("secondary_email", "u.secondary_email"),
    text("phone", "u.phone"),
    text("mobile", "u.mobile"),
    text("fax", "u.fax"),
    text("street", "u.street"),
    text("zip", "u.zip"),
    text("city", "u.city"),
    text("region", "u.region"),
    text("country", "u.country"),
    text("twitter", "u.twitter"),
    text("facebook", "u.facebook"),
    text("description", "u.description"),
    field("account", "iif(a.name = '', a.key, a.name)"),
    field("account_key", "a.key"),
    count("further_accounts", "count(*) FROM user_account l"),
    count("seen_accounts", "count(*) FROM user_account_view l"),
    count("contacts", "count(*) FROM user_contact l"),
    text("contact_person", CONTACT_PERSON),
    text("backend", "(SELECT x.name FROM backend x WHERE x.id = u.backend_id)"),
    text(
        "main_group",
        "(SELECT x.name FROM permission_group x WHERE x.id = u.main_group_id)",
    ),
    text("linked_resource", "u.linked_resource"),
    flag("account_contacts", "u.account_contacts"),
    flag("account_tickets", "u.account_tickets"),
    flag("external_comments", "u.external_comments"),
    text("address", "(SELECT x.name FROM address x WHERE x.id = u.address_id)"),
    count("read_addresses", "sum(l.permission = 'read') FROM user_address l"),
    count("write_addresses", "sum(l.permission = 'write') FROM user_address l"),
    flag("right_addresses", "u.right_addresses"),
    flag("right_machines", "u.right_machines"),
    flag("right_contact_person", "u.right_contact_person"),
    flag("excel_export", "u.excel_export"),
    count("groups", "count(DISTINCT l.group_id) FROM user_group l"),
    count("responsible_groups", "count(*) FROM user_responsible_group l"),
    count("responsible_agents", "count(*) FROM user_responsible_agent l"),
    count("ticket_types", "count(*) FROM user_ticket_type l"),
    flag("restrict_states", "u.restrict_states"),
    count("ticket_states", "count(*) FROM user_ticket_state l"),
    count("services", "count(*) FROM user_service l"),
    count("objects", "count(DISTINCT l.object_id) FROM user_object l"),
    field("status", STATUS),
    text("invited", "u.invited"),
    text("expires", "u.expires"),
    text("sponsor", "u.sponsor"),
    field("changed", CHANGED),
];

impl Column {
    /// The column with this key.
    pub fn named(key: &str) -> Option<&'static Self> {
        COLUMNS.iter().find(|c| c.key == key)
    }

    /// Whether its values are numbers.
    pub fn is_number(&self) -> bool {
        self.holds == Holds::Count
    }

    /// The columns that a row of the list has no field for.
    pub(super) fn further() -> impl Iterator<Item = &'static Self> {
        COLUMNS.iter().filter(|c| c.holds != Holds::Field)
    }

    /// The expression that gives its value.
    pub(super) fn value(&self) -> String {
        let Self { sql, .. } = self;
        match self.holds {
            Holds::Field | Holds::Text => (*sql).to_owned(),
            Holds::Flag => format!("iif({sql}, 'yes', '')"),
            Holds::Count => format!("coalesce((SELECT {sql} WHERE l.user_id = u.id), 0)"),
        }
    }

    /// A query for the people of whom it says something, with what it says: `yes` of a flag that is up.
    pub(super) fn values(&self) -> String {
        let Self { sql, .. } = self;
        let people = "external_user u LEFT JOIN account a ON a.id = u.account_id";
        match self.holds {
            Holds::Field | Holds::Text => format!("SELECT u.id, {sql} AS value FROM {people} WHERE value <> ''"),
            Holds::Flag => format!("SELECT u.id, 'yes' FROM {people} WHERE {sql}"),
            Holds::Count => format!("SELECT l.user_id, {sql} GROUP BY l.user_id"),
        }
    }

    /// The expressions by which it is sorted: what is empty comes last, whichever way.
    pub(super) fn order(&self, way: &str) -> String {
        let value = self.value();
        match self.holds {
            Holds::Count => format!("{value}{way}"),
            Holds::Flag | Holds::Field | Holds::Text => {
                format!("coalesce({value}, '') = '', portico_search({value}){way}")
            }
        }
    }
}

/// A cell as text; nothing is an empty text.
pub(super) fn read(row: &Row<'_>, index: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(index)? {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        _ => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use portico_core::model::Validity;

    use super::*;

    #[test]
    fn every_status_has_its_name() {
        let named = (1..)
            .map_while(Validity::from_number)
            .map(|v| format!("WHEN {} THEN '{}'", v.number(), v.name()));
        for case in named {
            assert!(STATUS.contains(&case), "{case}");
        }
    }

    #[test]
    fn a_key_names_one_column() {
        for (at, column) in COLUMNS.iter().enumerate() {
            assert_eq!(
                COLUMNS.iter().position(|c| c.key == column.key),
                Some(at),
                "{}",
                column.key
            );
        }
        assert_eq!(Column::named("phone").map(|c| c.key), Some("phone"));
        assert_eq!(Column::named("shoe"), None);
    }
}
