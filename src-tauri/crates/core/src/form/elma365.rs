//! ELMA365's external users: invited by a link, with a state of their own, and rights on the portal's objects.

use super::field::Entity;
use super::{EntityRules, FormRules, LoginChange, PasswordRule, StatusRule, known, required};
use crate::access::rule::Standing;
use crate::model::Validity;

/// ELMA365's demands. Its e-mail address is what a person logs in with, and where the invitation goes.
pub(super) static RULES: FormRules = FormRules {
    fields: &[
        known("title"),
        required("first_name", 0),
        required("last_name", 0),
        required("login", 0),
        required("email", 0),
        known("password"),
        known("status"),
        known("account"),
        known("groups"),
        known("objects"),
    ],
    entities: &[
        EntityRules {
            entity: Entity::Group,
            fields: &[required("name", 0), known("description"), known("objects")],
        },
        EntityRules {
            entity: Entity::PortalObject,
            fields: &[
                required("path", 0),
                required("name", 0),
                required("kind", 0),
                known("parent"),
                known("inherits"),
                known("author"),
                known("author_level"),
            ],
        },
        EntityRules {
            entity: Entity::Account,
            fields: &[required("key", 0), required("name", 0)],
        },
        EntityRules {
            entity: Entity::Agent,
            fields: &[required("login", 0), known("name"), known("email")],
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
        offered: &[Validity::NotRegistered, Validity::Valid, Validity::Invalid],
        words: &["Not registered", "Active", "Locked"],
        first: Validity::NotRegistered,
        steps: &[
            (Validity::Valid, Validity::Invalid),
            (Validity::Invalid, Validity::Valid),
        ],
    },
    licences: Some("Portico::LicencesTotal"),
};
