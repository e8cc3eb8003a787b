//! Items of apps, which are what the desk has for tickets.

use std::collections::BTreeSet;

use portico_core::model::{Ticket, TicketState};
use portico_core::snapshot::Batch;

use super::objects::Objects;
use super::people::People;
use super::said;
use super::{NO_LINE, values};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::once::Once;
use crate::source::out::Out;
use crate::source::record::Item;
use crate::source::tally::Tally;

/// The kind of every status: the desk's own say nothing of it.
const OPEN: &str = "open";

/// What is known of items.
#[derive(Default)]
pub(super) struct Items {
    /// Whether there was a list of them.
    pub(super) told: bool,
    count: i64,
    statuses: BTreeSet<String>,
    strays: Tally,
    once: Once,
}

impl Items {
    /// Takes an item; a deleted one is none.
    pub(super) fn take(
        &mut self,
        app: &str,
        people: &People,
        objects: &Objects,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(key) = item.key("__id", report) else {
            return Ok(());
        };
        self.once.check("item", "__id", &key, item, report);
        let Some(created) = item.needed_time("__createdAt", report) else {
            return Ok(());
        };
        if item.time("__deletedAt", report).is_some() {
            return Ok(());
        }
        let index = item.text("__index", report);
        let number = format!("{app}/{}", if index.is_empty() { &key } else { &index });
        self.once.check("item of this number", "__index", &number, item, report);
        let account = self.place(app, &key, objects, item, report);
        let state = status(app, item);
        if !state.is_empty() {
            self.statuses.insert(state.clone());
        }
        self.count += 1;
        let ticket = Ticket {
            id: self.count,
            number,
            title: item.text("__name", report),
            owner: people.login(&values::reference(item, "__createdBy", report)),
            account,
            state,
            state_kind: OPEN.to_owned(),
            created,
            changed: item.time("__updatedAt", report).unwrap_or(created).max(created),
            ..Ticket::default()
        };
        out.put(Batch::Tickets(vec![ticket]), report)
    }

    /// The object that the item is, or in which it lies: its folder, or its app.
    fn place(&mut self, app: &str, key: &str, objects: &Objects, item: &Item<'_>, report: &mut Report) -> String {
        if objects.has(key) {
            return key.to_owned();
        }
        let folder = values::reference(item, "__directory", report);
        if folder.is_empty() {
            if let Some(found) = objects.at(app) {
                return found.to_owned();
            }
        } else if objects.has(&folder) {
            return folder;
        }
        // An item in a folder without a record is not one of the app's: the folder may cancel what is handed down.
        let place = if folder.is_empty() { app.to_owned() } else { folder };
        self.strays.add(&place, NO_LINE);
        place
    }

    /// All items are there.
    pub(super) fn end(
        &mut self,
        objects: &Objects,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        if !self.told {
            return Ok(());
        }
        if self.count > 0 && !objects.told {
            let message = said::no_objects();
            report.problem("objects.json", NO_LINE, "", message);
        }
        let state = |name: &String| TicketState {
            key: name.clone(),
            name: name.clone(),
            kind: OPEN.to_owned(),
            ..TicketState::default()
        };
        out.put(Batch::TicketStates(self.statuses.iter().map(state).collect()), report)?;
        out.put(Batch::Tickets(Vec::new()), report)?;
        std::mem::take(&mut self.strays).finish("app", "__directory", report, &|place, n| said::stray_items(n, place));
        if !self.statuses.is_empty() {
            let message = said::open();
            report.finding("app", NO_LINE, "__status", message);
        }
        Ok(())
    }
}

/// The word of a status; one that is only a number means something else in each app.
fn status(app: &str, item: &Item<'_>) -> String {
    let word = values::words(item, "__status").into_iter().next().unwrap_or_default();
    if word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() {
        return format!("{app} {word}");
    }
    word
}
