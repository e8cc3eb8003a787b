//! What can be found in an Innosoft workspace.

use super::common::{ASSUMED, ASSUMED_SWAY, EXPIRED_ACCESS, SAME_EMAIL, SAME_LOGIN, WITHOUT_SPONSOR};
use super::kinds::{RIGHT_WITHOUT_EFFECT, WRITE_WITHOUT_READ};
use super::{Check, Fix};
use crate::access::rule::Standing;

pub(super) static CHECKS: &[Check] = &[
    EXPIRED_ACCESS,
    Check {
        name: "write_without_read",
        kind: &WRITE_WITHOUT_READ,
        rule: "innosoft.address.write",
        standing: Some(Standing::A),
        text: "The person may write an address that she may not read; that writing implies reading is assumed.",
        fix: Fix::Open("read_addresses"),
    },
    SAME_EMAIL,
    SAME_LOGIN,
    ASSUMED,
    ASSUMED_SWAY,
    Check {
        name: "address_without_basic_right",
        kind: &RIGHT_WITHOUT_EFFECT,
        rule: "innosoft.address.basic",
        standing: Some(Standing::D),
        text: "Addresses are granted to the person, but she has not the basic right \"Addresses\".",
        fix: Fix::Open("right_addresses"),
    },
    Check {
        name: "states_not_restricted",
        kind: &RIGHT_WITHOUT_EFFECT,
        rule: "innosoft.status.free",
        standing: Some(Standing::D),
        text: "Statuses are listed for the person, but without the restriction she may set every status.",
        fix: Fix::Open("restrict_states"),
    },
    WITHOUT_SPONSOR,
];
