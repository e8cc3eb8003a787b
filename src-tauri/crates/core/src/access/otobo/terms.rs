//! The words that the rules of this family are made of: settings, comparisons, guards.

use crate::access::fact::{AnyOf, Dimension, Fact, Fold, Key, Matching, Set};
use crate::access::model::Permission;
use crate::access::rule::{Node, Rule, Standing, all, any, when};
use crate::access::setting::Value;
pub(super) use crate::access::terms::{assumed, nothing};
use crate::settings::otobo::{DATABASE, OTHER, SETTLED, SUPPORT};

pub(super) const MEASURED: &str = "measured on OTOBO 11.0.6 with PostgreSQL 15";
pub(super) const NO_DATABASE: &str = "how MySQL and MariaDB compare text by default; not measured";

pub(super) const fn rule(id: &'static str, text: &'static str) -> Rule {
    Rule {
        id,
        text,
        source: MEASURED,
        standing: Standing::M,
    }
}

pub(super) const ANY_CASE: Rule = assumed(
    "otobo.database.any_case",
    "On MySQL and MariaDB names compare without regard to case.",
    NO_DATABASE,
);

pub(super) fn any_of(permission: Permission) -> AnyOf {
    match permission {
        Permission::Ro => &["ro", "rw"],
        Permission::Rw => &["rw"],
    }
}

pub(super) fn is(dimension: Dimension) -> Node {
    Node::Is(Fact::Dimension(dimension))
}

pub(super) fn on_database(postgresql: Node, mysql: Node) -> Node {
    Node::Switch(
        DATABASE,
        vec![
            (Value::choice("postgresql"), postgresql),
            (Value::choice("mysql"), mysql),
        ],
    )
}

/// A comparison that the database makes, and that only becomes wider where case is ignored.
pub(super) fn equal(node: impl Fn(Matching) -> Node) -> Node {
    let exact = node(Matching::Exact);
    on_database(exact.clone(), any([exact, ANY_CASE.says(node(Matching::AnyCase))]))
}

/// A comparison that the database makes, and that may come out either way where case is ignored.
pub(super) fn equal_or_not(node: impl Fn(Matching) -> Node) -> Node {
    let exact = node(Matching::Exact);
    let wide = ANY_CASE.says(node(Matching::AnyCase));
    on_database(exact.clone(), any([all([exact, wide.clone()]), wide]))
}

/// Unknown where something that is not modelled may have a say.
pub(super) fn settled(node: Node) -> Node {
    let open = "parts of the desk that are not modelled may decide here (archive, access control lists, further \
                permission modules, other customer back ends), or nobody has confirmed that they do not";
    when(SETTLED, node, Node::Unknown(open))
}

pub(super) fn accounts(matching: Matching) -> Set {
    Set::Accounts { matching }
}

pub(super) fn account_groups(permission: Permission, other: bool, matching: Matching) -> Set {
    Set::AccountGroups {
        any_of: any_of(permission),
        other,
        matching,
    }
}

pub(super) fn some(set: Set) -> Node {
    Node::Is(Fact::Some(set))
}

/// Group support is on, and so is the context for other accounts.
pub(super) fn with_other(on: Node, off: Node) -> Node {
    when(SUPPORT, when(OTHER, on, off.clone()), off)
}

pub(super) fn owner(fold: Fold) -> Node {
    Node::Is(Fact::In(Key::Owner, Set::Login, fold))
}

pub(super) fn of_account(fold: Fold) -> Node {
    equal(|m| Node::Is(Fact::In(Key::Account, accounts(m), fold)))
}

pub(super) fn own_exactly() -> Node {
    equal(|m| owner(m.fold()))
}

pub(super) fn reached(other: bool, matching: Matching) -> Set {
    Set::Accessible {
        any_of: any_of(Permission::Ro),
        other,
        matching,
    }
}
