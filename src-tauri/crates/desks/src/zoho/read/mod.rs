//! Zoho Desk's lists as its interface gives them (v1.0 of its `OpenAPI` files): pages of `/contacts`, `/accounts` and so
//! on. Which list a page is, its path says: `accounts/4000/contacts-1.json`.

mod directory;
mod links;
mod people;
pub(super) mod said;
mod tickets;

pub(crate) use self::said::SENTENCES;

use portico_core::model::{DeskSetting, SettingOrigin};
use serde_json::Value;

use self::links::Links;
use self::people::People;
use self::tickets::Tickets;
use super::SWITCHES;
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;
use crate::source::json::Shape;
use crate::source::out::Out;
use crate::source::pages::Lists;
use crate::source::places::{Named, named};
use crate::source::record::Item;

const DEPARTMENTS: &str = "departments";
const HELP_CENTERS: &str = "helpCenters";
const GROUPS: &str = "groups";
const ACCOUNTS: &str = "accounts";
const CONTACTS: &str = "contacts";
const MAPPINGS: &str = "accountContactMapping";
const USERS: &str = "users";
const TICKETS: &str = "tickets";
/// The archive of a department: tickets that the list of tickets leaves out.
const ARCHIVED: &str = "archivedTickets";
const CONVERSATIONS: &str = "conversations";
const COMMENTS: &str = "comments";

/// The line of what is said of a whole list: it may have many pages.
const NO_LINE: u64 = 0;

/// The words that paths are made of.
const WORDS: [&str; 11] = [
    DEPARTMENTS,
    HELP_CENTERS,
    GROUPS,
    ACCOUNTS,
    CONTACTS,
    MAPPINGS,
    USERS,
    TICKETS,
    ARCHIVED,
    CONVERSATIONS,
    COMMENTS,
];

/// The lists in the order in which they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Directory,
    /// Whether contacts are active in help centers, and with which user id.
    Activation,
    Contacts,
    Mappings,
    Members,
    Tickets,
    Conversations,
    /// After the conversations, which hold comments too.
    Comments,
}

impl Stage {
    const ALL: [Self; 8] = [
        Self::Directory,
        Self::Activation,
        Self::Contacts,
        Self::Mappings,
        Self::Members,
        Self::Tickets,
        Self::Conversations,
        Self::Comments,
    ];
}

fn place(list: &str) -> Option<(Stage, Named<'_>)> {
    let named = named(list, &WORDS)?;
    let stage = match (named.list, named.of.map(|(owner, _)| owner)) {
        (HELP_CENTERS, Some(CONTACTS)) => Stage::Activation,
        (CONTACTS, Some(ACCOUNTS)) | (ACCOUNTS, Some(CONTACTS)) | (MAPPINGS, _) => Stage::Mappings,
        (USERS, _) => Stage::Members,
        (CONTACTS, _) => Stage::Contacts,
        (TICKETS | ARCHIVED, _) => Stage::Tickets,
        (CONVERSATIONS, _) => Stage::Conversations,
        (COMMENTS, _) => Stage::Comments,
        _ => Stage::Directory,
    };
    Some((stage, named))
}

/// What is known of the desk while its lists are taken.
#[derive(Default)]
pub(crate) struct Desk {
    bodies: Bodies,
    /// Lists of the directory that were found.
    directory: Vec<&'static str>,
    people: People,
    links: Links,
    tickets: Tickets,
}

impl Lists for Desk {
    const DESK: &'static str = super::ID;
    const STAGES: usize = Stage::ALL.len();
    const SHAPE: Shape = Shape {
        wraps: &["data"],
        is_list: |name| place(name).is_some(),
        says: &["errorCode"],
    };

    fn stage(list: &str) -> Option<usize> {
        place(list).map(|(stage, _)| stage as usize)
    }

    fn begin(&mut self, lists: &[&str], bodies: Bodies) {
        self.bodies = bodies;
        let tells_more = |list: &&str| {
            place(list).is_some_and(|(stage, named)| {
                matches!(stage, Stage::Conversations | Stage::Comments) || named.list == ARCHIVED
            })
        };
        // A source of one file may hold conversations too, without its name saying so.
        self.tickets.keeps_numbers = lists.is_empty() || lists.iter().any(tells_more);
    }

    fn found(&mut self, list: &str) {
        match place(list) {
            Some((Stage::Directory, named)) => self.directory.push(named.list),
            Some((Stage::Mappings, _)) => self.links.mapped = true,
            Some((Stage::Members, _)) => self.links.membered = true,
            Some((Stage::Contacts, _)) => self.people.told = true,
            Some((Stage::Tickets, _)) => self.tickets.told = true,
            Some((Stage::Conversations | Stage::Comments, _)) => self.tickets.activities_told = true,
            _ => {}
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
        match stage {
            Stage::Directory => directory::take(named.list, item, out, report),
            Stage::Activation => {
                self.people.activation(&named, item, report);
                Ok(())
            }
            Stage::Contacts => self.people.contact(item, out, report),
            Stage::Mappings => self.links.mapping(&named, &self.people, item, out, report),
            Stage::Members => self.links.member(&named, &self.people, item, out, report),
            Stage::Tickets => {
                let is_archive = named.list == ARCHIVED;
                self.tickets.ticket(&self.people, is_archive, item, out, report)
            }
            Stage::Conversations | Stage::Comments => self.tickets.activity(&named, self.bodies, item, out, report),
        }
    }

    fn said(&mut self, file: &str, name: &str, value: &Value, report: &mut Report) {
        let message = said::answer(value.to_string());
        report.problem(file, 1, name, message);
    }

    fn end(&mut self, stage: usize, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        match Stage::ALL.get(stage) {
            Some(Stage::Directory) => directory::end(&self.directory, out, report),
            Some(Stage::Contacts) => self.people.end(out, report),
            Some(Stage::Mappings) => self.links.end_mappings(&self.people, out, report),
            Some(Stage::Members) => self.links.end_members(out, report),
            Some(Stage::Tickets) => self.tickets.end_tickets(out, report),
            Some(Stage::Conversations) => self.tickets.end_conversations(out, report),
            Some(Stage::Comments) => self.tickets.end_activities(out, report),
            _ => Ok(()),
        }
    }

    fn settings(&self) -> Vec<DeskSetting> {
        if !self.people.told {
            return Vec::new();
        }
        let known = if self.links.are_complete() {
            "complete"
        } else {
            "partial"
        };
        vec![DeskSetting {
            name: SWITCHES.to_owned(),
            value: Value::from(known).to_string(),
            origin: SettingOrigin::Desk,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ID, SWITCHES};

    #[test]
    fn the_setting_that_is_given_is_one_of_the_desk() {
        assert!(portico_core::settings::registry::find(ID, SWITCHES).is_some_and(|s| s.decides));
    }
}
