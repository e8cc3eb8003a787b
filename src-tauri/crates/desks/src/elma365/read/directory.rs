//! Companies, groups, and the users inside.

use std::collections::HashSet;

use portico_core::model::{Account, Agent, Group};
use portico_core::snapshot::Batch;

use super::people::People;
use super::values;
use crate::error::DeskError;
use crate::report::Report;
use crate::source::once::Once;
use crate::source::out::Out;
use crate::source::record::Item;

/// What is known of them.
#[derive(Default)]
pub(super) struct Directory {
    /// Whether there was a list of companies.
    pub(super) companies_told: bool,
    /// Whether there was a list of groups.
    pub(super) groups_told: bool,
    /// Whether there was a list of users.
    pub(super) users_told: bool,
    groups: HashSet<String>,
    once: Once,
}

impl Directory {
    pub(super) fn company(
        &mut self,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let (Some(key), Some(name)) = (item.key("__id", report), item.key("__name", report)) else {
            return Ok(());
        };
        self.once.check("company", "__id", &key, item, report);
        let company = Account {
            key,
            name,
            ..Account::default()
        };
        out.put(Batch::Accounts(vec![company]), report)
    }

    pub(super) fn group(
        &mut self,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let (Some(key), Some(name)) = (item.key("__id", report), item.key("__name", report)) else {
            return Ok(());
        };
        self.once.check("group", "__id", &key, item, report);
        self.once.check("group of this name", "__name", &name, item, report);
        self.groups.insert(key.clone());
        let group = Group {
            key,
            name,
            description: item.text("description", report),
            ..Group::default()
        };
        out.put(Batch::Groups(vec![group]), report)
    }

    /// Takes a user. One who is an external user too is no agent.
    pub(super) fn user(
        &mut self,
        people: &People,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(key) = item.key("__id", report) else {
            return Ok(());
        };
        if people.key(&key).is_some() {
            return Ok(());
        }
        self.once.check("user", "__id", &key, item, report);
        let email = values::email(item, "email");
        let said = item.text("login", report);
        let login = [said, email.clone(), key.clone()]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        self.once.check("login of a user", "login", &login, item, report);
        let user = Agent {
            name: item.text("__name", report),
            key,
            login,
            email,
            ..Agent::default()
        };
        out.put(Batch::Agents(vec![user]), report)
    }

    /// All of them are there.
    pub(super) fn end(&mut self, out: &mut Out<'_, '_>, report: &Report) -> Result<(), DeskError> {
        for (told, none) in [
            (self.companies_told, Batch::Accounts(Vec::new())),
            (self.groups_told, Batch::Groups(Vec::new())),
            (self.users_told, Batch::Agents(Vec::new())),
        ] {
            if told {
                out.put(none, report)?;
            }
        }
        Ok(())
    }

    /// Whether there is a record of the group, as far as groups were read.
    pub(super) fn knows(&self, group: &str) -> bool {
        !self.groups_told || self.groups.contains(group)
    }
}
