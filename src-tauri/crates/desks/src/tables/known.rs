//! Names of the records that a workspace has, by which a table speaks of them.

use std::collections::{BTreeMap, HashMap};

use portico_core::fold;
use portico_core::form::field::Entity;

/// A record that a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The desk's key.
    Key(String),
    /// Made here, and not in the desk yet.
    Pending,
    /// More than one has this name.
    Several,
}

#[derive(Debug, Clone, Default)]
struct Names {
    /// What the desk has once, by the desk's key.
    unique_of: HashMap<String, String>,
    /// By what the desk has once.
    unique: HashMap<String, Found>,
    /// By any other name, and folded.
    others: HashMap<String, Found>,
}

/// What a workspace knows, kind by kind.
#[derive(Debug, Clone, Default)]
pub struct Known {
    names: BTreeMap<Entity, Names>,
    /// Kinds of states by the desk's key.
    state_kinds: HashMap<String, String>,
}

impl Known {
    /// Adds a record: the desk's key (`None` where it was made here), what the desk has once (a login, a number), and
    /// other names. Empty texts are no names.
    pub fn add(&mut self, entity: Entity, desk_key: Option<&str>, unique: &str, others: &[&str]) {
        let names = self.names.entry(entity).or_default();
        let found = desk_key.map_or(Found::Pending, |key| Found::Key(key.to_owned()));
        if let Some(key) = desk_key {
            names.unique_of.insert(key.to_owned(), unique.to_owned());
        }
        if !unique.is_empty() {
            names.unique.insert(unique.to_owned(), found.clone());
            put(&mut names.others, fold::simple(unique), &found);
        }
        for other in others.iter().filter(|other| !other.is_empty() && **other != unique) {
            put(&mut names.others, fold::simple(other), &found);
        }
    }

    /// Adds the kind of a ticket state by the desk's key (`new`, `open`, `closed`, ...).
    pub fn add_state_kind(&mut self, desk_key: &str, kind: &str) {
        self.state_kinds.insert(desk_key.to_owned(), kind.to_owned());
    }

    /// The kind of the state with this key; `None` where there is no such record, or one without a kind.
    pub(super) fn state_kind(&self, desk_key: &str) -> Option<&str> {
        self.state_kinds
            .get(desk_key)
            .map(String::as_str)
            .filter(|kind| !kind.is_empty())
    }

    /// The record that a cell speaks of: by what the desk has once, by another name, by the desk's key.
    pub(super) fn find(&self, entity: Entity, text: &str) -> Option<Found> {
        let names = self.names.get(&entity)?;
        if let Some(found) = names.unique.get(text) {
            return Some(found.clone());
        }
        let by_key = || names.unique_of.contains_key(text).then(|| Found::Key(text.to_owned()));
        names.others.get(&fold::simple(text)).cloned().or_else(by_key)
    }

    /// The record whose unique name is exactly this.
    pub(super) fn named(&self, entity: Entity, unique: &str) -> Option<Found> {
        self.names.get(&entity)?.unique.get(unique).cloned()
    }

    /// What the desk has once of the record with this key.
    pub(super) fn unique_of(&self, entity: Entity, desk_key: &str) -> Option<&str> {
        self.names.get(&entity)?.unique_of.get(desk_key).map(String::as_str)
    }
}

fn put(names: &mut HashMap<String, Found>, name: String, found: &Found) {
    names
        .entry(name)
        .and_modify(|before| {
            if before != found {
                *before = Found::Several;
            }
        })
        .or_insert_with(|| found.clone());
}
