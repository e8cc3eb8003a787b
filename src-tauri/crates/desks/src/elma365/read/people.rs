//! External users: profiles of the system catalogue.

use std::collections::HashMap;

use portico_core::model::{ExternalUser, Validity};
use portico_core::snapshot::Batch;

use super::said;
use super::{PEOPLE, values};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::once::Once;
use crate::source::out::Out;
use crate::source::record::Item;
use crate::source::taken::{Taken, plain};

/// The statuses by the manual's words, of which only letters count.
const STATUSES: [(&str, Validity); 3] = [
    ("notregistered", Validity::NotRegistered),
    ("active", Validity::Valid),
    ("locked", Validity::Invalid),
];

/// What is known of all people.
#[derive(Default)]
pub(super) struct People {
    /// Whether there was a list of them.
    pub(super) told: bool,
    /// By each key that other lists use for a person: her profile's own, and that of her login and licence.
    known: HashMap<String, Person>,
    once: Once,
    taken: Taken,
}

/// How a person is known.
#[derive(Clone)]
struct Person {
    key: String,
    login: String,
}

impl People {
    /// Takes a profile. Its own key stays the same when the invited person registers; the user's may come only then.
    pub(super) fn take(
        &mut self,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(key) = item.key("__id", report) else {
            return Ok(());
        };
        self.once.check("external user", "__id", &key, item, report);
        let email = values::email(item, "email");
        let login = self.taken.member("Login", &["login"], item);
        let login = login.map(|name| item.text(name, report)).unwrap_or_default();
        let login = if login.is_empty() { email.clone() } else { login };
        if login.is_empty() {
            let message = said::no_name();
            item.problem("email", message, report);
        } else {
            self.once.check("login", "email", &login, item, report);
        }
        let status = self
            .taken
            .needed("Status", &["accountstatus", "userstatus", "status"], item, report);
        let companies = values::references(item, "company", report);
        if companies.len() > 1 {
            let message = said::companies(&login, companies.len());
            item.finding("company", message, report);
        }
        let full = item.object("fullname");
        let name = item.within(&full);
        let user = ExternalUser {
            key: key.clone(),
            title: item.text("__name", report),
            first_name: name.text("firstname", report),
            last_name: name.text("lastname", report),
            validity: status
                .and_then(|member| validity(item, member, report))
                .unwrap_or_default(),
            account: companies.into_iter().next().unwrap_or_default(),
            login: login.clone(),
            email,
            ..ExternalUser::default()
        };
        let user_key = item.text("__user", report);
        let person = Person {
            key: key.clone(),
            login,
        };
        for known in [key, user_key] {
            if !known.is_empty() {
                self.known.insert(known, person.clone());
            }
        }
        out.put(Batch::ExternalUsers(vec![user]), report)
    }

    /// All people are there.
    pub(super) fn end(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        if !self.told {
            return Ok(());
        }
        out.put(Batch::ExternalUsers(Vec::new()), report)?;
        self.taken.finish(PEOPLE, "one person", report);
        Ok(())
    }

    /// The key of the external user whom another list calls so.
    pub(super) fn key(&self, named: &str) -> Option<&str> {
        self.known.get(named).map(|person| person.key.as_str())
    }

    /// As [`Self::key`], the login; empty for nobody.
    pub(super) fn login(&self, named: &str) -> String {
        self.known
            .get(named)
            .map(|person| person.login.clone())
            .unwrap_or_default()
    }
}

fn validity(item: &Item<'_>, member: &str, report: &mut Report) -> Option<Validity> {
    let words = values::words(item, member);
    let known = words.iter().find_map(|word| {
        let said = plain(word);
        STATUSES.iter().find(|(status, _)| *status == said)
    });
    if known.is_none() {
        let said = words.first().map_or("", String::as_str);
        let message = said::status(said);
        item.problem(member, message, report);
    }
    known.map(|(_, validity)| *validity)
}
