//! Row numbers of the people whom queries name.

use std::cmp::Ordering;

use roaring::RoaringBitmap;
use rusqlite::params_from_iter;

use super::Watched;
use super::people::FEW;
use super::sets::{Holders, Params};
use crate::error::Result;

/// Where a query names one in so many people or more, all people are gone through in the order of their ids: that is
/// one walk along an index, where looking each up is a descent into it.
const PART: u64 = if cfg!(test) { 2 } else { 6 };
/// How long an id is, in bytes.
const ID: usize = 16;

impl Watched<'_> {
    /// Those who are there, of all whom a query gives.
    pub(super) fn numbers(&self, holders: &Holders, params: &Params) -> Result<RoaringBitmap> {
        let mut found = RoaringBitmap::new();
        for query in &holders.rows {
            found |= self.rows(query, params)?;
        }
        if !holders.ids.is_empty() {
            found |= self.of_ids(&holders.ids.join(" UNION ALL "), params)?;
        }
        self.there(found)
    }

    /// Those of them who are there.
    fn there(&self, mut found: RoaringBitmap) -> Result<RoaringBitmap> {
        if found.len() > FEW || self.known().with(|known| known.everybody.is_some()) {
            return Ok(found & self.everybody()?.as_ref());
        }
        let mut present = self
            .here
            .c
            .prepare_cached("SELECT present = 1 FROM external_user WHERE rowid = ?1")?;
        for row in found.clone() {
            if !present.query_row([row], |r| r.get(0))? {
                found.remove(row);
            }
        }
        Ok(found)
    }

    fn of_ids(&self, query: &str, params: &Params) -> Result<RoaringBitmap> {
        let few = FEW.max(self.records()? / PART);
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ({query}) LIMIT {few} + 1)");
        let mut count = self.here.c.prepare_cached(&sql)?;
        let used = params_from_iter(params.of(&count));
        let count = count.query_row(used, |r| r.get::<_, i64>(0))?;
        if count.unsigned_abs() <= few {
            let sql = format!(
                "SELECT u.rowid FROM (SELECT NULL AS id WHERE 0 UNION ALL {query}) k CROSS JOIN external_user u ON u.id = k.id"
            );
            return self.rows(&sql, params);
        }
        self.side_by_side(self.sorted(query, params)?)
    }

    /// The ids that a query gives, in their order.
    fn sorted(&self, query: &str, params: &Params) -> Result<Vec<[u8; ID]>> {
        let mut statement = self.here.c.prepare_cached(query)?;
        let used = params_from_iter(params.of(&statement));
        let mut rows = statement.query(used)?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            // Links of nobody name nobody.
            let id = row.get_ref(0)?.as_blob_or_null().ok().flatten();
            ids.extend(id.and_then(|id| <[u8; ID]>::try_from(id).ok()));
        }
        ids.sort_unstable();
        Ok(ids)
    }

    /// Walks along all ids and these.
    fn side_by_side(&self, ids: Vec<[u8; ID]>) -> Result<RoaringBitmap> {
        let mut ids = ids.into_iter().peekable();
        let mut statement = self
            .here
            .c
            .prepare_cached("SELECT id, rowid FROM external_user ORDER BY id")?;
        let (mut rows, mut found) = (statement.query([])?, RoaringBitmap::new());
        while ids.peek().is_some()
            && let Some(row) = rows.next()?
        {
            let id = row.get_ref(0)?;
            let id = id.as_blob().unwrap_or_default();
            while let Some(wanted) = ids.peek() {
                match wanted.as_slice().cmp(id) {
                    Ordering::Greater => break,
                    Ordering::Equal => {
                        found.insert(row.get(1)?);
                    }
                    Ordering::Less => {}
                }
                ids.next();
            }
        }
        Ok(found)
    }
}
