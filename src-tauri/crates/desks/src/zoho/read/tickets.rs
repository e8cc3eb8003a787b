//! Tickets, and what was said on them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use portico_core::model::{Activity, Ticket, TicketState, Validity};
use portico_core::snapshot::Batch;

use super::directory::is_gone;
use super::people::{Number, People};
use super::said;
use super::{COMMENTS, CONVERSATIONS, NO_LINE, TICKETS};
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;
use crate::source::out::Out;
use crate::source::places::Named;
use crate::source::record::Item;
use crate::source::spoken::{Spoken, body, priorities};
use crate::source::tally::Tally;

/// What is known of tickets.
#[derive(Default)]
pub(super) struct Tickets {
    /// Whether there was a list of tickets.
    pub(super) told: bool,
    /// Whether there was a list of conversations or comments.
    pub(super) activities_told: bool,
    /// Whether all numbers are kept: where conversations are to be expected, and where there are lists of archived
    /// tickets, as nothing says that a ticket stands in one list alone.
    pub(super) keeps_numbers: bool,
    numbers: HashSet<Number>,
    /// Those of an archive.
    archived: HashSet<Number>,
    /// By status, its kind.
    states: BTreeMap<String, &'static str>,
    priorities: BTreeSet<String>,
    /// Tickets whose conversations came.
    talked: HashSet<Number>,
    spoken: Spoken,
    gone: Tally,
    strangers: Tally,
    homeless: Tally,
}

impl Tickets {
    /// Takes a ticket.
    pub(super) fn ticket(
        &mut self,
        people: &People,
        is_archive: bool,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(id) = item.number("id", report) else {
            return Ok(());
        };
        if is_gone(item, report) || item.flag("isSpam", report) == Some(true) {
            self.gone.add("", NO_LINE);
            return Ok(());
        }
        let number = item.key("ticketNumber", report);
        let created = item.needed_time("createdTime", report);
        let (Some(number), Some(created)) = (number, created) else {
            return Ok(());
        };
        if self.keeps_numbers && !self.numbers.insert(id) {
            if is_archive || self.archived.contains(&id) {
                return Ok(());
            }
            item.came_before("id", "ticket", &id, report);
        }
        if is_archive {
            self.archived.insert(id);
        }
        let owner = item.number_or_none("contactId", report);
        if owner > 0 && people.told && !people.primary.contains_key(&owner) {
            self.strangers.add(&owner.to_string(), NO_LINE);
        }
        let (state, state_kind) = self.state(item, report);
        let priority = item.text("priority", report);
        if !priority.is_empty() && !self.priorities.contains(&priority) {
            self.priorities.insert(priority.clone());
        }
        let ticket = Ticket {
            id,
            number,
            title: item.text("subject", report),
            owner: key(owner),
            account: self.account(item, report),
            queue: key(item.number_or_none("departmentId", report)),
            state,
            state_kind,
            priority,
            created,
            changed: item.time("modifiedTime", report).unwrap_or(created),
            archived: item.flag("isArchived", report).unwrap_or(is_archive),
            ..Ticket::default()
        };
        out.put(Batch::Tickets(vec![ticket]), report)
    }

    /// The ticket's account. It decides who sees the ticket: where nothing is said of it, it is not guessed from the
    /// contact's record, which may name another one by now.
    fn account(&mut self, item: &Item<'_>, report: &mut Report) -> String {
        if item.has("accountId") {
            return key(item.number_or_none("accountId", report));
        }
        let contact = item.object("contact");
        let contact = item.within(&contact);
        if contact.has("account") {
            let account = contact.object("account");
            return key(contact.within(&account).number_or_none("id", report));
        }
        self.homeless.add(item.file, item.line);
        String::new()
    }

    fn state(&mut self, item: &Item<'_>, report: &mut Report) -> (String, String) {
        let state = item.text("status", report);
        let kind = match item.text("statusType", report).as_str() {
            "Closed" => "closed",
            "On Hold" => "pending reminder",
            "" if state == "Closed" => "closed",
            _ => "open",
        };
        if !state.is_empty() && !self.states.contains_key(&state) {
            self.states.insert(state.clone(), kind);
        }
        (state, kind.to_owned())
    }

    /// All tickets are there.
    pub(super) fn end_tickets(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        if !self.told {
            return Ok(());
        }
        let state = |(name, kind): (String, &str)| TicketState {
            key: name.clone(),
            name,
            kind: kind.to_owned(),
            validity: Validity::Valid,
        };
        let states = std::mem::take(&mut self.states).into_iter().map(state);
        out.put(Batch::TicketStates(states.collect()), report)?;
        out.put(priorities(std::mem::take(&mut self.priorities)), report)?;
        out.put(Batch::Tickets(Vec::new()), report)?;
        for (file, line, count) in std::mem::take(&mut self.homeless).into_rows() {
            let message = said::no_account(count);
            report.problem(&file, line, "accountId", message);
        }
        std::mem::take(&mut self.gone).finish(TICKETS, "isTrashed", report, &|_, n| said::trashed_tickets(n));
        std::mem::take(&mut self.strangers)
            .finish(TICKETS, "contactId", report, &|contact, n| said::stranger(n, contact));
        Ok(())
    }

    /// Takes an entry of a conversation, or a comment.
    pub(super) fn activity(
        &mut self,
        at: &Named<'_>,
        bodies: Bodies,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let by_path = at.of.filter(|(owner, _)| *owner == TICKETS);
        let ticket = match item.number_or_none("ticketId", report) {
            0 => by_path.and_then(|(_, key)| key.parse().ok()).unwrap_or_default(),
            said => said,
        };
        if ticket == 0 {
            item.problem("", said::no_number(), report);
            return Ok(());
        }
        if !self.numbers.contains(&ticket) {
            self.strangers.add(&ticket.to_string(), NO_LINE);
            return Ok(());
        }
        if at.list == CONVERSATIONS {
            self.talked.insert(ticket);
        } else if self.talked.contains(&ticket) {
            return Ok(()); // The conversation held it already.
        }
        let is_comment = at.list == COMMENTS || item.text("type", report) == "comment";
        let activity = if is_comment {
            comment(ticket, bodies, item, report)
        } else {
            thread(ticket, bodies, item, report)
        };
        let Some(activity) = activity else { return Ok(()) };
        self.spoken.add(activity, out, report)
    }

    /// The conversations are there.
    pub(super) fn end_conversations(&mut self, out: &mut Out<'_, '_>, report: &Report) -> Result<(), DeskError> {
        self.spoken.hand_on(out, report)
    }

    /// All activities are there.
    pub(super) fn end_activities(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        self.spoken.hand_on(out, report)?;
        std::mem::take(&mut self.strangers).finish(CONVERSATIONS, "ticketId", report, &|ticket, n| {
            said::no_ticket(n, ticket)
        });
        if self.told && !self.activities_told {
            let message = said::no_activities();
            report.finding(TICKETS, 0, "", message);
        }
        Ok(())
    }
}

/// A number as a key; empty for none.
fn key(number: Number) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

fn thread(ticket: Number, bodies: Bodies, item: &Item<'_>, report: &mut Report) -> Option<Activity> {
    let created = item.needed_time("createdTime", report)?;
    let author = item.object("author");
    let author = item.within(&author);
    let from_customer = match author.text("type", report).as_str() {
        "END_USER" => true,
        "AGENT" => false,
        _ => item.text("direction", report) == "in",
    };
    let from = [
        author.text("name", report),
        item.text("fromEmailAddress", report),
        author.text("email", report),
    ];
    let draft = item.text("status", report) == "DRAFT";
    Some(Activity {
        ticket,
        channel: item.text("channel", report),
        sender: sender(from_customer),
        visible: item.text("visibility", report) == "public" && !draft,
        from: from.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
        subject: item.text("subject", report),
        body: body(bodies, item, &["plainText", "content", "summary"], report),
        created,
        ..Activity::default()
    })
}

fn comment(ticket: Number, bodies: Bodies, item: &Item<'_>, report: &mut Report) -> Option<Activity> {
    let created = item.needed_time("commentedTime", report)?;
    let commenter = item.object("commenter");
    let commenter = item.within(&commenter);
    Some(Activity {
        ticket,
        channel: "COMMENT".to_owned(),
        sender: sender(commenter.text("type", report) == "END_USER"),
        visible: item.flag("isPublic", report).unwrap_or(false),
        from: commenter.text("name", report),
        body: body(bodies, item, &["plainText", "content"], report),
        created,
        ..Activity::default()
    })
}

fn sender(customer: bool) -> String {
    if customer { "customer" } else { "agent" }.to_owned()
}
