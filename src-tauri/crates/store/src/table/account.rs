//! Accounts: companies, customers. `present = 0` is a placeholder for a key that only people or links name.

use portico_core::fold;
use portico_core::id::AccountId;
use portico_core::model::Validity;
use rusqlite::Connection;

use super::Role::{DeskKey, Field, Id, Natural, Present};
use super::row::{self, entity, row};
use crate::error::Result;

pub(crate) const CREATE: &str = "
CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    key TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    street TEXT NOT NULL DEFAULT '',
    zip TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    validity INTEGER NOT NULL DEFAULT 1,
    present INTEGER NOT NULL DEFAULT 1,
    key_simple TEXT NOT NULL DEFAULT '',
    key_full TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX account_key ON account (key) WHERE present = 1;
CREATE INDEX account_any_key ON account (key);
CREATE INDEX account_desk_key ON account (desk_key);
CREATE INDEX account_key_simple ON account (key_simple);
CREATE INDEX account_key_full ON account (key_full);
";

/// Columns that came later.
pub(crate) const ADD_FIELDS: &str = "
ALTER TABLE account ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN phone TEXT NOT NULL DEFAULT '';
";

row! {
    /// An account.
    account, key 1, based true {
        id: AccountId = Id,
        desk_key: Option<String> = DeskKey,
        key: String = Natural,
        name: String = Field,
        street: String = Field,
        zip: String = Field,
        city: String = Field,
        country: String = Field,
        url: String = Field,
        description: String = Field,
        validity: Validity = Field,
        present: bool = Present,
    }
    derived {
        key_simple = |row| fold::simple(&row.key),
        key_full = |row| fold::full(&row.key),
    }
    later {
        email: String = Field,
        phone: String = Field,
    }
}

entity!(AccountId);

/// The account that people call by this key (`customer_id`), a placeholder only if there is no record.
pub fn by_key(c: &Connection, key: &str) -> Result<Option<Row>> {
    row::one(c, &TABLE, "key = ?1 ORDER BY present DESC LIMIT 1", &[&key], Row::read)
}
