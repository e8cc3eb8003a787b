//! Values as the desk writes them: references to other records, words of a choice, levels of a right.

use portico_core::model::LEVELS;
use serde_json::Value;

use super::said;
use crate::report::Report;
use crate::source::record::{Item, text_of};
use crate::source::taken::plain;

/// What a reference may call the key of its record.
const KEYS: [&str; 4] = ["__id", "id", "__user", "code"];
/// What a choice may call its word.
const WORDS: [&str; 4] = ["code", "name", "status", "level"];

/// Levels that count as full, and other words for levels; the help pages name the five, and say this of two.
const LEVEL_WORDS: [(&str, &str); 4] = [
    ("export", "full"),
    ("assign", "full"),
    ("read", "view"),
    ("update", "edit"),
];

/// The keys that a member refers to: a key alone, a record with one, or a list of either.
pub(super) fn references(item: &Item<'_>, member: &str, report: &mut Report) -> Vec<String> {
    let Some(value) = item.value(member) else {
        return Vec::new();
    };
    let keys: Option<Vec<String>> = each(value).iter().map(|one| texted(one, &KEYS)).collect();
    let Some(mut keys) = keys else {
        item.problem(member, said::no_reference(), report);
        return Vec::new();
    };
    keys.retain(|key| !key.is_empty());
    keys
}

/// The first key that a member refers to; empty for none.
pub(super) fn reference(item: &Item<'_>, member: &str, report: &mut Report) -> String {
    references(item, member, report).into_iter().next().unwrap_or_default()
}

/// The words of a choice, as they are.
pub(super) fn words(item: &Item<'_>, member: &str) -> Vec<String> {
    let all = item.value(member).map(each).unwrap_or_default();
    let texts = all.iter().filter_map(|one| texted(one, &WORDS));
    texts.filter(|text| !text.is_empty()).collect()
}

/// The strongest of the levels that a member names; `None` for none and for unknown ones, which are a problem.
pub(super) fn level(item: &Item<'_>, member: &str, report: &mut Report) -> Option<&'static str> {
    let words = words(item, member);
    let mut strongest = None;
    for word in &words {
        let said = plain(word);
        let said = LEVEL_WORDS
            .iter()
            .find(|(other, _)| *other == said)
            .map_or(said.as_str(), |(_, level)| level);
        let Some(place) = LEVELS.iter().position(|level| *level == said) else {
            let message = said::level(word, LEVELS.join(", "));
            item.problem(member, message, report);
            return None;
        };
        strongest = strongest.max(Some(place));
    }
    strongest.map(|place| LEVELS[place])
}

/// The first e-mail address: a text, or a list of records that have one.
pub(super) fn email(item: &Item<'_>, member: &str) -> String {
    let all = item.value(member).map(each).unwrap_or_default();
    all.iter()
        .find_map(|one| texted(one, &["email"]).filter(|text| !text.is_empty()))
        .unwrap_or_default()
}

fn each(value: &Value) -> &[Value] {
    match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    }
}

fn texted(value: &Value, members: &[&str]) -> Option<String> {
    match value {
        Value::Object(record) => members
            .iter()
            .find_map(|name| record.get(*name).filter(|value| !value.is_null()).and_then(text_of)),
        other => text_of(other),
    }
}
