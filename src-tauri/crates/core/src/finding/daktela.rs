//! What can be found in a Daktela workspace.

use super::common::{ASSUMED, ASSUMED_SWAY, EXPIRED_ACCESS, SAME_EMAIL, SAME_LOGIN, WITHOUT_SPONSOR};
use super::kinds::{FLAG_WITHOUT_ACCOUNT, NO_CONTACT, RIGHT_WITHOUT_EFFECT};
use super::{Check, Fix};
use crate::access::rule::Standing;

pub(super) static CHECKS: &[Check] = &[
    EXPIRED_ACCESS,
    Check {
        name: "no_contact",
        kind: &NO_CONTACT,
        rule: "daktela.contact",
        standing: Some(Standing::D),
        text: "The person is paired with no contact, so she sees no ticket.",
        fix: Fix::Open("contacts"),
    },
    Check {
        name: "account_tickets_without_account",
        kind: &FLAG_WITHOUT_ACCOUNT,
        rule: "daktela.account.flag",
        standing: Some(Standing::D),
        text: "The flag \"Account tickets\" is on, but none of her contacts has an account.",
        fix: Fix::Set("account_tickets", "false"),
    },
    Check {
        name: "account_contacts_without_account",
        kind: &FLAG_WITHOUT_ACCOUNT,
        rule: "daktela.colleague.account",
        standing: Some(Standing::D),
        text: "The flag \"Account contacts\" is on, but none of her contacts has an account.",
        fix: Fix::Set("account_contacts", "false"),
    },
    SAME_EMAIL,
    SAME_LOGIN,
    ASSUMED,
    ASSUMED_SWAY,
    Check {
        name: "comments_nowhere",
        kind: &RIGHT_WITHOUT_EFFECT,
        rule: "daktela.comment.category",
        standing: Some(Standing::D),
        text: "The person may write external comments, but no category allows them.",
        fix: Fix::Set("external_comments", "false"),
    },
    WITHOUT_SPONSOR,
];
