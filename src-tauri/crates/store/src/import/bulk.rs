//! Adding many rows at once.
//!
//! An index that is kept while rows come in any order is read and written all over the file; made at the end, it is sorted
//! once. What an index says may be as long as the row, so this decides how long a large import takes.

use rusqlite::Connection;

use crate::error::Result;
use crate::table::Table;

/// So many rows are worth it.
const MANY: i64 = 20_000;

/// Indexes that were taken away, to be made again.
pub(super) struct Indexes(Vec<String>);

impl Indexes {
    /// Takes away those of a table, and of what triggers keep of its rows, where what comes is much more than what is there.
    pub(super) fn take(tx: &Connection, table: &Table) -> Result<Self> {
        let t = table.name;
        let count = |sql: String| -> Result<i64> { Ok(tx.query_row(&sql, [], |r| r.get(0))?) };
        let comes = count(format!("SELECT count(*) FROM temp.in_{t}"))?;
        if comes < MANY || comes / 2 < count(format!("SELECT count(*) FROM {t}"))? {
            return Ok(Self(Vec::new()));
        }
        let kept = if t == "external_user" { "user_search" } else { t };
        // Those of keys have no words of their own, and stay.
        let sql = "SELECT name, sql FROM main.sqlite_schema
                   WHERE type = 'index' AND tbl_name IN (?1, ?2) AND sql IS NOT NULL ORDER BY rowid";
        let found: Vec<(String, String)> = tx
            .prepare(sql)?
            .query_map([t, kept], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (name, _) in &found {
            tx.execute_batch(&format!("DROP INDEX main.{name}"))?;
        }
        Ok(Self(found.into_iter().map(|(_, sql)| sql).collect()))
    }

    /// Makes them again.
    pub(super) fn give_back(self, tx: &Connection) -> Result<()> {
        for sql in self.0 {
            tx.execute_batch(&sql)?;
        }
        Ok(())
    }
}
