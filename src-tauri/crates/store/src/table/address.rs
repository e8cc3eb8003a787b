//! Addresses of customers: sites that people may be given rights to.

use portico_core::id::{AccountId, AddressId};
use portico_core::model::Validity;

use super::Role::{DeskKey, Field, Id, Natural, Present, Reference};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE address (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    number TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    street TEXT NOT NULL DEFAULT '',
    zip TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    account_id BLOB REFERENCES account (id),
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX address_number ON address (number) WHERE present = 1;
CREATE INDEX address_desk_key ON address (desk_key);
CREATE INDEX address_account ON address (account_id);
";

row! {
    /// An address.
    address, key 1, based true {
        id: AddressId = Id,
        desk_key: Option<String> = DeskKey,
        number: String = Natural,
        name: String = Field,
        street: String = Field,
        zip: String = Field,
        city: String = Field,
        country: String = Field,
        account_id: Option<AccountId> = Reference("account"),
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {}
}

entity!(AddressId);

/// The address with this key of the desk.
pub fn by_desk_key(c: &rusqlite::Connection, key: &str) -> crate::error::Result<Option<Row>> {
    super::row::one(c, &TABLE, "desk_key = ?1 LIMIT 1", &[&key], Row::read)
}
