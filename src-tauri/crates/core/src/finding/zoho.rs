//! What can be found in a Zoho Desk workspace.

use super::common::{ASSUMED, ASSUMED_SWAY, EXPIRED_ACCESS, SAME_EMAIL, SAME_LOGIN, WITHOUT_SPONSOR};
use super::kinds::{FLAG_WITHOUT_ACCOUNT, LOCKED_INVITATION, NO_EFFECT_FOR_ALL};
use super::{Check, Fix};
use crate::access::rule::Standing;

pub(super) static CHECKS: &[Check] = &[
    EXPIRED_ACCESS,
    Check {
        name: "seen_account_of_others",
        kind: &FLAG_WITHOUT_ACCOUNT,
        rule: "zoho.account.switch",
        standing: Some(Standing::D),
        text: "The switch to see all tickets is on for an account that is not hers.",
        fix: Fix::Open("seen_accounts"),
    },
    Check {
        name: "locked_invitation",
        kind: &LOCKED_INVITATION,
        rule: "zoho.login",
        standing: Some(Standing::D),
        text: "The person is inactive, and an invitation would still be sent to her.",
        fix: Fix::Set("password", "unchanged"),
    },
    SAME_EMAIL,
    SAME_LOGIN,
    ASSUMED,
    ASSUMED_SWAY,
    Check {
        name: "switches_everywhere",
        kind: &NO_EFFECT_FOR_ALL,
        rule: "zoho.account.everywhere",
        standing: Some(Standing::D),
        text: "The portal shows everybody all requests of her accounts, so the switches of contacts and accounts change nothing.",
        fix: Fix::Settings,
    },
    WITHOUT_SPONSOR,
];
