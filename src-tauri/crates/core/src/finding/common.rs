//! What can be found in a workspace of any desk, because it is about Portico's own fields or about people as such.

use super::kinds::{ASSUMED_RULE, ASSUMED_SETTING, EXPIRED, LOGIN_CASE, NO_SPONSOR, SAME_PERSON};
use super::{Check, Fix};
use crate::access::rule::Standing;

pub(super) const EXPIRED_ACCESS: Check = Check {
    name: "expired",
    kind: &EXPIRED,
    rule: "",
    standing: None,
    text: "The last day of access is over, and the person can still log in.",
    fix: Fix::Offboard,
};

pub(super) const SAME_EMAIL: Check = Check {
    name: "same_email",
    kind: &SAME_PERSON,
    rule: "",
    standing: None,
    text: "Somebody else who can log in has the same e-mail address: probably the same person twice.",
    fix: Fix::Open("email"),
};

pub(super) const SAME_LOGIN: Check = Check {
    name: "login_case",
    kind: &LOGIN_CASE,
    rule: "",
    standing: None,
    text: "Another record has the same login but for upper and lower case.",
    fix: Fix::Open("login"),
};

pub(super) const WITHOUT_SPONSOR: Check = Check {
    name: "no_sponsor",
    kind: &NO_SPONSOR,
    rule: "",
    standing: None,
    text: "Others have somebody inside who answers for them; this person has nobody.",
    fix: Fix::Open("sponsor"),
};

pub(super) const ASSUMED: Check = Check {
    name: "assumed_setting",
    kind: &ASSUMED_SETTING,
    rule: "",
    standing: Some(Standing::A),
    text: "Nobody has confirmed this setting; its assumed value decides who sees what.",
    fix: Fix::Settings,
};

/// Derived from all rules of the access model; which one it is, each finding says.
pub(super) const ASSUMED_SWAY: Check = Check {
    name: "assumed_rule",
    kind: &ASSUMED_RULE,
    rule: "",
    standing: Some(Standing::A),
    text: "The desk's documentation does not state this rule, and it decides for many people.",
    fix: Fix::Settings,
};
