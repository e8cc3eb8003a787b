//! A person's part of a proposal, done to her form.

use portico_core::access::fact::{Flag, Set};
use portico_core::form::FormRules;
use portico_core::form::field::Entity;
use portico_core::id::{ExternalUserId, GroupId, PortalObjectId};
use portico_core::model::Validity;
use portico_store::table::{account, address, contact, group_object, permission_group, portal_object};
use portico_store::{Connection, history};

use super::plan::line;
use crate::error::{ApiError, id};
use crate::types::flips::FlipChange;
use crate::types::form::FieldValue;
use crate::types::users::{GroupRight, ObjectRight, UserForm};

/// Objects lie in one another so deep at most; a source may hold a circle.
const DEEPEST: usize = 64;

/// Fields that hold one thing.
const SINGLE: &[&str] = &["account", "address", "status"];

/// A form that is being changed, with what is told of it.
pub(super) struct FormEdit<'a> {
    c: &'a Connection,
    rules: &'static FormRules,
    user: Option<ExternalUserId>,
    form: UserForm,
    fields: Vec<&'static str>,
    lines: Vec<FlipChange>,
}

/// The name of a field that a flag of the person is kept in, unless it is the status.
fn field_of(flag: Flag) -> Option<&'static str> {
    Some(match flag {
        Flag::External => "external",
        Flag::AccountContacts => "account_contacts",
        Flag::AccountTickets => "account_tickets",
        Flag::ExternalComments => "external_comments",
        Flag::RightAddresses => "right_addresses",
        Flag::RightMachines => "right_machines",
        Flag::RightContactPerson => "right_contact_person",
        Flag::RestrictStates => "restrict_states",
        Flag::Valid | Flag::NotRegistered | Flag::Visitor => return None,
    })
}

impl<'a> FormEdit<'a> {
    pub(super) fn new(
        c: &'a Connection,
        rules: &'static FormRules,
        user: Option<ExternalUserId>,
        form: UserForm,
    ) -> Self {
        Self {
            c,
            rules,
            user,
            form,
            fields: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The form, the fields that differ and what is told of them; `None` where nothing was changed.
    pub(super) fn done(self) -> Option<(UserForm, Vec<&'static str>, Vec<FlipChange>)> {
        (!self.fields.is_empty()).then_some((self.form, self.fields, self.lines))
    }

    fn knows(&self, field: &str) -> bool {
        self.rules.knows(Entity::ExternalUser, field)
    }

    fn told(&mut self, field: &'static str, from: String, to: String) {
        if !self.fields.contains(&field) {
            self.fields.push(field);
        }
        let one = self
            .lines
            .iter()
            .position(|line| line.field == field && SINGLE.contains(&field));
        if let Some(at) = one {
            // What was taken out makes room for what comes: that is one change.
            self.lines[at].to = to;
            return;
        }
        let id = self.user.map(|user| user.to_string()).unwrap_or_default();
        self.lines.push(FlipChange {
            from,
            to,
            ..line("external_user", &self.form.login, id, field)
        });
    }

    /// Tells of an item that enters or leaves a list.
    fn told_item(&mut self, field: &'static str, item: String, into: bool) {
        let (from, to) = if into {
            (String::new(), item)
        } else {
            (item, String::new())
        };
        self.told(field, from, to);
    }

    /// A flag up or down; whether the desk has it.
    pub(super) fn flag(&mut self, flag: Flag, to: bool) -> bool {
        let Some(field) = field_of(flag) else {
            return self.status(flag, to);
        };
        let now = match self.form.value(field) {
            Some(FieldValue::Flag(now)) if self.knows(field) => now,
            _ => return false,
        };
        self.told(field, now.to_string(), to.to_string());
        self.form.put(field, FieldValue::Flag(to)).is_ok()
    }

    fn status(&mut self, flag: Flag, to: bool) -> bool {
        let wanted = match (flag, to) {
            (Flag::Valid, true) => Some(Validity::Valid),
            (Flag::Valid | Flag::NotRegistered, false) => self.rules.status.closing().next(),
            _ => None,
        };
        let Some(wanted) = wanted.filter(|status| self.rules.status.offered.contains(status)) else {
            return false;
        };
        let from = std::mem::replace(&mut self.form.status, wanted.name().to_owned());
        if from != wanted.name() {
            self.told("status", from, wanted.name().to_owned());
        }
        true
    }

    /// A key into one of the person's sets, or out of it; whether the workspace has what that takes.
    pub(super) fn link(&mut self, set: Set, key: &str, into: bool) -> Result<bool, ApiError> {
        match set {
            Set::Accounts { .. } | Set::Accessible { .. } | Set::OwnAccounts => self.account(key, into),
            Set::SeenAccounts => match account::by_key(self.c, key)? {
                Some(row) => Ok(self.item("seen_accounts", row.id.to_string(), row.key, into)),
                None => Ok(false),
            },
            Set::Groups { any_of, .. } => match permission_group::by_name(self.c, key)? {
                Some(row) if self.knows("groups") => Ok(self.group(row.id, &row.name, any_of, into)),
                _ => Ok(false),
            },
            Set::Contacts => match contact::by_desk_key(self.c, key)? {
                Some(row) => self.contact(&row, into),
                None => Ok(false),
            },
            Set::AccountsOfContacts if into => match contact::by_desk_key(self.c, key)? {
                Some(row) => self.contact(&row, true),
                None => Ok(false),
            },
            Set::AccountsOfContacts => self.contacts_of_account(key),
            Set::OwnAddress => self.own_address(key, into),
            Set::Addresses { permission } => {
                let field = if permission == "write" {
                    "write_addresses"
                } else {
                    "read_addresses"
                };
                match address::by_desk_key(self.c, key)? {
                    Some(row) => {
                        let name = self.label("address", *row.id.as_bytes(), key)?;
                        Ok(self.item(field, row.id.to_string(), name, into))
                    }
                    None => Ok(false),
                }
            }
            Set::Objects { any_of } => self.object(key, any_of, into),
            Set::ObjectsInApps { any_of } => match self.app_of(key)? {
                Some(app) => self.object(&app, any_of, into),
                None => Ok(false),
            },
            _ => Ok(false),
        }
    }

    /// What people call a record; the desk's key where it has no name.
    fn label(&self, table: &str, id: [u8; 16], key: &str) -> Result<String, ApiError> {
        let name = history::label(self.c, table, id)?;
        Ok(if name.is_empty() { key.to_owned() } else { name })
    }

    /// An id into a list of ids, or out of it.
    fn item(&mut self, field: &'static str, id: String, name: String, into: bool) -> bool {
        let Some(FieldValue::List(mut list)) = self.form.value(field).filter(|_| self.knows(field)) else {
            return false;
        };
        if into == list.contains(&id) {
            return false;
        }
        if into {
            list.push(id);
        } else {
            list.retain(|one| *one != id);
        }
        self.told_item(field, name, into);
        self.form.put(field, FieldValue::List(list)).is_ok()
    }

    /// Her primary account, or where she has one, a further account.
    fn account(&mut self, key: &str, into: bool) -> Result<bool, ApiError> {
        let Some(row) = account::by_key(self.c, key)? else {
            return Ok(false);
        };
        let id = row.id.to_string();
        if into && self.form.account.is_empty() && self.knows("account") {
            self.form.account = id;
            self.told_item("account", row.key, true);
            return Ok(true);
        }
        if into {
            return Ok(self.form.account != id && self.item("further_accounts", id, row.key, true));
        }
        let primary = self.form.account == id && self.knows("account");
        if primary {
            self.form.account.clear();
            self.told_item("account", row.key.clone(), false);
        }
        let further = self.item("further_accounts", id, row.key, false);
        Ok(primary || further)
    }

    fn contact(&mut self, row: &contact::Row, into: bool) -> Result<bool, ApiError> {
        let key = row.desk_key.as_deref().unwrap_or_default();
        let name = self.label("contact", *row.id.as_bytes(), key)?;
        Ok(self.item("contacts", row.id.to_string(), name, into))
    }

    /// All paired contacts of an account out.
    fn contacts_of_account(&mut self, key: &str) -> Result<bool, ApiError> {
        let Some(account) = account::by_key(self.c, key)? else {
            return Ok(false);
        };
        let mut any = false;
        for text in self.form.contacts.clone() {
            let paired = contact::find(self.c, id("contact", &text)?)?;
            if let Some(paired) = paired.filter(|paired| paired.account_id == Some(account.id)) {
                any |= self.contact(&paired, false)?;
            }
        }
        Ok(any)
    }

    fn own_address(&mut self, key: &str, into: bool) -> Result<bool, ApiError> {
        let Some(row) = address::by_desk_key(self.c, key)?.filter(|_| self.knows("address")) else {
            return Ok(false);
        };
        let before = match self.form.address.as_str() {
            "" => String::new(),
            text => self.label(
                "address",
                *id::<portico_core::id::AddressId>("address", text)?.as_bytes(),
                text,
            )?,
        };
        let name = self.label("address", *row.id.as_bytes(), key)?;
        self.form.address = if into { row.id.to_string() } else { String::new() };
        self.told("address", before, if into { name } else { String::new() });
        Ok(true)
    }

    /// The weakest permission that is enough in; out, all that would be.
    fn group(&mut self, group: GroupId, name: &str, any_of: &[&str], into: bool) -> bool {
        let key = group.to_string();
        let at = self.form.groups.iter().position(|right| right.group == key);
        let enough = |permission: &String| any_of.contains(&permission.as_str());
        if into {
            let Some(permission) = any_of.first() else { return false };
            let at = at.unwrap_or_else(|| {
                self.form.groups.push(GroupRight {
                    group: key,
                    permissions: Vec::new(),
                });
                self.form.groups.len() - 1
            });
            if self.form.groups[at].permissions.iter().any(enough) {
                return false;
            }
            self.form.groups[at].permissions.push((*permission).to_owned());
            self.told_item("groups", format!("{name}:{permission}"), true);
            return true;
        }
        let Some(at) = at else { return false };
        let gone: Vec<String> = self.form.groups[at]
            .permissions
            .iter()
            .filter(|p| enough(p))
            .cloned()
            .collect();
        for permission in &gone {
            self.told_item("groups", format!("{name}:{permission}"), false);
        }
        self.form.groups[at].permissions.retain(|p| !enough(p));
        if self.form.groups[at].permissions.is_empty() {
            self.form.groups.remove(at);
        }
        !gone.is_empty()
    }

    /// The level on the object itself in; out, all levels that reach it: on what it lies in, and through groups.
    fn object(&mut self, key: &str, any_of: &[&str], into: bool) -> Result<bool, ApiError> {
        let Some(row) = portal_object::by_desk_key(self.c, key)?.filter(|_| self.knows("objects")) else {
            return Ok(false);
        };
        if into {
            let Some(level) = any_of.first() else { return Ok(false) };
            let object = row.id.to_string();
            let held = self.form.objects.iter().position(|right| right.object == object);
            let before = held.map(|at| self.form.objects.remove(at).level);
            self.form.objects.push(ObjectRight {
                object,
                level: (*level).to_owned(),
            });
            let from = before.map(|level| format!("{}:{level}", row.path)).unwrap_or_default();
            self.told("objects", from, format!("{}:{level}", row.path));
            return Ok(true);
        }
        let chain = self.chain(row)?;
        let mut any = false;
        for object in &chain {
            any |= self.take_object(object, any_of);
            any |= self.leave_groups(object.id, any_of)?;
        }
        Ok(any)
    }

    /// The key of the app in which an object lies.
    fn app_of(&self, key: &str) -> Result<Option<String>, ApiError> {
        let mut object = portal_object::by_desk_key(self.c, key)?;
        for _ in 0..DEEPEST {
            let Some(row) = object else { break };
            if row.kind == "app" {
                return Ok(row.desk_key);
            }
            let parent = row.parent_id.map(|id| portal_object::find(self.c, id));
            object = parent.transpose()?.flatten();
        }
        Ok(None)
    }

    /// The object and what hands its rights down to it.
    fn chain(&self, first: portal_object::Row) -> Result<Vec<portal_object::Row>, ApiError> {
        let mut chain = vec![first];
        while let Some(last) = chain.last()
            && let (true, Some(parent)) = (last.inherits && chain.len() < DEEPEST, last.parent_id)
            && let Some(parent) = portal_object::find(self.c, parent)?
        {
            chain.push(parent);
        }
        Ok(chain)
    }

    fn take_object(&mut self, object: &portal_object::Row, any_of: &[&str]) -> bool {
        let key = object.id.to_string();
        let reaches = |right: &ObjectRight| right.object == key && any_of.contains(&right.level.as_str());
        let gone: Vec<ObjectRight> = self
            .form
            .objects
            .iter()
            .filter(|right| reaches(right))
            .cloned()
            .collect();
        self.form.objects.retain(|right| !reaches(right));
        for right in &gone {
            self.told_item("objects", format!("{}:{}", object.path, right.level), false);
        }
        !gone.is_empty()
    }

    fn leave_groups(&mut self, object: PortalObjectId, any_of: &[&str]) -> Result<bool, ApiError> {
        let mut any = false;
        for right in group_object::on(self.c, object)? {
            if !any_of.contains(&right.level.as_str()) || !self.knows("groups") {
                continue;
            }
            let Some(group) = permission_group::find(self.c, right.group_id)? else {
                continue;
            };
            let key = group.id.to_string();
            let held = self.form.groups.iter().find(|right| right.group == key);
            let held: Vec<String> = held.map(|right| right.permissions.clone()).unwrap_or_default();
            for permission in &held {
                self.told_item("groups", format!("{}:{permission}", group.name), false);
            }
            self.form.groups.retain(|right| right.group != key);
            any |= !held.is_empty();
        }
        Ok(any)
    }
}
