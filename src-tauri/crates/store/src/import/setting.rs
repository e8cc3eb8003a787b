//! The desk's settings.

use rusqlite::Connection;

use super::KindCount;
use crate::error::Result;

/// The desk's values take the place of all others. A value that only the desk gave and gives no more becomes
/// unknown, unless `keep`; what a person confirmed stays until the desk says something.
pub(super) fn merge(tx: &Connection, keep: bool) -> Result<KindCount> {
    let removed = if keep {
        0
    } else {
        tx.execute(
            "DELETE FROM desk_setting WHERE origin = 'desk' AND name NOT IN (SELECT name FROM temp.in_desk_setting)",
            [],
        )?
    };
    let changed = tx.execute(
        "UPDATE desk_setting SET value = i.value FROM temp.in_desk_setting i
         WHERE i.name = desk_setting.name AND i.value IS NOT desk_setting.value",
        [],
    )?;
    tx.execute(
        "UPDATE desk_setting SET origin = 'desk'
         WHERE origin <> 'desk' AND name IN (SELECT name FROM temp.in_desk_setting)",
        [],
    )?;
    let added = tx.execute(
        "INSERT INTO desk_setting (name, value, origin)
         SELECT name, value, 'desk' FROM temp.in_desk_setting
         WHERE name NOT IN (SELECT name FROM desk_setting)",
        [],
    )?;
    Ok(KindCount {
        kind: "settings",
        added: added as u64,
        changed: changed as u64,
        removed: removed as u64,
    })
}
