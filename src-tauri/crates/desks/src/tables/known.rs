//! Names of the records that a workspace has, by which a table speaks of them.

use std::collections::{BTreeMap, HashMap};

use portico_core::fold;
use portico_core::form::field::Entity;

use super::fields::{RowKind, fields, kind};
use super::mapping::Mapping;
use crate::source::tally::{Print, print};

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

/// A record, by what it is called on the desk.
#[derive(Debug, Clone)]
struct Record {
    /// The desk's key; `None` where it was made here, and is not in the desk yet.
    key: Option<Box<str>>,
    /// What the desk has once; `None` where that is the key.
    unique: Option<Box<str>>,
}

/// Names of one kind of record. Of a million people every name is asked about: what is held of one is what stands for
/// it and the record's number.
#[derive(Debug, Clone, Default)]
struct Names {
    records: Vec<Record>,
    by_key: HashMap<Print, u32>,
    by_unique: HashMap<Print, u32>,
    /// By any other name, and folded; [`SEVERAL`] where more than one record has it.
    others: HashMap<Print, u32>,
}

/// Stands for no record.
const SEVERAL: u32 = u32::MAX;

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
        let number = names.take(desk_key, unique);
        if !unique.is_empty() {
            names.call(&fold::simple(unique), number);
        }
        for other in others.iter().filter(|other| !other.is_empty() && **other != unique) {
            names.call(&fold::simple(other), number);
        }
    }

    /// Adds a record by the desk's key and what the desk has once alone, letter by letter.
    pub fn add_key(&mut self, entity: Entity, desk_key: Option<&str>, unique: &str) {
        self.names.entry(entity).or_default().take(desk_key, unique);
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
        let other = names.others.get(&print(&fold::simple(text)));
        other
            .or_else(|| names.by_key.get(&print(text)))
            .map(|number| names.found(*number))
    }

    /// The record whose unique name is exactly this.
    pub(super) fn named(&self, entity: Entity, unique: &str) -> Option<Found> {
        self.names.get(&entity)?.named(unique)
    }

    /// What the desk has once of the record with this key.
    pub(super) fn unique_of(&self, entity: Entity, desk_key: &str) -> Option<&str> {
        let names = self.names.get(&entity)?;
        let record = &names.records[*names.by_key.get(&print(desk_key))? as usize];
        record.unique.as_deref().or(record.key.as_deref())
    }
}

impl Names {
    /// Adds a record; returns its number.
    fn take(&mut self, key: Option<&str>, unique: &str) -> u32 {
        let number = u32::try_from(self.records.len()).unwrap_or(SEVERAL);
        let is_key = key == Some(unique) && !unique.is_empty();
        self.records.push(Record {
            key: key.map(Into::into),
            unique: (!is_key).then(|| unique.into()),
        });
        if let Some(key) = key {
            prefer(&mut self.by_key, &self.records, print(key), number);
        }
        if !unique.is_empty() {
            prefer(&mut self.by_unique, &self.records, print(unique), number);
        }
        number
    }

    /// Gives a record another name.
    fn call(&mut self, name: &str, number: u32) {
        let records = &self.records;
        let key = |number: u32| records.get(number as usize).map(|record| &record.key);
        self.others
            .entry(print(name))
            .and_modify(|before| {
                if key(*before) != key(number) {
                    *before = SEVERAL;
                }
            })
            .or_insert(number);
    }

    fn named(&self, unique: &str) -> Option<Found> {
        self.by_unique.get(&print(unique)).map(|number| self.found(*number))
    }

    fn found(&self, number: u32) -> Found {
        match self.records.get(number as usize) {
            None => Found::Several,
            Some(Record { key: Some(key), .. }) => Found::Key(key.to_string()),
            Some(Record { key: None, .. }) => Found::Pending,
        }
    }
}

/// Notes a record: the last one has the name, but one whose key is another text goes before those that are called by it.
fn prefer(names: &mut HashMap<Print, u32>, records: &[Record], name: Print, number: u32) {
    let is_key = |number: u32| records[number as usize].unique.is_none();
    names
        .entry(name)
        .and_modify(|before| {
            if is_key(*before) || !is_key(number) {
                *before = number;
            }
        })
        .or_insert(number);
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Entity = Entity::Account;

    fn find(known: &Known, text: &str) -> Option<Found> {
        known.find(KIND, text)
    }

    #[test]
    fn a_name_leads_to_its_record_and_one_of_several_to_none() {
        let mut known = Known::default();
        known.add(KIND, Some("A1"), "ACME", &["Acme Ltd", "Everybody"]);
        known.add(KIND, Some("B1"), "Beta", &["Everybody"]);
        known.add(KIND, None, "Made here", &["Draft"]);
        known.add(KIND, None, "Made here too", &["Draft"]);
        let key = |key: &str| Some(Found::Key(key.to_owned()));
        assert_eq!(find(&known, "ACME"), key("A1"));
        assert_eq!(find(&known, "acme ltd"), key("A1"));
        assert_eq!(find(&known, "A1"), key("A1"));
        assert_eq!(find(&known, "everybody"), Some(Found::Several));
        // Both are not in the desk yet: that is all that is asked of them.
        assert_eq!(find(&known, "draft"), Some(Found::Pending));
        assert_eq!(find(&known, "nobody"), None);
        assert_eq!(known.unique_of(KIND, "A1"), Some("ACME"));
        assert_eq!(known.named(KIND, "acme"), None);
    }

    #[test]
    fn what_is_called_by_the_key_of_another_is_not_taken_for_it() {
        for turned in [false, true] {
            let mut known = Known::default();
            let mut records = [(Some("K1"), "K2"), (Some("K2"), "K2")];
            if turned {
                records.reverse();
            }
            for (key, unique) in records {
                known.add_key(KIND, key, unique);
            }
            assert_eq!(find(&known, "K2"), Some(Found::Key("K1".to_owned())), "{turned}");
            assert_eq!(known.unique_of(KIND, "K2"), Some("K2"));
        }
    }
}
