//! What Zoho Desk takes by its interface (its `OpenAPI` files, version 1.0), and what by hand.

use portico_core::form::field::Entity;

use crate::plan::{Fields, Kind, PlanInput};
use crate::ways::{AccessWays, FieldWay, Reason, RecordWays, Way, Ways, assumed, call, made, step, told};

const LOGIN: Reason = Reason {
    code: "not_exported.login_is_email",
    text: "people log in with their e-mail address; change that",
};
const NUMBER: Reason = Reason {
    code: "not_exported.desk_gives_key",
    text: "the desk gives its records their numbers itself",
};

/// The labels are the members of a contact's record.
const CONTACT: &[FieldWay] = &[
    call("title", "title"),
    call("first_name", "firstName"),
    call("last_name", "lastName"),
    call("language", "language"),
    call("category", "type"),
    made("login", "login", LOGIN),
    call("email", "email"),
    call("password", "Invitation"),
    step("status", "End user"),
    call("secondary_email", "secondaryEmail"),
    call("phone", "phone"),
    call("mobile", "mobile"),
    call("street", "street"),
    call("zip", "zip"),
    call("city", "city"),
    call("region", "state"),
    call("country", "country"),
    call("twitter", "twitter"),
    call("facebook", "facebook"),
    call("description", "description"),
    call("custom", "cf"),
    call("account", "accountId"),
    call("further_accounts", "Accounts"),
    call("seen_accounts", "isAccountTicketsViewable"),
    call("groups", "Groups"),
];

pub(super) static WAYS: Ways = Ways {
    id: super::ID,
    name: "Zoho Desk",
    records: &[
        RecordWays {
            entity: Entity::Account,
            thing: "Account",
            place: assumed("Customers > Accounts"),
            add: "Add an account",
            save: "Save",
            fields: &[
                made("key", "id", NUMBER),
                call("name", "accountName"),
                call("email", "email"),
                call("phone", "phone"),
                call("url", "website"),
            ],
        },
        RecordWays {
            entity: Entity::Group,
            thing: "Group of the customer portal",
            place: assumed("Setup > Channels > Customer Portal > Groups"),
            add: "Add a group",
            save: "Save",
            fields: &[call("name", "name"), call("description", "description")],
        },
        RecordWays {
            entity: Entity::Queue,
            thing: "Department",
            place: assumed("Setup > Departments"),
            add: "Add a department, public in the portal",
            save: "Save",
            fields: &[step("name", "Name")],
        },
        RecordWays {
            entity: Entity::ExternalUser,
            thing: "Contact",
            place: assumed("Customers > Contacts"),
            add: "Add a contact",
            save: "Save",
            fields: CONTACT,
        },
    ],
    access: AccessWays {
        end: assumed("Deactivate the end user in the customer portal; the contact and its tickets stay"),
        resume: assumed("Activate the end user in the customer portal again"),
        end_unused: None,
        invite: Some(told("Invite the contact as an end user")),
        invite_by_call: true,
    },
    record: record_way,
    link: link_way,
    mind: &[
        (
            "user_account",
            Kind::Unlink,
            "keep the tickets: never take the option that deletes them",
        ),
        (
            "user_group",
            Kind::Link,
            "after the first login, for only users of the portal can be members",
        ),
    ],
};

/// Groups are made by a call, and no call changes them.
fn record_way(entity: Entity, _: &str, is_new: bool, way: Way) -> Way {
    match (entity, is_new, way) {
        (Entity::Group, false, Way::Call) => Way::Step,
        _ => way,
    }
}

/// A group's members are users of the portal: who is not one yet joins by hand. The calls that take an account away may
/// delete tickets, so a person does it and looks.
fn link_way(kind: Kind, entity: &str, fields: &Fields, input: &PlanInput, way: Way) -> Way {
    let user = fields.get("user").cloned().unwrap_or_default();
    let known = input.known.get(&("external_user".to_owned(), user));
    let is_new = known.is_some_and(|known| known.desk_key.is_none());
    match (entity, kind) {
        ("user_account", Kind::Unlink) => Way::Step,
        ("user_group", _) if is_new => Way::Step,
        _ => way,
    }
}
