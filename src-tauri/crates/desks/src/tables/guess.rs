//! Guesses what a column is from its heading, in English and German.

use std::collections::BTreeMap;

use super::fields::{KIND_KEY, KINDS, RowKind, fields, has_own_key};
use super::ticket::words::{self as of_tickets, bare};
use super::words::{FILES, WORDS};

/// A heading without case, umlauts, blanks and signs.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            c if c.is_alphanumeric() => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// The fields of these headings, each at most once; empty where nothing fits. A heading that is a field's own name goes
/// first, whatever stands to its left.
pub(super) fn columns(desk: &str, kind: RowKind, heads: &[String]) -> BTreeMap<String, String> {
    let own = has_own_key(kind).then_some(KIND_KEY);
    let offered: Vec<&str> = own
        .into_iter()
        .chain(fields(desk, kind).iter().map(|f| f.name))
        .collect();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: Vec<&str> = Vec::new();
    for exact in [true, false] {
        for head in heads.iter().filter(|head| !head.is_empty()) {
            if found.get(head).is_some_and(|field| !field.is_empty()) {
                continue;
            }
            let text = plain(head);
            let fits = |field: &&&str| !taken.contains(*field) && fits(kind, field, &text, exact);
            let field = offered.iter().find(fits).copied();
            // Beside a first name it is the last one; alone it is the whole name, which is no field.
            let last = !exact && text == "name" && taken.contains(&"first_name") && !taken.contains(&"last_name");
            let field = field.or(last.then_some("last_name")).unwrap_or_default();
            if !field.is_empty() {
                taken.push(field);
            }
            found.insert(head.clone(), field.to_owned());
        }
    }
    found
}

/// Whether a folded heading is a field's own name, or one of its words.
fn fits(kind: RowKind, field: &str, text: &str, exact: bool) -> bool {
    let all = if kind == RowKind::Tickets {
        of_tickets::WORDS
    } else {
        WORDS
    };
    if exact {
        return plain(field) == text;
    }
    let words = all.iter().find(|(name, _)| *name == field);
    let words = words.map_or(&[][..], |(_, words)| words);
    match kind {
        RowKind::Records(_) => words.contains(&text),
        RowKind::Tickets => bare(text)
            .into_iter()
            .any(|text| words.contains(&text) || plain(field) == text),
    }
}

/// The kind of record that a file of this name holds; its last word counts most (`2026-11 External users`).
pub(super) fn kind(stem: &str) -> Option<&'static str> {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let text: String = plain(name).chars().filter(|c| c.is_alphabetic()).collect();
    let all = KINDS.iter().map(|(kind, _)| *kind);
    let whole = all
        .clone()
        .find(|kind| plain(kind) == text || words_of(kind).contains(&text.as_str()));
    whole.or_else(|| {
        let ends = |kind: &&str| {
            let own = plain(kind);
            let mut words = words_of(kind).iter().copied().chain([own.as_str()]);
            words.any(|word| word.len() > 4 && text.ends_with(word))
        };
        all.filter(ends).max_by_key(|kind| kind.len())
    })
}

fn words_of(kind: &str) -> &'static [&'static str] {
    FILES
        .iter()
        .find(|(name, _)| *name == kind)
        .map_or(&[], |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use portico_core::form::field::Entity;

    use super::{RowKind, WORDS, columns, kind, plain};

    fn guessed(desk: &str, kind: impl Into<RowKind>, heads: &[&str]) -> Vec<String> {
        let heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
        let found = columns(desk, kind.into(), &heads);
        heads
            .iter()
            .map(|head| found.get(head).cloned().unwrap_or_default())
            .collect()
    }

    #[test]
    fn headings_in_both_languages_are_known_and_no_field_is_given_twice() {
        let heads = [
            "Benutzername",
            "Vorname",
            "Nachname",
            "E-Mail",
            "Kunden-Nr.",
            "Schuhgröße",
            "Gültigkeit",
            "Mail",
        ];
        assert_eq!(
            guessed("otobo", Entity::ExternalUser, &heads),
            ["login", "first_name", "last_name", "email", "account", "", "status", ""]
        );
        let heads = ["login", "name", "email", "account_key", "status"];
        assert_eq!(
            guessed("otobo", Entity::ExternalUser, &heads),
            ["login", "", "email", "account", "status"]
        );
        assert_eq!(
            guessed("otobo", Entity::ExternalUser, &["Name", "last_name"]),
            ["", "last_name"]
        );
        assert_eq!(
            guessed("otobo", Entity::ExternalUser, &["Vorname", "Name"]),
            ["first_name", "last_name"]
        );
        let heads = ["Adressnummer", "Bezeichnung", "PLZ", "Ort"];
        assert_eq!(
            guessed("innosoft", Entity::Address, &heads),
            ["number", "name", "zip", "city"]
        );
    }

    #[test]
    fn words_are_folded_as_headings_are_and_files_are_known_by_their_names() {
        for word in WORDS.iter().flat_map(|(_, words)| *words) {
            assert_eq!(plain(word), *word);
        }
        assert_eq!(kind("2026-11 Externe Benutzer"), Some("people"));
        assert_eq!(kind("export/Adressen"), Some("addresses"));
        assert_eq!(kind("user-groups"), Some("groups"));
        assert_eq!(kind("notes"), None);
    }
}
