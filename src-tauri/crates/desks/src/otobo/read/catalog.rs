//! The small tables that others refer to: groups, queues, types, states, priorities, services.

use std::collections::{HashMap, HashSet};

use super::records::{
    CHANNELS, FOLLOW_UPS, GROUPS, GROUPS_ZNUNY, PRIORITIES, QUEUES, SENDERS, SERVICES, STATE_TYPES, STATES, TYPES,
};
use super::row::Row;
use super::said;
use super::table::{Scanning, Spec, scan};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::tally::Unique;

/// What the larger tables are checked against.
#[derive(Default)]
pub(super) struct Catalog {
    /// Whether the groups lie in Znuny's table.
    pub(super) znuny: bool,
    pub(super) groups: HashSet<i64>,
    pub(super) queues: HashSet<i64>,
    pub(super) types: HashSet<i64>,
    pub(super) priorities: HashSet<i64>,
    pub(super) services: HashSet<i64>,
    /// Whether the table of services is there at all.
    pub(super) has_services: bool,
    pub(super) follow_ups: HashMap<i64, String>,
    pub(super) kinds: HashMap<i64, String>,
    /// State to the name of its kind.
    pub(super) states: HashMap<i64, String>,
    pub(super) senders: HashMap<i64, String>,
    pub(super) channels: HashMap<i64, String>,
}

/// A foreign key of a small table: column, what it leads to, the rows there.
type Reference<'a> = (&'static str, &'static str, &'a dyn Fn(i64) -> bool);

impl Catalog {
    /// The table of groups as this flavour names it.
    pub(super) fn groups_spec(&self) -> &'static Spec {
        if self.znuny { &GROUPS_ZNUNY } else { &GROUPS }
    }

    /// Reads and checks them all.
    pub(super) fn check(on: &Scanning<'_>, report: &mut Report) -> Result<Self, DeskError> {
        let mut catalog = Self::default();
        catalog.choose_groups(on, report);
        catalog.groups = keys(on, catalog.groups_spec(), true, None, report)?
            .0
            .into_keys()
            .collect();
        catalog.follow_ups = lookup(on, &FOLLOW_UPS, true, report)?;
        catalog.kinds = lookup(on, &STATE_TYPES, true, report)?;
        let known = |id| catalog.groups.contains(&id);
        let (queues, _) = keys(on, &QUEUES, true, Some(("group_id", "groups", &known)), report)?;
        let known = |id| catalog.follow_ups.contains_key(&id);
        let follow_ups: Reference<'_> = ("follow_up_id", FOLLOW_UPS.table, &known);
        references(on, &QUEUES, follow_ups, report)?;
        let known = |id| catalog.kinds.contains_key(&id);
        let (states, _) = keys(on, &STATES, true, Some(("type_id", STATE_TYPES.table, &known)), report)?;
        catalog.states = states
            .into_iter()
            .map(|(id, kind)| (id, catalog.kinds.get(&kind).cloned().unwrap_or_default()))
            .collect();
        catalog.queues = queues.into_keys().collect();
        catalog.types = keys(on, &TYPES, true, None, report)?.0.into_keys().collect();
        catalog.priorities = keys(on, &PRIORITIES, true, None, report)?.0.into_keys().collect();
        let (services, there) = keys(on, &SERVICES, false, None, report)?;
        catalog.services = services.into_keys().collect();
        catalog.has_services = there;
        catalog.senders = lookup(on, &SENDERS, false, report)?;
        catalog.channels = lookup(on, &CHANNELS, false, report)?;
        Ok(catalog)
    }

    fn choose_groups(&mut self, on: &Scanning<'_>, report: &mut Report) {
        match (on.dump.file_of(GROUPS.table), on.dump.file_of(GROUPS_ZNUNY.table)) {
            (Some(_), Some(znuny)) => {
                report.problem(znuny, 0, "", said::both_groups());
            }
            (None, Some(_)) => self.znuny = true,
            _ => {}
        }
    }
}

/// Says that a table is missing.
pub(super) fn missing(spec: &Spec, report: &mut Report) {
    let table = spec.table;
    let message = if table == GROUPS.table {
        said::no_groups(table)
    } else {
        said::no_table(table)
    };
    report.problem(&format!("{table}.csv"), 0, "", message);
}

/// Reads ids and names; checks that each stands once, and one reference. Gives id -> what is referred to, and whether the table is there.
fn keys(
    on: &Scanning<'_>,
    spec: &Spec,
    needed: bool,
    reference: Option<Reference<'_>>,
    report: &mut Report,
) -> Result<(HashMap<i64, i64>, bool), DeskError> {
    let (mut ids, mut names, mut found) = (Unique::default(), Unique::default(), HashMap::new());
    let there = scan(on, spec, report, &mut |row, report| {
        let id = row.id("id", report);
        if let Some(name) = row.key("name", report) {
            names.add(&name, row.line());
        }
        odd_validity(row, report);
        for column in spec.optional {
            row.text(column, report);
        }
        let target = reference.and_then(|(column, to, known)| refer(row, column, to, known, report));
        if let Some(id) = id {
            ids.add(&id.to_string(), row.line());
            found.insert(id, target.unwrap_or_default());
        }
        Ok(())
    })?;
    if there {
        let file = on.dump.file_of(spec.table).unwrap_or(spec.table);
        ids.finish(file, "id", report);
        names.finish(file, "name", report);
    } else if needed {
        missing(spec, report);
    }
    Ok((found, there))
}

/// Checks one more reference of a table.
fn references(on: &Scanning<'_>, spec: &Spec, reference: Reference<'_>, report: &mut Report) -> Result<(), DeskError> {
    let mut scratch = Report::default();
    scan(on, spec, &mut scratch, &mut |row, _| {
        let (column, to, known) = reference;
        refer(row, column, to, known, report);
        Ok(())
    })
    .map(|_| ())
}

/// A number that must lead to a row of another table.
pub(super) fn refer(
    row: &Row<'_>,
    column: &'static str,
    to: &str,
    known: &dyn Fn(i64) -> bool,
    report: &mut Report,
) -> Option<i64> {
    let id = row.id(column, report)?;
    if !known(id) {
        no_such(row, column, id, to, report);
        return None;
    }
    Some(id)
}

/// Reports a number that leads nowhere although the database would refuse that.
pub(super) fn no_such(row: &Row<'_>, column: &str, id: i64, to: &str, report: &mut Report) {
    let message = said::no_such(id, to);
    report.problem(row.file(), row.line(), column, message);
}

/// Notes a validity that is none of the three that every desk has.
pub(super) fn odd_validity(row: &Row<'_>, report: &mut Report) {
    if let Some(number) = row.number("valid_id", report)
        && !(1..=3).contains(&number)
    {
        report.finding(row.file(), row.line(), "valid_id", said::own_validity(number));
    }
}

fn lookup(
    on: &Scanning<'_>,
    spec: &Spec,
    needed: bool,
    report: &mut Report,
) -> Result<HashMap<i64, String>, DeskError> {
    let (mut names, mut ids) = (HashMap::new(), Unique::default());
    let there = scan(on, spec, report, &mut |row, report| {
        let id = row.id("id", report);
        let name = row.key("name", report);
        if let (Some(id), Some(name)) = (id, name) {
            ids.add(&id.to_string(), row.line());
            names.insert(id, name.into_owned());
        }
        Ok(())
    })?;
    if there {
        ids.finish(on.dump.file_of(spec.table).unwrap_or(spec.table), "id", report);
    } else if needed {
        missing(spec, report);
    }
    Ok(names)
}
