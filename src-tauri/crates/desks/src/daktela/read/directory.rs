//! Accounts, and categories of tickets.

use portico_core::model::{Account, Queue, Validity};
use portico_core::snapshot::Batch;

use super::said;
use super::{ACCOUNTS, CATEGORIES};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::out::Out;
use crate::source::record::Item;

/// Takes a record of the lists that need no other.
pub(super) fn take(list: &str, item: &Item<'_>, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
    let batch = match list {
        ACCOUNTS => Batch::Accounts(account(item, report).into_iter().collect()),
        CATEGORIES => Batch::Queues(category(item, report).into_iter().collect()),
        _ => return Ok(()),
    };
    out.put(batch, report)
}

/// All of them are there; those of the lists that were found may be none.
pub(super) fn end(found: &[&str], out: &mut Out<'_, '_>, report: &Report) -> Result<(), DeskError> {
    for (list, none) in [
        (ACCOUNTS, Batch::Accounts(Vec::new())),
        (CATEGORIES, Batch::Queues(Vec::new())),
    ] {
        if found.contains(&list) {
            out.put(none, report)?;
        }
    }
    Ok(())
}

fn account(item: &Item<'_>, report: &mut Report) -> Option<Account> {
    Some(Account {
        key: item.key("name", report)?,
        name: item.key("title", report)?,
        description: item.text("description", report),
        validity: Validity::Valid,
        ..Account::default()
    })
}

fn category(item: &Item<'_>, report: &mut Report) -> Option<Queue> {
    if !item.has("allow_external_comments") {
        let message = said::no_comments();
        item.problem("allow_external_comments", message, report);
    }
    Some(Queue {
        key: item.key("name", report)?,
        name: item.key("title", report)?,
        external_comments: item.flag("allow_external_comments", report).unwrap_or(false),
        validity: Validity::Valid,
        ..Queue::default()
    })
}
