//! A form's fields by their names: for callers that handle every field alike.

use portico_core::form::check::{Form, Value};

use crate::types::form::FieldValue;
use crate::types::users::{GroupRight, ObjectRight, UserForm};

macro_rules! fields {
    (texts { $($text:ident)* } flags { $($flag:ident)* } lists { $($list:ident)* }) => {
        impl UserForm {
            /// What stands in a field; `None` for a name that is no field.
            pub fn value(&self, field: &str) -> Option<FieldValue> {
                Some(match field {
                    $(stringify!($text) => FieldValue::Text(self.$text.clone()),)*
                    $(stringify!($flag) => FieldValue::Flag(self.$flag),)*
                    $(stringify!($list) => FieldValue::List(self.$list.clone()),)*
                    "groups" => FieldValue::Groups(self.groups.clone()),
                    "objects" => FieldValue::Objects(self.objects.clone()),
                    _ => return None,
                })
            }

            /// Puts a value into a field; gives it back where there is no such field, or it holds something else.
            pub fn put(&mut self, field: &str, value: FieldValue) -> Result<(), FieldValue> {
                match (field, value) {
                    $((stringify!($text), FieldValue::Text(text)) => self.$text = text,)*
                    $((stringify!($flag), FieldValue::Flag(flag)) => self.$flag = flag,)*
                    $((stringify!($list), FieldValue::List(list)) => self.$list = list,)*
                    ("groups", FieldValue::Groups(rights)) => self.groups = rights,
                    ("objects", FieldValue::Objects(rights)) => self.objects = rights,
                    // An empty list says nothing of what it would hold.
                    ("groups", FieldValue::List(list)) if list.is_empty() => self.groups = Vec::new(),
                    ("objects", FieldValue::List(list)) if list.is_empty() => self.objects = Vec::new(),
                    (_, value) => return Err(value),
                }
                Ok(())
            }

            /// The text of a field; empty for a field that holds none.
            pub fn text(&self, field: &str) -> &str {
                match field {
                    $(stringify!($text) => &self.$text,)*
                    _ => "",
                }
            }
        }

        impl Form for UserForm {
            fn value(&self, field: &str) -> Value<'_> {
                match field {
                    $(stringify!($text) => Value::Text(&self.$text),)*
                    $(stringify!($flag) => Value::Flag(self.$flag),)*
                    $(stringify!($list) => Value::List(&self.$list),)*
                    "groups" => Value::Rights(pairs(&self.groups)),
                    "objects" => Value::Rights(levels(&self.objects)),
                    _ => Value::Nothing,
                }
            }
        }
    };
}

/// Groups with their permissions, one at a time.
fn pairs(rights: &[GroupRight]) -> Vec<(&str, &str)> {
    rights
        .iter()
        .flat_map(|right| right.permissions.iter().map(|key| (right.group.as_str(), key.as_str())))
        .collect()
}

/// Objects with their levels.
fn levels(rights: &[ObjectRight]) -> Vec<(&str, &str)> {
    rights
        .iter()
        .map(|right| (right.object.as_str(), right.level.as_str()))
        .collect()
}

impl FieldValue {
    /// The value as the check of a form takes it.
    pub fn as_checked(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Flag(flag) => Value::Flag(*flag),
            Self::List(ids) => Value::List(ids),
            Self::Groups(rights) => Value::Rights(pairs(rights)),
            Self::Objects(rights) => Value::Rights(levels(rights)),
        }
    }
}

fields! {
    texts {
        login title first_name last_name email phone mobile fax street zip city country description status account
        language secondary_email category region twitter facebook custom linked_resource password invited expires
        sponsor contact_person address main_group backend
    }
    flags {
        external account_contacts account_tickets external_comments right_addresses right_machines right_contact_person
        restrict_states excel_export
    }
    lists {
        further_accounts seen_accounts contacts read_addresses write_addresses responsible_groups responsible_agents
        ticket_types ticket_states services
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use portico_core::form::field::{Entity, Kind};

    use super::*;

    /// The catalogue of fields and the form are two lists: they must be one.
    #[test]
    fn every_field_of_the_catalogue_is_in_the_form_and_holds_what_it_says() {
        let form = UserForm::default();
        for field in Entity::ExternalUser.fields() {
            let value = form
                .value(field.name)
                .unwrap_or_else(|| panic!("the form has no {}", field.name));
            let fits = match field.kind {
                Kind::Flag => matches!(value, FieldValue::Flag(_)),
                Kind::Many(_) => matches!(value, FieldValue::List(_)),
                Kind::Rights(_) => matches!(value, FieldValue::Groups(_)),
                Kind::Levels(_) => matches!(value, FieldValue::Objects(_)),
                _ => matches!(value, FieldValue::Text(_)),
            };
            assert!(fits, "{} holds {value:?}", field.name);
            UserForm::default().put(field.name, value).unwrap();
        }
        let names = serde_json::to_value(&form).unwrap();
        for name in names.as_object().unwrap().keys() {
            assert!(
                Entity::ExternalUser.fields().iter().any(|f| f.name == name),
                "{name} is not in the catalogue"
            );
        }
    }
}
