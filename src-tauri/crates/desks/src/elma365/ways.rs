//! What ELMA365 takes: steps in its screens. No public call invites or locks an external user or sets a right.

use portico_core::form::field::Entity;

use crate::ways::write::ByHand;
use crate::ways::{AccessWays, FieldWay, Reason, RecordWays, Way, Ways, as_the_field, assumed, made, not, step, told};

const KEY: Reason = Reason {
    code: "not_exported.desk_gives_key",
    text: "the desk gives its records their numbers itself",
};
const GROUPS: Reason = Reason {
    code: "not_exported.groups_by_script",
    text: "the desk puts external users into further groups by script only; give the right to the person or to \"External users\"",
};
const AUTHOR: Reason = Reason {
    code: "not_exported.author",
    text: "the author is who made the object; give the right to the person instead",
};
const KIND: Reason = Reason {
    code: "not_exported.object_kind",
    text: "an object keeps its kind; make a new one",
};
const LOCK: Reason = Reason {
    code: "not_exported.lock_active",
    text: "the desk locks only users whose status is Active; wait for the first login, or send no invitation",
};

const EXTERNAL_USER: &[FieldWay] = &[
    step("title", "Name"),
    step("first_name", "First name"),
    step("last_name", "Last name"),
    step("login", "Login"),
    step("email", "Email"),
    step("password", "Invitation link"),
    step("status", "Status"),
    step("account", "Company"),
    not("groups", "Groups", GROUPS),
    step("objects", "Access settings"),
];

static WAYS: Ways = Ways {
    id: super::ID,
    name: "ELMA365",
    records: &[
        RecordWays {
            entity: Entity::Account,
            thing: "Company",
            place: assumed("CRM > Companies"),
            add: "Create a company",
            save: "Save, and read the values back",
            fields: &[made("key", "Number", KEY), step("name", "Name")],
        },
        RecordWays {
            entity: Entity::Group,
            thing: "Group",
            place: assumed("Administration > Groups"),
            add: "Create a group",
            save: "Save, and read the values back",
            fields: &[
                step("name", "Name"),
                step("description", "Description"),
                step("objects", "Access settings"),
            ],
        },
        RecordWays {
            entity: Entity::Agent,
            thing: "User",
            place: assumed("Administration > Users"),
            add: "Invite a user",
            save: "Save, and read the values back",
            fields: &[step("login", "Login"), step("name", "Name"), step("email", "Email")],
        },
        RecordWays {
            entity: Entity::PortalObject,
            thing: "Object of the portal",
            place: assumed("The object's own menu > Access settings"),
            add: "Create the object",
            save: "Save, and read the values back",
            fields: &[
                step("path", "Path"),
                step("name", "Name"),
                step("kind", "Kind"),
                step("parent", "Parent"),
                step("inherits", "Inherit the access settings of the parent"),
                not("author", "Author", AUTHOR),
                step("author_level", "Right of the Author"),
            ],
        },
        RecordWays {
            entity: Entity::ExternalUser,
            thing: "External user",
            place: told("System Apps > External Users"),
            add: "Add a new external user",
            save: "Save, and read the values back",
            fields: EXTERNAL_USER,
        },
    ],
    access: AccessWays {
        end: told("Open the profile and click Lock account at the bottom of the page; the status is Locked then"),
        resume: told("Open the user's page and click Unlock Account"),
        end_unused: Some(LOCK),
        invite: Some(told(
            "Send the individual invitation link; the status is Not registered until the first login",
        )),
        invite_by_call: false,
    },
    record: record_way,
    link: as_the_field,
    mind: &[],
};

/// What an object is, is said once.
fn record_way(entity: Entity, field: &str, is_new: bool, way: Way) -> Way {
    match (entity, field, is_new) {
        (Entity::PortalObject, "kind", false) => Way::Not(KIND),
        _ => way,
    }
}

/// The desk's writer.
pub(crate) static WRITER: ByHand = ByHand {
    ways: &WAYS,
    note: "Before you invite: Administration > Licenses shows how many licences of the pack are free. With none free, nobody\n\
           new can register. While the portal's status is Inactive, no external user sees a page of it.",
    people: None,
};
