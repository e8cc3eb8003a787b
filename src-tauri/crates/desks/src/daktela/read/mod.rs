//! Daktela's lists as version 6 of its interface gives them: `/api/v6/contacts.json` and so on. Which list a page is, its
//! path says: `contacts-1.json`, `tickets/17/activities.json`.

mod directory;
mod people;
pub(super) mod said;
mod tickets;

pub(crate) use self::said::SENTENCES;

use portico_core::model::DeskSetting;
use serde_json::Value;

use self::people::People;
use self::tickets::Tickets;
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;
use crate::source::json::Shape;
use crate::source::out::Out;
use crate::source::pages::Lists;
use crate::source::places::{Named, named};
use crate::source::record::{Item, is_nothing, text_of};
use crate::source::totals::Totals;

const ACCOUNTS: &str = "accounts";
const CATEGORIES: &str = "ticketsCategories";
const CONTACTS: &str = "contacts";
const EXTERNALS: &str = "externalsUsers";
const TICKETS: &str = "tickets";
const ACTIVITIES: &str = "activities";

/// The words that paths are made of, and the list that each means: names of files are also written with other dashes.
const WORDS: [(&str, &str); 9] = [
    (ACCOUNTS, ACCOUNTS),
    (CATEGORIES, CATEGORIES),
    ("categories", CATEGORIES),
    (CONTACTS, CONTACTS),
    (EXTERNALS, EXTERNALS),
    ("externalUsers", EXTERNALS),
    ("externals", EXTERNALS),
    (TICKETS, TICKETS),
    (ACTIVITIES, ACTIVITIES),
];

/// The line of what is said of a whole list: it may have many pages.
const NO_LINE: u64 = 0;

/// The lists in the order in which they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Directory,
    Contacts,
    People,
    Tickets,
    Activities,
}

impl Stage {
    const ALL: [Self; 5] = [
        Self::Directory,
        Self::Contacts,
        Self::People,
        Self::Tickets,
        Self::Activities,
    ];
}

fn place(list: &str) -> Option<(Stage, Named<'_>)> {
    let named = named(list, &WORDS.map(|(word, _)| word))?;
    let list = WORDS.iter().find(|(word, _)| *word == named.list)?.1;
    let stage = match list {
        CONTACTS => Stage::Contacts,
        EXTERNALS => Stage::People,
        TICKETS => Stage::Tickets,
        ACTIVITIES => Stage::Activities,
        _ => Stage::Directory,
    };
    Some((stage, Named { list, ..named }))
}

/// What is known of the desk while its lists are taken.
#[derive(Default)]
pub(crate) struct Desk {
    bodies: Bodies,
    directory: Vec<&'static str>,
    people: People,
    tickets: Tickets,
    totals: Totals,
}

impl Lists for Desk {
    const DESK: &'static str = super::ID;
    const STAGES: usize = Stage::ALL.len();
    const SHAPE: Shape = Shape {
        wraps: &["result", "data"],
        is_list: |name| place(name).is_some(),
        says: &["error", "total"],
    };

    fn stage(list: &str) -> Option<usize> {
        place(list).map(|(stage, _)| stage as usize)
    }

    fn begin(&mut self, lists: &[&str], bodies: Bodies) {
        self.bodies = bodies;
        let speaks = |list: &&str| place(list).is_some_and(|(stage, _)| stage == Stage::Activities);
        // A source of one file may hold activities too, without its name saying so.
        self.tickets.may_have_activities = lists.is_empty() || lists.iter().any(speaks);
    }

    fn found(&mut self, list: &str) {
        match place(list) {
            Some((Stage::Directory, named)) => self.directory.push(named.list),
            Some((Stage::Contacts, _)) => self.people.contacts_told = true,
            Some((Stage::People, _)) => self.people.told = true,
            Some((Stage::Tickets, _)) => self.tickets.told = true,
            Some((Stage::Activities, _)) => self.tickets.activities_told = true,
            None => {}
        }
    }

    fn record(
        &mut self,
        list: &str,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some((stage, named)) = place(list) else {
            return Ok(());
        };
        self.totals.came(&list_name(&named));
        match stage {
            Stage::Directory => directory::take(named.list, item, out, report),
            Stage::Contacts => self.people.contact(item, out, report),
            Stage::People => self.people.user(item, out, report),
            Stage::Tickets => self.tickets.ticket(&self.people, item, out, report),
            Stage::Activities => self.tickets.activity(&named, self.bodies, item, out, report),
        }
    }

    fn said(&mut self, file: &str, name: &str, value: &Value, report: &mut Report) {
        if name == "total" {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            if let (Some((_, named)), Some(total)) = (place(stem), value.as_u64()) {
                self.totals.said(&list_name(&named), total);
            }
        } else if !is_nothing(value) {
            let message = said::answer(value.to_string());
            report.problem(file, 1, name, message);
        }
    }

    fn end(&mut self, stage: usize, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        match Stage::ALL.get(stage) {
            Some(Stage::Directory) => directory::end(&self.directory, out, report),
            Some(Stage::Contacts) => self.people.end_contacts(out, report),
            Some(Stage::People) => self.people.end(out, report),
            Some(Stage::Tickets) => self.tickets.end_tickets(out, report),
            Some(Stage::Activities) => {
                self.tickets.end_activities(out, report)?;
                self.totals.end("skip, take", report);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn settings(&self) -> Vec<DeskSetting> {
        Vec::new()
    }
}

/// The name of a list, of which there may be one for each record of another.
fn list_name(at: &Named<'_>) -> String {
    match at.of {
        Some((owner, key)) => format!("{owner}/{key}/{}", at.list),
        None => at.list.to_owned(),
    }
}

/// The record that a member refers to: its key, which comes alone or as `name` of the record itself. Empty for none.
fn reference(member: &str, item: &Item<'_>, report: &mut Report) -> String {
    let Some(value) = item.value(member) else {
        return String::new();
    };
    key_of(value).unwrap_or_else(|| {
        item.problem(member, said::no_reference(), report);
        String::new()
    })
}

/// The key in a reference; empty for none.
fn key_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(record) => record.get("name").and_then(text_of).filter(|name| !name.is_empty()),
        other => text_of(other),
    }
}
