//! Names of the records that a workspace has, by which a table speaks of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use portico_core::fold;
use portico_core::form::field::Entity;

use super::fields::{RowKind, fields, kind};
use super::mapping::Mapping;

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

/// What a table must know of a kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// The desk's key and what the desk has once: a row finds its record by these.
    Keys,
    /// Every name: cells speak of it.
    Names,
}

/// What a table of this mapping must know of a kind of record.
pub fn need(desk: &str, mapping: &Mapping, entity: Entity) -> Need {
    let Some(kind) = kind(&mapping.kind) else {
        return Need::Names;
    };
    let read = fields(desk, kind)
        .into_iter()
        .filter(|field| mapping.columns.values().any(|name| name == field.name));
    let speaks = read.map(|field| field.kind.refers_to()).any(|to| to == Some(entity));
    match kind {
        _ if speaks => Need::Names,
        // They are found by names that several may have.
        RowKind::Records(Entity::Contact) if entity == Entity::Contact => Need::Names,
        RowKind::Records(own) if own == entity => Need::Keys,
        _ => Need::Nothing,
    }
}

#[derive(Debug, Clone, Default)]
struct Names {
    /// Those whose key is what the desk has once.
    same: HashSet<Box<str>>,
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
        self.add_key(entity, desk_key, unique);
        let names = self.names.entry(entity).or_default();
        let found = found(desk_key);
        if !unique.is_empty() {
            put(&mut names.others, fold::simple(unique), &found);
        }
        for other in others.iter().filter(|other| !other.is_empty() && **other != unique) {
            put(&mut names.others, fold::simple(other), &found);
        }
    }

    /// Adds a record by the desk's key and what the desk has once alone, letter by letter.
    pub fn add_key(&mut self, entity: Entity, desk_key: Option<&str>, unique: &str) {
        let names = self.names.entry(entity).or_default();
        match desk_key {
            Some(key) if key == unique && !key.is_empty() => {
                names.same.insert(key.into());
            }
            _ => {
                if let Some(key) = desk_key {
                    names.unique_of.insert(key.to_owned(), unique.to_owned());
                }
                if !unique.is_empty() {
                    names.unique.insert(unique.to_owned(), found(desk_key));
                }
            }
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
        if let Some(found) = names.named(text) {
            return Some(found);
        }
        let by_key = || names.unique_of.contains_key(text).then(|| Found::Key(text.to_owned()));
        names.others.get(&fold::simple(text)).cloned().or_else(by_key)
    }

    /// The record whose unique name is exactly this.
    pub(super) fn named(&self, entity: Entity, unique: &str) -> Option<Found> {
        self.names.get(&entity)?.named(unique)
    }

    /// What the desk has once of the record with this key.
    pub(super) fn unique_of(&self, entity: Entity, desk_key: &str) -> Option<&str> {
        let names = self.names.get(&entity)?;
        let same = || names.same.get(desk_key).map(AsRef::as_ref);
        names.unique_of.get(desk_key).map(String::as_str).or_else(same)
    }
}

impl Names {
    fn named(&self, unique: &str) -> Option<Found> {
        let same = || self.same.contains(unique).then(|| Found::Key(unique.to_owned()));
        self.unique.get(unique).cloned().or_else(same)
    }
}

fn found(desk_key: Option<&str>) -> Found {
    desk_key.map_or(Found::Pending, |key| Found::Key(key.to_owned()))
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
