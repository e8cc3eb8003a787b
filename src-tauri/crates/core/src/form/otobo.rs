//! The columns of OTOBO's `customer_user` (11.0.6, `PostgreSQL`; the same in Znuny), measured.

use super::{FieldRule, FormRules};

const fn rule(field: &'static str, max: usize, required: bool) -> FieldRule {
    FieldRule { field, max, required }
}

/// OTOBO's demands. Its form and its console want name, e-mail and customer; its database does not.
pub static RULES: FormRules = FormRules {
    fields: &[
        rule("login", 191, true),
        rule("title", 50, false),
        rule("first_name", 100, true),
        rule("last_name", 100, true),
        rule("email", 150, true),
        rule("account", 150, true),
        rule("phone", 150, false),
        rule("mobile", 150, false),
        rule("fax", 150, false),
        rule("street", 150, false),
        rule("zip", 200, false),
        rule("city", 200, false),
        rule("country", 200, false),
        rule("description", 250, false),
    ],
    linked_login_max: Some(100),
    permissions: &["ro", "rw"],
    login_is_key: true,
};
