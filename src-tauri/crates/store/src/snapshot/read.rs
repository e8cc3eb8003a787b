//! Reading tickets.

use portico_core::fold;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::{Result, StoreError};

/// The dictionaries of a snapshot: what its integers stand for. 0 stands for nothing in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is named like what it holds")]
#[repr(i64)]
pub enum Dict {
    Owner = 1,
    Account = 2,
    Queue = 3,
    State = 4,
    StateKind = 5,
    TicketType = 6,
    Priority = 7,
    Service = 8,
    Channel = 9,
    Sender = 10,
}

impl Dict {
    /// Its number in the column `kind`.
    pub fn number(self) -> i64 {
        self as i64
    }
}

/// How a name is compared with a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// As it is written.
    Exact,
    /// Folded one character to one, as a database's `lower()` does.
    Simple,
    /// Folded by full Unicode.
    Full,
}

/// The number of the name in a dictionary, exactly as it is written.
pub fn id_of(c: &Connection, dict: Dict, key: &str) -> Result<Option<i64>> {
    let sql = "SELECT id FROM tickets.dict WHERE kind = ?1 AND key = ?2";
    Ok(c.prepare_cached(sql)?
        .query_row((dict.number(), key), |r| r.get(0))
        .optional()?)
}

impl Compare {
    /// The column that holds names as they are compared, and how to make them so.
    fn column(self) -> (&'static str, fn(&str) -> String) {
        match self {
            Self::Exact => ("key", str::to_owned),
            Self::Simple => ("simple", fold::simple),
            Self::Full => ("full", fold::full),
        }
    }
}

/// Up to so many names are looked up one by one, for which no list has to be written.
const FEW: usize = 8;

/// The numbers of all names in a dictionary that equal one of these; doubled ones too, in no order.
pub fn ids_of_any(c: &Connection, dict: Dict, compare: Compare, keys: &[String]) -> Result<Vec<i64>> {
    let mut ids = Vec::with_capacity(keys.len());
    if keys.len() <= FEW {
        for key in keys {
            ids.extend(ids_of(c, dict, compare, key)?);
        }
        return Ok(ids);
    }
    let (column, folded) = compare.column();
    let keys: Vec<String> = keys.iter().map(|key| folded(key)).collect();
    let list = serde_json::to_string(&keys).map_err(|e| StoreError::Damaged(e.to_string()))?;
    let sql =
        format!("SELECT d.id FROM json_each(?2) k CROSS JOIN tickets.dict d ON d.kind = ?1 AND d.{column} = k.value");
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map((dict.number(), list), |r| r.get(0))?;
    for id in rows {
        ids.push(id?);
    }
    Ok(ids)
}

/// The numbers of all names in a dictionary that equal this one.
pub fn ids_of(c: &Connection, dict: Dict, compare: Compare, key: &str) -> Result<Vec<i64>> {
    let (column, folded) = compare.column();
    let key = folded(key);
    let sql = format!("SELECT id FROM tickets.dict WHERE kind = ?1 AND {column} = ?2 ORDER BY id");
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map((dict.number(), key), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a number stands for; empty for 0.
pub fn key_of(c: &Connection, dict: Dict, id: i64) -> Result<String> {
    let sql = "SELECT key FROM tickets.dict WHERE kind = ?1 AND id = ?2";
    let found = c
        .prepare_cached(sql)?
        .query_row((dict.number(), id), |r| r.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// The newest time in the tickets, in seconds since 1970-01-01 UTC; `None` without tickets.
pub fn as_of(c: &Connection) -> Result<Option<i64>> {
    Ok(number(c, "as_of")?.filter(|_| count(c).is_ok_and(|n| n > 0)))
}

/// How many tickets there are.
pub fn count(c: &Connection) -> Result<u64> {
    Ok(number(c, "ticket_count")?.unwrap_or_default().unsigned_abs())
}

fn number(c: &Connection, key: &str) -> Result<Option<i64>> {
    let sql = "SELECT CAST(value AS INTEGER) FROM tickets.meta WHERE key = ?1";
    Ok(c.prepare_cached(sql)?.query_row([key], |r| r.get(0)).optional()?)
}

/// A ticket, its references as the desk's keys; empty for none.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of portico_core::model::Ticket")]
pub struct Ticket {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub owner: String,
    pub account: String,
    pub queue: String,
    pub state: String,
    pub state_kind: String,
    pub ticket_type: String,
    pub priority: String,
    pub service: String,
    pub created: i64,
    pub changed: i64,
    pub archived: bool,
    /// The combination of account, queue, kind of state and archive that it belongs to.
    pub cell: i64,
}

fn ticket_sql() -> String {
    let keys = [
        "owner",
        "account",
        "queue",
        "state",
        "state_kind",
        "ticket_type",
        "priority",
        "service",
    ];
    let keys: Vec<String> = (1..)
        .zip(keys)
        .map(|(kind, column)| {
            format!("coalesce((SELECT key FROM tickets.dict d WHERE d.kind = {kind} AND d.id = t.{column}), '')")
        })
        .collect();
    format!(
        "SELECT t.id, t.number, t.title, {}, -t.age, t.changed, t.archived, t.cell FROM tickets.ticket t",
        keys.join(", ")
    )
}

fn ticket_row(r: &Row<'_>) -> rusqlite::Result<Ticket> {
    Ok(Ticket {
        id: r.get(0)?,
        number: r.get(1)?,
        title: r.get(2)?,
        owner: r.get(3)?,
        account: r.get(4)?,
        queue: r.get(5)?,
        state: r.get(6)?,
        state_kind: r.get(7)?,
        ticket_type: r.get(8)?,
        priority: r.get(9)?,
        service: r.get(10)?,
        created: r.get(11)?,
        changed: r.get(12)?,
        archived: r.get(13)?,
        cell: r.get(14)?,
    })
}

/// The ticket with this number, as people write it.
pub fn ticket_by_number(c: &Connection, number: &str) -> Result<Option<Ticket>> {
    let sql = format!("{} WHERE t.number = ?1", ticket_sql());
    Ok(c.prepare_cached(&sql)?.query_row([number], ticket_row).optional()?)
}

/// The ticket with this id.
pub fn ticket(c: &Connection, id: i64) -> Result<Option<Ticket>> {
    let sql = format!("{} WHERE t.id = ?1", ticket_sql());
    Ok(c.prepare_cached(&sql)?.query_row([id], ticket_row).optional()?)
}

/// Tickets that fit a text, in a stretch of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Their ids, newest first.
    pub ids: Vec<i64>,
    /// Where the stretch ended (minus the creation time, and the id); `None` once all tickets were looked at.
    pub next: Option<(i64, i64)>,
    /// How many tickets were looked at.
    pub looked: u64,
}

/// Tickets whose number begins with the text, or whose title contains it (folded by full Unicode), newest first: at
/// most `limit`, among the `budget` tickets after a place. An empty text fits all.
pub fn search(c: &Connection, text: &str, after: Option<(i64, i64)>, budget: usize, limit: usize) -> Result<Stretch> {
    let (age, id) = after.unwrap_or((i64::MIN, i64::MIN));
    let wanted = fold::full(text);
    let mut statement = c.prepare_cached(
        "SELECT a.age, a.id, t.number, t.title FROM tickets.ticket a INDEXED BY ticket_age
         CROSS JOIN tickets.ticket t ON t.id = a.id WHERE (a.age, a.id) > (?1, ?2) ORDER BY a.age, a.id",
    )?;
    let mut rows = statement.query((age, id))?;
    let mut stretch = Stretch::default();
    while let Some(r) = rows.next()? {
        stretch.looked += 1;
        let at = (r.get(0)?, r.get(1)?);
        let text_at = |column| r.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let (number, title) = (text_at(2)?, text_at(3)?);
        if wanted.is_empty() || number.starts_with(text) || fold::full(title).contains(&wanted) {
            stretch.ids.push(at.1);
        }
        if stretch.ids.len() == limit || stretch.looked == budget as u64 {
            stretch.next = Some(at);
            break;
        }
    }
    Ok(stretch)
}

/// An activity on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of portico_core::model::Activity")]
pub struct Activity {
    pub position: i64,
    pub channel: String,
    pub sender: String,
    pub visible: bool,
    pub author: String,
    pub subject: String,
    pub created: i64,
    /// `None` where it was not read.
    pub body: Option<String>,
}

/// The ticket's activities, in the desk's order.
pub fn activities(c: &Connection, ticket: i64) -> Result<Vec<Activity>> {
    let mut statement = c.prepare_cached(
        "SELECT a.position,
                coalesce((SELECT key FROM tickets.dict d WHERE d.kind = 9 AND d.id = a.channel), ''),
                coalesce((SELECT key FROM tickets.dict d WHERE d.kind = 10 AND d.id = a.sender), ''),
                a.visible, a.author, a.subject, a.created, b.body
         FROM tickets.activity a
         LEFT JOIN tickets.activity_body b ON b.ticket = a.ticket AND b.position = a.position
         WHERE a.ticket = ?1 ORDER BY a.position",
    )?;
    let rows = statement.query_map([ticket], |r| {
        Ok(Activity {
            position: r.get(0)?,
            channel: r.get(1)?,
            sender: r.get(2)?,
            visible: r.get(3)?,
            author: r.get(4)?,
            subject: r.get(5)?,
            created: r.get(6)?,
            body: r.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
