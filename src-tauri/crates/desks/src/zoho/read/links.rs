//! Which contact belongs to which accounts and sees whose tickets, and who is in which group.

use std::collections::HashSet;

use portico_core::model::{UserAccount, UserAccountView, UserGroup};
use portico_core::snapshot::Batch;

use super::people::{Number, People};
use super::said;
use super::{ACCOUNTS, CONTACTS, GROUPS, MAPPINGS, NO_LINE};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::out::Out;
use crate::source::places::Named;
use crate::source::record::Item;
use crate::source::tally::Tally;

/// What is known of links.
#[derive(Default)]
pub(super) struct Links {
    /// Whether there was a list of mappings.
    pub(super) mapped: bool,
    /// Whether there was a list of members.
    pub(super) membered: bool,
    /// How many contacts have a primary account of which no mapping came.
    unmapped: u64,
    met: HashSet<(Number, Number)>,
    members: HashSet<(Number, Number)>,
    strangers: Tally,
}

impl Links {
    /// Whether the switch of every contact and account came.
    pub(super) fn are_complete(&self) -> bool {
        self.mapped && self.unmapped == 0
    }

    /// Takes a mapping of a contact to an account: alone, or within the record of either of them.
    pub(super) fn mapping(
        &mut self,
        at: &Named<'_>,
        people: &People,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let within = item.object("mappingInfo");
        let mapping = if within.is_empty() { *item } else { item.within(&within) };
        if mapping.value("isAccountTicketsViewable").is_none() {
            let message = said::no_mapping();
            item.problem("isAccountTicketsViewable", message, report);
            return Ok(());
        }
        let account = end("accountId", ACCOUNTS, at, item, &mapping, report);
        let contact = end("contactId", CONTACTS, at, item, &mapping, report);
        if account == 0 || contact == 0 {
            item.problem("mappingInfo", said::no_ends(), report);
            return Ok(());
        }
        // The same mapping comes twice where it was read from both ends.
        if !self.met.insert((contact, account)) {
            return Ok(());
        }
        let primary = people.primary.get(&contact).copied();
        if mapping.text("mappingType", report) == "PRIMARY" && primary.is_some_and(|primary| primary != account) {
            let message = said::other_primary(account, contact);
            item.finding("mappingType", message, report);
        }
        let (user, key) = (contact.to_string(), account.to_string());
        if mapping.flag("isAccountTicketsViewable", report) == Some(true) {
            let view = UserAccountView {
                user: user.clone(),
                account: key.clone(),
            };
            out.put(Batch::UserAccountViews(vec![view]), report)?;
        }
        if primary == Some(account) {
            return Ok(());
        }
        out.put(Batch::UserAccounts(vec![UserAccount { user, account: key }]), report)
    }

    /// All mappings are there.
    pub(super) fn end_mappings(
        &mut self,
        people: &People,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let unmapped =
            |(contact, account): &(&Number, &Number)| **account != 0 && !self.met.contains(&(**contact, **account));
        self.unmapped = people.primary.iter().filter(unmapped).count() as u64;
        self.met = HashSet::new();
        if self.mapped {
            out.put(Batch::UserAccounts(Vec::new()), report)?;
            out.put(Batch::UserAccountViews(Vec::new()), report)?;
        }
        if self.unmapped > 0 || (people.told && !self.mapped) {
            let message = said::unmapped(self.unmapped);
            report.finding(MAPPINGS, 0, "isAccountTicketsViewable", message);
        }
        Ok(())
    }

    /// Takes a member of a group. The list names users of help centers, not contacts.
    pub(super) fn member(
        &mut self,
        at: &Named<'_>,
        people: &People,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let group = owner(at, GROUPS);
        if group == 0 {
            item.problem("", said::no_group(), report);
            return Ok(());
        }
        let Some(user) = item.number("id", report) else {
            return Ok(());
        };
        let email = item.text("emailAddress", report);
        let by_id = people.users.get(&user).copied();
        let Some(contact) = by_id.or_else(|| people.with_email(&email)) else {
            let name = item.text("name", report);
            self.strangers.add(format!("{name} {email}").trim(), NO_LINE);
            return Ok(());
        };
        if !self.members.insert((contact, group)) {
            return Ok(());
        }
        let link = UserGroup {
            user: contact.to_string(),
            group: group.to_string(),
            permission: "member".to_owned(),
        };
        out.put(Batch::UserGroups(vec![link]), report)
    }

    /// All members are there.
    pub(super) fn end_members(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        self.members = HashSet::new();
        if self.membered {
            out.put(Batch::UserGroups(Vec::new()), report)?;
        }
        std::mem::take(&mut self.strangers).finish(GROUPS, "emailAddress", report, &|who, n| said::no_member(who, n));
        Ok(())
    }
}

/// The record to which a page belongs, where it is one of `list`; 0 otherwise.
fn owner(at: &Named<'_>, list: &str) -> Number {
    let key = at.of.filter(|(owner, _)| *owner == list);
    key.and_then(|(_, key)| key.parse().ok()).unwrap_or_default()
}

/// One end of a mapping: as it says itself, else by the path of the page, else the record in which it lies. 0 where
/// nothing says it.
fn end(member: &str, list: &str, at: &Named<'_>, item: &Item<'_>, mapping: &Item<'_>, report: &mut Report) -> Number {
    let said = mapping.number_or_none(member, report);
    let by_path = owner(at, list);
    match (said, by_path) {
        (0, 0) if at.list == list => item.number_or_none("id", report),
        (0, by_path) => by_path,
        (said, _) => said,
    }
}
