//! Orders of people that no index holds, kept until something changes.
//!
//! An index for each of fifty columns would make every import and every save pay for orders that are seldom asked for.
//! So everybody is looked at once, and every further stretch of the same list is looked up.

use std::cmp::Ordering;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::user_column::Column;
use super::user_list::{self, ListQuery, ListRow, Sort, Without, condition, order};
use crate::error::Result;
use crate::history;
use crate::text::searchable;

/// How many orders are kept: there and back between two columns, each way. Four bytes a person each.
const KEPT: usize = 4;

/// The last entry of the log, and what was asked for.
type Asked = (i64, ListQuery);

/// The keys under which people are listed, by their ids.
type Keys = HashMap<[u8; 16], u32>;

/// The last orders that were asked for and that no index holds.
#[derive(Debug, Default)]
pub struct OrderCache(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    orders: VecDeque<(Asked, Arc<[u32]>)>,
    /// With the last entry of the log.
    keys: Option<(i64, Arc<Keys>)>,
}

impl OrderCache {
    /// The people from `offset`, at most `limit`, and how many there are in all. Not for use inside a transaction that
    /// has changed something: what is not committed is not in the log.
    pub fn list(&self, c: &Connection, query: &ListQuery, offset: u64, limit: u64) -> Result<(Vec<ListRow>, u64)> {
        let Sort::By(column) = query.sort else {
            let total = user_list::count_matching(c, query)?;
            return Ok((user_list::list(c, query, offset, limit)?, total));
        };
        let keys = self.order(c, query, column)?;
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

    fn order(&self, c: &Connection, query: &ListQuery, column: &Column) -> Result<Arc<[u32]>> {
        let last = history::last_id(c)?;
        let asked = (last, query.clone());
        if let Some(order) = self.kept().take(&asked) {
            return Ok(order);
        }
        // Not under the lock: another list need not wait for this one.
        let keys = self.keys(c, last)?;
        let order: Arc<[u32]> = in_order(c, query, column, &keys)?.into();
        let orders = &mut self.kept().orders;
        orders.retain(|((of, _), _)| *of == last);
        orders.truncate(KEPT - 1);
        orders.push_front((asked, Arc::clone(&order)));
        Ok(order)
    }

    fn keys(&self, c: &Connection, last: i64) -> Result<Arc<Keys>> {
        let kept = self.kept().keys.clone();
        if let Some((_, keys)) = kept.filter(|(of, _)| *of == last) {
            return Ok(keys);
        }
        let mut statement = c.prepare_cached("SELECT user_id, key FROM user_search")?;
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let keys = Arc::new(rows.collect::<rusqlite::Result<Keys>>()?);
        self.kept().keys = Some((last, Arc::clone(&keys)));
        Ok(keys)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// An order that was asked for before; it is the newest then.
    fn take(&mut self, asked: &Asked) -> Option<Arc<[u32]>> {
        let at = self.orders.iter().position(|(of, _)| of == asked)?;
        let found = self.orders.remove(at)?;
        let order = Arc::clone(&found.1);
        self.orders.push_front(found);
        Some(order)
    }
}

/// The keys of everybody who matches, in order; as SQLite would sort them by [`Column::order`], but without a look-up
/// and a sort of several columns for everybody: by name along its index, then by the values, which keeps that order
/// where they are the same.
fn in_order(c: &Connection, query: &ListQuery, column: &Column, keys: &Keys) -> Result<Vec<u32>> {
    let names = by_name(c, query)?;
    let mut place = vec![NOWHERE; names.iter().max().map_or(0, |most| *most as usize + 1)];
    for (at, key) in (0..).zip(&names) {
        place[*key as usize] = at;
    }
    let place_of = |id: [u8; 16]| {
        let key = *keys.get(&id)? as usize;
        place.get(key).copied().filter(|at| *at != NOWHERE)
    };
    let sql = column.values();
    let mut statement = c.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    if column.is_number() {
        let mut counts = vec![0_i64; names.len()];
        while let Some(row) = rows.next()? {
            if let Some(at) = place_of(row.get(0)?) {
                counts[at as usize] = row.get(1)?;
            }
        }
        let mut order: Vec<(i64, u32)> = counts.into_iter().zip(names).collect();
        order.sort_by(|a, b| turned(query.descending, a.0.cmp(&b.0)));
        return Ok(order.into_iter().map(|(_, key)| key).collect());
    }
    let mut texts: Vec<Option<String>> = vec![None; names.len()];
    while let Some(row) = rows.next()? {
        if let Some(at) = place_of(row.get(0)?) {
            texts[at as usize] = Some(searchable(&row.get::<_, String>(1)?));
        }
    }
    Ok(by_text(&names, &texts, query.descending))
}

/// Keys by their texts; what is empty comes last, whichever way.
fn by_text(keys: &[u32], texts: &[Option<String>], descending: bool) -> Vec<u32> {
    // Most are told apart by how they begin, without a look at the texts.
    let mut filled: Vec<(u64, &str, usize)> = Vec::with_capacity(keys.len());
    for (at, text) in texts.iter().enumerate() {
        if let Some(text) = text {
            filled.push((beginning(text), text, at));
        }
    }
    filled.sort_unstable_by(|a, b| turned(descending, (a.0, a.1).cmp(&(b.0, b.1))).then(a.2.cmp(&b.2)));
    let empty = texts.iter().zip(keys).filter(|(text, _)| text.is_none());
    let filled = filled.iter().map(|(_, _, at)| keys[*at]);
    filled.chain(empty.map(|(_, key)| *key)).collect()
}

/// The first eight bytes, as a number that is ordered like them.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(bytes.len());
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

/// No place in the order.
const NOWHERE: u32 = u32::MAX;

fn turned(descending: bool, order: Ordering) -> Ordering {
    if descending { order.reverse() } else { order }
}

/// Everybody who matches, by name and login.
fn by_name(c: &Connection, query: &ListQuery) -> Result<Vec<u32>> {
    let found = condition(c, query, Without::Nothing)?;
    let sql = format!(
        "SELECT s.key FROM user_search s WHERE {} ORDER BY {}",
        found.sql,
        order(Sort::Name, query.descending)
    );
    let mut statement = c.prepare_cached(&sql)?;
    let keys = statement.query_map(params_from_iter(found.params), |r| r.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}
