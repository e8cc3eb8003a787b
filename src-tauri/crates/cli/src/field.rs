//! The fields of a person by the names that `set`, `show` and `users --where` use: those of the form, one renamed.

use std::str::FromStr;

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::form::registry;

/// A field by the name that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    /// The name that is typed and shown.
    pub(crate) name: &'static str,
    /// The form's field.
    pub(crate) field: &'static Field,
}

/// The form's field under the name that is typed. Further accounts were called so before there was a form.
pub(crate) fn shown_as(field: &str) -> &str {
    if field == "further_accounts" { "accounts" } else { field }
}

/// All fields, in the order in which they are shown.
pub(crate) fn all() -> impl Iterator<Item = Named> {
    let named = |field: &'static Field| Named {
        name: shown_as(field.name),
        field,
    };
    Entity::ExternalUser.fields().iter().map(named)
}

/// Finds a field; the error names those there are.
pub(crate) fn find(name: &str) -> Result<Named, String> {
    let found = all().find(|named| named.name == name || named.field.name == name);
    found.ok_or_else(|| {
        let names: Vec<_> = all().map(|named| named.name).collect();
        format!("there is no field {name:?}; there are {}", names.join(", "))
    })
}

/// Whether what is typed can be meant for the field at all. Which desk it is for is not known yet.
pub(crate) fn check(named: Named, value: &str) -> Result<(), String> {
    let one_of = |words: &[&str]| {
        if words.contains(&value) {
            Ok(())
        } else {
            Err(format!("{}: {value:?} is none of {}", named.name, words.join(", ")))
        }
    };
    match named.field.kind {
        Kind::Flag => flag(value)
            .map(|_| ())
            .ok_or_else(|| format!("{}: write true or false", named.name)),
        Kind::Status if !is_status(value) => Err(format!("{value:?} is no status of any desk")),
        Kind::Password => one_of(&["unchanged", "invitation", "initial", "typed"]),
        Kind::Date if !value.is_empty() && !is_day(value) => {
            Err(format!("{}: {value:?} is no day; write it like 2026-11-26", named.name))
        }
        Kind::Choice(words) if !value.is_empty() => one_of(words),
        _ => Ok(()),
    }
}

/// On or off, as people write it.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn is_status(text: &str) -> bool {
    let rules = registry::DESKS.iter().filter_map(|desk| registry::rules(desk));
    rules.into_iter().any(|rules| rules.status.named(text).is_some())
}

/// A day has the shape of one; whether there is such a day, the form's check says.
fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(n, c)| {
            if n == 4 || n == 7 {
                *c == b'-'
            } else {
                c.is_ascii_digit()
            }
        })
}

/// A condition of `users --where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) named: Named,
    /// `is`, `before` or `after`.
    pub(crate) test: &'static str,
    pub(crate) value: String,
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let at = typed.find(['=', '<', '>']).ok_or("write field=value")?;
        let (name, tail) = typed.split_at(at);
        let named = find(name)?;
        let test = match tail.chars().next() {
            Some('<') => "before",
            Some('>') => "after",
            _ => "is",
        };
        let value = tail.get(1..).unwrap_or_default().to_owned();
        if test != "is" && named.field.kind != Kind::Date {
            return Err(format!("only days come before or after another: write {name}=VALUE"));
        }
        check(named, &value)?;
        Ok(Self { named, test, value })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{Condition, all, find};

    #[test]
    fn every_field_of_the_form_has_a_name_of_its_own() {
        let names: Vec<_> = all().map(|named| named.name).collect();
        for (n, name) in names.iter().enumerate() {
            assert!(!names[..n].contains(name), "{name} twice");
            assert_eq!(find(name).unwrap().name, *name);
        }
        assert_eq!(find("further_accounts").unwrap().name, "accounts");
        assert!(names.len() > 50, "{names:?}");
    }

    #[test]
    fn a_condition_is_a_field_a_comparison_and_a_value() {
        let condition: Condition = "account=A=B".parse().unwrap();
        assert_eq!(
            (condition.named.name, condition.test, condition.value.as_str()),
            ("account", "is", "A=B")
        );
        let condition: Condition = "expires<2026-01-01".parse().unwrap();
        assert_eq!(
            (condition.named.name, condition.test, condition.value.as_str()),
            ("expires", "before", "2026-01-01")
        );
        for wrong in [
            "status=dead",
            "shoe=1",
            "login<a",
            "expires>soon",
            "account_tickets=perhaps",
            "nothing",
        ] {
            assert!(wrong.parse::<Condition>().is_err(), "{wrong}");
        }
        for right in [
            "status=Locked",
            "status=invalid-temporarily",
            "account_tickets=yes",
            "expires=",
            "sponsor=Ben",
        ] {
            assert!(right.parse::<Condition>().is_ok(), "{right}");
        }
    }
}
