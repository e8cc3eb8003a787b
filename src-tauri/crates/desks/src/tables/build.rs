//! Makes records and links of the rows of one table.

use std::collections::HashMap;

use portico_core::form::FormRules;
use portico_core::form::field::{Entity, Field, Kind};
use portico_core::model::{
    ExternalUser, UserAccount, UserAccountView, UserAddress, UserContact, UserGroup, UserResponsibleAgent,
    UserResponsibleGroup, UserService, UserTicketState, UserTicketType,
};
use portico_core::snapshot::Batch;

use super::fields::{self, KIND_KEY};
use super::known::{Found, Known};
use super::mapping::Mapping;
use super::said;
use super::slots::{Slot, Slots};
use super::value;
use crate::report::Report;
use crate::said::Said;
use crate::source::tally::{Print, print};

/// A column that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its place in the row.
    pub(super) at: usize,
    /// `None` for the desk's key.
    pub(super) field: Option<&'static Field>,
}

impl Column {
    pub(super) fn name(&self) -> &'static str {
        self.field.map_or(KIND_KEY, |field| field.name)
    }
}

/// Makes batches of the rows of one table.
pub(super) struct Builder<'a> {
    pub(super) file: &'a str,
    pub(super) entity: Entity,
    pub(super) rules: &'static FormRules,
    pub(super) heads: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) separator: char,
    pub(super) known: &'a mut Known,
    /// Keys and unique names that came, with their lines.
    keys: HashMap<Print, u64>,
    uniques: HashMap<Print, u64>,
    /// Whether cells that come later may speak of these records.
    spoken_of: bool,
    /// How many rows became records.
    pub(super) rows: u64,
    /// How many of those the workspace had already.
    pub(super) knew: u64,
}

/// A row at its place.
struct At<'r> {
    line: u64,
    cells: &'r [String],
    report: &'r mut Report,
}

impl<'a> Builder<'a> {
    /// One that has not been told its headings and columns yet.
    pub(super) fn new(
        file: &'a str,
        entity: Entity,
        rules: &'static FormRules,
        mapping: &Mapping,
        known: &'a mut Known,
        spoken_of: bool,
    ) -> Self {
        Self {
            file,
            entity,
            rules,
            heads: Vec::new(),
            columns: Vec::new(),
            separator: mapping.separator.chars().next().unwrap_or(';'),
            known,
            keys: HashMap::new(),
            uniques: HashMap::new(),
            spoken_of,
            rows: 0,
            knew: 0,
        }
    }
}

impl Builder<'_> {
    /// The records and links of a row; what it does not tell rightly is a problem.
    pub(super) fn row(&mut self, line: u64, cells: &[String], report: &mut Report) -> Vec<Batch> {
        let mut at = At { line, cells, report };
        match self.entity {
            Entity::ExternalUser => self.person(&mut at),
            Entity::Contact => self.one(&mut at, Batch::Contacts),
            Entity::Account => self.one(&mut at, Batch::Accounts),
            Entity::Address => self.one(&mut at, Batch::Addresses),
            Entity::Machine => self.one(&mut at, Batch::Machines),
            Entity::Agent => self.one(&mut at, Batch::Agents),
            Entity::Group => self.one(&mut at, Batch::Groups),
            Entity::Queue => self.one(&mut at, Batch::Queues),
            Entity::TicketType => self.one(&mut at, Batch::TicketTypes),
            Entity::TicketState => self.one(&mut at, Batch::TicketStates),
            Entity::TicketPriority => self.one(&mut at, Batch::TicketPriorities),
            Entity::Service => self.one(&mut at, Batch::Services),
            Entity::Backend => self.one(&mut at, Batch::Backends),
            Entity::PortalObject => self.one(&mut at, Batch::PortalObjects),
        }
    }

    /// Empty batches of the kinds that the table speaks of, so that a list without entries is one.
    pub(super) fn kinds(&self) -> Vec<Batch> {
        let links = self.columns.iter().filter_map(|column| column.field);
        links.filter_map(|field| links_of(field.name, "", &[])).collect()
    }

    fn one<T: Slots>(&mut self, at: &mut At<'_>, batch: fn(Vec<T>) -> Batch) -> Vec<Batch> {
        self.record::<T>(at)
            .map(|record| batch(vec![record]))
            .into_iter()
            .collect()
    }

    fn person(&mut self, at: &mut At<'_>) -> Vec<Batch> {
        let Some(user) = self.record::<ExternalUser>(at) else {
            return Vec::new();
        };
        let mut batches = Vec::new();
        for column in self.columns.clone() {
            let Some(field) = column.field.filter(|field| field.kind.is_linked()) else {
                continue;
            };
            let entries = self.entries(column, field, at);
            batches.extend(links_of(field.name, &user.key, &entries).filter(|batch| !batch.is_empty()));
        }
        batches.insert(0, Batch::ExternalUsers(vec![user]));
        batches
    }

    fn record<T: Slots>(&mut self, at: &mut At<'_>) -> Option<T> {
        let mut record = T::default();
        for column in self.columns.clone() {
            self.cell(&mut record, column, at);
        }
        let key = self.key(&mut record, at)?;
        record.put(KIND_KEY, &key);
        if self.entity == Entity::Account {
            record.put("key", &key);
        }
        self.once(&mut record, &key, at)?;
        self.rows += 1;
        self.knew += u64::from(self.known.unique_of(self.entity, &key).is_some());
        if !self.spoken_of {
            return Some(record);
        }
        let title = [record.text("title"), record.text("name")];
        let whole = format!("{} {}", record.text("first_name"), record.text("last_name"));
        let unique = fields::unique(self.entity).unwrap_or("email");
        let unique = record.text(unique);
        let others = [title[0].as_str(), title[1].as_str(), whole.trim()];
        self.known.add(self.entity, Some(&key), &unique, &others);
        // What is wrong with its cells is a problem of the report, after which nothing is handed on.
        Some(record)
    }

    fn cell<T: Slots>(&self, record: &mut T, column: Column, at: &mut At<'_>) {
        let cell = at.cells[column.at].trim();
        let wrong = |message: Said, at: &mut At<'_>| {
            at.report.problem(self.file, at.line, &self.heads[column.at], message);
        };
        let referred = column.field.and_then(|field| match field.kind {
            Kind::One(entity) => Some(entity),
            _ => None,
        });
        let reference = referred
            .filter(|_| !cell.is_empty())
            .and_then(|entity| self.refer(entity, column, cell, at));
        match record.slot(column.name()) {
            Some(Slot::Text(text)) => match column.field.map(|field| field.kind) {
                Some(Kind::One(_)) => *text = reference.unwrap_or_default(),
                Some(Kind::Choice(words)) if !cell.is_empty() && !words.contains(&cell) => {
                    wrong(said::choice(cell, words.join(", ")), at);
                }
                _ => cell.clone_into(text),
            },
            Some(Slot::Flag(flag)) => match value::flag(cell) {
                Some(on) => *flag = on,
                None => wrong(said::flag(cell), at),
            },
            Some(Slot::Open(flag)) => match value::flag(cell) {
                Some(on) => *flag = Some(on),
                None => wrong(said::flag(cell), at),
            },
            Some(Slot::Status(validity)) => {
                if let Some(status) = value::status(cell, &self.rules.status) {
                    *validity = status;
                } else {
                    let words = self.rules.status.words.join(", ");
                    wrong(said::status(cell, words), at);
                }
            }
            None => {}
        }
    }

    /// The desk's key of a record that a cell speaks of; a problem where it cannot be told.
    fn refer(&self, entity: Entity, column: Column, cell: &str, at: &mut At<'_>) -> Option<String> {
        let noun = entity.name().trim_start_matches("permission_").replace('_', " ");
        let message = match self.known.find(entity, cell) {
            Some(Found::Key(key)) => return Some(key),
            // Accounts are found by what people type also before the desk has them.
            Some(Found::Pending) if entity == Entity::Account => return Some(cell.to_owned()),
            Some(Found::Pending) => said::pending(noun, cell),
            Some(Found::Several) => said::several(noun, cell),
            None => said::nobody(noun, cell),
        };
        at.report.problem(self.file, at.line, &self.heads[column.at], message);
        None
    }

    /// The keys of a list, each with its permission.
    fn entries(&self, column: Column, field: &Field, at: &mut At<'_>) -> Vec<(String, String)> {
        let Some(entity) = field.kind.refers_to() else {
            return Vec::new();
        };
        let mut found: Vec<(String, String)> = Vec::new();
        for entry in value::entries(&at.cells[column.at], self.separator) {
            let (name, permission) = match field.kind {
                Kind::Rights(_) => self.right(entity, entry),
                _ => (entry, String::new()),
            };
            if matches!(field.kind, Kind::Rights(_)) && !self.rules.permissions.contains(&permission.as_str()) {
                let known = self.rules.permissions.join(", ");
                let message = said::permission(entry, name, known);
                at.report.problem(self.file, at.line, &self.heads[column.at], message);
                continue;
            }
            if let Some(key) = self.refer(entity, column, name, at) {
                let one = (key, permission);
                if !found.contains(&one) {
                    found.push(one);
                }
            }
        }
        found
    }

    /// A group and the permission behind its last colon; the desk's only permission where there is one.
    fn right<'e>(&self, entity: Entity, entry: &'e str) -> (&'e str, String) {
        if let (None, Some((name, permission))) = (self.known.find(entity, entry), entry.rsplit_once(':')) {
            return (name.trim(), permission.trim().to_owned());
        }
        let only = match self.rules.permissions {
            [only] => (*only).to_owned(),
            _ => String::new(),
        };
        (entry, only)
    }

    /// The column that says which record a row is.
    fn key_column(&self) -> Option<Column> {
        let of = |name: &&str| self.columns.iter().copied().find(|column| column.name() == *name);
        fields::keys(self.entity).iter().find_map(of)
    }

    /// The desk's key of the row's record: as the table has it, or of the record of its name, or its name itself.
    fn key<T: Slots>(&mut self, record: &mut T, at: &mut At<'_>) -> Option<String> {
        let column = self.key_column()?;
        let text = record.text(column.name());
        let head = &self.heads[column.at];
        if text.is_empty() {
            at.report.problem(self.file, at.line, head, said::no_key_here());
            return None;
        }
        if let Some(line) = self.keys.insert(print(&text), at.line) {
            let message = said::twice(&text, line);
            at.report.problem(self.file, at.line, head, message);
            return None;
        }
        if column.name() == KIND_KEY {
            return Some(text);
        }
        let found = if fields::unique(self.entity) == Some(column.name()) {
            self.known.named(self.entity, &text)
        } else {
            self.known.find(self.entity, &text)
        };
        match found {
            Some(Found::Key(key)) => Some(key),
            Some(Found::Several) => {
                let message = said::ambiguous(&text);
                at.report.problem(self.file, at.line, head, message);
                None
            }
            _ if self
                .known
                .unique_of(self.entity, &text)
                .is_some_and(|unique| unique != text) =>
            {
                let message = said::key_of_another(&text);
                at.report.problem(self.file, at.line, head, message);
                None
            }
            _ => Some(text),
        }
    }

    /// Sees to it that what the desk has once is there, and once.
    fn once<T: Slots>(&mut self, record: &mut T, key: &str, at: &mut At<'_>) -> Option<()> {
        let Some(field) = fields::unique(self.entity).filter(|field| *field != "key") else {
            return Some(());
        };
        let column = self.columns.iter().find(|column| column.name() == field);
        let text = match column {
            Some(_) => record.text(field),
            None => self.known.unique_of(self.entity, key).unwrap_or_default().to_owned(),
        };
        let head = column.map_or(field, |column| self.heads[column.at].as_str());
        if text.is_empty() {
            let message = said::new_needs(key, field);
            at.report.problem(self.file, at.line, head, message);
            return None;
        }
        record.put(field, &text);
        // By this the rows were told apart already.
        if self.key_column().is_some_and(|column| column.name() == field) {
            return Some(());
        }
        if let Some(line) = self.uniques.insert(print(&text), at.line) {
            let message = said::twice(&text, line);
            at.report.problem(self.file, at.line, head, message);
            return None;
        }
        Some(())
    }
}

/// The links that a field stands for.
fn links_of(field: &str, user: &str, entries: &[(String, String)]) -> Option<Batch> {
    macro_rules! all {
        ($batch:ident, $link:ident, $to:ident) => {
            Batch::$batch(
                entries
                    .iter()
                    .map(|(key, _)| $link {
                        user: user.to_owned(),
                        $to: key.clone(),
                    })
                    .collect(),
            )
        };
    }
    let addresses = |permission: &str| {
        let link = |(key, _): &(String, String)| UserAddress {
            user: user.to_owned(),
            address: key.clone(),
            permission: permission.to_owned(),
        };
        Batch::UserAddresses(entries.iter().map(link).collect())
    };
    Some(match field {
        "further_accounts" => all!(UserAccounts, UserAccount, account),
        "seen_accounts" => all!(UserAccountViews, UserAccountView, account),
        "contacts" => all!(UserContacts, UserContact, contact),
        "services" => all!(UserServices, UserService, service),
        "responsible_groups" => all!(UserResponsibleGroups, UserResponsibleGroup, group),
        "responsible_agents" => all!(UserResponsibleAgents, UserResponsibleAgent, agent),
        "ticket_types" => all!(UserTicketTypes, UserTicketType, ticket_type),
        "ticket_states" => all!(UserTicketStates, UserTicketState, state),
        "read_addresses" => addresses("read"),
        "write_addresses" => addresses("write"),
        "groups" => {
            let link = |(key, permission): &(String, String)| UserGroup {
                user: user.to_owned(),
                group: key.clone(),
                permission: permission.clone(),
            };
            Batch::UserGroups(entries.iter().map(link).collect())
        }
        _ => return None,
    })
}
