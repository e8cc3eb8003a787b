//! What Innosoft FSM takes: steps in its screens, for no public interface is documented.

use portico_core::form::field::Entity;

use crate::ways::write::ByHand;
use crate::ways::{AccessWays, FieldWay, RecordWays, Ways, as_the_field, as_the_table, assumed, step};

/// The manual ends the form of an external user so.
const SAVE: &str = "Save with the green check mark, and read the values back";

const EXTERNAL_USER: &[FieldWay] = &[
    step("title", "Title"),
    step("first_name", "First name"),
    step("last_name", "Last name"),
    step("external", "External"),
    step("login", "Login"),
    step("email", "E-mail"),
    step("password", "Password"),
    step("status", "Active"),
    step("phone", "Phone"),
    step("contact_person", "Contact person"),
    step("main_group", "Main group"),
    step("linked_resource", "Linked resource"),
    step("address", "Address"),
    step("read_addresses", "Read permission"),
    step("write_addresses", "Write permission"),
    step("right_addresses", "Basic right Addresses"),
    step("right_machines", "Basic right Machines"),
    step("right_contact_person", "Basic right Contact person"),
    step("excel_export", "Excel export allowed"),
    step("groups", "Group"),
    step("responsible_groups", "Person responsible: groups"),
    step("responsible_agents", "Person responsible: users"),
    step("ticket_types", "Type of ticket"),
    step("restrict_states", "Restrict customer status"),
    step("ticket_states", "Ticket status"),
];

const ADDRESS: &[FieldWay] = &[
    step("number", "Address number"),
    step("name", "Name"),
    step("account", "Customer"),
    step("street", "Street"),
    step("zip", "Postal code"),
    step("city", "City"),
    step("country", "Country"),
];

const CONTACT: &[FieldWay] = &[
    step("title", "Title"),
    step("first_name", "First name"),
    step("last_name", "Last name"),
    step("account", "Customer"),
    step("email", "E-mail"),
    step("phone", "Phone"),
    step("mobile", "Mobile"),
];

const fn record(
    entity: Entity,
    thing: &'static str,
    place: &'static str,
    add: &'static str,
    fields: &'static [FieldWay],
) -> RecordWays {
    RecordWays {
        entity,
        thing,
        place: assumed(place),
        add,
        save: SAVE,
        fields,
    }
}

static WAYS: Ways = Ways {
    id: super::ID,
    name: "Innosoft FSM",
    records: &[
        record(
            Entity::Account,
            "Customer",
            "Customers",
            "Add a customer",
            &[step("key", "Customer number"), step("name", "Customer")],
        ),
        record(
            Entity::Group,
            "Group",
            "Administration > Groups",
            "Add a group",
            &[step("name", "Name"), step("description", "Remark")],
        ),
        record(Entity::Address, "Address", "Addresses", "Add an address", ADDRESS),
        record(
            Entity::Machine,
            "Machine",
            "Machines",
            "Add a machine",
            &[
                step("number", "Machine number"),
                step("name", "Name"),
                step("address", "Address"),
                step("description", "Remark"),
            ],
        ),
        record(
            Entity::Contact,
            "Contact person",
            "Addresses > Contact persons",
            "Add a contact person",
            CONTACT,
        ),
        record(
            Entity::Agent,
            "User",
            "Administration > Users",
            "Add a user",
            &[step("login", "Login"), step("name", "Name"), step("email", "E-mail")],
        ),
        record(
            Entity::TicketType,
            "Type of ticket",
            "Administration > Tickets > Types",
            "Add a type",
            &[step("name", "Name")],
        ),
        record(
            Entity::TicketState,
            "Ticket status",
            "Administration > Tickets > Statuses",
            "Add a status",
            &[step("name", "Name")],
        ),
        record(
            Entity::ExternalUser,
            "External user",
            "Administration > Users",
            "Add a user",
            EXTERNAL_USER,
        ),
    ],
    access: AccessWays {
        end: assumed("Set the user inactive"),
        resume: assumed("Set the user active again"),
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
    note: "A read or write permission counts only with the basic right Addresses; the machines there need the basic right\n\
           Machines, and a contact person the basic right Contact person.",
    people: Some("external-users.csv"),
};
