//! Whatever the program says by a key of the catalogue has words there, in every language.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("tests") || path.ends_with("tests.rs") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Every `"area.key"` that stands in the product's code.
fn keys(area: &str) -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates");
    let mut files = Vec::new();
    for floor in ["core/src", "store/src", "desks/src", "api/src"] {
        sources(&crates.join(floor), &mut files);
    }
    let mut keys = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for (at, _) in product.match_indices(&format!("\"{area}.")) {
            let key = &product[at + area.len() + 2..];
            let key = &key[..key.find('"').unwrap()];
            if !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            {
                keys.insert(key.to_owned());
            }
        }
    }
    keys
}

fn words(language: &str, area: &str) -> BTreeSet<String> {
    let file = format!("../ui/src/words/{language}/{area}.json");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let tree: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    let plural = ["_one", "_other", "_zero"];
    let stem = |key: &String| {
        plural
            .iter()
            .find_map(|end| key.strip_suffix(end))
            .unwrap_or(key)
            .to_owned()
    };
    tree.keys().map(stem).collect()
}

#[test]
fn every_problem_and_every_intent_has_words_in_every_language() {
    for (area, known) in [
        ("problem", "too_long"),
        ("intent", "save_user"),
        ("not_exported", "renamed_login"),
    ] {
        let keys = keys(area);
        assert!(keys.contains(known), "{area}: looked in the wrong place: {keys:?}");
        for language in ["en", "de"] {
            let missing: Vec<_> = keys.difference(&words(language, area)).cloned().collect();
            assert!(
                missing.is_empty(),
                "ui/src/words/{language}/{area}.json lacks {missing:?}"
            );
        }
    }
}

/// Statements come with their English words; the window says them in every language.
#[test]
fn every_statement_of_a_translation_has_words_in_every_language() {
    let all = || portico_core::translate::STATEMENTS.iter().copied().flatten();
    let ids: BTreeSet<String> = all().map(|statement| statement.id.to_owned()).collect();
    for language in ["en", "de"] {
        assert_eq!(
            words(language, "translation"),
            ids,
            "ui/src/words/{language}/translation.json"
        );
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/words/en/translation.json");
    let english: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    for statement in all() {
        // The window quotes as books do, the terminal as keyboards do.
        let english = english[statement.id].as_str().unwrap().replace(['“', '”'], "\"");
        assert_eq!(english, statement.text);
    }
}

/// What readers say comes with its English words; the window says it in every language, and in English alike.
#[test]
fn every_sentence_of_a_reader_has_words_in_every_language_and_the_same_in_english() {
    let holes = |text: &str| -> BTreeSet<String> {
        let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        names.map(|(name, _)| name.to_owned()).collect()
    };
    let all: BTreeMap<&str, String> = portico_desks::registry::SENTENCES
        .iter()
        .copied()
        .flatten()
        .map(|sentence| (sentence.code, quoted(sentence.text)))
        .collect();
    for language in ["en", "de"] {
        let file = format!("../ui/src/words/{language}/source.json");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let mut rooms: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&text).unwrap();
        let nouns = rooms.remove("noun").unwrap();
        let words: BTreeMap<String, String> = rooms
            .iter()
            .flat_map(|(room, words)| {
                words
                    .iter()
                    .map(move |(key, text)| (format!("source.{room}.{key}"), text.clone()))
            })
            .collect();
        assert!(
            words.keys().eq(all.keys()),
            "{language}/source.json and the sentences of the readers differ: {:?}",
            words
                .keys()
                .map(String::as_str)
                .collect::<BTreeSet<_>>()
                .symmetric_difference(&all.keys().copied().collect())
                .collect::<Vec<_>>()
        );
        for (code, text) in &all {
            assert_eq!(holes(&words[*code]), holes(text), "{language} {code}");
            assert!(
                language != "en" || words[*code] == *text,
                "{code}: {:?}, not {text:?}",
                words[*code]
            );
        }
        assert!(
            nouns.iter().all(|(noun, word)| language != "en" || noun == word),
            "{nouns:?}"
        );
        for entity in portico_core::form::field::Entity::ALL {
            let noun = entity.name().trim_start_matches("permission_").replace('_', " ");
            assert!(nouns.contains_key(&noun), "{language}: {noun}");
        }
    }
}

/// A format of Rust as the catalogue writes it.
fn quoted(text: &str) -> String {
    let mut parts = text.split(":?}");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (before, name) = whole.rsplit_once('{').unwrap();
        whole = format!("{before}\"{{{name}}}\"{part}");
    }
    whole
}

/// What a model does not know is told by the setting under which it stands: the window's words for it are found by that.
#[test]
fn everything_that_a_model_does_not_know_has_words_in_every_language() {
    use portico_core::access::rule::Node;

    fn unknown(node: &Node, under: &'static str, found: &mut BTreeSet<&'static str>) {
        match node {
            Node::Unknown(_) => drop(found.insert(under)),
            Node::True | Node::False | Node::Is(_) => {}
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| unknown(node, under, found)),
            Node::Not(node) | Node::Rule(_, node) => unknown(node, under, found),
            Node::Switch(setting, branches) => branches.iter().for_each(|(_, node)| unknown(node, setting, found)),
        }
    }

    let mut found = BTreeSet::new();
    for desk in portico_core::access::registry::DESKS {
        let model = portico_core::access::registry::model(desk).unwrap();
        for (_, tree) in model.trees() {
            unknown(tree, "", &mut found);
        }
    }
    assert!(found.contains("Portal::AccountSwitches"), "{found:?}");
    for language in ["en", "de"] {
        let file = format!("../ui/src/words/{language}/preview.json");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let words: serde_json::Value = serde_json::from_str(&text).unwrap();
        for setting in &found {
            let key = setting.replace("::", "_");
            for area in ["untoldWhy", "untoldShort"] {
                assert!(words[area][&key].is_string(), "{language}: {area} lacks {key}");
            }
        }
    }
}
