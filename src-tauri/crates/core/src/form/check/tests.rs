//! The check of forms, on forms of all desks.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod person;
mod rights;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Circumstances, Form, Value, check, check_password};
use crate::form::field::Entity;
use crate::form::{FormRules, registry};

/// A form of texts, flags (`on`) and lists.
#[derive(Debug, Clone, Default)]
struct Filled {
    texts: BTreeMap<&'static str, String>,
    flags: Vec<&'static str>,
    lists: BTreeMap<&'static str, Vec<String>>,
    rights: Vec<(&'static str, &'static str)>,
    objects: Vec<(&'static str, &'static str)>,
}

impl Filled {
    fn text(mut self, field: &'static str, text: &str) -> Self {
        self.texts.insert(field, text.to_owned());
        self
    }

    fn on(mut self, field: &'static str) -> Self {
        self.flags.push(field);
        self
    }

    fn list(mut self, field: &'static str, ids: &[&str]) -> Self {
        self.lists.insert(field, ids.iter().map(ToString::to_string).collect());
        self
    }

    fn right(mut self, of: &'static str, key: &'static str) -> Self {
        self.rights.push((of, key));
        self
    }

    fn object(mut self, of: &'static str, level: &'static str) -> Self {
        self.objects.push((of, level));
        self
    }
}

impl Form for Filled {
    fn value(&self, field: &str) -> Value<'_> {
        match field {
            "groups" => Value::Rights(self.rights.clone()),
            "objects" => Value::Rights(self.objects.clone()),
            _ if self.flags.contains(&field) => Value::Flag(true),
            _ => match (self.texts.get(field), self.lists.get(field)) {
                (Some(text), _) => Value::Text(text),
                (None, Some(list)) => Value::List(list),
                (None, None) => Value::Text(""),
            },
        }
    }
}

fn rules(desk: &str) -> &'static FormRules {
    registry::rules(desk).unwrap()
}

/// A complete person of a desk, in force for those that have no steps.
fn good(desk: &str) -> Filled {
    let rules = rules(desk);
    Filled::default()
        .text("title", "Anna Muster")
        .text("login", "anna")
        .text("first_name", "Anna")
        .text("last_name", "Muster")
        .text("email", "anna@a.example")
        .text("account", "ACME")
        .text("status", rules.status.first.name())
        .text("password", "unchanged")
}

fn codes_at(desk: &str, form: &Filled, at: &Circumstances<'_>) -> Vec<String> {
    check(rules(desk), Entity::ExternalUser, form, at)
        .into_iter()
        .map(|p| {
            let mark = if p.warning { " (warning)" } else { "" };
            let code = p.code.strip_prefix("problem.").unwrap();
            format!("{}: {code}{mark}", p.field)
        })
        .collect()
}

fn codes(desk: &str, form: &Filled) -> Vec<String> {
    codes_at(desk, form, &Circumstances::NEW)
}

#[test]
fn a_complete_person_of_each_desk_has_no_problem() {
    for desk in registry::DESKS {
        assert_eq!(codes(desk, &good(desk)), [""; 0], "{desk}");
    }
}

#[test]
fn other_records_are_checked_by_the_same_rules() {
    let at = Circumstances::NEW;
    let codes = |desk: &str, entity, form: &Filled| {
        let found = check(rules(desk), entity, form, &at);
        found
            .into_iter()
            .map(|p| format!("{}: {}", p.field, p.code))
            .collect::<Vec<_>>()
    };
    let valid = Filled::default().text("status", "valid");
    assert_eq!(
        codes("otobo", Entity::Queue, &valid),
        ["name: problem.missing", "group: problem.missing"]
    );
    let queue = valid
        .clone()
        .text("name", "Raw")
        .text("group", "users")
        .text("follow_up", "perhaps");
    assert_eq!(codes("otobo", Entity::Queue, &queue), ["follow_up: problem.choice"]);
    assert_eq!(
        codes("otobo", Entity::TicketState, &valid.clone().text("name", "x")),
        ["kind: problem.missing"]
    );
    assert_eq!(
        codes("daktela", Entity::Contact, &valid),
        ["title: problem.missing", "last_name: problem.missing"]
    );
    assert_eq!(
        codes("innosoft", Entity::Address, &valid),
        ["number: problem.missing", "name: problem.missing"]
    );
    let status = Filled::default().text("name", "x").text("status", "not-registered");
    assert_eq!(codes("zoho", Entity::Group, &status), ["status: problem.status"]);
    let long = valid.text("name", &"x".repeat(101));
    assert_eq!(codes("zoho", Entity::Group, &long), ["name: problem.too_long"]);
}

#[test]
fn a_full_package_of_licences_is_told_when_somebody_would_need_one() {
    let told = |from: Option<&str>, to: &str, free: u32| {
        let saved = from.map(|from| good("elma365").text("status", from));
        let at = Circumstances {
            saved: saved.as_ref().map(|form| form as &dyn Form),
            licences: Some(super::Licences { total: 5, free }),
            ..Circumstances::NEW
        };
        let found = codes_at("elma365", &good("elma365").text("status", to), &at);
        found.iter().any(|line| line == "status: licences_full (warning)")
    };
    assert!(told(None, "not-registered", 0), "nobody new can register");
    assert!(told(Some("invalid"), "valid", 0), "unlocked");
    assert!(!told(Some("invalid"), "valid", 1));
    assert!(!told(Some("valid"), "valid", 0), "has one already");
    assert!(!told(Some("valid"), "invalid", 0), "gives one back");
    assert!(!told(Some("not-registered"), "not-registered", 0));
}

#[test]
fn passwords_are_as_the_desk_wants_them() {
    let found = |desk: &str, clear: &str| {
        let found = check_password(&rules(desk).password, clear);
        found
            .into_iter()
            .map(|p| p.code.replace("problem.password_", ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("daktela", "Ab1!x"), ["short"]);
    assert_eq!(found("daktela", "Ab1!xy"), [""; 0]);
    for weak in ["ab1!xy", "Abc!xy", "Abc1xy", "Abc1 xy"] {
        assert_eq!(found("daktela", weak), ["mixed"], "{weak}");
    }
    assert_eq!(found("daktela", "Žluť1!"), [""; 0], "letters of any language");
    assert_eq!(found("otobo", "a"), [""; 0], "a desk without a rule");
    assert_eq!(found("otobo", ""), ["short"]);
    assert_eq!(found("otobo", "a\nb"), ["control"]);
    let told = format!("{:?}", check_password(&rules("daktela").password, "geheim"));
    assert!(!told.contains("geheim"), "{told}");
}

proptest! {
    /// Whatever stands in a form, the check says the same of what is saved as of itself: nothing saved stops a save
    /// of something else but what no desk can take.
    #[test]
    fn the_check_never_panics_and_names_fields_of_the_form(
        desk in proptest::sample::select(registry::DESKS),
        texts in proptest::collection::btree_map(0usize..60, "\\PC{0,12}", 0..12),
        list in proptest::collection::vec("[a-c]", 0..3),
    ) {
        let fields = Entity::ExternalUser.fields();
        let mut form = good(desk);
        for (n, text) in texts {
            form = form.text(fields[n % fields.len()].name, &text);
        }
        let ids: Vec<&str> = list.iter().map(String::as_str).collect();
        let form = form.list("seen_accounts", &ids).list("contacts", &ids);
        let found = check(rules(desk), Entity::ExternalUser, &form, &Circumstances::NEW);
        let place = |name: &str| fields.iter().position(|field| field.name == name);
        let places: Vec<_> = found.iter().map(|p| place(&p.field)).collect();
        prop_assert!(places.iter().all(Option::is_some));
        prop_assert!(places.is_sorted(), "{found:?}");
        for problem in &found {
            prop_assert!(problem.code.starts_with("problem.") && !problem.message.is_empty());
        }
    }
}
