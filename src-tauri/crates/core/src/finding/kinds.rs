//! The kinds of finding, what matters most first.

use super::{About, Kind, Severity};

const fn kind(id: &'static str, severity: Severity, about: About, text: &'static str) -> Kind {
    Kind {
        id,
        severity,
        about,
        text,
    }
}

macro_rules! kinds {
    ($($name:ident = $id:literal, $severity:ident, $about:ident, $text:literal;)*) => {
        $(pub(super) static $name: Kind = kind($id, Severity::$severity, About::$about, $text);)*

        /// All of them, in the order in which they are shown.
        pub static ALL: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    EVERYBODY_QUEUE = "everybody_queue", Serious, Queue, "Queues in which everybody has full rights";
    LICENCES_EXCEEDED = "licences_exceeded", Serious, Setting, "More active people than licences";
    EXPIRED = "expired", Serious, Person, "People whose last day of access is over";
    NO_CONTACT = "no_contact", Warning, Person, "People with no contact";
    ACCOUNT_MISSING = "account_missing", Warning, Person, "People whose account has no valid record";
    FLAG_WITHOUT_ACCOUNT = "flag_without_account", Warning, Person, "Access to account tickets without an account";
    WRITE_WITHOUT_READ = "write_without_read", Warning, Person, "Addresses to write and not to read";
    LOCKED_INVITATION = "locked_invitation", Warning, Person, "Locked people with an open invitation";
    SAME_PERSON = "same_person", Warning, Person, "E-mail addresses used twice";
    LOGIN_CASE = "login_case", Warning, Person, "Logins that differ only in case";
    ACCOUNT_CASE = "account_case", Warning, Account, "Account keys that differ only in case";
    ASSUMED_SETTING = "assumed_setting", Warning, Setting, "Assumed settings that decide for many";
    ASSUMED_RULE = "assumed_rule", Warning, Rule, "Assumed rules that decide for many";
    RIGHTS_OFF = "rights_off", Warning, Setting, "Rights on groups that are switched off";
    NO_EFFECT_FOR_ALL = "no_effect_for_all", Note, Setting, "Rights that a setting makes of no effect";
    RIGHT_WITHOUT_EFFECT = "right_without_effect", Note, Person, "Rights without effect";
    ACCOUNT_RIGHT_WITHOUT_EFFECT = "account_right_without_effect", Note, Account, "Rights of accounts without effect";
    NO_PASSWORD = "no_password", Note, Person, "People without a password";
    NO_SPONSOR = "no_sponsor", Note, Person, "People with no sponsor";
}

/// The kind with this id.
pub fn named(id: &str) -> Option<&'static Kind> {
    ALL.iter().find(|kind| kind.id == id).copied()
}
