//! ELMA365: external users see the portal's objects that are granted to them; a ticket is an item of an app.

use super::fact::{AnyOf, Flag, Key, Set};
use super::flip::lever::Levers;
use super::model::{AccessModel, List, NewTicketModel};
use super::rule::{Node, all, any, not, when};
use super::setting::{FREE, FULL, Value};
use super::sorted::SortedBy;
use super::terms::{Documented, assumed, flag, no_reply, nothing, within};
use crate::settings::LICENCES_TOTAL;
use crate::settings::elma365::{ACTIVE, LICENCES, PAGES};
use crate::settings::registry::needed;

const HELP: Documented = Documented("help pages \"External users\" and \"Access settings\"");

const VIEW: AnyOf = &["view", "create", "edit", "delete", "full"];
const CREATE: AnyOf = &["create", "edit", "delete", "full"];
const EDIT: AnyOf = &["edit", "delete", "full"];

/// A portal that is inactive shows no pages to anybody.
fn active() -> Node {
    HELP.rule("elma365.portal.active", "An inactive portal shows its pages to nobody.")
        .says(when(ACTIVE, Node::True, Node::False))
}

fn shown(node: Node) -> Node {
    all([active(), node])
}

fn granted(any_of: AnyOf) -> Node {
    within(Key::Object, Set::Objects { any_of })
}

/// The rule about what an app shows of its own accord.
fn not_everybody(node: Node) -> Node {
    assumed(
        "elma365.object.not_everybody",
        "\"All users have access\", the default of an app, does not reach external users.",
        "follows from \"All users\" being without external users; not said of apps",
    )
    .says(node)
}

fn object(any_of: AnyOf) -> Node {
    HELP.rule(
        "elma365.object",
        "The item is granted to the person, to a group of hers or to its author, or a right is handed down to it.",
    )
    .says(granted(any_of))
}

fn openable(any_of: AnyOf) -> Node {
    shown(not_everybody(object(any_of)))
}

/// The list of an app is reached through the app; an item alone by its link.
fn listed() -> Node {
    let in_app = HELP.rule(
        "elma365.app.item",
        "The item lies in an app to which the person has a right; without one it is opened by its direct link alone.",
    );
    shown(not_everybody(all([
        object(VIEW),
        in_app.says(within(Key::Object, Set::ObjectsInApps { any_of: VIEW })),
    ])))
}

/// A page of the portal; asked about what it is or lies on.
fn page() -> Node {
    const SOURCE: &str = "the help pages speak of rights on apps, folders and items, not on pages";
    let everybody = assumed(
        "elma365.page.everybody",
        "Everybody who enters the portal sees its pages.",
        SOURCE,
    );
    let grant = assumed(
        "elma365.page.granted",
        "A page is shown to those who have a right to it, of their own or handed down.",
        SOURCE,
    );
    shown(Node::Switch(
        PAGES,
        vec![
            (Value::choice("everybody"), everybody.says(Node::True)),
            (
                Value::choice("granted"),
                grant.says(within(Key::Page, Set::Objects { any_of: VIEW })),
            ),
        ],
    ))
}

/// What the portal shows of its objects, beside items.
fn objects() -> Vec<(&'static [&'static str], Node)> {
    let button = assumed(
        "elma365.button",
        "A button or widget is shown to those who have a right to it; the others do not see it.",
        "the help pages say that buttons and widgets have to be added to pages, not who sees them",
    );
    let app = HELP.rule(
        "elma365.app",
        "An app is shown to those who have a right to it, of their own, through a group or as its author, or handed down.",
    );
    vec![
        (&["page"], page()),
        (&["widget", "button"], all([page(), button.says(granted(VIEW))])),
        (&["app"], shown(not_everybody(app.says(granted(VIEW))))),
    ]
}

/// Items are made by buttons and widgets; which of them leads to which app is not known, so the right on the app tells.
fn new_item() -> NewTicketModel {
    let create = HELP.rule(
        "elma365.new.app",
        "Items are created in an app by those who have the right to create there or a higher one, by a button or widget of the portal's pages.",
    );
    NewTicketModel {
        allowed: active(),
        app: shown(not_everybody(create.says(granted(CREATE)))),
        ..nothing("elma365").new_ticket
    }
}

/// Who may enter, by status.
fn status() -> Node {
    let active = HELP.rule(
        "elma365.login.active",
        "A person whose status is Active may log in; one who is Locked may not.",
    );
    let invited = HELP.rule(
        "elma365.login.invited",
        "A person who is not registered enters for the first time by her invitation.",
    );
    let free = HELP.rule(
        "elma365.login.free",
        "When all licences of the package are occupied, new users cannot register.",
    );
    let left = Node::Switch(
        LICENCES_TOTAL,
        vec![(Value::choice(FREE), Node::True), (Value::choice(FULL), Node::False)],
    );
    HELP.rule(
        "elma365.login",
        "A person enters by her status: one who is Active, or one who is not registered yet, with her invitation.",
    )
    .says(all([
        free.says(any([not(flag(Flag::NotRegistered)), left])),
        any([active.says(flag(Flag::Valid)), invited.says(flag(Flag::NotRegistered))]),
    ]))
}

/// ELMA365's model.
pub(super) fn model() -> AccessModel {
    let licence = HELP.rule(
        "elma365.login.licence",
        "The package of licences must be enabled for external users to enter the portal at all.",
    );
    AccessModel {
        sorted_by: SortedBy::App,
        settings: needed("elma365"),
        levers: Levers {
            settings: &[ACTIVE, LICENCES],
        },
        portal: active(),
        login: shown(all([licence.says(when(LICENCES, Node::True, Node::False)), status()])),
        lists: vec![List {
            name: "Items",
            present: Node::True,
            tickets: listed(),
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
        reply: no_reply(assumed(
            "elma365.reply",
            "The portal takes no reply to an item: processes are started and items created by buttons and widgets.",
            "the help pages speak of buttons and widgets, not of replies",
        )),
        activity: assumed(
            "elma365.activity",
            "What is said on an item is shown to those who may view it.",
            "the help pages do not speak of it",
        )
        .says(Node::True),
        objects: objects(),
        new_ticket: new_item(),
        attributes: &["state", "object", "created"],
        ..nothing("elma365")
    }
}
