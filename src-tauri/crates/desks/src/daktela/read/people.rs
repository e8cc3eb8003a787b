//! Contacts, and the external users that are paired with them.

use std::collections::{HashMap, HashSet};

use portico_core::model::{Contact, ExternalUser, UserContact, Validity};
use portico_core::snapshot::Batch;
use serde_json::Value;

use super::said;
use super::{CONTACTS, EXTERNALS, NO_LINE, key_of, reference};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::out::Out;
use crate::source::record::{Item, text_of};
use crate::source::taken::Taken;
use crate::source::tally::Tally;

/// What is known of all people.
#[derive(Default)]
pub(super) struct People {
    /// Whether there was a list of contacts.
    pub(super) contacts_told: bool,
    /// Whether there was a list of external users.
    pub(super) told: bool,
    /// The account of each contact, empty for none.
    accounts: HashMap<String, String>,
    users: HashSet<String>,
    strangers: Tally,
    unpaired: Tally,
    taken: Taken,
}

impl People {
    /// Takes a contact.
    pub(super) fn contact(
        &mut self,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(key) = item.key("name", report) else {
            return Ok(());
        };
        if !item.has("account") {
            let message = said::no_account();
            item.problem("account", message, report);
        }
        let contact = Contact {
            key: key.clone(),
            title: item.text("title", report),
            first_name: item.text("firstname", report),
            last_name: item.text("lastname", report),
            email: first(item, "email"),
            account: reference("account", item, report),
            phone: first(item, "number"),
            description: item.text("description", report),
            ..Contact::default()
        };
        if self.accounts.insert(key.clone(), contact.account.clone()).is_some() {
            item.came_before("name", "contact", &key, report);
        }
        out.put(Batch::Contacts(vec![contact]), report)
    }

    /// All contacts are there.
    pub(super) fn end_contacts(&mut self, out: &mut Out<'_, '_>, report: &Report) -> Result<(), DeskError> {
        if self.contacts_told {
            out.put(Batch::Contacts(Vec::new()), report)?;
        }
        Ok(())
    }

    /// Whether there is a record of the contact, as far as contacts were read.
    pub(super) fn knows(&self, contact: &str) -> bool {
        !self.contacts_told || self.accounts.contains_key(contact)
    }

    /// The account of a contact, empty for none or where it is not known.
    pub(super) fn account(&self, contact: &str) -> String {
        self.accounts.get(contact).cloned().unwrap_or_default()
    }

    /// Takes an external user. No documentation names the members of the list: they are found by what the manual calls
    /// them, and which were taken is said.
    pub(super) fn user(
        &mut self,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(key) = item.key("name", report) else {
            return Ok(());
        };
        if !self.users.insert(key.clone()) {
            item.came_before("name", "external user", &key, report);
        }
        let login = self.taken.member("Login name", &["login", "loginname", "name"], item);
        let contacts = self.taken.needed("Contacts", &["contacts"], item, report);
        let mut flag = |label, names: &[&str], report: &mut Report| {
            let name = self.taken.needed(label, names, item, report);
            name.and_then(|name| item.flag(name, report)).unwrap_or(false)
        };
        let user = ExternalUser {
            account_contacts: flag("Account contacts", &["accountcontacts"], report),
            account_tickets: flag("Account tickets", &["accounttickets"], report),
            external_comments: flag(
                "Allow external comments",
                &[
                    "allowexternalcomments",
                    "externalcomments",
                    "allowexternalcommentsontickets",
                ],
                report,
            ),
            login: login.map(|name| item.text(name, report)).unwrap_or_default(),
            title: item.text("title", report),
            email: item.text("email", report),
            description: item.text("description", report),
            validity: Validity::Valid,
            key: key.clone(),
            ..ExternalUser::default()
        };
        out.put(Batch::ExternalUsers(vec![user]), report)?;
        let pairs = contacts.map(|name| pairs(name, item, report)).unwrap_or_default();
        if pairs.is_empty() {
            self.unpaired.add(&key, NO_LINE);
        }
        for contact in pairs {
            if !self.knows(&contact) {
                self.strangers.add(&contact, NO_LINE);
            }
            let pair = UserContact {
                user: key.clone(),
                contact,
            };
            out.put(Batch::UserContacts(vec![pair]), report)?;
        }
        Ok(())
    }

    /// All external users are there.
    pub(super) fn end(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        if !self.told {
            return Ok(());
        }
        out.put(Batch::ExternalUsers(Vec::new()), report)?;
        out.put(Batch::UserContacts(Vec::new()), report)?;
        self.taken.finish(EXTERNALS, "one person", report);
        std::mem::take(&mut self.strangers).finish(EXTERNALS, "contacts", report, &|contact, n| {
            said::no_contact(n, contact)
        });
        std::mem::take(&mut self.unpaired).finish(EXTERNALS, "contacts", report, &|user, _| said::unpaired(user));
        if !self.contacts_told {
            let message = said::no_contacts();
            report.finding(CONTACTS, 0, "", message);
        }
        Ok(())
    }
}

/// The contacts of an external user: keys, or records with their `name`.
fn pairs(member: &str, item: &Item<'_>, report: &mut Report) -> Vec<String> {
    let all = match item.value(member) {
        None => return Vec::new(),
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let mut keys = Vec::new();
    for value in all {
        match key_of(value) {
            Some(key) if key.is_empty() || keys.contains(&key) => {}
            Some(key) => keys.push(key),
            None => item.problem(member, said::no_pair(), report),
        }
    }
    keys
}

/// The first of the values that a contact's custom field has.
fn first(item: &Item<'_>, name: &str) -> String {
    let fields = item.object("customFields");
    match item.within(&fields).value(name) {
        Some(Value::Array(all)) => all.iter().find_map(text_of),
        Some(one) => text_of(one),
        None => None,
    }
    .unwrap_or_default()
}
