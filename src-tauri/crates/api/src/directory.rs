//! Accounts and groups as lists.

use std::collections::HashMap;

use portico_store::table::{account_group, account_list, permission_group, queue};

use crate::error::ApiError;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::directory::{AccountPage, AccountRow, GroupRow};

/// The most rows a page may have.
const MOST_ROWS: u32 = 1_000;

/// A stretch of the accounts whose key or name contains the text.
pub fn list_accounts(session: &Session, search: &str, offset: u32, limit: u32) -> Result<AccountPage, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let groups: HashMap<_, _> = permission_group::all(c)?
            .into_iter()
            .map(|group| (group.id, group.name))
            .collect();
        let mut rows = Vec::new();
        for line in account_list::list(c, search, offset.into(), limit.min(MOST_ROWS).into())? {
            let links = account_group::of_account(c, line.account.id)?;
            let named = links.into_iter().map(|link| {
                let name = groups.get(&link.group_id).cloned().unwrap_or_default();
                (name, link.permission, link.context.name().to_owned())
            });
            rows.push(AccountRow {
                groups: named.collect(),
                id: line.account.id.to_string(),
                key: line.account.key,
                name: line.account.name,
                status: line.account.validity.name().to_owned(),
                present: line.account.present,
                people: small(line.people),
                further: small(line.further),
            });
        }
        Ok(AccountPage {
            total: small(account_list::count(c, search)?),
            rows,
        })
    })
}

/// All groups, by name.
pub fn list_groups(session: &Session) -> Result<Vec<GroupRow>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let always = crate::users::always_groups(c, session.desk())?;
        let queues = queue::all(c)?;
        let usage: HashMap<_, _> = account_list::group_usage(c)?
            .into_iter()
            .map(|(id, p, a)| (id, (small(p), small(a))))
            .collect();
        let mut rows = Vec::new();
        for group in permission_group::all(c)? {
            let of_group = queues.iter().filter(|queue| queue.group_id == Some(group.id));
            let (people, accounts) = usage.get(&group.id).copied().unwrap_or_default();
            rows.push(GroupRow {
                queues: of_group.map(|queue| queue.name.clone()).collect(),
                people,
                accounts,
                always: always.contains(&group.name),
                id: group.id.to_string(),
                name: group.name,
                description: group.description,
                status: group.validity.name().to_owned(),
            });
        }
        rows.sort_by_cached_key(|row| portico_core::fold::full(&row.name));
        Ok(rows)
    })
}
