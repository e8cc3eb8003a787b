//! Contacts, who are the portal's end users.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use portico_core::model::ExternalUser;
use portico_core::snapshot::Batch;
use serde_json::{Map, Value};

use super::directory::{in_force, is_gone};
use super::said;
use super::{CONTACTS, NO_LINE};
use crate::error::DeskError;
use crate::report::Report;
use crate::said::Said;
use crate::source::out::Out;
use crate::source::places::Named;
use crate::source::record::{Item, text_of};
use crate::source::tally::{Print, Tally, print};

/// The number of a contact, an account, a ticket.
pub(super) type Number = i64;

/// What is known of all contacts, compactly: there may be millions.
#[derive(Default)]
pub(super) struct People {
    /// Whether there was a list of contacts.
    pub(super) told: bool,
    /// The primary account of each contact, 0 for none.
    pub(super) primary: HashMap<Number, Number>,
    /// Contacts by the user id that they have in help centers.
    pub(super) users: HashMap<Number, Number>,
    /// Contacts by e-mail address.
    emails: HashMap<Print, Number>,
    /// Whether a contact is active in any help center, where that was read.
    active: HashMap<Number, bool>,
    no_email: Tally,
    doubled: Tally,
    gone: Tally,
    spam: Tally,
}

impl People {
    /// Takes what `/contacts/{id}/helpCenters` says.
    pub(super) fn activation(&mut self, at: &Named<'_>, item: &Item<'_>, report: &mut Report) {
        let Some(contact) = at.of.and_then(|(_, key)| key.parse().ok()) else {
            item.problem("", said::no_contact(), report);
            return;
        };
        let active = item.text("userStatus", report) == "ACTIVE";
        *self.active.entry(contact).or_default() |= active;
        let user = item.number_or_none("userId", report);
        if user > 0 {
            self.users.insert(user, contact);
        }
    }

    /// Takes a contact.
    pub(super) fn contact(
        &mut self,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(number) = item.number("id", report) else {
            return Ok(());
        };
        if is_gone(item, report) {
            self.gone.add("", NO_LINE);
            return Ok(());
        }
        let account = account(item, report);
        if self.primary.insert(number, account).is_some() {
            item.came_before("id", "contact", &number, report);
        }
        let end_user = item.flag("isEndUser", report);
        let Some(active) = self.active.get(&number).copied().or(end_user) else {
            let message = said::no_end_user();
            item.problem("isEndUser", message, report);
            return Ok(());
        };
        if item.flag("isSpam", report) == Some(true) {
            self.spam.add("", NO_LINE);
        }
        let user = self.user(number, account, active, item, report);
        out.put(Batch::ExternalUsers(vec![user]), report)
    }

    fn user(
        &mut self,
        number: Number,
        account: Number,
        active: bool,
        item: &Item<'_>,
        report: &mut Report,
    ) -> ExternalUser {
        let email = item.text("email", report);
        ExternalUser {
            key: number.to_string(),
            login: self.login(number, &email),
            title: item.text("title", report),
            first_name: item.text("firstName", report),
            last_name: item.text("lastName", report),
            email,
            phone: item.text("phone", report),
            mobile: item.text("mobile", report),
            street: item.text("street", report),
            zip: item.text("zip", report),
            city: item.text("city", report),
            country: item.text("country", report),
            description: item.text("description", report),
            account: if account == 0 {
                String::new()
            } else {
                account.to_string()
            },
            validity: in_force(active),
            language: item.text("language", report),
            secondary_email: item.text("secondaryEmail", report),
            category: item.text("type", report),
            region: item.text("state", report),
            twitter: item.text("twitter", report),
            facebook: item.text("facebook", report),
            custom: custom(item),
            ..ExternalUser::default()
        }
    }

    /// What the contact logs in with: the e-mail address. One without, or with that of another, shows the desk's number.
    fn login(&mut self, number: Number, email: &str) -> String {
        if email.is_empty() {
            self.no_email.add("", NO_LINE);
            return number.to_string();
        }
        match self.emails.entry(print(&email.to_lowercase())) {
            Entry::Vacant(free) => {
                free.insert(number);
                email.to_owned()
            }
            Entry::Occupied(_) => {
                self.doubled.add(email, NO_LINE);
                number.to_string()
            }
        }
    }

    /// The contact with this e-mail address.
    pub(super) fn with_email(&self, email: &str) -> Option<Number> {
        self.emails.get(&print(&email.to_lowercase())).copied()
    }

    /// All contacts are there.
    pub(super) fn end(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        if self.told {
            out.put(Batch::ExternalUsers(Vec::new()), report)?;
        }
        let mut say = |tally: &mut Tally, column: &str, words: &dyn Fn(&str, u64) -> Said| {
            std::mem::take(tally).finish(CONTACTS, column, report, words);
        };
        say(&mut self.gone, "isTrashed", &|_, n| said::trashed(n));
        say(&mut self.spam, "isSpam", &|_, n| said::spam(n));
        say(&mut self.no_email, "email", &|_, n| said::no_email(n));
        say(&mut self.doubled, "email", &|email, n| said::shared_email(email, n + 1));
        Ok(())
    }
}

/// The primary account, 0 for none. With `include=accounts` it comes as an object.
fn account(item: &Item<'_>, report: &mut Report) -> Number {
    if item.has("accountId") {
        return item.number_or_none("accountId", report);
    }
    let account = item.object("account");
    item.within(&account).number_or_none("id", report)
}

/// Custom fields as an object of texts; empty for none.
fn custom(item: &Item<'_>) -> String {
    let Some(Value::Object(fields)) = item.value("cf") else {
        return String::new();
    };
    let text = |value: &Value| text_of(value).unwrap_or_else(|| value.to_string());
    let texts: Map<String, Value> = fields
        .iter()
        .map(|(name, value)| (name.clone(), Value::String(text(value))))
        .filter(|(_, text)| text.as_str() != Some(""))
        .collect();
    if texts.is_empty() {
        String::new()
    } else {
        Value::Object(texts).to_string()
    }
}
