//! The findings of a kind: counting them, and listing them page by page.

use portico_core::finding::{About, Check, Kind};
use portico_core::id::ExternalUserId;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, Statement};

use super::{Count, Scene, assumed, checks, key, sql};
use crate::error::{Result, StoreError};
use crate::table::{cell, finding_mute};

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The name of the check that found it.
    pub check: String,
    /// What it is about: an id, or the name of a setting or rule.
    pub subject: String,
    /// What people call it.
    pub name: String,
    /// A person's login, an account's key; empty otherwise.
    pub login: String,
    /// A person's account; empty otherwise.
    pub account: String,
    /// What is to be said of it beside its name.
    pub note: String,
    /// Why it is muted; `None` where it is not.
    pub muted: Option<String>,
    /// Where a page that ends with it goes on.
    pub sort: String,
}

/// What is shown of a subject, from `f.subject`: name, login, account, what it is sorted by; and from what.
struct Shown {
    columns: &'static str,
    from: &'static str,
    subject: &'static str,
}

/// `1f4e…` of sixteen bytes, as ids are written.
const ID: &str = "lower(substr(hex(f.subject), 1, 8) || '-' || substr(hex(f.subject), 9, 4) || '-' ||
    substr(hex(f.subject), 13, 4) || '-' || substr(hex(f.subject), 17, 4) || '-' || substr(hex(f.subject), 21))";

fn shown(about: About) -> Shown {
    match about {
        About::Person => Shown {
            columns:
                "coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), nullif(trim(u.title), ''), u.login),
                u.login, coalesce(iif(a.name = '', a.key, a.name), ''), s.name",
            from: "CROSS JOIN user_search s ON s.user_id = f.subject CROSS JOIN external_user u ON u.id = f.subject
                LEFT JOIN account a ON a.id = u.account_id",
            subject: ID,
        },
        About::Account => Shown {
            columns: "coalesce(nullif(x.name, ''), x.key), x.key, '', portico_search(coalesce(nullif(x.name, ''), x.key))",
            from: "CROSS JOIN account x ON x.id = f.subject",
            subject: ID,
        },
        About::Queue => Shown {
            columns: "x.name, '', '', portico_search(x.name)",
            from: "CROSS JOIN queue x ON x.id = f.subject",
            subject: ID,
        },
        About::Setting | About::Rule => Shown {
            columns: "f.subject, '', '', f.subject",
            from: "",
            subject: "f.subject",
        },
    }
}

/// How a check is found.
type Query = fn(&str) -> Option<&'static str>;

/// Where checks are looked for.
#[derive(Clone, Copy)]
struct At<'a> {
    c: &'a Connection,
    scene: &'a Scene,
    of: Query,
}

/// All that the checks find, as `check_name, subject, note`.
fn union<'a>(found: impl Iterator<Item = &'a Check>, at: At<'_>) -> Result<String> {
    let mut parts = Vec::new();
    for check in found {
        let query = match (at.of)(check.name) {
            Some(query) => query.to_owned(),
            None if check.name == assumed::CHECK => assumed::query(at.c, at.scene)?,
            None => {
                return Err(StoreError::NotFound {
                    what: "check",
                    key: check.name.to_owned(),
                });
            }
        };
        // Each check has a rule of its own, so it cannot be a parameter of them all.
        let query = query.replace(":rule", &format!("'{}'", check.rule));
        parts.push(format!(
            "SELECT '{}' AS check_name, subject, note FROM ({query})",
            check.name
        ));
    }
    Ok(parts.join(" UNION ALL "))
}

pub(super) fn count(c: &Connection, scene: &Scene, kind: &'static Kind) -> Result<Count> {
    let subject = shown(kind.about).subject;
    let query = format!(
        "SELECT count(*), count(m.finding) FROM ({}) f
         LEFT JOIN finding_mute m ON m.finding = f.check_name || ' ' || {subject}",
        union(checks(&scene.desk, kind), At { c, scene, of: sql::of })?
    );
    let mut statement = c.prepare_cached(&query)?;
    scene.bind(&mut statement)?;
    let mut rows = statement.raw_query();
    let (all, muted): (i64, i64) = match rows.next()? {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (0, 0),
    };
    let kind_muted = finding_mute::find(c, kind.id)?.is_some();
    let muted = if kind_muted { all } else { muted };
    Ok(Count {
        kind,
        shown: (all - muted).unsigned_abs(),
        muted: muted.unsigned_abs(),
        kind_muted,
    })
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        check: row.get(0)?,
        subject: row.get(1)?,
        note: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        muted: row.get(3)?,
        name: row.get(4)?,
        login: row.get(5)?,
        account: row.get(6)?,
        sort: row.get(7)?,
    })
}

fn read(statement: &mut Statement<'_>) -> Result<Vec<Found>> {
    let mut rows = statement.raw_query();
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        list.push(found(row)?);
    }
    Ok(list)
}

fn bind(statement: &mut Statement<'_>, name: &str, value: Value) -> Result<()> {
    if let Some(at) = statement.parameter_index(name)? {
        statement.raw_bind_parameter(at, value)?;
    }
    Ok(())
}

/// The query of a kind's findings with all that is shown of them.
fn listing<'a>(about: About, found: impl Iterator<Item = &'a Check>, at: At<'_>) -> Result<String> {
    let Shown { columns, from, subject } = shown(about);
    Ok(format!(
        "SELECT f.check_name, {subject}, f.note, m.reason, {columns} FROM ({}) f {from}
         LEFT JOIN finding_mute m ON m.finding = f.check_name || ' ' || {subject}",
        union(found, at)?
    ))
}

/// At most `limit` findings of a kind after one of them, by name; with `muted` those that somebody muted one by one,
/// else the others.
pub fn page(
    c: &Connection,
    scene: &Scene,
    kind: &'static Kind,
    muted: bool,
    after: Option<&Found>,
    limit: u32,
) -> Result<Vec<Found>> {
    let query = format!(
        "WITH shown (check_name, subject, note, reason, name, login, account, sort) AS ({})
         SELECT * FROM shown l
         WHERE (l.reason IS NOT NULL) = :muted AND (l.sort, l.subject, l.check_name) > (:sort, :subject, :check)
         ORDER BY l.sort, l.subject, l.check_name LIMIT :limit",
        listing(kind.about, checks(&scene.desk, kind), At { c, scene, of: sql::of })?
    );
    let mut statement = c.prepare_cached(&query)?;
    scene.bind(&mut statement)?;
    let text = |value: Option<&str>| Value::Text(value.unwrap_or_default().to_owned());
    bind(&mut statement, ":muted", Value::Integer(i64::from(muted)))?;
    bind(&mut statement, ":sort", text(after.map(|f| f.sort.as_str())))?;
    bind(&mut statement, ":subject", text(after.map(|f| f.subject.as_str())))?;
    bind(&mut statement, ":check", text(after.map(|f| f.check.as_str())))?;
    bind(&mut statement, ":limit", Value::Integer(i64::from(limit)))?;
    read(&mut statement)
}

/// Everybody whom a check finds and nobody muted, each once.
pub fn people(c: &Connection, scene: &Scene, check: &Check) -> Result<Vec<ExternalUserId>> {
    let query = format!(
        "SELECT DISTINCT f.subject FROM ({}) f
         LEFT JOIN finding_mute m ON m.finding = f.check_name || ' ' || {ID}
         WHERE m.finding IS NULL ORDER BY f.subject",
        union(std::iter::once(check), At { c, scene, of: sql::of })?
    );
    let mut statement = c.prepare_cached(&query)?;
    scene.bind(&mut statement)?;
    let mut rows = statement.raw_query();
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        people.push(cell::column(row, 0)?);
    }
    Ok(people)
}

/// What is found about one person, but for kinds that are muted.
pub fn of_person(c: &Connection, scene: &Scene, user: ExternalUserId) -> Result<Vec<Found>> {
    let mut all = Vec::new();
    let muted = finding_mute::all(c)?;
    let is_muted = |finding: &str| muted.iter().any(|row| row.finding == finding);
    for check in portico_core::finding::registry::of(&scene.desk) {
        if check.kind.about != About::Person || is_muted(check.kind.id) {
            continue;
        }
        if is_muted(&key(check.name, &user.to_string())) {
            continue;
        }
        let query = format!(
            "{} WHERE f.subject = :user",
            listing(
                About::Person,
                std::iter::once(check),
                At {
                    c,
                    scene,
                    of: sql::of_one
                }
            )?
        );
        let mut statement = c.prepare_cached(&query)?;
        scene.bind(&mut statement)?;
        bind(&mut statement, ":user", Value::Blob(user.as_bytes().to_vec()))?;
        all.extend(read(&mut statement)?);
    }
    Ok(all)
}
