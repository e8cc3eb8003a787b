//! What a field holds: a word of its list, a day, a status that can be reached, keys the desk knows.

use jiff::civil::Date;
use serde_json::Value as Json;

use super::super::FieldRule;
use super::super::field::{Entity, Field, Kind};
use super::{Look, Value, is_empty, max_of, text};
use crate::model::{LEVELS, Validity};

pub(super) fn check(look: &mut Look<'_>, field: &Field, demand: Option<&FieldRule>) {
    if demand.is_some_and(|rule| rule.required) && is_empty(look, field) {
        missing(look, field);
    }
    match field.kind {
        kind if kind.is_text() => text::check(look, field, demand),
        Kind::Choice(words) => choice(look, field.name, words),
        Kind::Status => status(look, field.name),
        Kind::Password => password(look, field.name),
        Kind::Date => date(look, field.name),
        Kind::Custom => custom(look, field, max_of(demand)),
        Kind::Rights(_) => permissions(look, field),
        Kind::Levels(_) => levels(look, field),
        _ => {}
    }
}

/// What the desk has without it can be saved without it; what is emptied here cannot.
fn missing(look: &mut Look<'_>, field: &Field) {
    let message = "the desk wants this filled in";
    if look.at.desk_key.is_some() && field.name != "login" {
        look.wrong_if_new(field.name, "problem.missing", &[], message);
    } else {
        look.wrong(field.name, "problem.missing", &[], message);
    }
}

fn choice(look: &mut Look<'_>, field: &str, words: &[&str]) {
    let word = look.text(field);
    if !word.is_empty() && !words.contains(&word) {
        let words = words.join(", ");
        let message = format!("{word:?} is none of {words}");
        look.wrong_if_new(
            field,
            "problem.choice",
            &[("value", word), ("choices", &words)],
            message,
        );
    }
}

fn status(look: &mut Look<'_>, field: &str) {
    let word = look.text(field);
    let Some(wanted) = Validity::from_name(word) else {
        let message = format!("{word:?} is no status");
        return look.wrong(field, "problem.status", &[], message);
    };
    if look.entity != Entity::ExternalUser {
        if wanted == Validity::NotRegistered {
            look.wrong(field, "problem.status", &[], "only people can be not registered");
        }
        return;
    }
    let rule = &look.rules.status;
    if !rule.offered.contains(&wanted) {
        let message = format!("the desk has no status {word:?}");
        return look.wrong_if_new(field, "problem.status", &[], message);
    }
    let saved = look.at.saved.map(|saved| saved.value(field));
    let before = match saved {
        Some(Value::Text(word)) => Validity::from_name(word),
        _ => None,
    };
    match before {
        None if !rule.steps.is_empty() && wanted != rule.first => {
            let first = rule.word(rule.first);
            let message = format!("a new person begins as {first:?}; the desk changes that with the first login");
            look.wrong(field, "problem.status_first", &[("first", first)], message);
        }
        Some(before) if !rule.allows(before, wanted) => {
            let (from, to) = (rule.word(before), rule.word(wanted));
            let message = format!("the desk lets nobody turn {from:?} into {to:?}");
            look.wrong(field, "problem.status_step", &[("from", from), ("to", to)], message);
        }
        _ => {}
    }
}

fn password(look: &mut Look<'_>, field: &str) {
    let way = look.text(field);
    let ways = look.rules.password.ways;
    if !ways.contains(&way) {
        let message = format!("{way:?} is none of the desk's ways: {}", ways.join(", "));
        return look.wrong_if_new(field, "problem.password_way", &[("way", way)], message);
    }
    if way == "typed" && !look.at.has_secret {
        look.wrong_if_new(
            field,
            super::NOT_KEPT,
            &[],
            "no typed password is kept for this person: type one",
        );
    }
    if way == "invitation" && look.text("email").trim().is_empty() {
        look.wrong_if_new(
            field,
            "problem.invitation_email",
            &[],
            "an invitation needs an e-mail address to go to",
        );
    }
}

/// The day that a text means; only `2026-11-26` is one.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|day| day.to_string() == text)
}

fn date(look: &mut Look<'_>, field: &str) {
    let text = look.text(field);
    if !text.is_empty() && day(text).is_none() {
        let message = format!("{text:?} is no day; write it like 2026-11-26");
        look.wrong(field, "problem.date", &[("value", text)], message);
    }
}

fn custom(look: &mut Look<'_>, field: &Field, max: usize) {
    let name = field.name;
    let text = look.text(name);
    if text.is_empty() {
        return;
    }
    let Ok(Json::Object(values)) = serde_json::from_str::<Json>(text) else {
        return look.wrong(name, "problem.custom", &[], "this is no JSON object of names and texts");
    };
    for (key, value) in &values {
        let Json::String(value) = value else {
            let message = format!("{key:?} holds no text");
            look.wrong(name, "problem.custom_text", &[("name", key)], message);
            continue;
        };
        let length = value.chars().count();
        if max > 0 && length > max {
            let detail = [
                ("name", key.as_str()),
                ("length", &*length.to_string()),
                ("max", &*max.to_string()),
            ];
            let message = format!("{key:?} has {length} characters; the desk takes {max} at most");
            look.wrong(name, "problem.custom_too_long", &detail, message);
        }
        if let Some(c) = text::forbidden(field.kind, value) {
            let code = format!("U+{:04X}", u32::from(c));
            let message = format!("{key:?} holds a control character ({code})");
            look.wrong(name, "problem.control", &[("code", &code)], message);
        }
    }
}

/// Keys that the desk does not name are kept: it may have some of its own.
fn permissions(look: &mut Look<'_>, field: &Field) {
    let (name, keys) = (field.name, look.rules.permissions);
    let mut told: Vec<&str> = Vec::new();
    for (_, key) in look.rights(name) {
        if key.is_empty() {
            look.wrong(name, "problem.no_permission", &[], "a right without a permission");
        } else if look.knows(name) && !keys.contains(&key) && !told.contains(&key) {
            told.push(key);
            let keys = keys.join(", ");
            let message = format!("{key:?} is none of {keys}: it is kept, as a key of the desk's own");
            look.warn(name, "problem.permission", &[("key", key), ("keys", &keys)], message);
        }
    }
}

fn levels(look: &mut Look<'_>, field: &Field) {
    let name = field.name;
    let rights = look.rights(name);
    for (n, (object, level)) in rights.iter().enumerate() {
        if !LEVELS.contains(level) {
            let levels = LEVELS.join(", ");
            let message = format!("{level:?} is none of {levels}");
            look.wrong(name, "problem.level", &[("level", level), ("levels", &levels)], message);
        }
        let before = rights.iter().take(n).any(|(other, _)| other == object);
        if before {
            let called = look.name(Entity::PortalObject, object).to_owned();
            let message = format!("{called} has two levels: the stronger one holds the weaker");
            look.warn(name, "problem.level_twice", &[("object", &called)], message);
        }
    }
}
