//! OTOBO and Znuny: queues belong to groups, people and accounts have permissions on groups.
//!
//! Searching and opening follow different rules, so a ticket can be listed and not openable, or openable and
//! in no list.

use super::fact::{AccountRow, AnyOf, Dimension, Fact, Flag, Fold, Key, Matching, Set};
use super::model::{AccessModel, ByPermission, List, NewTicketModel, Permission, ReplyModel};
use super::rule::{Node, Rule, Standing, all, any, not, when};
use super::setting::{NeededSetting, SettingKind, Value};

const SUPPORT: &str = "CustomerGroupSupport";
const ALWAYS: &str = "CustomerGroupAlwaysGroups";
const COMPANY_ALWAYS: &str = "CustomerGroupCompanyAlwaysGroups";
const NO_COMPANY: &str = "Ticket::Frontend::CustomerDisableCompanyTicketAccess";
const OTHER: &str = "CustomerGroupPermissionContext###100-CustomerID-other";
const TYPES: &str = "Ticket::Type";
const SERVICES: &str = "Ticket::Service";
const DATABASE: &str = "database";
const SETTLED: &str = "Portico::NothingElseDecides";

const MEASURED: &str = "measured on OTOBO 11.0.6 with PostgreSQL 15";
const NO_DATABASE: &str = "how MySQL and MariaDB compare text by default; not measured";

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

const fn rule(id: &'static str, text: &'static str) -> Rule {
    Rule {
        id,
        text,
        source: MEASURED,
        standing: Standing::M,
    }
}

const fn assumed(id: &'static str, text: &'static str, source: &'static str) -> Rule {
    Rule {
        id,
        text,
        source,
        standing: Standing::A,
    }
}

const ANY_CASE: Rule = assumed(
    "otobo.database.any_case",
    "On MySQL and MariaDB names compare without regard to case.",
    NO_DATABASE,
);

fn any_of(permission: Permission) -> AnyOf {
    match permission {
        Permission::Ro => &["ro", "rw"],
        Permission::Rw => &["rw"],
    }
}

fn is(dimension: Dimension) -> Node {
    Node::Is(Fact::Dimension(dimension))
}

fn on_database(postgresql: Node, mysql: Node) -> Node {
    Node::Switch(
        DATABASE,
        vec![
            (Value::choice("postgresql"), postgresql),
            (Value::choice("mysql"), mysql),
        ],
    )
}

/// A comparison that the database makes, and that only becomes wider where case is ignored.
fn equal(node: impl Fn(Matching) -> Node) -> Node {
    let exact = node(Matching::Exact);
    on_database(exact.clone(), any([exact, ANY_CASE.says(node(Matching::AnyCase))]))
}

/// A comparison that the database makes, and that may come out either way where case is ignored.
fn equal_or_not(node: impl Fn(Matching) -> Node) -> Node {
    let exact = node(Matching::Exact);
    let wide = ANY_CASE.says(node(Matching::AnyCase));
    on_database(exact.clone(), any([all([exact, wide.clone()]), wide]))
}

/// Unknown where something that is not modelled may have a say.
fn settled(node: Node) -> Node {
    let open = "parts of the desk that are not modelled may decide here (archive, access control lists, further \
                permission modules, other customer back ends), or nobody has confirmed that they do not";
    when(SETTLED, node, Node::Unknown(open))
}

fn accounts(matching: Matching) -> Set {
    Set::Accounts { matching }
}

fn account_groups(permission: Permission, other: bool, matching: Matching) -> Set {
    Set::AccountGroups {
        any_of: any_of(permission),
        other,
        matching,
    }
}

/// The group of the ticket's queue is one of the person's.
fn member(permission: Permission) -> Node {
    let support_off = rule(
        "otobo.group.all",
        "Group support is off: everybody is in every valid group.",
    );
    let always = rule(
        "otobo.group.always",
        "The group is one of CustomerGroupAlwaysGroups, where everybody has full rights.",
    );
    let linked = rule("otobo.group.linked", "The group is linked to the person.");
    let account = rule(
        "otobo.group.account",
        "The group is linked to an account of the person, for its own tickets.",
    );
    let company = rule(
        "otobo.group.company_always",
        "The group is one of CustomerGroupCompanyAlwaysGroups, where everybody who has an account has full rights.",
    );
    let valid = rule("otobo.group.valid", "Only valid groups count.");
    let groups = |matching| Set::Groups {
        any_of: any_of(permission),
        matching,
    };
    let of_group = |set| Node::Is(Fact::In(Key::Group, set, Fold::Exact));
    rule("otobo.group", "The person is in the group of the ticket's queue.").says(all([
        valid.says(is(Dimension::GroupValid)),
        when(
            SUPPORT,
            any([
                always.says(of_group(Set::ListedGroups(ALWAYS))),
                linked.says(equal(|m| of_group(groups(m)))),
                account.says(equal(|m| of_group(account_groups(permission, false, m)))),
                company.says(all([
                    of_group(Set::ListedGroups(COMPANY_ALWAYS)),
                    equal(|m| some(accounts(m))),
                ])),
            ]),
            support_off.says(Node::True),
        ),
    ]))
}

fn some(set: Set) -> Node {
    Node::Is(Fact::Some(set))
}

/// The person is in any group at all; without one, a search finds nothing.
fn in_any_group(permission: Permission) -> Node {
    let groups = |matching| Set::Groups {
        any_of: any_of(permission),
        matching,
    };
    rule(
        "otobo.searchable.any_group",
        "A person without any group finds nothing.",
    )
    .says(when(
        SUPPORT,
        any([
            some(Set::ListedGroups(ALWAYS)),
            equal(|m| some(groups(m))),
            equal(|m| some(account_groups(permission, false, m))),
            all([some(Set::ListedGroups(COMPANY_ALWAYS)), equal(|m| some(accounts(m)))]),
        ]),
        some(Set::ValidGroups),
    ))
}

/// Group support is on, and so is the context for other accounts.
fn with_other(on: Node, off: Node) -> Node {
    when(SUPPORT, when(OTHER, on, off.clone()), off)
}

/// An account of the person has the group of the ticket's queue for tickets of other accounts.
fn other(permission: Permission) -> Node {
    let reached = equal(|m| Node::Is(Fact::In(Key::Group, account_groups(permission, true, m), Fold::Exact)));
    with_other(all([is(Dimension::GroupValid), reached]), Node::False)
}

fn owner(fold: Fold) -> Node {
    Node::Is(Fact::In(Key::Owner, Set::Login, fold))
}

fn of_account(fold: Fold) -> Node {
    equal(|m| Node::Is(Fact::In(Key::Account, accounts(m), fold)))
}

fn own_exactly() -> Node {
    equal(|m| owner(m.fold()))
}

fn openable(permission: Permission) -> Node {
    let own = rule(
        "otobo.openable.own",
        "The ticket belongs to the person; case is ignored.",
    );
    let off = rule(
        "otobo.openable.company_off",
        "Access to tickets of one's company can be switched off.",
    );
    let none = rule(
        "otobo.openable.no_account",
        "A ticket without an account is only its owner's.",
    );
    let account = rule(
        "otobo.openable.account",
        "The ticket's account is one of the person's; case is ignored.",
    );
    let others = rule(
        "otobo.openable.other",
        "An account of the person has the group for tickets of other accounts, whichever the ticket's account is.",
    );
    let relation = rule(
        "otobo.openable.relation",
        "The ticket is the person's own, or her account gives access to it.",
    );
    settled(
        rule("otobo.openable", "The ticket can be opened.").says(all([
            rule(
                "otobo.openable.group",
                "A ticket in a group the person is not in cannot be opened.",
            )
            .says(member(permission)),
            relation.says(any([
                own.says(owner(Fold::Full)),
                rule(
                    "otobo.openable.company",
                    "The ticket is open to the person through an account.",
                )
                .says(all([
                    off.says(when(NO_COMPANY, Node::False, Node::True)),
                    none.says(is(Dimension::Has(Key::Account))),
                    any([account.says(of_account(Fold::Full)), others.says(other(permission))]),
                ])),
            ])),
        ])),
    )
}

fn searchable(permission: Permission) -> Node {
    let own = rule(
        "otobo.searchable.own",
        "The ticket belongs to the person, exactly as her login is written.",
    );
    let account = rule(
        "otobo.searchable.account",
        "The ticket's account is one of the person's; case is ignored.",
    );
    let relation = rule(
        "otobo.searchable.relation",
        "The ticket is the person's own or of one of her accounts.",
    );
    let near = rule(
        "otobo.searchable.near",
        "Own tickets and those of one's accounts are found in one's groups.",
    );
    let others = rule(
        "otobo.searchable.other",
        "Tickets of other accounts are found where an account of the person has the group for others and the ticket's \
         account has it for its own tickets.",
    );
    let has_row = |m| {
        let row = AccountRow {
            any_of: any_of(permission),
            except: Some(accounts(m)),
        };
        Node::Is(Fact::AccountRow(row))
    };
    settled(
        rule("otobo.searchable", "The ticket is found.").says(all([
            in_any_group(permission),
            any([
                near.says(all([
                    rule(
                        "otobo.searchable.group",
                        "A ticket in a group the person is not in is not found as her own or her account's.",
                    )
                    .says(member(permission)),
                    relation.says(any([own.says(own_exactly()), account.says(of_account(Fold::Simple))])),
                ])),
                others.says(all([other(permission), equal_or_not(has_row)])),
            ]),
        ])),
    )
}

fn reached(other: bool, matching: Matching) -> Set {
    Set::Accessible {
        any_of: any_of(Permission::Ro),
        other,
        matching,
    }
}

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
    }
}

fn settings() -> Vec<NeededSetting> {
    let switch = |name, default, text| NeededSetting {
        name,
        kind: SettingKind::Switch,
        default: Some(default),
        text,
    };
    let groups = |name, text| NeededSetting {
        name,
        kind: SettingKind::Groups,
        default: Some(r#"["users"]"#),
        text,
    };
    vec![
        switch(
            SUPPORT,
            "false",
            "Whether people and accounts need permissions on groups; off gives everybody every valid group.",
        ),
        groups(ALWAYS, "Groups in which everybody has full rights."),
        groups(
            COMPANY_ALWAYS,
            "Groups in which everybody who has an account has full rights.",
        ),
        switch(
            NO_COMPANY,
            "false",
            "Whether the list of company tickets and access through accounts are switched off.",
        ),
        switch(
            OTHER,
            "false",
            "Whether an account can have permissions on tickets of other accounts.",
        ),
        switch(TYPES, "false", "Whether tickets have types."),
        switch(SERVICES, "false", "Whether tickets have services."),
        NeededSetting {
            name: DATABASE,
            kind: SettingKind::Choice(&["postgresql", "mysql"]),
            default: None,
            text: "The kind of database; MySQL and MariaDB compare names without regard to case.",
        },
        NeededSetting {
            name: SETTLED,
            kind: SettingKind::Switch,
            default: None,
            text: "Whether it is certain that nothing else decides: no archive, no access control lists, no further permission \
                   modules, no other customer back ends.",
        },
    ]
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
        settings: settings(),
        login: login.says(Node::Is(Fact::Flag(Flag::Valid))),
        lists: lists(),
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
    }
}
