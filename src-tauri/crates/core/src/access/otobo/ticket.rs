//! In which groups a person is, and which tickets she can find and open.

use super::terms::{
    account_groups, accounts, any_of, equal, equal_or_not, is, of_account, own_exactly, owner, rule, settled, some,
    with_other,
};
use crate::access::fact::{AccountRow, Dimension, Fact, Fold, Key, Set};
use crate::access::model::Permission;
use crate::access::rule::{Node, all, any, when};
use crate::settings::otobo::{ALWAYS, COMPANY_ALWAYS, NO_COMPANY, SUPPORT};

/// The group of the ticket's queue is one of the person's.
pub(super) fn member(permission: Permission) -> Node {
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

/// An account of the person has the group of the ticket's queue for tickets of other accounts.
fn other(permission: Permission) -> Node {
    let reached = equal(|m| Node::Is(Fact::In(Key::Group, account_groups(permission, true, m), Fold::Exact)));
    with_other(all([is(Dimension::GroupValid), reached]), Node::False)
}

pub(super) fn openable(permission: Permission) -> Node {
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

pub(super) fn searchable(permission: Permission) -> Node {
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
