//! OTOBO and Znuny: queues belong to groups, people and accounts have permissions on groups.
//!
//! Searching and opening follow different rules, so a ticket can be listed and not openable, or openable and
//! in no list.

mod terms;
mod ticket;

use super::fact::{Dimension, Fact, Flag, Fold, Key, Matching, Set};
use super::flip::lever::Levers;
use super::group_rights::GroupRights;
use super::model::{AccessModel, ByPermission, List, NewTicketModel, Permission, ReplyModel};
use super::rule::{Node, Rule, Standing, all, any, not, when};
use super::sorted::SortedBy;
use crate::settings::otobo::{ALWAYS, COMPANY_ALWAYS, NO_COMPANY, OTHER, SERVICES, SUPPORT, TYPES};
use crate::settings::registry::needed;
use terms::{
    MEASURED, accounts, assumed, equal_or_not, is, nothing, own_exactly, owner, reached, rule, settled, some,
    with_other,
};
use ticket::{member, openable, searchable};

/// How this family gives rights on groups.
pub(super) const GROUP_RIGHTS: GroupRights = GroupRights {
    support: Some(SUPPORT),
    of_accounts: true,
    other_context: Some(OTHER),
};

/// What differs between the desks of this family.
pub(super) struct Family {
    desk: &'static str,
    open_tab: Rule,
}

/// OTOBO.
pub(super) const OTOBO: Family = Family {
    desk: "otobo",
    open_tab: Rule {
        id: "otobo.list.open",
        text: "The tab Open holds tickets whose state is of the type new, open, pending reminder or pending auto.",
        source: MEASURED,
        standing: Standing::M,
    },
};

/// Znuny, the other descendant of the same program.
pub(super) const ZNUNY: Family = Family {
    desk: "znuny",
    open_tab: Rule {
        id: "znuny.list.open",
        text: "The tab Open asks for Znuny's own \"Open\", which is taken to mean its viewable state types: new, open, \
               pending reminder and pending auto.",
        source: "default of Ticket::ViewableStateType; not measured",
        standing: Standing::A,
    },
};

/// The filter of the list of company tickets.
fn company_filter() -> Node {
    let unfiltered = rule(
        "otobo.company.unfiltered",
        "The list is not limited to one account, because the person reaches none or several that are valid.",
    );
    let one = rule(
        "otobo.company.one",
        "The person reaches exactly one valid account, and the list shows only its tickets, exactly as its key is written.",
    );
    let filter = |other: bool| {
        equal_or_not(|m| {
            any([
                unfiltered.says(not(Node::Is(Fact::One(reached(other, m))))),
                one.says(Node::Is(Fact::Only(Key::Account, reached(other, m), m.fold()))),
            ])
        })
    };
    rule(
        "otobo.company.filter",
        "The list is limited where the person reaches exactly one valid account.",
    )
    .says(with_other(filter(true), filter(false)))
}

fn lists() -> Vec<List> {
    let mine = rule(
        "otobo.mine.own",
        "My tickets are those whose owner is the person, exactly as her login is written.",
    );
    let absent = rule(
        "otobo.company.present",
        "The portal has no list of company tickets where access to them is switched off.",
    );
    vec![
        List {
            name: "MyTickets",
            present: Node::True,
            tickets: rule("otobo.mine", "My tickets shows the ticket.")
                .says(all([searchable(Permission::Ro), mine.says(settled(own_exactly()))])),
        },
        List {
            name: "CompanyTickets",
            present: absent.says(when(NO_COMPANY, Node::False, Node::True)),
            tickets: rule("otobo.company", "Company tickets shows the ticket.")
                .says(all([settled(company_filter()), searchable(Permission::Ro)])),
        },
    ]
}

fn reply() -> ReplyModel {
    let allowed = rule(
        "otobo.reply.rw",
        "Only tickets that can be opened for writing can be replied to.",
    );
    let state = rule(
        "otobo.reply.state",
        "Merged tickets take no reply, closed ones only where their queue says so.",
    );
    let living = rule("otobo.reply.living", "The ticket is neither closed nor merged.");
    let follow_up = rule(
        "otobo.reply.follow_up",
        "The ticket is closed, and its queue takes follow-ups.",
    );
    let offered = rule(
        "otobo.reply.states",
        "A reply may set valid states of the types open and closed.",
    );
    ReplyModel {
        allowed: rule("otobo.reply", "The ticket can be replied to.").says(all([
            allowed.says(openable(Permission::Rw)),
            state.says(any([
                living.says(not(is(Dimension::StateKind(&["closed", "merged"])))),
                follow_up.says(all([
                    is(Dimension::StateKind(&["closed"])),
                    is(Dimension::FollowUp("possible")),
                ])),
            ])),
        ])),
        state: settled(offered.says(all([
            is(Dimension::Valid),
            is(Dimension::StateKind(&["open", "closed"])),
        ]))),
        preset: "open",
    }
}

fn new_ticket() -> NewTicketModel {
    let queue = rule(
        "otobo.new.queue",
        "A new ticket can go to valid queues whose group the person has for writing.",
    );
    let types = rule("otobo.new.type", "All valid types are offered where types are used.");
    let priority = rule("otobo.new.priority", "All valid priorities are offered.");
    let service = assumed(
        "otobo.new.service",
        "Where services are used, the person's valid ones are offered, or the default ones where she has none.",
        "the desk's program; not measured",
    );
    let named = |set| Node::Is(Fact::In(Key::Service, set, Fold::Exact));
    NewTicketModel {
        allowed: Node::True,
        queue: settled(queue.says(all([is(Dimension::Valid), member(Permission::Rw)]))),
        ticket_type: settled(types.says(when(TYPES, is(Dimension::Valid), Node::False))),
        priority: settled(priority.says(is(Dimension::Valid))),
        service: settled(when(
            SERVICES,
            service.says(all([
                is(Dimension::Valid),
                any([
                    named(Set::Services),
                    all([not(some(Set::Services)), named(Set::ServicesOf("<DEFAULT>"))]),
                ]),
            ])),
            Node::False,
        )),
        state: "new",
        ..nothing("otobo").new_ticket
    }
}

fn concerns() -> Node {
    let of = |m| [Fold::Full, Fold::Simple].map(|fold| Node::Is(Fact::In(Key::Account, accounts(m), fold)));
    any([owner(Fold::Full), owner(Fold::Simple), any(of(Matching::Exact))])
}

/// The model of a desk of this family.
pub(super) fn model(family: &Family) -> AccessModel {
    let visible = rule(
        "otobo.activity.visible",
        "Articles that are marked as visible for the customer are shown.",
    );
    let login = rule(
        "otobo.login",
        "A valid person may log in; an invalid account does not hinder her.",
    );
    let in_set = |other| equal_or_not(move |m| Node::Is(Fact::In(Key::Account, reached(other, m), Fold::Exact)));
    AccessModel {
        desk: family.desk,
        settings: needed(family.desk),
        levers: Levers {
            settings: &[SUPPORT, ALWAYS, COMPANY_ALWAYS, NO_COMPANY, OTHER],
        },
        login: login.says(Node::Is(Fact::Flag(Flag::Valid))),
        lists: lists(),
        sorted_by: SortedBy::Queue,
        open_tab: family.open_tab.says(is(Dimension::StateKind(&[
            "new",
            "open",
            "pending reminder",
            "pending auto",
        ]))),
        searchable: ByPermission::build(searchable),
        openable: ByPermission::build(openable),
        member: ByPermission::build(|permission| settled(member(permission))),
        accessible: settled(with_other(in_set(true), in_set(false))),
        concerns: concerns(),
        reply: reply(),
        activity: visible.says(is(Dimension::VisibleForCustomer)),
        attributes: &["queue", "priority", "state"],
        new_ticket: new_ticket(),
        ..nothing(family.desk)
    }
}
