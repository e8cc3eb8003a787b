//! External users. `present = 0` is a placeholder for a login that only links name.

use portico_core::fold;
use portico_core::id::{AccountId, ExternalUserId};
use portico_core::model::Validity;
use rusqlite::Connection;

use super::Role::{Book, DeskKey, Field, Id, Natural, Present, Reference};
use super::row::{self, entity, row};
pub use super::user_list::{ListQuery, ListRow, Sort, account_facet, count_matching, list, status_facet};
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
        sort_name = |row| sort_name(&row.last_name, &row.first_name, &row.login),
    }
}

entity!(ExternalUserId);

/// What people are sorted by: family name, given name, without case and diacritics; the login where both are empty.
pub(crate) fn sort_name(last: &str, first: &str, login: &str) -> String {
    let name = format!("{} {}", last.trim(), first.trim());
    searchable(if name.trim().is_empty() { login } else { name.trim() })
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

/// The logins of all people, placeholders left out.
pub fn logins(c: &Connection) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached("SELECT login FROM external_user WHERE present = 1")?;
    let logins = statement.query_map([], |r| r.get(0))?;
    Ok(logins.collect::<rusqlite::Result<_>>()?)
}
