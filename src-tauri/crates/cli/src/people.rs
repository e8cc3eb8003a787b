//! Finding people, accounts and groups by the names that are typed, and showing a form in those names.

use std::collections::HashMap;

use portico_api::session::Session;
use portico_api::types::users::{UserDetail, UserForm};
use portico_api::{find, users};
use serde_json::{Value, json};

use crate::edit::Names;
use crate::failure::Failure;
use crate::field::{self, FIELDS, Kind};

/// The id of a person named by login, or by `#` and the desk's key.
pub(crate) fn id_of(session: &Session, name: &str) -> Result<String, Failure> {
    let found = match name.strip_prefix('#') {
        Some(key) => find::user_by_key(session, key)?,
        None => find::user_by_login(session, name)?,
    };
    found.ok_or_else(|| Failure::missing("external user", name))
}

/// Accounts and groups of a workspace by id and by name, looked up once.
pub(crate) struct Directory<'a> {
    session: &'a Session,
    /// Id and name of every group.
    groups: Vec<(String, String)>,
    /// Keys of accounts by id, as far as they were met.
    accounts: HashMap<String, String>,
}

impl<'a> Directory<'a> {
    /// The directory around a person.
    pub(crate) fn around(session: &'a Session, detail: &UserDetail) -> Self {
        Self {
            session,
            groups: detail.groups.iter().map(|g| (g.id.clone(), g.name.clone())).collect(),
            accounts: detail.accounts.iter().map(|a| (a.id.clone(), a.key.clone())).collect(),
        }
    }

    fn account_key(&self, id: &str) -> String {
        self.accounts.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn group_name(&self, id: &str) -> String {
        self.groups
            .iter()
            .find(|(group, _)| group == id)
            .map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }

    /// A field of a form in the names that people type: a text, or a list of them.
    pub(crate) fn readable(&self, form: &UserForm, kind: Kind, name: &str) -> Value {
        match kind {
            Kind::Text | Kind::Status => {
                let mut form = form.clone();
                json!(field::text_mut(&mut form, name).map(std::mem::take))
            }
            Kind::Account if form.account.is_empty() => json!(""),
            Kind::Account => json!(self.account_key(&form.account)),
            Kind::Accounts => form.further_accounts.iter().map(|id| self.account_key(id)).collect(),
            Kind::Groups => {
                let mut rights: Vec<String> = form
                    .groups
                    .iter()
                    .flat_map(|right| {
                        let group = self.group_name(&right.group);
                        right
                            .permissions
                            .iter()
                            .map(move |permission| format!("{group}:{permission}"))
                    })
                    .collect();
                rights.sort();
                json!(rights)
            }
        }
    }

    /// All fields of a form in the order in which they are shown.
    pub(crate) fn fields(&self, form: &UserForm) -> Vec<(&'static str, Value)> {
        FIELDS
            .iter()
            .map(|field| (field.name, self.readable(form, field.kind, field.name)))
            .collect()
    }
}

impl Names for Directory<'_> {
    fn account(&mut self, key: &str) -> Result<String, Failure> {
        let id = find::account_by_key(self.session, key)?.ok_or_else(|| Failure::missing("account", key))?;
        self.accounts.insert(id.clone(), key.to_owned());
        Ok(id)
    }

    fn group(&mut self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self
            .groups
            .iter()
            .find(|(_, group)| group == name)
            .map(|(id, _)| id.clone()))
    }
}

/// A person by login, with her form.
pub(crate) fn detail(session: &Session, name: &str) -> Result<UserDetail, Failure> {
    Ok(users::get_user(session, &id_of(session, name)?)?)
}

/// A value of a field on one line: lists between commas.
pub(crate) fn one_line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}
