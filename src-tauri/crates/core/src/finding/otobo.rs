//! What can be found in a workspace of OTOBO or Znuny.

use super::common::{ASSUMED, ASSUMED_SWAY, EXPIRED_ACCESS, SAME_EMAIL, SAME_LOGIN, WITHOUT_SPONSOR};
use super::kinds::{
    ACCOUNT_CASE, ACCOUNT_MISSING, ACCOUNT_RIGHT_WITHOUT_EFFECT, EVERYBODY_QUEUE, NO_PASSWORD, RIGHT_WITHOUT_EFFECT,
    RIGHTS_OFF,
};
use super::{Check, Fix};
use crate::access::rule::Standing;

pub(super) static CHECKS: &[Check] = &[
    Check {
        name: "always_queue",
        kind: &EVERYBODY_QUEUE,
        rule: "otobo.group.always",
        standing: Some(Standing::M),
        text: "The queue's group is one of CustomerGroupAlwaysGroups: everybody may read, answer and create there.",
        fix: Fix::Settings,
    },
    Check {
        name: "company_always_queue",
        kind: &EVERYBODY_QUEUE,
        rule: "otobo.group.company_always",
        standing: Some(Standing::M),
        text: "The queue's group is one of CustomerGroupCompanyAlwaysGroups: everybody with an account has full rights there.",
        fix: Fix::Settings,
    },
    EXPIRED_ACCESS,
    Check {
        name: "account_missing",
        kind: &ACCOUNT_MISSING,
        rule: "otobo.company.unfiltered",
        standing: Some(Standing::M),
        text: "None of the person's accounts is recorded and valid, so her list of company tickets is not limited to one.",
        fix: Fix::Open("account"),
    },
    Check {
        rule: "",
        standing: Some(Standing::M),
        text: "Somebody else who can log in has the same e-mail address; the desk's own screens refuse the second.",
        ..SAME_EMAIL
    },
    Check {
        rule: "otobo.openable.own",
        standing: Some(Standing::M),
        text: "Another record or link has the same login but for case. Links of the one are not the other's on \
               PostgreSQL, yet both open the same tickets.",
        ..SAME_LOGIN
    },
    Check {
        name: "account_case",
        kind: &ACCOUNT_CASE,
        rule: "otobo.company.one",
        standing: Some(Standing::M),
        text: "Another account has the same key but for case; lists compare keys exactly on PostgreSQL.",
        fix: Fix::Open("key"),
    },
    Check {
        name: "account_case_in_tickets",
        kind: &ACCOUNT_CASE,
        rule: "otobo.company.one",
        standing: Some(Standing::M),
        text: "Tickets write the account's key in another case; lists compare keys exactly on PostgreSQL.",
        fix: Fix::Open("key"),
    },
    ASSUMED,
    ASSUMED_SWAY,
    Check {
        name: "rights_off",
        kind: &RIGHTS_OFF,
        rule: "otobo.group.all",
        standing: Some(Standing::M),
        text: "Group support is off: everybody is in every valid group, whatever rights are given.",
        fix: Fix::Settings,
    },
    Check {
        name: "right_on_invalid_group",
        kind: &RIGHT_WITHOUT_EFFECT,
        rule: "otobo.group.valid",
        standing: Some(Standing::M),
        text: "The person has rights on a group that is not valid.",
        fix: Fix::Open("groups"),
    },
    Check {
        name: "right_everybody_has",
        kind: &RIGHT_WITHOUT_EFFECT,
        rule: "otobo.group.always",
        standing: Some(Standing::M),
        text: "The person has rights on a group in which everybody has full rights anyway.",
        fix: Fix::Open("groups"),
    },
    Check {
        name: "account_right_on_invalid_group",
        kind: &ACCOUNT_RIGHT_WITHOUT_EFFECT,
        rule: "otobo.group.valid",
        standing: Some(Standing::M),
        text: "The account has rights on a group that is not valid.",
        fix: Fix::Open("groups"),
    },
    Check {
        name: "account_right_other_off",
        kind: &ACCOUNT_RIGHT_WITHOUT_EFFECT,
        rule: "otobo.openable.other",
        standing: Some(Standing::M),
        text: "The account has rights on tickets of other accounts, which are switched off for the whole desk.",
        fix: Fix::Open("groups"),
    },
    Check {
        name: "no_password",
        kind: &NO_PASSWORD,
        rule: "",
        standing: Some(Standing::M),
        text: "The person has no password, so she cannot log in before she asks for a new one.",
        fix: Fix::Set("password", "initial"),
    },
    WITHOUT_SPONSOR,
];
