//! Daktela: external users see the tickets of the contacts they are paired with, and nothing can be changed there.

use super::fact::{Dimension, Flag, Key, Set};
use super::model::{AccessModel, List};
use super::rule::{Node, all, any, not};
use super::setting::Value;
use super::sorted::SortedBy;
use super::terms::{Documented, assumed, flag, is, no_reply, nothing, read_only, within};
use crate::settings::daktela::INVOLVEMENT;
use crate::settings::registry::needed;

const MANUAL: Documented = Documented("manual v6.23 and v2025.1, \"External users\"");

fn own() -> Node {
    MANUAL
        .rule(
            "daktela.contact",
            "The ticket's contact is one that the person is paired with.",
        )
        .says(within(Key::Contact, Set::Contacts))
}

fn of_accounts() -> Node {
    let through = assumed(
        "daktela.account.through_contact",
        "The ticket belongs to an account through its contact, and a paired contact has the same account.",
        "the manual does not say how a ticket belongs to an account",
    );
    through.says(within(Key::ContactAccount, Set::AccountsOfContacts))
}

/// Tickets of the accounts of the paired contacts: by the flag, or where involvement reaches further.
fn account() -> Node {
    let flagged = MANUAL.rule(
        "daktela.account.flag",
        "The flag \"Account tickets\" shows all tickets of the accounts of the paired contacts.",
    );
    let involved = assumed(
        "daktela.account.involved",
        "Involvement reaches to the company: tickets of the accounts of the paired contacts are seen without the flag too.",
        "v2025.1: \"where their contact or company is involved\"; v6.23 knows the contact only",
    );
    let company = Node::Switch(
        INVOLVEMENT,
        vec![
            (Value::choice("contact"), Node::False),
            (Value::choice("contact_or_company"), involved.says(of_accounts())),
        ],
    );
    MANUAL
        .rule(
            "daktela.account",
            "The ticket is of an account of the person's contacts.",
        )
        .says(any([
            flagged.says(all([flag(Flag::AccountTickets), of_accounts()])),
            company,
        ]))
}

/// The list of such tickets is there by the same flag, or the same setting.
fn account_list() -> Node {
    let company = Node::Switch(
        INVOLVEMENT,
        vec![
            (Value::choice("contact"), Node::False),
            (Value::choice("contact_or_company"), Node::True),
        ],
    );
    MANUAL
        .rule(
            "daktela.account.present",
            "Tickets of accounts are listed with the flag \"Account tickets\", or where involvement reaches to the company.",
        )
        .says(any([flag(Flag::AccountTickets), company]))
}

fn openable() -> Node {
    MANUAL
        .rule("daktela.openable", "The ticket is one of the person's, for reading.")
        .says(any([own(), account()]))
}

fn comments() -> Node {
    all([
        MANUAL
            .rule(
                "daktela.comment.user",
                "The person may write and read external comments.",
            )
            .says(flag(Flag::ExternalComments)),
        MANUAL
            .rule(
                "daktela.comment.category",
                "The ticket's category allows external comments.",
            )
            .says(is(Dimension::ExternalComments)),
    ])
}

/// A condition that only comments have to meet.
fn of_comments(condition: Node) -> Node {
    any([not(is(Dimension::Channel(&["COMMENT"]))), condition])
}

/// What holds of comments stands first, each as a rule of its own, so that a comment that is not shown says which of
/// them is in the way. Everything else is shown, and what is neither a comment nor an e-mail without its text.
fn activity() -> Node {
    let marked = MANUAL.rule(
        "daktela.activity.comment.marked",
        "Internal comments are never shown, only those that are marked as external.",
    );
    let user = MANUAL.rule(
        "daktela.activity.comment.user",
        "External comments are shown to a person who may have external comments.",
    );
    let category = MANUAL.rule(
        "daktela.activity.comment.category",
        "External comments are shown where the ticket's category allows them.",
    );
    let email = MANUAL.rule("daktela.activity.email", "E-mails are shown in full.");
    let other = MANUAL.rule(
        "daktela.activity.simplified",
        "Calls, chats and other activities are shown in a simplified form.",
    );
    let external = MANUAL.rule(
        "daktela.activity.external_comment",
        "Comments are shown where they are marked as external, and person and category may have external comments.",
    );
    MANUAL
        .rule(
            "daktela.activity",
            "The activity is shown; internal comments never are.",
        )
        .says(all([
            marked.says(of_comments(is(Dimension::VisibleForCustomer))),
            user.says(of_comments(flag(Flag::ExternalComments))),
            category.says(of_comments(is(Dimension::ExternalComments))),
            any([
                external.says(is(Dimension::Channel(&["COMMENT"]))),
                email.says(is(Dimension::Channel(&["EMAIL"]))),
                other.says(Node::True),
            ]),
        ]))
}

fn colleague() -> Node {
    let common = MANUAL.rule(
        "daktela.colleague.contact",
        "External users with common contacts are seen, with their settings.",
    );
    let account = MANUAL.rule(
        "daktela.colleague.account",
        "The flag \"Account contacts\" shows external users of the same account, with their settings.",
    );
    MANUAL
        .rule("daktela.colleague", "The other external user is seen.")
        .says(any([
            common.says(within(Key::Colleague, Set::SameContacts)),
            account.says(all([
                flag(Flag::AccountContacts),
                within(Key::Colleague, Set::SameAccounts),
            ])),
        ]))
}

/// Daktela's model.
pub(super) fn model() -> AccessModel {
    let login = assumed(
        "daktela.login",
        "A valid external user may log in to the external portal; no licence is used.",
        "the manual knows no status of external users",
    );
    AccessModel {
        sorted_by: SortedBy::Category,
        settings: needed("daktela"),
        login: login.says(flag(Flag::Valid)),
        lists: vec![
            List {
                name: "MyTickets",
                present: Node::True,
                tickets: own(),
            },
            List {
                name: "AccountTickets",
                present: account_list(),
                tickets: account(),
            },
        ],
        searchable: read_only(openable()),
        openable: read_only(openable()),
        concerns: any([
            within(Key::Contact, Set::Contacts),
            within(Key::ContactAccount, Set::AccountsOfContacts),
        ]),
        reply: no_reply(MANUAL.rule(
            "daktela.reply",
            "Tickets are read-only for external users: there is no reply, only external comments.",
        )),
        comment: MANUAL
            .rule("daktela.comment", "An external comment can be written.")
            .says(all([openable(), comments()])),
        activity: activity(),
        simplified: not(is(Dimension::Channel(&["EMAIL", "COMMENT"]))),
        colleague: colleague(),
        attributes: &["queue", "state", "priority", "contact", "created", "changed"],
        ..nothing("daktela")
    }
}
