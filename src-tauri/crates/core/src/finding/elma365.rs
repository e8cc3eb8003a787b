//! What can be found in an ELMA365 workspace. Who is named as executor of a task is not read from the desk, so a locked
//! executor cannot be found.

use super::common::{ASSUMED, ASSUMED_SWAY, EXPIRED_ACCESS, SAME_EMAIL, SAME_LOGIN, WITHOUT_SPONSOR};
use super::kinds::{LICENCES_EXCEEDED, LOCKED_INVITATION, RIGHT_WITHOUT_EFFECT};
use super::{Check, Fix};
use crate::access::rule::Standing;

pub(super) static CHECKS: &[Check] = &[
    Check {
        name: "licences_exceeded",
        kind: &LICENCES_EXCEEDED,
        rule: "elma365.login.licence",
        standing: Some(Standing::D),
        text: "More people are active than the package of licences has, so nobody else can register.",
        fix: Fix::Settings,
    },
    EXPIRED_ACCESS,
    Check {
        name: "locked_invitation",
        kind: &LOCKED_INVITATION,
        rule: "elma365.login.active",
        standing: Some(Standing::D),
        text: "The person is locked, and an invitation would still be sent to her.",
        fix: Fix::Set("password", "unchanged"),
    },
    SAME_EMAIL,
    SAME_LOGIN,
    ASSUMED,
    ASSUMED_SWAY,
    Check {
        name: "right_on_gone_object",
        kind: &RIGHT_WITHOUT_EFFECT,
        rule: "elma365.object",
        standing: Some(Standing::D),
        text: "The person has a right on an object that is not there.",
        fix: Fix::Open("objects"),
    },
    Check {
        name: "right_group_gives",
        kind: &RIGHT_WITHOUT_EFFECT,
        rule: "elma365.object",
        standing: Some(Standing::D),
        text: "The person has a right of her own that a group of hers gives her anyway, on the same object.",
        fix: Fix::Open("objects"),
    },
    WITHOUT_SPONSOR,
];
