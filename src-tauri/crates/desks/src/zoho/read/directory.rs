//! Departments, groups of help centers, accounts.

use portico_core::model::{Account, Group, Queue, Validity};
use portico_core::snapshot::Batch;

use super::said;
use super::{ACCOUNTS, DEPARTMENTS, GROUPS};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::out::Out;
use crate::source::record::Item;

/// Takes a record of the lists that need no other. Help centers themselves are not kept: what they restrict is said by
/// their departments.
pub(super) fn take(list: &str, item: &Item<'_>, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
    let batch = match list {
        DEPARTMENTS => Batch::Queues(department(item, report).into_iter().collect()),
        GROUPS => Batch::Groups(group(item, report).into_iter().collect()),
        ACCOUNTS => Batch::Accounts(account(item, report).into_iter().collect()),
        _ => return Ok(()),
    };
    out.put(batch, report)
}

/// All of them are there; those of the lists that were found may be none.
pub(super) fn end(found: &[&str], out: &mut Out<'_, '_>, report: &Report) -> Result<(), DeskError> {
    for (list, none) in [
        (DEPARTMENTS, Batch::Queues(Vec::new())),
        (GROUPS, Batch::Groups(Vec::new())),
        (ACCOUNTS, Batch::Accounts(Vec::new())),
    ] {
        if found.contains(&list) {
            out.put(none, report)?;
        }
    }
    Ok(())
}

fn department(item: &Item<'_>, report: &mut Report) -> Option<Queue> {
    let enabled = item.flag("isEnabled", report).unwrap_or(true);
    let public = item.flag("isVisibleInCustomerPortal", report);
    if public.is_none() {
        item.finding("isVisibleInCustomerPortal", said::public(), report);
    }
    Some(Queue {
        key: item.number("id", report)?.to_string(),
        name: item.key("name", report)?,
        validity: in_force(enabled && public.unwrap_or(true)),
        ..Queue::default()
    })
}

fn group(item: &Item<'_>, report: &mut Report) -> Option<Group> {
    Some(Group {
        key: item.number("id", report)?.to_string(),
        name: item.key("name", report)?,
        description: item.text("description", report),
        validity: in_force(item.text("status", report) != "DISABLED"),
    })
}

fn account(item: &Item<'_>, report: &mut Report) -> Option<Account> {
    Some(Account {
        key: item.number("id", report)?.to_string(),
        name: item.key("accountName", report)?,
        street: item.text("street", report),
        zip: item.text("code", report),
        city: item.text("city", report),
        country: item.text("country", report),
        url: item.text("website", report),
        description: item.text("description", report),
        validity: in_force(!is_gone(item, report)),
        email: item.text("email", report),
        phone: item.text("phone", report),
    })
}

/// Whether a record lies in the recycle bin.
pub(super) fn is_gone(item: &Item<'_>, report: &mut Report) -> bool {
    item.flag("isDeleted", report) == Some(true) || item.flag("isTrashed", report) == Some(true)
}

/// A switch as a validity.
pub(super) fn in_force(on: bool) -> Validity {
    if on { Validity::Valid } else { Validity::Invalid }
}
