//! Templates: the rights that a role usually has.

use serde::{Deserialize, Serialize};

use super::users::UserForm;

/// A template, as far as it takes to choose one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct TemplateRow {
    /// Its id.
    pub id: String,
    /// What people call it; no two have the same name.
    pub name: String,
    /// The fields that it fills in, by the form's names, in the form's order.
    pub fields: Vec<String>,
    /// Those of its fields that name records which are gone; these records are passed over.
    pub gone: Vec<String>,
}

/// A template to keep.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SaveTemplate {
    /// The template to replace; `None` for a new one.
    pub id: Option<String>,
    /// What people will call it.
    pub name: String,
    /// The form whose rights it takes over; `None` for those of a person, or (with `id`) to change the name alone.
    pub form: Option<UserForm>,
    /// The person whose saved rights it takes over, where there is no form.
    pub user: Option<String>,
    /// The fields it takes over; empty for every right that is filled in.
    pub fields: Vec<String>,
}
