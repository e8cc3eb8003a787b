//! An account's permissions on groups.

use portico_core::id::{AccountId, GroupId};
use portico_core::model::Context;
use rusqlite::Connection;

use super::Role::{Book, Field, Reference};
use super::row::{self, row};
use crate::error::Result;
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE account_group (
    account_id BLOB NOT NULL REFERENCES account (id),
    group_id BLOB NOT NULL REFERENCES permission_group (id),
    permission TEXT NOT NULL,
    context TEXT NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (account_id, group_id, permission, context)
) WITHOUT ROWID;
CREATE INDEX account_group_group ON account_group (group_id, context, permission);
";

row! {
    /// An account's permission on a group.
    account_group, key 4, based true {
        account_id: AccountId = Reference("account"),
        group_id: GroupId = Reference("permission_group"),
        permission: String = Field,
        context: Context = Field,
        copies: i64 = Book,
    }
    derived {}
}

/// The account's permissions.
pub fn of_account(c: &Connection, account: AccountId) -> Result<Vec<Row>> {
    row::many(
        c,
        &TABLE,
        "account_id = ?1",
        &[&account.as_bytes().as_slice()],
        Row::read,
    )
}

/// Which accounts have a permission on the group.
pub fn of_group(c: &Connection, group: GroupId) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "group_id = ?1", &[&group.as_bytes().as_slice()], Row::read)
}

/// Makes these the account's permissions; rows that stay keep their copies.
pub fn set_all_replaces_existing(tx: &Tx<'_>, account: AccountId, rights: &[(GroupId, String, Context)]) -> Result<()> {
    let old = of_account(tx, account)?;
    let same =
        |r: &Row, (g, p, x): &(GroupId, String, Context)| r.group_id == *g && r.permission == *p && r.context == *x;
    for row in old.iter().filter(|r| !rights.iter().any(|w| same(r, w))) {
        tx.prepare_cached(
            "DELETE FROM account_group WHERE account_id = ?1 AND group_id = ?2 AND permission = ?3 AND context = ?4",
        )?
        .execute((
            account.as_bytes(),
            row.group_id.as_bytes(),
            &row.permission,
            row.context.name(),
        ))?;
    }
    for (n, wanted) in rights.iter().enumerate() {
        if !old.iter().any(|r| same(r, wanted)) && !rights[..n].contains(wanted) {
            let (group_id, permission, context) = wanted.clone();
            row::insert(
                tx,
                &TABLE,
                &Row {
                    account_id: account,
                    group_id,
                    permission,
                    context,
                    copies: 1,
                }
                .values(),
            )?;
        }
    }
    Ok(())
}
