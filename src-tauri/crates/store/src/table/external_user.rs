//! External users. `present = 0` is a placeholder for a login that only links name.

use portico_core::fold;
use portico_core::id::{AccountId, AddressId, BackendId, ContactId, ExternalUserId, GroupId};
use portico_core::model::Validity;
use rusqlite::Connection;

use super::Role::{Book, DeskKey, Field, Id, Natural, Own, Present, Reference};
use super::cell;
use super::row::{self, entity, row};
pub use super::user_facet::{AccountCount, GroupCount, account_facet, changed_facet, group_facet, status_facet};
pub use super::user_list::{ListQuery, ListRow, Sort, count_matching, list};
pub use super::user_order::OrderCache;
use crate::error::Result;
use crate::text::searchable;

pub(crate) const CREATE: &str = "
CREATE TABLE external_user (
    id BLOB NOT NULL PRIMARY KEY,
    desk_key TEXT,
    login TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    mobile TEXT NOT NULL DEFAULT '',
    fax TEXT NOT NULL DEFAULT '',
    street TEXT NOT NULL DEFAULT '',
    zip TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    account_id BLOB REFERENCES account (id),
    validity INTEGER NOT NULL DEFAULT 1,
    has_password INTEGER,
    present INTEGER NOT NULL DEFAULT 1,
    login_simple TEXT NOT NULL DEFAULT '',
    login_full TEXT NOT NULL DEFAULT '',
    sort_name TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX external_user_login ON external_user (login) WHERE present = 1;
CREATE INDEX external_user_any_login ON external_user (login);
CREATE INDEX external_user_login_simple ON external_user (login_simple);
CREATE INDEX external_user_login_full ON external_user (login_full);
CREATE INDEX external_user_desk_key ON external_user (desk_key);
CREATE INDEX external_user_account ON external_user (account_id);
CREATE INDEX external_user_email ON external_user (lower(email)) WHERE present = 1;
";

/// Columns that came later.
pub(crate) const ADD_FIELDS: &str = "
ALTER TABLE external_user ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN secondary_email TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN twitter TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN facebook TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN custom TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN external INTEGER NOT NULL DEFAULT 1;
ALTER TABLE external_user ADD COLUMN account_contacts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN account_tickets INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN external_comments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN right_addresses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN right_machines INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN right_contact_person INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN restrict_states INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN excel_export INTEGER NOT NULL DEFAULT 0;
ALTER TABLE external_user ADD COLUMN linked_resource TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN contact_person_id BLOB REFERENCES contact (id);
ALTER TABLE external_user ADD COLUMN address_id BLOB REFERENCES address (id);
ALTER TABLE external_user ADD COLUMN main_group_id BLOB REFERENCES permission_group (id);
ALTER TABLE external_user ADD COLUMN backend_id BLOB REFERENCES backend (id);
ALTER TABLE external_user ADD COLUMN password TEXT NOT NULL DEFAULT 'unchanged';
ALTER TABLE external_user ADD COLUMN invited TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN expires TEXT NOT NULL DEFAULT '';
ALTER TABLE external_user ADD COLUMN sponsor TEXT NOT NULL DEFAULT '';
CREATE INDEX external_user_contact_person ON external_user (contact_person_id) WHERE contact_person_id IS NOT NULL;
CREATE INDEX external_user_address ON external_user (address_id) WHERE address_id IS NOT NULL;
CREATE INDEX external_user_main_group ON external_user (main_group_id) WHERE main_group_id IS NOT NULL;
CREATE INDEX external_user_backend ON external_user (backend_id) WHERE backend_id IS NOT NULL;
CREATE INDEX external_user_expires ON external_user (expires) WHERE expires <> '';
";

/// Who has a sponsor, and of them who may log in.
pub(crate) const ADD_SPONSORS: &str = "
CREATE INDEX external_user_sponsor ON external_user (present, validity) WHERE sponsor <> '';
";

row! {
    /// An external user.
    external_user, key 1, based true {
        id: ExternalUserId = Id,
        desk_key: Option<String> = DeskKey,
        login: String = Natural,
        title: String = Field,
        first_name: String = Field,
        last_name: String = Field,
        email: String = Field,
        phone: String = Field,
        mobile: String = Field,
        fax: String = Field,
        street: String = Field,
        zip: String = Field,
        city: String = Field,
        country: String = Field,
        description: String = Field,
        account_id: Option<AccountId> = Reference("account"),
        validity: Validity = Field,
        has_password: Option<bool> = Book,
        present: bool = Present,
    }
    derived {
        login_simple = |row| fold::simple(&row.login),
        login_full = |row| fold::full(&row.login),
        sort_name = |row| sort_name(&row.last_name, &row.first_name, &row.title, &row.login),
    }
    later {
        language: String = Field,
        secondary_email: String = Field,
        category: String = Field,
        region: String = Field,
        twitter: String = Field,
        facebook: String = Field,
        custom: String = Field,
        external: bool = Field,
        account_contacts: bool = Field,
        account_tickets: bool = Field,
        external_comments: bool = Field,
        right_addresses: bool = Field,
        right_machines: bool = Field,
        right_contact_person: bool = Field,
        restrict_states: bool = Field,
        excel_export: bool = Field,
        linked_resource: String = Field,
        contact_person_id: Option<ContactId> = Reference("contact"),
        address_id: Option<AddressId> = Reference("address"),
        main_group_id: Option<GroupId> = Reference("permission_group"),
        backend_id: Option<BackendId> = Reference("backend"),
        password: String = Field,
        invited: String = Own,
        expires: String = Own,
        sponsor: String = Own,
    }
}

entity!(ExternalUserId);

/// What people are sorted by, without case and diacritics: family name, given name; where both are empty the title,
/// which is the name on desks that have no other; the login where there is none either.
pub(crate) fn sort_name(last: &str, first: &str, title: &str, login: &str) -> String {
    let name = format!("{} {}", last.trim(), first.trim());
    let known = [name.trim(), title.trim()].into_iter().find(|text| !text.is_empty());
    searchable(known.unwrap_or(login))
}

/// Whether there is a record of the person; a placeholder is none.
pub(crate) fn is_present(c: &Connection, id: ExternalUserId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM external_user WHERE id = ?1 AND present = 1)";
    Ok(c.prepare_cached(sql)?.query_row([id.as_bytes()], |r| r.get(0))?)
}

/// The person with exactly this login; no placeholder.
pub fn by_login(c: &Connection, login: &str) -> Result<Option<Row>> {
    row::one(c, &TABLE, "login = ?1 AND present = 1", &[&login], Row::read)
}

/// The person (or placeholder) with this key of the desk.
pub fn by_key(c: &Connection, desk_key: &str) -> Result<Option<Row>> {
    row::one(
        c,
        &TABLE,
        "desk_key = ?1 ORDER BY present DESC LIMIT 1",
        &[&desk_key],
        Row::read,
    )
}

/// People whose login differs only in case (fold: full Unicode), placeholders included.
pub fn by_folded_login(c: &Connection, login: &str) -> Result<Vec<Row>> {
    row::many(
        c,
        &TABLE,
        "login_full = ?1 ORDER BY login",
        &[&fold::full(login)],
        Row::read,
    )
}

/// People with this e-mail address, case ignored, at most ten; no placeholders.
pub fn by_email(c: &Connection, email: &str) -> Result<Vec<Row>> {
    row::many(
        c,
        &TABLE,
        "lower(email) = ?1 AND present = 1 ORDER BY login LIMIT 10",
        &[&email.to_ascii_lowercase()],
        Row::read,
    )
}

/// The ids of all people in order, placeholders left out.
pub fn ids(c: &Connection) -> Result<Vec<ExternalUserId>> {
    let mut statement = c.prepare_cached("SELECT id FROM external_user WHERE present = 1 ORDER BY id")?;
    let ids = statement.query_map([], |r| cell::column(r, 0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// The logins of all people, placeholders left out.
pub fn logins(c: &Connection) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached("SELECT login FROM external_user WHERE present = 1")?;
    let logins = statement.query_map([], |r| r.get(0))?;
    Ok(logins.collect::<rusqlite::Result<_>>()?)
}

/// An empty row with an id of its own: somebody who does not exist yet.
pub fn fresh() -> Row {
    Row {
        id: ExternalUserId::new(),
        desk_key: None,
        login: String::new(),
        title: String::new(),
        first_name: String::new(),
        last_name: String::new(),
        email: String::new(),
        phone: String::new(),
        mobile: String::new(),
        fax: String::new(),
        street: String::new(),
        zip: String::new(),
        city: String::new(),
        country: String::new(),
        description: String::new(),
        account_id: None,
        validity: Validity::Valid,
        has_password: None,
        present: true,
        language: String::new(),
        secondary_email: String::new(),
        category: String::new(),
        region: String::new(),
        twitter: String::new(),
        facebook: String::new(),
        custom: String::new(),
        external: true,
        account_contacts: false,
        account_tickets: false,
        external_comments: false,
        right_addresses: false,
        right_machines: false,
        right_contact_person: false,
        restrict_states: false,
        excel_export: false,
        linked_resource: String::new(),
        contact_person_id: None,
        address_id: None,
        main_group_id: None,
        backend_id: None,
        password: "unchanged".to_owned(),
        invited: String::new(),
        expires: String::new(),
        sponsor: String::new(),
    }
}

/// People whose login is this one but for case and (as far as the fold goes) form; no placeholders.
pub fn by_login_like(c: &Connection, login: &str) -> Result<Vec<Row>> {
    row::many(
        c,
        &TABLE,
        "login_full = ?1 AND present = 1 ORDER BY login LIMIT 10",
        &[&fold::full(login)],
        Row::read,
    )
}
