//! Orders of people that no index holds, kept until something changes.
//!
//! An index for each of fifty columns would make every import and every save pay for orders that are seldom asked for.
//! So everybody is looked at once, and every further stretch of the same list is looked up.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::user_list::{self, ListQuery, ListRow, Sort, Without, condition, order, ordered};
use crate::error::Result;
use crate::history;

/// How many orders are kept: there and back between two columns, each way. Four bytes a person each.
const KEPT: usize = 4;

/// The last entry of the log, and what was asked for.
type Asked = (i64, ListQuery);

/// The last orders that were asked for and that no index holds.
#[derive(Debug, Default)]
pub struct OrderCache(Mutex<VecDeque<(Asked, Arc<[u32]>)>>);

impl OrderCache {
    /// The people from `offset`, at most `limit`, and how many there are in all. Not for use inside a transaction that
    /// has changed something: what is not committed is not in the log.
    pub fn list(&self, c: &Connection, query: &ListQuery, offset: u64, limit: u64) -> Result<(Vec<ListRow>, u64)> {
        if !matches!(query.sort, Sort::By(_)) {
            let total = user_list::count_matching(c, query)?;
            return Ok((user_list::list(c, query, offset, limit)?, total));
        }
        let keys = self.keys(c, query)?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(keys.len());
        let to = from
            .saturating_add(usize::try_from(limit).unwrap_or(usize::MAX))
            .min(keys.len());
        let stretch: Vec<String> = keys[from..to].iter().map(u32::to_string).collect();
        let stretch = Value::Text(format!("[{}]", stretch.join(",")));
        let page = "SELECT value AS key, key AS place FROM json_each(?)";
        Ok((
            user_list::rows(c, page, "page.place", vec![stretch])?,
            keys.len() as u64,
        ))
    }

    fn keys(&self, c: &Connection, query: &ListQuery) -> Result<Arc<[u32]>> {
        let last = history::last_id(c)?;
        let asked = (last, query.clone());
        if let Some(keys) = self.kept(&asked) {
            return Ok(keys);
        }
        // Not under the lock: another list need not wait for this one.
        let keys: Arc<[u32]> = in_order(c, query)?.into();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|((of, _), _)| *of == last);
        kept.truncate(KEPT - 1);
        kept.push_front((asked, Arc::clone(&keys)));
        Ok(keys)
    }

    fn kept(&self, asked: &Asked) -> Option<Arc<[u32]>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(of, _)| of == asked)?;
        let found = kept.remove(at)?;
        let keys = Arc::clone(&found.1);
        kept.push_front(found);
        Some(keys)
    }
}

/// The keys of everybody who matches, in order.
fn in_order(c: &Connection, query: &ListQuery) -> Result<Vec<u32>> {
    let found = condition(c, query, Without::Nothing)?;
    let sql = format!(
        "SELECT s.key FROM {} WHERE {} ORDER BY {}",
        ordered(query.sort),
        found.sql,
        order(query.sort, query.descending)
    );
    let mut statement = c.prepare_cached(&sql)?;
    let keys = statement.query_map(params_from_iter(found.params), |r| r.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}
