//! What differs between a workspace and its desk, and what an export would do about it.
//!
//! Neutral between desks: a [`Pending`] holds one record before and after as texts, with references
//! already turned into the desk's keys or names. The desk's own `plan` orders, checks and refuses.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A record's fields as texts, by the form's field names; an absent field counts as empty.
///
/// | entity | fields |
/// |---|---|
/// | `external_user` | those of the form: `login`, `title`, ..., `description`, `account` (its key), `status` (`valid`, `invalid`, `invalid-temporarily`), `has_password`, `present` (`0`: a placeholder), `password` (what is to become of it) and `password_kept` (`1`: what was typed waits for this export) |
/// | `account` | `key`, `name`, `street`, `zip`, `city`, `country`, `url`, `description`, `status`, `present` |
/// | `permission_group` | `name`, `description`, `status`, `present` |
/// | `user_account` | `user` (the login the desk knows, or a new one), `account` (key) |
/// | `user_group` | `user`, `group` (name), `permission` |
/// | `account_group` | `account` (key), `group` (name), `permission`, `context` (`same`, `other`) |
/// | `user_service` | `user`, `service` (name) |
///
/// Links may carry `copies`, which is not exported. `validity` is read as `status`.
pub type Fields = BTreeMap<Cow<'static, str>, String>;

/// The field that says what is to become of a password. The password itself is in no plan.
pub const PASSWORD: &str = "password";

/// The target of an operation that a person does in the desk's screens: the worklist.
pub const BY_HAND: &str = "worklist.html";

/// One record that differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    /// What kind of record, by the name of its table.
    pub entity: String,
    /// Which one, by a mark of the caller that its operations carry on; a desk makes nothing of it.
    pub record: String,
    /// The desk's key, or what will be its key.
    pub key: String,
    /// Whom it concerns, for people ("Jana Nováková"); may be empty.
    pub subject: String,
    /// As the desk had it; `None` for what was created here.
    pub base: Option<Fields>,
    /// As it should be; `None` for what was removed here.
    pub current: Option<Fields>,
}

impl Pending {
    /// A step for this record.
    pub(crate) fn operation(&self, kind: Kind, target: &str, changes: Vec<Change>) -> Operation {
        Operation {
            kind,
            entity: self.entity.clone(),
            record: self.record.clone(),
            key: self.key.clone(),
            subject: self.subject.clone(),
            target: target.to_owned(),
            changes,
        }
    }
}

/// What is known of a record that another one names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// What people call it.
    pub name: String,
    /// The desk's key of it; `None` where the desk does not have it yet.
    pub desk_key: Option<String>,
}

/// Records that others name: by entity, and by how the plan names them.
pub type KnownRecords = BTreeMap<(String, String), Known>;

/// All that a plan is made from.
#[derive(Debug, Clone, Default)]
pub struct PlanInput {
    /// What differs.
    pub pending: Vec<Pending>,
    /// Logins of all people in the workspace who are or will be in the desk, those of `pending` included.
    pub logins: Vec<String>,
    /// The desk's settings: name and value as JSON text.
    pub settings: Vec<(String, String)>,
    /// Whether the export makes initial passwords for those whose form says so.
    pub initial_passwords: bool,
    /// The records that `pending` names.
    pub known: KnownRecords,
}

impl PlanInput {
    /// A setting's value as JSON text.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A new record.
    Create,
    /// Other values in a record.
    Update,
    /// A record goes out of force.
    Deactivate,
    /// A new link.
    Link,
    /// A link ends.
    Unlink,
}

impl Kind {
    /// `create`, `update`, `deactivate`, `link` or `unlink`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Deactivate => "deactivate",
            Self::Link => "link",
            Self::Unlink => "unlink",
        }
    }
}

/// Old and new value of a field; `None` where there is no record on that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field's name, as in the form.
    pub field: String,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// One step of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What it does.
    pub kind: Kind,
    /// To what kind of record.
    pub entity: String,
    /// Which one, as its [`Pending`] says.
    pub record: String,
    /// The desk's key, readable.
    pub key: String,
    /// Whom it concerns, for people; may be empty.
    pub subject: String,
    /// The desk's table it goes to.
    pub target: String,
    /// Values by field. A link names all its fields, new ones for `link` and old ones for `unlink`.
    pub changes: Vec<Change>,
}

impl Operation {
    /// The value a field shall have; empty where it is not named.
    pub fn new_value(&self, field: &str) -> &str {
        self.find(field).and_then(|c| c.new.as_deref()).unwrap_or_default()
    }

    /// The value a field had; empty where it is not named.
    pub fn old_value(&self, field: &str) -> &str {
        self.find(field).and_then(|c| c.old.as_deref()).unwrap_or_default()
    }

    /// A link's field, on whichever side it stands.
    pub fn value(&self, field: &str) -> &str {
        self.find(field)
            .and_then(|c| c.new.as_deref().or(c.old.as_deref()))
            .unwrap_or_default()
    }

    /// Whether it sets a password: `typed` or `initial`, which the writer gets apart from the plan.
    pub fn sets_password(&self) -> bool {
        matches!(self.new_value(PASSWORD), "typed" | "initial")
    }

    fn find(&self, field: &str) -> Option<&Change> {
        self.changes.iter().find(|c| c.field == field)
    }
}

/// Something the desk cannot take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotExported {
    /// What kind of record.
    pub entity: String,
    /// The desk's key.
    pub key: String,
    /// The field; empty for the whole record.
    pub field: String,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
    /// Why, and what to do instead, in English.
    pub reason: String,
    /// A key of the catalogue for the reason (`not_exported.renamed_login`).
    pub code: &'static str,
}

impl NotExported {
    /// A line for the README of an export, without its end; `plain` makes what comes from outside harmless there.
    pub(crate) fn line(&self, plain: impl Fn(&str) -> String) -> String {
        let field = if self.field.is_empty() {
            String::new()
        } else {
            format!(", {}", self.field)
        };
        let what = plain(&format!("{} {}{field}", self.entity, self.key));
        format!("- {what}: {}", self.reason)
    }
}

/// What an export would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In dependency order.
    pub operations: Vec<Operation>,
    /// What the desk cannot take.
    pub not_exported: Vec<NotExported>,
    /// Why the export is refused, in English; empty when it is not.
    pub refused: Vec<String>,
    /// What of the desk's settings the writer needs: name and value as JSON text.
    pub settings: Vec<(String, String)>,
    /// The records that the operations name.
    pub known: KnownRecords,
}
