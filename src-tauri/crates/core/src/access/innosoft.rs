//! Innosoft: external users see the tickets of the addresses they may read, and create only what is listed for them.

use super::fact::{Dimension, Flag, Key, Set};
use super::model::{AccessModel, List, NewTicketModel, ReplyModel};
use super::rule::{Node, Rule, all, any, not};
use super::setting::Value;
use super::sorted::SortedBy;
use super::terms::{Documented, assumed, both, flag, is, nothing, some, within};
use crate::settings::innosoft::{DASHBOARD_TABS, EMPTY_RESPONSIBLES, EMPTY_TYPES, TABS};
use crate::settings::registry::needed;

const MANUAL: Documented = Documented("manual 2.1, \"External Users\"");
const SETTINGS: Documented = Documented("manual 2.1, settings of the customer portal");

fn own() -> Node {
    MANUAL
        .rule("innosoft.own", "The ticket is the person's own.")
        .says(within(Key::Owner, Set::Login))
}

/// The right to an address is its grant and the basic right, both.
fn readable() -> Node {
    let basic = MANUAL.rule(
        "innosoft.address.basic",
        "A granted address counts only with the basic right \"Addresses\".",
    );
    let read = MANUAL.rule(
        "innosoft.address.read",
        "The address is granted to the person for reading.",
    );
    let write = assumed(
        "innosoft.address.write",
        "A permission to write an address is one to read it too.",
        "the manual does not say whether writing implies reading",
    );
    let own = assumed(
        "innosoft.address.own",
        "The address the person belongs to is readable.",
        "the manual does not say what the person's own address shows",
    );
    let granted = |permission| within(Key::Address, Set::Addresses { permission });
    any([
        own.says(within(Key::Address, Set::OwnAddress)),
        all([
            basic.says(flag(Flag::RightAddresses)),
            any([read.says(granted("read")), write.says(granted("write"))]),
        ]),
    ])
}

fn address() -> Node {
    let tickets = assumed(
        "innosoft.address",
        "The tickets of an address that the person may read are seen.",
        "the manual speaks of the data of addresses, not of tickets",
    );
    tickets.says(readable())
}

fn machine() -> Node {
    let basic = MANUAL.rule(
        "innosoft.machine.basic",
        "Machines are shown only with the basic right \"Machines\".",
    );
    MANUAL
        .rule(
            "innosoft.machine",
            "The machine is at an address that the person may read.",
        )
        .says(all([basic.says(flag(Flag::RightMachines)), readable()]))
}

fn contact_basic() -> Node {
    MANUAL
        .rule(
            "innosoft.home.contact_person",
            "The contact person is shown only with the basic right \"Contact person\".",
        )
        .says(flag(Flag::RightContactPerson))
}

fn contact_person() -> Node {
    let at = assumed(
        "innosoft.contact_person",
        "The contact persons of the customers to whom the readable addresses belong are shown.",
        "the manual speaks of the contact persons of addresses; which of a customer's is at which one is not kept",
    );
    at.says(all([contact_basic(), readable()]))
}

/// What surrounds the tickets.
fn home() -> Vec<(&'static str, Node)> {
    let mut parts = vec![("ContactPerson", contact_basic())];
    parts.extend(TABS.iter().map(|tab| (*tab, dashboard(tab))));
    parts
}

/// A tab of the dashboard. What it holds is the desk's; whether it is there is told.
fn dashboard(tab: &str) -> Node {
    let address = assumed(
        "innosoft.home.dashboard.address",
        "The tabs are about the address the person belongs to; without one they are not shown.",
        "the manual does not say what the dashboard shows to a person without an address",
    );
    let configured = SETTINGS.rule(
        "innosoft.home.dashboard",
        "The dashboard has the tab where the portal's settings name it.",
    );
    let machines = MANUAL.rule(
        "innosoft.machine.basic",
        "Machines are shown only with the basic right \"Machines\".",
    );
    let mut conditions = vec![address.says(some(Set::OwnAddress))];
    if tab == "machines" {
        conditions.push(machines.says(flag(Flag::RightMachines)));
    }
    conditions.push(configured.says(within(Key::Part, Set::Words(DASHBOARD_TABS))));
    all(conditions)
}

fn openable() -> Node {
    MANUAL
        .rule(
            "innosoft.openable",
            "The ticket is the person's own, or of an address she may read.",
        )
        .says(any([own(), address()]))
}

/// What an empty list means: nothing, or everything.
fn listed(setting: &'static str, set: Set, key: Key, listed: Rule, empty: Rule) -> Node {
    any([
        listed.says(within(key, set)),
        Node::Switch(
            setting,
            vec![
                (Value::choice("none"), Node::False),
                (Value::choice("all"), empty.says(not(some(set)))),
            ],
        ),
    ])
}

fn responsible(key: Key, set: Set) -> Node {
    let listed = MANUAL.rule(
        "innosoft.new.responsible",
        "Tickets can be sent only to the groups and agents that are listed for the person.",
    );
    let empty = assumed(
        "innosoft.new.responsible.empty",
        "Without any listed group or agent, tickets can be sent to all of them.",
        "the manual does not say what an empty list means",
    );
    let all_of = all([not(some(Set::ResponsibleGroups)), not(some(Set::ResponsibleAgents))]);
    let whole = Node::Switch(
        EMPTY_RESPONSIBLES,
        vec![
            (Value::choice("none"), Node::False),
            (Value::choice("all"), empty.says(all_of)),
        ],
    );
    all([is(Dimension::Valid), any([listed.says(within(key, set)), whole])])
}

fn new_ticket() -> NewTicketModel {
    let types = MANUAL.rule(
        "innosoft.new.type",
        "The person may create tickets of the listed types only.",
    );
    let empty = assumed(
        "innosoft.new.type.empty",
        "Without any listed type, tickets of all types can be created.",
        "the manual does not say what an empty list means",
    );
    NewTicketModel {
        allowed: Node::True,
        ticket_type: all([
            is(Dimension::Valid),
            listed(EMPTY_TYPES, Set::TicketTypes, Key::Type, types, empty),
        ]),
        responsible_group: responsible(Key::ResponsibleGroup, Set::ResponsibleGroups),
        responsible_agent: responsible(Key::ResponsibleAgent, Set::ResponsibleAgents),
        ..nothing("innosoft").new_ticket
    }
}

fn reply() -> ReplyModel {
    let free = MANUAL.rule(
        "innosoft.status.free",
        "Without a restriction the person may set every status.",
    );
    let listed = MANUAL.rule(
        "innosoft.status.listed",
        "With the restriction the person may set the listed statuses only.",
    );
    let allowed = assumed(
        "innosoft.reply",
        "A ticket that is seen can be answered.",
        "the manual says that external users communicate by tickets, not on which",
    );
    ReplyModel {
        allowed: allowed.says(openable()),
        state: all([
            is(Dimension::Valid),
            any([
                free.says(not(flag(Flag::RestrictStates))),
                listed.says(within(Key::State, Set::TicketStates)),
            ]),
        ]),
        preset: "",
    }
}

/// Innosoft's model.
pub(super) fn model() -> AccessModel {
    let external = MANUAL.rule(
        "innosoft.login",
        "Users who are marked as external use the customer portal.",
    );
    let valid = assumed(
        "innosoft.login.valid",
        "An invalid user cannot log in.",
        "the manual does not speak of it here",
    );
    AccessModel {
        sorted_by: SortedBy::Address,
        settings: needed("innosoft"),
        login: all([valid.says(flag(Flag::Valid)), external.says(flag(Flag::External))]),
        lists: vec![
            List {
                name: "MyTickets",
                present: Node::True,
                tickets: own(),
            },
            List {
                name: "AddressTickets",
                present: Node::True,
                tickets: address(),
            },
        ],
        searchable: both(openable()),
        openable: both(openable()),
        concerns: any([
            within(Key::Owner, Set::Login),
            within(Key::Address, Set::OwnAddress),
            within(Key::Address, Set::Addresses { permission: "read" }),
            within(Key::Address, Set::Addresses { permission: "write" }),
        ]),
        reply: reply(),
        activity: assumed(
            "innosoft.activity",
            "Activities that are marked as visible for the customer are shown.",
            "the manual does not say which activities are shown",
        )
        .says(is(Dimension::VisibleForCustomer)),
        machine: machine(),
        contact_person: contact_person(),
        home: home(),
        attributes: &["type", "state", "priority", "address", "created"],
        new_ticket: new_ticket(),
        ..nothing("innosoft")
    }
}
