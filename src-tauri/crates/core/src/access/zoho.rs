//! Zoho Desk: a customer sees her own tickets and, with a switch per account, those of her accounts.

use super::fact::{Dimension, Flag, Key, Set};
use super::flip::lever::Levers;
use super::model::{AccessModel, List, NewTicketModel, ReplyModel};
use super::rule::{Node, all, any, not, when};
use super::setting::Value;
use super::sorted::SortedBy;
use super::terms::{Documented, assumed, both, flag, is, nothing, within};
use crate::settings::registry::needed;
use crate::settings::zoho::{
    ACCESS, ACCOUNT_TICKETS, CUSTOMER_LOGIN, CUSTOMER_OPEN, CUSTOMER_REGISTERED, FORUMS, LOGIN_TO_SUBMIT, SWITCHES,
    TAB, VISITOR_LOGIN, VISITOR_OPEN, VISITOR_REGISTERED, WIDGET,
};

const HELP: Documented = Documented("help page \"Customer Portal Access\"");

fn own() -> Node {
    HELP.rule("zoho.own", "The ticket belongs to the person's own contact.")
        .says(within(Key::Contact, Set::Own))
}

fn account() -> Node {
    let switched = HELP.rule(
        "zoho.account.switch",
        "The person may see all tickets of the account: the switch of contact and account is on.",
    );
    let everywhere = HELP.rule(
        "zoho.account.everywhere",
        "The portal lets contacts see all requests of their accounts.",
    );
    HELP.rule(
        "zoho.account",
        "The ticket is of an account whose tickets the person sees.",
    )
    .says(any([
        switched.says(within(Key::Account, Set::SeenAccounts)),
        when(
            ACCOUNT_TICKETS,
            everywhere.says(within(Key::Account, Set::OwnAccounts)),
            Node::False,
        ),
        unread(within(Key::Account, Set::OwnAccounts)),
    ]))
}

/// Where an import did not hold all switches, what hangs on one that may be on cannot be told.
fn unread(hangs: Node) -> Node {
    let unknown = Node::Unknown("whether the switch of contact and account is on was not imported");
    Node::Switch(
        SWITCHES,
        vec![
            (Value::choice("complete"), Node::False),
            (Value::choice("partial"), all([hangs, unknown])),
        ],
    )
}

fn openable() -> Node {
    HELP.rule("zoho.openable", "The ticket can be tracked and replied to.")
        .says(any([own(), account()]))
}

/// Open to everybody, or to those who have logged in.
fn open_or_signed_in(id: &'static str, text: &'static str, open: Node) -> Node {
    let signed_in = not(flag(Flag::Visitor));
    HELP.rule(id, text).says(any([
        signed_in,
        Node::Switch(
            ACCESS,
            vec![(Value::choice("all"), open), (Value::choice("registered"), Node::False)],
        ),
    ]))
}

/// What a cell of the table of scenarios says of the widget and the tab. Who submits does so by one of them.
fn cell(setting: &'static str) -> Node {
    let found = |word, shown| (Value::choice(word), shown);
    Node::Switch(
        setting,
        vec![
            found("configured", Node::True),
            found("configured_login", Node::True),
            found("submits", Node::True),
            found("login_page", Node::False),
            found("nothing", Node::False),
        ],
    )
}

/// Three cells of a column, by what is set for access and login.
fn column(open: &'static str, login: &'static str, registered: &'static str) -> Node {
    Node::Switch(
        ACCESS,
        vec![
            (Value::choice("all"), when(LOGIN_TO_SUBMIT, cell(login), cell(open))),
            (Value::choice("registered"), cell(registered)),
        ],
    )
}

/// The table of scenarios shows a thing of the home page, where it is configured.
fn shown(configured: &'static str, id: &'static str, text: &'static str) -> Node {
    let table = assumed(
        "zoho.home.scenario",
        "The table of scenarios has the widget and the tab for this person.",
        "the vendor's table of scenarios is not available; reconstructed",
    );
    let visitor = all([
        flag(Flag::Visitor),
        column(VISITOR_OPEN, VISITOR_LOGIN, VISITOR_REGISTERED),
    ]);
    let customer = all([
        not(flag(Flag::Visitor)),
        column(CUSTOMER_OPEN, CUSTOMER_LOGIN, CUSTOMER_REGISTERED),
    ]);
    all([
        HELP.rule(id, text).says(when(configured, Node::True, Node::False)),
        table.says(any([visitor, customer])),
    ])
}

/// Only registered customers enter: forums are behind the login page, as all else is.
fn forums() -> Node {
    let shown = HELP.rule(
        "zoho.home.forums",
        "Forums appear where the add-on is active and shown.",
    );
    let entered = open_or_signed_in(
        "zoho.home.forums.login",
        "Forums are before the login page where the portal is open, behind it where only registered customers enter.",
        Node::True,
    );
    all([shown.says(when(FORUMS, Node::True, Node::False)), entered])
}

fn home() -> Vec<(&'static str, Node)> {
    vec![
        (
            "AddRequestWidget",
            shown(
                WIDGET,
                "zoho.home.widget",
                "The widget \"Add request\" is shown where it is configured.",
            ),
        ),
        (
            "SubmitRequestTab",
            shown(
                TAB,
                "zoho.home.tab",
                "The tab \"Submit a request\" is shown where it is configured.",
            ),
        ),
        (
            "KnowledgeBase",
            open_or_signed_in(
                "zoho.home.knowledge",
                "The knowledge base can be searched without logging in where the portal is open, after logging in otherwise.",
                Node::True,
            ),
        ),
        ("Forums", forums()),
    ]
}

fn new_ticket() -> NewTicketModel {
    NewTicketModel {
        allowed: open_or_signed_in(
            "zoho.new",
            "Everybody may submit where the portal is open and no login is demanded for it; otherwise those who have logged in.",
            when(LOGIN_TO_SUBMIT, Node::False, Node::True),
        ),
        queue: HELP
            .rule(
                "zoho.new.department",
                "A public department is open to all users of the portal; it cannot be restricted to some.",
            )
            .says(is(Dimension::Valid)),
        priority: Node::False,
        ..nothing("zoho").new_ticket
    }
}

/// Zoho Desk's model.
pub(super) fn model() -> AccessModel {
    let login = HELP.rule(
        "zoho.login",
        "A person who is an active end user of the portal may log in.",
    );
    let reply = HELP.rule("zoho.reply", "All tickets that are tracked can be replied to.");
    AccessModel {
        sorted_by: SortedBy::Department,
        settings: needed("zoho"),
        levers: Levers {
            settings: &[ACCOUNT_TICKETS],
        },
        login: login.says(flag(Flag::Valid)),
        lists: vec![
            List {
                name: "MyTickets",
                present: Node::True,
                tickets: own(),
            },
            List {
                name: "AccountTickets",
                present: any([
                    super::terms::some(Set::SeenAccounts),
                    when(ACCOUNT_TICKETS, super::terms::some(Set::OwnAccounts), Node::False),
                    unread(super::terms::some(Set::OwnAccounts)),
                ]),
                tickets: account(),
            },
        ],
        searchable: both(openable()),
        openable: both(openable()),
        concerns: any([within(Key::Contact, Set::Own), within(Key::Account, Set::OwnAccounts)]),
        reply: ReplyModel {
            allowed: reply.says(openable()),
            state: Node::False,
            preset: "",
        },
        activity: assumed(
            "zoho.activity",
            "Conversations that are marked as public are shown.",
            "the help page does not say which parts of a conversation are shown",
        )
        .says(is(Dimension::VisibleForCustomer)),
        home: home(),
        attributes: &["queue", "state", "priority", "created"],
        new_ticket: new_ticket(),
        ..nothing("zoho")
    }
}
