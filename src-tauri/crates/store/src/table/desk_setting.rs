//! Settings of the desk that decide who sees what. What is absent is unknown, never its default.

use portico_core::model::SettingOrigin;
use portico_core::settings::PortalSetting;
use rusqlite::Connection;

use super::Role::{Book, Field, Natural};
use super::row::{self, row};
use crate::error::Result;
use crate::transact::Tx;

pub(crate) const CREATE: &str = "
CREATE TABLE desk_setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    origin TEXT NOT NULL
) WITHOUT ROWID;
";

row! {
    /// A setting; `value` is JSON text.
    desk_setting, key 1, based false {
        name: String = Natural,
        value: String = Field,
        origin: SettingOrigin = Book,
    }
    derived {}
}

/// All settings, by name.
pub fn all(c: &Connection) -> Result<Vec<Row>> {
    row::many(c, &TABLE, "1 ORDER BY name", &[], Row::read)
}

/// One setting.
pub fn find(c: &Connection, name: &str) -> Result<Option<Row>> {
    row::one(c, &TABLE, "name = ?1", &[&name], Row::read)
}

/// A list of words that a setting holds, or its assumed default; `None` while it is unknown.
pub fn words(c: &Connection, setting: &PortalSetting) -> Result<Option<Vec<String>>> {
    let assumed = setting.default.filter(|_| setting.is_assumed()).map(str::to_owned);
    let value = find(c, setting.name)?.map(|row| row.value).or(assumed);
    Ok(value.and_then(|value| serde_json::from_str(&value).ok()))
}

/// Gives a setting its value, whether it was known or not.
pub fn set(tx: &Tx<'_>, row: &Row) -> Result<()> {
    if find(tx, &row.name)?.is_some() {
        row::update(tx, &TABLE, &row.values())
    } else {
        row::insert(tx, &TABLE, &row.values())
    }
}

/// Makes a setting unknown again.
pub fn forget(tx: &Tx<'_>, name: &str) -> Result<()> {
    tx.execute("DELETE FROM desk_setting WHERE name = ?1", [name])?;
    Ok(())
}
