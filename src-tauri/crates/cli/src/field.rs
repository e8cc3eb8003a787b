//! The fields of a person by the names that `set`, `show` and `users --where` use.

use std::str::FromStr;

use portico_api::types::users::UserForm;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// `valid`, `invalid`, `invalid-temporarily`.
    Status,
    /// The key of an account, or nothing.
    Account,
    /// Keys of accounts.
    Accounts,
    /// Names of groups, each with a colon and a permission.
    Groups,
}

/// A field by its name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

/// All fields, in the order in which they are shown.
pub(crate) const FIELDS: [Field; 17] = [
    field("login", Kind::Text),
    field("title", Kind::Text),
    field("first_name", Kind::Text),
    field("last_name", Kind::Text),
    field("email", Kind::Text),
    field("phone", Kind::Text),
    field("mobile", Kind::Text),
    field("fax", Kind::Text),
    field("street", Kind::Text),
    field("zip", Kind::Text),
    field("city", Kind::Text),
    field("country", Kind::Text),
    field("description", Kind::Text),
    field("status", Kind::Status),
    field("account", Kind::Account),
    field("accounts", Kind::Accounts),
    field("groups", Kind::Groups),
];

/// The validities by name.
pub(crate) const STATUSES: [&str; 3] = ["valid", "invalid-temporarily", "invalid"];

/// Finds a field; the error names those there are.
pub(crate) fn find(name: &str) -> Result<&'static Field, String> {
    FIELDS.iter().find(|field| field.name == name).ok_or_else(|| {
        let names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
        format!("there is no field {name:?}; there are {}", names.join(", "))
    })
}

/// The place of a text in the form; `None` for fields that are no text there.
pub(crate) fn text_mut<'a>(form: &'a mut UserForm, name: &str) -> Option<&'a mut String> {
    Some(match name {
        "login" => &mut form.login,
        "title" => &mut form.title,
        "first_name" => &mut form.first_name,
        "last_name" => &mut form.last_name,
        "email" => &mut form.email,
        "phone" => &mut form.phone,
        "mobile" => &mut form.mobile,
        "fax" => &mut form.fax,
        "street" => &mut form.street,
        "zip" => &mut form.zip,
        "city" => &mut form.city,
        "country" => &mut form.country,
        "description" => &mut form.description,
        "status" => &mut form.status,
        _ => return None,
    })
}

/// A condition of `users --where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) field: &'static Field,
    pub(crate) value: String,
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("write field=value")?;
        let field = find(name)?;
        if field.kind == Kind::Status && !STATUSES.contains(&value) {
            return Err(format!("{value:?} is no status; there are {}", STATUSES.join(", ")));
        }
        Ok(Self {
            field,
            value: value.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{Condition, FIELDS, Kind, text_mut};

    #[test]
    fn the_fields_are_those_of_the_golden_table() {
        let golden = include_str!("../../../../tests/golden/fields.txt");
        let named: Vec<_> = golden
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .collect();
        let ours: Vec<_> = FIELDS
            .iter()
            .map(|field| {
                let kind = match field.kind {
                    Kind::Text => "text",
                    Kind::Status => "status",
                    Kind::Account => "account",
                    Kind::Accounts => "accounts",
                    Kind::Groups => "groups",
                };
                vec!["otobo", field.name, kind]
            })
            .collect();
        assert_eq!(named, ours);
    }

    #[test]
    fn every_text_field_has_its_place_in_the_form() {
        let mut form = portico_api::types::users::UserForm::default();
        for field in FIELDS.iter().filter(|f| matches!(f.kind, Kind::Text | Kind::Status)) {
            let place = text_mut(&mut form, field.name).unwrap();
            assert_eq!(place, "", "{} has a place of its own", field.name);
            *place = field.name.to_owned();
        }
        assert!(text_mut(&mut form, "groups").is_none());
    }

    #[test]
    fn a_condition_is_a_field_and_a_value() {
        let condition: Condition = "account=A=B".parse().unwrap();
        assert_eq!((condition.field.name, condition.value.as_str()), ("account", "A=B"));
        assert!(
            "status=dead"
                .parse::<Condition>()
                .unwrap_err()
                .contains("invalid-temporarily")
        );
        assert!("shoe=1".parse::<Condition>().unwrap_err().contains("first_name"));
    }
}
