//! Tickets, and their activities.

use std::collections::{BTreeSet, HashSet};

use portico_core::model::{Activity, Ticket, TicketState, Validity};
use portico_core::snapshot::Batch;
use serde_json::Value;

use super::people::People;
use super::said;
use super::{ACTIVITIES, NO_LINE, TICKETS, reference};
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;
use crate::source::out::Out;
use crate::source::places::Named;
use crate::source::record::{Item, text_of};
use crate::source::spoken::{Spoken, body, priorities};
use crate::source::tally::Tally;

/// The stages of a ticket: key, name, kind.
const STAGES: [(&str, &str, &str); 4] = [
    ("OPEN", "Open", "open"),
    ("WAIT", "Waiting", "pending reminder"),
    ("CLOSE", "Closed", "closed"),
    ("ARCHIVE", "Archived", "closed"),
];
/// What a comment that is marked as external is called; no documentation says it.
const EXTERNAL: [&str; 3] = ["external", "isExternal", "is_external"];

/// What is known of tickets.
#[derive(Default)]
pub(super) struct Tickets {
    /// Whether there was a list of tickets.
    pub(super) told: bool,
    /// Whether there was a list of activities.
    pub(super) activities_told: bool,
    /// Whether activities are to be expected: only then all numbers are kept.
    pub(super) may_have_activities: bool,
    numbers: HashSet<i64>,
    priorities: BTreeSet<String>,
    spoken: Spoken,
    /// Comments that do not say whether they are external.
    unmarked: u64,
    strangers: Tally,
}

impl Tickets {
    /// Takes a ticket.
    pub(super) fn ticket(
        &mut self,
        people: &People,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(id) = item.number("name", report) else {
            return Ok(());
        };
        if self.may_have_activities && !self.numbers.insert(id) {
            item.came_before("name", "ticket", &id, report);
        }
        if !item.has("contact") {
            let message = said::no_owner();
            item.problem("contact", message, report);
        }
        let owner = reference("contact", item, report);
        if !owner.is_empty() && !people.knows(&owner) {
            self.strangers.add(&owner, NO_LINE);
        }
        let created = item.needed_time("created", report);
        let (Some(created), Some((state, _, kind))) = (created, stage(item, report)) else {
            return Ok(());
        };
        let priority = item.text("priority", report);
        if !priority.is_empty() {
            self.priorities.insert(priority.clone());
        }
        let later = ["last_activity", "edited"].map(|name| item.time(name, report));
        let ticket = Ticket {
            id,
            number: id.to_string(),
            title: item.text("title", report),
            account: people.account(&owner),
            owner,
            queue: reference("category", item, report),
            state: (*state).to_owned(),
            state_kind: (*kind).to_owned(),
            priority,
            created,
            changed: later.into_iter().flatten().fold(created, i64::max),
            archived: *state == "ARCHIVE",
            ..Ticket::default()
        };
        out.put(Batch::Tickets(vec![ticket]), report)
    }

    /// All tickets are there.
    pub(super) fn end_tickets(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        if !self.told {
            return Ok(());
        }
        let states = STAGES.map(|(key, name, kind)| TicketState {
            key: key.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            validity: Validity::Valid,
        });
        out.put(Batch::TicketStates(states.to_vec()), report)?;
        out.put(priorities(std::mem::take(&mut self.priorities)), report)?;
        out.put(Batch::Tickets(Vec::new()), report)?;
        std::mem::take(&mut self.strangers)
            .finish(TICKETS, "contact", report, &|contact, n| said::stranger(n, contact));
        Ok(())
    }

    /// Takes an activity. One without a ticket (a call, say) is no ticket's and is left out.
    pub(super) fn activity(
        &mut self,
        at: &Named<'_>,
        bodies: Bodies,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let by_path = at
            .of
            .filter(|(owner, _)| *owner == TICKETS)
            .map(|(_, key)| key.to_owned());
        let said = Some(reference("ticket", item, report)).filter(|key| !key.is_empty());
        let Some(key) = said.or(by_path) else { return Ok(()) };
        let Some(ticket) = key.parse().ok().filter(|ticket| self.numbers.contains(ticket)) else {
            self.strangers.add(&key, NO_LINE);
            return Ok(());
        };
        let Some(created) = item.needed_time("time", report) else {
            return Ok(());
        };
        let channel = item.text("type", report).to_uppercase();
        let visible = channel != "COMMENT" || self.is_external(item, report);
        let by_agent = item.value("user").is_some_and(|user| !is_empty(user));
        let activity = Activity {
            ticket,
            channel,
            sender: if by_agent { "agent" } else { "customer" }.to_owned(),
            visible,
            from: title(item, if by_agent { "user" } else { "contact" }),
            subject: item.text("title", report),
            body: body(bodies, item, &["description"], report),
            created,
            ..Activity::default()
        };
        self.spoken.add(activity, out, report)
    }

    /// Whether a comment is marked as external; one that does not say it is taken as internal.
    fn is_external(&mut self, item: &Item<'_>, report: &mut Report) -> bool {
        let Some(name) = EXTERNAL.into_iter().find(|name| item.has(name)) else {
            self.unmarked += 1;
            return false;
        };
        item.flag(name, report).unwrap_or(false)
    }

    /// All activities are there.
    pub(super) fn end_activities(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        self.spoken.hand_on(out, report)?;
        std::mem::take(&mut self.strangers)
            .finish(ACTIVITIES, "ticket", report, &|ticket, n| said::no_ticket(n, ticket));
        if self.unmarked > 0 {
            let message = said::unmarked(self.unmarked);
            report.finding(ACTIVITIES, 0, "external", message);
        }
        if self.spoken.late() > 0 {
            let message = said::late(self.spoken.late());
            report.finding(ACTIVITIES, 0, "time", message);
        }
        if self.told && !self.activities_told {
            let message = said::no_activities();
            report.finding(TICKETS, 0, "", message);
        }
        Ok(())
    }
}

fn stage(item: &Item<'_>, report: &mut Report) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let stage = item.key("stage", report)?;
    let known = STAGES.iter().find(|(key, ..)| *key == stage);
    if known.is_none() {
        let message = said::stage(stage);
        item.problem("stage", message, report);
    }
    known
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::String(text) if text.is_empty())
}

/// What people call the record that a member refers to: its title, where it came with it, or its key.
fn title(item: &Item<'_>, member: &str) -> String {
    match item.value(member) {
        Some(Value::Object(record)) => ["title", "name"]
            .iter()
            .find_map(|name| record.get(*name).and_then(text_of)),
        Some(other) => text_of(other),
        None => None,
    }
    .unwrap_or_default()
}
