//! Zoho Desk's contacts as end users of the portal, by its `OpenAPI` files.

use super::field::Entity;
use super::{EntityRules, FieldRule, FormRules, LoginChange, PasswordRule, StatusRule, known, limited, required};
use crate::access::rule::Standing;
use crate::model::Validity;

/// Zoho Desk's demands. The country is 100 characters long in one call and 30 in another: 30 fits both.
pub(super) static RULES: FormRules = FormRules {
    fields: &[
        limited("title", 100),
        limited("first_name", 40),
        required("last_name", 200),
        known("login"),
        limited("email", 255),
        limited("secondary_email", 100),
        known("language"),
        known("category"),
        known("password"),
        known("status"),
        limited("phone", 50),
        limited("mobile", 50),
        known("street"),
        known("city"),
        known("region"),
        limited("country", 30),
        FieldRule {
            digits: true,
            ..limited("zip", 250)
        },
        limited("twitter", 100),
        limited("facebook", 100),
        limited("description", 65_535),
        limited("custom", 100),
        known("account"),
        known("further_accounts"),
        known("seen_accounts"),
        known("groups"),
    ],
    entities: &[
        EntityRules {
            entity: Entity::Account,
            fields: &[
                required("name", 200),
                known("key"),
                known("email"),
                limited("url", 120),
                known("phone"),
            ],
        },
        EntityRules {
            entity: Entity::Group,
            fields: &[required("name", 100), limited("description", 3000)],
        },
        EntityRules {
            entity: Entity::Queue,
            fields: &[required("name", 0)],
        },
    ],
    linked_login_max: None,
    permissions: &["member"],
    login_change: LoginChange::Free,
    login_from: "email",
    password: PasswordRule {
        ways: &["unchanged", "invitation"],
        min: 0,
        mixed: false,
        standing: Standing::D,
    },
    status: StatusRule {
        offered: &[Validity::Valid, Validity::Invalid],
        words: &["active", "inactive"],
        first: Validity::Valid,
        steps: &[],
    },
    licences: None,
};
