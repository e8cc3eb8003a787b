//! What an external user means as a whole: fields that need each other, rights without effect, logins that stay.

use super::super::LoginChange;
use super::super::field::Entity;
use super::field::day;
use super::{Look, Value};
use crate::model::Validity;

pub(super) fn check(look: &mut Look<'_>) {
    login_of_links(look);
    login_change(look);
    seen_accounts(look);
    account_flags(look);
    basic_rights(look);
    write_without_read(look);
    statuses(look);
    expiry(look);
    licences(look);
}

/// A login that the tables of links cannot hold.
fn login_of_links(look: &mut Look<'_>) {
    let Some(max) = look.rules.linked_login_max else { return };
    let has_links = !look.list("further_accounts").is_empty() || !look.rights("groups").is_empty();
    if has_links && look.text("login").chars().count() > max {
        let message = format!("a login over {max} characters cannot have groups or further accounts");
        let detail = [("max", &*max.to_string())];
        look.wrong("login", "problem.login_too_long_for_links", &detail, message);
    }
}

fn login_change(look: &mut Look<'_>) {
    let login = look.text("login");
    match look.rules.login_change {
        LoginChange::Free => {}
        LoginChange::DropsLinks => {
            if let Some(key) = look.at.desk_key.filter(|key| *key != login) {
                let message =
                    format!("the desk knows this person as {key}; renaming drops her links and is not exported");
                look.warn("login", "problem.renamed", &[("old", key)], message);
            }
        }
        LoginChange::Never => {
            let saved = look.at.saved.map(|saved| saved.value("login"));
            if let Some(Value::Text(old)) = saved
                && old != login
            {
                let message = format!("the desk fixes a login with the first save: it stays {old}");
                look.wrong("login", "problem.login_fixed", &[("old", old)], message);
            }
        }
    }
}

fn seen_accounts(look: &mut Look<'_>) {
    let (own, further) = (look.text("account"), look.list("further_accounts"));
    for seen in look.list("seen_accounts") {
        if seen != own && !further.contains(seen) {
            let name = look.name(Entity::Account, seen).to_owned();
            let message = format!("{name} is none of the person's accounts");
            let detail = [("account", name.as_str())];
            look.wrong("seen_accounts", "problem.seen_account_not_hers", &detail, message);
        }
    }
}

/// Switches that go by the accounts of the paired contacts.
fn account_flags(look: &mut Look<'_>) {
    let Some(known) = look.at.known else { return };
    let contacts = look.list("contacts");
    let with_account = contacts.iter().any(|id| {
        known
            .get(&(Entity::Contact, id.clone()))
            .is_some_and(|contact| contact.has_account)
    });
    if with_account {
        return;
    }
    for field in ["account_contacts", "account_tickets"] {
        if !look.knows(field) || !look.flag(field) {
            continue;
        }
        if contacts.is_empty() {
            let message = "has no effect: it goes by the accounts of paired contacts, and there is no contact";
            look.warn(field, "problem.no_paired_contact", &[], message);
        } else {
            let message = "has no effect: none of the paired contacts belongs to an account";
            look.warn(field, "problem.no_paired_account", &[], message);
        }
    }
}

/// Rights that count only together with a basic right.
fn basic_rights(look: &mut Look<'_>) {
    if look.knows("right_addresses") && !look.flag("right_addresses") {
        for field in ["read_addresses", "write_addresses"] {
            if !look.list(field).is_empty() {
                let message = "has no effect without the basic right \"Addresses\"";
                look.warn(field, "problem.no_right_addresses", &[], message);
            }
        }
        if look.flag("right_machines") {
            let message = "has no effect without the basic right \"Addresses\": machines are those of addresses";
            look.warn("right_machines", "problem.machines_without_addresses", &[], message);
        }
    }
    let has_contact = !look.text("contact_person").is_empty();
    if look.knows("right_contact_person") && has_contact && !look.flag("right_contact_person") {
        let message = "has no effect without the basic right \"Contact person\"";
        look.warn("contact_person", "problem.no_right_contact_person", &[], message);
    }
}

fn write_without_read(look: &mut Look<'_>) {
    let read = look.list("read_addresses");
    let own = look.text("address");
    let mut alone = Vec::new();
    for id in look.list("write_addresses") {
        if !read.contains(id) && id != own {
            alone.push(look.name(Entity::Address, id).to_owned());
        }
    }
    if look.knows("write_addresses") && !alone.is_empty() {
        let names = alone.join(", ");
        let message = format!("{names}: writing is taken to include reading, which the desk's manual does not say");
        let detail = [("addresses", names.as_str())];
        look.warn("write_addresses", "problem.write_without_read", &detail, message);
    }
}

fn statuses(look: &mut Look<'_>) {
    if !look.knows("restrict_states") {
        return;
    }
    let (restricted, none) = (look.flag("restrict_states"), look.list("ticket_states").is_empty());
    if !restricted && !none {
        let message = "has no effect while statuses are not restricted: all of them can be set";
        look.warn("ticket_states", "problem.states_not_restricted", &[], message);
    }
    if restricted && none {
        let message = "statuses are restricted and none is listed: the person can set none";
        look.warn("ticket_states", "problem.no_states_left", &[], message);
    }
}

/// An access that should have ended.
fn expiry(look: &mut Look<'_>) {
    let expires = look.text("expires");
    let over = day(expires)
        .zip(look.at.today)
        .is_some_and(|(last, today)| last < today);
    if over && look.text("status") == Validity::Valid.name() {
        let message = format!("access was meant to end on {expires}, and the person still has it");
        look.warn("expires", "problem.expired", &[("date", expires)], message);
    }
}

/// A person who would need a licence when there is none left.
fn licences(look: &mut Look<'_>) {
    let Some(licences) = look.at.licences.filter(|licences| licences.free == 0) else {
        return;
    };
    let active = Validity::Valid.name();
    let saved = look.at.saved.map(|saved| saved.value("status"));
    let becomes_active = look.text("status") == active && saved != Some(Value::Text(active));
    if saved.is_none() || becomes_active {
        let total = licences.total.to_string();
        let message = format!("all {total} licences are in use: nobody new can register");
        look.warn("status", "problem.licences_full", &[("total", &total)], message);
    }
}
