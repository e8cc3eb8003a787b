//! Taking a desk's records in.
//!
//! The stream is staged first, on a connection of its own: configuration in temporary tables, tickets in a file
//! beside the workspace. Nothing of the workspace is locked meanwhile. Then one transaction compares with the
//! base, moves it, keeps what is pending, and names the new ticket file; renaming that file ends it.

mod batch;
mod bulk;
mod cancel;
mod compare;
mod entity;
mod entry;
mod homes;
mod link;
mod scope;
mod setting;
mod stage;
mod tickets;

use portico_core::actor::Actor;
use portico_core::snapshot::{Batch, Scope, Sink, Stopped};
use rusqlite::{Connection, TransactionBehavior};

pub use cancel::CancelFlag;
pub use compare::{Compared, DeskRow};
use homes::Homes;
use scope::Told;
use stage::Stage;
use tickets::{Merge, TicketFile};

use crate::error::{Result, StoreError};
use crate::history::{self, ChangeId, Intent, Kind};
use crate::open::{self, Mode};
use crate::store::{Line, Store};
use crate::table::{SYNCED, Table, derived, meta};
use crate::transact::Label;
use crate::{conflict, snapshot};

/// How to take records in.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Do everything, then take it back.
    pub dry_run: bool,
    /// Keep the settings known before that this source does not give.
    pub keep_settings: bool,
    /// How much of the desk the source tells.
    pub scope: Scope,
    /// How the source was read, to be remembered with the workspace: name and value. No rehearsal keeps it.
    pub notes: Vec<(String, String)>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// `reading`, `indexing` or `writing`.
    pub phase: &'static str,
    /// What is being handled (`tickets`).
    pub kind: &'static str,
    /// How many of it so far.
    pub done: u64,
}

/// Added, changed and removed records of one kind, as the desk had them before and has them now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named like what it counts")]
pub struct KindCount {
    pub kind: &'static str,
    pub added: u64,
    pub changed: u64,
    pub removed: u64,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOutcome {
    /// By kind of record, kinds named as batches are.
    pub counts: Vec<KindCount>,
    /// Conflicts that wait to be settled, older ones included.
    pub conflicts: u64,
    /// The newest time in the tickets, in seconds since 1970-01-01 UTC.
    pub as_of: Option<i64>,
    /// How many tickets there are.
    pub tickets: u64,
    /// How many activities there are.
    pub activities: u64,
    /// The row of the log; `None` for a rehearsal.
    pub change: Option<ChangeId>,
}

/// The name of a table's records, as batches have it.
fn kind_of(table: &Table) -> &'static str {
    match table.name {
        "account" => "accounts",
        "permission_group" => "groups",
        "queue" => "queues",
        "ticket_type" => "ticket_types",
        "ticket_state" => "ticket_states",
        "ticket_priority" => "ticket_priorities",
        "service" => "services",
        "contact" => "contacts",
        "external_user" => "external_users",
        "user_account" => "user_accounts",
        "user_contact" => "user_contacts",
        "user_group" => "user_groups",
        "account_group" => "account_groups",
        "user_service" => "user_services",
        "backend" => "backends",
        "address" => "addresses",
        "machine" => "machines",
        "agent" => "agents",
        "portal_object" => "portal_objects",
        "user_account_view" => "user_account_views",
        "user_address" => "user_addresses",
        "user_responsible_group" => "user_responsible_groups",
        "user_responsible_agent" => "user_responsible_agents",
        "user_ticket_type" => "user_ticket_types",
        "user_ticket_state" => "user_ticket_states",
        "user_object" => "user_objects",
        "group_object" => "group_objects",
        _ => "settings",
    }
}

/// Who imports, and for which desk.
struct By<'a> {
    actor: &'a Actor,
    desk: &'a str,
}

/// Looks at the state after a rehearsed import.
pub(crate) type Look<'a> = dyn FnMut(&Connection) -> Result<()> + 'a;

/// What is made of what was staged.
struct How<'a, 'b> {
    by: &'a By<'a>,
    options: &'a ImportOptions,
    told: &'a Told<'a>,
    /// Only in a rehearsal.
    look: Option<&'a mut Look<'b>>,
}

/// What goes along with all of an import.
struct Course<'a> {
    progress: &'a mut dyn FnMut(Progress),
    cancel: &'a CancelFlag,
}

impl Course<'_> {
    fn step(&mut self, phase: &'static str, kind: &'static str, done: u64) -> Result<()> {
        (self.progress)(Progress { phase, kind, done });
        if self.cancel.is_cancelled() {
            Err(StoreError::Cancelled)
        } else {
            Ok(())
        }
    }
}

impl Store {
    /// Takes in all that `read` hands over as what `desk` has now.
    ///
    /// All or nothing: an error of `read`, a refusal (`Duplicate`), a cancellation leave everything as it was.
    /// What is pending here stays pending; a field changed on both sides becomes a [`conflict`].
    pub fn import<E: From<StoreError>>(
        &self,
        actor: &Actor,
        desk: &str,
        read: &mut dyn FnMut(&mut Sink<'_>) -> Result<(), E>,
        options: &ImportOptions,
        progress: &mut dyn FnMut(Progress),
        cancel: &CancelFlag,
    ) -> Result<ImportOutcome, E> {
        let by = By { actor, desk };
        self.taken(&by, read, options, &mut Course { progress, cancel }, None)
    }

    /// Rehearses an import, and lets `look` see the state after it, with the tickets from before it.
    pub(crate) fn rehearse<E: From<StoreError>>(
        &self,
        desk: &str,
        read: &mut dyn FnMut(&mut Sink<'_>) -> Result<(), E>,
        options: &ImportOptions,
        progress: &mut dyn FnMut(Progress),
        cancel: &CancelFlag,
        look: &mut Look<'_>,
    ) -> Result<ImportOutcome, E> {
        let by = By {
            actor: &Actor::named(String::new()),
            desk,
        };
        let options = ImportOptions {
            dry_run: true,
            ..options.clone()
        };
        self.taken(&by, read, &options, &mut Course { progress, cancel }, Some(look))
    }

    fn taken<E: From<StoreError>>(
        &self,
        by: &By<'_>,
        read: &mut dyn FnMut(&mut Sink<'_>) -> Result<(), E>,
        options: &ImportOptions,
        course: &mut Course<'_>,
        look: Option<&mut Look<'_>>,
    ) -> Result<ImportOutcome, E> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly.into());
        }
        let mut line = Line {
            conn: open::connect(self.place(), Mode::Write)?,
            snapshot: None,
        };
        let cancel = course.cancel;
        cancel.watch(&line.conn)?;
        let stage = Stage::begin(&line.conn, by.desk, self.place().key.as_ref())?;
        let merge = options.scope.some_records.then(|| -> Result<Merge> {
            Ok(Merge {
                before: meta::get(&line.conn, meta::SNAPSHOT)?,
                told: options.scope.fields.get("tickets").cloned(),
            })
        });
        let homes = Homes::of_desk(&line.conn, by.desk)?;
        let mut tickets = TicketFile::begin(self.place(), merge.transpose()?, cancel)?;
        let mut into = Some((&mut tickets, homes));
        let kinds = stream(&stage, &mut into, read, course)?;
        if let Some((tickets, homes)) = into.filter(|_| kinds.contains(&"tickets")) {
            tickets.carry(homes)?;
        }
        let told = Told {
            scope: &options.scope,
            kinds: &kinds,
        };
        let how = How {
            by,
            options,
            told: &told,
            look,
        };
        Ok(self.take_in(&mut line, &mut tickets, how, course)?)
    }

    fn take_in(
        &self,
        line: &mut Line,
        tickets: &mut TicketFile,
        how: How<'_, '_>,
        course: &mut Course<'_>,
    ) -> Result<ImportOutcome> {
        let How {
            by,
            options,
            told,
            look,
        } = how;
        stage::finish(&line.conn)?;
        let replaces = told.kind("tickets");
        course.step("indexing", "tickets", tickets.tickets())?;
        let as_of = if replaces { tickets.finish()? } else { None };
        let tx = match look {
            // Who looks asks about tickets too.
            Some(_) => line.begin(self.place(), TransactionBehavior::Immediate)?,
            None => line.conn.transaction_with_behavior(TransactionBehavior::Immediate)?,
        };
        let before = meta::get(&tx, meta::SNAPSHOT)?;
        if replaces && !tickets.follows(before.as_deref()) {
            return Err(StoreError::Stale);
        }
        let mut counts = configuration(&tx, options, told, course)?;
        if replaces {
            counts.push(tickets.compare(self.place(), before.as_deref())?);
        }
        let mut outcome = ImportOutcome {
            conflicts: u64::try_from(conflict::list(&tx)?.len()).unwrap_or(u64::MAX),
            counts,
            as_of,
            tickets: tickets.tickets(),
            activities: tickets.activities(),
            change: None,
        };
        if options.dry_run {
            let looked = look.map_or(Ok(()), |look| look(&tx));
            tx.rollback()?;
            return looked.map(|()| outcome);
        }
        let after = if replaces {
            tickets.id().to_owned()
        } else {
            before.clone().unwrap_or_default()
        };
        let intent = intent(by.desk, &outcome, before, &after);
        let label = Label {
            kind: Kind::Import,
            actor: by.actor,
            intent: &intent,
            undoes: None,
        };
        outcome.change = Some(history::write(&tx, &label, None)?);
        if replaces {
            meta::put(&tx, meta::SNAPSHOT, tickets.id())?;
            homes::note_moved(&tx)?;
        }
        for (name, value) in &options.notes {
            meta::put(&tx, &meta::note(name), value)?;
        }
        course.step("writing", "tickets", tickets.tickets())?;
        tx.commit()?;
        if replaces {
            // From here on the new tickets are the workspace's, whatever happens; opening completes what is not done.
            tickets.keep();
            snapshot::take_over(self.path(), tickets.id())?;
        }
        Ok(outcome)
    }
}

/// Makes the tables in which an import stages.
#[cfg(test)]
pub(crate) fn stage_for_tests(conn: &Connection, key: Option<&crate::passphrase::Key>) -> Result<()> {
    Stage::begin(conn, "desk", key).map(|_| ())
}

/// Stages everything that the source hands over, tickets only where there is a file for them; gives the kinds that came, empty ones included.
fn stream<E: From<StoreError>>(
    stage: &Stage<'_>,
    tickets: &mut Option<(&mut TicketFile, Option<Homes<'_>>)>,
    read: &mut dyn FnMut(&mut Sink<'_>) -> Result<(), E>,
    course: &mut Course<'_>,
) -> Result<Vec<&'static str>, E> {
    let mut failure = None;
    let mut done: Vec<(&'static str, u64)> = Vec::new();
    let result = read(&mut |batch: Batch| {
        let kind = batch.kind();
        let place = done.iter().position(|(k, _)| *k == kind).unwrap_or_else(|| {
            done.push((kind, 0));
            done.len() - 1
        });
        done[place].1 += batch.len() as u64;
        let total = done[place].1;
        let taken = course.step("reading", kind, total).and_then(|()| match batch {
            Batch::Tickets(batch) => tickets
                .as_mut()
                .map_or(Ok(()), |(file, homes)| file.put_tickets(batch, homes.as_mut())),
            Batch::Activities(batch) => tickets.as_mut().map_or(Ok(()), |(file, _)| file.put_activities(&batch)),
            other => stage.put(other),
        });
        taken.map_err(|error| match error {
            StoreError::Cancelled => Stopped::Cancelled,
            error => {
                let message = error.to_string();
                failure = Some(error);
                Stopped::Refused(message.into())
            }
        })
    });
    match failure {
        Some(error) => Err(error.into()),
        None if course.cancel.is_cancelled() => Err(StoreError::Cancelled.into()),
        None => result.map(|()| done.into_iter().map(|(kind, _)| kind).collect()),
    }
}

/// Compares what is staged with base and workspace, table by table, and writes.
fn configuration(
    tx: &Connection,
    options: &ImportOptions,
    told: &Told<'_>,
    course: &mut Course<'_>,
) -> Result<Vec<KindCount>> {
    let mut counts = Vec::new();
    let tables = SYNCED.iter().filter(|t| t.based || t.name == "desk_setting");
    for table in tables.filter(|table| told.kind(kind_of(table))) {
        course.step("writing", kind_of(table), 0)?;
        counts.push(match table.name {
            "desk_setting" => setting::merge(tx, options.keep_settings)?,
            _ if table.is_entity() => entity::merge(tx, table, told)?,
            _ => link::merge(tx, table, told)?,
        });
    }
    entity::drop_unused_placeholders(tx)?;
    for table in SYNCED.iter().filter(|t| t.is_entity() && t.based) {
        derived::refresh(tx, table, None)?;
    }
    conflict::sweep(tx)?;
    Ok(counts)
}

fn intent(desk: &str, outcome: &ImportOutcome, before: Option<String>, after: &str) -> Intent {
    let mut intent = Intent::new("import").with("desk", desk);
    for count in outcome.counts.iter().filter(|c| c.added + c.changed + c.removed > 0) {
        intent = intent.with(
            count.kind,
            format!("+{} ~{} -{}", count.added, count.changed, count.removed),
        );
    }
    intent
        .with("conflicts", outcome.conflicts.to_string())
        .with("snapshot_before", before.unwrap_or_default())
        .with("snapshot", after)
}
