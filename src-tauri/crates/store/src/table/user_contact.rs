//! Contacts with whom a person is paired.

use portico_core::id::{ContactId, ExternalUserId};
use rusqlite::Connection;

use super::Role::{Book, Reference};
use super::row::{self, row};
use crate::error::Result;
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE user_contact (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    contact_id BLOB NOT NULL REFERENCES contact (id),
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, contact_id)
) WITHOUT ROWID;
CREATE INDEX user_contact_contact ON user_contact (contact_id);
";

row! {
    /// A contact with whom a person is paired.
    user_contact, key 2, based true {
        user_id: ExternalUserId = Reference("external_user"),
        contact_id: ContactId = Reference("contact"),
        copies: i64 = Book,
    }
    derived {}
}

/// The person's contacts.
pub fn of_user(c: &Connection, user: ExternalUserId) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "user_id = ?1", &[&user.as_bytes().as_slice()], Row::read)
}

/// The contacts of several people.
pub fn of_users(c: &Connection, users: &[ExternalUserId]) -> Result<Vec<Row>> {
    row::of_users(c, &TABLE, users, Row::read)
}

/// Makes these the person's contacts; rows that stay keep their copies.
pub fn set_all_replaces_existing(tx: &Tx<'_>, user: ExternalUserId, contacts: &[ContactId]) -> Result<()> {
    let old = of_user(tx, user)?;
    for row in old.iter().filter(|r| !contacts.contains(&r.contact_id)) {
        tx.prepare_cached("DELETE FROM user_contact WHERE user_id = ?1 AND contact_id = ?2")?
            .execute((user.as_bytes(), row.contact_id.as_bytes()))?;
    }
    for &contact_id in contacts.iter().filter(|x| !old.iter().any(|r| r.contact_id == **x)) {
        row::insert(
            tx,
            &TABLE,
            &Row {
                user_id: user,
                contact_id,
                copies: 1,
            }
            .values(),
        )?;
    }
    Ok(())
}
