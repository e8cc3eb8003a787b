//! Services that a person may choose.

use portico_core::id::{ExternalUserId, ServiceId};
use rusqlite::Connection;

use super::Role::{Book, Reference};
use super::row::{self, row};
use crate::error::Result;
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE user_service (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    service_id BLOB NOT NULL REFERENCES service (id),
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, service_id)
) WITHOUT ROWID;
CREATE INDEX user_service_service ON user_service (service_id);
";

row! {
    /// A service that a person may choose.
    user_service, key 2, based true {
        user_id: ExternalUserId = Reference("external_user"),
        service_id: ServiceId = Reference("service"),
        copies: i64 = Book,
    }
    derived {}
}

/// The person's services.
pub fn of_user(c: &Connection, user: ExternalUserId) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "user_id = ?1", &[&user.as_bytes().as_slice()], Row::read)
}

/// The services of several people.
pub fn of_users(c: &Connection, users: &[ExternalUserId]) -> Result<Vec<Row>> {
    row::of_users(c, &TABLE, users, Row::read)
}

/// Makes these the person's services; rows that stay keep their copies.
pub fn set_all_replaces_existing(tx: &Tx<'_>, user: ExternalUserId, services: &[ServiceId]) -> Result<()> {
    let old = of_user(tx, user)?;
    for row in old.iter().filter(|r| !services.contains(&r.service_id)) {
        tx.prepare_cached("DELETE FROM user_service WHERE user_id = ?1 AND service_id = ?2")?
            .execute((user.as_bytes(), row.service_id.as_bytes()))?;
    }
    for &service_id in services.iter().filter(|x| !old.iter().any(|r| r.service_id == **x)) {
        row::insert(
            tx,
            &TABLE,
            &Row {
                user_id: user,
                service_id,
                copies: 1,
            }
            .values(),
        )?;
    }
    Ok(())
}
