//! Daktela's "External users" (v2025.1) and the models of its REST interface.

use super::field::Entity;
use super::{EntityRules, FormRules, LoginChange, PasswordRule, StatusRule, known, required};
use crate::access::rule::Standing;
use crate::model::Validity;

/// Daktela's demands.
pub(super) static RULES: FormRules = FormRules {
    fields: &[
        required("title", 0),
        required("login", 0),
        known("description"),
        known("password"),
        known("email"),
        known("status"),
        known("contacts"),
        known("account_contacts"),
        known("account_tickets"),
        known("external_comments"),
    ],
    entities: &[
        EntityRules {
            entity: Entity::Contact,
            fields: &[
                required("title", 0),
                known("first_name"),
                required("last_name", 0),
                known("account"),
                known("email"),
                known("phone"),
                known("description"),
            ],
        },
        EntityRules {
            entity: Entity::Account,
            fields: &[required("key", 0), required("name", 0), known("description")],
        },
        EntityRules {
            entity: Entity::Queue,
            fields: &[required("name", 0), known("external_comments")],
        },
        EntityRules {
            entity: Entity::TicketState,
            fields: &[required("name", 0)],
        },
        EntityRules {
            entity: Entity::Agent,
            fields: &[required("login", 0), known("name"), known("email")],
        },
    ],
    linked_login_max: None,
    permissions: &[],
    login_change: LoginChange::Never,
    login_from: "title",
    password: PasswordRule {
        ways: &["unchanged", "initial", "typed"],
        min: 6,
        mixed: true,
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
