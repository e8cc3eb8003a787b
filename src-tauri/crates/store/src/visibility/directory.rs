//! What is the same for everybody: settings, queues and their groups, and who has rows on them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use portico_core::access::decide::Workspace;
use portico_core::access::fact::{AccountRow, AnyOf, Fact, Fold, Key, Set};
use portico_core::access::model::AccessModel;
use portico_core::access::setting::{FREE, FULL, NeededSetting, SettingKind, Settings, Value};
use portico_core::access::sorted::SortedBy;
use portico_core::fold;
use portico_core::id::ExternalUserId;
use rusqlite::Connection;

use super::cells::snapshot_id;
use super::condition::Condition;
use super::kept::{Kept, People};
use super::memory::Memory;
use super::owners_home::Moved;
use super::person::{json, services_of};
use super::places::Places;
use super::unconfirmed::unconfirmed;
use super::who::KnownPeople;
use crate::error::{Result, StoreError};
use crate::history;
use crate::snapshot::{Dict, Ticket};
use crate::table::desk_setting;

/// A queue, as access models ask for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueEntry {
    /// The queue's name; empty for a queue that is not recorded.
    pub name: String,
    /// Name of its group; empty for none.
    pub group: String,
    /// Whether the group is valid.
    pub group_valid: bool,
    /// What it does with replies to closed tickets.
    pub follow_up: String,
    /// Whether external users may comment on its tickets.
    pub external_comments: bool,
}

/// Accounts (their number in the snapshot) that have a row on a group, with the row's exact key; ordered.
pub(super) type Rows = Arc<[(i64, String)]>;

/// Settings and directory of a workspace. Load it once per call, or keep it as long as the data version stands;
/// the draft of a person changes nothing in it.
#[derive(Debug, Default)]
pub struct Directory {
    settings: Settings,
    /// The snapshot that it was read with.
    pub(super) snapshot: String,
    pub(super) people: People,
    pub(super) known_people: KnownPeople,
    /// By number in the snapshot; 0 is no queue.
    pub(super) queues: Vec<QueueEntry>,
    by_key: HashMap<String, usize>,
    /// Numbers of the queues of a group, by its name.
    by_group: HashMap<String, Vec<usize>>,
    /// By number in the snapshot.
    pub(super) kinds: Vec<String>,
    states: HashMap<String, String>,
    valid_groups: Vec<String>,
    services: HashMap<&'static str, Vec<String>>,
    rows: Mutex<HashMap<(String, AnyOf), Rows>>,
    /// Whose home counts for their tickets, where the model asks about that.
    pub(super) moved: Moved,
    /// What tickets are sorted by.
    pub(super) sorted_by: SortedBy,
    /// Settings whose assumed value nobody has confirmed.
    pub(super) unconfirmed: Vec<NeededSetting>,
    pub(super) places: OnceLock<Arc<Places>>,
}

/// Reads a JSON value as what the setting can be; `None` (unknown) where it is something else.
pub fn setting_value(kind: SettingKind, json: &str) -> Option<Value> {
    use serde_json::Value as Json;
    let json: Json = serde_json::from_str(json).ok()?;
    match (kind, json) {
        (SettingKind::Switch, Json::Bool(on)) => Some(Value::Switch(on)),
        (SettingKind::Switch, Json::Number(n)) => n
            .as_i64()
            .filter(|n| (0..=1).contains(n))
            .map(|n| Value::Switch(n == 1)),
        (SettingKind::Switch, Json::String(s)) if s == "0" || s == "1" => Some(Value::Switch(s == "1")),
        (SettingKind::Choice(words), Json::String(s)) => words.contains(&s.as_str()).then_some(Value::Choice(s)),
        (SettingKind::Groups | SettingKind::Words(_), Json::Array(names)) => {
            let names: Option<Vec<String>> = names.into_iter().map(|n| n.as_str().map(str::to_owned)).collect();
            names.map(Value::Names)
        }
        (SettingKind::Package, Json::Number(n)) => n.as_u64().and_then(|n| u32::try_from(n).ok()).map(Value::Number),
        _ => None,
    }
}

/// The access model of the workspace, by its desk and settings; `None` for a desk that is not known.
pub fn model(c: &Connection, desk: &str) -> Result<Option<AccessModel>> {
    let rows = desk_setting::all(c)?;
    let value = |name: &str| rows.iter().find(|row| row.name == name).map(|row| row.value.as_str());
    Ok(portico_core::access::registry::model_of(desk, value))
}

/// The settings a model needs, as far as they are known, as it asks for them: of a package of licences, whether one is
/// left. Where a desk's documentation is silent, the assumed value stands until somebody gives another one.
pub fn settings(c: &Connection, model: &AccessModel) -> Result<Settings> {
    let mut settings = given(c, model)?;
    for needed in model.settings.iter().filter(|n| n.kind == SettingKind::Package) {
        if let Some(Value::Number(licences)) = settings.get(needed.name) {
            let full = is_full(c, *licences)?;
            settings.set(needed.name, Value::choice(if full { FULL } else { FREE }));
        }
    }
    Ok(settings)
}

/// Whether at least so many people are active: each takes a licence.
fn is_full(c: &Connection, licences: u32) -> Result<bool> {
    let sql = "SELECT count(*) >= ?1 FROM
        (SELECT 1 FROM external_user WHERE validity = 1 AND present = 1 LIMIT ?1)";
    Ok(c.prepare_cached(sql)?.query_row([licences], |r| r.get(0))?)
}

/// The settings as they are given or assumed.
pub(super) fn given(c: &Connection, model: &AccessModel) -> Result<Settings> {
    let assumed = model.settings.iter().filter_map(|n| Some((n.name, n.assumed_value()?)));
    let mut settings: Settings = assumed.collect();
    for row in desk_setting::all(c)? {
        if let Some(needed) = model.settings.iter().find(|n| n.name == row.name)
            && let Some(value) = setting_value(needed.kind, &row.value)
        {
            settings.set(row.name, value);
        }
    }
    Ok(settings)
}

/// Keeps the directory until something in the workspace changes.
#[derive(Debug, Default)]
pub struct DirectoryCache(Mutex<Option<(Stamp, Arc<Directory>)>>);

/// The last entry of the log, the snapshot, the desk.
type Stamp = (i64, String, &'static str);

impl DirectoryCache {
    /// The directory, read again only after a change. Not for use inside a transaction that has changed something:
    /// what is not committed is not in the log.
    pub fn get(&self, c: &Connection, model: &AccessModel) -> Result<Arc<Directory>> {
        let stamp = (history::last_id(c)?, snapshot_id(c)?, model.desk);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, directory)) = kept.as_ref().filter(|(of, _)| *of == stamp) {
            return Ok(Arc::clone(directory));
        }
        let directory = Arc::new(Directory::load(c, model)?);
        *kept = Some((stamp, Arc::clone(&directory)));
        Ok(directory)
    }
}

impl Directory {
    /// Reads settings, queues, groups and kinds of state.
    pub fn load(c: &Connection, model: &AccessModel) -> Result<Self> {
        let mut directory = Self {
            settings: settings(c, model)?,
            snapshot: snapshot_id(c)?,
            sorted_by: model.sorted_by,
            unconfirmed: unconfirmed(c, model)?,
            ..Self::default()
        };
        directory.load_queues(c)?;
        let mut kinds = c.prepare_cached("SELECT id, key FROM tickets.dict WHERE kind = ?1")?;
        let mut rows = kinds.query([Dict::StateKind.number()])?;
        while let Some(r) = rows.next()? {
            put(&mut directory.kinds, r.get::<_, u32>(0)? as usize, r.get(1)?);
        }
        let mut states = c.prepare_cached("SELECT desk_key, name FROM ticket_state WHERE desk_key IS NOT NULL")?;
        let rows = states.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        directory.states = rows.collect::<rusqlite::Result<_>>()?;
        let sql = "SELECT name FROM permission_group WHERE validity = 1 AND present = 1 ORDER BY name";
        let mut groups = c.prepare_cached(sql)?;
        directory.valid_groups = groups.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        if model.asks_about(Key::ContactAccount) {
            directory.moved = Moved::load(c)?;
        }
        for set in model.sets() {
            if let Set::ServicesOf(login) = set {
                directory.services.insert(login, services_of(c, login)?);
            }
        }
        Ok(directory)
    }

    fn load_queues(&mut self, c: &Connection) -> Result<()> {
        let mut statement = c.prepare_cached(
            "SELECT d.id, d.key, coalesce(q.name, ''), coalesce(g.name, ''), coalesce(g.validity, 0), coalesce(q.follow_up, ''),
                    coalesce(q.external_comments, 0)
             FROM tickets.dict d
             LEFT JOIN queue q ON q.desk_key = d.key AND q.present = 1
             LEFT JOIN permission_group g ON g.id = q.group_id AND g.present = 1
             WHERE d.kind = ?1",
        )?;
        let mut rows = statement.query([Dict::Queue.number()])?;
        while let Some(r) = rows.next()? {
            let entry = QueueEntry {
                name: r.get(2)?,
                group: r.get(3)?,
                group_valid: r.get::<_, i64>(4)? == 1,
                follow_up: r.get(5)?,
                external_comments: r.get(6)?,
            };
            let id = r.get::<_, u32>(0)? as usize;
            put(&mut self.queues, id, entry);
            self.by_key.insert(r.get(1)?, id);
        }
        for (id, queue) in self.queues.iter().enumerate() {
            self.by_group.entry(queue.group.clone()).or_default().push(id);
        }
        Ok(())
    }

    /// The settings, as far as they are known.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same directory under other settings: what if they were changed.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self.people = People::default();
        self.known_people = KnownPeople::default();
        self
    }

    /// A person's facts, with what the model asks about whom else she sees where that is wanted; read once for as long
    /// as the directory is kept. `c` sees the directory's state.
    pub fn person(
        &self,
        c: &Connection,
        model: &AccessModel,
        user: ExternalUserId,
        colleagues: bool,
    ) -> Result<Arc<Kept>> {
        self.people.get(c, model, user, colleagues)
    }

    /// The same of one of many people, without colleagues.
    pub(super) fn facts_of(
        &self,
        c: &Connection,
        user: ExternalUserId,
        sets: &[Set],
        memory: &mut Memory,
    ) -> Result<Option<Arc<Kept>>> {
        self.people.one_of_many(c, user, sets, memory)
    }

    /// A ticket's queue.
    pub fn queue(&self, ticket: &Ticket) -> QueueEntry {
        self.by_key
            .get(&ticket.queue)
            .and_then(|&id| self.queues.get(id))
            .cloned()
            .unwrap_or_default()
    }

    /// Numbers of the queues of a group.
    pub(super) fn queues_of(&self, group: &str) -> &[usize] {
        self.by_group.get(group).map_or(&[], Vec::as_slice)
    }

    /// The name of a ticket's state; its key where the state is not recorded.
    pub fn state_name(&self, ticket: &Ticket) -> String {
        self.states.get(&ticket.state).unwrap_or(&ticket.state).clone()
    }

    /// Looks up all rows that may be asked for, so that the directory can be asked when the state behind `c` is gone.
    pub(super) fn hold_rows(&self, c: &Connection, asked: &[AnyOf]) -> Result<()> {
        for any_of in asked {
            for queue in self.queues.iter().filter(|q| !q.group.is_empty()) {
                self.rows(c, &queue.group, any_of)?;
            }
        }
        Ok(())
    }

    /// Accounts of the snapshot that compare like one with a row in the context `same` on the group; kept.
    pub(super) fn rows(&self, c: &Connection, group: &str, any_of: AnyOf) -> Result<Rows> {
        let key = (group.to_owned(), any_of);
        let mut kept = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rows) = kept.get(&key) {
            return Ok(Arc::clone(rows));
        }
        let mut statement = c.prepare_cached(
            "SELECT DISTINCT d.id, a.key FROM permission_group g
             CROSS JOIN account_group r ON r.group_id = g.id AND r.context = 'same'
                 AND r.permission IN (SELECT value FROM json_each(?2))
             CROSS JOIN account a ON a.id = r.account_id
             CROSS JOIN tickets.dict d ON d.kind = 2 AND d.simple = a.key_simple
             WHERE g.name = ?1 AND g.present = 1",
        )?;
        let rows = statement.query_map((group, json(any_of)?), |r| Ok((r.get(0)?, r.get(1)?)))?;
        let mut rows = rows.collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
        rows.sort();
        let rows: Rows = rows.into();
        kept.insert(key, Arc::clone(&rows));
        Ok(rows)
    }
}

fn put<T: Default + Clone>(list: &mut Vec<T>, at: usize, value: T) {
    if list.len() <= at {
        list.resize(at + 1, T::default());
    }
    list[at] = value;
}

/// The directory with a connection, so that rows can be looked up. What goes wrong is kept until asked for.
pub(super) struct Here<'a> {
    pub(super) c: &'a Connection,
    pub(super) directory: &'a Directory,
    failed: RefCell<Option<StoreError>>,
    /// What facts come to that ask nothing of a person.
    pub(super) conditions: RefCell<HashMap<Fact, Condition>>,
    /// Numbers of accounts by key, as they compare.
    pub(super) accounts: RefCell<HashMap<Fold, Numbers>>,
}

/// Numbers in the snapshot by key.
type Numbers = HashMap<String, Rc<[i64]>>;

impl<'a> Here<'a> {
    pub(super) fn new(c: &'a Connection, directory: &'a Directory) -> Self {
        Self {
            c,
            directory,
            failed: RefCell::default(),
            conditions: RefCell::default(),
            accounts: RefCell::default(),
        }
    }

    /// The value, unless a look-up went wrong on the way.
    pub(super) fn checked<T>(&self, value: T) -> Result<T> {
        self.failed.take().map_or(Ok(value), Err)
    }

    /// Keys of accounts that compare like this one and have a row in the context `same` on the group.
    pub(super) fn keys_with_row(&self, any_of: AnyOf, account: &str, group: &str) -> Result<Vec<String>> {
        let mut statement = self.c.prepare_cached(
            "SELECT a.key FROM account a
             CROSS JOIN account_group r ON r.account_id = a.id AND r.context = 'same'
                 AND r.permission IN (SELECT value FROM json_each(?3))
             CROSS JOIN permission_group g ON g.id = r.group_id AND g.name = ?2 AND g.present = 1
             WHERE a.key_simple = ?1",
        )?;
        let rows = statement.query_map((fold::simple(account), group, json(any_of)?), |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Workspace for Here<'_> {
    fn setting(&self, name: &str) -> Option<Value> {
        self.directory.settings.get(name).cloned()
    }

    fn common(&self, set: &Set) -> Option<Cow<'_, [String]>> {
        let directory = self.directory;
        match set {
            Set::ValidGroups => Some(Cow::Borrowed(&directory.valid_groups)),
            Set::ListedGroups(name) => match directory.settings.get(name) {
                Some(Value::Names(listed)) => {
                    let valid = directory.valid_groups.iter().filter(|g| listed.contains(g));
                    Some(Cow::Owned(valid.cloned().collect()))
                }
                _ => None,
            },
            Set::Words(name) => match directory.settings.get(name) {
                Some(Value::Names(words)) => Some(Cow::Borrowed(words)),
                _ => None,
            },
            Set::ServicesOf(login) => directory.services.get(login).map(|s| Cow::Borrowed(s.as_slice())),
            _ => None,
        }
    }

    fn account_row(&self, row: &AccountRow, account: &str, group: &str, except: &[String]) -> bool {
        match self.keys_with_row(row.any_of, account, group) {
            Ok(keys) => keys.iter().any(|k| !except.contains(k)),
            Err(error) => {
                self.failed.replace(Some(error));
                false
            }
        }
    }
}
