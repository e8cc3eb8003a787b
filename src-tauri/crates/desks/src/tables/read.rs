//! Reads one table, or a folder or archive of tables whose names say what they hold.

use std::ops::ControlFlow;

use portico_core::form::field::Entity;
use portico_core::form::registry;
use portico_core::snapshot::{Batch, Scope, Sink, Source};

use super::build::{Builder, Column};
use super::fields::{KINDS, RowKind, kind, kind_name};
use super::head;
use super::known::{Need, need};
use super::mapping::Mapping;
use super::row::{self, How, Taker};
use super::said;
use super::ticket::fields::Places;
use super::ticket::{self, Tickets};
use super::{ENDINGS, guess};
use crate::error::DeskError;
use crate::reader::{ReadOptions, Reader};
use crate::report::{Report, TableCount};
use crate::source::out::{self, Out};
use crate::source::{Entry, Files};

/// A reader of tables for a desk.
pub(crate) struct Tables {
    desk: &'static str,
    options: ReadOptions,
    report: Report,
}

/// A table and what it holds.
struct Plan {
    entry: Entry,
    kind: RowKind,
    mapping: Mapping,
    /// Whether nobody said what its columns are.
    guessed: bool,
}

impl Tables {
    /// A source to read; nothing is opened yet.
    pub(crate) fn new(desk: &'static str, options: ReadOptions) -> Self {
        let report = Report::default();
        Self { desk, options, report }
    }

    /// What is to be read, in the order in which one needs the other.
    fn plans(&self, files: &Files, report: &mut Report) -> Result<Vec<Plan>, DeskError> {
        let entries: Vec<&Entry> = files.entries().iter().filter(|entry| !is_settings(entry)).collect();
        let mut plans: Vec<Plan> = Vec::new();
        if let (Some(_), [_, _, ..]) = (&self.options.table, &entries[..]) {
            let path = self.options.path.display().to_string();
            report.problem(&path, 0, "", said::several_files());
            return Ok(plans);
        }
        for entry in entries {
            let given = self.options.table.as_ref();
            let name = given
                .map(|mapping| mapping.kind.as_str())
                .or_else(|| guess::kind(entry.stem()));
            let Some(kind) = name.and_then(kind) else {
                let kinds = KINDS.map(|(name, _)| name).join(", ");
                let message = match name {
                    Some(name) => said::no_kind(name, kinds),
                    None => said::unnamed(kinds),
                };
                report.problem(&entry.name, 0, "", message);
                continue;
            };
            let what = kind_name(kind).unwrap_or_default();
            if super::fields(self.desk, kind).is_empty() {
                report.problem(&entry.name, 0, "", said::not_here(what));
                continue;
            }
            if let Some(other) = plans.iter().find(|plan| plan.kind == kind) {
                let message = said::same_kind(what, &other.entry.name);
                report.problem(&entry.name, 0, "", message);
                continue;
            }
            let asked = given.cloned().unwrap_or_else(|| Mapping::guessed(what));
            let heads = head::heads(files, entry, How::of(&asked), report)?;
            plans.push(Plan {
                entry: entry.clone(),
                kind,
                mapping: head::filled(self.desk, kind, &heads, &asked),
                guessed: given.is_none(),
            });
        }
        plans.sort_by_key(|plan| KINDS.iter().position(|(_, kind)| *kind == plan.kind));
        Ok(plans)
    }

    fn files(&self) -> Result<Files, DeskError> {
        Files::open(&self.options.path, &ENDINGS)
    }
}

impl Source for Tables {
    type Error = DeskError;

    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), DeskError> {
        self.report = Report::default();
        let files = self.files()?;
        let mut planning = Report::default();
        let plans = self.plans(&files, &mut planning)?;
        // What the headings have to say is said again while the rows are read.
        if !planning.is_usable() || plans.is_empty() {
            self.report = planning;
            if plans.is_empty() && self.report.is_usable() {
                let path = self.options.path.display().to_string();
                self.report.problem(&path, 0, "", said::no_table());
            }
            return out::end(&self.report);
        }
        let Some(rules) = registry::rules(self.desk) else {
            return Err(DeskError::UnknownDesk(self.desk.to_owned()));
        };
        let watch = self.options.watch.clone();
        let mut out = Out::new(sink, watch.as_ref());
        let mut known = self.options.known.clone();
        for (at, plan) in plans.iter().enumerate() {
            match plan.kind {
                RowKind::Records(entity) => {
                    let later = &plans[at..];
                    let spoken_of = later
                        .iter()
                        .any(|one| need(self.desk, &one.mapping, entity) == Need::Names);
                    let builder = Builder::new(&plan.entry.name, entity, rules, &plan.mapping, &mut known, spoken_of);
                    read_records((&files, plan), self.desk, builder, &mut out, &mut self.report)?;
                }
                RowKind::Tickets => {
                    let tickets = Tickets::new(&plan.entry.name, self.desk, rules, &known);
                    read_tickets((&files, plan), self.desk, tickets, &mut out, &mut self.report)?;
                }
            }
        }
        out.flush(&self.report)?;
        out::end(&self.report)
    }
}

impl Reader for Tables {
    fn report(&self) -> &Report {
        &self.report
    }

    fn scope(&self) -> Scope {
        let mut scope = Scope {
            some_kinds: true,
            some_records: true,
            ..Scope::default()
        };
        // What cannot be read now cannot be read later, and then nothing is written.
        let plans = self
            .files()
            .and_then(|files| self.plans(&files, &mut Report::default()));
        for plan in plans.unwrap_or_default() {
            let named = plan.mapping.columns.into_values().filter(|field| !field.is_empty());
            let told = match plan.kind {
                RowKind::Tickets => named
                    .flat_map(|field| Places::told(&field))
                    .map(ToString::to_string)
                    .collect(),
                RowKind::Records(_) => named.collect(),
            };
            scope.fields.insert(batch_kind(plan.kind), told);
        }
        scope
    }
}

/// A kind of record as batches call it.
fn batch_kind(kind: RowKind) -> &'static str {
    let RowKind::Records(entity) = kind else {
        return "tickets";
    };
    match entity {
        Entity::ExternalUser => "external_users",
        Entity::Contact => "contacts",
        Entity::Account => "accounts",
        Entity::Address => "addresses",
        Entity::Machine => "machines",
        Entity::Agent => "agents",
        Entity::Group => "groups",
        Entity::Queue => "queues",
        Entity::TicketType => "ticket_types",
        Entity::TicketState => "ticket_states",
        Entity::TicketPriority => "ticket_priorities",
        Entity::Service => "services",
        Entity::PortalObject => "portal_objects",
        Entity::Backend => "backends",
    }
}

fn is_settings(entry: &Entry) -> bool {
    let name = entry.name.rsplit('/').next().unwrap_or_default();
    ["settings.json", "mapping.json"]
        .iter()
        .any(|own| name.eq_ignore_ascii_case(own))
}

fn read_records(
    (files, plan): (&Files, &Plan),
    desk: &str,
    builder: Builder<'_>,
    out: &mut Out<'_, '_>,
    report: &mut Report,
) -> Result<(), DeskError> {
    let mut rows = Records {
        desk,
        plan,
        builder,
        out,
    };
    row::read(files, &plan.entry, How::of(&plan.mapping), &mut rows, report)?;
    report.tables.push(TableCount {
        kind: batch_kind(plan.kind),
        rows: rows.builder.rows,
        known: rows.builder.knew,
    });
    for batch in rows.builder.kinds() {
        rows.out.put(batch, report)?;
    }
    Ok(())
}

struct Records<'a, 'o, 's> {
    desk: &'a str,
    plan: &'a Plan,
    builder: Builder<'a>,
    out: &'a mut Out<'o, 's>,
}

impl Taker for Records<'_, '_, '_> {
    fn heads(&mut self, names: &[String], report: &mut Report) -> ControlFlow<()> {
        let Some(columns) = columns(self.desk, self.plan, names, report) else {
            return ControlFlow::Break(());
        };
        self.builder.columns = columns;
        self.builder.heads = names.to_vec();
        ControlFlow::Continue(())
    }

    fn row(&mut self, line: u64, cells: &[String], report: &mut Report) -> Result<ControlFlow<()>, DeskError> {
        self.out.step(self.builder.file)?;
        for batch in self.builder.row(line, cells, report) {
            self.out.put(batch, report)?;
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// The columns that are read; `None` where something is wrong with them. Says what was assumed, and what is left out.
fn columns(desk: &str, plan: &Plan, names: &[String], report: &mut Report) -> Option<Vec<Column>> {
    let Plan {
        entry,
        kind,
        mapping,
        guessed,
    } = plan;
    let before = report.count();
    let columns = head::columns(desk, *kind, &entry.name, names, mapping, report);
    for name in names {
        match mapping.columns.get(name).filter(|field| !field.is_empty()) {
            Some(field) if *guessed => {
                report.finding(&entry.name, 0, name, said::guessed(field));
            }
            Some(_) => {}
            None => report.finding(&entry.name, 0, name, said::not_read()),
        }
    }
    (report.count() == before).then_some(columns)
}

fn read_tickets(
    (files, plan): (&Files, &Plan),
    desk: &str,
    tickets: Tickets<'_>,
    out: &mut Out<'_, '_>,
    report: &mut Report,
) -> Result<(), DeskError> {
    let mut rows = TicketRows {
        desk,
        plan,
        tickets,
        out,
    };
    let how = How::of(&plan.mapping);
    row::read(files, &plan.entry, how, &mut rows, report)?;
    rows.tickets.finish(report);
    let seen = std::mem::take(&mut rows.tickets.seen);
    if let Some(at) = rows.tickets.number_at() {
        ticket::second_pass(seen, (files, &plan.entry, how), at, report)?;
    }
    report.tables.push(TableCount {
        kind: batch_kind(plan.kind),
        rows: rows.tickets.rows,
        known: 0,
    });
    rows.out.put(Batch::Tickets(Vec::new()), report)
}

struct TicketRows<'a, 'o, 's> {
    desk: &'a str,
    plan: &'a Plan,
    tickets: Tickets<'a>,
    out: &'a mut Out<'o, 's>,
}

impl Taker for TicketRows<'_, '_, '_> {
    fn heads(&mut self, names: &[String], report: &mut Report) -> ControlFlow<()> {
        let Some(columns) = columns(self.desk, self.plan, names, report) else {
            return ControlFlow::Break(());
        };
        self.tickets.begin(names.to_vec(), columns);
        ControlFlow::Continue(())
    }

    fn row(&mut self, line: u64, cells: &[String], report: &mut Report) -> Result<ControlFlow<()>, DeskError> {
        self.out.step(self.tickets.file)?;
        if let Some(ticket) = self.tickets.row(line, cells, report) {
            self.out.put(Batch::Tickets(vec![ticket]), report)?;
        }
        Ok(ControlFlow::Continue(()))
    }
}
