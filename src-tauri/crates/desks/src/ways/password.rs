//! What becomes of a password, in a desk that takes none from files: the file says that one is to be set, and never which.

use super::{Reason, Way, Ways};
use crate::plan::{Fields, PlanInput};

/// What an export makes of a password.
pub(super) enum Fate {
    /// Nothing is to be done.
    Untouched,
    /// It is set, or the person is invited.
    Goes(Way),
    /// Neither.
    Not(Reason),
}

/// What an export makes of a password that shall become `way`, for a person whose status in the desk is `status`
/// (`None` where she is new).
pub(super) fn fate(ways: &Ways, way: &str, status: Option<&str>, current: &Fields, input: &PlanInput) -> Fate {
    let text = |name: &str| current.get(name).map_or("", String::as_str);
    match way {
        "" | "unchanged" => Fate::Untouched,
        "invitation" if ways.access.invite.is_none() => Fate::Not(WAY),
        "invitation" if status == Some("valid") => Fate::Not(INVITED),
        "invitation" if text("email").trim().is_empty() => Fate::Not(NO_EMAIL),
        "invitation" if ways.access.invite_by_call => Fate::Goes(Way::Call),
        "invitation" => Fate::Goes(Way::Step),
        "typed" | "initial" if ways.access.invite.is_some() => Fate::Not(WAY),
        "typed" if text("password_kept") == "1" => Fate::Goes(Way::Step),
        "typed" => Fate::Not(GONE),
        "initial" if input.initial_passwords => Fate::Goes(Way::Step),
        "initial" => Fate::Not(INITIAL),
        _ => Fate::Not(WAY),
    }
}

const WAY: Reason = Reason {
    code: "not_exported.password_way",
    text: "the desk has no such way; set the password in the desk",
};
const INVITED: Reason = Reason {
    code: "not_exported.invited_already",
    text: "the desk has this person in force already; an invitation would change nothing",
};
const NO_EMAIL: Reason = Reason {
    code: "not_exported.invitation_email",
    text: "an invitation is a mail, and this person has no e-mail address; give one",
};
const GONE: Reason = Reason {
    code: "not_exported.password_gone",
    text: "no typed password is kept for this person; type it again",
};
const INITIAL: Reason = Reason {
    code: "not_exported.password_initial",
    text: "initial passwords are made only when the export is asked for them, into a file of their own",
};
