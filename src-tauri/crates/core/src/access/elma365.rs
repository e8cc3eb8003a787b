//! ELMA365: external users see the portal's objects that are granted to them; a ticket is an item of an app.

use super::fact::{AnyOf, Flag, Key, Set};
use super::flip::lever::Levers;
use super::model::{AccessModel, List};
use super::rule::{Node, all, any, when};
use super::terms::{Documented, assumed, flag, nothing, within};
use crate::settings::elma365::{ACTIVE, LICENCES};
use crate::settings::registry::needed;

const HELP: Documented = Documented("help pages \"External users\" and \"Access settings\"");

const VIEW: AnyOf = &["view", "create", "edit", "delete", "full"];
const EDIT: AnyOf = &["edit", "delete", "full"];

/// A portal that is inactive shows no pages to anybody.
fn shown(node: Node) -> Node {
    all([
        HELP.rule("elma365.portal.active", "An inactive portal shows its pages to nobody.")
            .says(when(ACTIVE, Node::True, Node::False)),
        node,
    ])
}

fn granted(any_of: AnyOf) -> Node {
    within(Key::Object, Set::Objects { any_of })
}

fn openable(any_of: AnyOf) -> Node {
    let object = HELP.rule(
        "elma365.object",
        "The item is granted to the person, to a group of hers or to its author, or a right is handed down to it.",
    );
    let everybody = assumed(
        "elma365.object.not_everybody",
        "\"All users have access\", the default of an app, does not reach external users.",
        "follows from \"All users\" being without external users; not said of apps",
    );
    shown(everybody.says(object.says(granted(any_of))))
}

/// ELMA365's model.
pub(super) fn model() -> AccessModel {
    let active = HELP.rule(
        "elma365.login.active",
        "A person whose status is Active may log in; one who is Locked may not.",
    );
    let invited = HELP.rule(
        "elma365.login.invited",
        "A person who is not registered enters for the first time by her invitation.",
    );
    let licence = HELP.rule(
        "elma365.login.licence",
        "The package of licences must be enabled for external users to enter the portal at all.",
    );
    let status = HELP.rule(
        "elma365.login",
        "A person enters by her status: one who is Active, or one who is not registered yet, with her invitation.",
    );
    AccessModel {
        settings: needed("elma365"),
        levers: Levers {
            settings: &[ACTIVE, LICENCES],
        },
        login: shown(all([
            licence.says(when(LICENCES, Node::True, Node::False)),
            status.says(any([
                active.says(flag(Flag::Valid)),
                invited.says(flag(Flag::NotRegistered)),
            ])),
        ])),
        lists: vec![List {
            name: "Items",
            present: Node::True,
            tickets: openable(VIEW),
        }],
        searchable: super::model::ByPermission {
            ro: openable(VIEW),
            rw: openable(EDIT),
        },
        openable: super::model::ByPermission {
            ro: openable(VIEW),
            rw: openable(EDIT),
        },
        concerns: granted(VIEW),
        activity: assumed(
            "elma365.activity",
            "What is said on an item is shown to those who may view it.",
            "the help pages do not speak of it",
        )
        .says(Node::True),
        attributes: &["state", "object", "created"],
        ..nothing("elma365")
    }
}
