//! Makes tickets of the rows of one table.
//!
//! There may be millions of rows: of each, eight bytes stay, with which numbers that come twice are noticed
//! ([`again`]). Whom and what a ticket names need not be known, as in the desk's own lists; what is not is counted.

mod again;
pub(super) mod fields;
mod time;
pub(super) mod words;

use portico_core::form::FormRules;
use portico_core::form::field::{Entity, Field, Kind};
use portico_core::model::{TICKET_STATE_KINDS, Ticket};

pub(super) use again::second_pass;

use self::again::Seen;
use self::fields::{NUMBER, Places};
use super::build::Column;
use super::guess::plain;
use super::known::{Found, Known};
use super::{said, value};
use crate::report::Report;
use crate::said::Said;
use crate::source::tally::Tally;

/// Makes tickets of rows.
pub(super) struct Tickets<'a> {
    pub(super) file: &'a str,
    pub(super) heads: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) known: &'a Known,
    pub(super) seen: Seen,
    /// How many rows became tickets.
    pub(super) rows: u64,
    rules: &'static FormRules,
    places: Places,
    /// By column: names that lead nowhere.
    strangers: Vec<Tally>,
    /// States whose kind was told from their names.
    states: Tally,
    /// Columns of whose times some have no zone.
    unzoned: Vec<usize>,
}

impl<'a> Tickets<'a> {
    /// One that has not been told its headings and columns yet.
    pub(super) fn new(file: &'a str, desk: &str, rules: &'static FormRules, known: &'a Known) -> Self {
        Self {
            file,
            heads: Vec::new(),
            columns: Vec::new(),
            known,
            seen: Seen::default(),
            rows: 0,
            rules,
            places: Places::of(desk, rules),
            strangers: Vec::new(),
            states: Tally::default(),
            unzoned: Vec::new(),
        }
    }

    /// Tells what its columns are.
    pub(super) fn begin(&mut self, heads: Vec<String>, columns: Vec<Column>) {
        self.strangers = columns.iter().map(|_| Tally::default()).collect();
        self.heads = heads;
        self.columns = columns;
    }

    /// The column that says which ticket a row is.
    pub(super) fn number_at(&self) -> Option<usize> {
        self.column(NUMBER).map(|column| column.at)
    }

    fn column(&self, name: &str) -> Option<Column> {
        self.columns.iter().copied().find(|column| column.name() == name)
    }

    /// The ticket of a row, without the desk's number of the row; what it does not tell rightly is a problem.
    pub(super) fn row(&mut self, line: u64, cells: &[String], report: &mut Report) -> Option<Ticket> {
        let before = report.count();
        let mut ticket = Ticket::default();
        for place in 0..self.columns.len() {
            let column = self.columns[place];
            let Some(field) = column.field else { continue };
            let cell = cells[column.at].trim();
            if let Err(message) = self.cell(&mut ticket, (place, field), cell, line) {
                report.problem(self.file, line, &self.heads[column.at], message);
            }
        }
        ticket.changed = ticket.changed.max(ticket.created);
        self.state(&mut ticket, line);
        if report.count() > before {
            return None;
        }
        self.seen.add(&ticket.number);
        self.rows += 1;
        Some(ticket)
    }

    fn cell(
        &mut self,
        ticket: &mut Ticket,
        (place, field): (usize, &'static Field),
        cell: &str,
        line: u64,
    ) -> Result<(), Said> {
        match field.kind {
            Kind::One(entity) => {
                let key = self.refer(entity, place, cell, line)?;
                *reference(ticket, field.name) = key;
            }
            Kind::Date => {
                let seconds = self.time(place, cell)?;
                match seconds {
                    Some(at) if field.name == fields::CREATED => ticket.created = at,
                    Some(at) => ticket.changed = at,
                    None if field.name == fields::CREATED => {
                        return Err(said::no_created());
                    }
                    None => {}
                }
            }
            Kind::Flag => {
                ticket.archived = value::flag(cell).ok_or_else(|| said::flag(cell))?;
            }
            Kind::Choice(words) => ticket.state_kind = choice(words, cell)?,
            _ if field.name == NUMBER => {
                if cell.is_empty() {
                    return Err(said::no_number());
                }
                cell.clone_into(&mut ticket.number);
            }
            _ => cell.clone_into(&mut ticket.title),
        }
        Ok(())
    }

    fn time(&mut self, place: usize, cell: &str) -> Result<Option<i64>, Said> {
        if cell.is_empty() {
            return Ok(None);
        }
        let told = time::told(cell)?;
        let at = self.columns[place].at;
        if !told.zoned && !self.unzoned.contains(&at) {
            self.unzoned.push(at);
        }
        Ok(Some(told.seconds))
    }

    /// What the desk's tickets hold for what a cell names. What is not known is taken as it stands there.
    fn refer(&mut self, entity: Entity, place: usize, cell: &str, line: u64) -> Result<String, Said> {
        if cell.is_empty() {
            return Ok(String::new());
        }
        let logins = entity == Entity::ExternalUser && self.places.by_login;
        match self.known.find(entity, cell) {
            Some(Found::Key(key)) if logins => {
                let login = self.known.unique_of(entity, &key).unwrap_or(cell);
                // Desks differ in whether case matters: the ticket keeps what it has.
                let only_case = login.to_lowercase() == cell.to_lowercase();
                return Ok(if only_case { cell } else { login }.to_owned());
            }
            Some(Found::Key(key)) if entity == Entity::Account && key.to_lowercase() == cell.to_lowercase() => {
                return Ok(cell.to_owned());
            }
            Some(Found::Key(key)) => return Ok(key),
            Some(Found::Several) => {
                return Err(said::several_ticket(noun(entity), cell));
            }
            Some(Found::Pending) if logins || entity == Entity::Account => {}
            // Of these the desk may keep names alone.
            None if self.rules.of(entity).is_none() && entity != Entity::ExternalUser => {}
            _ if entity == Entity::TicketState => {}
            _ => self.strangers[place].add(cell, line),
        }
        Ok(cell.to_owned())
    }

    /// Gives a ticket the kind of its state, where no cell says it: that of the record, or what the name tells.
    fn state(&mut self, ticket: &mut Ticket, line: u64) {
        if !ticket.state_kind.is_empty() {
            return;
        }
        if let Some(kind) = self.known.state_kind(&ticket.state) {
            kind.clone_into(&mut ticket.state_kind);
            return;
        }
        words::kind_of_state(&plain(&ticket.state)).clone_into(&mut ticket.state_kind);
        if self.column("state").is_some() {
            self.states.add(&ticket.state, line);
        }
    }

    /// Says what is worth a look once all rows were read.
    pub(super) fn finish(&mut self, report: &mut Report) {
        for (column, tally) in self.columns.iter().zip(std::mem::take(&mut self.strangers)) {
            let noun = column
                .field
                .and_then(|field| field.kind.refers_to())
                .map_or_else(String::new, noun);
            tally.finish(self.file, &self.heads[column.at], report, &|name, n| {
                said::stranger(&noun, name, n)
            });
        }
        let head = self
            .column("state")
            .map(|column| self.heads[column.at].clone())
            .unwrap_or_default();
        std::mem::take(&mut self.states).finish(self.file, &head, report, &|name, n| {
            let kind = words::kind_of_state(&plain(name));
            if name.is_empty() {
                return said::no_state(n, kind);
            }
            said::state_by_name(name, n, kind)
        });
        for at in &self.unzoned {
            report.finding(self.file, 0, &self.heads[*at], said::no_zone());
        }
        for name in [Some(self.places.owner), self.places.home].into_iter().flatten() {
            if self.column(name).is_none() {
                report.finding(self.file, 0, "", said::no_owner(name));
            }
        }
        if self.column("state").is_none() && self.column("state_kind").is_none() {
            report.finding(self.file, 0, "", said::no_states());
        }
    }

    /// What a cell would be read as, for people; `None` where that is what stands there.
    pub(super) fn shown(&self, column: Column, cell: &str) -> Option<String> {
        let text = cell.trim();
        match column.field?.kind {
            Kind::Flag => value::flag(text).map(|on| on.to_string()),
            Kind::Date => {
                let at = jiff::Timestamp::from_second(time::told(text).ok()?.seconds).ok()?;
                Some(at.strftime("%Y-%m-%d %H:%M:%S").to_string())
            }
            Kind::Choice(words) => choice(words, text).ok(),
            Kind::One(entity) => match self.known.find(entity, text) {
                Some(Found::Key(key)) => self
                    .known
                    .unique_of(entity, &key)
                    .filter(|name| !name.is_empty())
                    .map(ToOwned::to_owned),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A kind of state, whatever its case; empty where it may be told otherwise.
fn choice(words: &[&str], cell: &str) -> Result<String, Said> {
    let lower = cell.to_lowercase();
    if cell.is_empty() || words.contains(&lower.as_str()) {
        return Ok(lower);
    }
    Err(said::choice(cell, TICKET_STATE_KINDS.join(", ")))
}

fn noun(entity: Entity) -> String {
    match entity {
        Entity::ExternalUser => "person".to_owned(),
        entity => entity.name().trim_start_matches("ticket_").replace('_', " "),
    }
}

/// Where a ticket keeps what a field names.
fn reference<'t>(ticket: &'t mut Ticket, field: &str) -> &'t mut String {
    match field {
        "person" | "contact" => &mut ticket.owner,
        "account" | "address" | "object" => &mut ticket.account,
        "queue" => &mut ticket.queue,
        "state" => &mut ticket.state,
        "ticket_type" => &mut ticket.ticket_type,
        "priority" => &mut ticket.priority,
        _ => &mut ticket.service,
    }
}
