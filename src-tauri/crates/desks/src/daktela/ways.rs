//! What Daktela takes: steps in its screens. Its interface is known by clients that read; that it writes these records
//! is in no public source.

use portico_core::form::field::Entity;

use crate::ways::write::ByHand;
use crate::ways::{
    AccessWays, FieldWay, Reason, RecordWays, Ways, as_the_field, as_the_table, assumed, made, step, told,
};

const KEY: Reason = Reason {
    code: "not_exported.desk_gives_key",
    text: "the desk gives its records their numbers itself",
};

const EXTERNAL_USER: &[FieldWay] = &[
    step("title", "Title"),
    step("login", "Login name"),
    step("email", "Email"),
    step("password", "Password"),
    step("status", "Access"),
    step("description", "Description"),
    step("contacts", "Contacts"),
    step("account_contacts", "Account contacts"),
    step("account_tickets", "Account tickets"),
    step("external_comments", "Allow external comments on tickets"),
];

static WAYS: Ways = Ways {
    id: super::ID,
    name: "Daktela",
    records: &[
        RecordWays {
            entity: Entity::Account,
            thing: "Account",
            place: assumed("CRM > Accounts"),
            add: "Add a new account",
            save: "Save, and read the values back",
            fields: &[
                made("key", "Name", KEY),
                step("name", "Title"),
                step("description", "Description"),
            ],
        },
        RecordWays {
            entity: Entity::Contact,
            thing: "Contact",
            place: assumed("CRM > Contacts"),
            add: "Add a new contact",
            save: "Save, and read the values back",
            fields: &[
                step("title", "Title"),
                step("first_name", "First name"),
                step("last_name", "Last name"),
                step("account", "Account"),
                step("email", "Email"),
                step("phone", "Phone number"),
                step("description", "Description"),
            ],
        },
        RecordWays {
            entity: Entity::Agent,
            thing: "User",
            place: assumed("Manage > Users > Users"),
            add: "Add a new user",
            save: "Save, and read the values back",
            fields: &[
                step("login", "Login name"),
                step("name", "Title"),
                step("email", "Email"),
            ],
        },
        RecordWays {
            entity: Entity::Queue,
            thing: "Ticket category",
            place: assumed("Manage > Tickets > Categories"),
            add: "Add a new category",
            save: "Save, and read the values back",
            fields: &[
                step("name", "Title"),
                step("external_comments", "Allow external comments"),
            ],
        },
        RecordWays {
            entity: Entity::TicketState,
            thing: "Ticket status",
            place: assumed("Manage > Tickets > Statuses"),
            add: "Add a new status",
            save: "Save, and read the values back",
            fields: &[step("name", "Title")],
        },
        RecordWays {
            entity: Entity::ExternalUser,
            thing: "External user",
            place: told("Manage > Users > External users"),
            add: "Add new",
            save: "Save, and read the values back",
            fields: EXTERNAL_USER,
        },
    ],
    access: AccessWays {
        end: assumed("End the access: delete the external user, or set a password that nobody knows"),
        resume: assumed("Give the access back: set a new password, and tell it the person"),
        end_unused: None,
        invite: None,
        invite_by_call: false,
    },
    record: as_the_table,
    link: as_the_field,
    mind: &[],
};

/// The desk's writer.
pub(crate) static WRITER: ByHand = ByHand {
    ways: &WAYS,
    note: "The login name cannot change once an external user is saved: look twice before you save a new one.",
    people: None,
};
