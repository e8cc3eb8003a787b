//! The columns of OTOBO's `customer_user` and of what surrounds it (11.0.6, `PostgreSQL`; the same in Znuny), measured.

use super::field::Entity;
use super::{EntityRules, FormRules, LoginChange, PasswordRule, StatusRule, known, limited, required};
use crate::access::rule::Standing;
use crate::model::Validity;

/// OTOBO's demands. Its form and its console want name, e-mail and customer; its database does not.
pub(super) static RULES: FormRules = FormRules {
    fields: &[
        required("login", 191),
        limited("title", 50),
        required("first_name", 100),
        required("last_name", 100),
        required("email", 150),
        known("password"),
        known("status"),
        required("account", 150),
        known("further_accounts"),
        known("backend"),
        limited("phone", 150),
        limited("mobile", 150),
        limited("fax", 150),
        limited("street", 150),
        limited("zip", 200),
        limited("city", 200),
        limited("country", 200),
        limited("description", 250),
        known("groups"),
        known("services"),
    ],
    entities: &[
        EntityRules {
            entity: Entity::Account,
            fields: &[
                required("key", 150),
                required("name", 191),
                known("status"),
                limited("street", 200),
                limited("zip", 200),
                limited("city", 200),
                limited("country", 200),
                limited("url", 200),
                limited("description", 250),
            ],
        },
        EntityRules {
            entity: Entity::Group,
            fields: &[required("name", 191), known("status"), limited("description", 250)],
        },
        EntityRules {
            entity: Entity::Queue,
            fields: &[
                required("name", 191),
                required("group", 0),
                known("follow_up"),
                known("status"),
            ],
        },
        EntityRules {
            entity: Entity::TicketType,
            fields: &[required("name", 191), known("status")],
        },
        EntityRules {
            entity: Entity::TicketState,
            fields: &[required("name", 191), required("kind", 0), known("status")],
        },
        EntityRules {
            entity: Entity::TicketPriority,
            fields: &[required("name", 191), known("status")],
        },
        EntityRules {
            entity: Entity::Service,
            fields: &[required("name", 191), known("status")],
        },
        EntityRules {
            entity: Entity::Backend,
            fields: &[
                required("name", 0),
                known("group_support"),
                known("description"),
                known("status"),
            ],
        },
    ],
    linked_login_max: Some(100),
    permissions: &["ro", "rw"],
    login_change: LoginChange::DropsLinks,
    login_from: "email",
    password: PasswordRule {
        ways: &["unchanged", "initial", "typed"],
        min: 0,
        mixed: false,
        standing: Standing::M,
    },
    status: StatusRule {
        offered: &[Validity::Valid, Validity::InvalidTemporarily, Validity::Invalid],
        words: &["valid", "invalid-temporarily", "invalid"],
        first: Validity::Valid,
        steps: &[],
    },
    licences: None,
};
