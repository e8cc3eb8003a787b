//! Innosoft's "External users": addresses, basic rights, responsibles, ticket types and statuses (manual 2.1).

use super::field::Entity;
use super::{EntityRules, FormRules, LoginChange, PasswordRule, StatusRule, known, required};
use crate::access::rule::Standing;
use crate::model::Validity;

/// Innosoft's demands.
pub(super) static RULES: FormRules = FormRules {
    fields: &[
        known("title"),
        known("first_name"),
        required("last_name", 0),
        required("login", 0),
        known("email"),
        known("phone"),
        known("password"),
        known("status"),
        known("external"),
        known("address"),
        known("read_addresses"),
        known("write_addresses"),
        known("right_addresses"),
        known("right_machines"),
        known("right_contact_person"),
        known("contact_person"),
        known("excel_export"),
        known("main_group"),
        known("linked_resource"),
        known("groups"),
        known("responsible_groups"),
        known("responsible_agents"),
        known("ticket_types"),
        known("restrict_states"),
        known("ticket_states"),
    ],
    entities: &[
        EntityRules {
            entity: Entity::Address,
            fields: &[
                required("number", 0),
                required("name", 0),
                known("account"),
                known("street"),
                known("zip"),
                known("city"),
                known("country"),
            ],
        },
        EntityRules {
            entity: Entity::Machine,
            fields: &[
                required("number", 0),
                required("name", 0),
                known("address"),
                known("description"),
            ],
        },
        EntityRules {
            entity: Entity::Contact,
            fields: &[
                known("title"),
                known("first_name"),
                required("last_name", 0),
                known("account"),
                known("email"),
                known("phone"),
                known("mobile"),
            ],
        },
        EntityRules {
            entity: Entity::Account,
            fields: &[required("key", 0), required("name", 0)],
        },
        EntityRules {
            entity: Entity::Group,
            fields: &[required("name", 0), known("description")],
        },
        EntityRules {
            entity: Entity::Agent,
            fields: &[required("login", 0), known("name"), known("email")],
        },
        EntityRules {
            entity: Entity::TicketType,
            fields: &[required("name", 0)],
        },
        EntityRules {
            entity: Entity::TicketState,
            fields: &[required("name", 0)],
        },
    ],
    linked_login_max: None,
    permissions: &["member"],
    login_change: LoginChange::Free,
    login_from: "email",
    password: PasswordRule {
        ways: &["unchanged", "initial", "typed"],
        min: 0,
        mixed: false,
        standing: Standing::A,
    },
    status: StatusRule {
        offered: &[Validity::Valid, Validity::Invalid],
        words: &["active", "inactive"],
        first: Validity::Valid,
        steps: &[],
    },
    licences: None,
};
