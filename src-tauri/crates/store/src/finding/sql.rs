//! How each check is found: a query of `subject` (an id; of settings and rules their name) and `note`, what is to be said of
//! it beside its name. Set by set, never person by person.
//!
//! Parameters are named; a query uses those it needs. `:today` is a day, `:settings` a JSON object of the settings that
//! decide, `:rule` the check's own rule, `:assumed` a JSON array of those that are assumed and decide, `:many` how many people are many.

/// Who can log in, or may by an invitation. Qualified by `u`.
macro_rules! may_enter {
    () => {
        "u.present = 1 AND u.validity IN (1, 4)"
    };
}

/// Whether a setting that is on or off is on.
macro_rules! is_on {
    ($name:literal) => {
        concat!("json_extract(:settings, '$.\"", $name, "\"') = 1")
    };
}

/// The groups that a setting lists.
macro_rules! listed {
    ($name:literal) => {
        concat!(
            "(SELECT value FROM json_each(coalesce(json_extract(:settings, '$.\"",
            $name,
            "\"'), '[]')))"
        )
    };
}

const EXPIRED: &str = concat!(
    "SELECT u.id AS subject, u.expires AS note FROM external_user u WHERE u.expires <> '' AND u.expires < :today AND ",
    may_enter!()
);

const SAME_EMAIL: &str = concat!(
    "SELECT u.id AS subject, u.email AS note FROM external_user u
     WHERE u.email <> '' AND ",
    may_enter!(),
    " AND lower(u.email) IN (
         SELECT lower(u.email) FROM external_user u WHERE u.email <> '' AND ",
    may_enter!(),
    " GROUP BY lower(u.email) HAVING count(*) > 1)"
);

const LOGIN_CASE: &str = "SELECT u.id AS subject,
    (SELECT group_concat(v.login, ', ') FROM external_user v WHERE v.login_full = u.login_full AND v.login <> u.login) AS note
    FROM external_user u WHERE u.present = 1 AND u.login <> '' AND u.login_full IN (
        SELECT login_full FROM external_user WHERE login_full <> '' GROUP BY login_full HAVING count(DISTINCT login) > 1)";

/// Sponsors are used where at least one in ten of those who can log in has one.
const NO_SPONSOR: &str = concat!(
    "SELECT u.id AS subject, '' AS note FROM external_user u WHERE u.sponsor = '' AND ",
    may_enter!(),
    " AND (SELECT 10 * sum(u.sponsor <> '') >= count(*) AND sum(u.sponsor <> '') > 0 FROM external_user u WHERE ",
    may_enter!(),
    ")"
);

const ASSUMED_SETTING: &str = concat!(
    "SELECT s.value AS subject, CAST(p.people AS TEXT) AS note FROM json_each(:assumed) s,
         (SELECT count(*) AS people FROM external_user u WHERE ",
    may_enter!(),
    ") p WHERE p.people >= :many"
);

/// Only where contacts are known at all.
const NO_CONTACT: &str = concat!(
    "SELECT u.id AS subject, '' AS note FROM external_user u WHERE ",
    may_enter!(),
    " AND NOT EXISTS (SELECT 1 FROM user_contact l WHERE l.user_id = u.id)
      AND EXISTS (SELECT 1 FROM contact WHERE present = 1)"
);

macro_rules! flag_without_account {
    ($flag:literal) => {
        concat!(
            "SELECT u.id AS subject, '' AS note FROM external_user u WHERE u.",
            $flag,
            " = 1 AND ",
            may_enter!(),
            " AND NOT EXISTS (SELECT 1 FROM user_contact l CROSS JOIN contact o ON o.id = l.contact_id
                 WHERE l.user_id = u.id AND o.account_id IS NOT NULL)"
        )
    };
}

const SEEN_ACCOUNT_OF_OTHERS: &str = concat!(
    "SELECT u.id AS subject, group_concat(coalesce(nullif(a.name, ''), a.key), ', ') AS note
     FROM user_account_view v CROSS JOIN external_user u ON u.id = v.user_id CROSS JOIN account a ON a.id = v.account_id
     WHERE ",
    may_enter!(),
    " AND u.account_id IS NOT v.account_id
      AND NOT EXISTS (SELECT 1 FROM user_account l WHERE l.user_id = u.id AND l.account_id = v.account_id)
     GROUP BY u.id"
);

const COMMENTS_NOWHERE: &str = concat!(
    "SELECT u.id AS subject, '' AS note FROM external_user u WHERE u.external_comments = 1 AND ",
    may_enter!(),
    " AND EXISTS (SELECT 1 FROM queue WHERE present = 1)
      AND NOT EXISTS (SELECT 1 FROM queue WHERE present = 1 AND external_comments = 1)"
);

const LOCKED_INVITATION: &str = "SELECT u.id AS subject, u.invited AS note FROM external_user u
    WHERE u.present = 1 AND u.validity NOT IN (1, 4) AND u.password = 'invitation'";

const LICENCES_EXCEEDED: &str = "SELECT s.name AS subject, p.people || ' > ' || s.value AS note FROM desk_setting s,
    (SELECT count(*) AS people FROM external_user WHERE present = 1 AND validity = 1) p
    WHERE s.name = 'Portico::LicencesTotal' AND p.people > CAST(s.value AS INTEGER)";

const RIGHT_ON_GONE_OBJECT: &str = concat!(
    "SELECT u.id AS subject, group_concat(DISTINCT coalesce(nullif(o.path, ''), o.desk_key)) AS note
     FROM user_object l CROSS JOIN portal_object o ON o.id = l.object_id AND o.present = 0
     CROSS JOIN external_user u ON u.id = l.user_id WHERE ",
    may_enter!(),
    " GROUP BY u.id"
);

/// Levels from the lowest: a higher one holds the lower ones.
macro_rules! level {
    ($column:literal) => {
        concat!("instr('view create edit delete full', ", $column, ")")
    };
}

const RIGHT_GROUP_GIVES: &str = concat!(
    "SELECT u.id AS subject, group_concat(DISTINCT coalesce(nullif(o.path, ''), o.desk_key)) AS note
     FROM user_object l CROSS JOIN portal_object o ON o.id = l.object_id AND o.present = 1
     CROSS JOIN external_user u ON u.id = l.user_id WHERE ",
    may_enter!(),
    " AND EXISTS (SELECT 1 FROM user_group m CROSS JOIN group_object g ON g.group_id = m.group_id
         WHERE m.user_id = l.user_id AND g.object_id = l.object_id AND ",
    level!("g.level"),
    " >= ",
    level!("l.level"),
    ") GROUP BY u.id"
);

const WRITE_WITHOUT_READ: &str = concat!(
    "SELECT u.id AS subject, group_concat(coalesce(nullif(a.name, ''), a.number), ', ') AS note
     FROM user_address w CROSS JOIN external_user u ON u.id = w.user_id CROSS JOIN address a ON a.id = w.address_id
     WHERE w.permission = 'write' AND ",
    may_enter!(),
    " AND NOT EXISTS (SELECT 1 FROM user_address r
         WHERE r.user_id = w.user_id AND r.address_id = w.address_id AND r.permission = 'read')
     GROUP BY u.id"
);

const ADDRESS_WITHOUT_BASIC_RIGHT: &str = concat!(
    "SELECT u.id AS subject, CAST(count(DISTINCT l.address_id) AS TEXT) AS note
     FROM user_address l CROSS JOIN external_user u ON u.id = l.user_id WHERE u.right_addresses = 0 AND ",
    may_enter!(),
    " GROUP BY u.id"
);

const STATES_NOT_RESTRICTED: &str = concat!(
    "SELECT u.id AS subject, CAST(count(*) AS TEXT) AS note
     FROM user_ticket_state l CROSS JOIN external_user u ON u.id = l.user_id WHERE u.restrict_states = 0 AND ",
    may_enter!(),
    " GROUP BY u.id"
);

macro_rules! everybody_queue {
    ($setting:literal) => {
        concat!(
            "SELECT q.id AS subject, g.name AS note FROM queue q CROSS JOIN permission_group g ON g.id = q.group_id
             WHERE q.present = 1 AND q.validity = 1 AND g.present = 1 AND g.validity = 1 AND ",
            is_on!("CustomerGroupSupport"),
            " AND g.name IN ",
            listed!($setting)
        )
    };
}

/// The primary account and the further ones, as the desk compares them: a valid record of the same key.
const ACCOUNT_MISSING: &str = concat!(
    "SELECT u.id AS subject, coalesce(p.key, '') AS note
     FROM external_user u LEFT JOIN account p ON p.id = u.account_id WHERE ",
    may_enter!(),
    " AND NOT (p.id IS NOT NULL AND p.present = 1 AND p.validity = 1)
      AND NOT EXISTS (SELECT 1 FROM user_account l CROSS JOIN account a ON a.id = l.account_id
          WHERE l.user_id = u.id AND a.present = 1 AND a.validity = 1)
      AND EXISTS (SELECT 1 FROM account WHERE present = 1)"
);

const ACCOUNT_CASE: &str = "SELECT a.id AS subject, group_concat(b.key, ', ') AS note
    FROM account a CROSS JOIN account b ON b.key_full = a.key_full AND b.key <> a.key
    WHERE a.present = 1 AND a.key <> '' GROUP BY a.id";

const ACCOUNT_CASE_IN_TICKETS: &str = "SELECT a.id AS subject, group_concat(d.key, ', ') AS note
    FROM account a CROSS JOIN tickets.dict d ON d.kind = 2 AND d.full = a.key_full AND d.key <> a.key
    WHERE a.present = 1 AND a.key <> '' AND NOT EXISTS (SELECT 1 FROM account b WHERE b.key = d.key AND b.present = 1)
    GROUP BY a.id";

const RIGHTS_OFF: &str = "SELECT 'CustomerGroupSupport' AS subject, CAST(l.people AS TEXT) AS note
    FROM (SELECT (SELECT count(DISTINCT user_id) FROM user_group) + (SELECT count(DISTINCT account_id) FROM account_group)
        AS people) l
    WHERE l.people > 0 AND json_extract(:settings, '$.\"CustomerGroupSupport\"') = 0";

const SWITCHES_EVERYWHERE: &str = concat!(
    "SELECT 'Portal::AccountTickets' AS subject, CAST(l.people AS TEXT) AS note
     FROM (SELECT count(DISTINCT user_id) AS people FROM user_account_view) l WHERE l.people > 0 AND ",
    is_on!("Portal::AccountTickets")
);

const RIGHT_ON_INVALID_GROUP: &str = concat!(
    "SELECT u.id AS subject, group_concat(DISTINCT g.name) AS note
     FROM permission_group g CROSS JOIN user_group l ON l.group_id = g.id CROSS JOIN external_user u ON u.id = l.user_id
     WHERE (g.present = 0 OR g.validity <> 1) AND ",
    is_on!("CustomerGroupSupport"),
    " AND ",
    may_enter!(),
    " GROUP BY u.id"
);

const RIGHT_EVERYBODY_HAS: &str = concat!(
    "SELECT u.id AS subject, group_concat(DISTINCT g.name) AS note
     FROM permission_group g CROSS JOIN user_group l ON l.group_id = g.id CROSS JOIN external_user u ON u.id = l.user_id
     WHERE g.present = 1 AND g.validity = 1 AND ",
    is_on!("CustomerGroupSupport"),
    " AND g.name IN ",
    listed!("CustomerGroupAlwaysGroups"),
    " AND ",
    may_enter!(),
    " GROUP BY u.id"
);

const ACCOUNT_RIGHT_ON_INVALID_GROUP: &str = concat!(
    "SELECT a.id AS subject, group_concat(DISTINCT g.name) AS note
     FROM permission_group g CROSS JOIN account_group l ON l.group_id = g.id CROSS JOIN account a ON a.id = l.account_id
     WHERE (g.present = 0 OR g.validity <> 1) AND a.present = 1 AND ",
    is_on!("CustomerGroupSupport"),
    " GROUP BY a.id"
);

const ACCOUNT_RIGHT_OTHER_OFF: &str = concat!(
    "SELECT a.id AS subject, group_concat(DISTINCT g.name) AS note
     FROM account_group l CROSS JOIN account a ON a.id = l.account_id AND a.present = 1
     CROSS JOIN permission_group g ON g.id = l.group_id
     WHERE l.context = 'other' AND ",
    is_on!("CustomerGroupSupport"),
    " AND json_extract(:settings, '$.\"CustomerGroupPermissionContext###100-CustomerID-other\"') = 0 GROUP BY a.id"
);

const NO_PASSWORD: &str = "SELECT u.id AS subject, '' AS note FROM external_user u
    WHERE u.present = 1 AND u.validity = 1 AND u.has_password = 0 AND u.password = 'unchanged'";

const SAME_EMAIL_OF_ONE: &str = concat!(
    "SELECT u.id AS subject, u.email AS note FROM external_user u WHERE u.email <> '' AND ",
    may_enter!(),
    " AND EXISTS (SELECT 1 FROM external_user v WHERE lower(v.email) = lower(u.email) AND v.id <> u.id
         AND v.present = 1 AND v.validity IN (1, 4))"
);

const LOGIN_CASE_OF_ONE: &str = "SELECT u.id AS subject,
    (SELECT group_concat(v.login, ', ') FROM external_user v WHERE v.login_full = u.login_full AND v.login <> u.login) AS note
    FROM external_user u WHERE u.present = 1 AND u.login <> '' AND u.login_full <> ''
      AND EXISTS (SELECT 1 FROM external_user v WHERE v.login_full = u.login_full AND v.login <> u.login)";

/// Both numbers come from indexes alone.
const NO_SPONSOR_OF_ONE: &str = concat!(
    "SELECT u.id AS subject, '' AS note FROM external_user u WHERE u.sponsor = '' AND ",
    may_enter!(),
    " AND (SELECT p.people > 0 AND 10 * p.people >= (SELECT count(*) FROM user_search WHERE present = 1 AND validity IN (1, 4))
         FROM (SELECT count(*) AS people FROM external_user u WHERE u.sponsor <> '' AND ",
    may_enter!(),
    ") p)"
);

/// The query of a check, for one person: where those who share something are looked for, that of all people would look
/// at everybody. `None` for a check that this program does not know.
pub(super) fn of_one(check: &str) -> Option<&'static str> {
    match check {
        "same_email" => Some(SAME_EMAIL_OF_ONE),
        "login_case" => Some(LOGIN_CASE_OF_ONE),
        "no_sponsor" => Some(NO_SPONSOR_OF_ONE),
        _ => of(check),
    }
}

/// The query of a check; `None` for one that this program does not know.
pub(super) fn of(check: &str) -> Option<&'static str> {
    Some(match check {
        "expired" => EXPIRED,
        "same_email" => SAME_EMAIL,
        "login_case" => LOGIN_CASE,
        "no_sponsor" => NO_SPONSOR,
        "assumed_setting" => ASSUMED_SETTING,
        "no_contact" => NO_CONTACT,
        "account_tickets_without_account" => flag_without_account!("account_tickets"),
        "account_contacts_without_account" => flag_without_account!("account_contacts"),
        "seen_account_of_others" => SEEN_ACCOUNT_OF_OTHERS,
        "comments_nowhere" => COMMENTS_NOWHERE,
        "locked_invitation" => LOCKED_INVITATION,
        "licences_exceeded" => LICENCES_EXCEEDED,
        "right_on_gone_object" => RIGHT_ON_GONE_OBJECT,
        "right_group_gives" => RIGHT_GROUP_GIVES,
        "switches_everywhere" => SWITCHES_EVERYWHERE,
        "write_without_read" => WRITE_WITHOUT_READ,
        "address_without_basic_right" => ADDRESS_WITHOUT_BASIC_RIGHT,
        "states_not_restricted" => STATES_NOT_RESTRICTED,
        "always_queue" => everybody_queue!("CustomerGroupAlwaysGroups"),
        "company_always_queue" => everybody_queue!("CustomerGroupCompanyAlwaysGroups"),
        "account_missing" => ACCOUNT_MISSING,
        "account_case" => ACCOUNT_CASE,
        "account_case_in_tickets" => ACCOUNT_CASE_IN_TICKETS,
        "rights_off" => RIGHTS_OFF,
        "right_on_invalid_group" => RIGHT_ON_INVALID_GROUP,
        "right_everybody_has" => RIGHT_EVERYBODY_HAS,
        "account_right_on_invalid_group" => ACCOUNT_RIGHT_ON_INVALID_GROUP,
        "account_right_other_off" => ACCOUNT_RIGHT_OTHER_OFF,
        "no_password" => NO_PASSWORD,
        _ => return None,
    })
}
