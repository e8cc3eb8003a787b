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

/// Columns that came later.
pub(crate) const ADD_FIELDS: &str = "
ALTER TABLE contact ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN description TEXT NOT NULL DEFAULT '';
";

/// Contacts whose account may differ from the one that the ticket file has for them; by the desk's key, more of them
/// rather than too few. Filled anew by each import of tickets.
pub(crate) const MOVED: &str = "
CREATE TABLE contact_moved (owner TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
INSERT INTO contact_moved SELECT DISTINCT desk_key FROM contact WHERE desk_key IS NOT NULL;
CREATE TRIGGER contact_comes AFTER INSERT ON contact WHEN NEW.desk_key IS NOT NULL BEGIN
    INSERT OR IGNORE INTO contact_moved VALUES (NEW.desk_key);
END;
CREATE TRIGGER contact_goes AFTER DELETE ON contact WHEN OLD.desk_key IS NOT NULL BEGIN
    INSERT OR IGNORE INTO contact_moved VALUES (OLD.desk_key);
END;
CREATE TRIGGER contact_moves AFTER UPDATE OF account_id, desk_key ON contact BEGIN
    INSERT OR IGNORE INTO contact_moved SELECT key FROM (SELECT OLD.desk_key AS key UNION SELECT NEW.desk_key) WHERE key IS NOT NULL;
END;
CREATE TRIGGER account_of_contacts_renamed AFTER UPDATE OF key ON account WHEN OLD.key <> NEW.key BEGIN
    INSERT OR IGNORE INTO contact_moved SELECT desk_key FROM contact WHERE account_id = NEW.id AND desk_key IS NOT NULL;
END;
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
    later {
        phone: String = Field,
        mobile: String = Field,
        description: String = Field,
    }
}

entity!(ContactId);

/// The contact with this key of the desk.
pub fn by_desk_key(c: &rusqlite::Connection, key: &str) -> crate::error::Result<Option<Row>> {
    super::row::one(c, &TABLE, "desk_key = ?1 LIMIT 1", &[&key], Row::read)
}

/// The contacts of the customer to whom an address belongs, by name; the address by the desk's key of it, or its id where
/// the desk does not have it yet.
pub fn at_address(c: &rusqlite::Connection, address: &str) -> crate::error::Result<Vec<Row>> {
    let condition = "present = 1 AND account_id IN (SELECT account_id FROM address
        WHERE desk_key = ?1 OR (id = unhex(?1) AND desk_key IS NULL))
        ORDER BY last_name, first_name, id";
    super::row::many(c, &TABLE, condition, &[&address], Row::read)
}

/// What people call a contact: given and family name, or the display name, or the e-mail address.
pub fn display_name(row: Row) -> String {
    let name = format!("{} {}", row.first_name, row.last_name);
    [name.trim().to_owned(), row.title, row.email]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}
