//! Addresses that a person may read or write.

use portico_core::id::{AddressId, ExternalUserId};

use super::row::right_link;

pub(crate) const CREATE: &str = "
CREATE TABLE user_address (
    user_id BLOB NOT NULL REFERENCES external_user (id),
    address_id BLOB NOT NULL REFERENCES address (id),
    permission TEXT NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, address_id, permission)
) WITHOUT ROWID;
CREATE INDEX user_address_address_id ON user_address (address_id, permission);
";

right_link! {
    /// A person's permission on an address: `read` or `write`.
    user_address, user_id: ExternalUserId = "external_user", address_id: AddressId = "address", permission
}
