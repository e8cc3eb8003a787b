//! The sets of access models as relations over a person `u` of `external_user`: what is in them, whether something is,
//! and who may have it in hers.

use portico_core::access::fact::{AnyOf, Fold, Matching, Set};
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, ToSql};

use crate::error::{Result, StoreError};
use crate::visibility::owners_home;

/// Parameters of a statement, numbered from 1.
#[derive(Debug, Default)]
pub(super) struct Params(pub(super) Vec<Value>);

impl Params {
    /// Adds one; returns what reads it.
    pub(super) fn add(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }

    /// Adds some few; returns what reads them.
    pub(super) fn texts(&mut self, texts: &[&str]) -> String {
        let list: Vec<String> = texts.iter().map(|text| self.add((*text).to_owned())).collect();
        format!("({})", list.join(", "))
    }

    pub(super) fn ids(&mut self, ids: Vec<Vec<u8>>) -> String {
        let list: Vec<String> = ids.into_iter().map(|id| self.add(id)).collect();
        format!("({})", list.join(", "))
    }

    /// Those that a statement reads: not every one reads all that was written for its condition.
    pub(super) fn of<'p>(&'p self, statement: &Statement<'_>) -> &'p [Value] {
        &self.0[..statement.parameter_count().min(self.0.len())]
    }
}

/// Queries of people: all whom one of them gives.
#[derive(Debug, Default)]
pub(super) struct Holders {
    /// Of ids, the first column, as links have them.
    pub(super) ids: Vec<String>,
    /// Of row numbers of `external_user`.
    pub(super) rows: Vec<String>,
}

impl Holders {
    pub(super) fn ids(query: String) -> Self {
        Self {
            ids: vec![query],
            rows: Vec::new(),
        }
    }

    fn rows(query: String) -> Self {
        Self {
            ids: Vec::new(),
            rows: vec![query],
        }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.ids.extend(other.ids);
        self.rows.extend(other.rows);
        self
    }
}

/// Whether a value is in a set of `u`.
#[derive(Debug)]
pub(super) struct Contains {
    /// The condition on `u`.
    pub(super) condition: String,
    /// Among them are all people for whom it holds.
    pub(super) holders: Holders,
    /// It holds for those who are among these as well.
    pub(super) within: Option<Holders>,
    /// Whether it then holds for all of them.
    pub(super) exact: bool,
}

impl Contains {
    pub(super) fn exactly(condition: String, holders: Holders) -> Self {
        Self {
            condition,
            holders,
            within: None,
            exact: true,
        }
    }

    pub(super) fn never() -> Self {
        Self::exactly("0".to_owned(), Holders::default())
    }
}

/// Columns under a comparison of logins and of keys of accounts.
pub(super) fn columns(matching: Matching) -> (&'static str, &'static str) {
    match matching {
        Matching::Exact => ("login", "key"),
        Matching::AnyCase => ("login_simple", "key_simple"),
    }
}

/// Accounts of `u`, where a record with the same login counts as hers: rows of the desk name people by text.
pub(super) fn named_accounts(matching: Matching) -> String {
    let (login, _) = columns(matching);
    format!(
        "(SELECT u.account_id AS id UNION ALL SELECT l.account_id FROM external_user t
          CROSS JOIN user_account l ON l.user_id = t.id WHERE t.{login} = u.{login})"
    )
}

pub(super) const LINKED_ACCOUNTS: &str =
    "(SELECT u.account_id AS id UNION ALL SELECT l.account_id FROM user_account l WHERE l.user_id = u.id)";

pub(super) const VALID_GROUP: &str = "g.validity = 1 AND g.present = 1";

pub(super) fn context(other: bool) -> &'static str {
    if other { "other" } else { "same" }
}

/// Reads sets of the workspace behind a connection.
pub(super) struct Sets<'a> {
    pub(super) c: &'a Connection,
    pub(super) params: &'a mut Params,
    /// Whether no two records of people have the same login: then links are of one record.
    pub(super) lone_logins: bool,
}

impl Sets<'_> {
    pub(super) fn ids_where(&self, sql: &str, value: impl ToSql) -> Result<Vec<Vec<u8>>> {
        let mut statement = self.c.prepare_cached(sql)?;
        let rows = statement.query_map([value], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The condition that `value` is in the set, under a comparison.
    pub(super) fn contains(&mut self, set: Set, fold: Fold, value: &str) -> Result<Contains> {
        match set {
            Set::Login => Ok(self.column(
                match fold {
                    Fold::Exact => "login",
                    Fold::Simple => "login_simple",
                    Fold::Full => "login_full",
                },
                &fold.apply(value),
            )),
            Set::Own => Ok(self.column("desk_key", value)),
            Set::Accounts { matching } => self.named_account(matching, fold, value),
            Set::OwnAccounts | Set::SeenAccounts => self.linked_account(set, value),
            Set::Groups { any_of, matching } => self.group(any_of, matching, value),
            Set::AccountGroups {
                any_of,
                other,
                matching,
            } => self.account_group(any_of, other, matching, value),
            Set::Contacts => self.contact(value),
            Set::AccountsOfContacts => self.account_of_contacts(value),
            Set::OwnAddress | Set::Addresses { .. } => self.address(set, value),
            Set::Objects { any_of } => self.object(any_of, value),
            Set::ObjectsInApps { any_of } => self.object_in_app(any_of, value),
            set => Err(unsupported(set)),
        }
    }

    fn column(&mut self, column: &str, value: &str) -> Contains {
        let value = self.params.add(value.to_owned());
        Contains::exactly(
            format!("u.{column} = {value}"),
            Holders::rows(format!("SELECT rowid FROM external_user WHERE {column} = {value}")),
        )
    }

    /// Whoever has the link `l` that a query reads from a `table` with more behind it, or a record with the same login.
    fn by_login(&self, matching: Matching, from: &str, rest: &str) -> Holders {
        if self.lone_logins && matching == Matching::Exact {
            return Holders::ids(format!("SELECT l.user_id FROM {from} {rest}"));
        }
        let (login, _) = columns(matching);
        Holders::rows(format!(
            "SELECT h.rowid FROM {from} CROSS JOIN external_user t ON t.id = l.user_id
             CROSS JOIN external_user h ON h.{login} = t.{login} {rest}"
        ))
    }

    fn accounts(&mut self, fold: Fold, value: &str) -> Result<Option<String>> {
        let column = match fold {
            Fold::Exact => "key",
            Fold::Simple => "key_simple",
            Fold::Full => "key_full",
        };
        let sql = format!("SELECT id FROM account WHERE {column} = ?1 AND key <> ''");
        let ids = self.ids_where(&sql, fold.apply(value))?;
        Ok((!ids.is_empty()).then(|| self.params.ids(ids)))
    }

    fn named_account(&mut self, matching: Matching, fold: Fold, value: &str) -> Result<Contains> {
        let Some(ids) = self.accounts(fold, value)? else {
            return Ok(Contains::never());
        };
        let (login, _) = columns(matching);
        let own = Holders::rows(format!("SELECT rowid FROM external_user WHERE account_id IN {ids}"));
        let further = self.by_login(matching, "user_account l", &format!("WHERE l.account_id IN {ids}"));
        Ok(Contains::exactly(
            format!(
                "(u.account_id IN {ids} OR EXISTS (SELECT 1 FROM external_user t CROSS JOIN user_account l ON l.user_id = t.id
                   WHERE t.{login} = u.{login} AND l.account_id IN {ids}))"
            ),
            own.and(further),
        ))
    }

    fn linked_account(&mut self, set: Set, value: &str) -> Result<Contains> {
        let Some(ids) = self.accounts(Fold::Exact, value)? else {
            return Ok(Contains::never());
        };
        let own = format!(
            "(u.account_id IN {ids} OR EXISTS (SELECT 1 FROM user_account l WHERE l.user_id = u.id AND l.account_id IN {ids}))"
        );
        let linked = Holders::rows(format!("SELECT rowid FROM external_user WHERE account_id IN {ids}")).and(
            Holders::ids(format!("SELECT user_id FROM user_account WHERE account_id IN {ids}")),
        );
        if set == Set::OwnAccounts {
            return Ok(Contains::exactly(own, linked));
        }
        let one = !ids.contains(',');
        Ok(Contains {
            condition: format!(
                "EXISTS (SELECT 1 FROM user_account_view v WHERE v.user_id = u.id AND v.account_id IN {ids}
                 AND v.account_id IN {LINKED_ACCOUNTS})"
            ),
            holders: Holders::ids(format!(
                "SELECT user_id FROM user_account_view WHERE account_id IN {ids}"
            )),
            // The account may be hers no longer; of several with one key, it is to be the same one.
            within: Some(linked),
            exact: one,
        })
    }

    fn group(&mut self, any_of: AnyOf, matching: Matching, name: &str) -> Result<Contains> {
        let sql = format!("SELECT g.id FROM permission_group g WHERE g.name = ?1 AND {VALID_GROUP}");
        let ids = self.ids_where(&sql, name)?;
        if ids.is_empty() {
            return Ok(Contains::never());
        }
        let (ids, permissions) = (self.params.ids(ids), self.params.texts(any_of));
        let (login, _) = columns(matching);
        let linked = format!("l.group_id IN {ids} AND l.permission IN {permissions}");
        Ok(Contains::exactly(
            format!(
                "EXISTS (SELECT 1 FROM external_user t CROSS JOIN user_group l ON l.user_id = t.id
                 WHERE t.{login} = u.{login} AND {linked})"
            ),
            self.by_login(matching, "user_group l", &format!("WHERE {linked}")),
        ))
    }

    fn account_group(&mut self, any_of: AnyOf, other: bool, matching: Matching, name: &str) -> Result<Contains> {
        let sql = format!("SELECT g.id FROM permission_group g WHERE g.name = ?1 AND {VALID_GROUP}");
        let ids = self.ids_where(&sql, name)?;
        if ids.is_empty() {
            return Ok(Contains::never());
        }
        let (ids, permissions) = (self.params.ids(ids), self.params.texts(any_of));
        let context = self.params.add(context(other).to_owned());
        let (_, key) = columns(matching);
        let row = format!("r.group_id IN {ids} AND r.context = {context} AND r.permission IN {permissions}");
        let own = named_accounts(matching);
        let through = format!(
            "account_group r CROSS JOIN account a ON a.id = r.account_id CROSS JOIN account o ON o.{key} = a.{key} AND o.key <> ''"
        );
        let primary = Holders::rows(format!(
            "SELECT x.rowid FROM {through} CROSS JOIN external_user x ON x.account_id = o.id WHERE {row}"
        ));
        let from = format!("{through} CROSS JOIN user_account l ON l.account_id = o.id");
        let further = self.by_login(matching, &from, &format!("WHERE {row}"));
        Ok(Contains::exactly(
            format!(
                "EXISTS (SELECT 1 FROM {own} w CROSS JOIN account o ON o.id = w.id AND o.key <> ''
                 CROSS JOIN account a ON a.{key} = o.{key} CROSS JOIN account_group r ON r.account_id = a.id WHERE {row})"
            ),
            primary.and(further),
        ))
    }

    fn contact(&mut self, value: &str) -> Result<Contains> {
        let ids = self.ids_where("SELECT id FROM contact WHERE desk_key = ?1", value)?;
        if ids.is_empty() {
            return Ok(Contains::never());
        }
        let ids = self.params.ids(ids);
        Ok(linked("user_contact", "contact_id", &ids, "1"))
    }

    fn account_of_contacts(&mut self, value: &str) -> Result<Contains> {
        let ids = self.ids_where(owners_home::ACCOUNTS, value)?;
        if ids.is_empty() {
            return Ok(Contains::never());
        }
        let ids = self.params.ids(ids);
        Ok(Contains::exactly(
            format!(
                "EXISTS (SELECT 1 FROM user_contact l CROSS JOIN contact o ON o.id = l.contact_id
                 WHERE l.user_id = u.id AND o.account_id IN {ids})"
            ),
            Holders::ids(format!(
                "SELECT l.user_id FROM contact o CROSS JOIN user_contact l ON l.contact_id = o.id WHERE o.account_id IN {ids}"
            )),
        ))
    }

    fn address(&mut self, set: Set, value: &str) -> Result<Contains> {
        let ids = self.ids_where("SELECT id FROM address WHERE desk_key = ?1", value)?;
        if ids.is_empty() {
            return Ok(Contains::never());
        }
        let ids = self.params.ids(ids);
        Ok(match set {
            Set::Addresses { permission } => {
                let permission = self.params.add(permission.to_owned());
                linked(
                    "user_address",
                    "address_id",
                    &ids,
                    &format!("l.permission = {permission}"),
                )
            }
            _ => Contains::exactly(
                format!("u.address_id IN {ids}"),
                Holders::rows(format!("SELECT rowid FROM external_user WHERE address_id IN {ids}")),
            ),
        })
    }
}

/// A plain link of the person.
fn linked(table: &str, column: &str, ids: &str, more: &str) -> Contains {
    Contains::exactly(
        format!("EXISTS (SELECT 1 FROM {table} l WHERE l.user_id = u.id AND l.{column} IN {ids} AND {more})"),
        Holders::ids(format!(
            "SELECT l.user_id FROM {table} l WHERE l.{column} IN {ids} AND {more}"
        )),
    )
}

pub(super) fn unsupported(set: Set) -> StoreError {
    StoreError::Damaged(format!(
        "nobody can be found by {}: no ticket is asked about it",
        set.name()
    ))
}
