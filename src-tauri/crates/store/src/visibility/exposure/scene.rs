//! One state of a workspace, as far as what people see depends on it.

use std::collections::HashMap;
use std::sync::Arc;

use portico_core::access::decide::Workspace as _;
use portico_core::access::fact::{AnyOf, Fact, Set};
use portico_core::access::model::Permission;
use portico_core::access::rule::{Known, Node, all, any};
use portico_core::access::setting::{SettingKind, Value};
use portico_core::id::ExternalUserId;
use portico_core::settings::registry;
use rusqlite::Connection;

use crate::error::Result;
use crate::table::desk_setting;
use crate::visibility::directory::{self, Directory, DirectoryCache, Here};
use crate::visibility::memory::{Memory, Written};
use crate::visibility::person::PersonFacts;

/// What is the same for everybody in one state.
pub struct Scene {
    pub(super) directory: Arc<Directory>,
    pub(super) login: Node,
    /// Login, and one of the lists or opening.
    pub(super) seen: Node,
    /// All facts of `seen`, each once.
    pub(super) facts: Vec<Fact>,
    /// The fields that every ticket shows; `None` where that is not known.
    pub(super) fields: Option<Vec<String>>,
    /// All that is asked of people and of the directory.
    sets: Vec<Set>,
    /// Whether it counts for everybody how many people are active.
    pub(super) counts_people: bool,
}

/// Knows the settings and nothing else.
struct ForScene<'a>(&'a Here<'a>);

impl Known for ForScene<'_> {
    fn fact(&self, _: &Fact) -> Option<Node> {
        None
    }

    fn setting(&self, name: &str) -> Option<Option<Value>> {
        Some(self.0.setting(name))
    }
}

impl Scene {
    /// The committed state behind `c`; `None` where the desk has no access model.
    pub fn load(c: &Connection, desk: &str, kept: &DirectoryCache) -> Result<Option<Self>> {
        let Some(model) = directory::model(c, desk)? else {
            return Ok(None);
        };
        let directory = kept.get(c, &model)?;
        Ok(Some(Self::of(c, &model, directory)?))
    }

    /// A state that is not committed, read so that it can be asked about when it is gone; `None` where the desk has
    /// no access model.
    pub fn load_apart(c: &Connection, desk: &str) -> Result<Option<Self>> {
        let Some(model) = directory::model(c, desk)? else {
            return Ok(None);
        };
        let directory = Arc::new(Directory::load(c, &model)?);
        let scene = Self::of(c, &model, directory)?;
        scene.directory.hold_rows(c, &scene.rows())?;
        Ok(Some(scene))
    }

    fn of(c: &Connection, model: &portico_core::access::model::AccessModel, directory: Arc<Directory>) -> Result<Self> {
        let (login, seen) = {
            let here = Here::new(c, &directory);
            let login = model.login.reduce(&ForScene(&here));
            let seen = any([model.listed(), model.openable.get(Permission::Ro).clone()]);
            let seen = all([model.login.clone(), seen]).reduce(&ForScene(&here));
            (login, seen)
        };
        let fields = match registry::shown_attributes(model.desk) {
            Some(setting) => desk_setting::words(c, setting)?,
            None => Some(model.attributes.iter().map(ToString::to_string).collect()),
        };
        let mut facts = Vec::new();
        seen.facts(&mut |fact| {
            if !facts.contains(fact) {
                facts.push(*fact);
            }
        });
        Ok(Self {
            sets: seen.sets(),
            counts_people: model.settings.iter().any(|needed| needed.kind == SettingKind::Package),
            facts,
            fields,
            directory,
            login,
            seen,
        })
    }

    /// Whether nobody can see a difference between the two, but for rows of accounts.
    pub(super) fn looks_like(&self, other: &Self, c: &Connection) -> bool {
        let (mine, theirs) = (Here::new(c, &self.directory), Here::new(c, &other.directory));
        let common = |set: &&Set| set.is_common();
        self.fields == other.fields
            && self.seen == other.seen
            && self.login == other.login
            && self.directory.queues == other.directory.queues
            && self.directory.moved == other.directory.moved
            && self
                .sets
                .iter()
                .filter(common)
                .all(|set| mine.common(set) == theirs.common(set))
    }

    /// What has to be known of a person to look at either scene, in the order in which it is read.
    pub(in crate::visibility) fn sets_with(&self, other: &Self) -> Vec<Set> {
        let mut sets: Vec<Set> = self.sets.iter().chain(&other.sets).copied().collect();
        sets.sort();
        sets.dedup();
        sets
    }

    /// Settings, queues and groups of this state.
    pub(in crate::visibility) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The rows of accounts that the rules ask about.
    fn rows(&self) -> Vec<AnyOf> {
        let mut rows = Vec::new();
        for fact in &self.facts {
            if let Fact::AccountRow(row) = fact
                && !rows.contains(&row.any_of)
            {
                rows.push(row.any_of);
            }
        }
        rows
    }
}

/// From where a person looks: her login, and the number of the facts that she may share with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewpoint {
    pub(super) login: String,
    pub(super) number: usize,
}

/// Viewpoints of many people in one or more states; facts that several have in common are kept once.
#[derive(Default)]
pub struct Viewpoints {
    facts: Vec<Arc<PersonFacts>>,
    numbers: HashMap<Arc<PersonFacts>, usize>,
}

/// What was read for others of the same state.
#[derive(Default)]
pub(in crate::visibility) struct Reading(Memory);

impl Reading {
    /// What of it is so in the state before or after a write, too.
    pub(super) fn across(self, written: &Written) -> Self {
        Self(self.0.across(written))
    }
}

impl Viewpoints {
    /// The viewpoint of a person in the state behind `c`; `None` where there is no record.
    pub(in crate::visibility) fn load(
        &mut self,
        c: &Connection,
        sets: &[Set],
        user: ExternalUserId,
        reading: &mut Reading,
    ) -> Result<Option<Viewpoint>> {
        self.load_like(c, sets, user, reading, None)
    }

    /// The same, where the viewpoint in another state is known, and what has been written between the two.
    pub(super) fn load_like(
        &mut self,
        c: &Connection,
        sets: &[Set],
        user: ExternalUserId,
        reading: &mut Reading,
        other: Option<(&Viewpoint, &Written)>,
    ) -> Result<Option<Viewpoint>> {
        let other = other.map(|(point, written)| (&*self.facts[point.number], written));
        let Some(facts) = PersonFacts::of_sets_like(c, user, sets, &mut reading.0, other)? else {
            return Ok(None);
        };
        let login = facts.login.clone();
        let facts = facts.without_login();
        let number = if let Some(number) = self.numbers.get(&facts) {
            *number
        } else {
            let facts = Arc::new(facts);
            self.facts.push(Arc::clone(&facts));
            self.numbers.insert(facts, self.facts.len() - 1);
            self.facts.len() - 1
        };
        Ok(Some(Viewpoint { login, number }))
    }

    /// How many different ones there are.
    pub(in crate::visibility) fn len(&self) -> usize {
        self.facts.len()
    }

    /// How many values her facts hold.
    pub(in crate::visibility) fn values(&self, point: &Viewpoint) -> usize {
        self.facts[point.number].len()
    }

    pub(super) fn facts(&self, point: &Viewpoint) -> PersonFacts {
        self.facts[point.number].with_login(point.login.clone())
    }
}
