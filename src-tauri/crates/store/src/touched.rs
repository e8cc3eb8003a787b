//! Whom a write concerns, read off the rows that it changed: a superset, so that nobody is forgotten.

use std::collections::BTreeSet;

use portico_core::fold;
use portico_core::id::ExternalUserId;
use portico_core::model::Context;
use rusqlite::types::{FromSql, Value};
use rusqlite::{Connection, ToSql, TransactionBehavior};

use crate::error::{Result, StoreError};
use crate::history::changeset::{Op, RowChange, parse};
use crate::store::Store;
use crate::transact::{Tx, recorded};

/// Columns of accounts that no access model asks about.
const WORDS_OF_ACCOUNTS: &[&str] = &["name", "street", "zip", "city", "country", "url", "description"];
/// Columns of groups and queues that no access model asks about.
const WORDS_OF_GROUPS: &[&str] = &["description"];

/// Columns of people by which they are linked to something.
pub(crate) const LINKS_OF_PEOPLE: &[&str] = &[
    "login",
    "login_simple",
    "account_id",
    "address_id",
    "desk_key",
    "present",
];

/// Whom a write concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// People whose own facts may differ, with those who are no longer there; each once, in order.
    pub people: Vec<ExternalUserId>,
    /// Whether the facts of people who are not named here may differ too.
    pub facts_of_everybody: bool,
    /// Whether something that is the same for everybody may differ (settings, groups, queues), so that everybody
    /// has to be looked at.
    pub everybody: bool,
    /// Whether rows of accounts on groups may differ, or the accounts.
    pub rows: bool,
    /// Names of the tables that were written to, `external_user` only where links of it were; `None` where it may be any.
    pub tables: Option<BTreeSet<&'static str>>,
}

impl Store {
    /// Tries a write out as [`Store::what_if`] does; `look` sees the state after it and whom the write concerns.
    pub fn what_if_touching<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<(), E>,
        look: impl FnOnce(&Tx<'_>, &Touched) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut line = self.writer()?;
        line.within(self.place(), TransactionBehavior::Immediate, |tx| {
            let ((), changeset) = recorded(tx, work)?;
            let touched = touched(tx, &parse(&changeset)?)?;
            look(&Tx::new(tx), &touched)
        })
    }
}

/// What the rows lead to, before people are looked up.
#[derive(Default)]
struct Trace {
    /// Records of people.
    people: BTreeSet<[u8; 16]>,
    /// Logins (folded) whose links may be read by others: relations name people by text.
    logins: BTreeSet<String>,
    /// Records of people whose links changed.
    linked: BTreeSet<[u8; 16]>,
    /// Keys of accounts (folded): relations name accounts by text too.
    accounts: BTreeSet<String>,
    /// Accounts whose people are meant, by id.
    account_ids: BTreeSet<[u8; 16]>,
    /// Accounts that come, go or count otherwise than before.
    remade: BTreeSet<[u8; 16]>,
    /// Groups that come, go or count otherwise than before.
    groups: BTreeSet<[u8; 16]>,
    /// Groups whose reach into other accounts may differ.
    reach: BTreeSet<[u8; 16]>,
    facts_of_everybody: bool,
    everybody: bool,
    rows: bool,
    tables: BTreeSet<&'static str>,
}

/// Whom these changes concern, in the state after them.
pub(crate) fn touched(c: &Connection, rows: &[RowChange]) -> Result<Touched> {
    let mut trace = Trace::default();
    for row in rows {
        trace.row(row);
    }
    trace.follow(c)
}

fn value<'a>(row: &'a RowChange, column: &str, new: bool) -> Option<&'a Value> {
    let side = if new { &row.new } else { &row.old };
    side.get(row.table.position(column)?)?.as_ref()
}

fn id(value: Option<&Value>) -> Option<[u8; 16]> {
    match value {
        Some(Value::Blob(bytes)) => bytes.as_slice().try_into().ok(),
        _ => None,
    }
}

fn texts<'a>(row: &'a RowChange, column: &'a str) -> impl Iterator<Item = &'a str> {
    [false, true]
        .into_iter()
        .filter_map(move |new| match value(row, column, new) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        })
}

/// The value of a key column, on whichever side it is.
fn key_id(row: &RowChange, column: &str) -> Option<[u8; 16]> {
    id(value(row, column, false).or_else(|| value(row, column, true)))
}

/// Whether something else than these columns changed.
fn beyond(row: &RowChange, words: &[&str]) -> bool {
    let changed = |n: usize| row.new.get(n).is_some_and(Option::is_some) || row.op != Op::Update;
    let columns = row.table.columns.iter().enumerate().skip(row.table.key);
    columns
        .filter(|(n, _)| changed(*n))
        .any(|(_, column)| !words.contains(&column.name))
}

impl Trace {
    fn row(&mut self, row: &RowChange) {
        let links = || LINKS_OF_PEOPLE.iter().any(|column| value(row, column, true).is_some());
        if row.table.name != "external_user" || row.op != Op::Update || links() {
            self.tables.insert(row.table.name);
        }
        match row.table.name {
            "external_user" => self.person(row),
            "account" if beyond(row, WORDS_OF_ACCOUNTS) => {
                self.account_ids.extend(key_id(row, "id"));
                self.remade.extend(key_id(row, "id"));
                self.accounts.extend(texts(row, "key").map(fold::simple));
                self.rows = true;
            }
            // Nobody sees a ticket by these, nor by an account's other words.
            "account" | "expectation" | "finding_mute" | "template" => {}
            "account_group" => {
                self.account_ids.extend(key_id(row, "account_id"));
                if texts(row, "context").any(|context| context == Context::Same.name()) {
                    self.reach.extend(key_id(row, "group_id"));
                }
                self.rows = true;
            }
            "permission_group" if !beyond(row, WORDS_OF_GROUPS) => {}
            "permission_group" => {
                self.groups.extend(key_id(row, "id"));
                self.all(false);
            }
            "queue" | "desk_setting" => self.all(false),
            _ if row.table.columns.first().is_some_and(|c| c.name == "user_id") => {
                self.linked.extend(key_id(row, "user_id"));
            }
            // What else a desk may decide by.
            _ => self.all(true),
        }
    }

    fn all(&mut self, facts: bool) {
        self.everybody = true;
        self.rows |= facts;
        self.facts_of_everybody |= facts;
    }

    fn person(&mut self, row: &RowChange) {
        self.people.extend(key_id(row, "id"));
        let renamed = row.op != Op::Update || value(row, "login", true).is_some();
        if renamed || value(row, "present", true).is_some() {
            self.logins.extend(texts(row, "login").map(fold::simple));
            self.linked.extend(key_id(row, "id"));
        }
    }

    fn follow(mut self, c: &Connection) -> Result<Touched> {
        if !self.facts_of_everybody {
            self.follow_groups(c)?;
            self.follow_accounts(c)?;
            self.follow_logins(c)?;
        }
        Ok(Touched {
            people: self.people.into_iter().map(ExternalUserId::from_bytes).collect(),
            facts_of_everybody: self.facts_of_everybody,
            everybody: self.everybody,
            rows: self.rows,
            tables: Some(self.tables),
        })
    }

    /// From groups to all that is linked to them.
    fn follow_groups(&mut self, c: &Connection) -> Result<()> {
        let people = "SELECT user_id FROM user_group WHERE group_id = ?1";
        let accounts = "SELECT account_id FROM account_group WHERE group_id = ?1";
        each(c, people, &self.groups, &mut self.linked)?;
        each(c, accounts, &self.groups, &mut self.account_ids)
    }

    /// From accounts to their people, and to those whom a group lets into other accounts.
    fn follow_accounts(&mut self, c: &Connection) -> Result<()> {
        let key = "SELECT key_simple FROM account WHERE id = ?1";
        each(c, key, &self.account_ids, &mut self.accounts)?;
        let rows = "SELECT DISTINCT group_id FROM account_group WHERE account_id = ?1 AND context = 'same'";
        each(c, rows, &self.remade, &mut self.reach)?;
        let others = "SELECT DISTINCT a.key_simple FROM account_group r JOIN account a ON a.id = r.account_id
                      WHERE r.group_id = ?1 AND r.context = 'other'";
        each(c, others, &self.reach, &mut self.accounts)?;
        let mut ids: BTreeSet<[u8; 16]> = BTreeSet::new();
        each(
            c,
            "SELECT id FROM account WHERE key_simple = ?1",
            &self.accounts,
            &mut ids,
        )?;
        let primary = "SELECT id FROM external_user WHERE account_id = ?1 AND present = 1";
        each(c, primary, &ids, &mut self.people)?;
        let further = "SELECT user_id FROM user_account WHERE account_id = ?1";
        each(c, further, &ids, &mut self.linked)
    }

    /// From records whose links differ to all who have the same login but for its case.
    fn follow_logins(&mut self, c: &Connection) -> Result<()> {
        let login = "SELECT login_simple FROM external_user WHERE id = ?1";
        each(c, login, &self.linked, &mut self.logins)?;
        let twins = "SELECT id FROM external_user WHERE login_simple = ?1 AND present = 1";
        each(c, twins, &self.logins, &mut self.people)
    }
}

/// Asks the statement about each value and collects what it answers.
fn each<V: ToSql, F: FromSql + Ord>(
    c: &Connection,
    sql: &str,
    values: &BTreeSet<V>,
    found: &mut BTreeSet<F>,
) -> Result<()> {
    let mut statement = c.prepare_cached(sql)?;
    for value in values {
        let mut rows = statement.query([value])?;
        while let Some(row) = rows.next()? {
            found.insert(row.get(0)?);
        }
    }
    Ok(())
}
