//! A person's permissions on groups.

use portico_core::id::{ExternalUserId, GroupId};
use rusqlite::Connection;

use super::Role::{Book, Field, Reference};
use super::row::{self, row};
use crate::error::Result;
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE user_group (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    group_id BLOB NOT NULL REFERENCES permission_group (id),
    permission TEXT NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, group_id, permission)
) WITHOUT ROWID;
CREATE INDEX user_group_group ON user_group (group_id, permission);
";

row! {
    /// A person's permission on a group.
    user_group, key 3, based true {
        user_id: ExternalUserId = Reference("external_user"),
        group_id: GroupId = Reference("permission_group"),
        permission: String = Field,
        copies: i64 = Book,
    }
    derived {}
}

/// The person's permissions.
pub fn of_user(c: &Connection, user: ExternalUserId) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "user_id = ?1", &[&user.as_bytes().as_slice()], Row::read)
}

/// Who has a permission on the group.
pub fn of_group(c: &Connection, group: GroupId) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "group_id = ?1", &[&group.as_bytes().as_slice()], Row::read)
}

/// The permissions of several people.
pub fn of_users(c: &Connection, users: &[ExternalUserId]) -> Result<Vec<Row>> {
    row::of_users(c, &TABLE, users, Row::read)
}

/// Makes these the person's permissions; rows that stay keep their copies.
pub fn set_all_replaces_existing(tx: &Tx<'_>, user: ExternalUserId, rights: &[(GroupId, String)]) -> Result<()> {
    let old = of_user(tx, user)?;
    for row in old
        .iter()
        .filter(|r| !rights.iter().any(|(g, p)| *g == r.group_id && *p == r.permission))
    {
        tx.prepare_cached("DELETE FROM user_group WHERE user_id = ?1 AND group_id = ?2 AND permission = ?3")?
            .execute((user.as_bytes(), row.group_id.as_bytes(), &row.permission))?;
    }
    for (n, (group_id, permission)) in rights.iter().enumerate() {
        let there = old
            .iter()
            .any(|r| r.group_id == *group_id && r.permission == *permission);
        if !there && !rights[..n].contains(&rights[n]) {
            let row = Row {
                user_id: user,
                group_id: *group_id,
                permission: permission.clone(),
                copies: 1,
            };
            row::insert(tx, &TABLE, &row.values())?;
        }
    }
    Ok(())
}
