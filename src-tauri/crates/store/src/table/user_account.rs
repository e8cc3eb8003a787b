//! Further accounts of a person, beside the primary one.

use portico_core::id::{AccountId, ExternalUserId};
use rusqlite::Connection;

use super::Role::{Book, Reference};
use super::row::{self, row};
use crate::error::Result;
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE user_account (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    account_id BLOB NOT NULL REFERENCES account (id),
    copies INTEGER NOT NULL DEFAULT 1,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, account_id)
) WITHOUT ROWID;
CREATE INDEX user_account_account ON user_account (account_id);
";

row! {
    /// A further account of a person; `position` is the order on the desk.
    user_account, key 2, based true {
        user_id: ExternalUserId = Reference("external_user"),
        account_id: AccountId = Reference("account"),
        copies: i64 = Book,
        position: i64 = Book,
    }
    derived {}
}

/// The person's further accounts, in order.
pub fn of_user(c: &Connection, user: ExternalUserId) -> Result<Vec<Row>> {
    row::many(
        c,
        &TABLE,
        "user_id = ?1 ORDER BY position, account_id",
        &[&user.as_bytes().as_slice()],
        Row::read,
    )
}

/// The further accounts of several people, each person's in order.
pub fn of_users(c: &Connection, users: &[ExternalUserId]) -> Result<Vec<Row>> {
    let mut rows = row::of_users(c, &TABLE, users, Row::read)?;
    rows.sort_by_key(|link| (link.user_id, link.position, link.account_id));
    Ok(rows)
}

/// Makes these the person's further accounts, in this order; rows that stay keep their copies.
pub fn set_all_replaces_existing(tx: &Tx<'_>, user: ExternalUserId, accounts: &[AccountId]) -> Result<()> {
    let old = of_user(tx, user)?;
    for row in old.iter().filter(|r| !accounts.contains(&r.account_id)) {
        tx.prepare_cached("DELETE FROM user_account WHERE user_id = ?1 AND account_id = ?2")?
            .execute((user.as_bytes(), row.account_id.as_bytes()))?;
    }
    let kept: Vec<AccountId> = old
        .iter()
        .map(|r| r.account_id)
        .filter(|a| accounts.contains(a))
        .collect();
    let reordered = kept.iter().ne(accounts.iter().filter(|a| kept.contains(a)));
    for (position, account_id) in (1_i64..).zip(accounts.iter().copied()) {
        match old.iter().find(|r| r.account_id == account_id) {
            None => row::insert(
                tx,
                &TABLE,
                &Row {
                    user_id: user,
                    account_id,
                    copies: 1,
                    position,
                }
                .values(),
            )?,
            // Positions are the desk's own; they are only written when the order is another.
            Some(row) if reordered => row::update(
                tx,
                &TABLE,
                &Row {
                    position,
                    ..row.clone()
                }
                .values(),
            )?,
            Some(_) => {}
        }
    }
    Ok(())
}
