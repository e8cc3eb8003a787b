//! Contacts: people in the desk's address book, with whom external users are paired.

use portico_core::id::{AccountId, ContactId};

use super::Role::{DeskKey, Field, Id, Present, Reference};
use super::row::{entity, row};

pub(crate) const CREATE: &str = "
CREATE TABLE contact (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    title TEXT NOT NULL DEFAULT '',
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    account_id BLOB REFERENCES account (id),
    present INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX contact_desk_key ON contact (desk_key);
CREATE INDEX contact_account ON contact (account_id);
";

row! {
    /// A contact.
    contact, key 1, based true {
        id: ContactId = Id,
        desk_key: Option<String> = DeskKey,
        title: String = Field,
        first_name: String = Field,
        last_name: String = Field,
        email: String = Field,
        account_id: Option<AccountId> = Reference("account"),
        present: bool = Present,
    }
    derived {}
}

entity!(ContactId);
