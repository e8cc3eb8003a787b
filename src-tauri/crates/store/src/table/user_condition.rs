//! Conditions on single fields of the form, for the list of people.

use portico_core::form::field::{Entity, Kind};
use rusqlite::types::Value;

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// It holds one of the values.
    Is,
    /// It is a day before the value.
    Before,
    /// It is a day after the value.
    After,
}

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A text, letter by letter; a day.
    Text(String),
    /// On or off.
    Flag(bool),
    /// A record, and where it matters the permission key or the level.
    Record([u8; 16], Option<String>),
    /// Nothing at all.
    Nothing,
}

/// A condition on a field of the form; any of the values will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCondition {
    /// The form's name of the field.
    pub field: &'static str,
    /// How it is compared.
    pub test: Test,
    /// With what.
    pub values: Vec<Wanted>,
}

/// The table of a field that is kept as links, its column, and the condition it begins with.
fn link(field: &str) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match field {
        "further_accounts" => ("user_account", "account_id", "1"),
        "seen_accounts" => ("user_account_view", "account_id", "1"),
        "contacts" => ("user_contact", "contact_id", "1"),
        "groups" => ("user_group", "group_id", "1"),
        "read_addresses" => ("user_address", "address_id", "l.permission = 'read'"),
        "write_addresses" => ("user_address", "address_id", "l.permission = 'write'"),
        "responsible_groups" => ("user_responsible_group", "group_id", "1"),
        "responsible_agents" => ("user_responsible_agent", "agent_id", "1"),
        "ticket_types" => ("user_ticket_type", "type_id", "1"),
        "ticket_states" => ("user_ticket_state", "state_id", "1"),
        "services" => ("user_service", "service_id", "1"),
        "objects" => ("user_object", "object_id", "1"),
        _ => return None,
    })
}

impl FieldCondition {
    /// SQL on a person `s`, its values added to the parameters. What cannot be compared holds for nobody.
    pub(super) fn sql(&self, params: &mut Vec<Value>) -> String {
        let ways: Vec<String> = self.values.iter().map(|value| self.way(value, params)).collect();
        if ways.is_empty() {
            return "1".to_owned();
        }
        format!("({})", ways.join(" OR "))
    }

    fn way(&self, value: &Wanted, params: &mut Vec<Value>) -> String {
        match link(self.field) {
            Some(link) => linked(link, self.field, value, params),
            None => self.plain(value, params),
        }
    }

    fn plain(&self, value: &Wanted, params: &mut Vec<Value>) -> String {
        let Some(field) = Entity::ExternalUser.fields().iter().find(|one| one.name == self.field) else {
            return "0".to_owned();
        };
        let is_reference = matches!(field.kind, Kind::One(_));
        let column = if is_reference {
            format!("u.{}_id", field.name)
        } else {
            format!("u.{}", field.name)
        };
        let condition = match (value, self.test) {
            (Wanted::Nothing, _) if is_reference => format!("{column} IS NULL"),
            (Wanted::Nothing, _) => format!("{column} IN ('', 0)"),
            (Wanted::Record(id, _), _) => {
                params.push(Value::Blob(id.to_vec()));
                format!("{column} = ?")
            }
            (Wanted::Flag(flag), _) => format!("{column} = {}", i32::from(*flag)),
            (Wanted::Text(text), how) => {
                params.push(Value::Text(text.clone()));
                match how {
                    Test::Is => format!("{column} = ?"),
                    Test::Before => format!("{column} <> '' AND {column} < ?"),
                    Test::After => format!("{column} > ?"),
                }
            }
        };
        format!("s.user_id IN (SELECT u.id FROM external_user u WHERE {condition})")
    }
}

fn linked((table, column, which): (&str, &str, &str), field: &str, value: &Wanted, params: &mut Vec<Value>) -> String {
    let right = if field == "objects" { "level" } else { "permission" };
    match value {
        Wanted::Nothing => format!("s.user_id NOT IN (SELECT l.user_id FROM {table} l WHERE {which})"),
        Wanted::Record(id, key) => {
            params.push(Value::Blob(id.to_vec()));
            let and = key.as_ref().map_or_else(String::new, |key| {
                params.push(Value::Text(key.clone()));
                format!(" AND l.{right} = ?")
            });
            format!("s.user_id IN (SELECT l.user_id FROM {table} l WHERE {which} AND l.{column} = ?{and})")
        }
        Wanted::Text(_) | Wanted::Flag(_) => "0".to_owned(),
    }
}
